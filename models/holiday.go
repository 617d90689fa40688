package models

import (
	"context"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// Holiday is a day on which the offices are closed, by officers' own table.
type Holiday struct {
	Day  time.Time
	Name Text `gorm:"embedded;embeddedPrefix:name_"`
}

// closedDays is the table of holidays around now, for counting.
func (s *Store) closedDays(ctx context.Context) (map[record.Day]bool, error) {
	var days []time.Time
	now := s.db.Now()
	err := s.db.With(ctx).Model(&Holiday{}).
		Where("day BETWEEN ? AND ?", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0)).
		Limit(800).Pluck("day", &days).Error
	closed := make(map[record.Day]bool, len(days))
	for _, d := range days {
		closed[record.DateDay(d)] = true
	}
	return closed, err
}

// deadline gives the end of the n-th working day from now.
func (s *Store) deadline(ctx context.Context, n int) (time.Time, error) {
	closed, err := s.closedDays(ctx)
	return record.DayOf(s.db.Now()).PlusWorking(n, closed).End(), err
}

// HolidaysMissing says whether the year of now has no row in the table of holidays, a
// warning for administrators: deadlines then count every weekday.
func (s *Store) HolidaysMissing(ctx context.Context) (bool, error) {
	var n int64
	year := s.db.Now().In(i18n.WIB).Year()
	err := s.db.With(ctx).Model(&Holiday{}).Where("day BETWEEN make_date(?, 1, 1) AND make_date(?, 12, 31)", year, year).Count(&n).Error
	return n == 0, err
}

// AddHoliday adds a day on which officers do not work, or names it anew.
func (s *Store) AddHoliday(ctx context.Context, officer User, day Holiday) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "add holiday", func(tx *Store) error {
		anew := clause.OnConflict{
			Columns:   []clause.Column{{Name: "day"}},
			DoUpdates: clause.AssignmentColumns([]string{"name_id", "name_en"}),
		}
		err := tx.db.With(ctx).Clauses(anew).Create(&day).Error
		if err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "holiday_added", SubjectKind: "holiday", SubjectID: dayNumber(day.Day)})
	})
}

// RemoveHoliday takes a day out again. A day that is not there is ErrNotFound.
func (s *Store) RemoveHoliday(ctx context.Context, officer User, day time.Time) error {
	if officer.Role != Officer {
		return ErrForbidden
	}
	return s.transact(ctx, "remove holiday", func(tx *Store) error {
		if err := record.Changed(tx.db.With(ctx).Where("day = ?", day).Delete(&Holiday{}), ErrNotFound); err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "holiday_removed", SubjectKind: "holiday", SubjectID: dayNumber(day)})
	})
}

// dayNumber counts days since 1970: a day's name in the audit trail.
func dayNumber(day time.Time) int64 { return day.Unix() / (24 * 60 * 60) }

// Holidays lists the days from the start of this year on, at most two hundred.
func (s *Store) Holidays(ctx context.Context) ([]Holiday, error) {
	var list []Holiday
	first := time.Date(record.DayOf(s.db.Now()).Date().Year(), time.January, 1, 0, 0, 0, 0, time.UTC)
	err := s.db.With(ctx).Where("day >= ?", first).Order("day").Limit(200).Find(&list).Error
	return list, err
}
