package form

import (
	"context"
	"strings"
	"testing"
	"time"

	"pgregory.net/rapid"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

func TestErrorsKeepTheFirstOfEachField(t *testing.T) {
	var e Errors
	e.Add("name", "")
	if e.Any() {
		t.Fatalf("a passed check was noted: %v", e)
	}
	e.Add("name", Required(""))
	e.Add("name", MaxRunes(strings.Repeat("a", 81), 80))
	e.Refuse("email", &record.Refusal{Key: "form.email"})
	e.Refuse("city", nil)
	if len(e) != 2 || e[0].Field != "name" || e[1].Field != "email" {
		t.Fatalf("errors %v", e)
	}
	if e.Of("name") != "form.required" || e.Of("phone") != "" || !e.Any() {
		t.Errorf("Of: %q, %q", e.Of("name"), e.Of("phone"))
	}
}

func TestTextOfAnError(t *testing.T) {
	var e Errors
	e.Add("motivation", MaxRunes("panjang", 5), "Max", 5)
	e.Add("city", MaxRunes("panjang", 5))
	en := i18n.With(context.Background(), i18n.EN)
	for _, tt := range []struct {
		ctx         context.Context
		field, want string
	}{
		{context.Background(), "motivation", "Isian terlalu panjang. Paling banyak 5 huruf."},
		{context.Background(), "city", "Isian terlalu panjang."},
		{en, "motivation", "This answer is too long. At most 5 characters."},
		{en, "phone", ""},
	} {
		if got := e.Text(tt.ctx, tt.field); got != tt.want {
			t.Errorf("%s: %q, want %q", tt.field, got, tt.want)
		}
	}
}

func TestChecks(t *testing.T) {
	tests := []struct{ name, got, want string }{
		{"required", Required("Suparmi"), ""},
		{"required empty", Required(""), "form.required"},
		{"required blank", Required(" \t\u00a0"), "form.required"},
		{"letters, not bytes", MaxRunes("éééé", 4), ""},
		{"too long", MaxRunes("éééé", 3), "form.too_long"},
		{"number", Integer("16", 1, 40), ""},
		{"number with dots", Integer("1.250.000", 0, 2000000), ""},
		{"number left open", Integer(" ", 1, 40), ""},
		{"number in words", Integer("enam belas", 1, 40), "form.not_a_number"},
		{"number with a fraction", Integer("1,5", 1, 40), "form.not_a_number"},
		{"number too low", Integer("0", 1, 40), "form.out_of_range"},
		{"number too high", Integer("41", 1, 40), "form.out_of_range"},
		{"number beyond 64 bits", Integer("99999999999999999999", 1, 40), "form.not_a_number"},
		{"one of", OneOf("pagi", "pagi", "malam"), ""},
		{"none of", OneOf("siang", "pagi", "malam"), "form.choose"},
		{"nothing chosen", OneOf("", "pagi", "malam"), "form.choose"},
	}
	for _, tt := range tests {
		if tt.got != tt.want {
			t.Errorf("%s: got %q, want %q", tt.name, tt.got, tt.want)
		}
	}
}

func TestIntReadsWhatNumberWrites(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(-1<<50, 1<<50).Draw(t, "n")
		for _, lang := range []i18n.Lang{i18n.ID, i18n.EN} {
			text := i18n.Number(i18n.With(context.Background(), lang), n)
			if got, ok := Int(text); !ok || got != n {
				t.Fatalf("%q read as %d, %v", text, got, ok)
			}
		}
	})
}

// 31 February is refused and never becomes another day; P018.
func TestDate(t *testing.T) {
	tests := []struct {
		name             string
		day, month, year string
		want             string
	}{
		{"a day", "2", "3", "1989", ""},
		{"with zeros and spaces", " 02", "03 ", "1989", ""},
		{"leap day", "29", "2", "2028", ""},
		{"no leap day", "29", "2", "2026", "form.date.unknown"},
		{"31 February", "31", "02", "1999", "form.date.unknown"},
		{"31 November", "31", "11", "2026", "form.date.unknown"},
		{"month 13", "1", "13", "1999", "form.date.unknown"},
		{"day 0", "0", "1", "1999", "form.date.unknown"},
		{"month 0", "1", "0", "1999", "form.date.unknown"},
		{"year before 1900", "1", "1", "1899", "form.date.century"},
		{"short year", "1", "1", "99", "form.date.year"},
		{"letters", "satu", "5", "1999", "form.date.digits"},
		{"minus", "-1", "5", "1999", "form.date.digits"},
		{"missing part", "1", "", "1999", "form.date.incomplete"},
		{"nothing", "", " ", "", ""},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			d := Date{tt.day, tt.month, tt.year}
			if got := d.Check(); got != tt.want {
				t.Errorf("Check = %q, want %q", got, tt.want)
			}
			if _, ok := d.Time(); ok != (tt.want == "" && !d.Empty()) {
				t.Errorf("Time ok = %v", ok)
			}
			if d != (Date{tt.day, tt.month, tt.year}) {
				t.Errorf("the texts changed: %v", d)
			}
		})
	}
	if got := (Date{}).CheckRequired(); got != "form.date.empty" {
		t.Errorf("CheckRequired of nothing = %q", got)
	}
	if got := (Date{"31", "2", "1999"}).CheckRequired(); got != "form.date.unknown" {
		t.Errorf("CheckRequired of 31 February = %q", got)
	}
}

func TestDateRoundTrip(t *testing.T) {
	if got := DateOf(time.Time{}); !got.Empty() {
		t.Errorf("zero time gives %v", got)
	}
	first := time.Date(1900, 1, 1, 0, 0, 0, 0, time.UTC)
	rapid.Check(t, func(t *rapid.T) {
		day := first.AddDate(0, 0, rapid.IntRange(0, 73000).Draw(t, "days"))
		if got, ok := DateOf(day).Time(); !ok || !got.Equal(day) || DateOf(day).Check() != "" {
			t.Fatalf("%v came back as %v, %v", day, got, ok)
		}
	})
}
