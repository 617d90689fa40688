package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"naikkelas/models/protection"
)

// raiseAlarms tells the desk at once that somebody waits. The chore of each minute comes after it.
type raiseAlarms struct {
	river.WorkerDefaults[protection.RaiseAlarms]
	Deps
}

// Work tells whom it concerns, unless they were told a short while ago.
func (w *raiseAlarms) Work(ctx context.Context, _ *river.Job[protection.RaiseAlarms]) error {
	more, err := w.Protection.TellAlarms(ctx)
	if err != nil {
		return err
	}
	return again(more)
}
