package models

import (
	"context"
	"fmt"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// The refusals around seats.
var (
	ErrQuotaFull     = &Refusal{Key: "application.quota_full"}
	ErrCourseBegun   = &Refusal{Key: "application.course_begun"}
	ErrReserveFull   = &Refusal{Key: "application.reserve_full"}
	ErrRunningCourse = &Refusal{Key: "application.running_course"}
)

// seatsTaken counts the seats of an intake that are taken. The intake must be locked.
func (s *Store) seatsTaken(ctx context.Context, intakeID int64) (int64, error) {
	var n int64
	err := s.db.With(ctx).Table("applications a").Where("a.intake_id = ? AND "+takesSeat("a"), intakeID).Count(&n).Error
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
	if err == nil && a.IntakeID != in.ID {
		err = ErrStale // it went to another intake while we waited
	}
	return in, a, err
}

func (s *Store) lockIntake(ctx context.Context, id int64) (Intake, error) {
	var in Intake
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&in, "id = ?", id).Error
	return in, err
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
			AND `+passedOfficers("a")+`
			AND `+sharedWith("a"),
		ref, actor.InstitutionID).Scan(&id).Error
	if err == nil && id == 0 {
		err = gorm.ErrRecordNotFound
	}
	return id, err
}
