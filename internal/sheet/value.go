package sheet

import (
	"math"
	"slices"
	"strconv"
	"strings"
)

// Problem says why a cell's value is not taken. Its value is the last part of a
// message key.
type Problem string

// Every problem that the value parsers may name.
const (
	ProblemBlank       Problem = "blank"        // nothing there
	ProblemUnreadable  Problem = "unreadable"   // not a value of this sort
	ProblemNegative    Problem = "negative"     // money below zero
	ProblemFraction    Problem = "fraction"     // not whole: cents, or 1,5 where a count is wanted
	ProblemWords       Problem = "words"        // an amount in words that can be read two ways, or not at all
	ProblemRange       Problem = "range"        // from and to, where one amount is wanted
	ProblemUnit        Problem = "unit"         // a number of something else than what is wanted
	ProblemFormula     Problem = "formula"      // a formula whose result is not in the file
	ProblemTooBig      Problem = "too_big"      // more than 15 digits
	ProblemLostDigits  Problem = "lost_digits"  // typed as a number: the column must be Text
	ProblemDateOrder   Problem = "date_order"   // a date only in the other order of day and month
	ProblemDateUnclear Problem = "date_unclear" // day and month cannot be told apart
	ProblemDateNone    Problem = "date_none"    // no such day in either order, or not in 1900 to 2100
	ProblemDateDay     Problem = "date_day"     // a month or a year without the day
)

// Problems lists every Problem, so that a test can demand a sentence for each.
var Problems = []Problem{
	ProblemBlank, ProblemUnreadable, ProblemNegative, ProblemFraction, ProblemWords, ProblemRange, ProblemUnit, ProblemFormula,
	ProblemTooBig, ProblemLostDigits, ProblemDateOrder, ProblemDateUnclear, ProblemDateNone, ProblemDateDay,
}

// A ValueError is a cell whose value is not taken.
type ValueError struct{ Problem Problem }

// Error names the problem, never the value.
func (e *ValueError) Error() string { return "cell not taken: " + string(e.Problem) }

// bad makes a ValueError.
func bad(p Problem) error { return &ValueError{Problem: p} }

// biggest is the first whole number with more digits than Excel keeps.
const biggest = 1e15

// Integer reads a whole number, with one of the units behind or before it or none. Dots, commas or spaces between
// groups of three are taken for thousands.
func Integer(c Cell, units ...string) (int64, error) {
	if c.Broken() {
		return 0, bad(ProblemFormula)
	}
	if c.Kind == KindNumber {
		return wholeNumber(c)
	}
	s := c.Value()
	if s == "" {
		return 0, bad(ProblemBlank)
	}
	if c.Kind != KindText {
		return 0, bad(ProblemUnreadable)
	}
	if s, ok := withoutUnit(s, units); !ok {
		return 0, bad(ProblemUnit)
	} else if s != "" {
		return signed(s)
	}
	return 0, bad(ProblemUnreadable)
}

// withoutUnit drops the words around a number. ok is false when a number stands beside other words than the units.
func withoutUnit(s string, units []string) (number string, ok bool) {
	lower := strings.ToLower(s)
	from, to := strings.IndexAny(lower, "0123456789"), strings.LastIndexAny(lower, "0123456789")
	if from < 0 {
		return s, true
	}
	before, behind := strings.Trim(lower[:from], " .:-"), strings.Trim(lower[to+1:], " .")
	if before == "" && behind == "" {
		return strings.TrimRight(s, " ."), true
	}
	if strings.Trim(lower[from:to+1], "0123456789.,' ") != "" || strings.Trim(before+behind, "abcdefghijklmnopqrstuvwxyz ") != "" {
		return s, true // more than one number, or signs: unreadable as it stands
	}
	for _, word := range []string{before, behind} {
		if word != "" && !slices.Contains(units, word) {
			return s, false
		}
	}
	return lower[from : to+1], true
}

// signed reads a number with its sign.
func signed(s string) (int64, error) {
	sign := int64(1)
	switch {
	case strings.HasPrefix(s, "-"):
		sign, s = -1, s[1:]
	case strings.HasPrefix(s, "+"):
		s = s[1:]
	}
	n, err := amount(s)
	return sign * n, err
}

// wholeNumber takes a number cell without fraction.
func wholeNumber(c Cell) (int64, error) {
	switch {
	case c.Number != math.Trunc(c.Number):
		return 0, bad(ProblemFraction)
	case math.Abs(c.Number) >= biggest:
		return 0, bad(ProblemTooBig)
	}
	return int64(c.Number), nil
}

// YesNo reads ya, y, yes, true, 1 and tidak, t, no, n, false, 0, with their everyday forms and ticks. T is Indonesian
// for no, whatever databases mean by it; x is a tick to some and a no to others, and so neither.
func YesNo(c Cell) (bool, error) {
	if c.Broken() {
		return false, bad(ProblemFormula)
	}
	switch strings.ToLower(strings.TrimRight(c.Value(), ".!")) {
	case "":
		return false, bad(ProblemBlank)
	case "ya", "y", "iya", "iy", "yes", "true", "1", "v", "ada", "wajib", "betul", "benar", "✓", "✔", "√", "☑":
		return true, nil
	case "tidak", "t", "tdk", "tak", "tidak ada", "no", "n", "nggak", "enggak", "ga", "gak", "bukan", "false", "0", "☐":
		return false, nil
	}
	return false, bad(ProblemUnreadable)
}

// List cuts a cell at commas, semicolons and line ends: "Las, Otomotif" are two.
// Blank parts are left out.
func List(c Cell) []string {
	var parts []string
	for _, s := range strings.FieldsFunc(c.Value(), func(r rune) bool { return r == ',' || r == ';' || r == '\n' }) {
		if s := TextCell(s).Value(); s != "" {
			parts = append(parts, s)
		}
	}
	return parts
}

// Phone gives a phone number as text. rescued says that a zero lost by a number
// column was put back (812... becomes 0812...), or its plus (62812... becomes
// +62812...), which the person should confirm.
// It does not judge the number otherwise.
func Phone(c Cell) (text string, rescued bool, err error) {
	s := strings.TrimLeft(c.Value(), "'’`")
	switch {
	case c.Broken():
		return "", false, bad(ProblemFormula)
	case s == "":
		return "", false, bad(ProblemBlank)
	case hasExponent(s), c.Kind == KindNumber && math.Abs(c.Number) >= biggest, c.Kind == KindDate:
		return "", false, bad(ProblemLostDigits)
	case c.Kind == KindNumber && (c.Number != math.Trunc(c.Number) || c.Number < 0):
		return "", false, bad(ProblemUnreadable)
	}
	if strings.Trim(s, "0123456789") != "" {
		return s, false, nil
	}
	switch number := c.Kind == KindNumber; {
	case number && strings.HasPrefix(s, "62") && len(s) >= 10:
		return "+" + s, true, nil
	case strings.HasPrefix(s, "8") && len(s) >= 9 && len(s) <= 12,
		number && len(s) >= 8 && len(s) <= 12:
		return "0" + s, true, nil
	}
	return s, false, nil
}

// hasExponent recognises what a spreadsheet makes of a long number: 3,17E+15.
func hasExponent(s string) bool {
	mantissa, exponent, found := strings.Cut(strings.ToUpper(s), "E")
	if !found || strings.Trim(mantissa, "0123456789.,-") != "" || mantissa == "" {
		return false
	}
	_, err := strconv.Atoi(exponent)
	return err == nil
}
