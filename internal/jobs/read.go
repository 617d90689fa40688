package jobs

import (
	"context"
	"errors"
	"io"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/ocr"
	"naikkelas/models"
)

// readUpload looks for a number and days on a certificate, as a hint for its owner. A machine that
// cannot read gives no hints, and nothing else changes.
type readUpload struct {
	river.WorkerDefaults[models.ReadUpload]
	Deps
}

// Work reads the image that was made of the first page, never the file itself.
func (w *readUpload) Work(ctx context.Context, job *river.Job[models.ReadUpload]) error {
	page, err := w.Store.ReadableUpload(ctx, job.Args.UploadID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	sealed, err := w.Blobs.Get(ctx, page.ViewKey)
	if err != nil {
		return err
	}
	defer sealed.Close()
	plain, err := w.Box.UnsealReader(sealed, models.ImagePlace(page.ViewKey))
	if err != nil {
		return err
	}
	image, err := io.ReadAll(plain)
	if err != nil {
		return err
	}
	text, err := w.Words.Read(ctx, image)
	if err != nil {
		if !errors.Is(err, ocr.ErrMissing) {
			w.Log.WarnContext(ctx, "a page was not read", "upload", job.Args.UploadID, "err", err)
		}
		return nil
	}
	hints := ocr.Find(text)
	days := make([]string, len(hints.Days))
	for i, d := range hints.Days {
		days[i] = d.Format(time.DateOnly)
	}
	return w.Store.HintUpload(ctx, job.Args.UploadID, hints.Name, hints.Number, days)
}
