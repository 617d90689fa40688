package journey

import (
	"cmp"
	"context"
	netmail "net/mail"
	"strconv"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/google/uuid"
	"gorm.io/gorm/clause"

	"naikkelas/internal/phone"
	"naikkelas/models"
	"naikkelas/models/record"
)

// Relative is somebody whom a person trusts. They have no account; their link and code open what was granted and nothing
// else, until it is withdrawn. Everybody of them is asked where nothing is heard of the person.
type Relative struct {
	ID            int64
	Ref           string
	FormToken     string
	UserID        int64
	NameSealed    []byte
	Relation      string
	Channel       string
	AddressSealed []byte
	Language      string
	TokenHash     []byte
	TokenSealed   []byte
	CodeSealed    []byte
	SeesStation   bool
	SeesPlace     bool
	SeesPapers    bool
	Version       int
	GrantedAt     time.Time
	SeenAt        *time.Time
	WithdrawnAt   *time.Time
}

// MostRelatives is how many people somebody can trust at a time.
const MostRelatives = 3

// How often somebody can name people, and how often an address can be named by anybody: each time a letter leaves.
var (
	trustTries = record.Limit{Name: "relative_trust", Most: 8, Window: 24 * time.Hour}
	namedTries = record.Limit{Name: "relative_named", Most: 4, Window: 24 * time.Hour}
)

// The refusals of trusting somebody.
var (
	ErrRelativeName    = &record.Refusal{Key: "relative.name_missing", Field: "name"}
	ErrRelativeAddress = &record.Refusal{Key: "relative.address_wrong", Field: "address"}
	ErrRelativeMany    = &record.Refusal{Key: "relative.too_many", Args: []any{"Most", MostRelatives}}
	ErrRelativeSelf    = &record.Refusal{Key: "relative.self", Field: "address"}
)

// RelativeInput is whom a person trusts, how they are reached, in which language, and what they may see.
type RelativeInput struct {
	FormToken   string
	Name        string
	Relation    string
	Address     string // phone or e-mail
	Language    string
	SeesStation bool
	SeesPlace   bool
	SeesPapers  bool
}

// way reads the address: an e-mail address or a phone number.
func (in RelativeInput) way() (record.Way, error) {
	if strings.Contains(in.Address, "@") {
		a, err := netmail.ParseAddress(in.Address)
		if err != nil || a.Address != in.Address || utf8.RuneCountInString(in.Address) > 200 {
			return record.Way{}, ErrRelativeAddress
		}
		return record.Way{Channel: "email", Address: record.FoldEmail(in.Address)}, nil
	}
	number, err := phone.Parse(in.Address)
	if err != nil {
		return record.Way{}, ErrRelativeAddress
	}
	return record.Way{Channel: "phone", Address: number}, nil
}

// TrustedRelative is a relative as the person reads them, with link and code to hand over. Undelivered says that the letter
// which told them did not leave.
type TrustedRelative struct {
	Relative
	Undelivered bool
	Name        string
	Address     string
	Token       string
	Code        string
}

// Trust grants somebody what was ticked, and tells them, in their language, that they were named. The same form grants once.
func (s *Store) Trust(ctx context.Context, actor record.User, in RelativeInput) error {
	in.Name, in.Relation, in.Address = strings.TrimSpace(in.Name), strings.TrimSpace(in.Relation), strings.TrimSpace(in.Address)
	if in.Name == "" || utf8.RuneCountInString(in.Name) > 100 || utf8.RuneCountInString(in.Relation) > 50 {
		return ErrRelativeName
	}
	w, err := in.way()
	if err != nil {
		return err
	}
	if in.Language != "en" {
		in.Language = "id"
	}
	if _, err := uuid.Parse(in.FormToken); err != nil {
		in.FormToken = uuid.NewString()
	}
	for _, one := range []struct {
		limit record.Limit
		who   string
	}{{trustTries, actor.Ref}, {namedTries, w.Address}} {
		if allowed, err := s.db.Attempt(ctx, one.limit, one.who); err != nil || !allowed {
			return cmp.Or(err, error(models.ErrTooOften))
		}
	}
	return s.transact(ctx, "trust a relative", func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		for _, own := range u.Ways() {
			if own == w {
				return ErrRelativeSelf
			}
		}
		return tx.trust(ctx, u, in, w)
	})
}

func (s *Store) trust(ctx context.Context, u record.User, in RelativeInput, w record.Way) error {
	list, err := s.trusted(ctx, u.ID)
	if err != nil {
		return err
	}
	token, hash := record.NewToken()
	r := Relative{Ref: record.NewRef("KP"), FormToken: in.FormToken, UserID: u.ID, Relation: in.Relation, Channel: w.Channel,
		Language: in.Language, TokenHash: hash, SeesStation: in.SeesStation, SeesPlace: in.SeesPlace, SeesPapers: in.SeesPapers,
		Version: 1, GrantedAt: s.db.Now()}
	once := clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}
	made := s.db.With(ctx).Clauses(once).Create(&r)
	if made.Error != nil || made.RowsAffected == 0 {
		return made.Error
	}
	if len(list) >= MostRelatives {
		return ErrRelativeMany
	}
	for _, part := range []struct {
		value  *[]byte
		column string
		text   string
	}{
		{&r.NameSealed, "name_sealed", in.Name}, {&r.AddressSealed, "address_sealed", w.Address},
		{&r.TokenSealed, "token_sealed", token}, {&r.CodeSealed, "code_sealed", record.NewWord()},
	} {
		if *part.value, err = s.sealed(part.text, "relatives", r.ID, part.column); err != nil {
			return err
		}
	}
	if err := s.db.With(ctx).Save(&r).Error; err != nil {
		return err
	}
	if err := s.tellRelative(ctx, r); err != nil {
		return err
	}
	return s.auditRelative(ctx, u, r, "relative_granted")
}

// trusted are the relatives of a person, named under whichever of their accounts, whom nobody withdrew, the first first.
func (s *Store) trusted(ctx context.Context, userID int64) (list []Relative, err error) {
	ids, err := s.accounts(ctx, userID)
	if err != nil {
		return nil, err
	}
	err = s.db.With(ctx).Where("user_id IN ? AND withdrawn_at IS NULL", ids).Order("id").Find(&list).Error
	return list, err
}

// Relatives lists whom the acting person trusts.
func (s *Store) Relatives(ctx context.Context, actor record.User) (out []TrustedRelative, err error) {
	list, err := s.trusted(ctx, actor.ID)
	if err != nil {
		return nil, err
	}
	for _, r := range list {
		t := TrustedRelative{Relative: r}
		w, token, err := s.reachRelative(r)
		if err != nil {
			return nil, err
		}
		t.Address, t.Token = w.Address, token
		told := s.db.With(ctx).Model(&record.Notice{}).Select("count(*) > 0").Where("dedupe = ? AND state IN ('withheld', 'failed')", namedKey(r))
		if err := told.Scan(&t.Undelivered).Error; err != nil {
			return nil, err
		}
		if t.Name, err = s.opened(r.NameSealed, "relatives", r.ID, "name_sealed"); err != nil {
			return nil, err
		}
		if t.Code, err = s.opened(r.CodeSealed, "relatives", r.ID, "code_sealed"); err != nil {
			return nil, err
		}
		out = append(out, t)
	}
	return out, nil
}

// namedKey is the key of the letter which tells a relative that they were named.
func namedKey(r Relative) string { return "relative:" + strconv.FormatInt(r.ID, 10) }

// reachRelative opens where a relative is reached, and their link.
func (s *Store) reachRelative(r Relative) (w record.Way, token string, err error) {
	w.Channel = r.Channel
	if w.Address, err = s.opened(r.AddressSealed, "relatives", r.ID, "address_sealed"); err != nil {
		return w, "", err
	}
	token, err = s.opened(r.TokenSealed, "relatives", r.ID, "token_sealed")
	return w, token, err
}

// Grant changes what a relative of the acting person may see; it holds from their next request on.
func (s *Store) Grant(ctx context.Context, actor record.User, ref string, version int, station, place, papers bool) error {
	return s.ofOwn(ctx, actor, ref, "grant to a relative", func(tx *Store, u record.User, r Relative) error {
		if r.Version != version {
			return models.ErrStale
		}
		err := tx.db.With(ctx).Model(&r).Updates(map[string]any{
			"sees_station": station, "sees_place": place, "sees_papers": papers, "version": r.Version + 1,
		}).Error
		if err != nil {
			return err
		}
		return tx.auditRelative(ctx, u, r, "relative_changed")
	})
}

// Withdraw takes everything back from a relative of the acting person: their link opens nothing any more.
func (s *Store) Withdraw(ctx context.Context, actor record.User, ref string) error {
	return s.ofOwn(ctx, actor, ref, "withdraw from a relative", func(tx *Store, u record.User, r Relative) error {
		if err := tx.db.With(ctx).Model(&r).Updates(map[string]any{"withdrawn_at": tx.db.Now(), "version": r.Version + 1}).Error; err != nil {
			return err
		}
		if err := tx.db.With(ctx).Where("relative_id = ?", r.ID).Delete(&RelativeSession{}).Error; err != nil {
			return err
		}
		if err := tx.db.DropLetters(ctx, "relative:"+r.Ref); err != nil {
			return err
		}
		list, err := tx.checkinsOn(ctx, u.ID)
		if err != nil {
			return err
		}
		for _, c := range list {
			if err := tx.db.DropLetters(ctx, c.topicOf(r.Ref)); err != nil {
				return err
			}
		}
		return tx.auditRelative(ctx, u, r, "relative_withdrawn")
	})
}

// ofOwn runs an act of the acting person about one of their relatives, who is locked.
func (s *Store) ofOwn(
	ctx context.Context, actor record.User, ref, doing string, act func(tx *Store, u record.User, r Relative) error,
) error {
	return s.transact(ctx, doing, func(tx *Store) error {
		u, err := tx.lockedUser(ctx, actor)
		if err != nil {
			return err
		}
		ids, err := tx.accounts(ctx, u.ID)
		if err != nil {
			return err
		}
		var r Relative
		err = tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).
			Take(&r, "ref = ? AND user_id IN ? AND withdrawn_at IS NULL", ref, ids).Error
		if err != nil {
			return err
		}
		return act(tx, u, r)
	})
}

func (s *Store) auditRelative(ctx context.Context, u record.User, r Relative, action string) error {
	return s.db.Audit(ctx, u, record.Act{Action: action, SubjectKind: "relative", SubjectID: r.ID, PersonID: u.ID})
}
