package models

import (
	"errors"
	"strings"
	"testing"

	"pgregory.net/rapid"

	"naikkelas/models/record"
)

// refusalOf is the one no in an error, with the numbers that its sentence names.
func refusalOf(err error) (key string, args []any) {
	list := record.RefusalsIn(err)
	if len(list) != 1 {
		return "", nil
	}
	return list[0].Key, list[0].Args
}

// Each reason for which a number is no mobile number has its own sentence (F047).
func TestF047EachReasonOfAPhoneHasItsSentence(t *testing.T) {
	for text, want := range map[string]string{
		"0812345678901234":       "form.phone.long",
		"08123456":               "form.phone.short",
		"0812-34":                "form.phone.short",
		"+44 7911 12":            "form.phone.short",
		"+886 912 345 678 90":    "form.phone.long",
		"O8123456789O":           "form.phone.lookalikes",
		"0812 ABC 789":           "form.phone.letters",
		"021-5551234":            "form.phone.not_mobile",
		"12345678":               "form.phone.not_mobile",
		"0812/0813":              "form.phone.unknown",
		" ":                      "form.phone.empty",
		"0812 3456 7801":         "",
		"+60 12-345 6789":        "",
		"(0812) 3456.7801":       "",
		"\u202a0812345678\u202c": "",
	} {
		if _, err := ParsePhone(text); text != "" {
			if key, _ := refusalOf(err); key != want {
				t.Errorf("%q: %q, want %q", text, key, want)
			}
		}
	}
}

// An office may have a fixed line, or two numbers; what is cut off is still told (F047).
func TestF047PhoneOfAnOffice(t *testing.T) {
	for text, want := range map[string]string{
		"": "", "021 555 1234": "", "(021) 5551234 / 0812 3456 7801": "", "1500 123": "",
		"021": "form.phone.short", "0812345678901234": "form.phone.long", "021-KANTOR": "form.phone.letters",
	} {
		if key, _ := refusalOf(CheckOfficePhone(text)); key != want {
			t.Errorf("%q: %q, want %q", text, key, want)
		}
	}
}

// A NIK or KK of another length is counted, and only the number that was asked for is named (F055).
func TestF055LengthsAreCounted(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.IntRange(1, 40).Filter(func(n int) bool { return n != identityDigits }).Draw(t, "digits")
		text := strings.Repeat("31", n)[:n]
		want, off := "few", identityDigits-n
		if n > identityDigits {
			want, off = "many", n-identityDigits
		}
		_, err := ParseNIK(text)
		_, errKK := ParseKK(text)
		for name, err := range map[string]error{"nik": err, "kk": errKK} {
			key, args := refusalOf(err)
			if key != "profile."+name+".count."+want || len(args) != 4 || args[1] != n || args[3] != off {
				t.Fatalf("%d digits as %s: %q %v", n, name, key, args)
			}
		}
	})
	for text, want := range map[string]string{
		"3174O14203850003": "profile.nik.count.letters", "317401420385000A3": "profile.nik.count.letters", "": "profile.nik.count.few",
	} {
		_, err := ParseNIK(text)
		if key, _ := refusalOf(err); key != want {
			t.Errorf("%q: %q, want %q", text, key, want)
		}
	}
}

func TestParseEmail(t *testing.T) {
	for text, want := range map[string]string{
		" Siti@Contoh.ID ": "siti@contoh.id", "siti+a@sub.contoh.co.id": "siti+a@sub.contoh.co.id",
	} {
		if got, err := ParseEmail(text); got != want || err != nil {
			t.Errorf("%q: %q, %v", text, got, err)
		}
	}
	for text, want := range map[string]string{
		"siti@x": "form.email", "siti@contoh.i": "form.email", "siti@@contoh.id": "form.email_at", "a@b@contoh.id": "form.email_at",
		"Siti <siti@contoh.id>": "form.email", `"si ti"@contoh.id`: "form.email", "siti@[127.0.0.1]": "form.email", "@contoh.id": "form.email",
		"siti@.id": "form.email", "siti contoh@contoh.id": "form.email",
		strings.Repeat("a", 250) + "@contoh.id": "form.too_long", "": "form.email",
	} {
		_, err := ParseEmail(text)
		if key, _ := refusalOf(err); key != want {
			t.Errorf("%q: %q, want %q", text, key, want)
		}
	}
}

// What can be no name of an account is told at once, and nobody waits for a code that never comes (F027, F046).
func TestF046NamesAreReadOnce(t *testing.T) {
	for text, want := range map[string]Login{
		"0812 3456 7801": {Phone: "+6281234567801"}, "Siti@Contoh.ID": {Email: "siti@contoh.id"}, " Loket-7K2M9P ": {Username: "loket-7k2m9p"},
	} {
		if got, err := ParseLogin(text); got != want || err != nil {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	for _, text := range []string{"12345678", "0812345678901234", "siti@x", "+", "?", "dua kata", "０８１２"} {
		if got, err := ParseLogin(text); err == nil || got != (Login{}) {
			t.Errorf("%q: %+v, %v", text, got, err)
		}
	}
	if _, err := ParseAddress("loket-7k2m9p"); !errors.Is(err, &Refusal{Key: "form.phone.letters"}) {
		t.Errorf("a user name is no address: %v", err)
	}
}
