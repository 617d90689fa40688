package migrations_test

import (
	"io/fs"
	"strconv"
	"strings"
	"testing"
	"time"

	"naikkelas/migrations"
)

const (
	// lastBySubject is the last number that was given by subject; later ones are days: yyyymmddNN.
	lastBySubject = 85
	// firstDay is when that began.
	firstDay = "20261129"
)

// number says why a file's number is wrong, or gives it.
func number(name string, now time.Time) (int64, string) {
	text, _, _ := strings.Cut(name, "_")
	n, err := strconv.ParseInt(text, 10, 64)
	if err != nil {
		return 0, "no number before the first _"
	}
	if n <= lastBySubject {
		return n, ""
	}
	if len(text) != len("yyyymmddNN") || text[8:] == "00" {
		return n, "not yyyymmddNN with NN from 01"
	}
	day, err := time.Parse("20060102", text[:8])
	switch {
	case err != nil:
		return n, "no such day"
	case text[:8] < firstDay:
		return n, "a day before numbers were days"
	case day.After(now.AddDate(0, 0, 1)):
		return n, "a day that is to come"
	}
	return n, ""
}

func TestNumbersAreDaysUniqueAndInOrder(t *testing.T) {
	list, err := fs.Glob(migrations.Files(), "*.sql") // in the order of their names, as everybody sees them
	if err != nil || len(list) == 0 {
		t.Fatal(list, err)
	}
	last := int64(0)
	for _, name := range list {
		n, wrong := number(name, time.Now())
		if wrong != "" {
			t.Errorf("%s: %s", name, wrong)
		}
		if n <= last {
			t.Errorf("%s: its number is not above %d, that of the file before it", name, last)
		}
		last = n
	}
}

func TestWrongNumbersAreFound(t *testing.T) {
	now := time.Date(2026, 12, 5, 12, 0, 0, 0, time.UTC)
	for name, want := range map[string]bool{
		"00085_x.sql": true, "2026112901_x.sql": true, "2026120501_x.sql": true, "2026120699_x.sql": true,
		"00086_x.sql": false, "86_x.sql": false, "2026120500_x.sql": false, "20261205_x.sql": false, "202612051_x.sql": false,
		"20261205011_x.sql": false, "2026113101_x.sql": false, "2026130101_x.sql": false, "2026112801_x.sql": false,
		"2026120801_x.sql": false, "x.sql": false, "2062120501_x.sql": false,
	} {
		if _, wrong := number(name, now); (wrong == "") != want {
			t.Errorf("%s: %q", name, wrong)
		}
	}
}
