package journey

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
)

// The bounds of a stay.
const (
	stayAgency  = 150
	stayAddress = 500
	stayLongest = 365 // days until the departure
	stayTold    = 3   // days before its end somebody is told
	staysAtOnce = 100
)

// The refusals of a stay.
var (
	ErrStayAgency  = &record.Refusal{Key: "transit.agency_wrong", Field: "agency"}
	ErrStayAddress = &record.Refusal{Key: "transit.address_wrong", Field: "address"}
	ErrStaySince   = &record.Refusal{Key: "transit.since_wrong", Field: "since"}
	ErrStayLeaves  = &record.Refusal{Key: "transit.leaves_wrong", Field: "leaves"}
)

// A Stay is somebody who waits in Jakarta for their departure: with which agency, where, since when and until when.
type Stay struct {
	ID            int64
	Ref           string
	UserID        int64
	Agency        string
	AgencyFolded  string
	AddressSealed []byte
	AddressIndex  []byte
	Since         time.Time
	LeavesOn      time.Time
	ToldAt        *time.Time
	OverAt        *time.Time
	RecordedBy    int64
	RecordedAt    time.Time
	Version       int
	Address       string `gorm:"-"`
	Hidden        bool   `gorm:"-"` // the reader may not read the address
}

// TableName is where stays lie.
func (Stay) TableName() string { return "transit_stays" }

// NewStay is a stay as it is typed.
type NewStay struct {
	Agency, Address string
	Since, LeavesOn time.Time
}

// check says what is wrong with a stay. An address that is left out is fine where one is kept that the writer may not read.
func (n NewStay) check(today record.Day, kept bool) error {
	var errs []error
	refuse := func(wrong bool, r *record.Refusal) {
		if wrong {
			errs = append(errs, r)
		}
	}
	refuse(n.Agency == "" || utf8.RuneCountInString(n.Agency) > stayAgency, ErrStayAgency)
	refuse(n.Address == "" && !kept || utf8.RuneCountInString(n.Address) > stayAddress, ErrStayAddress)
	since, leaves := record.DateDay(n.Since), record.DateDay(n.LeavesOn)
	refuse(since.After(today) || today.After(since.Plus(stayLongest)), ErrStaySince)
	refuse(today.After(leaves) || leaves.After(today.Plus(stayLongest)), ErrStayLeaves)
	return errors.Join(errs...)
}

// RegisterStay keeps where somebody waits, or changes it: they themselves, or an officer at the counter for them. version is the
// one that stood on the page, 0 where there was no stay; models.ErrStale says that somebody else was faster.
func (s *Store) RegisterStay(ctx context.Context, actor record.User, ref string, version int, n NewStay) error {
	n.Agency, n.Address = strings.TrimSpace(n.Agency), strings.TrimSpace(n.Address)
	return s.transact(ctx, "register stay", func(tx *Store) error {
		u, err := tx.personOf(ctx, actor, ref)
		if err != nil {
			return err
		}
		stay, err := tx.openStay(ctx, actor, u.ID)
		if err != nil {
			return err
		}
		if err := n.check(record.DayOf(tx.db.Now()), stay.Hidden); err != nil {
			return err
		}
		if stay.ID != 0 && stay.is(n) {
			return nil // it was sent twice
		}
		if stay.Version != version {
			return models.ErrStale
		}
		if stay.ID == 0 {
			stay = Stay{Ref: record.NewRef("SG"), UserID: u.ID, RecordedBy: actor.ID, RecordedAt: tx.db.Now()}
		}
		return tx.saveStay(ctx, actor, stay, n)
	})
}

// is says whether a stay is what somebody typed.
func (t Stay) is(n NewStay) bool {
	return t.Agency == n.Agency && (t.Address == n.Address || t.Hidden && n.Address == "") && t.Since.Equal(n.Since) &&
		t.LeavesOn.Equal(n.LeavesOn)
}

// saveStay writes down what was typed. An address that was left out stays as it is.
func (s *Store) saveStay(ctx context.Context, actor record.User, stay Stay, n NewStay) (err error) {
	if !stay.LeavesOn.Equal(n.LeavesOn) {
		stay.ToldAt = nil
	}
	stay.Agency, stay.AgencyFolded, stay.Since, stay.LeavesOn = n.Agency, FoldLicence(n.Agency), n.Since, n.LeavesOn
	stay.Version++
	if err := s.db.With(ctx).Save(&stay).Error; err != nil {
		return err
	}
	if n.Address != "" {
		if stay.AddressSealed, err = s.sealed(n.Address, "transit_stays", stay.ID, "address_sealed"); err != nil {
			return err
		}
		stay.AddressIndex = s.db.Box().Index(foldAddress(n.Address), addressPurpose)
		if err := s.db.With(ctx).Model(&stay).Select("address_sealed", "address_index").Updates(&stay).Error; err != nil {
			return err
		}
	}
	return s.auditStay(ctx, actor, "stay_registered", stay)
}

// EndStay ends it before its day, also where it was kept under an account that is joined into the person's.
func (s *Store) EndStay(ctx context.Context, actor record.User, ref string) error {
	return s.transact(ctx, "end stay", func(tx *Store) error {
		u, err := tx.personOf(ctx, actor, ref)
		if err != nil {
			return err
		}
		var list []Stay
		err = tx.openStays(ctx, u.ID).Clauses(clause.Locking{Strength: "UPDATE"}).Find(&list).Error
		for _, stay := range list {
			if err == nil {
				err = tx.overStay(ctx, actor, stay)
			}
		}
		return err
	})
}

func (s *Store) overStay(ctx context.Context, actor record.User, stay Stay) error {
	err := s.db.With(ctx).Model(&stay).Updates(map[string]any{"over_at": s.db.Now(), "version": stay.Version + 1}).Error
	if err != nil {
		return err
	}
	return s.auditStay(ctx, actor, "stay_over", stay)
}

// personOf is whose record an actor changes: their own, or, for an officer, that of the seeker with the reference.
func (s *Store) personOf(ctx context.Context, actor record.User, ref string) (u record.User, err error) {
	own := ref == "" || ref == actor.Ref
	if (actor.Role != record.Seeker || !own) && (actor.Role != record.Officer || own) {
		return u, record.ErrNotFound
	}
	q := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Where("closed_at IS NULL AND role = ?", record.Seeker)
	if own {
		err = q.Take(&u, actor.ID).Error
	} else {
		err = q.Take(&u, "ref = ?", ref).Error
	}
	return u, err
}

// openStays are the open stays of a person, also those that they kept under an account that is joined into theirs; their own
// comes first.
func (s *Store) openStays(ctx context.Context, userID int64) *gorm.DB {
	return s.db.With(ctx).Where("over_at IS NULL").Where(theirs, map[string]any{"me": userID}).Order(ownRowsFirst(userID))
}

// openStay is the open stay of a person as an actor reads it, none where it has no id. The address is for the person alone, and
// for officers who help people in trouble.
func (s *Store) openStay(ctx context.Context, actor record.User, userID int64) (stay Stay, err error) {
	err = s.openStays(ctx, userID).Limit(1).Find(&stay).Error
	if err != nil || stay.ID == 0 {
		return stay, err
	}
	if actor.Role == record.Officer {
		if err := s.mayHelp(ctx, actor); errors.Is(err, record.ErrForbidden) {
			stay.Hidden = true
			return stay, nil
		} else if err != nil {
			return stay, err
		}
	}
	stay.Address, err = s.opened(stay.AddressSealed, "transit_stays", stay.ID, "address_sealed")
	return stay, err
}

// OwnStay is the open stay of the acting person, none where it has no id.
func (s *Store) OwnStay(ctx context.Context, u record.User) (Stay, error) {
	return s.openStay(ctx, u, u.ID)
}

// StayOf is the open stay of a person at the counter, none where it has no id. The look is written down.
func (s *Store) StayOf(ctx context.Context, officer record.User, ref string) (stay Stay, err error) {
	if officer.Role != record.Officer {
		return stay, record.ErrForbidden
	}
	err = s.transact(ctx, "read a stay", func(tx *Store) error {
		u, err := tx.personOf(ctx, officer, ref)
		if err != nil {
			return err
		}
		if stay, err = tx.openStay(ctx, officer, u.ID); err != nil || stay.ID == 0 {
			return err
		}
		return tx.auditStay(ctx, officer, "stay_read", stay)
	})
	return stay, err
}

// addressPurpose keeps the index of addresses from being compared with others.
const addressPurpose = "transit address"

// foldAddress makes two ways to write an address one: letters and digits.
func foldAddress(address string) string {
	words := strings.FieldsFunc(strings.ToLower(address), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	})
	words = slices.DeleteFunc(words, func(w string) bool { return w == "jl" || w == "jalan" || w == "no" || w == "nomor" })
	return strings.Join(words, " ")
}

func (s *Store) auditStay(ctx context.Context, actor record.User, action string, stay Stay) error {
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "transit_stay", SubjectID: stay.ID, PersonID: stay.UserID})
}

// KeepStays ends the stays whose day is over, and tells those whose day comes, each once. It is a step of a chore.
func (s *Store) KeepStays(ctx context.Context) (more bool, err error) {
	today := record.DayOf(s.db.Now())
	var ids []int64
	err = s.db.With(ctx).Model(&Stay{}).Where("over_at IS NULL AND (leaves_on < ? OR leaves_on <= ? AND told_at IS NULL)",
		today.Date(), today.Plus(stayTold).Date()).Order("leaves_on, id").Limit(staysAtOnce).Pluck("id", &ids).Error
	for _, id := range ids {
		if err == nil {
			err = s.keepStay(ctx, id, today)
		}
	}
	return len(ids) == staysAtOnce, err
}

func (s *Store) keepStay(ctx context.Context, id int64, today record.Day) error {
	return s.transact(ctx, "keep stay", func(tx *Store) error {
		var stay Stay
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&stay, "id = ? AND over_at IS NULL", id).Error
		if errors.Is(err, record.ErrNotFound) {
			return nil // somebody was faster
		}
		if err != nil {
			return err
		}
		leaves := record.DateDay(stay.LeavesOn)
		if today.After(leaves) {
			return tx.overStay(ctx, record.SystemUser, stay)
		}
		if stay.ToldAt != nil || leaves.After(today.Plus(stayTold)) {
			return nil
		}
		if err := tx.db.With(ctx).Model(&stay).Update("told_at", tx.db.Now()).Error; err != nil {
			return err
		}
		var u record.User
		if err := tx.db.With(ctx).Take(&u, stay.UserID).Error; err != nil {
			return err
		}
		day := i18n.Date(i18n.With(ctx, i18n.Lang(u.Language)), stay.LeavesOn)
		return tx.db.Tell(ctx, u, "transit ending "+stay.Ref+" "+stay.LeavesOn.Format(time.DateOnly), "transit_ending",
			map[string]string{"Path": urls.OwnStay(), "When": day})
	})
}

// A Shelter is a place of the offices that officers keep where somebody on their way may stay.
type Shelter struct {
	Name      string
	Address   string
	City      string
	Phone     string // one a line
	Source    string
	CheckedOn *time.Time
}

// Shelters are the places of today where people who pass through may stay; one that officers did not make public is none.
func (s *Store) Shelters(ctx context.Context) ([]Shelter, error) {
	var list []Shelter
	today := record.DayOf(s.db.Now()).Date()
	err := s.db.With(ctx).Table("offices").
		Where("kind = 'shelter' AND public AND address <> '' AND valid_from <= ? AND (valid_to IS NULL OR valid_to >= ?)", today, today).
		Order("position, code").Limit(10).Find(&list).Error
	return list, err
}
