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
	return atMoment(w.Store.Announce(ctx, job.Args.DecisionID))
}

// atMoment lets a job whose moment has not come wait for it.
func atMoment(err error) error {
	if early, ok := errors.AsType[*record.TooEarly](err); ok {
		return river.JobSnooze(early.Wait)
	}
	return err
}

// publishProgramme publishes an approved programme at its moment. A chore comes after it for those whose job was lost.
type publishProgramme struct {
	river.WorkerDefaults[models.PublishProgramme]
	Deps
}

// Work publishes it, unless it was taken back.
func (w *publishProgramme) Work(ctx context.Context, job *river.Job[models.PublishProgramme]) error {
	return atMoment(w.Store.PublishScheduled(ctx, job.Args.ProgrammeID))
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
	if err != nil {
		return atMoment(err)
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
