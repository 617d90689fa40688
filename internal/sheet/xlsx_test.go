package sheet_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"

	"naikkelas/internal/sheet"
)

// openRows opens a workbook with this sheetData.
func openRows(t *testing.T, rows string, o sheet.Options) *sheet.Book {
	t.Helper()
	b, err := openParts(t, workbook(rows), o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return b
}

func TestXLSXCellsKeepTheirKind(t *testing.T) {
	tests := []struct {
		name, cell string
		kind       sheet.Kind
		text       string
	}{
		{"shared string", `<c r="A1" t="s"><v>0</v></c>`, sheet.KindText, "Nama"},
		{"rich text without reading aid", `<c r="A1" t="s"><v>1</v></c>`, sheet.KindText, "Siti Aminah"},
		{"inline string", `<c t="inlineStr"><is><t xml:space="preserve"> a&amp;b </t></is></c>`, sheet.KindText, " a&b "},
		{"escaped letter", `<c t="inlineStr"><is><t>a_x000D_b_x005F_x0041_</t></is></c>`, sheet.KindText, "a\rb_x0041_"},
		{"formula text", `<c t="str"><f>A1&amp;"x"</f><v>Ayu</v></c>`, sheet.KindText, "Ayu"},
		{"error", `<c t="e"><v>#REF!</v></c>`, sheet.KindFormula, "#REF!"},
		{"formula that was never worked out", `<c><f>A1*8</f></c>`, sheet.KindFormula, "="},
		{"boolean", `<c t="b"><v>1</v></c>`, sheet.KindBoolean, "TRUE"},
		{"whole number", `<c><v>20</v></c>`, sheet.KindNumber, "20"},
		{"exponent", `<c><v>1.25E+6</v></c>`, sheet.KindNumber, "1250000"},
		{"fraction as shown", `<c><v>0.30000000000000004</v></c>`, sheet.KindNumber, "0.3"},
		{"rupiah style", `<c s="2"><v>1250000</v></c>`, sheet.KindNumber, "1250000"},
		{"date style", `<c s="1"><v>46034</v></c>`, sheet.KindDate, "2026-01-12"},
		{"Indonesian date style with clock", `<c s="3"><v>46034.5</v></c>`, sheet.KindDate, "2026-01-12 12:00:00"},
		{"clock only", `<c s="1"><v>0.5</v></c>`, sheet.KindDate, "12:00:00"},
		{"first days of 1900", `<c s="1"><v>59</v></c>`, sheet.KindDate, "1900-02-28"},
		{"the day that Excel invented", `<c s="1"><v>60</v></c>`, sheet.KindNumber, "60"},
		{"the day after", `<c s="1"><v>61</v></c>`, sheet.KindDate, "1900-03-01"},
		{"ISO date of strict workbooks", `<c t="d"><v>2026-01-12T08:30:00</v></c>`, sheet.KindDate, "2026-01-12 08:30:00"},
		{"below zero in date style", `<c s="1"><v>-5</v></c>`, sheet.KindNumber, "-5"},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			rows := rowsOf(t, openRows(t, `<row r="1">`+tt.cell+`</row>`, sheet.Options{}))
			if len(rows) != 1 || rows[0].Cells[0].Kind != tt.kind || rows[0].Cells[0].Text != tt.text {
				t.Errorf("got %+v, want kind %d, text %q", rows, tt.kind, tt.text)
			}
		})
	}
}

func TestXLSXPlacesCellsByName(t *testing.T) {
	b := openRows(t, `<row r="3"><c r="B3"><v>1</v></c><c><v>2</v></c><c r="AA3" s="1"/></row><row/>`+
		`<row><c t="inlineStr"><is><t> </t></is></c></row><row><c><v>9</v></c></row>`, sheet.Options{})
	if got, want := texts(rowsOf(t, b)), []string{"3: |1|2", "6: 9"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
}

func TestXLSXDateBase1904(t *testing.T) {
	parts := workbook(`<row><c s="1"><v>44572</v></c></row>`)
	parts["xl/workbook.xml"] = strings.Replace(parts["xl/workbook.xml"], "<sheets>", `<workbookPr date1904="1"/><sheets>`, 1)
	b, err := openParts(t, parts, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	if got := rowsOf(t, b)[0].Cells[0].Text; got != "2026-01-12" {
		t.Errorf("got %s, want 2026-01-12", got)
	}
}

func TestXLSXSheets(t *testing.T) {
	parts := workbook(`<row><c t="inlineStr"><is><t>Petunjuk pengisian</t></is></c></row>`)
	parts["xl/workbook.xml"] = `<workbook xmlns:r="x"><sheets><sheet name="Petunjuk" r:id="r1"/>` +
		`<sheet name="Rahasia" state="hidden" r:id="r9"/><sheet name="Isian" r:id="r8"/></sheets></workbook>`
	parts["xl/_rels/workbook.xml.rels"] = `<Relationships>` +
		`<Relationship Id="r1" Type="x/worksheet" Target="worksheets/sheet1.xml"/>` +
		`<Relationship Id="r8" Type="x/worksheet" Target="worksheets\sheet2.xml"/>` +
		`<Relationship Id="r9" Type="x/worksheet" Target="worksheets/sheet2.xml"/></Relationships>`
	parts["xl/worksheets/sheet2.xml"] = `<worksheet><sheetData>` +
		`<row><c t="inlineStr"><is><t>Nama</t></is></c><c t="inlineStr"><is><t>Kuota</t></is></c></row>` +
		`<row><c t="inlineStr"><is><t>Las</t></is></c><c><v>20</v></c></row></sheetData></worksheet>`
	want := [][]string{{"Nama"}, {"Kuota"}}

	b, err := openParts(t, parts, sheet.Options{})
	if err != nil || !reflect.DeepEqual(b.Sheets, []string{"Petunjuk", "Isian"}) {
		t.Fatalf("got sheets %q, %v", b.Sheets, err)
	}
	if !reflect.DeepEqual(b.HiddenSheets, []string{"Rahasia"}) {
		t.Errorf("hidden sheets %q", b.HiddenSheets)
	}
	list, err := b.Tables(want)
	if err != nil || len(list) != 2 || list[0].Reason != sheet.ReasonEmpty || list[1].Sheet != "Isian" || list[1].Reason != "" {
		t.Errorf("tables: got %+v, %v", list, err)
	}
	b, err = openParts(t, parts, sheet.Options{Sheet: "Petunjuk"})
	if err != nil {
		t.Fatal(err)
	}
	if got := tableOf(t, b, want); got.Reason != sheet.ReasonEmpty || got.Sheet != "Petunjuk" {
		t.Errorf("chosen sheet: got %+v, want empty", got)
	}
	if _, err := openParts(t, parts, sheet.Options{Sheet: "Rahasia"}); reason(err) != sheet.ReasonNotASheet {
		t.Errorf("hidden sheet: got %v, want a refusal", err)
	}
}

func TestXLSXBombsAndDamageAreRefused(t *testing.T) {
	change := func(name, text string) map[string]string {
		parts := maps.Clone(workbook(`<row><c><v>1</v></c></row>`))
		parts[name] = text
		return parts
	}
	// data is a workbook with this text where its rows begin.
	data := func(text string) map[string]string {
		return change("xl/worksheets/sheet1.xml", "<worksheet><sheetData>"+text)
	}
	const end = "</sheetData></worksheet>"
	many := strings.Repeat("<si><t/></si>", 4_000_000)
	outside := `<Relationships><Relationship Id="r1" Type="x/worksheet" Target="http://127.0.0.1/x" TargetMode="External"/></Relationships>`
	tests := []struct {
		name  string
		parts map[string]string
		want  sheet.Reason
	}{
		{"bomb", change("xl/media/image1.png", strings.Repeat("0", 3<<20)), sheet.ReasonTooLarge},
		{"endless text", data(`<row><c><v>` + strings.Repeat("9", 2<<20)), sheet.ReasonTooLarge},
		{"long cell", data(`<row><c t="str"><v>` + strings.Repeat("a", 40_000) + `</v></c></row>`), sheet.ReasonTooLarge},
		{"bomb of empty strings", change("xl/sharedStrings.xml", "<sst>"+many+"</sst>"), sheet.ReasonTooLarge},
		{"unknown shared string", data(`<row><c t="s"><v>7</v></c></row>` + end), sheet.ReasonDamaged},
		{"XML cut short", data(`<row><c><v>1</v></c>`), sheet.ReasonDamaged},
		{"column out of bounds", data(`<row><c r="ZZ1"><v>1</v></c></row>` + end), sheet.ReasonTooManyColumns},
		{"no sheet", change("xl/workbook.xml", `<workbook/>`), sheet.ReasonEmpty},
		{"sheet that leads outside", change("xl/_rels/workbook.xml.rels", outside), sheet.ReasonEmpty},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			limit := sheet.Options{MaxUnzipped: 64 << 20}
			if tt.name == "bomb" {
				limit.MaxUnzipped = 2 << 20
			}
			b, err := openParts(t, tt.parts, limit)
			if err == nil {
				err = b.Rows(func(sheet.Row) error { return nil })
			}
			if got := reason(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

// An 18-digit number in a date-styled cell once kept another reader busy for ever.
func TestP077_NIKInADateCellEndsAtOnceAndIsRefused(t *testing.T) {
	rows := rowsOf(t, openRows(t, `<row><c s="1"><v>500123199005132245</v></c></row>`, sheet.Options{}))
	c := rows[0].Cells[0]
	if c.Kind != sheet.KindNumber || c.Text != "500123199005132245" {
		t.Errorf("got %+v, want the number as it stands", c)
	}
	if _, _, err := sheet.Phone(c); problem(err) != sheet.ProblemLostDigits {
		t.Errorf("got %v, want %s", err, sheet.ProblemLostDigits)
	}
}

func TestP079_NumbersThatShouldBeText(t *testing.T) {
	rows := rowsOf(t, openRows(t, `<row><c><v>3171014203890000</v></c><c><v>81234567890</v></c></row>`+
		`<row><c><v>3.17101420389E+15</v></c><c><v>6281234567890</v></c></row>`, sheet.Options{}))
	for i, phone := range []string{"081234567890", "+6281234567890"} {
		if _, _, err := sheet.Phone(rows[i].Cells[0]); problem(err) != sheet.ProblemLostDigits {
			t.Errorf("long number of row %d: got %v, want %s", i+1, err, sheet.ProblemLostDigits)
		}
		if got, rescued, err := sheet.Phone(rows[i].Cells[1]); got != phone || !rescued || err != nil {
			t.Errorf("phone of row %d: got %q, %v, %v; want %q rescued", i+1, got, rescued, err, phone)
		}
	}
}
