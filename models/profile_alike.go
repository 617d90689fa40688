package models

import (
	"cmp"
	"context"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// The signs that two accounts may be one person's.
const (
	alikeNIK    = "nik"         // the same NIK was given
	alikeCard   = "card"        // officers read a NIK of one on the card of the other
	alikeBirth  = "name_birth"  // the same name and birth date
	alikePhone  = "phone"       // a telephone number that both gave, with the same name or birth date
	alikeFile   = "file"        // the same file of a KTP or a certificate
	alikeNumber = "certificate" // a certificate of the same number and issuer
)

// The refusals of deciding whether two accounts are one person's.
var (
	ErrAlikeChoice = &Refusal{Key: "review.alike_choice", Field: "alike"}
	ErrAlikeWhy    = &Refusal{Key: "review.alike_why", Field: "alike_why"}
	// ErrAlikeStale says that an officer decided since the page was shown.
	ErrAlikeStale = &Refusal{Key: "review.alike_stale", Field: "alike"}
)

// AlikeWhyLength is how many characters the reason for such a decision has at most.
const AlikeWhyLength = 500

// alikesMost is how many accounts are shown beside a file; those with more signs come first.
const alikesMost = 20

// alikesRead is how many accounts with the same birth date, and with the same telephone number, are compared by name: a
// day that stands for an unknown one, and a number of a helper, are shared by very many. Those of the same name come first.
const alikesRead = 200

// Alike is a person who may be the same as the one of a file, as officers compare the two. Only officers learn of it.
type Alike struct {
	ID          int64
	Ref         string
	Name        string
	NIKMasked   string `gorm:"column:nik_masked"`
	BirthDate   *time.Time
	BirthPlace  string
	Regency     string
	CreatedAt   time.Time
	Application string   // reference of what they sent last, empty for nothing
	Signs       []string `gorm:"-"` // the alike... constants
	Decision    int64    // number of what an officer decided last, 0 for nothing
	What        string   // DeskSame or DeskOther where an officer decided, else empty
	Why         string
	DecidedAt   *time.Time
	DecidedBy   string
}

// alikeSigns selects the open accounts that share something with one person: by the indexes of the NIK that the person
// gave and of the one on the person's card, and by what both gave.
const alikeSigns = `WITH phones AS MATERIALIZED (
		SELECT phone FROM users WHERE id = @person AND phone IS NOT NULL
		UNION
		SELECT phone FROM emergency_contacts WHERE user_id = @person
	), phoned AS (
		SELECT u.id
		FROM phones
		JOIN users u ON u.phone = phones.phone
		UNION
		SELECT e.user_id
		FROM phones
		JOIN emergency_contacts e ON e.phone = phones.phone
	), found AS (
		SELECT user_id, 'nik' AS sign
		FROM profiles
		WHERE nik_index IN @given OR nik_index_next IN @given
		UNION
		SELECT user_id, 'card'
		FROM profiles
		WHERE nik_index IN @card OR nik_index_next IN @card
		UNION
		SELECT user_id, 'card'
		FROM identity_checks
		WHERE (seen_index IN @given OR seen_index IN @card) AND superseded_at IS NULL
		UNION
		(SELECT u.id, 'name_birth'
		FROM profiles p
		JOIN profiles o ON o.birth_date = p.birth_date
		JOIN users u ON u.id = o.user_id AND ` + alikeOpen + `
		WHERE p.user_id = @person
		ORDER BY lower(u.name) = lower(@name) DESC, u.id
		LIMIT @most)
		UNION
		(SELECT u.id, 'phone'
		FROM phoned
		JOIN users u ON u.id = phoned.id AND ` + alikeOpen + `
		ORDER BY lower(u.name) = lower(@name) DESC, u.id
		LIMIT @most)
		UNION
		SELECT theirs.owner_id, 'file'
		FROM uploads mine
		JOIN uploads theirs ON theirs.sha256 = mine.sha256 AND theirs.deleted_at IS NULL AND theirs.purpose IN ('ktp', 'certificate')
		WHERE mine.owner_id = @person AND mine.deleted_at IS NULL AND mine.purpose IN ('ktp', 'certificate')
		UNION
		SELECT theirs.seeker_id, 'certificate'
		FROM certificates mine
		JOIN certificates theirs ON theirs.number_key = mine.number_key
			AND theirs.issuer_key = mine.issuer_key
			AND theirs.number_key <> ''
			AND theirs.deleted_at IS NULL
			AND theirs.state <> 'draft'
		WHERE mine.seeker_id = @person AND mine.deleted_at IS NULL
	)
	SELECT found.user_id, found.sign, u.name, coalesce(o.birth_date = p.birth_date, false) AS same_day
	FROM found
	JOIN users u ON u.id = found.user_id AND ` + alikeOpen + `
	LEFT JOIN profiles o ON o.user_id = u.id
	LEFT JOIN profiles p ON p.user_id = @person
	ORDER BY found.user_id, found.sign`

// alikeOpen is the condition for the other accounts that count.
const alikeOpen = "u.id <> @person AND u.role = 'seeker' AND u.closed_at IS NULL"

// alikeParts selects what officers compare of some accounts, with what an officer decided last about each.
const alikeParts = `SELECT u.id, u.ref, u.name, u.created_at,
		coalesce(o.nik_masked, '') AS nik_masked, o.birth_date, coalesce(o.birth_place, '') AS birth_place,
		coalesce(r.name, '') AS regency, coalesce(d.id, 0) AS decision, coalesce(d.what, '') AS what,
		coalesce(substr(d.note, strpos(d.note, E'\n') + 1), '') AS why, d.at AS decided_at, coalesce(b.name, '') AS decided_by,
		coalesce((SELECT a.ref
			FROM applications a
			WHERE a.seeker_id = u.id AND a.first_submitted_at IS NOT NULL
			ORDER BY a.id DESC
			LIMIT 1), '') AS application
	FROM users u
	JOIN users me ON me.id = @person
	LEFT JOIN profiles o ON o.user_id = u.id
	LEFT JOIN addresses h ON h.user_id = u.id AND h.kind = 'ktp'
	LEFT JOIN regencies r ON r.code = h.regency_code
	LEFT JOIN LATERAL (SELECT e.*
		FROM applications a
		JOIN desk_events e ON e.application_id = a.id AND e.what IN ('same_person', 'other_person')
		WHERE a.seeker_id = u.id AND split_part(e.note, E'\n', 1) = me.ref
			OR a.seeker_id = @person AND split_part(e.note, E'\n', 1) = u.ref
		ORDER BY e.id DESC
		LIMIT 1) d ON true
	LEFT JOIN users b ON b.id = d.actor_id
	WHERE u.id IN @ids`

// alikes lists the accounts that may be the same person's as the one of a profile, those with most signs first; more says
// that there may be others.
func (s *Store) alikes(ctx context.Context, w WholeProfile) (list []Alike, more bool, err error) {
	signs, more, err := s.alikeSignsOf(ctx, w)
	if err != nil || len(signs) == 0 {
		return nil, more, err
	}
	ids := make([]int64, 0, len(signs))
	for id := range signs {
		ids = append(ids, id)
	}
	slices.SortFunc(ids, func(a, b int64) int {
		return cmp.Or(cmp.Compare(weight(signs[b]), weight(signs[a])), cmp.Compare(a, b))
	})
	if len(ids) > alikesMost {
		ids, more = ids[:alikesMost], true
	}
	if err := s.db.With(ctx).Raw(alikeParts, map[string]any{"person": w.User.ID, "ids": ids}).Scan(&list).Error; err != nil {
		return nil, false, err
	}
	for i := range list {
		list[i].Signs = signs[list[i].ID]
	}
	slices.SortFunc(list, func(a, b Alike) int {
		return cmp.Compare(slices.Index(ids, a.ID), slices.Index(ids, b.ID))
	})
	return list, more, nil
}

// weight orders accounts by their signs: one number of a card says more than all that may be shared.
func weight(signs []string) int {
	w := len(signs)
	for _, sign := range []string{alikeNIK, alikeCard} {
		if slices.Contains(signs, sign) {
			w += 10
		}
	}
	return w
}

// alikeSignsOf are the signs of each other account. A birth date counts with the name only, and a telephone number, which
// families share, with the name or the birth date. more says that not all who share such were compared.
func (s *Store) alikeSignsOf(ctx context.Context, w WholeProfile) (signs map[int64][]string, more bool, err error) {
	given, card, err := s.numberIndexes(w)
	if err != nil {
		return nil, false, err
	}
	var found []struct {
		UserID  int64
		Sign    string
		Name    string
		SameDay bool
	}
	err = s.db.With(ctx).Raw(alikeSigns, map[string]any{
		"person": w.User.ID, "name": w.User.Name, "given": given, "card": card, "most": alikesRead + 1,
	}).Scan(&found).Error
	if err != nil {
		return nil, false, err
	}
	signs = map[int64][]string{}
	read := map[string]int{}
	for _, f := range found {
		read[f.Sign]++
		named := SameName(f.Name, w.User.Name)
		if f.Sign == alikeBirth && !named || f.Sign == alikePhone && !named && !f.SameDay {
			continue
		}
		signs[f.UserID] = append(signs[f.UserID], f.Sign)
	}
	return signs, read[alikeBirth] > alikesRead || read[alikePhone] > alikesRead, nil
}

// numberIndexes are the indexes, under every key, of the NIK that somebody gave and of the one that officers read on their
// card instead. Where there is no number they hold one index that no number has.
func (s *Store) numberIndexes(w WholeProfile) (given, card [][]byte, err error) {
	given, card = [][]byte{{}}, [][]byte{{}}
	if len(w.Profile.NIKSealed) > 0 {
		plain, err := s.openNumber(w.User.ID, "nik_sealed", w.Profile.NIKSealed)
		if err != nil {
			return nil, nil, err
		}
		given = s.db.Box().Indexes(plain, "nik")
	}
	if c := w.Checks[CheckNIK]; len(c.SeenSealed) > 0 {
		plain, err := s.db.Box().Unseal(c.SeenSealed, seal.At("identity_checks", c.ID, "seen_sealed"))
		if err != nil {
			return nil, nil, err
		}
		card = s.db.Box().Indexes(string(plain), "nik")
	}
	return given, card, nil
}

// lookAtAlikes adds them to a file and writes down that the officer looked at each.
func (s *Store) lookAtAlikes(ctx context.Context, officer User, f *OfficerApplication) error {
	var err error
	if f.Alikes, f.MoreAlikes, err = s.alikes(ctx, f.Profile); err != nil || len(f.Alikes) == 0 {
		return err
	}
	acts := make([]record.Act, len(f.Alikes))
	for i, a := range f.Alikes {
		acts[i] = record.Act{Action: "profile_seen", SubjectKind: "profile", SubjectID: a.ID, PersonID: a.ID}
	}
	return s.db.Audit(ctx, officer, acts...)
}

// AlikeDecision is what an officer decides about the account of a reference beside a file.
type AlikeDecision struct {
	Other string // its reference
	What  string // DeskSame or DeskOther
	Why   string
	Seen  int64 // the Decision that the officer saw
}

// check says what is wrong with it.
func (d AlikeDecision) check() error {
	switch {
	case d.What != DeskSame && d.What != DeskOther:
		return ErrAlikeChoice
	case d.Why == "" || utf8.RuneCountInString(d.Why) > AlikeWhyLength:
		return ErrAlikeWhy
	}
	return nil
}

// DecideAlike records for an officer whether another account is the same person as the one of a file, and why. Both files
// show it; who decides otherwise later, having seen it, is recorded too.
func (s *Store) DecideAlike(ctx context.Context, officer User, ref string, d AlikeDecision) error {
	d.Why = strings.TrimSpace(d.Why)
	return s.withApplication(ctx, officer, ref, func(tx *Store, a Application) error {
		me, err := tx.wholeProfile(ctx, a.SeekerID)
		if err != nil {
			return err
		}
		// The other file leads here too, so the two people are locked as a pair, whoever's file it is.
		pair := "alike " + min(me.User.Ref, d.Other) + " " + max(me.User.Ref, d.Other)
		if err := tx.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext(?))", pair).Error; err != nil {
			return err
		}
		list, _, err := tx.alikes(ctx, me)
		if err != nil {
			return err
		}
		i := slices.IndexFunc(list, func(a Alike) bool { return a.Ref == d.Other })
		if i < 0 {
			return ErrNotFound
		}
		if err := d.check(); err != nil {
			return err
		}
		switch was := list[i]; {
		case was.What == d.What && was.Why == d.Why && was.DecidedBy == officer.Name:
			return nil // the second press
		case was.Decision != d.Seen:
			return ErrAlikeStale
		}
		return tx.recordAlike(ctx, officer, a, me.User.Ref, list[i].ID, d)
	})
}

// recordAlike writes a decision down in the file and in the trail of both people.
func (s *Store) recordAlike(ctx context.Context, officer User, a Application, ref string, otherID int64, d AlikeDecision) error {
	if err := s.deskEvent(ctx, officer, a.ID, d.What, d.Other+"\n"+d.Why); err != nil {
		return err
	}
	decided := func(person int64, other string) record.Act {
		return record.Act{
			Action: "alike_decided", SubjectKind: "profile", SubjectID: person, PersonID: person,
			Detail: map[string]any{"other": other, "what": d.What},
		}
	}
	return s.db.Audit(ctx, officer, decided(a.SeekerID, d.Other), decided(otherID, ref))
}

// nikTaken names the person for whom the NIK of a file's person is verified already.
func (s *Store) nikTaken(ctx context.Context, ref string) error {
	var a Application
	if err := s.db.With(ctx).Take(&a, "ref = ?", ref).Error; err != nil {
		return err
	}
	me, err := s.wholeProfile(ctx, a.SeekerID)
	if err != nil {
		return err
	}
	given, _, err := s.numberIndexes(me)
	if err != nil {
		return err
	}
	var names []string
	err = s.db.With(ctx).Table("profiles p").Joins("JOIN users u ON u.id = p.user_id AND u.closed_at IS NULL").
		Where("p.nik_verified AND u.id <> ? AND (p.nik_index IN ? OR p.nik_index_next IN ?)", me.User.ID, given, given).
		Order("u.id").Limit(1).Pluck("u.name", &names).Error
	if err != nil {
		return err
	}
	if len(names) == 0 { // the account was closed since
		return ErrStale
	}
	return &Refusal{Key: ErrNIKTaken.Key, Field: ErrNIKTaken.Field, Args: []any{"Name", names[0]}}
}
