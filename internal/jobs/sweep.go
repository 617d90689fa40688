package jobs

import (
	"context"
	"errors"

	"github.com/riverqueue/river"

	"naikkelas/models"
)

// sweep is the housekeeping of every five minutes: what ran out of time ends.
type sweep struct {
	river.WorkerDefaults[models.Sweep]
	Deps
}

// Work runs every step even when one fails, and reports all failures together.
func (w *sweep) Work(ctx context.Context, _ *river.Job[models.Sweep]) error {
	return errors.Join(
		w.Store.SweepSessions(ctx),
		w.Store.SweepCodes(ctx),
		w.Store.SweepAttempts(ctx),
		w.Store.ExpireFixes(ctx),
		w.Store.ExpireEnrolments(ctx),
		w.Store.SweepImports(ctx),
		w.Store.RemindExpiring(ctx),
		w.Store.SweepPartials(ctx),
		w.Store.SweepCertificates(ctx),
	)
}
