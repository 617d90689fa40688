package journey

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
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
}

// TableName is where stays lie.
func (Stay) TableName() string { return "transit_stays" }

// NewStay is a stay as it is typed.
type NewStay struct {
	Agency, Address string
	Since, LeavesOn time.Time
}

func (n NewStay) check(today record.Day) error {
	var errs []error
	refuse := func(wrong bool, r *record.Refusal) {
		if wrong {
			errs = append(errs, r)
		}
	}
	refuse(n.Agency == "" || utf8.RuneCountInString(n.Agency) > stayAgency, ErrStayAgency)
	refuse(n.Address == "" || utf8.RuneCountInString(n.Address) > stayAddress, ErrStayAddress)
	since, leaves := record.DateDay(n.Since), record.DateDay(n.LeavesOn)
	refuse(since.After(today) || today.After(since.Plus(stayLongest)), ErrStaySince)
	refuse(today.After(leaves) || leaves.After(today.Plus(stayLongest)), ErrStayLeaves)
	return errors.Join(errs...)
}

// RegisterStay keeps where somebody waits, or changes it: they themselves, or an officer at the counter for them.
func (s *Store) RegisterStay(ctx context.Context, actor record.User, ref string, n NewStay) error {
	n.Agency, n.Address = strings.TrimSpace(n.Agency), strings.TrimSpace(n.Address)
	if err := n.check(record.DayOf(s.db.Now())); err != nil {
		return err
	}
	return s.transact(ctx, "register stay", func(tx *Store) error {
		u, err := tx.personOf(ctx, actor, ref)
		if err != nil {
			return err
		}
		stay, err := tx.openStay(ctx, u.ID)
		if err != nil {
			return err
		}
		if stay.ID == 0 {
			stay = Stay{Ref: record.NewRef("SG"), UserID: u.ID, RecordedBy: actor.ID, RecordedAt: tx.db.Now()}
		}
		if !stay.LeavesOn.Equal(n.LeavesOn) {
			stay.ToldAt = nil
		}
		stay.Agency, stay.AgencyFolded, stay.Since, stay.LeavesOn = n.Agency, FoldLicence(n.Agency), n.Since, n.LeavesOn
		stay.AddressIndex = tx.db.Box().Index(foldAddress(n.Address), "transit address")
		stay.Version++
		if err := tx.db.With(ctx).Save(&stay).Error; err != nil {
			return err
		}
		if stay.AddressSealed, err = tx.sealed(n.Address, "transit_stays", stay.ID, "address_sealed"); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&stay).Update("address_sealed", stay.AddressSealed).Error; err != nil {
			return err
		}
		return tx.auditStay(ctx, actor, "stay_registered", stay)
	})
}

// EndStay ends it before its day.
func (s *Store) EndStay(ctx context.Context, actor record.User, ref string) error {
	return s.transact(ctx, "end stay", func(tx *Store) error {
		u, err := tx.personOf(ctx, actor, ref)
		if err != nil {
			return err
		}
		stay, err := tx.openStay(ctx, u.ID)
		if err != nil || stay.ID == 0 {
			return err
		}
		return tx.overStay(ctx, actor, stay)
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

// openStay is the open stay of a person, none where it has no id.
func (s *Store) openStay(ctx context.Context, userID int64) (stay Stay, err error) {
	err = s.db.With(ctx).Where("user_id = ? AND over_at IS NULL", userID).Limit(1).Find(&stay).Error
	return stay, err
}

// OwnStay is the open stay of the acting person, none where it has no id.
func (s *Store) OwnStay(ctx context.Context, u record.User) (Stay, error) {
	stay, err := s.openStay(ctx, u.ID)
	if err != nil || stay.ID == 0 {
		return stay, err
	}
	stay.Address, err = s.opened(stay.AddressSealed, "transit_stays", stay.ID, "address_sealed")
	return stay, err
}

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

// A StayRow is an open stay as officers who help people in trouble see it, with how many others wait at the same address
// and with the same agency.
type StayRow struct {
	Stay
	PersonRef  string
	PersonName string
	AtAddress  int
	WithAgency int
}

// mostStays is how many stays the desk shows.
const mostStays = 100

// Stays are the open stays, those at the fullest addresses first. Only who helps people in trouble reads them; that they
// did is written down.
func (s *Store) Stays(ctx context.Context, officer record.User) (list []StayRow, err error) {
	if err := s.mayHelp(ctx, officer); err != nil {
		return nil, err
	}
	err = s.transact(ctx, "read stays", func(tx *Store) error {
		err := tx.db.With(ctx).Raw(`SELECT t.*, u.ref AS person_ref, u.name AS person_name,
				count(*) OVER (PARTITION BY t.address_index) AS at_address,
				count(*) OVER (PARTITION BY t.agency_folded) AS with_agency
			FROM transit_stays t
			JOIN users u ON u.id = t.user_id
			WHERE t.over_at IS NULL
			ORDER BY at_address DESC, t.address_index, t.leaves_on, t.id
			LIMIT ?`, mostStays).Scan(&list).Error
		if err != nil {
			return err
		}
		acts := make([]record.Act, len(list))
		for i := range list {
			l := &list[i]
			if l.Address, err = tx.opened(l.AddressSealed, "transit_stays", l.ID, "address_sealed"); err != nil {
				return err
			}
			acts[i] = record.Act{Action: "stay_read", SubjectKind: "transit_stay", SubjectID: l.ID, PersonID: l.UserID}
		}
		if len(acts) == 0 {
			return nil
		}
		return tx.db.Audit(ctx, officer, acts...)
	})
	return list, err
}

// A Shelter is a place of the offices that officers keep where somebody on their way may stay or is helped on. While it is
// not public nobody has made sure of it lately.
type Shelter struct {
	Name      string
	Address   string
	City      string
	Source    string
	Public    bool
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
