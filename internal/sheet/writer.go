package sheet

import (
	"strings"
	"time"
	"unicode/utf8"
)

// Style says what a column holds and so how the spreadsheet shows it.
type Style int

// The styles of columns. StyleText is right for NIK, phone and code columns too:
// digits written there stay text, also those that a person types into a template.
const (
	StyleText Style = iota
	StyleCount
	StyleMoney
	StyleDate
)

// A Field is one column to be written.
type Field struct {
	Name  string
	Style Style
	Width float64 // in characters, XLSX only; 0 takes one that suits the name and style
}

// A Writer writes a spreadsheet whose header is already in place.
type Writer interface {
	// Write adds one row; missing cells at its end stay empty.
	Write(cells []Cell) error
	// Close completes the file. It does not close the io.Writer behind it.
	Close() error
}

// starters are what makes a spreadsheet program take a text for a formula.
const starters = "=+-@\t\r\n＝＋－＠"

// guardText puts an apostrophe before a text that a program opening the CSV would
// run as a formula. A text that has apostrophes before such a sign gets one
// more, so that taking one away always gives the text back.
func guardText(s string) string {
	if startsFormula(s) {
		return "'" + s
	}
	return s
}

// unguard takes away the one apostrophe that guardText put there.
func unguard(s string) string {
	if strings.HasPrefix(s, "'") && startsFormula(s) {
		return s[1:]
	}
	return s
}

// startsFormula looks at the first sign behind any apostrophes.
func startsFormula(s string) bool {
	s = strings.TrimLeft(s, "'")
	r, n := utf8.DecodeRuneInString(s)
	return n > 0 && strings.ContainsRune(starters, r)
}

// printable replaces what no spreadsheet can hold (control characters and
// broken UTF-8) by the replacement character, which shows that something was lost.
func printable(s string) string {
	return strings.Map(func(r rune) rune {
		if r < 0x20 && r != '\t' && r != '\n' && r != '\r' || r == 0xfffe || r == 0xffff {
			return utf8.RuneError
		}
		return r
	}, strings.ToValidUTF8(s, string(utf8.RuneError)))
}

// firstDay is the first day whose serial all programs agree on; Excel takes 1900
// for a leap year.
var firstDay = time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC)
