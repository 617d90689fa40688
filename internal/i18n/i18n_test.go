package i18n

import (
	"context"
	"strings"
	"sync"
	"testing"
	"testing/fstest"
	"time"

	"pgregory.net/rapid"
)

func indonesianCtx() context.Context { return With(context.Background(), ID) }
func englishCtx() context.Context    { return With(context.Background(), EN) }

func TestLanguageOfContext(t *testing.T) {
	if got := Of(context.Background()); got != ID {
		t.Errorf("without a language: %q", got)
	}
	for lang, want := range map[Lang]Lang{ID: ID, EN: EN, "fr": ID, "": ID} {
		if got := Of(With(context.Background(), lang)); got != want {
			t.Errorf("With %q: got %q, want %q", lang, got, want)
		}
	}
}

func TestMissingKeyIsShownInBrackets(t *testing.T) {
	for _, ctx := range []context.Context{indonesianCtx(), englishCtx(), context.Background()} {
		for _, args := range [][]any{nil, {"Count", 1}, {"Name"}, {1, 2}, {"Count", "many"}} {
			if got := T(ctx, "no.such.key", args...); got != "[no.such.key]" {
				t.Errorf("T(%v) = %q", args, got)
			}
		}
	}
}

func TestOddArgumentsDoNotLoseTheSentence(t *testing.T) {
	if got := T(indonesianCtx(), "unit.days", "Count", "banyak", "Name"); got != "banyak hari" {
		t.Errorf("got %q", got)
	}
}

func TestBrokenCatalogueIsAnError(t *testing.T) {
	_, err := load(fstest.MapFS{"locales/a.id.json": {Data: []byte(`{"a.x": `)}})
	if err == nil || !strings.Contains(err.Error(), "locales/a.id.json") {
		t.Errorf("got %v, want an error that names the file", err)
	}
}

// Indonesian has one plural form, English two; see bug report P100.
func TestPlurals(t *testing.T) {
	tests := []struct {
		ctx              context.Context
		n                int
		days, age, seats string
	}{
		{indonesianCtx(), 0, "0 hari", "0 tahun", "0 kursi tersisa"},
		{indonesianCtx(), 1, "1 hari", "1 tahun", "1 kursi tersisa"},
		{indonesianCtx(), 2, "2 hari", "2 tahun", "2 kursi tersisa"},
		{indonesianCtx(), 1250, "1.250 hari", "1.250 tahun", "1.250 kursi tersisa"},
		{englishCtx(), 0, "0 days", "0 years old", "0 seats left"},
		{englishCtx(), 1, "1 day", "1 year old", "1 seat left"},
		{englishCtx(), 2, "2 days", "2 years old", "2 seats left"},
		{englishCtx(), 1250, "1,250 days", "1,250 years old", "1,250 seats left"},
	}
	for _, tt := range tests {
		if got := Days(tt.ctx, tt.n); got != tt.days {
			t.Errorf("Days(%d) = %q, want %q", tt.n, got, tt.days)
		}
		if got := Age(tt.ctx, int32(tt.n)); got != tt.age {
			t.Errorf("Age(%d) = %q, want %q", tt.n, got, tt.age)
		}
		if got := SeatsLeft(tt.ctx, int64(tt.n)); got != tt.seats {
			t.Errorf("SeatsLeft(%d) = %q, want %q", tt.n, got, tt.seats)
		}
		for _, count := range []any{tt.n, int32(tt.n), int64(tt.n)} {
			if got := T(tt.ctx, "unit.days", "Count", count); got != tt.days {
				t.Errorf("T with %T = %q, want %q", count, got, tt.days)
			}
		}
	}
}

func TestDatesAreInWIB(t *testing.T) {
	// 17:30 UTC on the 26th is half past midnight on the 27th in Jakarta.
	night := time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC)
	deadline := time.Date(2026, 11, 27, 23, 59, 59, 0, WIB)
	birth := time.Date(1999, 8, 1, 0, 0, 0, 0, time.UTC) // as the database gives a date
	tests := []struct {
		name   string
		write  func(context.Context, time.Time) string
		t      time.Time
		id, en string
	}{
		{"Date", Date, night, "27 November 2026", "27 November 2026"},
		{"Date", Date, birth, "1 Agustus 1999", "1 August 1999"},
		{"DateLong", DateLong, night, "Jumat, 27 November 2026", "Friday, 27 November 2026"},
		{"DateShort", DateShort, night, "27 Nov", "27 Nov"},
		{"DateShort", DateShort, birth, "1 Agu", "1 Aug"},
		{"Clock", Clock, night, "00.30", "00:30"},
		{"Instant", Instant, night, "Jumat, 27 November 2026 pukul 00.30 WIB", "Friday, 27 November 2026 at 00:30 WIB"},
		{"Instant", Instant, deadline, "Jumat, 27 November 2026 pukul 23.59 WIB", "Friday, 27 November 2026 at 23:59 WIB"},
	}
	for _, tt := range tests {
		if got := tt.write(indonesianCtx(), tt.t); got != tt.id {
			t.Errorf("%s in Indonesian: %q, want %q", tt.name, got, tt.id)
		}
		if got := tt.write(englishCtx(), tt.t); got != tt.en {
			t.Errorf("%s in English: %q, want %q", tt.name, got, tt.en)
		}
	}
}

func TestEveryMonthAndDayHasItsName(t *testing.T) {
	for m := time.January; m <= time.December; m++ {
		day := time.Date(2027, m, 3, 12, 0, 0, 0, WIB)
		if got, want := DateLong(englishCtx(), day), day.Format("Monday, 2 January 2006"); got != want {
			t.Errorf("DateLong = %q, want %q", got, want)
		}
		if got, want := DateShort(englishCtx(), day), day.Format("2 Jan"); got != want {
			t.Errorf("DateShort = %q, want %q", got, want)
		}
		if id, short := months[ID][m], shortMonths[ID][m]; !strings.HasPrefix(id, short) {
			t.Errorf("%q is not short for %q", short, id)
		}
	}
}

// A course that starts tomorrow at 08.00 is not "today", however near; P027.
func TestNear(t *testing.T) {
	now := time.Date(2026, 11, 26, 22, 0, 0, 0, WIB)
	tests := []struct {
		t      time.Time
		id, en string
	}{
		{time.Date(2026, 11, 27, 8, 0, 0, 0, WIB), "besok, 08.00 WIB", "tomorrow, 08:00 WIB"},
		{time.Date(2026, 11, 26, 14, 2, 0, 0, WIB), "hari ini, 14.02 WIB", "today, 14:02 WIB"},
		{time.Date(2026, 11, 26, 0, 0, 0, 0, WIB), "hari ini, 00.00 WIB", "today, 00:00 WIB"},
		{time.Date(2026, 11, 25, 23, 59, 59, 0, WIB), "kemarin, 23.59 WIB", "yesterday, 23:59 WIB"},
		{time.Date(2026, 11, 26, 17, 30, 0, 0, time.UTC), "besok, 00.30 WIB", "tomorrow, 00:30 WIB"},
		{time.Date(2026, 11, 28, 0, 0, 0, 0, WIB), "28 November 2026", "28 November 2026"},
		{time.Date(2026, 11, 24, 23, 0, 0, 0, WIB), "24 November 2026", "24 November 2026"},
	}
	for _, tt := range tests {
		if got := Near(indonesianCtx(), now.UTC(), tt.t); got != tt.id {
			t.Errorf("Near(%v) = %q, want %q", tt.t, got, tt.id)
		}
		if got := Near(englishCtx(), now, tt.t.UTC()); got != tt.en {
			t.Errorf("Near(%v) = %q, want %q", tt.t, got, tt.en)
		}
	}
}

func TestNumbers(t *testing.T) {
	tests := []struct{ name, id, wantID, en, wantEN string }{
		{"number", Number(indonesianCtx(), 1250), "1.250", Number(englishCtx(), 1250), "1,250"},
		{"small", Number(indonesianCtx(), 0), "0", Number(englishCtx(), 999), "999"},
		{"rupiah", Rupiah(indonesianCtx(), int64(1250000)), "Rp1.250.000", Rupiah(englishCtx(), 1250000), "Rp1,250,000"},
		{"debt", Rupiah(indonesianCtx(), -5000), "-Rp5.000", Rupiah(englishCtx(), -5000), "-Rp5,000"},
		{"bytes", Bytes(indonesianCtx(), 1023), "1.023 B", Bytes(englishCtx(), 0), "0 B"},
		{"kilobytes", Bytes(indonesianCtx(), 312<<10), "312 KB", Bytes(englishCtx(), 1<<10), "1 KB"},
		{"megabytes", Bytes(indonesianCtx(), 2990000), "2,9 MB", Bytes(englishCtx(), 2990000), "2.9 MB"},
		{"limit", Bytes(indonesianCtx(), 10<<20), "10 MB", Bytes(englishCtx(), 10<<20), "10 MB"},
		{"just under a megabyte", Bytes(indonesianCtx(), 1<<20-1), "1 MB", Bytes(englishCtx(), 1<<30-1), "1 GB"},
	}
	for _, tt := range tests {
		if tt.id != tt.wantID || tt.en != tt.wantEN {
			t.Errorf("%s: %q and %q, want %q and %q", tt.name, tt.id, tt.en, tt.wantID, tt.wantEN)
		}
	}
}

func TestNumberKeepsItsDigits(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		n := rapid.Int64Range(0, 1<<53).Draw(t, "n")
		plain := strings.ReplaceAll(Number(indonesianCtx(), n), ".", "")
		if other := strings.ReplaceAll(Number(englishCtx(), n), ",", ""); plain != other {
			t.Fatalf("%d: %q and %q", n, plain, other)
		}
	})
}

func TestManyReadersAtOnce(t *testing.T) {
	var readers sync.WaitGroup
	for i := range 8 {
		readers.Go(func() {
			for range 50 {
				if got := Days(indonesianCtx(), i); !strings.HasSuffix(got, " hari") {
					t.Errorf("Days(%d) = %q", i, got)
				}
				if got := Rupiah(englishCtx(), 1250000); got != "Rp1,250,000" {
					t.Errorf("Rupiah = %q", got)
				}
			}
		})
	}
	readers.Wait()
}
