package models

import (
	"context"
	"errors"
)

// endKinds are what an officer's step on an institution means for its applications.
var endKinds = map[InstitutionState]EndKind{
	InstitutionSuspended: EndInstitutionSuspended,
	InstitutionRevoked:   EndInstitutionRevoked,
}

// InstitutionPreview says whom it would touch to suspend or revoke an institution.
func (s *Store) InstitutionPreview(ctx context.Context, officer User, i Institution, to InstitutionState) (EndPreview, error) {
	if officer.Role != Officer {
		return EndPreview{}, ErrForbidden
	}
	kind, ends := endKinds[to]
	if !ends {
		return EndPreview{}, nil
	}
	return s.endPreview(ctx, ending{Kind: kind, InstitutionID: &i.ID})
}

// endInstitution leads the institution's applications on when it was suspended or revoked, and drops an ending that
// has not begun when it was verified again. Who is in a running course of a suspended one is told at once, and when the
// suspension is lifted.
func (s *Store) endInstitution(ctx context.Context, officer User, i Institution, to InstitutionState) error {
	kind, ends := endKinds[to]
	if err := s.takeBackEnding(ctx, "institution_id = ?", i.ID); err != nil && !errors.Is(err, ErrEndBegun) {
		return err
	}
	if i.State == InstitutionSuspended && to == InstitutionVerified {
		return s.tellAll(ctx, telling{Template: "institution_resumed", InstitutionID: &i.ID})
	}
	if !ends || i.State == InstitutionSubmitted {
		return nil // nobody could apply to one that was never verified
	}
	if kind.sparesParticipants() {
		if err := s.tellAll(ctx, telling{Template: "institution_halted", InstitutionID: &i.ID}); err != nil {
			return err
		}
	}
	return s.end(ctx, officer, ending{Kind: kind, InstitutionID: &i.ID})
}
