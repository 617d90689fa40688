package sheet

import (
	"math"
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
	ProblemWords       Problem = "words"        // an amount in words, such as "1,25 juta"
	ProblemTooBig      Problem = "too_big"      // more than 15 digits
	ProblemLostDigits  Problem = "lost_digits"  // typed as a number: the column must be Text
	ProblemDateOrder   Problem = "date_order"   // a date only in the other order of day and month
	ProblemDateUnclear Problem = "date_unclear" // day and month cannot be told apart
	ProblemDateNone    Problem = "date_none"    // no such day in either order, or not in 1900 to 2100
	ProblemDateYear    Problem = "date_year"    // the year needs four digits
)

// Problems lists every Problem, so that a test can demand a sentence for each.
var Problems = []Problem{
	ProblemBlank, ProblemUnreadable, ProblemNegative, ProblemFraction, ProblemWords, ProblemTooBig, ProblemLostDigits,
	ProblemDateOrder, ProblemDateUnclear, ProblemDateNone, ProblemDateYear,
}

// A ValueError is a cell whose value is not taken.
type ValueError struct{ Problem Problem }

// Error names the problem, never the value.
func (e *ValueError) Error() string { return "cell not taken: " + string(e.Problem) }

// bad makes a ValueError.
func bad(p Problem) error { return &ValueError{Problem: p} }

// biggest is the first whole number with more digits than Excel keeps.
const biggest = 1e15

// Integer reads a whole number. Dots, commas or spaces between groups of three
// are taken for thousands.
func Integer(c Cell) (int64, error) {
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

// YesNo reads ya, y, yes, true, 1 and tidak, t, no, n, false, 0. T is Indonesian
// for no, whatever databases mean by it.
func YesNo(c Cell) (bool, error) {
	switch strings.ToLower(c.Value()) {
	case "":
		return false, bad(ProblemBlank)
	case "ya", "y", "yes", "true", "1":
		return true, nil
	case "tidak", "t", "no", "n", "false", "0":
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
	case s == "":
		return "", false, bad(ProblemBlank)
	case hasExponent(s), c.Kind == KindNumber && math.Abs(c.Number) >= biggest, c.Kind == KindDate:
		return "", false, bad(ProblemLostDigits)
	case c.Kind == KindNumber && strings.Trim(s, "0123456789") != "":
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
