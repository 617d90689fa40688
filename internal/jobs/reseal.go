package jobs

import (
	"context"
	"errors"
	"time"

	"naikkelas/internal/blob"
	"naikkelas/internal/seal"
)

// reseal seals what older keys sealed again with the newest ones, a step at a time: some seconds, and the
// files of one row. How far it is stands in the database: a process that ends, however it ends, loses at most
// one step.
func (d Deps) reseal(ctx context.Context) (more bool, err error) {
	done, step, err := d.Store.Reseal(ctx, d.resealFile)
	if err != nil {
		return false, err
	}
	if len(step.Unopened) > 0 {
		d.Log.ErrorContext(ctx, "some rows do not open and stay as they are", "what", done, "ids", step.Unopened)
	}
	if done != "" && step.Changed == 0 && !step.Done { // others are in the way
		select {
		case <-time.After(time.Second):
		case <-ctx.Done():
		}
	}
	return done != "", nil
}

// resealFile seals a file again in its place: whoever reads it meanwhile reads what was there before.
func (d Deps) resealFile(ctx context.Context, key string, at seal.Place) (changed bool, err error) {
	sealed, err := d.Blobs.Get(ctx, key)
	if errors.Is(err, blob.ErrNotFound) {
		return false, nil
	}
	if err != nil {
		return false, err
	}
	defer sealed.Close()
	again, err := d.Box.ResealReader(sealed, at)
	if err != nil || again == nil {
		return false, err
	}
	defer again.Close()
	if err := d.Blobs.Put(ctx, key, again); err != nil {
		return false, err
	}
	return true, nil
}
