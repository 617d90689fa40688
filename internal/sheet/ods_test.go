package sheet_test

import (
	"fmt"
	"strings"
	"testing"

	"naikkelas/internal/sheet"
)

// odsBook is a workbook with these tables.
func odsBook(tables string) map[string]string {
	return map[string]string{
		"mimetype": "application/vnd.oasis.opendocument.spreadsheet",
		"content.xml": `<?xml version="1.0"?><office:document-content xmlns:office="o" xmlns:table="t" xmlns:text="x" xmlns:style="s">` +
			`<office:automatic-styles><style:style style:name="ta1"><style:table-properties table:display="true"/></style:style>` +
			`<style:style style:name="ta2"><style:table-properties table:display="false"/></style:style></office:automatic-styles>` +
			`<office:body><office:spreadsheet>` + tables + `</office:spreadsheet></office:body></office:document-content>`,
	}
}

func odsRows(rows string) map[string]string {
	return odsBook(`<table:table table:name="Data">` + rows + `</table:table>`)
}

const (
	asText, asFloat = `office:value-type="string"`, `office:value-type="float" `
	odsRow, rowEnd  = "<table:table-row>", "</table:table-row>"
)

// odsCell is a cell with attributes and a paragraph.
func odsCell(attributes, text string) string {
	return `<table:table-cell ` + attributes + `><text:p>` + text + `</text:p></table:table-cell>`
}

func TestODSCellsKeepTheirKind(t *testing.T) {
	for name, tt := range map[string]struct {
		cell string
		kind sheet.Kind
		text string
	}{
		"text":       {odsCell(asText, "Siti <text:span>Aminah</text:span>"), sheet.KindText, "Siti Aminah"},
		"two lines":  {odsCell(asText, "a</text:p><text:p>b"), sheet.KindText, "a\nb"},
		"spaces":     {odsCell(asText, `a<text:s text:c="3"/>b<text:tab/>c<text:line-break/>d`), sheet.KindText, "a   b\tc\nd"},
		"remark":     {odsCell(asText, "a<office:annotation><text:p>lihat</text:p></office:annotation>"), sheet.KindText, "a"},
		"number":     {odsCell(`office:value-type="float" office:value="1250000"`, "1.250.000"), sheet.KindNumber, "1250000"},
		"fraction":   {odsCell(`office:value-type="float" office:value="0.30000000000000004"`, "0,3"), sheet.KindNumber, "0.3"},
		"code":       {odsCell(`office:value-type="float" office:value="12"`, "0012"), sheet.KindNumber, "0012"},
		"percent":    {odsCell(`office:value-type="percentage" office:value="2.4"`, "240 %"), sheet.KindNumber, "2.4"},
		"rupiah":     {odsCell(`office:value-type="currency" office:value="1250000"`, "Rp1.250.000"), sheet.KindNumber, "1250000"},
		"day":        {odsCell(`office:value-type="date" office:date-value="2027-02-01"`, "01/02/27"), sheet.KindDate, "2027-02-01"},
		"clock":      {odsCell(`office:value-type="date" office:date-value="2027-02-01T08:30:00"`, "1"), sheet.KindDate, "2027-02-01 08:30:00"},
		"no day":     {odsCell(`office:value-type="date" office:date-value="morgen"`, "morgen"), sheet.KindText, "morgen"},
		"yes":        {odsCell(`office:value-type="boolean" office:boolean-value="true"`, "BENAR"), sheet.KindBoolean, "TRUE"},
		"formula":    {odsCell(`table:formula="of:=[.A1]*8" office:value-type="float" office:value="240"`, "240"), sheet.KindNumber, "240"},
		"not worked": {`<table:table-cell table:formula="of:=[.A1]*8"/>`, sheet.KindFormula, "="},
		"error":      {odsCell(`table:formula="of:=1/0" calcext:value-type="error" `+asText, "#DIV/0!"), sheet.KindFormula, "#DIV/0!"},
	} {
		t.Run(name, func(t *testing.T) {
			b, err := openParts(t, odsRows(odsRow+tt.cell+rowEnd), sheet.Options{})
			if err != nil {
				t.Fatal(err)
			}
			rows := rowsOf(t, b)
			if b.Format != sheet.ODS || len(rows) != 1 || rows[0].Cells[0].Kind != tt.kind || rows[0].Cells[0].Text != tt.text {
				t.Errorf("got %+v, want kind %d, text %q", rows, tt.kind, tt.text)
			}
		})
	}
}

// Rows and cells that stand once for many are placed where a person sees them; merged ranges, hidden rows, columns and
// sheets are known.
func TestODSLayoutIsThatOfThePage(t *testing.T) {
	b, err := openParts(t, odsBook(`<table:table table:name="Rahasia" table:style-name="ta2"><table:table-row>`+odsCell("", "x")+
		`</table:table-row></table:table><table:table table:name="Data" table:style-name="ta1">`+
		`<table:table-column table:number-columns-repeated="2"/><table:table-column table:visibility="collapse"/>`+
		`<table:table-header-rows>`+odsRow+odsCell("", "Nama")+odsCell("", "Kota")+odsCell("", "Kode")+rowEnd+`</table:table-header-rows>`+
		`<table:table-row table:number-rows-repeated="3"><table:table-cell table:number-columns-repeated="16384"/></table:table-row>`+
		`<table:table-row table:visibility="filter">`+odsCell(`table:number-rows-spanned="2"`, "Las")+
		odsCell(`table:number-columns-repeated="2"`, "x")+rowEnd+
		`<table:table-row table:number-rows-repeated="2"><table:covered-table-cell><text:p>lama</text:p></table:covered-table-cell>`+
		odsCell("", "y")+rowEnd+
		`<table:table-row table:number-rows-repeated="1048570"><table:table-cell/></table:table-row></table:table>`), sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	tables, err := b.Tables([][]string{{"nama"}, {"kota"}, {"kode"}})
	if err != nil || len(tables) != 1 || len(b.HiddenSheets) != 1 || b.HiddenSheets[0] != "Rahasia" {
		t.Fatalf("%d tables, hidden %v, %v", len(tables), b.HiddenSheets, err)
	}
	got := ""
	for _, row := range tables[0].Rows {
		got += fmt.Sprint(row.Number, " ", row.Cell(0).Value(), " ", row.Cell(1).Value(), " ", row.Cell(2).Value(), " ", row.Hidden, "|")
	}
	if want := "5 Las x x true|6 Las y  false|7  y  false|"; got != want || !tables[0].Columns[2].Hidden || tables[0].Columns[1].Hidden {
		t.Errorf("got %s, want %s; %+v", got, want, tables[0].Columns)
	}
}

// What repeats without end, is locked, cut or unpacks to much is refused by its reason.
func TestODSIsReadWithinItsLimits(t *testing.T) {
	full := odsCell("", "a")
	locked := odsRows("")
	locked["META-INF/manifest.xml"] = `<manifest:manifest><manifest:encryption-data/></manifest:manifest>`
	cut := odsRows(odsRow + full)
	cut["content.xml"] = cut["content.xml"][:500]
	for name, tt := range map[string]struct {
		parts map[string]string
		want  sheet.Reason
	}{
		"rows":    {odsRows(`<table:table-row table:number-rows-repeated="2000000000">` + full + rowEnd), sheet.ReasonTooManyRows},
		"columns": {odsRows(odsRow + odsCell(`table:number-columns-repeated="900"`, "a") + rowEnd), sheet.ReasonTooManyColumns},
		"spaces":  {odsRows(odsRow + odsCell("", `a<text:s text:c="2000000000"/>`) + rowEnd), sheet.ReasonTooLarge},
		"long":    {odsRows(odsRow + odsCell("", strings.Repeat("a", 40_000)) + rowEnd), sheet.ReasonTooLarge},
		"cut":     {cut, sheet.ReasonDamaged},
		"no part": {map[string]string{"mimetype": odsRows("")["mimetype"]}, sheet.ReasonDamaged},
		"locked":  {locked, sheet.ReasonLocked},
		"bomb":    {odsRows(strings.Repeat(" ", 3<<20)), sheet.ReasonTooLarge},
	} {
		t.Run(name, func(t *testing.T) {
			o := sheet.Options{MaxUnzipped: 2 << 20}
			b, err := openParts(t, tt.parts, o)
			if err == nil {
				err = b.Rows(func(sheet.Row) error { return nil })
			}
			if reason(err) != tt.want {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// FuzzODS feeds the inside of a table: it is read within its limits, or refused by a reason.
func FuzzODS(f *testing.F) {
	for _, s := range []string{
		`<table:table-row table:number-rows-repeated="7">` + odsCell(`table:number-columns-repeated="3"`, "a") + rowEnd,
		`<table:table-row><table:table-cell table:formula="x"/><table:covered-table-cell/></table:table-row>`,
		odsRow + odsCell(`office:value-type="date" office:date-value="2027-02-01"`, "1") + rowEnd,
		`<table:table table:name="b"/>`, `</table:table><table:table table:name="c">`,
	} {
		f.Add(s)
	}
	f.Fuzz(func(t *testing.T, rows string) {
		b, err := openParts(t, odsRows(rows), sheet.Options{MaxRows: 50, MaxColumns: 20, MaxCell: 100, MaxUnzipped: 1 << 20})
		if err == nil {
			err = b.Rows(func(r sheet.Row) error { checked(t, r); return nil })
		}
		if err == nil {
			err = tablesError(b)
		}
		if err != nil {
			mustRefuse(t, err)
		}
	})
}
