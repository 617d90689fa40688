package models

import (
	"context"

	"naikkelas/models/record"
)

// AnswerTest says whether the acting seeker comes to the test session to which they are invited. Who cannot come holds no
// place any more. Saying it twice is no error.
func (s *Store) AnswerTest(ctx context.Context, actor User, ref string, answer TestAnswer) error {
	if answer != AnswerComing && answer != AnswerCannot {
		return ErrNotNow
	}
	return s.withInvitation(ctx, actor, ref, func(tx *Store, in Intake, a Application, t TestSession) error {
		if a.TestAnswer == answer {
			return nil
		}
		if !t.Open(tx.db.Now()) {
			return ErrSessionOver
		}
		st := step{to: Invited, kind: EventComing, set: map[string]any{"test_answer": answer, "test_answered_at": tx.db.Now()}}
		if answer == AnswerCannot {
			st.kind = EventCannot
		} else if !a.HoldsPlace() {
			if err := tx.takePlace(ctx, t); err != nil {
				return err
			}
		}
		return tx.move(ctx, actor, &a, st)
	})
}

// TakeOtherSession takes the session that is offered to the acting seeker, who cannot come to theirs.
func (s *Store) TakeOtherSession(ctx context.Context, actor User, ref, session string) error {
	return s.withInvitation(ctx, actor, ref, func(tx *Store, in Intake, a Application, t TestSession) error {
		if t.Ref == session {
			return nil // the second press
		}
		other, err := tx.otherSession(ctx, a)
		switch {
		case err != nil:
			return err
		case other == nil || other.Ref != session:
			return ErrSessionFull
		}
		err = tx.inviteToTest(ctx, actor, in, a, other.ID, map[string]any{"test_answer": AnswerComing, "test_answered_at": tx.db.Now()})
		if record.IsRefusal(err) {
			return ErrSessionFull // what else is recorded of them is not theirs to know yet
		}
		return err
	})
}

// withInvitation runs f over the acting seeker's application that is invited to a session; intake and application are locked.
func (s *Store) withInvitation(
	ctx context.Context, actor User, ref string, f func(tx *Store, in Intake, a Application, t TestSession) error,
) error {
	return s.transact(ctx, "answer invitation", func(tx *Store) error {
		id, err := tx.ownApplicationID(ctx, actor, ref)
		if err != nil {
			return err
		}
		in, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		if a.State != Invited || a.SessionID == nil {
			return ErrNotNow
		}
		var t TestSession
		if err := tx.db.With(ctx).Take(&t, "id = ?", *a.SessionID).Error; err != nil {
			return err
		}
		return f(tx, in, a, t)
	})
}

// otherSession is the one session that is offered to somebody who cannot come to theirs: the next with room, nil for none.
func (s *Store) otherSession(ctx context.Context, a Application) (*SessionRow, error) {
	if a.State != Invited || a.TestAnswer != AnswerCannot {
		return nil, nil
	}
	list, err := s.openSessions(ctx, a.IntakeID)
	if err != nil {
		return nil, err
	}
	for _, t := range list {
		if t.ID != *a.SessionID && t.Free() > 0 {
			return &t, nil
		}
	}
	return nil, nil
}
