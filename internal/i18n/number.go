package i18n

import (
	"context"

	"golang.org/x/text/language"
	"golang.org/x/text/message"
	"golang.org/x/text/number"
)

// An Integer is any kind of whole number that the portal counts with.
type Integer interface{ ~int | ~int32 | ~int64 }

// printers write numbers with the separators of each language.
var printers = map[Lang]*message.Printer{
	ID: message.NewPrinter(language.Indonesian),
	EN: message.NewPrinter(language.English),
}

// Number writes n with thousands separators: "1.250", in English "1,250".
func Number[N Integer](ctx context.Context, n N) string {
	return printers[Of(ctx)].Sprint(number.Decimal(int64(n)))
}

// Rupiah writes an amount of whole rupiah: "Rp1.250.000".
func Rupiah[N Integer](ctx context.Context, n N) string {
	if n < 0 {
		return "-Rp" + Number(ctx, -n)
	}
	return "Rp" + Number(ctx, n)
}

// Days writes a number of days: "3 hari", in English "1 day" and "3 days".
func Days[N Integer](ctx context.Context, n N) string {
	return T(ctx, "unit.days", "Count", int64(n))
}

// WorkingDays writes a number of days on which offices are open: "3 hari kerja".
func WorkingDays[N Integer](ctx context.Context, n N) string {
	return T(ctx, "unit.working_days", "Count", int64(n))
}

// Age writes a person's age in whole years: "28 tahun", in English "28 years old".
func Age[N Integer](ctx context.Context, years N) string {
	return T(ctx, "unit.age", "Count", int64(years))
}

// SeatsLeft writes how many seats an intake still has: "1 kursi tersisa".
func SeatsLeft[N Integer](ctx context.Context, n N) string {
	return T(ctx, "unit.seats_left", "Count", int64(n))
}

// Bytes writes the size of a file: "312 KB", "2,9 MB". One KB is 1,024 bytes, as
// phones and file managers count, so that a limit of 10<<20 is "10 MB".
func Bytes[N Integer](ctx context.Context, n N) string {
	const kb, mb, gb = 1 << 10, 1 << 20, 1 << 30
	size, p := float64(n), printers[Of(ctx)]
	tenths := number.MaxFractionDigits(1)
	// A size that would round up to 1,024 of one unit is written in the next.
	switch {
	case n < kb:
		return p.Sprint(number.Decimal(int64(n))) + " B"
	case size < mb-kb/2:
		return p.Sprint(number.Decimal(size/kb, number.MaxFractionDigits(0))) + " KB"
	case size < gb-mb/20:
		return p.Sprint(number.Decimal(size/mb, tenths)) + " MB"
	}
	return p.Sprint(number.Decimal(size/gb, tenths)) + " GB"
}
