package sheet

import (
	"strconv"
	"strings"
	"time"
	"unicode"
)

// Order is which of two numbers before the year is the day.
type Order int

// DayFirst is how Indonesia writes; Unsure takes neither for granted.
const (
	DayFirst Order = iota
	MonthFirst
	Unsure
)

// monthNames are Indonesian and English names with the abbreviations in use.
var monthNames = map[string]time.Month{
	"januari": 1, "january": 1, "jan": 1,
	"februari": 2, "february": 2, "pebruari": 2, "feb": 2, "peb": 2,
	"maret": 3, "march": 3, "mar": 3, "mrt": 3,
	"april": 4, "apr": 4,
	"mei": 5, "may": 5,
	"juni": 6, "june": 6, "jun": 6,
	"juli": 7, "july": 7, "jul": 7,
	"agustus": 8, "august": 8, "agu": 8, "agt": 8, "ags": 8, "agst": 8, "aug": 8,
	"september": 9, "sept": 9, "sep": 9,
	"oktober": 10, "october": 10, "okt": 10, "oct": 10,
	"november": 11, "nopember": 11, "nov": 11, "nop": 11,
	"desember": 12, "december": 12, "des": 12, "dec": 12,
}

// dayNames may stand before a date.
var dayNames = map[string]bool{
	"senin": true, "selasa": true, "rabu": true, "kamis": true, "jumat": true, "sabtu": true, "minggu": true, "ahad": true,
	"monday": true, "tuesday": true, "wednesday": true, "thursday": true, "friday": true, "saturday": true, "sunday": true,
}

// Date reads a day, as midnight UTC: a date cell, an unstyled serial, also as text, "12 Januari 2026", "12-Jan-26",
// "January 12, 2026", "2026-01-12" or "12/01/2026" in the column's order (see DateEvidence). Years of two digits are of
// this century. A clock behind the date is left out. Days and months are never swapped to make a date possible.
func Date(c Cell, o Order) (time.Time, error) {
	s := c.Value()
	switch {
	case c.Broken():
		return time.Time{}, bad(ProblemFormula)
	case s == "":
		return time.Time{}, bad(ProblemBlank)
	case c.Kind == KindDate:
		return dateOfCell(c.Time, c.Number)
	case c.Kind == KindNumber:
		return unstyled(c)
	case c.Kind != KindText:
		return time.Time{}, bad(ProblemUnreadable)
	}
	if n := digits(s); len(s) == 5 && n >= 10_000 && n < 80_000 {
		return unstyled(Cell{Kind: KindNumber, Number: float64(n), base1904: c.base1904})
	}
	w := writtenDate(s)
	if w.problem != "" {
		return time.Time{}, bad(w.problem)
	}
	if w.month != 0 {
		return day(w.year, w.month, w.first)
	}
	usual, usualErr := day(w.year, time.Month(w.second), w.first)
	other, otherErr := day(w.year, time.Month(w.first), w.second)
	if o == MonthFirst {
		usual, usualErr, other, otherErr = other, otherErr, usual, usualErr
	}
	switch {
	case usualErr != nil && otherErr != nil:
		return time.Time{}, bad(ProblemDateNone)
	case o == Unsure && usualErr == nil && otherErr == nil && !usual.Equal(other):
		return time.Time{}, bad(ProblemDateUnclear)
	case o == Unsure && usualErr != nil:
		return other, nil
	case usualErr != nil:
		return time.Time{}, bad(ProblemDateOrder)
	}
	return usual, nil
}

// dateOfCell takes the day of a date cell; a clock without a day is no date.
func dateOfCell(t time.Time, serial float64) (time.Time, error) {
	if serial < 1 && t.Year() < 1905 {
		return time.Time{}, bad(ProblemUnreadable)
	}
	return day(t.Year(), t.Month(), t.Day())
}

// unstyled takes a bare number for a serial where it can hardly be anything
// else: 10,000 is in 1927, 80,000 in 2119.
func unstyled(c Cell) (time.Time, error) {
	t, ok := dateOf(c.Number, c.base1904)
	if !ok || c.Number < 10_000 || c.Number >= 80_000 {
		return time.Time{}, bad(ProblemUnreadable)
	}
	return day(t.Year(), t.Month(), t.Day())
}

// day makes a date of a day that the calendar has, in 1900 to 2100.
func day(year int, month time.Month, d int) (time.Time, error) {
	t := time.Date(year, month, d, 0, 0, 0, 0, time.UTC)
	if year < 1900 || year > 2100 || t.Month() != month || t.Day() != d {
		return time.Time{}, bad(ProblemDateNone)
	}
	return t, nil
}

// written is a date as it stands in a text. With a month, first is the day;
// without, first and second are day and month in an order still to be decided.
type written struct {
	first, second int
	month         time.Month
	year          int
	problem       Problem
}

// dateLength is more bytes than any date with weekday and clock has.
const dateLength = 64

// writtenDate takes a text apart.
func writtenDate(s string) written {
	if len(s) > dateLength {
		return written{problem: ProblemUnreadable}
	}
	parts, ok := dateParts(s)
	if !ok || len(parts) < 3 || !onlyClock(parts[3:]) {
		return written{problem: whyNoDate(parts)}
	}
	a, b, c := parts[0], parts[1], parts[2]
	n1, n2, n3 := digits(a), digits(b), digits(c)
	m1, m2 := monthNames[a], monthNames[b]
	switch {
	case len(a) == 4 && n1 >= 0 && n2 >= 0 && n3 >= 0 && len(b) <= 2 && len(c) <= 2:
		return fullYear(written{first: n3, month: month(n2), year: n1}, a)
	case len(a) == 4 && n1 >= 0 && m2 != 0 && n3 >= 0:
		return fullYear(written{first: n3, month: m2, year: n1}, a)
	case n1 >= 0 && m2 != 0 && n3 >= 0 && len(a) <= 2:
		return fullYear(written{first: n1, month: m2, year: n3}, c)
	case m1 != 0 && n2 >= 0 && n3 >= 0 && len(b) <= 2:
		return fullYear(written{first: n2, month: m1, year: n3}, c)
	case n1 >= 0 && n2 >= 0 && n3 >= 0 && len(a) <= 2 && len(b) <= 2:
		return fullYear(written{first: n1, second: n2, year: n3}, c)
	}
	return written{problem: whyNoDate(parts)}
}

// whyNoDate tells a month or year without its day from what has nothing to do with dates.
func whyNoDate(parts []string) Problem {
	year := false
	for _, p := range parts {
		if monthNames[p] != 0 {
			return ProblemDateDay
		}
		year = year || len(p) == 4 && digits(p) >= 1900 && digits(p) <= 2100
	}
	if year && len(parts) < 3 {
		return ProblemDateDay
	}
	return ProblemUnreadable
}

// month keeps an impossible month apart from "no month given".
func month(n int) time.Month {
	if n == 0 {
		return 13
	}
	return time.Month(n)
}

// fullYear takes a year of two digits for one of this century, and refuses other lengths than two and four.
func fullYear(w written, year string) written {
	switch len(year) {
	case 4:
		return w
	case 2:
		w.year += 2000
		return w
	}
	return written{problem: ProblemUnreadable}
}

// digits is the number that s writes, or -1.
func digits(s string) int {
	if strings.Trim(s, "0123456789") != "" || s == "" || len(s) > 5 {
		return -1
	}
	n, err := strconv.Atoi(s)
	if err != nil {
		return -1
	}
	return n
}

// dateParts cuts a text into runs of letters and runs of digits, without the
// name of the weekday. It refuses other signs than those found in dates.
func dateParts(s string) ([]string, bool) {
	s = strings.ReplaceAll(strings.ToLower(s), "jum'at", "jumat")
	if strings.Trim(s, "abcdefghijklmnopqrstuvwxyz0123456789 /-.,:") != "" || s == "" {
		return nil, false
	}
	if s[0] == '-' || s[0] == '.' {
		return nil, false
	}
	var parts []string
	kind := 0
	for _, r := range s {
		now := 0
		switch {
		case unicode.IsLetter(r):
			now = 1
		case unicode.IsDigit(r):
			now = 2
		}
		if now != 0 && now != kind {
			parts = append(parts, "")
		}
		if now != 0 {
			parts[len(parts)-1] += string(r)
		}
		kind = now
	}
	if len(parts) > 0 && dayNames[parts[0]] {
		parts = parts[1:]
	}
	return parts, true
}

// onlyClock says whether what follows a date is nothing, or hours, minutes and
// so on with the letters that go with them.
func onlyClock(parts []string) bool {
	numbers := 0
	for _, p := range parts {
		switch p {
		case "t", "z", "am", "pm", "wib", "pukul", "jam":
			continue
		}
		if strings.Trim(p, "0123456789") != "" {
			return false
		}
		numbers++
	}
	return len(parts) == 0 || numbers >= 2 && numbers <= 6
}
