package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"naikkelas/models"
	"naikkelas/models/journey"
)

// tellApplicants writes to all whom an intake or a programme concerns, some in each step.
type tellApplicants struct {
	river.WorkerDefaults[models.TellApplicants]
	Deps
}

// Work does one step.
func (w *tellApplicants) Work(ctx context.Context, job *river.Job[models.TellApplicants]) error {
	more, err := w.Store.TellNext(ctx, job.Args.TellingID)
	if err != nil {
		return err
	}
	return again(more)
}

// endApplications ends what a cancelled intake, a closed programme or an institution leaves, some in each step.
type endApplications struct {
	river.WorkerDefaults[models.EndApplications]
	Deps
}

// Work does one step.
func (w *endApplications) Work(ctx context.Context, job *river.Job[models.EndApplications]) error {
	more, err := w.Store.EndNext(ctx, job.Args.EndingID)
	if err != nil {
		return err
	}
	return again(more)
}

// tellRuleChange writes to all whom a change of a rule concerns, some in each step.
type tellRuleChange struct {
	river.WorkerDefaults[journey.TellRuleChange]
	Deps
}

// Work does one step.
func (w *tellRuleChange) Work(ctx context.Context, job *river.Job[journey.TellRuleChange]) error {
	more, err := w.Journey.TellRuleNext(ctx, job.Args.TellingID)
	if err != nil {
		return err
	}
	return again(more)
}

// heedAnswer does what an answer to a check-in asks for.
type heedAnswer struct {
	river.WorkerDefaults[journey.HeedAnswer]
	Deps
}

// Work does it.
func (w *heedAnswer) Work(ctx context.Context, job *river.Job[journey.HeedAnswer]) error {
	return w.Journey.Heed(ctx, job.Args)
}
