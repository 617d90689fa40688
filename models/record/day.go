package record

import (
	"time"

	"naikkelas/internal/i18n"
)

// Day is a calendar day in Jakarta.
type Day struct{ date time.Time } // midnight UTC

// DayOf is the day in Jakarta at an instant.
func DayOf(at time.Time) Day { return DateDay(at.In(i18n.WIB)) }

// DateDay is the day that a date column, or the year, month and day of a time, names.
func DateDay(date time.Time) Day {
	y, m, d := date.Date()
	return Day{time.Date(y, m, d, 0, 0, 0, 0, time.UTC)}
}

// Date is the day at midnight UTC, the form in which the database gives and takes dates.
func (d Day) Date() time.Time { return d.date }

// Start is the first instant of the day in Jakarta.
func (d Day) Start() time.Time {
	y, m, n := d.date.Date()
	return time.Date(y, m, n, 0, 0, 0, 0, i18n.WIB)
}

// End is the last second of the day in Jakarta: a deadline closes at 23.59.59 WIB.
func (d Day) End() time.Time {
	y, m, n := d.date.Date()
	return time.Date(y, m, n, 23, 59, 59, 0, i18n.WIB)
}

// Plus is the day so many days later.
func (d Day) Plus(days int) Day { return Day{d.date.AddDate(0, 0, days)} }

// PlusMonths keeps within the month: 31 August and six months are 28 or 29 February.
func (d Day) PlusMonths(months int) Day {
	first := time.Date(d.date.Year(), d.date.Month()+time.Month(months), 1, 0, 0, 0, 0, time.UTC)
	last := first.AddDate(0, 1, -1).Day()
	return Day{first.AddDate(0, 0, min(d.date.Day(), last)-1)}
}

// PlusWorking is the n-th working day after this one.
func (d Day) PlusWorking(n int, closed map[Day]bool) Day {
	for n > 0 {
		d = d.Plus(1)
		if d.IsWorking(closed) {
			n--
		}
	}
	return d
}

// IsWorking says whether offices are open: Monday to Friday, unless the day is closed.
func (d Day) IsWorking(closed map[Day]bool) bool {
	return d.date.Weekday() != time.Saturday && d.date.Weekday() != time.Sunday && !closed[d]
}

// After says whether the day comes after another.
func (d Day) After(other Day) bool { return d.date.After(other.date) }
