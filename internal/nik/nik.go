// Package nik reads the two sixteen-digit numbers on Indonesian identity papers: the
// NIK of a person and the number of a family card (KK). Hard rules refuse; soft
// checks only warn, because a NIK keeps its mistakes for life.
package nik

import (
	"errors"
	"strconv"
	"time"
)

// What Parse and ParseKK refuse. Each is returned as it is, so that a caller can map
// it to a sentence; none holds the number.
var (
	// ErrLength means: not sixteen digits, or something else than digits.
	ErrLength = errors.New("nik: not sixteen digits")
	// ErrPlaceholder means: zeros only, or one digit sixteen times.
	ErrPlaceholder = errors.New("nik: placeholder instead of a number")
	// ErrDay means: digits 7 and 8 are neither 01-31 nor 41-71.
	ErrDay = errors.New("nik: no such day")
	// ErrMonth means: digits 9 and 10 are not 01-12.
	ErrMonth = errors.New("nik: no such month")
	// ErrSerial means: the last four digits are 0000.
	ErrSerial = errors.New("nik: no serial number")
)

// womenFrom is added to the day of birth in the NIK of a woman.
const womenFrom = 40

// Sex is the sex as printed on the identity card.
type Sex string

// The sexes of the identity card; the empty value stands for not known.
const (
	Male   Sex = "L"
	Female Sex = "P"
)

// NIK is a person's identity number. It prints masked; Plain gives the digits. Two
// are equal when their digits are, and the zero value is no number.
type NIK struct{ number }

// Parse reads a NIK as people type it, with spaces, dots or dashes. Day, month and
// serial must be possible, since Dukcapil never issues another form; everything else
// that can look wrong is left to Warnings.
func Parse(s string) (NIK, error) {
	n, err := read(s)
	if err != nil {
		return NIK{}, err
	}
	digits := n.Plain()
	day, month := pair(digits, 6), pair(digits, 8)
	if !between(day, 1, 31) && !between(day, womenFrom+1, womenFrom+31) {
		return NIK{}, ErrDay
	}
	if !between(month, 1, 12) {
		return NIK{}, ErrMonth
	}
	if digits[12:] == "0000" {
		return NIK{}, ErrSerial
	}
	return NIK{n}, nil
}

// Region gives the six digits of the place that first registered the person: two of
// the province, two of the regency, two of the district. It does not say where the
// person lives now. The zero value has none.
func (n NIK) Region() string {
	if n.IsZero() {
		return ""
	}
	return n.Plain()[:6]
}

// Sex gives the sex that the number carries, which can be wrong. The zero value has none.
func (n NIK) Sex() Sex {
	switch {
	case n.IsZero():
		return ""
	case pair(n.Plain(), 6) > womenFrom:
		return Female
	default:
		return Male
	}
}

// Birth gives the day, the month and the last two digits of the year of birth that
// the number carries. They can be wrong, and the century is not there: ask the
// person for the date. The zero value gives zeros.
func (n NIK) Birth() (day int, month time.Month, year2 int) {
	if n.IsZero() {
		return 0, 0, 0
	}
	digits := n.Plain()
	day = pair(digits, 6)
	if day > womenFrom {
		day -= womenFrom
	}
	return day, time.Month(pair(digits, 8)), pair(digits, 10)
}

// KK is the number of a family card. It prints masked; Plain gives the digits. It
// changes with the family, so it identifies nobody.
type KK struct{ number }

// ParseKK reads the number of a family card as people type it. Only its length is
// sure: the parts inside (region, date of issue, serial) are not published reliably,
// so they refuse nobody.
func ParseKK(s string) (KK, error) {
	n, err := read(s)
	return KK{n}, err
}

// Unlikely says whether Dukcapil hardly issues a card with such a number: known is asked about the province in its first
// two digits, and the next ones but four are the day of issue. The zero value is not unlikely.
func (k KK) Unlikely(known func(province string) bool) bool {
	if k.IsZero() {
		return false
	}
	digits := k.Plain()
	day := pair(digits, 6)
	if day > womenFrom {
		day -= womenFrom
	}
	return !known(digits[:2]) || !between(day, 1, 31) || !between(pair(digits, 8), 1, 12)
}

// pair reads the two digits at i.
func pair(digits string, i int) int {
	v, _ := strconv.Atoi(digits[i : i+2]) // read let only digits through
	return v
}

func between(v, low, high int) bool { return low <= v && v <= high }
