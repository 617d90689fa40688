package models

import (
	"context"
	"strings"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// ChangeTestSession changes a session of an intake of the acting staff's institution. Where its time or place changes,
// everybody who is invited to it is told and answers anew.
func (s *Store) ChangeTestSession(ctx context.Context, actor User, intakeRef, ref string, version int, input SessionInput) error {
	err := s.transact(ctx, "change test session", func(tx *Store) error {
		in, err := tx.lockSelecting(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		t, err := tx.lockSession(ctx, in, ref, version)
		if err != nil {
			return err
		}
		if err := tx.refuseSettled(ctx, t); err != nil {
			return err
		}
		if err := input.check(in, tx.db.Now()); err != nil {
			return err
		}
		var taken int64
		if err := tx.taken(ctx, t.ID).Count(&taken).Error; err != nil {
			return err
		}
		if int64(input.Capacity) < taken {
			return ErrSessionSmaller
		}
		t.StartsAt, t.Place, t.Room, t.Capacity = input.At, input.Place, input.Room, input.Capacity
		t.Version, t.UpdatedAt = t.Version+1, tx.db.Now()
		err = tx.db.With(ctx).Model(&t).Select("starts_at", "place", "room", "capacity", "version", "updated_at").Updates(&t).Error
		if err != nil {
			return err
		}
		if err := tx.auditSession(ctx, actor, t, "test_session_changed", map[string]any{"version": t.Version}); err != nil {
			return err
		}
		return tx.eachInvited(ctx, t, func(a *Application) error { return tx.followSession(ctx, actor, t, a) })
	})
	if record.Violates(err, "test_sessions_once") {
		return ErrSessionTwice
	}
	return err
}

// CancelTestSession ends a session that will not be. Everybody who is invited to it is told, and waits to be placed anew.
func (s *Store) CancelTestSession(ctx context.Context, actor User, intakeRef, ref string, version int, reason string) error {
	reason = strings.TrimSpace(strings.ReplaceAll(reason, "\r\n", "\n"))
	if reason == "" {
		return ErrSessionReason
	}
	return s.transact(ctx, "cancel test session", func(tx *Store) error {
		in, err := tx.lockSelecting(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		t, err := tx.lockSession(ctx, in, ref, 0)
		switch {
		case err != nil:
			return err
		case t.CancelledAt != nil:
			return nil // the second press
		case t.Version != version:
			return ErrStale
		}
		if err := tx.refuseSettled(ctx, t); err != nil {
			return err
		}
		now := tx.db.Now()
		err = tx.db.With(ctx).Model(&t).Updates(map[string]any{
			"cancelled_at": now, "cancelled_by": actor.ID, "cancel_reason": reason, "version": t.Version + 1, "updated_at": now,
		}).Error
		if err != nil {
			return err
		}
		if err := tx.auditSession(ctx, actor, t, "test_session_cancelled", nil); err != nil {
			return err
		}
		return tx.eachInvited(ctx, t, func(a *Application) error {
			return tx.move(ctx, actor, a, step{
				to: Verified, kind: EventUnplaced, note: reason, notice: "application_test_cancelled",
				set: map[string]any{
					"test_at": nil, "test_place": "", "session_id": nil, "session_number": nil, "test_answer": "", "test_answered_at": nil,
				},
			})
		})
	})
}

// refuseSettled refuses to change or cancel a session of which presence was recorded, for all or for somebody, and one that
// was cancelled.
func (s *Store) refuseSettled(ctx context.Context, t TestSession) error {
	if t.CancelledAt != nil {
		return ErrSessionOver
	}
	var settled int64
	err := s.inSession(ctx, t.ID).Where(`(a.state <> 'invited'
		OR EXISTS (SELECT 1
			FROM decisions d
			WHERE d.application_id = a.id
				AND d.` + strings.ReplaceAll(openDecision, " AND ", " AND d.") + `))`).Count(&settled).Error
	if err == nil && (settled > 0 || t.DoorAt != nil) {
		err = ErrSessionPresence
	}
	return err
}

// eachInvited does something for everybody who is invited to a session, in one order, so that two never wait for each other.
func (s *Store) eachInvited(ctx context.Context, t TestSession, do func(a *Application) error) error {
	var list []Application
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Where("session_id = ? AND state = 'invited'", t.ID).
		Order("id").Limit(SessionMost).Find(&list).Error
	if err != nil {
		return err
	}
	for i := range list {
		if err := do(&list[i]); err != nil {
			return err
		}
	}
	return nil
}

// followSession tells somebody of a session that it is at another time or place than they were told.
func (s *Store) followSession(ctx context.Context, actor User, t TestSession, a *Application) error {
	if a.TestAt != nil && a.TestAt.Equal(t.StartsAt) && a.TestPlace == t.Where() {
		return nil
	}
	return s.move(ctx, actor, a, step{
		to: Invited, kind: EventMoved, note: t.Where(), until: &t.StartsAt, notice: "application_invited",
		set: map[string]any{"test_at": t.StartsAt, "test_place": t.Where(), "test_answer": "", "test_answered_at": nil},
	})
}

// moveSessions moves the sessions on the day of an intake's test to its new day, at the same hours.
func (s *Store) moveSessions(ctx context.Context, was, next Intake) error {
	if was.TestOn == nil || next.TestOn == nil || was.TestOn.Equal(*next.TestOn) {
		return nil
	}
	from := record.DateDay(*was.TestOn)
	days := int(next.TestOn.Sub(*was.TestOn) / (24 * time.Hour))
	return s.db.With(ctx).Exec(`UPDATE test_sessions
		SET starts_at = starts_at + make_interval(days => ?),
			version = version + 1,
			updated_at = ?
		WHERE intake_id = ?
			AND starts_at BETWEEN ? AND ?
			AND cancelled_at IS NULL
			AND door_at IS NULL`, days, s.db.Now(), was.ID, from.Start(), from.End()).Error
}
