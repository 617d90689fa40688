package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// Invite asks applicants of an intake to a test at a time and place; all of them or none. Who was invited before is
// told the new time, and who was absent gets a second date.
func (s *Store) Invite(ctx context.Context, actor User, intakeRef string, refs []string, at time.Time, place string) error {
	place = strings.TrimSpace(place)
	switch {
	case !actor.Selects():
		return ErrForbidden
	case len(refs) == 0:
		return ErrNobodyChosen
	case !at.After(s.db.Now()):
		return ErrTestPast
	case place == "":
		return ErrTestPlace
	}
	slices.Sort(refs)
	err := s.transact(ctx, "invite", func(tx *Store) error {
		in, _, err := tx.OwnIntake(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if in.StartsOn != nil && !at.Before(record.DateDay(*in.StartsOn).Start()) {
			return ErrTestLate
		}
		for _, ref := range slices.Compact(refs) {
			if err := tx.inviteOne(ctx, actor, in.Intake, ref, at, place); err != nil {
				return err
			}
		}
		return nil
	})
	if record.Violates(err, "applications_one_live") {
		return ErrOtherLive
	}
	return err
}

func (s *Store) inviteOne(ctx context.Context, actor User, in Intake, ref string, at time.Time, place string) error {
	id, err := s.applicationOfInstitution(ctx, actor, ref)
	if err != nil {
		return err
	}
	_, a, err := s.lockSeat(ctx, id, 0)
	if err != nil {
		return err
	}
	if a.IntakeID != in.ID {
		return ErrNotFound
	}
	st := step{
		to: Invited, note: place, until: &at, notice: "application_invited",
		set: map[string]any{"test_at": at, "test_place": place},
	}
	if a.State == Invited {
		if a.TestAt != nil && a.TestAt.Equal(at) && a.TestPlace == place {
			return nil // nothing moved
		}
		st.kind = EventMoved
	}
	return s.move(ctx, actor, &a, st)
}
