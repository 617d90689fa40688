package jobs

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"log/slog"
	"strings"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
	"naikkelas/internal/render"
	"naikkelas/internal/scan"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// RenderUpload is the worker that makes the images of an uploaded file.
type RenderUpload struct {
	river.WorkerDefaults[models.RenderUpload]
	Store    *models.Store
	Blobs    *blob.Store
	Box      *seal.Box
	Renderer *render.Renderer
	Scanner  *scan.Scanner // nil where no scanner is set up
	Log      *slog.Logger
}

// Work does one step, or marks the file as refused with the reason.
func (w *RenderUpload) Work(ctx context.Context, job *river.Job[models.RenderUpload]) error {
	return w.drawing().work(ctx, job.Args.UploadID)
}

func (w *RenderUpload) drawing() drawing {
	s := w.Store
	return drawing{
		Blobs: w.Blobs, Box: w.Box, Renderer: w.Renderer, Scanner: w.Scanner, Log: w.Log, what: "upload",
		original: models.OriginalPlace, image: models.ImagePlace,
		waiting: s.WaitingUpload, pass: s.PassScan, addPage: s.AddUploadPage, finish: s.FinishUpload, refuse: s.RefuseUpload,
	}
}

// CheckAttachment is the worker that looks into a file on a case: it does with it what RenderUpload does, and of a recording
// nothing is drawn.
type CheckAttachment struct {
	river.WorkerDefaults[protection.CheckAttachment]
	Store    *protection.Store
	Blobs    *blob.Store
	Box      *seal.Box
	Renderer *render.Renderer
	Scanner  *scan.Scanner // nil where no scanner is set up
	Log      *slog.Logger
}

// Work does one step, or marks the file as refused with the reason.
func (w *CheckAttachment) Work(ctx context.Context, job *river.Job[protection.CheckAttachment]) error {
	s := w.Store
	d := drawing{
		Blobs: w.Blobs, Box: w.Box, Renderer: w.Renderer, Scanner: w.Scanner, Log: w.Log, what: "file on a case",
		original: protection.AttachmentPlace, image: protection.AttachmentImagePlace,
		waiting: s.WaitingAttachment, pass: s.PassAttachment, addPage: s.AddAttachmentPage, finish: s.FinishAttachment,
		refuse: s.RefuseAttachment,
	}
	return d.work(ctx, job.Args.AttachmentID)
}

// CheckPaper is the worker that looks into a paper of an institution: it does with it what RenderUpload does.
type CheckPaper struct {
	river.WorkerDefaults[models.CheckPaper]
	Store    *models.Store
	Blobs    *blob.Store
	Box      *seal.Box
	Renderer *render.Renderer
	Scanner  *scan.Scanner // nil where no scanner is set up
	Log      *slog.Logger
}

// Work does one step, or marks the paper as refused with the reason.
func (w *CheckPaper) Work(ctx context.Context, job *river.Job[models.CheckPaper]) error {
	s := w.Store
	d := drawing{
		Blobs: w.Blobs, Box: w.Box, Renderer: w.Renderer, Scanner: w.Scanner, Log: w.Log, what: "paper of an institution",
		original: models.PaperPlace, image: models.PaperImagePlace,
		waiting: s.WaitingPaper, pass: s.PassPaper, addPage: s.AddPaperPage, finish: s.FinishPaper, refuse: s.RefusePaper,
	}
	return d.work(ctx, job.Args.PaperID)
}

// A drawing makes the images of a file. Only these are ever shown; the file itself is opened in a child process alone. The
// scan is one step; then page after page is put into its place, and a step that has made some leaves the rest to the next.
type drawing struct {
	Blobs           *blob.Store
	Box             *seal.Box
	Renderer        *render.Renderer
	Scanner         *scan.Scanner
	Log             *slog.Logger
	what            string // the file, in the words of the log
	original, image func(key string) seal.Place
	waiting         func(ctx context.Context, id int64) (models.HalfMadeUpload, error)
	pass            func(ctx context.Context, id int64) error
	addPage         func(ctx context.Context, p models.UploadPage) error
	finish          func(ctx context.Context, id int64, warnings []string) error
	refuse          func(ctx context.Context, id int64, reason string) error
}

// mostDrawing is how much time of the processor the pages of one file may take, over all steps. The renderer has
// its own limit for what one child draws.
const mostDrawing = time.Minute

// work does one step, or marks the file as refused with the reason. Running again after it is finished changes nothing.
func (w drawing) work(ctx context.Context, id int64) error {
	u, err := w.waiting(ctx, id)
	switch {
	case errors.Is(err, models.ErrNotFound):
		return nil
	case err != nil:
		return fmt.Errorf("find %s %d: %w", w.what, id, err)
	case w.Scanner != nil && u.ScannedAt == nil:
		return w.scanned(ctx, u.Upload)
	case time.Duration(u.DrawnMS)*time.Millisecond > mostDrawing:
		return w.refuse(ctx, u.ID, string(render.ErrTimeout))
	case strings.HasPrefix(u.MediaType, "audio/"):
		return w.shown(ctx, u.ID)
	}
	made, info, err := w.draw(ctx, u)
	if err == nil {
		err = w.finish(ctx, u.ID, info.Features.Warnings())
	}
	late := errors.Is(err, errEnough) || errors.Is(err, render.ErrTimeout) || ctx.Err() != nil
	failure, failed := errors.AsType[render.Failure](err)
	switch {
	case err == nil:
		return nil
	case late && made > 0, errors.Is(err, models.ErrNotFound):
		return again(true) // what was made is kept, and the next step sees how far that is
	case failed:
		return w.refuse(ctx, u.ID, string(failure))
	}
	return fmt.Errorf("render %s %d: %w", w.what, u.ID, err)
}

// shown finishes a recording, of which nothing is drawn.
func (w drawing) shown(ctx context.Context, id int64) error {
	if err := w.finish(ctx, id, nil); err != nil && !errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("finish %s %d: %w", w.what, id, err)
	}
	return nil
}

// scanned refuses what carries something harmful and lets anything else into the next step.
func (w drawing) scanned(ctx context.Context, u models.Upload) error {
	err := w.scan(ctx, u)
	if found, ok := errors.AsType[scan.Found](err); ok {
		w.Log.WarnContext(ctx, "a file carries something harmful", "what", w.what, "id", u.ID, "found", string(found))
		return w.refuse(ctx, u.ID, virus)
	}
	if err == nil {
		err = w.pass(ctx, u.ID)
	}
	if err != nil {
		return fmt.Errorf("scan %s %d: %w", w.what, u.ID, err)
	}
	return again(true)
}

// virus is the refusal of a file in which the scanner found something.
const virus = "virus"

// scan asks the scanner before anything else looks into the file.
func (w drawing) scan(ctx context.Context, u models.Upload) error {
	plain, closer, err := w.open(ctx, u)
	if err != nil {
		return err
	}
	defer closer.Close()
	return w.Scanner.Scan(ctx, plain)
}

// open reads the sealed original.
func (w drawing) open(ctx context.Context, u models.Upload) (io.Reader, io.Closer, error) {
	sealed, err := w.Blobs.Get(ctx, u.BlobKey)
	if err != nil {
		return nil, nil, err
	}
	plain, err := w.Box.UnsealReader(sealed, w.original(u.BlobKey))
	if err != nil {
		return nil, nil, errors.Join(err, sealed.Close())
	}
	return plain, sealed, nil
}

// errEnough says that a step has made pages for long enough.
var errEnough = errors.New("the rest is for the next step")

// draw puts the images of the pages that are missing into their place, and says how many it made.
func (w drawing) draw(ctx context.Context, u models.HalfMadeUpload) (made int, info render.Info, err error) {
	end := time.Now().Add(stepTime)
	plain, closer, err := w.open(ctx, u.Upload)
	if err != nil {
		return 0, info, err
	}
	defer closer.Close()
	drawn := time.Duration(u.DrawnMS) * time.Millisecond
	info, err = w.Renderer.PagesFrom(ctx, u.MediaType, plain, u.Pages+1, func(p render.Page) error {
		if p.Number != u.Pages+made+1 {
			return render.ErrCrashed // a child that does not count is not itself any more
		}
		if err := w.keep(ctx, u.ID, p); err != nil {
			return err
		}
		made++
		if drawn += p.Took; drawn > mostDrawing || time.Now().After(end) {
			return errEnough
		}
		return nil
	})
	return made, info, err
}

// keep stores the images of one page and then names them in a row; without the row they go again.
func (w drawing) keep(ctx context.Context, uploadID int64, p render.Page) error {
	page := models.UploadPage{
		UploadID: uploadID, Number: p.Number, ViewKey: blob.NewKey(), ThumbKey: blob.NewKey(),
		Width: p.Width, Height: p.Height, DrawnMS: int(p.Took.Milliseconds()), Blank: p.Blank,
	}
	err := errors.Join(w.put(ctx, page.ViewKey, p.View), w.put(ctx, page.ThumbKey, p.Thumbnail))
	if err == nil {
		err = w.addPage(ctx, page)
	}
	if err != nil { // what a failure here leaves behind is found as an orphan
		return errors.Join(err, w.Blobs.Delete(ctx, page.ViewKey), w.Blobs.Delete(ctx, page.ThumbKey))
	}
	return nil
}

func (w drawing) put(ctx context.Context, key string, image []byte) error {
	r := w.Box.SealReader(bytes.NewReader(image), w.image(key))
	defer r.Close()
	return w.Blobs.Put(ctx, key, r)
}
