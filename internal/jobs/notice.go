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
	key, messageID, err := w.names(job.Args.NoticeID, letter)
	if err != nil {
		return err
	}
	failure := w.send(ctx, key, letter)
	refused := isRefused(failure)
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

// names are what a notice is called outside, the same for each try; messageID is empty for a phone.
func (w *sendNotice) names(id int64, letter record.Letter) (key, messageID string, err error) {
	if letter.Channel == "phone" {
		return models.NoticeKeyPrefix + strconv.FormatInt(id, 10), "", nil
	}
	key, err = w.Store.MailKey(id)
	return key, mail.MessageKey(key), err
}

func (w *sendNotice) send(ctx context.Context, key string, letter record.Letter) error {
	text, err := viewmail.Compose(ctx, letter, viewmail.House{BaseURL: w.BaseURL, Operator: w.Operator, Demo: w.Demo})
	if err != nil {
		return fmt.Errorf("compose %s: %w", letter.Template, err)
	}
	return w.carry(ctx, key, letter, text, false)
}

// carry hands a composed letter to whoever carries it. One that must not name us goes from the sender that names nobody,
// where there is one. report asks for word of whether it arrived.
func (d Deps) carry(ctx context.Context, key string, letter record.Letter, text viewmail.Composed, report bool) error {
	if letter.Channel == "phone" {
		if d.Gateway == nil {
			return errors.New("no gateway for phone messages")
		}
		return d.Gateway.Send(ctx, notify.Message{ID: key, To: letter.Address, Channel: notify.SMS, Text: text.Short, Neutral: letter.Neutral})
	}
	mailer := d.Mailer
	if letter.Neutral && d.Neutral != nil {
		mailer = d.Neutral
	}
	return mailer.Send(ctx, mail.Message{
		ID: key, To: letter.Address, Subject: text.Subject, Text: text.Text, HTML: text.HTML, Neutral: letter.Neutral, Report: report,
	})
}
