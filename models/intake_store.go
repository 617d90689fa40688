package models

import (
	"context"
	"errors"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// IntakeInput is an intake as its institution writes it. Dates are nil while they are open. The tag is the name of
// the form's field.
type IntakeInput struct {
	Number       int          `field:"number"`
	Session      string       `field:"session"`
	Selection    Selection    `field:"selection"`
	OpensAt      *time.Time   `field:"opens"`
	ClosesAt     *time.Time   `field:"closes"`
	TestOn       *time.Time   `field:"test"`
	AnnounceOn   *time.Time   `field:"announce"`
	StartsOn     *time.Time   `field:"starts"`
	EndsOn       *time.Time   `field:"ends"`
	Quota        int          `field:"quota"`
	ReserveSeats int          `field:"reserve"`
	EnrolDays    int          `field:"enrol_days"`
	Place        string       `field:"place"`
	ClassDays    record.Codes `field:"class_days"`
	ClassFrom    string       `field:"class_from"`
	ClassUntil   string       `field:"class_until"`
	AbsenceIn    string       `field:"absence_in"`
	AbsenceMost  int          `field:"absence_most"`
}

func (in IntakeInput) onto(i Intake) Intake {
	i.Number, i.Session, i.Selection, i.OpensAt, i.ClosesAt = in.Number, in.Session, in.Selection, in.OpensAt, in.ClosesAt
	i.TestOn, i.AnnounceOn, i.StartsOn, i.EndsOn = in.TestOn, in.AnnounceOn, in.StartsOn, in.EndsOn
	i.Quota, i.ReserveSeats, i.EnrolDays, i.Place = in.Quota, in.ReserveSeats, in.EnrolDays, in.Place
	i.AbsenceIn, i.AbsenceMost = in.AbsenceIn, in.AbsenceMost
	i.ClassDays, i.ClassFrom, i.ClassUntil = inWeek(in.ClassDays), in.ClassFrom, in.ClassUntil
	return i
}

// AddIntake adds an intake to a programme. That of a published programme is public at once, so its dates
// must be whole; that of a draft goes out with it.
func (s *Store) AddIntake(ctx context.Context, actor User, programmeRef string, in IntakeInput) (i Intake, err error) {
	err = s.withOwnProgramme(ctx, actor, programmeRef, 0, func(tx *Store, d ProgrammeDraft) error {
		i, err = tx.addIntake(ctx, actor, d.Programme, in)
		return err
	})
	return i, err
}

// addIntake is AddIntake within a transaction that holds the programme.
func (s *Store) addIntake(ctx context.Context, actor User, p Programme, in IntakeInput) (Intake, error) {
	now := s.db.Now()
	i := in.onto(Intake{Ref: record.NewRef("AN"), ProgrammeID: p.ID, State: IntakeDraft, Version: 1, CreatedAt: now, UpdatedAt: now})
	switch {
	case !takesIntakes(p.State):
		return i, ErrProgrammeState
	case p.State == ProgrammePublished:
		if err := i.whole(); err != nil {
			return i, err
		}
		if err := i.past(now); err != nil {
			return i, err
		}
		i.State = IntakePublished
	}
	if err := i.checkOrder(); err != nil {
		return i, err
	}
	if err := s.db.With(ctx).Create(&i).Error; err != nil {
		return i, intakeRefusal(err)
	}
	return i, s.db.Audit(ctx, actor, record.Act{Action: "intake_added", SubjectKind: "intake", SubjectID: i.ID})
}

// OwnIntake finds an intake of the acting staff's institution, with its programme.
func (s *Store) OwnIntake(ctx context.Context, actor User, ref string) (PublicIntake, Programme, error) {
	var in PublicIntake
	var p Programme
	if !actor.Manages() {
		return in, p, ErrForbidden
	}
	err := s.db.With(ctx).Raw(`SELECT n.*, `+intakeTaken+` AS taken
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE n.ref = ?
			AND p.institution_id = ?`, ref, *actor.InstitutionID).Scan(&in).Error
	if err == nil && in.ID == 0 {
		err = gorm.ErrRecordNotFound
	}
	if err != nil {
		return in, p, err
	}
	return in, p, s.db.With(ctx).Take(&p, "id = ?", in.ProgrammeID).Error
}

// SaveIntake changes an intake that has not started. Seats that are given or promised stay so: the quota
// cannot fall below them. What changes for those who applied is told to them, which told confirms.
func (s *Store) SaveIntake(ctx context.Context, actor User, ref string, version int, in IntakeInput, told bool) error {
	return s.withOwnIntake(ctx, actor, ref, version, func(tx *Store, i Intake) error {
		if i.State == IntakeCancelled || i.StartsOn != nil && !tx.db.Now().Before(record.DateDay(*i.StartsOn).Start()) {
			return ErrIntakeStarted
		}
		next := in.onto(i)
		if i.State == IntakePublished {
			if err := errors.Join(next.whole(), next.movedBack(i, tx.db.Now())); err != nil {
				return err
			}
		}
		if err := next.checkOrder(); err != nil {
			return err
		}
		if err := tx.tellChange(ctx, i, next, told); err != nil {
			return err
		}
		taken, err := tx.seatsTaken(ctx, i.ID)
		if err != nil {
			return err
		}
		promised, err := tx.seatsPromised(ctx, i.ID, 0)
		if err != nil {
			return err
		}
		if int64(next.Quota) < taken+promised {
			return ErrIntakeTaken
		}
		next.Version, next.UpdatedAt = i.Version+1, tx.db.Now()
		err = tx.db.With(ctx).Model(&Intake{}).Where("id = ?", i.ID).Select("*").Omit("id", "created_at").Updates(&next).Error
		if err != nil {
			return intakeRefusal(err)
		}
		if err := tx.auditIntake(ctx, actor, i, next); err != nil {
			return err
		}
		return tx.promoteReserve(ctx, next) // a larger quota frees seats
	})
}

// auditIntake keeps who changed what of an intake.
func (s *Store) auditIntake(ctx context.Context, actor User, was, next Intake) error {
	return s.db.Audit(ctx, actor, record.Act{Action: "intake_changed", SubjectKind: EditIntake, SubjectID: next.ID,
		Detail: editDetail(next.Version, editedFields(was.input(), next.input()))})
}

// withOwnIntake runs f over a locked intake of the acting staff's institution.
func (s *Store) withOwnIntake(ctx context.Context, actor User, ref string, version int, f func(tx *Store, in Intake) error) error {
	if !actor.Edits() {
		return ErrForbidden
	}
	return s.transact(ctx, "change intake "+ref, func(tx *Store) error {
		var in Intake
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).
			Where("ref = ? AND programme_id IN (SELECT id FROM programmes WHERE institution_id = ?)",
				ref, *actor.InstitutionID).
			Take(&in).Error
		if err != nil {
			return err
		}
		if version != 0 && version != in.Version {
			return ErrStale
		}
		return f(tx, in)
	})
}

// InstitutionInput is what an institution's staff may change of its page by themselves. Licences are
// checked by officers.
type InstitutionInput struct {
	About            string `field:"about"`
	Phone            string `field:"phone"`
	Email            string `field:"email"`
	Website          string `field:"website"`
	ComplaintContact string `field:"complaint"`
}

// OwnInstitution is the acting staff's institution.
func (s *Store) OwnInstitution(ctx context.Context, actor User) (Institution, error) {
	var i Institution
	if !actor.Manages() {
		return i, ErrForbidden
	}
	err := s.db.With(ctx).Take(&i, "id = ?", *actor.InstitutionID).Error
	return i, err
}

// SaveInstitution changes the institution's page.
func (s *Store) SaveInstitution(ctx context.Context, actor User, version int, in InstitutionInput) error {
	if !actor.Edits() {
		return ErrForbidden
	}
	return s.transact(ctx, "save institution", func(tx *Store) error {
		var i Institution
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&i, "id = ?", *actor.InstitutionID).Error
		if err != nil {
			return err
		}
		if version != 0 && version != i.Version {
			return ErrStale
		}
		err = tx.db.With(ctx).Model(&Institution{}).Where("id = ?", i.ID).Updates(map[string]any{
			"about": in.About, "phone": in.Phone, "email": in.Email, "website": in.Website, "complaint_contact": in.ComplaintContact,
			"version": i.Version + 1, "updated_at": tx.db.Now(),
		}).Error
		if err != nil {
			return err
		}
		was := InstitutionInput{i.About, i.Phone, i.Email, i.Website, i.ComplaintContact}
		return tx.db.Audit(ctx, actor, record.Act{Action: "institution_saved", SubjectKind: EditInstitution, SubjectID: i.ID,
			Detail: editDetail(i.Version+1, editedFields(was, in))})
	})
}
