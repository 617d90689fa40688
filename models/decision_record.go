package models

import (
	"context"
	"encoding/json"
	"fmt"
	"slices"
)

// announced are the outcomes of which a person reads, so that they wait and can be taken back before. What mends a
// mistake, or is done while the person stands there, goes at once.
var announced = []string{
	RecordAbsent, RecordAccepted, RecordReserve, RecordNotSelected, RecordPassed, RecordFailed, RecordDropped,
}

// settle makes a step that an institution records, or lets it be announced later. The rows are locked.
func (s *Store) settle(ctx context.Context, actor User, in Intake, a Application, o Outcome, waits bool) error {
	if o.What == RecordAccepted {
		if err := s.refuseOutOfOrder(ctx, in, a, o); err != nil {
			return err
		}
	}
	if waits {
		return s.await(ctx, actor, a, o)
	}
	if slices.Contains(announced, o.What) {
		return s.decide(ctx, actor, a, actRecord, o)
	}
	if err := s.refuseDecided(ctx, a); err != nil {
		return err
	}
	return s.record(ctx, actor, in, a, o)
}

func (s *Store) carryOutRecord(ctx context.Context, actor User, d DecisionRow, a Application) error {
	o, err := d.outcome()
	if err != nil {
		return err
	}
	in, err := s.lockIntake(ctx, a.IntakeID) // it is locked already
	if err != nil {
		return err
	}
	return s.record(ctx, actor, in, a, o)
}

func (d DecisionRow) outcome() (o Outcome, err error) {
	if err = json.Unmarshal(d.Arguments, &o); err != nil {
		err = fmt.Errorf("decision %d: %w", d.ID, err)
	}
	return o, err
}

// mayRecall holds an institution to what it recorded of its own applicants, and officers to what officers decided.
func (s *Store) mayRecall(ctx context.Context, actor User, d DecisionRow, ref string) error {
	if actor.Role == Officer {
		if d.Act == actRecord {
			return ErrForbidden
		}
		return nil
	}
	if _, err := s.applicationOfInstitution(ctx, actor, ref); err != nil {
		return err
	}
	if d.Act != actRecord {
		return ErrNotFound
	}
	return nil
}

// seatsPromised counts acceptances to an intake that wait to be announced, but for one application: their seats are
// given to nobody else meanwhile. So are those that people of an earlier intake were offered.
func (s *Store) seatsPromised(ctx context.Context, intakeID, except int64) (int64, error) {
	accepted, err := s.outcomesPromised(ctx, intakeID, except, RecordAccepted)
	if err != nil {
		return 0, err
	}
	offered, err := s.deferralsPromised(ctx, intakeID, except)
	return accepted + offered, err
}

// outcomeWaits is the condition that the decision d about the application a is an outcome that waits to be announced, and
// that its person has not left meanwhile.
var outcomeWaits = `d.act = 'record'
	AND d.recalled_at IS NULL
	AND d.done_at IS NULL
	AND d.void_at IS NULL
	AND ` + endedStates.notIn("a.state")

// outcomesPromised counts the outcomes of a kind in an intake that wait to be announced, but for one application and for
// whoever left meanwhile.
func (s *Store) outcomesPromised(ctx context.Context, intakeID, except int64, what string) (n int64, err error) {
	err = s.db.With(ctx).Raw(`SELECT count(*)
		FROM decisions d
		JOIN applications a ON a.id = d.application_id
		WHERE a.intake_id = ?
			AND a.id <> ?
			AND d.arguments->>'What' = ?
			AND `+outcomeWaits, intakeID, except, what).Scan(&n).Error
	return n, err
}
