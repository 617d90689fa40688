package jobs

import (
	"context"
	"errors"
	"fmt"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/mail"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	viewmail "naikkelas/views/mail"
)

// sendCaseNotice tells somebody on a case that there is a word for them, as sendNotice sends a letter. What becomes of it
// is asked for from whoever carries it.
type sendCaseNotice struct {
	river.WorkerDefaults[protection.SendCaseNotice]
	Deps
}

// Timeout is how long one try may take.
func (w *sendCaseNotice) Timeout(*river.Job[protection.SendCaseNotice]) time.Duration {
	return 30 * time.Second
}

// Work sends the notice, unless the person's word says no or not yet.
func (w *sendCaseNotice) Work(ctx context.Context, job *river.Job[protection.SendCaseNotice]) error {
	id := job.Args.NoticeID
	letter, err := w.Protection.DueNotice(ctx, id, protection.Ways{Phones: w.Gateway != nil, Neutral: w.Neutral != nil})
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if early, ok := errors.AsType[*record.TooEarly](err); ok {
		return river.JobSnooze(early.Wait)
	}
	if err != nil {
		return err
	}
	key, err := w.Protection.NoticeKey(ctx, id)
	if err != nil {
		return err
	}
	messageID := ""
	if letter.Channel == "email" {
		messageID = mail.MessageKey(key)
	}
	text, err := viewmail.Compose(ctx, letter, viewmail.House{BaseURL: w.BaseURL, Operator: w.Operator, Demo: w.Demo})
	if err != nil {
		return fmt.Errorf("compose %s: %w", letter.Template, err)
	}
	failure := w.carry(ctx, key, letter, text, true)
	refused := isRefused(failure)
	if err := w.Protection.MarkNotice(ctx, id, messageID, failure, refused); err != nil {
		return err
	}
	if refused {
		return river.JobCancel(failure)
	}
	return failure
}
