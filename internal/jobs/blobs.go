package jobs

import (
	"context"
	"errors"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/models"
)

const (
	// orphanAge is how old a blob without a row must be: a younger one may be an upload under way.
	orphanAge = 24 * time.Hour
	// blobBatch is how many keys are looked up in one query.
	blobBatch = 500
)

// sweepBlobs removes what no row needs any more, once a day.
type sweepBlobs struct {
	river.WorkerDefaults[models.SweepBlobs]
	Deps
}

// Timeout allows for a large store.
func (w *sweepBlobs) Timeout(*river.Job[models.SweepBlobs]) time.Duration { return time.Hour }

// Work removes deleted files first, then orphans. Running again does no harm.
func (w *sweepBlobs) Work(ctx context.Context, _ *river.Job[models.SweepBlobs]) error {
	now := w.Store.Now()
	return errors.Join(w.deleted(ctx, now.Add(-models.UndoTime)), w.orphans(ctx, now.Add(-orphanAge)))
}

// deleted removes the blobs of a deleted file and only then its row, so that a crash between
// leaves something to find.
func (w *sweepBlobs) deleted(ctx context.Context, before time.Time) error {
	for {
		dead, err := w.Store.DeadUploads(ctx, before)
		if err != nil || len(dead) == 0 {
			return err
		}
		for _, d := range dead {
			for _, key := range d.Keys {
				if err := w.Blobs.Delete(ctx, key); err != nil {
					return err
				}
			}
			if err := w.Store.ForgetUpload(ctx, d.ID); err != nil {
				return err
			}
		}
	}
}

func (w *sweepBlobs) orphans(ctx context.Context, before time.Time) error {
	var batch []string
	flush := func() error {
		unknown, err := w.Store.UnknownBlobs(ctx, batch)
		batch = batch[:0]
		for _, key := range unknown {
			err = errors.Join(err, w.Blobs.Delete(ctx, key))
		}
		return err
	}
	err := w.Blobs.List(ctx, "", func(key string, modified time.Time) error {
		if modified.After(before) {
			return nil
		}
		if batch = append(batch, key); len(batch) == blobBatch {
			return flush()
		}
		return nil
	})
	if err != nil {
		return err
	}
	return flush()
}
