package models

import (
	"context"
	"errors"
	"fmt"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
)

// licenceDays are how many days before a permit ends its owners are told, the nearest first.
var licenceDays = []int{7, 30, 90}

// RemindLicences tells the owners of institutions whose licence, accreditation or SO permit ends soon: 90, 30 and 7 days before,
// once each, some institutions in each step. A permit that came in late gets only the nearest reminder.
func (s *Store) RemindLicences(ctx context.Context) (more bool, err error) {
	today := record.DayOf(s.db.Now()).Date()
	last := today.AddDate(0, 0, licenceDays[len(licenceDays)-1])
	found := s.db.With(ctx).Model(&Institution{}).Where(`state IN ('verified', 'suspended')
		AND (license_expires_on BETWEEN @today AND @last OR accreditation_expires_on BETWEEN @today AND @last
			OR so_permit_expires_on BETWEEN @today AND @last)`, map[string]any{"today": today, "last": last})
	return s.act(ctx, "remind_licences", found, func(id int64) error { return s.remindLicence(ctx, id, today) })
}

// remindLicence tells the owners of one institution of what ends there. The letters' keys make sure that each is told once.
func (s *Store) remindLicence(ctx context.Context, id int64, today time.Time) error {
	return s.transact(ctx, fmt.Sprintf("remind of permits of institution %d", id), func(tx *Store) error {
		var i Institution
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "KEY SHARE"}).
			Take(&i, "id = ? AND state IN ('verified', 'suspended')", id).Error
		if errors.Is(err, ErrNotFound) {
			return nil
		}
		if err != nil {
			return err
		}
		owners, err := tx.letterTo(ctx, i.ID, Owner)
		if err != nil {
			return err
		}
		for _, p := range []struct {
			kind string
			ends *time.Time
		}{{PaperLicence, i.LicenseExpiresOn}, {PaperAccreditation, i.AccreditationExpiresOn}, {PaperSOPermit, i.SOPermitExpiresOn}} {
			days := nearestOf(p.ends, today)
			for _, u := range owners {
				if days == 0 {
					break
				}
				if err := tx.tellOfPermit(ctx, u, i, p.kind, *p.ends, days); err != nil {
					return err
				}
			}
		}
		return nil
	})
}

// nearestOf is which of the reminders is due on a day for a permit that ends; none for one without an end, one that is over, and
// one that ends later.
func nearestOf(ends *time.Time, today time.Time) int {
	if ends == nil || ends.Before(today) {
		return 0
	}
	for _, days := range licenceDays {
		if !ends.After(today.AddDate(0, 0, days)) {
			return days
		}
	}
	return 0
}

//i18n:family join.paper.kind.*
func (s *Store) tellOfPermit(ctx context.Context, u User, i Institution, kind string, ends time.Time, days int) error {
	speak := i18n.With(ctx, i18n.Lang(u.Language))
	key := fmt.Sprintf("licence_ending:%d:%s:%s:%d:%d", i.ID, kind, ends.Format(time.DateOnly), days, u.ID)
	return s.db.Tell(ctx, u, key, "licence_ending", map[string]string{
		"Institution": i.Name, "Certificate": i18n.T(speak, "join.paper.kind."+kind), "When": i18n.Date(speak, ends),
		"Path": urls.ManageLicence(),
	})
}
