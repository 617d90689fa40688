package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// JoinWhyLength is how many characters the reason of a join has at most.
const JoinWhyLength = record.JoinWhyLength

// The refusals of joining two accounts.
var (
	// ErrJoinSame says that both references are one account's, or that none was chosen.
	ErrJoinSame = &Refusal{Key: "person.join.same", Field: "joined"}
	// ErrJoinChain says that one of them is joined already, or waits to be.
	ErrJoinChain = &Refusal{Key: "person.join.chain"}
	// ErrJoinBlocked says that something of both must be settled first, see AccountPair.Settle.
	ErrJoinBlocked = &Refusal{Key: "person.join.blocked"}
	// ErrJoinApplied says that the person has a live application to the intake in an account that is joined into theirs.
	ErrJoinApplied = &Refusal{Key: "person.join.applied"}
	// ErrJoined refuses a session to an account that is joined with another one of the same person.
	ErrJoined = &Refusal{Key: "person.join.sign_in"}
)

// AccountJoin says that the account Joined is the person of the account Into. Nothing moves: each record keeps its owner,
// and Into's person reads those of Joined.
type AccountJoin struct {
	ID        int64
	Ref       string
	JoinedID  int64
	IntoID    int64
	Why       string
	UndoneWhy string
	record.Join
}

// TableName is where the links lie.
func (AccountJoin) TableName() string { return "account_joins" }

// A JoinPart is one of two accounts as officers compare them.
type JoinPart struct {
	User    User
	Profile Profile
	Records JoinedRecords
}

// A Settling is what two accounts both have and a person cannot: it is ended in one of them first.
type Settling struct {
	What   string // "nik", "intake" or "course"
	First  string // what it is in the one account, and in the other: numbers of applications, masked NIKs
	Second string
}

// AccountPair are two accounts side by side, the new one first, with what must be settled before they can be joined, and
// the link between them that waits or stands.
type AccountPair struct {
	Newer, Older JoinPart
	Settle       []Settling
	Join         *AccountJoin
	AskedBy      string
	Mine         bool // the reader asked for it
}

// AccountPair reads two accounts for an officer who compares them. The looks are written down.
func (s *Store) AccountPair(ctx context.Context, officer User, first, second string) (p AccountPair, err error) {
	if officer.Role != Officer {
		return p, ErrForbidden
	}
	one, err := s.joinPart(ctx, officer, first)
	if err != nil {
		return p, err
	}
	two, err := s.joinPart(ctx, officer, second)
	if err != nil {
		return p, err
	}
	if one.User.ID == two.User.ID {
		return p, ErrNotFound
	}
	if one.User.ID < two.User.ID {
		one, two = two, one
	}
	p.Newer, p.Older = one, two
	if p.Settle, err = s.settlings(ctx, one.User.ID, two.User.ID); err != nil {
		return p, err
	}
	var j AccountJoin
	err = s.db.With(ctx).Table("account_joins t").Where(record.JoinLive).
		Where("(t.joined_id, t.into_id) IN ((?, ?), (?, ?))", one.User.ID, two.User.ID, two.User.ID, one.User.ID).Limit(1).Find(&j).Error
	if err != nil || j.ID == 0 {
		return p, err
	}
	p.Join, p.Mine = &j, j.AskedBy == officer.ID
	return p, s.db.With(ctx).Model(&User{}).Where("id = ?", j.AskedBy).Pluck("name", &p.AskedBy).Error
}

func (s *Store) joinPart(ctx context.Context, officer User, ref string) (p JoinPart, err error) {
	found, err := s.PersonForOfficer(ctx, officer, ref)
	if err != nil {
		return p, err
	}
	p.User, p.Profile = found.User, found.Profile
	p.Records, err = s.recordsOf(ctx, []int64{p.User.ID})
	return p, err
}

// settlings lists what two accounts, with those that are joined into them, both have and one person cannot: verified NIKs,
// live applications to one intake, running courses.
func (s *Store) settlings(ctx context.Context, one, two int64) (list []Settling, err error) {
	err = s.db.With(ctx).Raw(`WITH people AS (
			SELECT t.into_id AS whose, t.joined_id AS id
			FROM account_joins t
			WHERE t.into_id IN (@one, @two)
				AND t.joined_id NOT IN (@one, @two)
				AND `+record.JoinLive+`
			UNION ALL
			SELECT u.id, u.id
			FROM users u
			WHERE u.id IN (@one, @two))
		SELECT 'nik' AS what, a.nik_masked AS first, b.nik_masked AS second
		FROM people x
		JOIN profiles a ON a.user_id = x.id AND a.nik_verified
		JOIN people y ON y.whose = @two
		JOIN profiles b ON b.user_id = y.id AND b.nik_verified
		WHERE x.whose = @one
		UNION ALL
		SELECT CASE WHEN a.intake_id = b.intake_id THEN 'intake' ELSE 'course' END, a.ref, b.ref
		FROM people x
		JOIN applications a ON a.seeker_id = x.id AND `+endedStates.notIn("a.state")+`
		JOIN people y ON y.whose = @two
		JOIN applications b ON b.seeker_id = y.id AND `+endedStates.notIn("b.state")+`
		WHERE x.whose = @one
			AND (a.intake_id = b.intake_id OR a.state = 'enrolled' AND b.state = 'enrolled')
		LIMIT 20`, map[string]any{"one": one, "two": two}).Scan(&list).Error
	return list, err
}

// A JoinAsk is an officer's wish to join two accounts.
type JoinAsk struct {
	Joined string // reference of the account that ends as a way in
	Into   string
	Why    string
}

// check says all that is missing.
func (in JoinAsk) check() error {
	var which, why error
	if in.Joined == in.Into {
		which = ErrJoinSame
	}
	if in.Why == "" || utf8.RuneCountInString(in.Why) > record.JoinWhyLength {
		why = record.ErrJoinWhy
	}
	return errors.Join(which, why)
}

// AskToJoin asks for the link; a second officer agrees. The same wish a second time does nothing more.
func (s *Store) AskToJoin(ctx context.Context, officer User, in JoinAsk) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	if in.Why = strings.TrimSpace(in.Why); in.check() != nil {
		return in.check()
	}
	return s.transact(ctx, "ask to join accounts", func(tx *Store) error {
		joined, into, err := tx.lockPair(ctx, "ref", in.Joined, in.Into)
		if err != nil {
			return err
		}
		var same AccountJoin
		err = tx.db.With(ctx).Table("account_joins t").Where(record.JoinLive).
			Where("t.joined_id = ? AND t.into_id = ?", joined.ID, into.ID).Limit(1).Find(&same).Error
		if err != nil || same.ID != 0 {
			return err
		}
		if err := tx.joinable(ctx, joined.ID, into.ID, 0); err != nil {
			return err
		}
		j := AccountJoin{Ref: record.NewRef("S"), JoinedID: joined.ID, IntoID: into.ID, Why: in.Why}
		j.Join = record.Asked(officer.ID, tx.db.Now())
		if err := tx.db.With(ctx).Create(&j).Error; err != nil {
			return err
		}
		return tx.joinActs(ctx, officer, j, "account_join_asked")
	})
}

// lockPair locks two open accounts of seekers, always in the same order, so that no two joins meet; column is by what they
// are named.
func (s *Store) lockPair(ctx context.Context, column string, joined, into any) (j, i User, err error) {
	var rows []User
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where(column+" IN ? AND role = ? AND closed_at IS NULL",
		[]any{joined, into}, Seeker).Order("id").Limit(2).Find(&rows).Error
	if err != nil {
		return j, i, err
	}
	for _, u := range rows {
		if any(u.Ref) == joined || any(u.ID) == joined {
			j = u
		} else {
			i = u
		}
	}
	if j.ID == 0 || i.ID == 0 {
		err = ErrNotFound
	}
	return j, i, err
}

// joinable says whether two locked accounts can be joined; but is the link that is being answered.
func (s *Store) joinable(ctx context.Context, joined, into, but int64) error {
	var n int64
	err := s.db.With(ctx).Table("account_joins t").Where(record.JoinLive).
		Where("t.id <> ? AND (t.joined_id IN ? OR t.into_id = ?)", but, []int64{joined, into}, joined).Limit(1).Count(&n).Error
	if err != nil {
		return err
	}
	if n > 0 {
		return ErrJoinChain
	}
	settle, err := s.settlings(ctx, joined, into)
	if err == nil && len(settle) > 0 {
		err = ErrJoinBlocked
	}
	return err
}

// AnswerJoin is the second officer's word. Once they agree the joined account is left by everybody who is in it, and both
// are told at every address.
func (s *Store) AnswerJoin(ctx context.Context, officer User, ref string, agree bool) error {
	return s.changeJoin(ctx, officer, ref, func(tx *Store, j *AccountJoin, joined, into User) error {
		if err := j.Answer(officer.ID, agree, tx.db.Now()); err != nil {
			return err
		}
		if !agree {
			return tx.joinActs(ctx, officer, *j, "account_join_refused")
		}
		if err := tx.joinable(ctx, j.JoinedID, j.IntoID, j.ID); err != nil {
			return err
		}
		if err := tx.EndOtherSessions(ctx, j.JoinedID, nil); err != nil {
			return err
		}
		if err := tx.spendCodes(ctx, j.JoinedID, 0); err != nil {
			return err
		}
		if err := tx.tellJoin(ctx, *j, "accounts_joined", joined, into); err != nil {
			return err
		}
		return tx.joinActs(ctx, officer, *j, "account_joined")
	})
}

// UndoJoin ends a link that stands, or takes back one that waits; the records are where they always were.
func (s *Store) UndoJoin(ctx context.Context, officer User, ref, why string) error {
	why = strings.TrimSpace(why)
	if why == "" || utf8.RuneCountInString(why) > record.JoinWhyLength {
		return record.ErrJoinWhy
	}
	return s.changeJoin(ctx, officer, ref, func(tx *Store, j *AccountJoin, joined, into User) error {
		stood := j.Stands()
		if err := j.Undo(officer.ID, tx.db.Now()); err != nil {
			return err
		}
		j.UndoneWhy = why
		if stood {
			if err := tx.tellJoin(ctx, *j, "accounts_separated", joined, into); err != nil {
				return err
			}
		}
		return tx.joinActs(ctx, officer, *j, "account_separated")
	})
}

// changeJoin runs one act on a link whose two accounts are locked first.
func (s *Store) changeJoin(
	ctx context.Context, officer User, ref string, do func(tx *Store, j *AccountJoin, joined, into User) error,
) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "change a join", func(tx *Store) error {
		var j AccountJoin
		if err := tx.db.With(ctx).Take(&j, "ref = ?", ref).Error; err != nil {
			return err
		}
		joined, into, err := tx.lockPair(ctx, "id", j.JoinedID, j.IntoID)
		if err != nil {
			return err
		}
		if err := tx.db.With(ctx).Take(&j, j.ID).Error; err != nil { // as it is now
			return err
		}
		if err := do(tx, &j, joined, into); err != nil {
			return err
		}
		return tx.db.With(ctx).Save(&j).Error
	})
}

func (s *Store) joinActs(ctx context.Context, officer User, j AccountJoin, action string) error {
	act := func(person int64) record.Act {
		return record.Act{Action: action, SubjectKind: "user", SubjectID: person, PersonID: person, Detail: map[string]any{"join": j.Ref}}
	}
	return s.db.Audit(ctx, officer, act(j.JoinedID), act(j.IntoID))
}

func (s *Store) tellJoin(ctx context.Context, j AccountJoin, template string, both ...User) error {
	for _, u := range both {
		for _, w := range u.Ways() {
			key := fmt.Sprintf("%s:%d:%d:%s", template, j.ID, u.ID, w.Channel)
			if err := s.db.TellAt(ctx, u, w, key, template, nil); err != nil {
				return err
			}
		}
	}
	return nil
}

// mayEnter refuses a session to an account that is joined with another one, or locked. The account is held until the session
// is there, so that joining it ends that one too.
func (s *Store) mayEnter(ctx context.Context, userID int64) error {
	var n int64
	var u User
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "KEY SHARE"}).Select("id", "locked_at").Take(&u, "id = ?", userID).Error
	if err != nil {
		return err
	}
	if u.LockedAt != nil {
		return ErrLocked
	}
	err = s.db.With(ctx).Table("account_joins t").Where(record.JoinStands).Where("t.joined_id = ?", userID).Limit(1).Count(&n).Error
	if err == nil && n > 0 {
		err = ErrJoined
	}
	return err
}
