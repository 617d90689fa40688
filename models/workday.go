package models

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
)

// Holiday is a day on which the offices are closed, by officers' own table.
type Holiday struct {
	Day  time.Time
	Name Text `gorm:"embedded;embeddedPrefix:name_"`
}

// addWorkingDays gives the end (23.59.59 WIB) of the n-th working day after the day of at.
// Working days are Monday to Friday minus closed (days at midnight UTC).
func addWorkingDays(at time.Time, n int, closed map[time.Time]bool) time.Time {
	day := Today(at)
	for n > 0 {
		day = day.AddDate(0, 0, 1)
		if isWorkingDay(day, closed) {
			n--
		}
	}
	return EndOfDay(day)
}

func isWorkingDay(day time.Time, closed map[time.Time]bool) bool {
	return day.Weekday() != time.Saturday && day.Weekday() != time.Sunday && !closed[day]
}

// closedDays is the table of holidays around now, for counting.
func (s *Store) closedDays(ctx context.Context) (map[time.Time]bool, error) {
	var days []time.Time
	now := s.now()
	err := s.db.WithContext(ctx).Model(&Holiday{}).Where("day BETWEEN ? AND ?", now.AddDate(-1, 0, 0), now.AddDate(1, 0, 0)).Limit(800).Pluck("day", &days).Error
	closed := make(map[time.Time]bool, len(days))
	for _, d := range days {
		closed[Today(d.In(i18n.WIB))] = true
	}
	return closed, err
}

// deadline gives the end of the n-th working day from now.
func (s *Store) deadline(ctx context.Context, n int) (time.Time, error) {
	closed, err := s.closedDays(ctx)
	return addWorkingDays(s.now(), n, closed), err
}

// HolidaysMissing says whether the year of now has no row in the table of holidays, a
// warning for administrators: deadlines then count every weekday.
func (s *Store) HolidaysMissing(ctx context.Context) (bool, error) {
	var n int64
	year := s.now().In(i18n.WIB).Year()
	err := s.db.WithContext(ctx).Model(&Holiday{}).Where("day BETWEEN make_date(?, 1, 1) AND make_date(?, 12, 31)", year, year).Count(&n).Error
	return n == 0, err
}
