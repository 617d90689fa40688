package models

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm"

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

var (
	// expiring is of the last day of a certificate.
	expiring = reminder{"valid_until", "certificate_expiring", []int{7, 30, 90}, func(c Certificate) *time.Time { return c.ValidUntil }}
	// unsigned is of the day by which it must be signed again.
	unsigned = reminder{"next_confirmation_due", "certificate_unsigned", []int{7, 30},
		func(c Certificate) *time.Time { return c.NextConfirmationDue }}
)

// RemindExpiring tells owners of certificates that end soon: 90, 30 and 7 days before, once each, some in
// each step. A certificate that came in late gets only the nearest reminder. Drafts and refused papers
// get none.
func (s *Store) RemindExpiring(ctx context.Context) (more bool, err error) {
	return s.remindNext(ctx, "remind_expiring", expiring)
}

// RemindUnsigned tells owners of certificates that must be signed again, 30 and 7 days before, in the same way.
func (s *Store) RemindUnsigned(ctx context.Context) (more bool, err error) {
	return s.remindNext(ctx, "remind_unsigned", unsigned)
}

func (s *Store) remindNext(ctx context.Context, chore string, r reminder) (more bool, err error) {
	today := record.DayOf(s.db.Now()).Date()
	list := r.due(s.db.With(ctx).Model(&Certificate{}), today)
	return s.act(ctx, chore, list, func(id int64) error { return s.remind(ctx, r, id, today) })
}

// due selects the certificates whose day comes and whose owner was not told of it yet.
func (r reminder) due(certificates *gorm.DB, today time.Time) *gorm.DB {
	return certificates.Where("deleted_at IS NULL AND state IN ? AND "+r.column+" BETWEEN ? AND ?",
		[]CertificateState{CertificateSubmitted, CertificateChecking, CertificateVerified}, today, today.AddDate(0, 0, r.days[len(r.days)-1])).
		Where("NOT EXISTS (SELECT 1 FROM notices n WHERE n.dedupe = "+r.key()+")", sql.Named("today", today))
}

// key is the SQL of what makes one reminder of a certificate: its day, and the nearest of the days before it.
func (r reminder) key() string {
	column, nearest := "certificates."+r.column, ""
	for _, days := range r.days {
		nearest += fmt.Sprintf(" WHEN %s - CAST(@today AS date) <= %d THEN %d", column, days, days)
	}
	return fmt.Sprintf("concat_ws(':', '%s', certificates.id, to_char(%s, 'YYYY-MM-DD'), CASE%s END)", r.template, column, nearest)
}

// remind tells the owner of one certificate, unless its day has moved meanwhile. The letter's key makes
// sure that they are told once.
func (s *Store) remind(ctx context.Context, r reminder, id int64, today time.Time) error {
	return s.transact(ctx, fmt.Sprintf("remind of certificate %d", id), func(tx *Store) error {
		var c struct {
			Certificate
			Key string
		}
		err := r.due(tx.db.With(ctx).Model(&Certificate{}), today).
			Select("certificates.*, "+r.key()+" AS key", sql.Named("today", today)).Take(&c, "id = ?", id).Error
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		owner, err := tx.User(ctx, c.SeekerID)
		if err != nil {
			return err
		}
		when := i18n.Date(i18n.With(ctx, i18n.Lang(owner.Language)), *r.of(c.Certificate))
		return tx.tellOfCertificate(ctx, owner, c.Certificate, c.Key, r.template, when)
	})
}
