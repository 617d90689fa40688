package sheet_test

import (
	"bytes"
	"reflect"
	"strings"
	"testing"
	"time"

	"github.com/xuri/excelize/v2"
	"pgregory.net/rapid"

	"naikkelas/internal/sheet"
)

// officer is a list with every style.
var officer = []sheet.Field{
	{Name: "NIK"}, {Name: "Nama", Width: 30}, {Name: "Kuota", Style: sheet.StyleCount},
	{Name: "Biaya", Style: sheet.StyleMoney}, {Name: "Mulai", Style: sheet.StyleDate},
}

// written writes rows in a format ("csv,", "csv;" or "xlsx") and opens the result.
func written(t rapid.TB, format string, fields []sheet.Field, rows [][]sheet.Cell) ([]byte, *sheet.Book) {
	t.Helper()
	var buf bytes.Buffer
	w, err := newWriter(&buf, format, fields)
	for _, row := range rows {
		if err == nil {
			err = w.Write(row)
		}
	}
	if err == nil {
		err = w.Close()
	}
	if err != nil {
		t.Fatalf("write: %v", err)
	}
	b, err := sheet.Open(bytes.NewReader(buf.Bytes()), int64(buf.Len()), "", sheet.Options{})
	if err != nil {
		t.Fatalf("open again: %v", err)
	}
	return buf.Bytes(), b
}

// newWriter makes either writer.
func newWriter(buf *bytes.Buffer, format string, fields []sheet.Field) (sheet.Writer, error) {
	if format == "xlsx" {
		return sheet.NewXLSX(buf, "Data", fields)
	}
	return sheet.NewCSV(buf, fields, rune(format[3]))
}

func TestP075_FormulaTextComesBackAsItWas(t *testing.T) {
	values := []string{
		"=1+1", "=cmd|' /C calc'!A0", "+62811", "+62 812-3456-7890", "-2+3", "-5000", "@SUM(1+1)", "\t=1+1", "\r=1+1", "＝1+1",
		"\"=1+1\"", "'=1+1", "''=1+1", "'", "'Aisyah", ";=1+1", "a;=1+1,b", `=HYPERLINK("http://127.0.0.1/?x="&A1,"klik")`,
		"sep=;", "MAS'ARIAH",
	}
	for _, format := range []string{"csv,", "csv;", "xlsx"} {
		for _, value := range values {
			data, b := written(t, format, officer[:2], [][]sheet.Cell{{sheet.TextCell("1"), sheet.TextCell(value)},
				{sheet.TextCell("2")}})
			if got := rowsOf(t, b)[1].Cells[1].Text; got != value {
				t.Errorf("%s: got %q, want %q", format, got, value)
			}
			if format != "xlsx" && strings.ContainsAny(value[:1], "=+-@\t\r") && !bytes.Contains(data, []byte("'"+value[:1])) {
				t.Errorf("%s: %q is a formula to whoever opens %q", format, value, data)
			}
		}
	}
	// A number is no text: it needs no guard, below zero either.
	data, _ := written(t, "csv;", officer[2:4], [][]sheet.Cell{{sheet.NumberCell(-5000)}})
	if !bytes.Contains(data, []byte("\r\n-5000;\r\n")) {
		t.Errorf("negative number: got %q", data)
	}
}

func TestP079_NIKAndPhoneColumnsAreWrittenAsText(t *testing.T) {
	data, _ := written(t, "xlsx", officer, [][]sheet.Cell{{sheet.TextCell("3171014203890001"), sheet.TextCell("081234567890")}})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	for cell, want := range map[string]string{"A2": "3171014203890001", "B2": "081234567890"} {
		kind, err := f.GetCellType("Data", cell)
		value, _ := f.GetCellValue("Data", cell)
		if err != nil || kind != excelize.CellTypeInlineString || value != want {
			t.Errorf("%s: got type %d, %q, %v; want text %q", cell, kind, value, err, want)
		}
	}
	// A NIK typed below the last row of a template must stay text as well.
	style, err := f.GetColStyle("Data", "A")
	if err != nil {
		t.Fatal(err)
	}
	if s, err := f.GetStyle(style); err != nil || s.CustomNumFmt == nil && s.NumFmt != 49 || s.CustomNumFmt != nil &&
		*s.CustomNumFmt != "@" {
		t.Errorf("style of column A: got %+v, %v, want text", s, err)
	}
}

func TestXLSXShowsDatesAndMoneyAndFreezesTheHeader(t *testing.T) {
	day := time.Date(2026, time.January, 12, 17, 0, 0, 0, time.UTC)
	old := time.Date(1899, time.May, 1, 0, 0, 0, 0, time.UTC)
	data, b := written(t, "xlsx", officer, [][]sheet.Cell{
		{{}, {}, sheet.NumberCell(20), sheet.NumberCell(1_250_000), sheet.DateCell(day)},
		{sheet.NumberCell(3171014203890001), {}, sheet.NumberCell(3171014203890001), {}, sheet.DateCell(old)},
	})
	f, err := excelize.OpenReader(bytes.NewReader(data))
	if err != nil {
		t.Fatal(err)
	}
	defer f.Close()
	if got, _ := f.GetCellValue("Data", "D2"); got != "1,250,000" {
		t.Errorf("money: got %q", got)
	}
	if got, _ := f.GetCellValue("Data", "E2"); got != "12 Januari 2026" {
		t.Errorf("date: got %q, want 12 Januari 2026", got)
	}
	if panes, err := f.GetPanes("Data"); err != nil || !panes.Freeze || panes.YSplit != 1 {
		t.Errorf("panes: got %+v, %v", panes, err)
	}
	if width, _ := f.GetColWidth("Data", "B"); width != 30 {
		t.Errorf("width: got %v, want 30", width)
	}
	rows := rowsOf(t, b)
	if c := rows[1].Cells[4]; c.Kind != sheet.KindDate || c.Text != "2026-01-12" {
		t.Errorf("date read again: %+v", c)
	}
	want := []sheet.Cell{sheet.TextCell("3171014203890001"), {}, sheet.TextCell("3171014203890001"), {}, sheet.TextCell("1899-05-01")}
	if !reflect.DeepEqual(rows[2].Cells, want) {
		t.Errorf("long numbers and old dates: got %+v", rows[2].Cells)
	}
}

func TestXLSXRefusesToCutAText(t *testing.T) {
	w, err := sheet.NewXLSX(&bytes.Buffer{}, "Data", officer)
	if err != nil {
		t.Fatal(err)
	}
	if err := w.Write([]sheet.Cell{sheet.TextCell(strings.Repeat("a", 32_768))}); err == nil {
		t.Error("a text longer than a cell was written without an error")
	}
	if err := w.Close(); err != nil {
		t.Error(err)
	}
}

// anyText is text such as people write and such as attackers do.
var anyText = rapid.OneOf(
	rapid.StringOfN(rapid.SampledFrom([]rune("aé'\"=+-@,;|\t\r\n ＝_x05F0’")), 1, 12, -1),
	rapid.StringMatching(`[A-Za-z' .]{1,20}`),
	rapid.StringOf(rapid.RuneFrom(nil, rangeOfLetters)),
)

func TestWrittenTextIsReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom([]string{"csv,", "csv;", "xlsx"}).Draw(t, "format")
		width := rapid.IntRange(1, 4).Draw(t, "width")
		fields := make([]sheet.Field, width)
		for i := range fields {
			fields[i].Name = rapid.StringMatching(`[A-Z][a-z]{1,8}`).Draw(t, "name")
		}
		var rows, want [][]sheet.Cell
		for range rapid.IntRange(1, 5).Draw(t, "rows") {
			row := []sheet.Cell{sheet.TextCell("x" + anyText.Draw(t, "first"))}
			for range width - 1 {
				row = append(row, sheet.TextCell(anyText.Draw(t, "text")))
			}
			rows = append(rows, row)
			for len(row) > 0 && row[len(row)-1].Kind == sheet.KindEmpty {
				row = row[:len(row)-1]
			}
			want = append(want, row)
		}
		_, b := written(t, format, fields, rows)
		var got [][]sheet.Cell
		err := b.Rows(func(r sheet.Row) error { got = append(got, r.Cells); return nil })
		if err != nil || !reflect.DeepEqual(got[1:], want) {
			t.Fatalf("%s: got %+v, %v\nwant %+v", format, got[1:], err, want)
		}
	})
}

func TestWrittenValuesAreReadAgain(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		format := rapid.SampledFrom([]string{"csv,", "csv;", "xlsx"}).Draw(t, "format")
		n := rapid.Int64Range(-1e15+1, 1e15-1).Draw(t, "count")
		money := rapid.Int64Range(0, 1e15-1).Draw(t, "money")
		day := time.Date(1900, time.March, 1, 0, 0, 0, 0, time.UTC).AddDate(0, 0, rapid.IntRange(0, 73_000).Draw(t, "day"))
		nik := rapid.StringMatching(`[1-9][0-9]{15}`).Draw(t, "nik")
		cells := []sheet.Cell{
			sheet.TextCell(nik), sheet.TextCell("Ani"), sheet.NumberCell(n), sheet.NumberCell(money), sheet.DateCell(day),
		}
		_, b := written(t, format, officer, [][]sheet.Cell{cells})
		err := b.Rows(func(r sheet.Row) error {
			if r.Number == 1 {
				return nil
			}
			gotNIK := r.Cell(0).Value()
			gotN, err2 := sheet.Integer(r.Cell(2))
			gotMoney, err3 := sheet.Money(r.Cell(3))
			gotDay, err4 := sheet.Date(r.Cell(4), sheet.DayFirst)
			if gotNIK != nik || gotN != n || gotMoney != money || !gotDay.Equal(day) {
				t.Fatalf("%s: got %q, %d %v, %d %v, %v %v; want %q, %d, %d, %v",
					format, gotNIK, gotN, err2, gotMoney, err3, gotDay, err4, nik, n, money, day)
			}
			return nil
		})
		if err != nil {
			t.Fatal(err)
		}
	})
}
