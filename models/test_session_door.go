package models

import (
	"context"
	"errors"
	"slices"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// The refusals of recording presence for a whole session.
var (
	ErrDoorEarly   = &Refusal{Key: "presence.early"}
	ErrDoorSaved   = &Refusal{Key: "presence.saved"}
	ErrDoorNobody  = &Refusal{Key: "presence.nobody"}
	ErrDoorSettled = &Refusal{Key: "presence.settled"}
	ErrDoorNone    = &Refusal{Key: "presence.none"}
)

// SessionPerson is somebody of a test session.
type SessionPerson struct {
	Application
	Name    string
	Pending string // the outcome that is not announced yet, empty for none
}

// SessionPeople are those of a test session of the acting staff's institution, by their numbers. It takes one question after
// the session's.
func (s *Store) SessionPeople(ctx context.Context, actor User, intakeRef, ref string) (
	in PublicIntake, p Programme, t SessionRow, people []SessionPerson, err error,
) {
	if in, p, t, err = s.TestSessionOf(ctx, actor, intakeRef, ref); err != nil {
		return in, p, t, nil, err
	}
	err = s.db.With(ctx).Table("applications a").
		Select("a.*, coalesce(ci.name, u.name) AS name, coalesce(d.arguments->>'What', '') AS pending").
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Joins("JOIN users u ON u.id = a.seeker_id").
		Joins("LEFT JOIN application_identities ci ON ci.application_id = a.id AND ci.superseded_at IS NULL").
		Joins("LEFT JOIN decisions d ON d.application_id = a.id AND d.act = 'record' AND "+openDecision).
		Where("a.session_id = ? AND "+leftStates.notIn("a.state")+" AND "+sharedWith("a"), t.ID).
		Order("a.session_number").Limit(2 * SessionMost).Scan(&people).Error
	return in, p, t, people, err
}

// DoorOpens says whether presence can be recorded for the whole session: once, from its day on.
func (t TestSession) DoorOpens(at time.Time) bool {
	return t.CancelledAt == nil && t.DoorAt == nil && !at.Before(record.DayOf(t.StartsAt).Start())
}

// DoorKeptUntil is when a phone forgets the list of this session's door: as that day ends. A phone keeps none on another day,
// nor once presence is recorded.
func (t TestSession) DoorKeptUntil(at time.Time) (time.Time, bool) {
	end := record.DayOf(t.StartsAt).End()
	return end, t.DoorOpens(at) && at.Before(end)
}

// RecordDoor records presence for everybody who is invited to a session of the acting staff's institution: all were there,
// except those of these numbers. The same list sent twice, however much later, is recorded once.
func (s *Store) RecordDoor(ctx context.Context, actor User, intakeRef, ref, token string, absent []int) error {
	return s.transact(ctx, "record door", func(tx *Store) error {
		in, t, err := tx.lockDoor(ctx, actor, intakeRef, ref)
		switch {
		case err != nil:
			return err
		case t.DoorToken != nil && *t.DoorToken == token:
			return nil
		case t.DoorAt != nil:
			return ErrDoorSaved
		case t.CancelledAt != nil:
			return ErrSessionOver
		}
		if day := record.DayOf(t.StartsAt); tx.db.Now().Before(day.Start()) {
			return &Refusal{Key: ErrDoorEarly.Key, Args: []any{"Day", i18n.DateLong(ctx, day.Date())}}
		}
		here := 0
		err = tx.eachInvited(ctx, t, func(a *Application) error {
			decided, err := tx.pendingDecision(ctx, a.ID)
			if err != nil || decided != nil {
				return err // was recorded alone before
			}
			here++
			what := RecordAttended
			if slices.Contains(absent, *a.SessionNumber) {
				what = RecordAbsent
			}
			return tx.recordOne(ctx, actor, in, *a, Outcome{What: what})
		})
		if err == nil && here == 0 {
			err = ErrDoorNobody
		}
		if err != nil {
			return err
		}
		return tx.closeDoor(ctx, actor, t, map[string]any{"door_at": tx.db.Now(), "door_by": actor.ID, "door_token": token}, "door_recorded")
	})
}

// UndoDoor takes presence of a whole session back: everybody is invited as before. That ends where somebody has a score, an
// outcome, or was told that they were absent.
func (s *Store) UndoDoor(ctx context.Context, actor User, intakeRef, ref string) error {
	return s.transact(ctx, "undo door", func(tx *Store) error {
		_, t, err := tx.lockDoor(ctx, actor, intakeRef, ref)
		switch {
		case err != nil:
			return err
		case t.DoorAt == nil && t.DoorToken != nil:
			return nil // the second press
		case t.DoorAt == nil:
			return ErrDoorNone
		}
		if err := tx.refuseScored(ctx, t); err != nil {
			return err
		}
		var list []Application
		if err := tx.inSession(ctx, t.ID).Select("a.*").Order("a.id").Limit(SessionMost).Scan(&list).Error; err != nil {
			return err
		}
		for _, a := range list {
			if err := tx.undoPresence(ctx, actor, a); err != nil {
				return err
			}
		}
		return tx.closeDoor(ctx, actor, t, map[string]any{"door_at": nil, "door_by": nil}, "door_undone")
	})
}

// refuseScored refuses to take presence back where scores rest on it.
func (s *Store) refuseScored(ctx context.Context, t TestSession) error {
	var scored int64
	err := s.inSession(ctx, t.ID).Where("EXISTS (SELECT 1 FROM application_scores sc WHERE sc.application_id = a.id)").Count(&scored).Error
	if err == nil && scored > 0 {
		err = ErrDoorSettled
	}
	return err
}

// undoPresence takes back what was recorded of one person's presence.
func (s *Store) undoPresence(ctx context.Context, actor User, a Application) error {
	a, err := s.lockApplication(ctx, a.ID, 0)
	switch {
	case err != nil:
		return err
	case a.State != Attended && a.State != Invited:
		return ErrDoorSettled
	}
	d, err := s.pendingDecision(ctx, a.ID)
	if err != nil {
		return err
	}
	if d != nil {
		o, err := d.outcome()
		if err != nil || o.What != RecordAbsent {
			return errors.Join(err, ErrDoorSettled)
		}
		if err := s.refuseLate(ctx, *d, RecordAbsent); err != nil {
			return err
		}
		return s.recall(ctx, actor, *d, a, "")
	}
	if a.State == Invited {
		return nil
	}
	return s.move(ctx, actor, &a, step{to: Invited, kind: EventCorrected})
}

func (s *Store) lockDoor(ctx context.Context, actor User, intakeRef, ref string) (in Intake, t TestSession, err error) {
	if in, err = s.lockSelecting(ctx, actor, intakeRef); err != nil {
		return in, t, err
	}
	t, err = s.lockSession(ctx, in, ref, 0)
	return in, t, err
}

func (s *Store) closeDoor(ctx context.Context, actor User, t TestSession, set map[string]any, action string) error {
	set["version"], set["updated_at"] = t.Version+1, s.db.Now()
	if err := s.db.With(ctx).Model(&t).Updates(set).Error; err != nil {
		return err
	}
	return s.auditSession(ctx, actor, t, action, nil)
}
