package form

import (
	"regexp"
	"slices"
	"strconv"
	"strings"
	"unicode/utf8"
)

// Required answers with a key when the value is empty or blank.
func Required(value string) string {
	if strings.TrimSpace(value) == "" {
		return "form.required"
	}
	return ""
}

// MaxRunes answers with a key when the value has more than n letters. Give the limit
// to Errors.Add as "Max", so that the sentence can name it.
func MaxRunes(value string, n int) string {
	if utf8.RuneCountInString(value) > n {
		return "form.too_long"
	}
	return ""
}

// wholeNumber allows the separators that people type: 1.250.000, 1,250,000, 1 250 000.
var wholeNumber = regexp.MustCompile(`^-?(\d+|\d{1,3}(\.\d{3})+|\d{1,3}(,\d{3})+|\d{1,3}( \d{3})+)$`)

// Int reads a whole number as people type it, with or without thousands separators.
func Int(value string) (n int64, ok bool) {
	value = strings.TrimSpace(value)
	if !wholeNumber.MatchString(value) {
		return 0, false
	}
	n, err := strconv.ParseInt(strings.NewReplacer(".", "", ",", "", " ", "").Replace(value), 10, 64)
	return n, err == nil
}

// Integer answers with a key when the value is neither empty nor a whole number
// from low to high. Give the limits to Errors.Add as "Min" and "Max", so that the
// sentence can name them.
func Integer(value string, low, high int64) string {
	if strings.TrimSpace(value) == "" {
		return ""
	}
	n, ok := Int(value)
	switch {
	case !ok:
		return "form.not_a_number"
	case n < low || n > high:
		return "form.out_of_range"
	}
	return ""
}

// OneOf answers with a key when the value is none of the options. Nothing chosen is
// no option either: guard the call where the choice may stay open.
func OneOf(value string, options ...string) string {
	if slices.Contains(options, value) {
		return ""
	}
	return "form.choose"
}
