package models

import (
	"errors"
	"strings"
	"unicode"

	"naikkelas/internal/nik"
	"naikkelas/internal/phone"
)

// ParseNIK reads a NIK as people type it; what cannot be one is a *Refusal that says why.
func ParseNIK(text string) (nik.NIK, error) {
	n, err := nik.Parse(text)
	return n, numberRefusal(err, text, "nik")
}

// ParseKK reads the number of a family card likewise.
func ParseKK(text string) (nik.KK, error) {
	n, err := nik.ParseKK(text)
	return n, numberRefusal(err, text, "kk")
}

// identityDigits is how many digits a NIK and the number of a family card have.
const identityDigits = 16

// numberRefusal is the sentence for a number of an identity paper that cannot be. It names the number and, of
// a wrong length, what is missing or too much.
//
//i18n:family profile.nik.count.* profile.kk.count.*
func numberRefusal(err error, text, name string) error {
	switch {
	case err == nil:
		return nil
	case errors.Is(err, nik.ErrPlaceholder):
		return &Refusal{Key: "profile.nik.placeholder"}
	case errors.Is(err, nik.ErrDay), errors.Is(err, nik.ErrMonth):
		return &Refusal{Key: "profile.nik.date"}
	case errors.Is(err, nik.ErrSerial):
		return &Refusal{Key: "profile.nik.serial"}
	}
	count := "profile." + name + ".count."
	switch n := digitsIn(text); {
	case n < identityDigits && strings.IndexFunc(text, unicode.IsLetter) < 0:
		return &Refusal{Key: count + "few", Args: []any{"Count", n, "Off", identityDigits - n}}
	case n > identityDigits:
		return &Refusal{Key: count + "many", Args: []any{"Count", n, "Off", n - identityDigits}}
	}
	return &Refusal{Key: count + "letters"}
}

// digitsIn counts the digits of a number as somebody typed it.
func digitsIn(text string) (n int) {
	for _, r := range text {
		if unicode.IsDigit(r) {
			n++
		}
	}
	return n
}

// ParsePhone reads a phone number as people type it and gives its E.164 form, or a *Refusal that says what is
// wrong with it. It is the one reading of a phone number in the portal.
func ParsePhone(text string) (string, error) {
	number, err := phone.Parse(text)
	digits := []any{"Count", digitsIn(text)}
	switch {
	case err == nil:
		return number, nil
	case errors.Is(err, phone.ErrEmpty):
		return "", &Refusal{Key: "form.phone.empty"}
	case errors.Is(err, phone.ErrShort):
		return "", &Refusal{Key: "form.phone.short", Args: digits}
	case errors.Is(err, phone.ErrLong):
		return "", &Refusal{Key: "form.phone.long", Args: digits}
	case errors.Is(err, phone.ErrLetters) && strings.IndexFunc(text, otherLetter) < 0:
		return "", &Refusal{Key: "form.phone.lookalikes"}
	case errors.Is(err, phone.ErrLetters):
		return "", &Refusal{Key: "form.phone.letters"}
	case errors.Is(err, phone.ErrNotMobile):
		return "", &Refusal{Key: "form.phone.not_mobile"}
	}
	return "", &Refusal{Key: "form.phone.unknown"}
}

// otherLetter says whether a letter is none of those that are taken for digits.
func otherLetter(r rune) bool { return unicode.IsLetter(r) && !strings.ContainsRune("oOlI", r) }

// leastFixed is how few digits a number of an office may have: those of a call centre.
const leastFixed = 7

// CheckOfficePhone looks at the phone of an office, which may be a fixed line, or several numbers with a stroke or
// a comma between them; the *Refusal says what is wrong.
func CheckOfficePhone(text string) error {
	for number := range strings.FieldsFuncSeq(text, func(r rune) bool { return r == '/' || r == ',' || r == ';' }) {
		if _, err := ParsePhone(number); errors.Is(err, &Refusal{Key: "form.phone.not_mobile"}) && digitsIn(number) < leastFixed {
			return &Refusal{Key: "form.phone.short", Args: []any{"Count", digitsIn(number)}}
		} else if err != nil && !errors.Is(err, &Refusal{Key: "form.phone.not_mobile"}) {
			return err
		}
	}
	return nil
}

// FormatPhone writes an E.164 number as people read it.
func FormatPhone(e164 string) string { return phone.Format(e164) }
