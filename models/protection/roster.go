package protection

import (
	"context"
	"fmt"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/internal/phone"
	"naikkelas/models/record"
)

// WhyLength is how many characters a reason has at most.
const WhyLength = 500

// longestShift is how long one officer is on duty at most.
const longestShift = 24 * time.Hour

// The refusals of the roster: the officer is on duty already within that time; nobody of that name can be on duty; the
// phone is none; the shift is over before it begins; it has been changed meanwhile; no reason.
var (
	ErrShiftTwice   = &record.Refusal{Key: "roster.twice", Field: "from"}
	ErrShiftOfficer = &record.Refusal{Key: "roster.officer_missing", Field: "officer"}
	ErrShiftPhone   = &record.Refusal{Key: "roster.phone_wrong", Field: "phone"}
	ErrShiftOver    = &record.Refusal{Key: "roster.over", Field: "to"}
	ErrShiftChanged = &record.Refusal{Key: "roster.changed"}
	ErrShiftWhy     = &record.Refusal{Key: "roster.why_missing", Field: "why"}
)

// A Shift is somebody's time on duty. SetByName is the head's name. PlannedEnd is the end that it had before it was
// shortened.
type Shift struct {
	ID         int64
	Ref        string
	UserID     int64
	Phone      string
	StartsAt   time.Time
	EndsAt     time.Time
	PlannedEnd *time.Time
	FormToken  *string
	SetBy      int64
	SetAt      time.Time
	ChangedBy  *int64
	ChangedAt  *time.Time
	ChangedWhy *string
	RemovedAt  *time.Time
	SetByName  string      `gorm:"->"`
	Officer    record.User `gorm:"-"`
}

// TableName names the table.
func (Shift) TableName() string { return "duty_shifts" }

// Begun says whether the shift has begun, so that it can only be shortened.
func (s Shift) Begun(at time.Time) bool { return !s.StartsAt.After(at) }

// Over says whether the shift has ended.
func (s Shift) Over(at time.Time) bool { return !s.EndsAt.After(at) }

// counts says of a shift d and its officer u whether somebody is there: who lost the duty or the account is not.
const counts = `d.removed_at IS NULL
	AND u.closed_at IS NULL
	AND u.role = 'officer'
	AND EXISTS (SELECT FROM duties h WHERE h.user_id = u.id AND h.duty IN ('protection', 'head') AND h.ended_at IS NULL)`

// shifts reads shifts d of officers u with a condition, an order and a bound.
func (s *Store) shifts(ctx context.Context, which string, args ...any) ([]Shift, error) {
	var list []Shift
	err := s.db.With(ctx).Raw(`SELECT d.*, b.name AS set_by_name
		FROM duty_shifts d
		JOIN users u ON u.id = d.user_id
		JOIN users b ON b.id = d.set_by
		WHERE `+which, args...).Scan(&list).Error
	if err != nil || len(list) == 0 {
		return list, err
	}
	ids := make([]int64, len(list))
	for i, d := range list {
		ids[i] = d.UserID
	}
	var officers []record.User
	if err := s.db.With(ctx).Where("id IN ?", ids).Limit(len(ids)).Find(&officers).Error; err != nil {
		return nil, err
	}
	for i, d := range list {
		list[i].Officer = officers[slices.IndexFunc(officers, func(u record.User) bool { return u.ID == d.UserID })]
	}
	return list, nil
}

// OnDuty lists who is on duty now, who began last first. Who lost the duty or the account is not there.
func (s *Store) OnDuty(ctx context.Context) ([]Shift, error) {
	now := s.db.Now()
	list, err := s.shifts(ctx, "d.starts_at <= ? AND d.ends_at > ? AND "+counts+" ORDER BY d.starts_at DESC, d.id DESC LIMIT 50", now, now)
	if err != nil {
		return nil, fmt.Errorf("on duty: %w", err)
	}
	return list, nil
}

// NextShift is the shift that begins next, nil where nobody is on the roster.
func (s *Store) NextShift(ctx context.Context) (*Shift, error) {
	list, err := s.shifts(ctx, "d.starts_at > ? AND "+counts+" ORDER BY d.starts_at, d.id LIMIT 1", s.db.Now())
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// withDuty lists the officers with one of the duties, by name.
func (s *Store) withDuty(ctx context.Context, duties ...record.Duty) ([]record.User, error) {
	var list []record.User
	err := s.db.With(ctx).Where(`role = 'officer'
		AND closed_at IS NULL
		AND id IN (SELECT user_id FROM duties WHERE duty IN ? AND ended_at IS NULL)`, duties).Order("name, id").Limit(200).Find(&list).Error
	return list, err
}

// Heads lists the officers who answer for the desk.
func (s *Store) Heads(ctx context.Context) ([]record.User, error) {
	return s.withDuty(ctx, record.DutyHead)
}

// Protectors lists the officers who may be on duty and may hold a case.
func (s *Store) Protectors(ctx context.Context) ([]record.User, error) {
	return s.withDuty(ctx, record.DutyProtection, record.DutyHead)
}

// mayReadRoster lets those read who help people in trouble, and their head.
func (s *Store) mayReadRoster(ctx context.Context, actor record.User) (head bool, err error) {
	if head, err = s.db.Holds(ctx, actor, record.DutyHead); err != nil || head {
		return head, err
	}
	held, err := s.db.Holds(ctx, actor, record.DutyProtection)
	if err == nil && !held {
		err = record.ErrForbidden
	}
	return false, err
}

// mayKeepRoster lets the head alone change who is on duty.
func (s *Store) mayKeepRoster(ctx context.Context, actor record.User) error {
	head, err := s.db.Holds(ctx, actor, record.DutyHead)
	if err == nil && !head {
		err = record.ErrForbidden
	}
	return err
}

// A Roster is who is on duty in one week. Officers are those who can be put on it, for the head alone.
type Roster struct {
	Monday   record.Day
	Shifts   []Shift
	Now      []Shift
	Next     *Shift
	Officers []record.User
	MayKeep  bool
}

// Roster reads the week that a day lies in.
func (s *Store) Roster(ctx context.Context, officer record.User, day record.Day) (r Roster, err error) {
	if r.MayKeep, err = s.mayReadRoster(ctx, officer); err != nil {
		return r, err
	}
	r.Monday = day.Plus(-((int(day.Date().Weekday()) + 6) % 7))
	r.Shifts, err = s.shifts(ctx, "d.removed_at IS NULL AND d.ends_at > ? AND d.starts_at < ? ORDER BY d.starts_at, d.id LIMIT 300",
		r.Monday.Start(), r.Monday.Plus(7).Start())
	if err != nil {
		return r, fmt.Errorf("roster: %w", err)
	}
	if r.Now, err = s.OnDuty(ctx); err != nil {
		return r, err
	}
	if r.Next, err = s.NextShift(ctx); err != nil {
		return r, err
	}
	if r.MayKeep {
		r.Officers, err = s.Protectors(ctx)
	}
	return r, err
}

// A NewShift is what the head writes onto the roster. A second press of one form makes one shift.
type NewShift struct {
	Officer  string // reference
	Phone    string
	StartsAt time.Time
	EndsAt   time.Time
	Token    string
}

// AddShift puts an officer on duty. What would have begun already begins now: nobody was promised anything before.
func (s *Store) AddShift(ctx context.Context, head record.User, n NewShift) error {
	if err := s.mayKeepRoster(ctx, head); err != nil {
		return err
	}
	number, err := phone.Parse(n.Phone)
	if err != nil {
		return ErrShiftPhone
	}
	now := s.db.Now()
	if n.StartsAt.Before(now) {
		n.StartsAt = now
	}
	if !n.EndsAt.After(n.StartsAt) || n.EndsAt.Sub(n.StartsAt) > longestShift {
		return ErrShiftOver
	}
	return s.db.Transact(ctx, "add shift", func(db *record.DB) error {
		tx := &Store{db: db}
		officer, err := tx.protector(ctx, n.Officer)
		if err != nil {
			return err
		}
		shift := Shift{Ref: record.NewRef("JG"), UserID: officer.ID, Phone: number, StartsAt: n.StartsAt, EndsAt: n.EndsAt,
			FormToken: &n.Token, SetBy: head.ID, SetAt: now}
		r := db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&shift)
		switch {
		case record.Violates(r.Error, "duty_shifts_not_twice"):
			return ErrShiftTwice
		case r.Error != nil || r.RowsAffected == 0: // the second press
			return r.Error
		}
		return tx.auditShift(ctx, head, "shift_set", shift)
	})
}

// protector finds an officer who can be on duty, and holds the account so that it is not closed meanwhile.
func (s *Store) protector(ctx context.Context, ref string) (record.User, error) {
	var list []record.User
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "KEY SHARE"}).Where(`ref = ?
		AND role = 'officer'
		AND closed_at IS NULL
		AND id IN (SELECT user_id FROM duties WHERE duty IN ('protection', 'head') AND ended_at IS NULL)`, ref).Limit(1).Find(&list).Error
	if err != nil {
		return record.User{}, err
	}
	if len(list) == 0 {
		return record.User{}, ErrShiftOfficer
	}
	return list[0], nil
}

// Shift reads one shift; who may not read the roster is refused.
func (s *Store) Shift(ctx context.Context, officer record.User, ref string) (Shift, error) {
	if _, err := s.mayReadRoster(ctx, officer); err != nil {
		return Shift{}, err
	}
	list, err := s.shifts(ctx, "d.ref = ?", ref)
	if err != nil {
		return Shift{}, err
	}
	if len(list) == 0 {
		return Shift{}, record.ErrNotFound
	}
	return list[0], nil
}

// EndShift takes a shift that has not begun off the roster; one that has begun ends now. seen is the end that the head
// saw: a colleague may have been there meanwhile.
func (s *Store) EndShift(ctx context.Context, head record.User, ref, why string, seen time.Time) error {
	why = strings.TrimSpace(why)
	if err := s.mayKeepRoster(ctx, head); err != nil {
		return err
	}
	if why == "" || utf8.RuneCountInString(why) > WhyLength {
		return ErrShiftWhy
	}
	return s.db.Transact(ctx, "end shift", func(db *record.DB) error {
		tx := &Store{db: db}
		var shift Shift
		if err := db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&shift, "ref = ?", ref).Error; err != nil {
			return err
		}
		now := db.Now()
		by := shift.ChangedBy != nil && *shift.ChangedBy == head.ID && shift.ChangedWhy != nil && *shift.ChangedWhy == why
		switch {
		case by && (shift.RemovedAt != nil || shift.PlannedEnd != nil): // the second press
			return nil
		case shift.RemovedAt != nil, shift.Over(now), !shift.EndsAt.Equal(seen):
			return ErrShiftChanged
		}
		action := "shift_removed"
		if shift.StartsAt.Before(now) {
			action, shift.PlannedEnd, shift.EndsAt = "shift_shortened", new(shift.EndsAt), now
		} else {
			shift.RemovedAt = &now
		}
		shift.ChangedBy, shift.ChangedAt, shift.ChangedWhy = &head.ID, &now, &why
		if err := db.With(ctx).Save(&shift).Error; err != nil {
			return err
		}
		return tx.auditShift(ctx, head, action, shift)
	})
}

func (s *Store) auditShift(ctx context.Context, head record.User, action string, shift Shift) error {
	return s.db.Audit(ctx, head, record.Act{Action: action, SubjectKind: "duty_shift", SubjectID: shift.ID,
		Detail: map[string]any{"from": shift.StartsAt, "to": shift.EndsAt}})
}
