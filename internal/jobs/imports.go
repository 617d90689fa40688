package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/seal"
	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/models/record"
)

// importRetry is how long a long spreadsheet waits while another one is at work in the process.
const importRetry = time.Second

// ReadImport is the worker that reads a long spreadsheet. One at a time in a process: what is read is held in memory.
type ReadImport struct {
	river.WorkerDefaults[models.ReadImport]
	Store *models.Store
	Blobs *blob.Store
	Box   *seal.Box
	Turns chan struct{}
}

// Work reads it, unless somebody stopped it or asked for another reading.
func (w *ReadImport) Work(ctx context.Context, job *river.Job[models.ReadImport]) error {
	select {
	case w.Turns <- struct{}{}:
	default:
		return river.JobSnooze(importRetry)
	}
	defer func() { <-w.Turns }()
	desk := importsheet.Desk{Store: w.Store, Blobs: w.Blobs, Box: w.Box}
	err := desk.Stage(ctx, job.Args.ImportID, job.Args.Turn)
	return endImport(ctx, w.Store, job.Args.ImportID, job.Args.Turn, err)
}

// SaveImport is the worker that saves what was read of a long spreadsheet, one at a time like the reading.
type SaveImport struct {
	river.WorkerDefaults[models.SaveImport]
	Store *models.Store
	Turns chan struct{}
}

// Work saves it, unless somebody stopped it.
func (w *SaveImport) Work(ctx context.Context, job *river.Job[models.SaveImport]) error {
	select {
	case w.Turns <- struct{}{}:
	default:
		return river.JobSnooze(importRetry)
	}
	defer func() { <-w.Turns }()
	err := w.Store.SaveStaged(ctx, job.Args.ImportID, job.Args.Turn)
	return endImport(ctx, w.Store, job.Args.ImportID, job.Args.Turn, err)
}

// endImport keeps for the person why their spreadsheet was not read or saved. Anything else is tried again.
func endImport(ctx context.Context, s *models.Store, importID int64, turn int, err error) error {
	why := ""
	if _, ok := errors.AsType[*sheet.Refusal](err); ok { // it was read when it came, so it has suffered since
		why = "imports.refused.damaged"
	} else if list := record.RefusalsIn(err); len(list) > 0 {
		why = list[0].Key
	}
	switch {
	case err == nil, errors.Is(err, models.ErrImportStopped), errors.Is(err, models.ErrImportSaved):
		return nil
	case errors.Is(err, models.ErrForbidden), errors.Is(err, models.ErrStale):
		why = "imports.run.changed"
	case why == "":
		return fmt.Errorf("import %d: %w", importID, err)
	}
	return s.FailImport(ctx, importID, turn, why)
}
