package models

import (
	"context"
	"fmt"
	"maps"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// The refusals of steps.
var (
	// ErrStale says that somebody else changed the record since the page was shown.
	ErrStale = &Refusal{Key: "application.stale"}
	// ErrNotNow says that the state machine has no such step from here.
	ErrNotNow = &Refusal{Key: "application.not_now"}
	// ErrCourseOff says that the course does not take place, so that nothing can be done for it.
	ErrCourseOff = &Refusal{Key: "application.course_off"}
	// ErrInstitutionHalted says that officers suspended the institution, so that it selects nobody.
	ErrInstitutionHalted = &Refusal{Key: "application.institution_halted"}
)

// A step is one change of an application's state with what goes with it.
type step struct {
	to     ApplicationState
	reason string         // reason code, empty for none
	note   string         // text that the seeker reads
	until  *time.Time     // a deadline that the step sets
	set    map[string]any // further columns
	kind   EventKind      // what the event is, where it is no plain step
	notice string         // template of the letter to the seeker, empty for none
}

// lockApplication takes the row for the transaction. version is what the person saw, 0 when
// it does not matter; a stale one is refused.
func (s *Store) lockApplication(ctx context.Context, id int64, version int) (Application, error) {
	var a Application
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "NO KEY UPDATE"}).Take(&a, "id = ?", id).Error
	if err != nil {
		return a, err
	}
	if version != 0 && a.Version != version {
		return a, ErrStale
	}
	return a, nil
}

// move makes the step in the current transaction: state, event, audit row and letter. The
// application must have been locked in it; rules beyond the state machine are the caller's, and so is
// whether a step of a kind of its own, such as a correction, is right.
func (s *Store) move(ctx context.Context, actor User, a *Application, st step) error {
	if st.kind == "" && !a.State.CanBecome(st.to) {
		return ErrNotNow
	}
	if err := s.refuseHalted(ctx, *a, st.to); err != nil {
		return err
	}
	now := s.db.Now()
	r := s.db.With(ctx).Model(&Application{}).Where("id = ? AND version = ?", a.ID, a.Version).Updates(st.columns(*a, now))
	if err := record.Changed(r, ErrStale); err != nil {
		return fmt.Errorf("move application %d to %s: %w", a.ID, st.to, err)
	}
	if a.State == Reserve && st.to != Reserve && a.ReserveRank != nil {
		if err := s.closeRanks(ctx, a.IntakeID, *a.ReserveRank); err != nil {
			return err
		}
	}
	if a.State.Deferrable() && !st.to.Deferrable() {
		if err := s.leaveDeferral(ctx, actor, *a); err != nil {
			return err
		}
	}
	event := ApplicationEvent{
		ApplicationID: a.ID, ActorRole: actor.Role, At: now,
		FromState: a.State, ToState: st.to, ReasonCode: st.reason, Note: st.note, Until: st.until, Kind: st.kind,
	}
	if actor.ID != 0 {
		event.ActorID = &actor.ID
	}
	if err := s.db.With(ctx).Create(&event).Error; err != nil {
		return err
	}
	action := "application_" + string(st.to)
	if st.kind != "" {
		action = "application_" + string(st.kind)
	}
	err := s.db.Audit(ctx, actor, record.Act{
		Action: action, SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID,
		Detail: map[string]any{"from": a.State, "to": st.to, "reason": st.reason},
	})
	if err != nil {
		return err
	}
	a.State, a.Version = st.to, a.Version+1
	if st.notice == "" {
		return nil
	}
	return s.tellSeeker(ctx, *a, event, st.notice)
}

// columns are what the step changes of the application.
func (st step) columns(a Application, now time.Time) map[string]any {
	set := map[string]any{"state": st.to, "version": a.Version + 1, "updated_at": now}
	if a.State == Reserve && st.to != Reserve {
		set["reserve_rank"] = nil
	}
	if a.State == Dropped && st.to != Dropped {
		set["seat_kept"] = false
	}
	maps.Copy(set, st.set)
	return set
}

// A halt is what keeps an intake from going on.
type halt struct {
	Intake      IntakeState
	StartsOn    *time.Time
	Programme   ProgrammeState
	Institution InstitutionState
}

// refuses says why a step is not made while the intake stands so: nothing happens in a course that does not take
// place, except that people leave it; a suspended institution selects nobody, but its running courses end.
func (h halt) refuses(to ApplicationState, at time.Time) error {
	if to == Withdrawn || stoppedStates.has(to) {
		return nil
	}
	begun := h.StartsOn != nil && !at.Before(record.DateDay(*h.StartsOn).Start())
	switch {
	case h.Intake == IntakeCancelled, h.Institution == InstitutionRevoked, h.Programme == ProgrammeClosed && !begun:
		return ErrCourseOff
	case h.Institution == InstitutionSuspended && to != Completed && to != Dropped:
		return ErrInstitutionHalted
	}
	return nil
}

// refuseHalted refuses a step whose intake, programme or institution does not go on.
func (s *Store) refuseHalted(ctx context.Context, a Application, to ApplicationState) error {
	var h halt
	err := s.db.With(ctx).Raw(`SELECT n.state AS intake, n.starts_on, p.state AS programme, l.state AS institution
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		JOIN institutions l ON l.id = p.institution_id
		WHERE n.id = ?`, a.IntakeID).Scan(&h).Error
	if err != nil {
		return err
	}
	return h.refuses(to, s.db.Now())
}

// tellSeeker writes to the applicant about an event. The letter names the reference, the date that the event sets and
// the place of a test; what was decided is read on the portal. It calls the person as officers checked them.
func (s *Store) tellSeeker(ctx context.Context, a Application, event ApplicationEvent, template string) error {
	seeker, err := s.User(ctx, a.SeekerID)
	if err != nil {
		return err
	}
	checked, err := s.checkedIdentity(ctx, a.ID)
	if err != nil {
		return err
	}
	if checked != nil {
		seeker.Name = checked.Name
	}
	data := map[string]string{"Ref": a.Ref, "Name": seeker.Name}
	if event.Until != nil {
		data["When"] = i18n.Instant(i18n.With(ctx, i18n.Lang(seeker.Language)), *event.Until)
	}
	if event.ToState == Invited {
		data["Place"] = event.Note
	}
	return s.db.Tell(ctx, seeker, fmt.Sprintf("application_event:%d", event.ID), template, data)
}
