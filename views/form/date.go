package form

import (
	"strconv"
	"strings"
	"time"
)

// A Date is a day typed in three fields, its month as a number or by its name. The
// texts stay as typed, so that a form with an error shows them again.
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
	month, okMonth := monthOf(d.Month)
	year, okYear := digits(d.Year)
	if !okDay || !okMonth || !okYear || year < firstYear || year > lastYear {
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
	for _, text := range []string{d.Day, d.Year} {
		if _, ok := digits(text); !ok {
			return "form.date.digits"
		}
	}
	if _, ok := monthOf(d.Month); !ok {
		return "form.date.month"
	}
	if len(strings.TrimSpace(d.Year)) != 4 {
		return "form.date.year"
	}
	if year, _ := digits(d.Year); year < firstYear || year > lastYear {
		return "form.date.century"
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

// The years that any date of the portal can have.
const (
	firstYear = 1900
	lastYear  = 2100
)

// oldest is how old, in years, somebody can be whose date of birth is asked for.
const oldest = 110

// CheckBirth looks at a date of birth, which may be empty: nobody is born after today, nor so long ago that
// nobody lives who was.
func (d Date) CheckBirth(today time.Time) string {
	if problem := d.Check(); problem != "" || d.Empty() {
		return problem
	}
	switch t, _ := d.Time(); {
	case t.After(today):
		return "form.birth.future"
	case t.Before(today.AddDate(-oldest, 0, 0)):
		return "form.birth.old"
	}
	return ""
}

// months are the names of months as people write them, in both languages.
var months = [...][]string{
	{"januari", "january"}, {"februari", "february", "pebruari"}, {"maret", "march"}, {"april"}, {"mei", "may"}, {"juni", "june"},
	{"juli", "july"}, {"agustus", "august", "agst", "ags"}, {"september", "sept"}, {"oktober", "october"},
	{"november", "nopember", "nov"}, {"desember", "december"},
}

// shortName is how many letters of a month's name are enough.
const shortName = 3

// monthOf reads a month as a number or by its name, whole or cut short.
func monthOf(text string) (n int, ok bool) {
	if n, ok := digits(text); ok {
		return n, true
	}
	name := strings.ToLower(strings.TrimSuffix(strings.TrimSpace(text), "."))
	if len(name) < shortName {
		return 0, false
	}
	for i, names := range months {
		for _, whole := range names {
			if strings.HasPrefix(whole, name) {
				return i + 1, true
			}
		}
	}
	return 0, false
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
