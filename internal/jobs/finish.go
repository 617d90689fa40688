package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/receive"
	"naikkelas/internal/render"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// FinishPartial is the worker that looks into a file that came in pieces, when its sender did not stay to ask for it.
type FinishPartial struct {
	river.WorkerDefaults[models.FinishPartial]
	Desk receive.Desk
}

// finishRetry is how long a file waits whose turn did not come.
const finishRetry = 15 * time.Second

// Work puts the file into the library, or keeps the reason why not for its sender. A file that is done already, or
// given up, is left alone.
func (w *FinishPartial) Work(ctx context.Context, job *river.Job[models.FinishPartial]) error {
	p, owner, err := w.Desk.Store.ReachedPartial(ctx, job.Args.PartialID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find partial upload %d: %w", job.Args.PartialID, err)
	}
	_, err = w.Desk.Finish(ctx, owner, p)
	key, refused := receive.Refusal(err)
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		key, refused = r.Key, true
	}
	switch {
	case refused:
		err = w.Desk.Store.RefusePartial(ctx, p.ID, key)
	case errors.Is(err, render.ErrBusy):
		return river.JobSnooze(finishRetry)
	}
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("finish partial upload %d: %w", p.ID, err)
	}
	return nil
}

// JoinAttachment is the worker that looks into a file that came to a case in pieces, when its sender did not stay.
type JoinAttachment struct {
	river.WorkerDefaults[protection.JoinAttachment]
	Desk receive.Desk
}

// Work puts the file onto the case, or keeps the reason why not for its sender.
func (w *JoinAttachment) Work(ctx context.Context, job *river.Job[protection.JoinAttachment]) error {
	part, err := w.Desk.Protection.ReachedAttachment(ctx, job.Args.PartialID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if err != nil {
		return fmt.Errorf("find a file on its way to a case %d: %w", job.Args.PartialID, err)
	}
	_, err = w.Desk.JoinAttachment(ctx, part.ID)
	key, refused := receive.AttachmentRefusal(err)
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		key, refused = r.Key, true
	}
	switch {
	case refused:
		err = w.Desk.RefuseAttachment(ctx, part, key)
	case errors.Is(err, render.ErrBusy):
		return river.JobSnooze(finishRetry)
	}
	if err != nil && !errors.Is(err, models.ErrNotFound) {
		return fmt.Errorf("join a file on its way to a case %d: %w", part.ID, err)
	}
	return nil
}
