package models

import (
	"context"
	"fmt"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// A reminder tells owners of certificates about a day that comes: days before it, the nearest first, each
// once. column holds the day; both columns lead an index of their own.
type reminder struct {
	column   string
	template string
	days     []int
	of       func(Certificate) *time.Time
}

// reminders are of the last day of a certificate, and of the day by which it must be signed again.
var reminders = []reminder{
	{"valid_until", "certificate_expiring", []int{7, 30, 90}, func(c Certificate) *time.Time { return c.ValidUntil }},
	{"next_confirmation_due", "certificate_unsigned", []int{7, 30}, func(c Certificate) *time.Time { return c.NextConfirmationDue }},
}

// RemindExpiring tells owners of certificates that end soon: 90, 30 and 7 days before, once each; and of
// those that must be signed again, 30 and 7 days before. A certificate that came in late gets only the
// nearest reminder. Drafts and refused papers get none.
func (s *Store) RemindExpiring(ctx context.Context) error {
	for _, r := range reminders {
		if err := s.remindAll(ctx, r); err != nil {
			return err
		}
	}
	return nil
}

func (s *Store) remindAll(ctx context.Context, r reminder) error {
	today := record.DayOf(s.db.Now()).Date()
	for last := int64(0); ; {
		var list []Certificate
		err := s.db.With(ctx).Where("id > ? AND deleted_at IS NULL AND state IN ? AND "+r.column+" BETWEEN ? AND ?", last,
			[]CertificateState{CertificateSubmitted, CertificateChecking, CertificateVerified}, today, today.AddDate(0, 0, r.days[len(r.days)-1])).
			Order("id").Limit(500).Find(&list).Error
		if err != nil || len(list) == 0 {
			return err
		}
		for _, c := range list {
			if err := s.remind(ctx, r, c, today); err != nil {
				return fmt.Errorf("remind of certificate %d: %w", c.ID, err)
			}
			last = c.ID
		}
	}
}

func (s *Store) remind(ctx context.Context, r reminder, c Certificate, today time.Time) error {
	day := *r.of(c)
	left := int(day.Sub(today).Hours() / 24)
	for _, days := range r.days {
		if left > days {
			continue
		}
		return s.transact(ctx, "remind", func(tx *Store) error {
			owner, err := tx.User(ctx, c.SeekerID)
			if err != nil {
				return err
			}
			when := i18n.Date(i18n.With(ctx, i18n.Lang(owner.Language)), day)
			return tx.tellOfCertificate(ctx, owner, c, fmt.Sprintf("%s:%d:%s:%d", r.template, c.ID, day.Format(time.DateOnly), days), r.template, when)
		})
	}
	return nil
}
