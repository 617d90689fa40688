package form

import (
	"strconv"
	"strings"
	"time"
)

// A Date is a day typed in three fields. The texts stay as typed, so that a form
// with an error shows them again.
type Date struct {
	Day   string `form:"day"`
	Month string `form:"month"`
	Year  string `form:"year"`
}

// DateOf returns the fields that show a known day; the zero time leaves them empty.
func DateOf(t time.Time) Date {
	if t.IsZero() {
		return Date{}
	}
	return Date{
		Day:   strconv.Itoa(t.Day()),
		Month: strconv.Itoa(int(t.Month())),
		Year:  strconv.Itoa(t.Year()),
	}
}

// Empty says whether none of the three fields has text.
func (d Date) Empty() bool {
	return strings.TrimSpace(d.Day+d.Month+d.Year) == ""
}

// Time returns the day as a midnight in UTC, the form in which the database gives
// its dates; ok is false unless the three fields make a day of the calendar between
// the years 1900 and 2100.
func (d Date) Time() (t time.Time, ok bool) {
	day, okDay := digits(d.Day)
	month, okMonth := digits(d.Month)
	year, okYear := digits(d.Year)
	if !okDay || !okMonth || !okYear || year < 1900 || year > 2100 {
		return time.Time{}, false
	}
	t = time.Date(year, time.Month(month), day, 0, 0, 0, 0, time.UTC)
	// time.Date moves 31 February into March, so a day that moved does not exist.
	if t.Day() != day || int(t.Month()) != month {
		return time.Time{}, false
	}
	return t, true
}

// Check answers with a key when the fields are filled but make no day of the
// calendar. An empty date passes: use CheckRequired where it must be given.
func (d Date) Check() string {
	if d.Empty() {
		return ""
	}
	for _, text := range []string{d.Day, d.Month, d.Year} {
		if strings.TrimSpace(text) == "" {
			return "form.date.incomplete"
		}
	}
	for _, text := range []string{d.Day, d.Month, d.Year} {
		if _, ok := digits(text); !ok {
			return "form.date.digits"
		}
	}
	if len(strings.TrimSpace(d.Year)) != 4 {
		return "form.date.year"
	}
	if _, ok := d.Time(); !ok {
		return "form.date.unknown"
	}
	return ""
}

// CheckRequired answers with a key when the date is empty or makes no day of the
// calendar.
func (d Date) CheckRequired() string {
	if d.Empty() {
		return "form.date.empty"
	}
	return d.Check()
}

// digits reads a text of one to four digits.
func digits(text string) (n int, ok bool) {
	text = strings.TrimSpace(text)
	if text == "" || len(text) > 4 || strings.Trim(text, "0123456789") != "" {
		return 0, false
	}
	n, err := strconv.Atoi(text)
	return n, err == nil
}
