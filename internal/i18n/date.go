package i18n

import (
	"context"
	"fmt"
	"time"
	_ "time/tzdata" // the server may have no time zone files
)

// WIB is Western Indonesian Time, the clock of Jakarta. Every instant is shown in
// it; the server and the database keep UTC.
var WIB = mustLocation("Asia/Jakarta")

func mustLocation(name string) *time.Location {
	loc, err := time.LoadLocation(name)
	if err != nil {
		panic(err) // the zone is compiled in, so this cannot depend on the machine
	}
	return loc
}

// Names of months (index 1 to 12) and days (index 0 is Sunday) by language.
var (
	months = map[Lang][13]string{
		ID: {"", "Januari", "Februari", "Maret", "April", "Mei", "Juni", "Juli", "Agustus", "September", "Oktober", "November", "Desember"},
		EN: {"", "January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"},
	}
	shortMonths = map[Lang][13]string{
		ID: {"", "Jan", "Feb", "Mar", "Apr", "Mei", "Jun", "Jul", "Agu", "Sep", "Okt", "Nov", "Des"},
		EN: {"", "Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"},
	}
	weekdays = map[Lang][7]string{
		ID: {"Minggu", "Senin", "Selasa", "Rabu", "Kamis", "Jumat", "Sabtu"},
		EN: {"Sunday", "Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday"},
	}
)

// Weekday is what a day of the week is called.
func Weekday(ctx context.Context, day time.Weekday) string { return weekdays[Of(ctx)][day] }

// Date writes the day of t in WIB: "27 November 2026".
func Date(ctx context.Context, t time.Time) string {
	t = t.In(WIB)
	return fmt.Sprintf("%d %s %d", t.Day(), months[Of(ctx)][t.Month()], t.Year())
}

// DateLong writes the day of t in WIB with its name: "Jumat, 27 November 2026".
func DateLong(ctx context.Context, t time.Time) string {
	return weekdays[Of(ctx)][t.In(WIB).Weekday()] + ", " + Date(ctx, t)
}

// DateShort writes the day of t in WIB without the year: "27 Nov".
func DateShort(ctx context.Context, t time.Time) string {
	t = t.In(WIB)
	return fmt.Sprintf("%d %s", t.Day(), shortMonths[Of(ctx)][t.Month()])
}

// DayShort writes the day of t in WIB with its name, without the year: "Jumat, 27 Nov".
func DayShort(ctx context.Context, t time.Time) string {
	return weekdays[Of(ctx)][t.In(WIB).Weekday()] + ", " + DateShort(ctx, t)
}

// Month writes the month of t in WIB: "April 2025".
func Month(ctx context.Context, t time.Time) string {
	t = t.In(WIB)
	return fmt.Sprintf("%s %d", months[Of(ctx)][t.Month()], t.Year())
}

// IsNear says whether t is yesterday, today or tomorrow as seen at now, so that Near names
// the day in a word.
func IsNear(now, t time.Time) bool {
	d := daysBetween(now, t)
	return d >= -1 && d <= 1
}

// Clock writes the time of day of t in WIB, without naming the zone: "14.02",
// in English "14:02".
func Clock(ctx context.Context, t time.Time) string {
	if Of(ctx) == EN {
		return t.In(WIB).Format("15:04")
	}
	return t.In(WIB).Format("15.04")
}

// Instant writes t in full: "Jumat, 27 November 2026 pukul 23.59 WIB", in English
// "Friday, 27 November 2026 at 23:59 WIB".
func Instant(ctx context.Context, t time.Time) string {
	return T(ctx, "date.instant", "Date", DateLong(ctx, t), "Clock", Clock(ctx, t))
}

// Near writes t as seen at now: "hari ini, 14.02 WIB", "besok, 08.00 WIB",
// "kemarin, 08.00 WIB", and the date on any other day. Days change at midnight
// WIB, so 08.00 tomorrow is "besok" even when it is ten hours away.
func Near(ctx context.Context, now, t time.Time) string {
	clock := Clock(ctx, t)
	switch daysBetween(now, t) {
	case -1:
		return T(ctx, "date.near.yesterday", "Clock", clock)
	case 0:
		return T(ctx, "date.near.today", "Clock", clock)
	case 1:
		return T(ctx, "date.near.tomorrow", "Clock", clock)
	}
	return Date(ctx, t)
}

// daysBetween counts the midnights WIB from a to b, negative when b is earlier.
func daysBetween(a, b time.Time) int {
	return int(dayOf(b).Sub(dayOf(a)) / (24 * time.Hour))
}

// dayOf returns the day of t in WIB as a UTC midnight, so that days can be subtracted.
func dayOf(t time.Time) time.Time {
	y, m, d := t.In(WIB).Date()
	return time.Date(y, m, d, 0, 0, 0, 0, time.UTC)
}
