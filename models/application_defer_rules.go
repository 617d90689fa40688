package models

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// openDeferral is what is open of a locked application, nil for nothing.
func (s *Store) openDeferral(ctx context.Context, applicationID int64) (*Deferral, error) {
	d, err := s.lastDeferral(ctx, applicationID)
	if err != nil || d == nil || d.EndedAt != nil {
		return nil, err
	}
	return d, nil
}

func (s *Store) lastDeferral(ctx context.Context, applicationID int64) (*Deferral, error) {
	var list []Deferral
	err := s.db.With(ctx).Where("application_id = ?", applicationID).Order("id DESC").Limit(1).Find(&list).Error
	if err != nil || len(list) == 0 {
		return nil, err
	}
	return &list[0], nil
}

// laterIntake is another intake of the programme of an application, by its reference.
func (s *Store) laterIntake(ctx context.Context, applicationID int64, ref string) (id int64, err error) {
	err = s.db.With(ctx).Model(&Intake{}).Select("id").Where(`ref = ?
		AND programme_id = (SELECT n.programme_id
			FROM applications a
			JOIN intakes n ON n.id = a.intake_id
			WHERE a.id = ?)`, ref, applicationID).Take(&id).Error
	return id, err
}

// lockDeferral locks where an application is, where it would go, and itself: intakes by their order, so that two who
// change places never wait for each other.
func (s *Store) lockDeferral(ctx context.Context, applicationID, to int64, version int) (from, there Intake, a Application, err error) {
	var list []Intake
	err = s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).
		Where("id = ? OR id = (SELECT intake_id FROM applications WHERE id = ?)", to, applicationID).
		Order("id").Find(&list).Error
	if err != nil {
		return from, there, a, err
	}
	if a, err = s.lockApplication(ctx, applicationID, version); err != nil {
		return from, there, a, err
	}
	for _, in := range list {
		switch in.ID {
		case a.IntakeID:
			from = in
		case to:
			there = in
		}
	}
	switch {
	case a.IntakeID == to:
		return from, there, a, ErrDeferIntake
	case from.ID == 0:
		return from, there, a, ErrStale // it moved while we waited
	}
	return from, there, a, nil
}

// refuseLeaving refuses to let somebody go to a later intake who has no seat and waits for none, or whose course began.
func (s *Store) refuseLeaving(in Intake, a Application) error {
	now := s.db.Now()
	switch {
	case in.begun(now):
		return ErrDeferBegun
	case !a.MayDefer(in, now):
		return ErrNotNow
	}
	return nil
}

// MayDefer says whether somebody can still leave an intake for a later one.
func (a Application) MayDefer(in Intake, at time.Time) bool {
	return a.State.Deferrable() && !a.overdue(at) && !in.begun(at)
}

// begun says whether the course runs or is over.
func (in Intake) begun(at time.Time) bool {
	return in.StartsOn != nil && !at.Before(record.DateDay(*in.StartsOn).Start())
}

// takesLater says whether people of an intake can go to another one: it is announced, has not begun, and begins no earlier.
func (in Intake) takesLater(from Intake, at time.Time) bool {
	later := from.StartsOn == nil || in.StartsOn != nil && !in.StartsOn.Before(*from.StartsOn)
	return in.ID != from.ID && in.State == IntakePublished && in.StartsOn != nil && !in.begun(at) && later
}

// refuseDeferral refuses what cannot be, for the intakes and application that lockDeferral locked.
func (s *Store) refuseDeferral(ctx context.Context, from, there Intake, a Application) error {
	if err := s.refuseLeaving(from, a); err != nil {
		return err
	}
	if err := s.refuseDecided(ctx, a); err != nil {
		return err
	}
	if !there.takesLater(from, s.db.Now()) {
		return ErrDeferIntake
	}
	if err := s.refuseHalted(ctx, Application{IntakeID: there.ID}, Accepted); err != nil {
		return err
	}
	var live int64
	err := s.db.With(ctx).Model(&Application{}).Where("intake_id = ? AND seeker_id = ? AND "+endedStates.notIn("state"), there.ID, a.SeekerID).
		Count(&live).Error
	switch {
	case err != nil:
		return err
	case live > 0:
		return ErrOtherLive
	}
	if err := s.refuseRunningCourse(ctx, a); err != nil {
		return err
	}
	err = s.takeSeat(ctx, there, a.ID)
	if errors.Is(err, ErrQuotaFull) {
		return ErrDeferFull
	}
	return err
}

// refuseReservesWaiting keeps a free seat for the reserves of its own intake.
func (s *Store) refuseReservesWaiting(ctx context.Context, in Intake) error {
	var waiting int64
	err := s.db.With(ctx).Model(&Application{}).Where("intake_id = ? AND state = 'reserve'", in.ID).Limit(1).Count(&waiting).Error
	if err == nil && waiting > 0 {
		err = ErrDeferReserves
	}
	return err
}

// deferBy is until when an offer can be taken: as long as enrolling would take, no longer than the seat here is kept, and before
// the course begins here.
func (s *Store) deferBy(ctx context.Context, from Intake, a Application) (time.Time, error) {
	by, err := s.deadline(ctx, from.EnrolDays)
	if a.State == Accepted && a.EnrolBy != nil && by.After(*a.EnrolBy) {
		by = *a.EnrolBy
	}
	if err != nil || from.StartsOn == nil {
		return by, err
	}
	if last := record.DateDay(*from.StartsOn).Plus(-1).End(); by.After(last) {
		by = last
	}
	return by, nil
}

// deferralsPromised counts offers of a seat in an intake that wait for an answer, but for one application.
func (s *Store) deferralsPromised(ctx context.Context, intakeID, except int64) (n int64, err error) {
	err = s.db.With(ctx).Model(&Deferral{}).Where("intake_id = ? AND application_id <> ? AND ended_at IS NULL", intakeID, except).
		Count(&n).Error
	return n, err
}
