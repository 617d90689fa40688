package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// CancelPreview is an intake of the acting staff's institution, with whom it would touch to cancel it.
func (s *Store) CancelPreview(ctx context.Context, actor User, ref string) (PublicIntake, Programme, EndPreview, error) {
	in, p, err := s.OwnIntake(ctx, actor, ref)
	if err != nil {
		return in, p, EndPreview{}, err
	}
	v, err := s.endPreview(ctx, ending{Kind: EndIntakeCancelled, IntakeID: &in.ID})
	return in, p, v, err
}

// CancelIntake ends an intake that will not take place. From this moment nothing can be done in it; a while later a
// job ends everybody's application with a letter that gives the reason, and until then it can be taken back.
func (s *Store) CancelIntake(ctx context.Context, actor User, ref string, version int, reason string) error {
	reason, err := endReason(reason)
	if err != nil {
		return err
	}
	return s.withOwnIntake(ctx, actor, ref, 0, func(tx *Store, i Intake) error {
		switch {
		case i.State == IntakeCancelled:
			return nil // the second press
		case version != i.Version:
			return ErrStale
		case i.State != IntakePublished:
			return ErrProgrammeState
		}
		if err := tx.setIntakeState(ctx, actor, i, IntakeCancelled); err != nil {
			return err
		}
		return tx.end(ctx, actor, ending{Kind: EndIntakeCancelled, IntakeID: &i.ID, Reason: reason})
	})
}

// ResumeIntake takes back that an intake was cancelled, while nobody has been told.
func (s *Store) ResumeIntake(ctx context.Context, actor User, ref string) error {
	return s.withOwnIntake(ctx, actor, ref, 0, func(tx *Store, i Intake) error {
		if i.State != IntakeCancelled {
			return nil // the second press
		}
		if err := tx.takeBackEnding(ctx, "intake_id = ?", i.ID); err != nil {
			return err
		}
		return tx.setIntakeState(ctx, actor, i, IntakePublished)
	})
}

func (s *Store) setIntakeState(ctx context.Context, actor User, i Intake, to IntakeState) error {
	err := s.db.With(ctx).Model(&Intake{}).Where("id = ?", i.ID).Updates(map[string]any{
		"state": to, "version": i.Version + 1, "updated_at": s.db.Now(),
	}).Error
	if err != nil {
		return err
	}
	action := "intake_" + string(to)
	if to == IntakePublished {
		action = "intake_resumed"
	}
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: EditIntake, SubjectID: i.ID, Detail: editDetail(i.Version+1, nil)})
}

// Resumable says whether the intake was cancelled so lately that it can be taken back.
func (in Intake) Resumable(at time.Time) bool {
	return in.State == IntakeCancelled && at.Before(in.UpdatedAt.Add(takeBack))
}
