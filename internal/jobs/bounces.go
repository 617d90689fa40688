package jobs

import (
	"context"
	"errors"
	"strings"
	"time"

	"naikkelas/internal/mail"
	"naikkelas/models"
)

// readBounces takes what mail servers wrote back about letters of ours.
func (d Deps) readBounces(ctx context.Context) (more bool, err error) {
	return d.Bounces.Reports(ctx, func(r mail.Report) error {
		key, _, _ := strings.Cut(r.MessageID, "@")
		report := models.NoticeReport{
			MessageID: key, Delivered: r.Delivered, Refused: r.Refused(), At: time.Now(),
			Reason: strings.TrimSpace("mail server: not delivered " + r.Status),
		}
		err := d.Store.ReportNotice(ctx, report)
		if errors.Is(err, models.ErrNotFound) {
			err = d.Protection.ReportNotice(ctx, report)
		}
		if errors.Is(err, models.ErrNotFound) {
			return mail.ErrNotOurs
		}
		return err
	})
}
