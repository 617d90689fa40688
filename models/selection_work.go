package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

const (
	// manyStep is for how many one step of an act for many is done.
	manyStep = 100
	// manyTime is after how long a step leaves the rest to the next: somebody waits for the first one.
	manyTime = 8 * time.Second
)

// errManyDone says that an act for many has been done for all.
var errManyDone = errors.New("done for all")

// manyNext does one for the next ones of an act for many, each in a transaction of its own with the act's cursor, until
// one says errManyDone. It says whether there is more.
func (s *Store) manyNext(ctx context.Context, doing string, one func(tx *Store) error) (more bool, err error) {
	end := time.Now().Add(manyTime)
	for range manyStep {
		err := s.transact(ctx, doing, one)
		if errors.Is(err, errManyDone) || errors.Is(err, ErrNotFound) {
			return false, nil
		}
		if err != nil {
			return false, err
		}
		if time.Now().After(end) {
			break
		}
	}
	return true, nil
}

// SelectNext does an act for the next applicants of a run.
func (s *Store) SelectNext(ctx context.Context, runID int64) (more bool, err error) {
	return s.manyNext(ctx, fmt.Sprintf("select applicants, run %d", runID), func(tx *Store) error { return tx.selectOne(ctx, runID) })
}

// selectOne does it for the next applicant. What is refused for them is kept with the run.
func (s *Store) selectOne(ctx context.Context, runID int64) error {
	var run SelectionRun
	err := s.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Take(&run, "id = ?", runID).Error
	if err != nil {
		return err
	}
	if run.EndedAt != nil {
		return errManyDone
	}
	actor, err := s.User(ctx, run.ActorID)
	if err != nil {
		return err
	}
	ref := run.Targets[run.Done]
	err = s.db.Try(ctx, func() error { return s.selectFor(ctx, actor, run, ref) })
	switch refusals := record.RefusalsIn(err); {
	case len(refusals) > 0:
		run.Failures = append(run.Failures, SelectionFailure{Ref: ref, Key: refusals[0].Key, Args: refusals[0].Args})
	case errors.Is(err, ErrNotFound):
		run.Failures = append(run.Failures, SelectionFailure{Ref: ref, Key: "applicant.gone"})
	case err != nil:
		return err
	}
	if run.Done++; run.Done == len(run.Targets) {
		now := s.db.Now()
		run.EndedAt = &now
	}
	return s.db.With(ctx).Model(&run).Select("done", "failures", "ended_at").Updates(&run).Error
}

// selectFor does the act of a run for one applicant, as it would be done for them alone.
func (s *Store) selectFor(ctx context.Context, actor User, run SelectionRun, ref string) error {
	id, err := s.applicationOfInstitution(ctx, actor, ref)
	if err != nil {
		return err
	}
	in, a, err := s.lockSeat(ctx, id, 0)
	if err != nil {
		return err
	}
	switch {
	case run.Act != SelectInvited:
		err = s.recordOne(ctx, actor, in, a, Outcome{
			What: run.Act, Reason: run.Arguments.Reason, Text: run.Arguments.Text, Why: run.Arguments.Why, RunID: run.ID,
		})
	case !selectFrom[SelectInvited].has(a.State):
		return ErrNotNow
	case run.Done >= len(run.Arguments.Sessions) || run.Arguments.Sessions[run.Done] == 0:
		return ErrSessionFull
	default:
		err = s.inviteToTest(ctx, actor, in, a, run.Arguments.Sessions[run.Done], nil)
	}
	if record.Violates(err, "applications_one_live") {
		return ErrOtherLive
	}
	return err
}
