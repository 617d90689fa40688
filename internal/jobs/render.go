package jobs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
	"naikkelas/internal/render"
	"naikkelas/internal/scan"
	"naikkelas/internal/seal"
	"naikkelas/models"
)

// RenderUpload is the worker that makes the images of an uploaded file. Only these are ever
// shown; the file itself is opened in a child process alone.
type RenderUpload struct {
	river.WorkerDefaults[models.RenderUpload]
	Store    *models.Store
	Blobs    *blob.Store
	Box      *seal.Box
	Renderer *render.Renderer
	Scanner  *scan.Scanner // nil where no scanner is set up
	Log      *slog.Logger
}

// Timeout is how long one file may take, waiting for a free child included.
func (w *RenderUpload) Timeout(*river.Job[models.RenderUpload]) time.Duration {
	return 3 * time.Minute
}

// Work makes and stores the images, or marks the file as refused with the reason. Running
// again after it is finished changes nothing.
func (w *RenderUpload) Work(ctx context.Context, job *river.Job[models.RenderUpload]) error {
	u, err := w.Store.WaitingUpload(ctx, job.Args.UploadID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return err
	}
	if err := w.scan(ctx, u); err != nil {
		if found, ok := errors.AsType[scan.Found](err); ok {
			w.Log.WarnContext(ctx, "a file carries something harmful", "upload", u.ID, "found", string(found))
			return w.Store.RefuseUpload(ctx, u.ID, virus)
		}
		return fmt.Errorf("scan upload %d: %w", u.ID, err)
	}
	pages, info, err := w.pages(ctx, u)
	if err == nil {
		err = w.Store.FinishUpload(ctx, u.ID, pages, info.Features.Warnings())
	}
	if err == nil {
		return nil
	}
	w.forget(ctx, pages)
	if failure, ok := errors.AsType[render.Failure](err); ok {
		return w.Store.RefuseUpload(ctx, u.ID, string(failure))
	}
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	return fmt.Errorf("render upload %d: %w", u.ID, err)
}

// virus is the refusal of a file in which the scanner found something.
const virus = "virus"

// scan asks the scanner before anything else looks into the file.
func (w *RenderUpload) scan(ctx context.Context, u models.Upload) error {
	if w.Scanner == nil {
		return nil
	}
	plain, closer, err := w.open(ctx, u)
	if err != nil {
		return err
	}
	defer closer.Close()
	return w.Scanner.Scan(ctx, plain)
}

// open reads the sealed original.
func (w *RenderUpload) open(ctx context.Context, u models.Upload) (io.Reader, io.Closer, error) {
	sealed, err := w.Blobs.Get(ctx, u.BlobKey)
	if err != nil {
		return nil, nil, err
	}
	plain, err := w.Box.UnsealReader(sealed, models.OriginalPlace(u.BlobKey))
	if err != nil {
		return nil, nil, errors.Join(err, sealed.Close())
	}
	return plain, sealed, nil
}

// pages puts the images of each page into the store. With an error come the pages that were
// put before it.
func (w *RenderUpload) pages(ctx context.Context, u models.Upload) ([]models.UploadPage, render.Info, error) {
	plain, closer, err := w.open(ctx, u)
	if err != nil {
		return nil, render.Info{}, err
	}
	defer closer.Close()
	var list []models.UploadPage
	info, err := w.Renderer.Pages(ctx, u.MediaType, plain, func(p render.Page) error {
		page := models.UploadPage{Number: p.Number, ViewKey: blob.NewKey(), ThumbKey: blob.NewKey(), Width: p.Width, Height: p.Height}
		list = append(list, page)
		return errors.Join(w.put(ctx, page.ViewKey, p.View), w.put(ctx, page.ThumbKey, p.Thumbnail))
	})
	return list, info, err
}

func (w *RenderUpload) put(ctx context.Context, key string, image []byte) error {
	r := w.Box.SealReader(bytes.NewReader(image), models.ImagePlace(key))
	defer r.Close()
	return w.Blobs.Put(ctx, key, r)
}

// forget removes images that no row will name. What stays behind is found as an orphan.
func (w *RenderUpload) forget(ctx context.Context, pages []models.UploadPage) {
	for _, p := range pages {
		for _, key := range []string{p.ViewKey, p.ThumbKey} {
			if w.Blobs.Delete(ctx, key) != nil {
				return
			}
		}
	}
}
