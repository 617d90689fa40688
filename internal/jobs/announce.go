package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"naikkelas/models"
	"naikkelas/models/record"
)

// announceDecision carries out a decision at its instant. A chore comes after it for those whose job was lost.
type announceDecision struct {
	river.WorkerDefaults[models.AnnounceDecision]
	Deps
}

// Work carries the decision out, unless it was recalled or has ended.
func (w *announceDecision) Work(ctx context.Context, job *river.Job[models.AnnounceDecision]) error {
	err := w.Store.Announce(ctx, job.Args.DecisionID)
	if early, ok := errors.AsType[*record.TooEarly](err); ok {
		return river.JobSnooze(early.Wait)
	}
	return err
}

// announceIntake carries out the outcomes of an intake at their moment, some in each step. A chore comes after it for
// announcements whose job was lost.
type announceIntake struct {
	river.WorkerDefaults[models.AnnounceIntake]
	Deps
}

// Work does one step.
func (w *announceIntake) Work(ctx context.Context, job *river.Job[models.AnnounceIntake]) error {
	more, err := w.Store.AnnounceNext(ctx, job.Args.AnnouncementID)
	if early, ok := errors.AsType[*record.TooEarly](err); ok {
		return river.JobSnooze(early.Wait)
	}
	if err != nil {
		return err
	}
	return again(more)
}

// continueSelection goes on with an act of an institution for many applicants, some in each step.
type continueSelection struct {
	river.WorkerDefaults[models.ContinueSelection]
	Deps
}

// Work does one step.
func (w *continueSelection) Work(ctx context.Context, job *river.Job[models.ContinueSelection]) error {
	more, err := w.Store.SelectNext(ctx, job.Args.RunID)
	if err != nil {
		return err
	}
	return again(more)
}

// continueRoll goes on with the making of next batches, some in each step.
type continueRoll struct {
	river.WorkerDefaults[models.ContinueRoll]
	Deps
}

// Work does one step.
func (w *continueRoll) Work(ctx context.Context, job *river.Job[models.ContinueRoll]) error {
	more, err := w.Store.RollNext(ctx, job.Args.RollID)
	if err != nil {
		return err
	}
	return again(more)
}
