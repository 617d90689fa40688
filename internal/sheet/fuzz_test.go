package sheet_test

import (
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode"

	"naikkelas/internal/sheet"
)

// rangeOfLetters is the letters that every spreadsheet can hold.
var rangeOfLetters = &unicode.RangeTable{
	R16: []unicode.Range16{{Lo: 0x20, Hi: 0x7e, Stride: 1}, {Lo: 0xa1, Hi: 0x24f, Stride: 1}, {Lo: 0x600, Hi: 0x6ff, Stride: 1}},
	R32: []unicode.Range32{{Lo: 0x1f600, Hi: 0x1f64f, Stride: 1}},
}

// FuzzOpen feeds any bytes: each file is read within its limits or refused by a
// reason, and reading it twice gives the same rows.
func FuzzOpen(f *testing.F) {
	for _, s := range []string{"a,b\n1,2\n", "\xff\xfea\x00;\x00b\x00", "sep=;\na;b", "\"a\"\"b\",c\r1", "x\xe9;y", "PK\x03\x04", ""} {
		f.Add([]byte(s))
	}
	f.Add(zipOf(f, workbook(`<row r="1"><c r="A1" t="s"><v>1</v></c><c s="1"><v>46034</v></c></row>`)))
	o := sheet.Options{MaxRows: 50, MaxColumns: 20, MaxCell: 100, MaxUnzipped: 1 << 20}
	f.Fuzz(func(t *testing.T, data []byte) {
		b, err := sheet.Open(bytes.NewReader(data), int64(len(data)), "f", o)
		if err != nil {
			mustRefuse(t, err)
			return
		}
		var first, second []string
		firstErr := b.Rows(func(r sheet.Row) error { first = append(first, checked(t, r)); return nil })
		secondErr := b.Rows(func(r sheet.Row) error { second = append(second, checked(t, r)); return nil })
		if strings.Join(first, "\n") != strings.Join(second, "\n") || (firstErr == nil) != (secondErr == nil) {
			t.Fatalf("two readings differ: %q, %v and %q, %v", first, firstErr, second, secondErr)
		}
		for _, err := range []error{firstErr, tablesError(b)} {
			if err != nil {
				mustRefuse(t, err)
			}
		}
	})
}

// mustRefuse fails on any error but a refusal with a known reason.
func mustRefuse(t *testing.T, err error) {
	t.Helper()
	r, ok := errors.AsType[*sheet.Refusal](err)
	if !ok {
		t.Fatalf("not a refusal: %v", err)
	}
	for _, known := range sheet.Reasons {
		if r.Reason == known {
			return
		}
	}
	t.Fatalf("unknown reason %q", r.Reason)
}

// checked proves a row's promises and gives its text.
func checked(t *testing.T, r sheet.Row) string {
	t.Helper()
	n := len(r.Cells)
	if r.Number < 1 || n == 0 || n > 20 || r.Cells[n-1].Kind == sheet.KindEmpty {
		t.Fatalf("row breaks its promises: %+v", r)
	}
	var b strings.Builder
	for _, c := range r.Cells {
		if (c.Kind == sheet.KindEmpty) != (c.Text == "") {
			t.Fatalf("cell breaks its promises: %+v", c)
		}
		b.WriteString(c.Text + "|")
	}
	return b.String()
}

func tablesError(b *sheet.Book) error {
	_, err := b.Tables([][]string{{"a"}, {"b"}})
	return err
}

// FuzzValues feeds any text: each parser takes it or names a known problem, and
// what it takes is within its bounds.
func FuzzValues(f *testing.F) {
	for _, s := range []string{
		"Rp1.250.000,-", "12/01/2026", "1 Jan 2026", "3,1E+15", "+62", "ya", "1.5", "-", "'31", "1,25 jt", "240 JP", "1-Feb-27",
		"Rp1/orang",
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, s string) {
		c := sheet.TextCell(s)
		money, err := sheet.Money(c)
		mustName(t, err)
		if money < 0 || money >= 1e15 {
			t.Errorf("money %d out of bounds", money)
		}
		_, err = sheet.Integer(c, "jp")
		mustName(t, err)
		for _, o := range []sheet.Order{sheet.DayFirst, sheet.MonthFirst, sheet.Unsure} {
			d, err := sheet.Date(c, o)
			mustName(t, err)
			if err == nil && (d.Year() < 1900 || d.Year() > 2100) {
				t.Errorf("date %v out of bounds", d)
			}
		}
		_, err = sheet.YesNo(c)
		mustName(t, err)
		_, _, err = sheet.Phone(c)
		mustName(t, err)
		sheet.List(c)
		sheet.DateColumn([]sheet.Cell{c})
	})
}

// mustName fails on any error but a known problem.
func mustName(t *testing.T, err error) {
	t.Helper()
	if err == nil {
		return
	}
	for _, known := range sheet.Problems {
		if problem(err) == known {
			return
		}
	}
	t.Fatalf("unknown problem: %v", err)
}
