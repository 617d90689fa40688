package models

import (
	"cmp"
	"context"
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// Duty is what an officer may besides the role, see record.Duty.
type Duty = record.Duty

// The duties.
const (
	DutyProtection   = record.DutyProtection
	DutyInstitutions = record.DutyInstitutions
	DutyReference    = record.DutyReference
	DutyHead         = record.DutyHead
)

// Duties lists the duties in the order in which administrators read them.
func Duties() []Duty { return record.Duties() }

// The refusals of giving and ending a duty: without a reason, or without a duty that is known.
var (
	ErrDutyReason = &Refusal{Key: "admin.duty.reason_missing", Field: "reason"}
	ErrDutyChosen = &Refusal{Key: "admin.duty.chosen_missing", Field: "duty"}
	// ErrDutyHeld says that the officer has the duty already, from somebody else or for another reason.
	ErrDutyHeld = &Refusal{Key: "admin.duty.held", Field: "duty"}
)

// DutyReasonLength is how many characters the reason for a duty has at most.
const DutyReasonLength = 500

// A HeldDuty is a duty that an officer has or had: from whom, since when and why, and how it ended. EndedAt is nil for
// one that is held.
type HeldDuty struct {
	Duty     Duty
	GivenBy  string // the administrator's name
	GivenAt  time.Time
	GivenWhy string
	EndedBy  string
	EndedAt  *time.Time
	EndedWhy string
}

// DutiesOf lists what an officer may besides the role, those that are held first, at most a hundred with the ended ones.
func (s *Store) DutiesOf(ctx context.Context, admin User, w Worker) ([]HeldDuty, error) {
	if admin.Role != Admin {
		return nil, ErrForbidden
	}
	var list []HeldDuty
	err := s.db.With(ctx).Table("duties d").
		Select("d.duty, d.given_at, d.given_why, d.ended_at, d.ended_why, g.name AS given_by, e.name AS ended_by").
		Joins("JOIN users g ON g.id = d.given_by").
		Joins("LEFT JOIN users e ON e.id = d.ended_by").
		Where("d.user_id = ?", w.ID).Order("d.ended_at DESC NULLS FIRST, d.id DESC").Limit(100).Scan(&list).Error
	return list, err
}

// Holds says whether the acting officer has a duty now.
func (s *Store) Holds(ctx context.Context, actor User, duty Duty) (bool, error) {
	return s.db.Holds(ctx, actor, duty)
}

// GiveDuty lets an officer do more than the role allows. Who has the duty already keeps it as it is, which is ErrDutyHeld
// unless it is the same press again.
func (s *Store) GiveDuty(ctx context.Context, admin User, ref string, duty Duty, why string) error {
	return s.changeDuty(ctx, admin, ref, duty, why, func(tx *Store, officer User, why string) (string, error) {
		row := map[string]any{
			"user_id": officer.ID, "duty": duty, "given_by": admin.ID, "given_at": tx.db.Now(), "given_why": why,
		}
		r := tx.db.With(ctx).Table("duties").Clauses(clause.OnConflict{DoNothing: true}).Create(row)
		if r.Error == nil && r.RowsAffected == 0 {
			return "", tx.heldAlready(ctx, admin, officer, duty, why)
		}
		return "duty_given", r.Error
	})
}

// heldAlready tells the second press from giving what another gave.
func (s *Store) heldAlready(ctx context.Context, admin, officer User, duty Duty, why string) error {
	var same int64
	err := s.db.With(ctx).Table("duties").
		Where("user_id = ? AND duty = ? AND ended_at IS NULL AND given_by = ? AND given_why = ?", officer.ID, duty, admin.ID, why).
		Count(&same).Error
	if err == nil && same == 0 {
		return ErrDutyHeld
	}
	return cmp.Or(err, errNothingNew)
}

// EndDuty takes a duty from an officer; the next request already is refused. Who does not have it is left as they are.
func (s *Store) EndDuty(ctx context.Context, admin User, ref string, duty Duty, why string) error {
	return s.changeDuty(ctx, admin, ref, duty, why, func(tx *Store, officer User, why string) (string, error) {
		return "duty_ended", record.Changed(tx.endDuties(ctx, admin, officer, why, duty), errNothingNew)
	})
}

// errNothingNew says inside that a duty is as it was asked to be.
var errNothingNew = errors.New("nothing new")

// changeDuty runs one change of one officer's duties and writes it down.
func (s *Store) changeDuty(ctx context.Context, admin User, ref string, duty Duty, why string,
	change func(tx *Store, officer User, why string) (action string, err error),
) error {
	w, err := s.Worker(ctx, admin, ref)
	why = strings.TrimSpace(why)
	switch {
	case err != nil:
		return err
	case w.Role != Officer:
		return ErrForbidden
	case !slices.Contains(Duties(), duty):
		return ErrDutyChosen
	case why == "" || utf8.RuneCountInString(why) > DutyReasonLength:
		return ErrDutyReason
	}
	return s.transact(ctx, "change duty", func(tx *Store) error {
		// Closing the account waits for this, and this for closing it.
		var open User
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&open, "id = ? AND closed_at IS NULL", w.ID).Error
		if err != nil {
			return err
		}
		action, err := change(tx, open, why)
		if err != nil {
			if errors.Is(err, errNothingNew) {
				return nil
			}
			return err
		}
		return tx.securityEventOf(ctx, admin, action, open, map[string]any{"duty": duty})
	})
}

// endDuties ends those of the duties that an officer holds.
func (s *Store) endDuties(ctx context.Context, admin, officer User, why string, duties ...Duty) *gorm.DB {
	return s.db.With(ctx).Table("duties").Where("user_id = ? AND duty IN ? AND ended_at IS NULL", officer.ID, duties).
		Updates(map[string]any{"ended_by": admin.ID, "ended_at": s.db.Now(), "ended_why": why})
}
