package nik

import (
	"strings"
	"unicode"
)

// numberLength is how many digits a NIK, the number of a family card, or of a bank card has.
const numberLength = 16

// Hide puts stars over the middle of whatever in a text may be a number of sixteen digits: as one word, or in groups
// with spaces, dots, dashes or slashes between them. It says whether there was one.
func Hide(text string) (hidden string, found bool) {
	runes := []rune(text)
	for i := 0; i < len(runes); {
		if !unicode.IsDigit(runes[i]) {
			i++
			continue
		}
		end := numberAt(runes, i)
		if end == 0 { // no number begins with this group: on to the next
			for i < len(runes) && unicode.IsDigit(runes[i]) {
				i++
			}
			continue
		}
		starOver(runes[i:end])
		found, i = true, end
	}
	return string(runes), found
}

// numberAt is where a number ends that begins at a group of digits; 0 when the groups there make none.
func numberAt(runes []rune, start int) (end int) {
	digits := 0
	for i := start; i < len(runes); {
		for i < len(runes) && unicode.IsDigit(runes[i]) {
			digits++
			i++
		}
		if digits == numberLength {
			return i
		}
		if digits > numberLength {
			return 0
		}
		between := 0
		for i < len(runes) && between < 3 && isBetween(runes[i]) {
			between++
			i++
		}
		if i == len(runes) || !unicode.IsDigit(runes[i]) {
			return 0
		}
	}
	return 0
}

func isBetween(r rune) bool {
	return unicode.IsSpace(r) || strings.ContainsRune(".-/–‑_", r)
}

// starOver leaves the first and the last four digits, as the masked form of a NIK does.
func starOver(runes []rune) {
	digit := 0
	for i, r := range runes {
		if !unicode.IsDigit(r) {
			continue
		}
		if digit >= 4 && digit < numberLength-4 {
			runes[i] = '*'
		}
		digit++
	}
}
