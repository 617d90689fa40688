package ocr

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"time"
)

// Hints are what may stand on a certificate: whose it is and its number, empty when none was found, and
// the days named on it, in their order on the page.
type Hints struct {
	Name   string
	Number string
	Days   []time.Time
}

// mostDays is how many days of a page are worth asking about.
const mostDays = 4

var (
	numberLine = regexp.MustCompile(`(?i)\b(?:nomor|nomer|no|number)\b\.?` +
		`(?:\s*(?:sertifikat|registrasi|reg|seri|ijazah|certificate)\b)?[\s.:]*([A-Z0-9][A-Z0-9./-]{3,40})`)
	// A name stands after its label on the same line, or after the words with which a paper names its
	// holder, there or on the next line.
	nameLine = regexp.MustCompile(`(?im)(?:^[ \t]*(?:nama(?:[ \t]+(?:peserta|pemegang|lengkap|siswa))?|name)[ \t]*[:;][ \t]*|` +
		`(?:diberikan[ \t]+kepada|menyatakan[ \t]+bahwa|menerangkan[ \t]+bahwa|` +
		`awarded[ \t]+to|certify[ \t]+that|certifies[ \t]+that)[ \t]*[:;]?\s*)` +
		`(\p{L}[\p{L}'’.,\- \t]{1,98})`)
	longDay = regexp.MustCompile(`(?i)\b(\d{1,2})\s+(januari|februari|maret|april|mei|juni|juli|agustus|` +
		`september|oktober|november|nopember|desember)\s+(\d{4})\b`)
	shortDay = regexp.MustCompile(`\b(\d{1,2})[-/.](\d{1,2})[-/.](\d{4})\b`)
	months   = map[string]time.Month{
		"januari": 1, "februari": 2, "maret": 3, "april": 4, "mei": 5, "juni": 6, "juli": 7, "agustus": 8,
		"september": 9, "oktober": 10, "november": 11, "nopember": 11, "desember": 12,
	}
)

// Find looks for hints in the words of a page. Days are read day first, as Indonesian papers have them.
func Find(text string) Hints {
	var h Hints
	if m := numberLine.FindStringSubmatch(text); m != nil && strings.ContainsAny(m[1], "0123456789") {
		h.Number = strings.Trim(m[1], "./-")
	}
	if m := nameLine.FindStringSubmatch(text); m != nil {
		h.Name = strings.Trim(strings.Join(strings.Fields(m[1]), " "), ".,- ")
	}
	type found struct {
		at  int
		day time.Time
	}
	var days []found
	for _, m := range longDay.FindAllStringSubmatchIndex(text, -1) {
		if day, ok := dayOf(text[m[2]:m[3]], int(months[strings.ToLower(text[m[4]:m[5]])]), text[m[6]:m[7]]); ok {
			days = append(days, found{m[0], day})
		}
	}
	for _, m := range shortDay.FindAllStringSubmatchIndex(text, -1) {
		month, err := strconv.Atoi(text[m[4]:m[5]])
		if day, ok := dayOf(text[m[2]:m[3]], month, text[m[6]:m[7]]); err == nil && ok {
			days = append(days, found{m[0], day})
		}
	}
	slices.SortFunc(days, func(a, b found) int { return a.at - b.at })
	for _, d := range days {
		if len(h.Days) < mostDays && !slices.ContainsFunc(h.Days, d.day.Equal) {
			h.Days = append(h.Days, d.day)
		}
	}
	return h
}

// dayOf makes a day of the calendar between 1950 and 2100.
func dayOf(day string, month int, year string) (time.Time, bool) {
	d, err1 := strconv.Atoi(day)
	y, err2 := strconv.Atoi(year)
	t := time.Date(y, time.Month(month), d, 0, 0, 0, 0, time.UTC)
	return t, err1 == nil && err2 == nil && y >= 1950 && y <= 2100 && t.Day() == d && int(t.Month()) == month
}
