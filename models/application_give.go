package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// joinDays is up to the end of which course day a seat that comes free is given to somebody else.
const joinDays = 3

// joinUntil is the last instant at which somebody can still be taken into an intake: the end of its third course
// day, counted in working days. An intake without a first day takes nobody.
func (s *Store) joinUntil(ctx context.Context, in Intake) (time.Time, error) {
	if in.StartsOn == nil {
		return time.Time{}, nil
	}
	closed, err := s.closedDays(ctx)
	return record.DateDay(*in.StartsOn).PlusWorking(joinDays-1, closed).End(), err
}

// giveSeat accepts the application while a seat is free, the course has not gone too far and the person is in no
// other running course. Both rows must have been locked by lockSeat.
func (s *Store) giveSeat(ctx context.Context, actor User, in Intake, a *Application, st step) error {
	until, err := s.joinUntil(ctx, in)
	if err != nil {
		return err
	}
	if s.db.Now().After(until) {
		return ErrCourseBegun
	}
	if err := s.refuseRunningCourse(ctx, *a); err != nil {
		return err
	}
	if err := s.takeSeat(ctx, in, a.ID); err != nil {
		return err
	}
	by, err := s.enrolBy(ctx, in)
	if err != nil {
		return err
	}
	st.to, st.until, st.notice = Accepted, &by, "application_accepted"
	st.set = map[string]any{"enrol_by": by, "confirmed_at": nil, "decided_by": actorID(actor), "decided_at": s.db.Now()}
	return s.move(ctx, actor, a, st)
}

// enrolBy is until when somebody who is accepted now must enrol: within the intake's working days and before the
// first course day ends, but never so soon that it cannot be met.
func (s *Store) enrolBy(ctx context.Context, in Intake) (time.Time, error) {
	by, err := s.deadline(ctx, in.EnrolDays)
	if err != nil {
		return by, err
	}
	if first := record.DateDay(*in.StartsOn).End(); by.After(first) {
		by = first
	}
	if tomorrow := record.DayOf(s.db.Now()).Plus(1).End(); by.Before(tomorrow) {
		by = tomorrow
	}
	return by, nil
}

// takeSeat makes sure of a seat: one that nobody has, else the one of somebody who dropped out of a course that has
// just begun, which then counts no longer. Seats of acceptances that wait to be announced are others'. The intake must
// be locked.
func (s *Store) takeSeat(ctx context.Context, in Intake, applicationID int64) error {
	taken, err := s.seatsTaken(ctx, in.ID)
	if err != nil {
		return err
	}
	promised, err := s.seatsPromised(ctx, in.ID, applicationID)
	if err != nil || taken+promised < int64(in.Quota) {
		return err
	}
	if taken+promised > int64(in.Quota) {
		return ErrQuotaFull
	}
	r := s.db.With(ctx).Exec(`UPDATE applications
		SET seat_kept = false
		WHERE id = (SELECT min(id)
			FROM applications
			WHERE intake_id = ?
				AND state = 'dropped'
				AND seat_kept)`, in.ID)
	return record.Changed(r, ErrQuotaFull)
}

// giveReserve puts the application at the end of the reserve list. The rows must have been locked by lockSeat.
func (s *Store) giveReserve(ctx context.Context, actor User, in Intake, a *Application, note string) error {
	var waiting int
	err := s.db.With(ctx).Raw(`SELECT count(*)
		FROM applications
		WHERE intake_id = ?
			AND state = 'reserve'`, in.ID).Scan(&waiting).Error
	if err != nil {
		return err
	}
	promised, err := s.outcomesPromised(ctx, in.ID, a.ID, RecordReserve)
	if err != nil {
		return err
	}
	if waiting+int(promised) >= in.ReserveSeats {
		return ErrReserveFull
	}
	rank := waiting + 1 // ranks have no gaps, see closeRanks
	a.ReserveRank = &rank
	return s.move(ctx, actor, a, step{to: Reserve, note: note, notice: "application_reserve",
		set: map[string]any{"reserve_rank": rank, "decided_by": actorID(actor), "decided_at": s.db.Now()}})
}

// closeRanks moves everybody up who stood behind a reserve that left. No two may have one rank at any moment, so
// they step aside first.
func (s *Store) closeRanks(ctx context.Context, intakeID int64, gone int) error {
	for _, update := range []string{
		"SET reserve_rank = reserve_rank + 100000 WHERE intake_id = ? AND state = 'reserve' AND reserve_rank > ?",
		"SET reserve_rank = reserve_rank - 100001 WHERE intake_id = ? AND state = 'reserve' AND reserve_rank > 100000 + ?",
	} {
		if err := s.db.With(ctx).Exec("UPDATE applications "+update, intakeID, gone).Error; err != nil {
			return fmt.Errorf("close the ranks of intake %d: %w", intakeID, err)
		}
	}
	return nil
}

// promoteReserve gives free seats to the reserves in their order, as many as there are of either. Who is in another
// course is passed over and told so. The intake must be locked.
func (s *Store) promoteReserve(ctx context.Context, in Intake) error {
	err := s.refuseHalted(ctx, Application{IntakeID: in.ID}, Accepted)
	if record.IsRefusal(err) {
		return nil
	}
	if err != nil {
		return err
	}
	var ids []int64
	err = s.db.With(ctx).Model(&Application{}).Where("intake_id = ? AND state = 'reserve'", in.ID).
		Order("reserve_rank").Limit(500).Pluck("id", &ids).Error
	if err != nil {
		return err
	}
	for _, id := range ids {
		a, err := s.lockApplication(ctx, id, 0)
		if err != nil {
			return err
		}
		err = s.giveSeat(ctx, SystemUser, in, &a, step{})
		switch {
		case errors.Is(err, ErrRunningCourse):
			err = s.passOver(ctx, a, "")
		case errors.Is(err, ErrQuotaFull), errors.Is(err, ErrCourseBegun):
			return nil
		}
		if err != nil {
			return err
		}
	}
	return nil
}

// passOver tells a reserve that a seat went to somebody behind them: for the institution's reason, or without one
// because they are in another course. They are told of each reason once.
func (s *Store) passOver(ctx context.Context, a Application, reason string) error {
	if a.PassedOverAt != nil && a.PassedOverReason == reason {
		return nil
	}
	now := s.db.Now()
	err := s.db.With(ctx).Model(&Application{}).Where("id = ?", a.ID).
		Updates(map[string]any{"passed_over_at": now, "passed_over_reason": reason}).Error
	if err != nil {
		return err
	}
	seeker, err := s.User(ctx, a.SeekerID)
	if err != nil {
		return err
	}
	return s.db.Tell(ctx, seeker, fmt.Sprintf("application_passed_over:%d:%d", a.ID, now.UnixMicro()), "application_passed_over",
		map[string]string{"Ref": a.Ref, "Name": seeker.Name})
}

// freeSeat makes the step that takes an application out of the running and passes its seat on, if it had one that
// counts. A participant who drops out of a course that has begun leaves a seat that counts until it is given again.
// The rows must have been locked by lockSeat.
func (s *Store) freeSeat(ctx context.Context, actor User, in Intake, a *Application, st step) error {
	hadSeat := a.TakesSeat()
	if st.to == Dropped && in.StartsOn != nil && !s.db.Now().Before(record.DateDay(*in.StartsOn).Start()) {
		if st.set == nil {
			st.set = map[string]any{}
		}
		st.set["seat_kept"] = true
	}
	if err := s.move(ctx, actor, a, st); err != nil {
		return err
	}
	if !hadSeat {
		return nil
	}
	return s.promoteReserve(ctx, in)
}

// FillSeats gives free seats to reserves who could not take one because they were in another course and may be free
// by now, or because it was promised to somebody of an earlier intake who did not come, of some intakes in each step. A seat
// that was never given waits for the institution.
func (s *Store) FillSeats(ctx context.Context) (more bool, err error) {
	today := record.DayOf(s.db.Now())
	found := s.db.With(ctx).Table("intakes n").Where("n.state = 'published' AND n.starts_on >= ?", today.Plus(-2*joinDays).Date()).
		Where(`EXISTS (SELECT 1
			FROM applications a
			WHERE a.intake_id = n.id
				AND a.state = 'reserve'
				AND (a.passed_over_at IS NOT NULL AND a.passed_over_reason = ''
					OR EXISTS (SELECT 1
						FROM deferrals f
						WHERE f.intake_id = n.id
							AND f.ended_as NOT IN ('', 'moved'))))`).
		Where(intakeTaken + " < n.quota")
	return s.act(ctx, "fill_seats", found.Session(&gorm.Session{}), func(id int64) error {
		return s.transact(ctx, fmt.Sprintf("fill the seats of intake %d", id), func(tx *Store) error {
			in, err := tx.lockIntake(ctx, id)
			if err != nil {
				return err
			}
			return tx.promoteReserve(ctx, in)
		})
	})
}
