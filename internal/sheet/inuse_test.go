package sheet_test

import (
	"maps"
	"reflect"
	"strings"
	"testing"
	"time"

	"golang.org/x/text/encoding"
	"golang.org/x/text/encoding/charmap"
	"golang.org/x/text/encoding/korean"
	"golang.org/x/text/encoding/simplifiedchinese"

	"naikkelas/internal/sheet"
)

// What a package says of kinds that it does not hold, as SheetJS does, is no macro; a real macro, a binary workbook
// and the workbooks of other programs are each refused by their own name (F097, F114).
func TestF097F114WorkbooksAreTakenForWhatTheyAre(t *testing.T) {
	with := func(change map[string]string) map[string]string {
		parts := maps.Clone(workbook(`<row><c><v>1</v></c></row>`))
		maps.Copy(parts, change)
		return parts
	}
	types := func(list string) map[string]string {
		return map[string]string{"[Content_Types].xml": "<Types>" + list + "</Types>"}
	}
	main := func(kind string) map[string]string {
		return types(`<Override PartName="/xl/workbook.xml" ContentType="application/vnd.` + kind + `"/>`)
	}
	binary := with(types(`<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>`))
	binary["_rels/.rels"] = strings.ReplaceAll(binary["_rels/.rels"], "workbook.xml", "workbook.bin")
	for name, tt := range map[string]struct {
		parts map[string]string
		want  sheet.Reason
	}{
		"SheetJS": {with(types(`<Default Extension="xlsb" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>` +
			`<Default Extension="bin" ContentType="application/vnd.ms-excel.sheet.binary.macroEnabled.main"/>` +
			`<Override PartName="/xl/workbook.xml" ` +
			`ContentType="application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"/>`)), ""},
		"Google, LibreOffice": {with(main("openxmlformats-officedocument.spreadsheetml.sheet.main+xml")), ""},
		"xltx":                {with(main("openxmlformats-officedocument.spreadsheetml.template.main+xml")), ""},
		"xlsm":                {with(main("ms-excel.sheet.macroEnabled.main+xml")), sheet.ReasonMacro},
		"xltm":                {with(main("ms-excel.template.macroEnabled.main+xml")), sheet.ReasonMacro},
		"macros named xlsx":   {with(map[string]string{"xl/vbaProject.bin": "x"}), sheet.ReasonMacro},
		"xlsb":                {binary, sheet.ReasonBinary},
		"ods":                 {ods, sheet.ReasonEmpty},
		"odt":                 {map[string]string{"mimetype": "application/vnd.oasis.opendocument.text"}, sheet.ReasonNotASheet},
		"numbers":             {map[string]string{"Index/Document.iwa": "x", "preview.jpg": "y"}, sheet.ReasonNumbers},
		"csv inside a zip":    {map[string]string{"daftar.csv": "a,b"}, sheet.ReasonArchive},
		"cut workbook":        {map[string]string{"xl/workbook.xml": "<workbook/>"}, sheet.ReasonDamaged},
	} {
		t.Run(name, func(t *testing.T) {
			if _, err := openParts(t, tt.parts, sheet.Options{}); reason(err) != tt.want {
				t.Errorf("got %v, want %q", err, tt.want)
			}
		})
	}
}

// A formula without a stored result, an error in a cell and an error as text of a CSV are each named, by every
// parser; a formula whose result is an empty text is empty (F109).
func TestF109FormulasWithoutAResultAreNamed(t *testing.T) {
	rows := rowsOf(t, openRows(t, `<row><c><f>A1*8</f></c><c t="e"><f>1/0</f><v>#DIV/0!</v></c>`+
		`<c><f>[1]Lain!A1</f><v>240</v></c><c t="str"><f>""</f><v></v></c><c t="e"><v>#N/A</v></c><c><v>7</v></c></row>`,
		sheet.Options{}))
	for i, broken := range []bool{true, true, false, false, true, false} {
		if got := rows[0].Cell(i).Broken(); got != broken {
			t.Errorf("cell %d: broken %v, want %v", i, got, broken)
		}
	}
	for _, c := range []sheet.Cell{rows[0].Cell(0), rows[0].Cell(1), sheet.TextCell("#REF!"), sheet.TextCell(" #Name? ")} {
		_, count := sheet.Integer(c)
		_, money := sheet.Money(c)
		_, date := sheet.Date(c, sheet.DayFirst)
		_, yes := sheet.YesNo(c)
		_, _, phone := sheet.Phone(c)
		for _, err := range []error{count, money, date, yes, phone} {
			if problem(err) != sheet.ProblemFormula {
				t.Errorf("%q: got %v", c.Text, err)
			}
		}
	}
}

// Excel's usual short form, two-digit years and serials as text are dates; a month or a week is none (F113).
func TestF113ShortYearsAndSerialsAreDates(t *testing.T) {
	want := time.Date(2027, time.February, 1, 0, 0, 0, 0, time.UTC)
	for _, text := range []string{"1-Feb-27", "1/2/27", "01.02.27", "1 Peb 27", "46419", "Senin, 1-2-27", "Feb 1, 27"} {
		if got, err := sheet.Date(sheet.TextCell(text), sheet.DayFirst); err != nil || !got.Equal(want) {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
	if got, err := sheet.Date(sheet.TextCell("44593"), sheet.Unsure); err != nil || got.Format(time.DateOnly) != "2022-02-01" {
		t.Errorf("serial: got %v, %v", got, err)
	}
	for _, text := range []string{"Agt 2027", "Minggu ke-1 Februari", "Feb-27", "02/2027", "2027", "Maret"} {
		if _, err := sheet.Date(sheet.TextCell(text), sheet.DayFirst); problem(err) != sheet.ProblemDateDay {
			t.Errorf("%q: got %v", text, err)
		}
	}
	for _, text := range []string{"9999", "123456", "Triwulan I"} {
		if _, err := sheet.Date(sheet.TextCell(text), sheet.DayFirst); problem(err) != sheet.ProblemUnreadable {
			t.Errorf("%q: got %v", text, err)
		}
	}
	var e sheet.DateEvidence
	e.Add(sheet.TextCell("44593"))
	e.Add(sheet.TextCell("3/4/27"))
	if e.Plain != 1 || e.Either != 1 {
		t.Errorf("evidence %+v", e)
	}
}

// A number is what its cell shows where its format writes a code (F115).
func TestF115CodesAreWhatTheCellShows(t *testing.T) {
	parts := workbook(`<row><c s="0"><v>12</v></c><c s="1"><v>12</v></c><c s="2"><v>81234567</v></c><c s="3"><v>7</v></c>` +
		`<c s="4"><v>1250000</v></c><c s="1"><v>123456</v></c><c s="5"><v>12</v></c></row>`)
	parts["xl/styles.xml"] = `<styleSheet><numFmts><numFmt numFmtId="170" formatCode="0000"/>` +
		`<numFmt numFmtId="171" formatCode="0000\-0000\-0000"/>` +
		`<numFmt numFmtId="172" formatCode="&quot;LPK-&quot;000"/><numFmt numFmtId="173" formatCode="&quot;Rp&quot;#,##0"/>` +
		`<numFmt numFmtId="174" formatCode="0.00"/></numFmts><cellXfs><xf numFmtId="0"/><xf numFmtId="170"/><xf numFmtId="171"/>` +
		`<xf numFmtId="172"/><xf numFmtId="173"/><xf numFmtId="174"/></cellXfs></styleSheet>`
	b, err := openParts(t, parts, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	row := rowsOf(t, b)[0]
	var got []string
	for _, c := range row.Cells {
		got = append(got, c.Value())
	}
	if want := []string{"12", "0012", "0000-8123-4567", "LPK-007", "1250000", "123456", "12"}; !reflect.DeepEqual(got, want) {
		t.Errorf("got %q, want %q", got, want)
	}
	if n, err := sheet.Integer(row.Cell(1)); n != 12 || err != nil {
		t.Errorf("as a count: %d, %v", n, err)
	}
}

// Rows and columns that are hidden are told from others, however the file says it (F116).
func TestF116HiddenRowsAndColumnsAreKnown(t *testing.T) {
	parts := workbook(`<row r="1"><c t="inlineStr"><is><t>Nama</t></is></c><c t="inlineStr"><is><t>Kuota</t></is></c>` +
		`<c t="inlineStr"><is><t>Catatan</t></is></c></row>` +
		`<row r="2" hidden="1"><c t="inlineStr"><is><t>Las</t></is></c><c><v>1</v></c></row>` +
		`<row r="3" outlineLevel="1" hidden="true"><c t="inlineStr"><is><t>Boga</t></is></c><c><v>2</v></c></row>` +
		`<row r="4" hidden="0"><c t="inlineStr"><is><t>Jahit</t></is></c><c><v>3</v></c></row>`)
	parts["xl/worksheets/sheet1.xml"] = strings.Replace(parts["xl/worksheets/sheet1.xml"], "<sheetData>",
		`<cols><col min="1" max="1" width="9"/><col min="2" max="3" hidden="1"/></cols><sheetData>`, 1)
	b, err := openParts(t, parts, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := tableOf(t, b, [][]string{{"Nama"}, {"Kuota"}})
	var rows, columns []bool
	for _, r := range got.Rows {
		rows = append(rows, r.Hidden)
	}
	for _, c := range got.Columns {
		columns = append(columns, c.Hidden)
	}
	if !reflect.DeepEqual(rows, []bool{true, true, false}) || !reflect.DeepEqual(columns, []bool{false, true, true}) {
		t.Errorf("rows %v, columns %v", rows, columns)
	}
}

// What merged cells show, every row and every heading under them has (F105, F106).
func TestF105F106MergedCellsHoldForAllTheyCover(t *testing.T) {
	text := func(s string) string { return `<c t="inlineStr"><is><t>` + s + `</t></is></c>` }
	parts := workbook(`<row r="1">` + text("Nama") + text("Kuota") + `<c/>` + text("Mulai") + `</row>` +
		`<row r="2">` + text("Las") + `<c><v>16</v></c><c><v>20</v></c>` + text("1 Maret 2027") + `</row>` +
		`<row r="3"><c r="D3" t="inlineStr"><is><t>1 April 2027</t></is></c></row>` +
		`<row r="4">` + text("Boga") + `</row>`)
	parts["xl/worksheets/sheet1.xml"] = strings.Replace(parts["xl/worksheets/sheet1.xml"], "</sheetData>",
		`</sheetData><mergeCells><mergeCell ref="A2:A3"/><mergeCell ref="B1:C1"/><mergeCell ref="B2:B3"/><mergeCell ref="x"/></mergeCells>`, 1)
	b, err := openParts(t, parts, sheet.Options{})
	if err != nil {
		t.Fatal(err)
	}
	got := tableOf(t, b, [][]string{{"Nama"}, {"Kuota"}, {"Mulai"}})
	if got.Rows[1].Cell(0).Value() != "Las" || got.Rows[1].Cell(1).Value() != "16" || got.Rows[2].Cell(1).Value() != "" {
		t.Errorf("rows %+v", got.Rows)
	}
	if got.Columns[2].Name != "Kuota" || got.Columns[2].Key != "kuota#2" || got.Guess[1] != 1 {
		t.Errorf("columns %+v, guess %v", got.Columns, got.Guess)
	}
}

// Letters of other alphabets are not read as accented ones; quotes and dashes prove enough, accents are a guess (F119).
func TestF119OtherAlphabetsAreRefusedAndAccentsAreAGuess(t *testing.T) {
	const head = "Nama pelatihan;Kode;Keterangan;Bidang\n"
	for name, tt := range map[string]struct {
		with encoding.Encoding
		text string
	}{
		"EUC-KR":      {korean.EUCKR, head + "용접 교육;A1;기초 용접;Teknik\n"},
		"KOI8-R":      {charmap.KOI8R, head + "Сварка;A1;Основы сварки;Teknik\n"},
		"windows-874": {charmap.Windows874, head + "การเชื่อมโลหะ;A1;พื้นฐาน;Teknik\n"},
		"GBK":         {simplifiedchinese.GBK, head + "焊接培训课程;A1;基础焊接技术;Teknik\n"},
		"greek":       {charmap.ISO8859_7, head + "Συγκόλληση;A1;Βασικά;Teknik\n"},
	} {
		data, err := tt.with.NewEncoder().String(tt.text)
		if err != nil {
			t.Fatal(name, err)
		}
		if _, err := sheet.Open(strings.NewReader(data), int64(len(data)), "a.csv",
			sheet.Options{}); reason(err) != sheet.ReasonEncoding {
			t.Errorf("%s: got %v", name, err)
		}
	}
	for text, guessed := range map[string]bool{"Las “listrik” – dasar…": false, "Pengelasan é, naïve, Señor": true, "Las": false} {
		data, err := charmap.Windows1252.NewEncoder().String(head + text + ";A1;;\n")
		if err != nil {
			t.Fatal(err)
		}
		b := openText(t, data, sheet.Options{})
		if b.Guessed != guessed || !strings.HasPrefix(texts(rowsOf(t, b))[1], "2: "+text) {
			t.Errorf("%s: guessed %v, rows %q", text, b.Guessed, texts(rowsOf(t, b)))
		}
	}
}

// Amounts, counts and answers as people write them are read; what could mean two things is not (F108).
func TestF108AmountsUnitsAndAnswersOfDailyLife(t *testing.T) {
	for text, want := range map[string]int64{
		"gratis": 0, "GRATIS": 0, "ditanggung APBD": 0, "Tidak dipungut biaya": 0, "Gratis (dibiayai APBN)": 0,
		"1,25 juta": 1_250_000, "1.5 jt": 1_500_000, "Rp 750 ribu": 750_000, "500rb": 500_000, "2juta": 2_000_000,
		"Rp2,5 juta":           2_500_000,
		"Rp 1.250.000/peserta": 1_250_000, "Rp1.250.000,- per orang": 1_250_000, "1,5 juta / org": 1_500_000,
		"1.250.000 per paket": 1_250_000,
	} {
		if got, err := sheet.Money(sheet.TextCell(text)); got != want || err != nil {
			t.Errorf("%q: got %d, %v; want %d", text, got, err, want)
		}
	}
	for text, want := range map[string]sheet.Problem{
		"Rp1.500.000 s.d. Rp2.000.000": sheet.ProblemRange, "1-2 juta": sheet.ProblemRange,
		"1.000.000 s/d 2.000.000": sheet.ProblemRange,
		"Rp50.000/hari":           sheet.ProblemUnit, "100.000 per bulan": sheet.ProblemUnit, "ditanggung 50%": sheet.ProblemUnreadable,
		"1.250 juta": sheet.ProblemWords, "satu juta": sheet.ProblemWords,
	} {
		if _, err := sheet.Money(sheet.TextCell(text)); problem(err) != want {
			t.Errorf("%q: got %v, want %s", text, err, want)
		}
	}
	for text, want := range map[string]int64{"240 JP": 240, "1.200 jp": 1200, "jp 240": 240, "240JP": 240, "240 jam pelajaran.": 240} {
		if got, err := sheet.Integer(sheet.TextCell(text), "jp", "jam pelajaran"); got != want || err != nil {
			t.Errorf("%q: got %d, %v", text, got, err)
		}
	}
	if _, err := sheet.Integer(sheet.TextCell("6 minggu"), "hari"); problem(err) != sheet.ProblemUnit {
		t.Errorf("weeks: got %v", err)
	}
	for text, want := range map[string]bool{"Iya": true, "V": true, "✓": true, "tdk": false, "Tidak ada": false, "gak": false} {
		if got, err := sheet.YesNo(sheet.TextCell(text)); got != want || err != nil {
			t.Errorf("%q: got %v, %v", text, got, err)
		}
	}
	if _, err := sheet.YesNo(sheet.TextCell("x")); problem(err) != sheet.ProblemUnreadable {
		t.Errorf("x: got %v", err)
	}
}
