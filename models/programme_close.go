package models

import (
	"context"
	"errors"
)

// ClosePreview is a programme of the acting staff's institution, with whom it would touch to close it.
func (s *Store) ClosePreview(ctx context.Context, actor User, ref string) (ProgrammeDraft, EndPreview, error) {
	d, err := s.OwnProgramme(ctx, actor, ref)
	if err != nil {
		return d, EndPreview{}, err
	}
	v, err := s.endPreview(ctx, ending{Kind: EndProgrammeClosed, ProgrammeID: &d.Programme.ID})
	return d, v, err
}

// CloseProgramme takes a published programme out of the catalogue, with the change of it that is being written.
// Courses that have begun go on with the people who are in them. A while later a job ends all other live
// applications with a letter that gives the reason.
func (s *Store) CloseProgramme(ctx context.Context, actor User, ref string, version int, reason string) error {
	reason, err := endReason(reason)
	if err != nil {
		return err
	}
	return s.withOwnProgramme(ctx, actor, ref, 0, func(tx *Store, d ProgrammeDraft) error {
		p := d.Programme
		switch {
		case p.State == ProgrammeClosed:
			return nil // the second press
		case version != p.Version:
			return ErrStale
		case d.RefusesClose() != nil:
			return d.RefusesClose()
		}
		err := tx.setProgramme(ctx, actor, p, map[string]any{
			"state": ProgrammeClosed, "pending": nil, "pending_state": nil, "publish_at": nil,
		}, "programme_closed")
		if err != nil {
			return err
		}
		if err := tx.programmeEvent(ctx, actor, p, ProgrammePublished, ProgrammeClosed, "", reason); err != nil {
			return err
		}
		return tx.end(ctx, actor, ending{Kind: EndProgrammeClosed, ProgrammeID: &p.ID, Reason: reason})
	})
}

// ReopenPreview is a closed programme of the acting staff's institution, with how many applications go on if it is opened
// again: those whose end was not told yet.
func (s *Store) ReopenPreview(ctx context.Context, actor User, ref string) (d ProgrammeDraft, going int64, err error) {
	if d, err = s.OwnProgramme(ctx, actor, ref); err != nil {
		return d, 0, err
	}
	err = s.concerned(ctx, ending{Kind: EndProgrammeClosed, ProgrammeID: &d.Programme.ID}).Count(&going).Error
	return d, going, err
}

// ReopenProgramme puts a closed programme back into the catalogue as it was approved. Applications that have not
// ended yet go on; those that have are not revived.
func (s *Store) ReopenProgramme(ctx context.Context, actor User, ref string, version int) error {
	return s.withOwnProgramme(ctx, actor, ref, 0, func(tx *Store, d ProgrammeDraft) error {
		p := d.Programme
		switch {
		case p.State == ProgrammePublished:
			return nil // the second press
		case version != 0 && version != p.Version:
			return ErrStale
		case p.State != ProgrammeClosed:
			return ErrProgrammeState
		}
		if err := tx.takeBackEnding(ctx, "programme_id = ?", p.ID); err != nil && !errors.Is(err, ErrEndBegun) {
			return err
		}
		if err := tx.setProgramme(ctx, actor, p, map[string]any{"state": ProgrammePublished}, "programme_reopened"); err != nil {
			return err
		}
		return tx.programmeEvent(ctx, actor, p, ProgrammeClosed, ProgrammePublished, "", "")
	})
}
