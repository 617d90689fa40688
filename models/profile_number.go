package models

import (
	"errors"

	"naikkelas/internal/nik"
	"naikkelas/internal/phone"
)

// ParseNIK reads a NIK as people type it; what cannot be one is a *Refusal that says why.
func ParseNIK(text string) (nik.NIK, error) {
	n, err := nik.Parse(text)
	return n, numberRefusal(err)
}

// ParseKK reads the number of a family card likewise.
func ParseKK(text string) (nik.KK, error) {
	n, err := nik.ParseKK(text)
	return n, numberRefusal(err)
}

// numberRefusal is the sentence for a number that cannot be.
func numberRefusal(err error) error {
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
	return &Refusal{Key: "profile.nik.length"}
}

// ParsePhone reads a phone number as people type it and gives its E.164 form, or a *Refusal.
func ParsePhone(text string) (string, error) {
	number, err := phone.Parse(text)
	if err != nil {
		return "", &Refusal{Key: "profile.phone.form"}
	}
	return number, nil
}

// FormatPhone writes an E.164 number as people read it.
func FormatPhone(e164 string) string { return phone.Format(e164) }
