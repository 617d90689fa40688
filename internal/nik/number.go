package nik

import (
	"fmt"
	"io"
	"log/slog"
	"strings"
	"unicode"
	"unique"
)

// length is how many digits a NIK and a family card number have.
const length = 16

// A number is sixteen digits that never print themselves. The digits sit behind a
// handle because fmt reads the unexported fields of other structs without asking
// their methods: there it finds a pointer, never the digits.
type number struct {
	digits unique.Handle[string]
}

// Plain gives the sixteen digits, "" for the zero value. It is for sealing, indexing
// and the logged reveal; nothing else shows a number unmasked.
func (n number) Plain() string {
	if n.IsZero() {
		return ""
	}
	return n.digits.Value()
}

// IsZero says whether no number was parsed into n.
func (n number) IsZero() bool { return n == number{} }

// String gives the masked form, such as 3174********0003.
func (n number) String() string { return Mask(n.Plain()) }

// Format writes the masked form whatever the verb.
func (n number) Format(f fmt.State, _ rune) { _, _ = io.WriteString(f, n.String()) }

// LogValue puts the masked form into logs.
func (n number) LogValue() slog.Value { return slog.StringValue(n.String()) }

// Mask hides the middle of sixteen digits: 3174********0003. Anything shorter than
// that is hidden whole, so that a wrong argument cannot show a number.
func Mask(plain string) string {
	if len(plain) < length {
		return strings.Repeat("*", len(plain))
	}
	return plain[:4] + strings.Repeat("*", len(plain)-8) + plain[len(plain)-4:]
}

// read drops what people put between digits and refuses what cannot be a number of
// sixteen digits or was typed only to fill the field.
func read(s string) (number, error) {
	digits := strings.Map(dropSeparator, s)
	switch {
	case digits != "" && strings.Trim(digits, "0") == "":
		return number{}, ErrPlaceholder
	case len(digits) != length || strings.Trim(digits, "0123456789") != "":
		return number{}, ErrLength
	case strings.Trim(digits, digits[:1]) == "":
		return number{}, ErrPlaceholder
	}
	return number{unique.Make(digits)}, nil
}

// dropSeparator removes spaces, dots, dashes of every kind and the invisible marks
// that come along when a number is copied out of a chat.
func dropSeparator(r rune) rune {
	if r == '.' || unicode.IsSpace(r) || unicode.In(r, unicode.Pd, unicode.Cf) {
		return -1
	}
	return r
}
