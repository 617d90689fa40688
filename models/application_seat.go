package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals around seats.
var (
	ErrQuotaFull     = &Refusal{Key: "application.quota_full"}
	ErrReserveFull   = &Refusal{Key: "application.reserve_full"}
	ErrRunningCourse = &Refusal{Key: "application.running_course"}
)

// seatsTaken counts the accepted and enrolled of an intake. The intake must be locked.
func (s *Store) seatsTaken(ctx context.Context, intakeID int64) (int64, error) {
	var n int64
	err := s.db.With(ctx).Model(&Application{}).Where("intake_id = ? AND "+holdingStates.in("state"), intakeID).Count(&n).Error
	return n, err
}

// lockSeat takes the intake's row and then the application's, always in this order. Holding
// the intake makes counting seats and giving one a single step, so the last is given once.
func (s *Store) lockSeat(ctx context.Context, applicationID int64, version int) (Intake, Application, error) {
	var in Intake
	var intakeID int64
	err := s.db.With(ctx).Model(&Application{}).Select("intake_id").Where("id = ?", applicationID).Take(&intakeID).Error
	if err != nil {
		return in, Application{}, err
	}
	if in, err = s.lockIntake(ctx, intakeID); err != nil {
		return in, Application{}, err
	}
	a, err := s.lockApplication(ctx, applicationID, version)
	return in, a, err
}

func (s *Store) lockIntake(ctx context.Context, id int64) (Intake, error) {
	var in Intake
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&in, "id = ?", id).Error
	return in, err
}

// giveSeat accepts the application while a seat is free and the person is in no other
// running course. Both rows must have been locked by lockSeat.
func (s *Store) giveSeat(ctx context.Context, actor User, in Intake, a *Application, note string) error {
	taken, err := s.seatsTaken(ctx, in.ID)
	if err != nil {
		return err
	}
	if taken >= int64(in.Quota) {
		return ErrQuotaFull
	}
	if err := s.refuseRunningCourse(ctx, *a); err != nil {
		return err
	}
	by, err := s.deadline(ctx, in.EnrolDays)
	if err != nil {
		return err
	}
	if in.StartsOn != nil && by.After(record.DateDay(*in.StartsOn).End()) {
		by = record.DateDay(*in.StartsOn).End()
	}
	return s.move(ctx, actor, a, step{to: Accepted, note: note, until: &by, notice: "application_accepted",
		set: map[string]any{"enrol_by": by, "decided_by": actorID(actor), "decided_at": s.db.Now()}})
}

// refuseRunningCourse lets a person hold one running course at a time. It locks the person,
// so that two intakes cannot accept them at once.
func (s *Store) refuseRunningCourse(ctx context.Context, a Application) error {
	err := s.db.With(ctx).Exec(`SELECT 1
		FROM users
		WHERE id = ?
		FOR NO KEY UPDATE`, a.SeekerID).Error
	if err != nil {
		return err
	}
	var n int64
	err = s.db.With(ctx).Raw(`SELECT count(*)
		FROM applications a
		JOIN intakes i ON i.id = a.intake_id
		WHERE a.seeker_id = ?
			AND a.id <> ?
			AND i.ends_on >= ?
			AND `+holdingStates.in("a.state"),
		a.SeekerID, a.ID, record.DayOf(s.db.Now()).Date()).Scan(&n).Error
	if err != nil {
		return err
	}
	if n > 0 {
		return ErrRunningCourse
	}
	return nil
}

// giveReserve puts the application at the end of the reserve list. The rows must have been
// locked by lockSeat.
func (s *Store) giveReserve(ctx context.Context, actor User, in Intake, a *Application, note string) error {
	var last *int
	err := s.db.With(ctx).Raw(`SELECT max(reserve_rank)
		FROM applications
		WHERE intake_id = ?
			AND state = 'reserve'`, in.ID).Scan(&last).Error
	if err != nil {
		return err
	}
	rank := 1
	if last != nil {
		rank = *last + 1
	}
	if rank > in.ReserveSeats {
		return ErrReserveFull
	}
	a.ReserveRank = &rank
	return s.move(ctx, actor, a, step{to: Reserve, note: note, notice: "application_reserve",
		set: map[string]any{"reserve_rank": rank, "decided_by": actorID(actor), "decided_at": s.db.Now()}})
}

// promoteReserve gives a freed seat to the first on the reserve list who can take it, until
// the day the intake starts. The intake must be locked.
func (s *Store) promoteReserve(ctx context.Context, in Intake) error {
	if in.StartsOn == nil || !s.db.Now().Before(record.DateDay(*in.StartsOn).Start()) {
		return nil
	}
	var ids []int64
	err := s.db.With(ctx).Model(&Application{}).Where("intake_id = ? AND state = 'reserve'", in.ID).
		Order("reserve_rank").Limit(500).Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	for _, id := range ids {
		a, err := s.lockApplication(ctx, id, 0)
		if err != nil {
			return err
		}
		err = s.giveSeat(ctx, SystemUser, in, &a, "")
		if errors.Is(err, ErrRunningCourse) {
			continue
		}
		if errors.Is(err, ErrQuotaFull) {
			return nil
		}
		return err
	}
	return nil
}

// freeSeat makes the step that takes an application out of the running and passes its seat
// on, if it had one. The rows must have been locked by lockSeat.
func (s *Store) freeSeat(ctx context.Context, actor User, in Intake, a *Application, st step) error {
	hadSeat := a.State.TakesSeat()
	if err := s.move(ctx, actor, a, st); err != nil {
		return err
	}
	if !hadSeat {
		return nil
	}
	return s.promoteReserve(ctx, in)
}

// ExpireEnrolments lapses accepted people who did not enrol in time and passes their seats
// on, some in each step. Each is its own transaction, so one failure stops no other.
func (s *Store) ExpireEnrolments(ctx context.Context) (more bool, err error) {
	return s.expire(ctx, "expire_enrolments", "state = 'accepted' AND enrol_by < ?", "application_enrol_expired")
}

// ExpireFixes lapses applications that were not mended in time, some in each step.
func (s *Store) ExpireFixes(ctx context.Context) (more bool, err error) {
	return s.expire(ctx, "expire_fixes", "state = 'needs_fix' AND fix_by < ?", "application_fix_expired")
}

func (s *Store) expire(ctx context.Context, chore, overdue, notice string) (more bool, err error) {
	now := s.db.Now()
	return s.act(ctx, chore, s.db.With(ctx).Model(&Application{}).Where(overdue, now), func(id int64) error {
		return s.transact(ctx, fmt.Sprintf("lapse application %d", id), func(tx *Store) error {
			in, a, err := tx.lockSeat(ctx, id, 0)
			if err != nil {
				return err
			}
			if !a.overdue(now) { // mended or enrolled while we looked
				return nil
			}
			if err := tx.refuseHalted(ctx, a, Expired); record.IsRefusal(err) {
				return nil // its course does not take place; that ends it
			} else if err != nil {
				return err
			}
			return tx.freeSeat(ctx, SystemUser, in, &a, step{to: Expired, notice: notice})
		})
	})
}

// overdue says whether the deadline that the application stands under has passed.
func (a Application) overdue(now time.Time) bool {
	switch a.State {
	case NeedsFix:
		return a.FixBy != nil && now.After(*a.FixBy)
	case Accepted:
		return a.EnrolBy != nil && now.After(*a.EnrolBy)
	}
	return false
}

// actorID is the id to store for who decided, nil for the portal itself.
func actorID(u User) *int64 {
	if u.ID == 0 {
		return nil
	}
	return &u.ID
}

// applicationOfInstitution finds an applicant's file for institution staff: of their own
// institution, and only after officers passed it.
func (s *Store) applicationOfInstitution(ctx context.Context, actor User, ref string) (int64, error) {
	var id int64
	err := s.db.With(ctx).Raw(`SELECT a.id
		FROM applications a
		JOIN intakes i ON i.id = a.intake_id
		JOIN programmes p ON p.id = i.programme_id
		WHERE a.ref = ?
			AND p.institution_id = ?
			AND `+passedOfficers("a"),
		ref, actor.InstitutionID).Scan(&id).Error
	if err == nil && id == 0 {
		err = gorm.ErrRecordNotFound
	}
	return id, err
}
