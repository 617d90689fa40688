package models

import (
	"context"
	"fmt"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// reminders are how many days before its last day a certificate's owner is told, nearest first.
var reminders = []int{7, 30, 90}

// RemindExpiring tells owners of certificates that end soon: 90, 30 and 7 days before, once each. A
// certificate that came in late gets only the nearest reminder. Drafts and refused papers get none.
func (s *Store) RemindExpiring(ctx context.Context) error {
	today := Today(s.now())
	for last := int64(0); ; {
		var list []Certificate
		err := s.db.WithContext(ctx).Where("id > ? AND deleted_at IS NULL AND state IN ? AND valid_until BETWEEN ? AND ?", last,
			[]CertificateState{CertificateSubmitted, CertificateChecking, CertificateVerified}, today, today.AddDate(0, 0, reminders[len(reminders)-1])).
			Order("id").Limit(500).Find(&list).Error
		if err != nil || len(list) == 0 {
			return err
		}
		for _, c := range list {
			if err := s.remind(ctx, c, today); err != nil {
				return fmt.Errorf("remind of certificate %d: %w", c.ID, err)
			}
			last = c.ID
		}
	}
}

func (s *Store) remind(ctx context.Context, c Certificate, today time.Time) error {
	left := int(c.ValidUntil.Sub(today).Hours() / 24)
	for _, days := range reminders {
		if left > days {
			continue
		}
		return s.transact(ctx, func(tx *Store) error {
			owner, err := tx.User(ctx, c.SeekerID)
			if err != nil {
				return err
			}
			when := i18n.Date(i18n.With(ctx, i18n.Lang(owner.Language)), *c.ValidUntil)
			return tx.tell(ctx, owner, fmt.Sprintf("certificate_expiring:%d:%s:%d", c.ID, c.ValidUntil.Format(time.DateOnly), days), "certificate_expiring",
				map[string]string{"Name": owner.Name, "When": when, "Path": urls.Certificate(c.Ref)})
		})
	}
	return nil
}
