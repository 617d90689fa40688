package jobs

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"naikkelas/internal/blob"
)

const (
	// sweepOrphans is the chore that removes the blobs which no row names.
	sweepOrphans = "sweep_orphans"
	// orphanAge is how old a blob without a row must be: a younger one may be an upload under way.
	orphanAge = 24 * time.Hour
	// blobBatch is how many keys are looked up in one query.
	blobBatch = 500
)

// sweepUploads removes the blobs of a deleted file and only then its row, so that a crash between
// leaves something to find. Running again does no harm.
func (d Deps) sweepUploads(ctx context.Context) (more bool, err error) {
	dead, err := d.Store.DeadUploads(ctx)
	if err != nil {
		return false, fmt.Errorf("list deleted files: %w", err)
	}
	end := time.Now().Add(stepTime)
	for _, u := range dead {
		for _, key := range u.Keys {
			if err := d.Blobs.Delete(ctx, key); err != nil {
				return false, fmt.Errorf("deleted file %d: %w", u.ID, err)
			}
		}
		if err := d.Store.ForgetUpload(ctx, u.ID); err != nil {
			return false, fmt.Errorf("forget deleted file %d: %w", u.ID, err)
		}
		if time.Now().After(end) {
			break
		}
	}
	return len(dead) > 0, nil
}

// sweepOrphans goes through the folders of the blob store and removes what no row names. Its cursor is
// the next folder's number.
func (d Deps) sweepOrphans(ctx context.Context) (more bool, err error) {
	past, err := d.Store.Cursor(ctx, sweepOrphans)
	if err != nil {
		return false, err
	}
	folder, _ := strconv.Atoi(past) // empty is the first
	for end := time.Now().Add(stepTime); folder < blob.Folders; {
		if err := d.sweepFolder(ctx, blob.Folder(folder)); err != nil {
			return false, fmt.Errorf("folder %s: %w", blob.Folder(folder), err)
		}
		if folder++; time.Now().After(end) {
			return true, d.Store.MoveCursor(ctx, sweepOrphans, strconv.Itoa(folder))
		}
	}
	return false, d.Store.MoveCursor(ctx, sweepOrphans, "")
}

func (d Deps) sweepFolder(ctx context.Context, folder string) error {
	before := d.Store.Now().Add(-orphanAge)
	var batch []string
	flush := func() error {
		unknown, err := d.Store.UnknownBlobs(ctx, batch)
		batch = batch[:0]
		for _, key := range unknown {
			err = errors.Join(err, d.Blobs.Delete(ctx, key))
		}
		return err
	}
	err := d.Blobs.List(ctx, folder, func(key string, modified time.Time) error {
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
