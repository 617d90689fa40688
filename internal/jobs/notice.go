package jobs

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/mail"
	"naikkelas/internal/notify"
	"naikkelas/models"
	"naikkelas/models/record"
	viewmail "naikkelas/views/mail"
)

// sendNotice sends one letter. A crash between sending and marking may send it once more;
// its Message-ID, made from the notice, lets the mail system recognise the repeat.
type sendNotice struct {
	river.WorkerDefaults[record.SendNotice]
	Deps
}

// Timeout is how long one try may take.
func (w *sendNotice) Timeout(*river.Job[record.SendNotice]) time.Duration { return 30 * time.Second }

// Work sends the letter unless it was sent before, or its contact rule says no or not yet. A failure is kept on the notice, where
// an administrator sees it, and tried again later.
func (w *sendNotice) Work(ctx context.Context, job *river.Job[record.SendNotice]) error {
	letter, err := w.Store.NoticeLetter(ctx, job.Args.NoticeID)
	if errors.Is(err, models.ErrNotFound) {
		return nil
	}
	if early, ok := errors.AsType[*record.TooEarly](err); ok {
		return river.JobSnooze(early.Wait)
	}
	if err != nil {
		return err
	}
	failure := w.send(ctx, job.Args.NoticeID, letter)
	refused, messageID := isRefused(failure), ""
	if letter.Channel == "email" {
		messageID = mail.MessageKey(noticeKey(job.Args.NoticeID))
	}
	if err := w.Store.MarkNotice(ctx, job.Args.NoticeID, messageID, failure, refused); err != nil {
		return err
	}
	if refused {
		return river.JobCancel(failure)
	}
	return failure
}

// isRefused says that the address will never take the letter: the mail server refused the recipient or the words
// for good, or the gateway the message. What is wrong with our own sign-in or sender can be mended meanwhile.
func isRefused(failure error) bool {
	if f, ok := errors.AsType[*mail.Failure](failure); ok {
		return f.Permanent && f.Recipient
	}
	if f, ok := errors.AsType[*notify.StatusError](failure); ok {
		return f.Permanent()
	}
	return errors.Is(failure, mail.ErrAddress)
}

// noticeKey is what a notice is called outside: by the gateway, and hashed by mail servers.
func noticeKey(id int64) string { return models.NoticeKeyPrefix + strconv.FormatInt(id, 10) }

func (w *sendNotice) send(ctx context.Context, id int64, letter record.Letter) error {
	text, err := viewmail.Compose(ctx, letter, viewmail.House{BaseURL: w.BaseURL, Operator: w.Operator, Demo: w.Demo})
	if err != nil {
		return fmt.Errorf("compose notice %d: %w", id, err)
	}
	key := noticeKey(id)
	if letter.Channel == "phone" {
		if w.Gateway == nil {
			return fmt.Errorf("send notice %d: no gateway for phone messages", id)
		}
		return w.Gateway.Send(ctx, notify.Message{ID: key, To: letter.Address, Channel: notify.SMS, Text: text.Short, Neutral: letter.Neutral})
	}
	m := mail.Message{ID: key, To: letter.Address, Subject: text.Subject, Text: text.Text, HTML: text.HTML, Neutral: letter.Neutral}
	return w.Mailer.Send(ctx, m)
}
