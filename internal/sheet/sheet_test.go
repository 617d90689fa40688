package sheet_test

import (
	"archive/zip"
	"bytes"
	"errors"
	"strings"
	"testing"
	"unicode/utf16"

	"naikkelas/internal/sheet"
)

// openText opens a text as an uploaded file.
func openText(t testing.TB, text string, o sheet.Options) *sheet.Book {
	t.Helper()
	b, err := sheet.Open(strings.NewReader(text), int64(len(text)), "data.csv", o)
	if err != nil {
		t.Fatalf("open: %v", err)
	}
	return b
}

// openParts opens a workbook made of these parts.
func openParts(t testing.TB, parts map[string]string, o sheet.Options) (*sheet.Book, error) {
	t.Helper()
	data := zipOf(t, parts)
	return sheet.Open(bytes.NewReader(data), int64(len(data)), "data.xlsx", o)
}

// zipOf packs parts.
func zipOf(t testing.TB, parts map[string]string) []byte {
	t.Helper()
	var buf bytes.Buffer
	z := zip.NewWriter(&buf)
	for name, text := range parts {
		w, err := z.Create(name)
		if err == nil {
			_, err = w.Write([]byte(text))
		}
		if err != nil {
			t.Fatal(err)
		}
	}
	if err := z.Close(); err != nil {
		t.Fatal(err)
	}
	return buf.Bytes()
}

// ods is a file of LibreOffice, as far as it is looked at.
var ods = map[string]string{"mimetype": "application/vnd.oasis.opendocument.spreadsheet", "content.xml": "<x/>"}

// workbook is the parts of a workbook of one sheet with this sheetData, whose
// style 1 is a date and style 2 rupiah.
func workbook(rows string) map[string]string {
	return map[string]string{
		"[Content_Types].xml": `<Types/>`,
		"_rels/.rels": `<Relationships>` +
			`<Relationship Id="r1" Type="http://x/officeDocument" Target="xl/workbook.xml"/></Relationships>`,
		"xl/workbook.xml": `<workbook xmlns:r="http://x/r"><sheets><sheet name="Data" sheetId="1" r:id="r1"/></sheets></workbook>`,
		"xl/_rels/workbook.xml.rels": `<Relationships>` +
			`<Relationship Id="r1" Type="http://x/worksheet" Target="/xl/worksheets/sheet1.xml"/>` +
			`<Relationship Id="r2" Type="http://x/styles" Target="styles.xml"/>` +
			`<Relationship Id="r3" Type="http://x/sharedStrings" Target="sharedStrings.xml"/></Relationships>`,
		"xl/styles.xml": `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="&quot;Rp&quot;#,##0.00"/>` +
			`<numFmt numFmtId="171" formatCode="[$-421]d mmmm yyyy"/></numFmts>` +
			`<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="171"/></cellXfs></styleSheet>`,
		"xl/sharedStrings.xml":     `<sst><si><t>Nama</t></si><si><r><t>Siti </t></r><r><t>Aminah</t></r><rPh><t>x</t></rPh></si></sst>`,
		"xl/worksheets/sheet1.xml": `<worksheet><sheetData>` + rows + `</sheetData></worksheet>`,
	}
}

// rowsOf reads all rows.
func rowsOf(t testing.TB, b *sheet.Book) []sheet.Row {
	t.Helper()
	var rows []sheet.Row
	if err := b.Rows(func(r sheet.Row) error { rows = append(rows, r); return nil }); err != nil {
		t.Fatalf("rows: %v", err)
	}
	return rows
}

// tableOf is the one table of a book.
func tableOf(t testing.TB, b *sheet.Book, want [][]string) sheet.Table {
	t.Helper()
	list, err := b.Tables(want)
	if err != nil || len(list) != 1 {
		t.Fatalf("%d tables, %v", len(list), err)
	}
	return list[0]
}

// texts joins the cells of rows for comparing: "number: a|b".
func texts(rows []sheet.Row) []string {
	var lines []string
	for _, r := range rows {
		var cells []string
		for _, c := range r.Cells {
			cells = append(cells, c.Text)
		}
		lines = append(lines, string(rune('0'+r.Number))+": "+strings.Join(cells, "|"))
	}
	return lines
}

// reason is the reason of a refusal, or what else the error is.
func reason(err error) sheet.Reason {
	if r, ok := errors.AsType[*sheet.Refusal](err); ok {
		return r.Reason
	}
	if err != nil {
		return sheet.Reason("not a refusal: " + err.Error())
	}
	return ""
}

// wide is a text as UTF-16 bytes.
func wide(text string, bigEndian bool) string {
	var b []byte
	for _, u := range utf16.Encode([]rune(text)) {
		if bigEndian {
			b = append(b, byte(u>>8), byte(u))
		} else {
			b = append(b, byte(u), byte(u>>8))
		}
	}
	return string(b)
}

func TestForeignFilesAreRefusedByName(t *testing.T) {
	ole := "\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + strings.Repeat("\x00", 600)
	word := map[string]string{
		"[Content_Types].xml": "<Types/>",
		"_rels/.rels":         `<Relationships><Relationship Id="a" Type="x/officeDocument" Target="word/document.xml"/></Relationships>`,
	}
	macro := workbook("")
	macro["xl/vbaProject.bin"] = "x"
	declared := workbook("")
	declared["[Content_Types].xml"] = `<Types><Override PartName="/xl/workbook.xml" ` +
		`ContentType="application/vnd.ms-excel.sheet.macroEnabled.main+xml"/></Types>`
	tests := []struct {
		name, data string
		want       sheet.Reason
	}{
		{"nothing", "", sheet.ReasonEmpty},
		{"white space", " \r\n\t\r\n", sheet.ReasonEmpty},
		{"mark only", "\xef\xbb\xbf", sheet.ReasonEmpty},
		{"old Excel", ole, sheet.ReasonXLSOld},
		{"password", ole + wide("EncryptedPackage", false), sheet.ReasonLocked},
		{"HTML named xls", "\ufeff\n<html><table><tr><td>NIK</td></tr></table></html>", sheet.ReasonNotASheet},
		{"XML of Excel 2003", `<?xml version="1.0"?><Workbook/>`, sheet.ReasonNotASheet},
		{"PDF", "%PDF-1.7 ...", sheet.ReasonNotASheet},
		{"picture", "\xff\xd8\xff\xe0\x00\x10JFIF", sheet.ReasonNotASheet},
		{"binary", "ab\x00\x01\x02\x03\x04c", sheet.ReasonNotASheet},
		{"zip cut short", "PK\x03\x04abc", sheet.ReasonDamaged},
		{"ods without a sheet", string(zipOf(t, ods)), sheet.ReasonEmpty},
		{"docx", string(zipOf(t, word)), sheet.ReasonNotASheet},
		{"macros", string(zipOf(t, macro)), sheet.ReasonMacro},
		{"macros declared", string(zipOf(t, declared)), sheet.ReasonMacro},
		{"UTF-8 with a broken letter", "Nama;Kota\nMu\xc3\xa9;\xc3\xa9\xc3x", sheet.ReasonEncoding},
		{"byte that windows-1252 lacks", "Nama;Kota\nx\x81;y", sheet.ReasonEncoding},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			_, err := sheet.Open(strings.NewReader(tt.data), int64(len(tt.data)), "data.xls", sheet.Options{})
			if got := reason(err); got != tt.want {
				t.Errorf("got %q, want %q", got, tt.want)
			}
		})
	}
}

func TestLimitsAreRefusedWithTheirPlace(t *testing.T) {
	o := sheet.Options{MaxRows: 3, MaxColumns: 4, MaxCell: 10}
	tests := []struct {
		name, data string
		want       sheet.Refusal
	}{
		{"rows", "a,b\n1,2\n\n3,4\n5,6\n", sheet.Refusal{Reason: sheet.ReasonTooManyRows, Row: 5}},
		{"columns", "a,b\n1,2,3,4,5\n", sheet.Refusal{Reason: sheet.ReasonTooManyColumns, Row: 2}},
		{"empty columns without end", "a,b\n1" + strings.Repeat(",", 20_000) + "\n",
			sheet.Refusal{Reason: sheet.ReasonTooManyColumns, Row: 2}},
		{"cell", "a,b\n1,12345678901\n", sheet.Refusal{Reason: sheet.ReasonTooLarge, Row: 2, Column: 2}},
		{"NUL", "a,b\n" + strings.Repeat("1,2\n", 1) + strings.Repeat(" ", 9000) + "\x00,2\n",
			sheet.Refusal{Reason: sheet.ReasonTooLarge, Row: 3, Column: 1}},
		{"quote never closed", "a,b\n1,\"2\n3,4\n", sheet.Refusal{Reason: sheet.ReasonQuote, Row: 2, Column: 2}},
	}
	for _, tt := range tests {
		t.Run(tt.name, func(t *testing.T) {
			err := openText(t, tt.data, o).Rows(func(sheet.Row) error { return nil })
			r, ok := errors.AsType[*sheet.Refusal](err)
			if !ok || *r != tt.want {
				t.Errorf("got %v, want %v", err, &tt.want)
			}
		})
	}
	if _, err := sheet.Open(strings.NewReader("abc"), 3, "", sheet.Options{MaxBytes: 2}); reason(err) != sheet.ReasonTooLarge {
		t.Errorf("file above the limit: got %v", err)
	}
}

func TestNULFarInsideIsRefused(t *testing.T) {
	b := openText(t, strings.Repeat("a,b\n", 4000)+"c\x00,d\n", sheet.Options{})
	err := b.Rows(func(sheet.Row) error { return nil })
	r, ok := errors.AsType[*sheet.Refusal](err)
	if want := (sheet.Refusal{Reason: sheet.ReasonEncoding, Row: 4001, Column: 1}); !ok || *r != want {
		t.Errorf("got %v, want %v", err, &want)
	}
}

func TestAFailingStorageIsNotABrokenFile(t *testing.T) {
	data := zipOf(t, workbook(`<row r="1"><c r="A1"><v>1</v></c></row>`))
	broken := errors.New("connection lost")
	r := &failing{data: bytes.NewReader(data)}
	b, err := sheet.Open(r, int64(len(data)), "", sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	r.err = broken
	if err := b.Rows(func(sheet.Row) error { return nil }); !errors.Is(err, broken) {
		t.Errorf("got %v, want %v", err, broken)
	}
}

// failing is a storage that breaks down when err is set.
type failing struct {
	data *bytes.Reader
	err  error
}

func (f *failing) ReadAt(p []byte, off int64) (int, error) {
	if f.err != nil {
		return 0, f.err
	}
	return f.data.ReadAt(p, off)
}

func TestRowsEndsWithTheCallersError(t *testing.T) {
	mine := errors.New("enough")
	seen := 0
	err := openText(t, "a,b\n1,2\n3,4\n", sheet.Options{}).Rows(func(sheet.Row) error { seen++; return mine })
	if !errors.Is(err, mine) || seen != 1 {
		t.Errorf("got %v after %d rows, want %v after 1", err, seen, mine)
	}
}
