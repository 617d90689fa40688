package form

import (
	"testing"
	"time"
)

// Months are written by number or name, in both languages; days with a zero too many are the day that was meant, and
// what is no month says so.
func TestF054MonthsByNumberOrName(t *testing.T) {
	for text, want := range map[string]time.Month{
		"3": time.March, "03": time.March, "003": time.March, "Maret": time.March, "mar": time.March, "MARCH": time.March,
		"Agustus": time.August, "agu": time.August, "Ags.": time.August, "aug": time.August, "Mei": time.May, "may": time.May,
		"Nopember": time.November, "okt": time.October, "Oct": time.October, "des": time.December, "Pebruari": time.February,
		" juni ": time.June, "jul": time.July, "sept": time.September,
	} {
		got, ok := Date{"2", text, "1989"}.Time()
		if !ok || got.Month() != want || got.Day() != 2 {
			t.Errorf("%q is read as %v, %v", text, got, ok)
		}
	}
	for _, text := range []string{"ma", "j", "marett", "Muharam", "bulan 3", "Mar 3"} {
		if got := (Date{"2", text, "1989"}).Check(); got != "form.date.month" {
			t.Errorf("%q: %q", text, got)
		}
	}
	if got, ok := (Date{"012", "1", "1989"}).Time(); !ok || got.Day() != 12 {
		t.Errorf("012 is read as %v, %v", got, ok)
	}
}

// A year that no date can have says so; a date of birth lies neither after today nor before everybody alive.
func TestF053DatesOfBirthHaveBounds(t *testing.T) {
	today := time.Date(2026, 11, 29, 0, 0, 0, 0, time.UTC)
	for d, want := range map[Date]string{
		{"15", "8", "1890"}: "form.date.century", {"1", "1", "2102"}: "form.date.century", {"15", "8", "1903"}: "form.birth.old",
		{"29", "11", "2026"}: "", {"30", "11", "2026"}: "form.birth.future", {"1", "Mei", "2089"}: "form.birth.future",
		{"29", "11", "1916"}: "", {"28", "11", "1916"}: "form.birth.old", {}: "", {"1", "", "1990"}: "form.date.incomplete",
	} {
		if got := d.CheckBirth(today); got != want {
			t.Errorf("%v: %q, want %q", d, got, want)
		}
	}
}
