// Package phone reads mobile numbers as people type them, keeps them in E.164 form
// (+6281234567890) and writes them for screens. Numbers of Indonesia follow the
// portal's own rule, because the library's list of prefixes lags behind the operators;
// numbers of other countries follow the library.
package phone

import (
	"errors"
	"regexp"
	"strings"
	"unicode"

	"github.com/nyaruka/phonenumbers"
)

// What Parse refuses; each is returned as it is and holds no part of the number.
var (
	// ErrEmpty means: nothing was typed.
	ErrEmpty = errors.New("phone: empty")
	// ErrLetters means: there are letters in it.
	ErrLetters = errors.New("phone: letters in the number")
	// ErrShort means: fewer digits than a number of its country has.
	ErrShort = errors.New("phone: too few digits")
	// ErrLong means: more digits than a number of its country has.
	ErrLong = errors.New("phone: too many digits")
	// ErrNotMobile means: a number at which nobody receives a message, such as 021.
	ErrNotMobile = errors.New("phone: not a mobile number")
	// ErrInvalid means: not a telephone number, or two of them.
	ErrInvalid = errors.New("phone: not a phone number")
)

// indonesian is the portal's rule: ten to thirteen digits when written with 08.
var indonesian = regexp.MustCompile(`^\+628[1-9]\d{7,10}$`)

const (
	home      = "ID"
	homeCode  = "+62"
	maxDigits = 15 // of E.164
)

// Parse reads a number written as 08.., 8.., 62.., +62.. or, for other countries,
// with + or 00 and the country code; spaces, dots, dashes and brackets are dropped.
func Parse(s string) (e164 string, err error) {
	number, err := clean(s)
	if err != nil {
		return "", err
	}
	if strings.HasPrefix(number, homeCode) {
		return parseIndonesian(number)
	}
	return parseForeign(number)
}

// clean drops what stands between digits and makes the number start with + and a
// country code, Indonesia's where none was typed.
func clean(s string) (string, error) {
	number := strings.Map(dropSeparator, s)
	digits := strings.TrimPrefix(number, "+")
	switch {
	case number == "":
		return "", ErrEmpty
	case strings.IndexFunc(number, unicode.IsLetter) >= 0:
		return "", ErrLetters
	case digits == "" || strings.Trim(digits, "0123456789") != "":
		return "", ErrInvalid
	case len(digits) > 2*maxDigits: // also of what follows a 00
		return "", ErrLong
	case strings.HasPrefix(number, "+"):
	case strings.HasPrefix(digits, "00"): // the way out of most countries
		number = "+" + digits[2:]
	case strings.HasPrefix(digits, "62"):
		number = "+" + digits
	default:
		number = homeCode + digits
	}
	if rest, ok := strings.CutPrefix(number, homeCode); ok {
		number = homeCode + strings.TrimPrefix(rest, "0") // "+62 0812" is common
	}
	return number, nil
}

func dropSeparator(r rune) rune {
	if strings.ContainsRune(".()", r) || unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) {
		return -1
	}
	return r
}

func parseIndonesian(number string) (string, error) {
	switch {
	case indonesian.MatchString(number):
		return number, nil
	case len(number) < 5: // no prefix to judge by
		return "", ErrShort
	case number[3] != '8' || number[4] == '0':
		return "", ErrNotMobile
	case len(number) < len("+62811234567"):
		return "", ErrShort
	default:
		return "", ErrLong
	}
}

func parseForeign(number string) (string, error) {
	parsed, err := phonenumbers.Parse(number, home)
	switch {
	case err != nil:
		return "", unreadable(err)
	case !phonenumbers.IsValidNumber(parsed):
		return "", impossible(parsed)
	}
	switch phonenumbers.GetNumberType(parsed) {
	case phonenumbers.MOBILE, phonenumbers.FIXED_LINE_OR_MOBILE:
	default:
		return "", ErrNotMobile
	}
	e164 := phonenumbers.Format(parsed, phonenumbers.E164)
	if strings.HasPrefix(e164, homeCode) {
		return "", ErrInvalid // only parseIndonesian decides about these
	}
	return e164, nil
}

// unreadable says why the library took no number of another country.
func unreadable(err error) error {
	switch {
	case errors.Is(err, phonenumbers.ErrTooShortNSN), errors.Is(err, phonenumbers.ErrTooShortAfterIDD):
		return ErrShort
	case errors.Is(err, phonenumbers.ErrNumTooLong):
		return ErrLong
	}
	return ErrInvalid
}

// impossible says why a number of another country is none there: by the length of its mobile numbers.
func impossible(parsed *phonenumbers.PhoneNumber) error {
	region := phonenumbers.GetRegionCodeForCountryCode(int(parsed.GetCountryCode()))
	example := phonenumbers.GetExampleNumberForType(region, phonenumbers.MOBILE)
	if example == nil {
		return ErrInvalid
	}
	digits := func(n *phonenumbers.PhoneNumber) int { return len(phonenumbers.GetNationalSignificantNumber(n)) }
	switch {
	case digits(parsed) < digits(example):
		return ErrShort
	case digits(parsed) > digits(example):
		return ErrLong
	}
	return ErrInvalid
}

// Format writes a number for the screen: 0812 3456 7890 for Indonesia, the
// international form for others. Parse reads it back. What is no E.164 number is
// returned as it is.
func Format(e164 string) string {
	if indonesian.MatchString(e164) {
		local := "0" + e164[len(homeCode):]
		middle := 4
		if len(local) < 12 {
			middle = 3
		}
		return local[:4] + " " + local[4:4+middle] + " " + local[4+middle:]
	}
	parsed, err := phonenumbers.Parse(e164, phonenumbers.UNKNOWN_REGION)
	if err != nil {
		return e164
	}
	return phonenumbers.Format(parsed, phonenumbers.INTERNATIONAL)
}

// Mask writes a number so that its owner recognises it and nobody else can call it:
// 0812 **** **90. Of a foreign number the country code and the last two digits stay.
func Mask(e164 string) string {
	shown := Format(e164)
	if indonesian.MatchString(e164) {
		return hide(shown, 4, 2)
	}
	code, rest, found := strings.Cut(shown, " ")
	if !found {
		return hide(shown, 0, 2)
	}
	return code + " " + hide(rest, 0, 2)
}

// hide puts stars over the digits of s except the first and the last few.
func hide(s string, first, last int) string {
	digits := 0
	for _, r := range s {
		if unicode.IsDigit(r) {
			digits++
		}
	}
	seen := 0
	return strings.Map(func(r rune) rune {
		if !unicode.IsDigit(r) {
			return r
		}
		seen++
		if seen <= first || seen > digits-last {
			return r
		}
		return '*'
	}, s)
}
