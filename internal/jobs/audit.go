package jobs

import (
	"context"

	"github.com/riverqueue/river"

	"naikkelas/models"
)

// sealAudit extends the hash chain over the audit rows, once a minute.
type sealAudit struct {
	river.WorkerDefaults[models.SealAudit]
	Deps
}

// Work seals all rows that wait.
func (w *sealAudit) Work(ctx context.Context, _ *river.Job[models.SealAudit]) error {
	_, err := w.Store.SealAudit(ctx)
	return err
}
