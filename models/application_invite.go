package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// refuseInvitation refuses a test that nobody could come to.
func refuseInvitation(in Intake, at, now time.Time, place string) error {
	switch {
	case !at.After(now):
		return ErrTestPast
	case place == "":
		return ErrTestPlace
	case in.StartsOn != nil && !at.Before(record.DateDay(*in.StartsOn).Start()):
		return ErrTestLate
	}
	return nil
}

// inviteToTest asks an applicant to a test at a time and place. Who was invited before is told the new time, and who was
// absent gets a second date. The rows must have been locked by lockSeat.
func (s *Store) inviteToTest(ctx context.Context, actor User, a Application, at time.Time, place string) error {
	if err := s.refuseDecided(ctx, a); err != nil {
		return err
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
