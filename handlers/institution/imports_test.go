package institution_test

import (
	"bytes"
	"encoding/csv"
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"unicode/utf16"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"naikkelas/internal/importsheet"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Bug reports P068, P073, P074: the same sheet is read right in every encoding, with money and dates
// as people write them, and stray separators at the end.
func TestP068P073P074SheetIsReadInEveryEncoding(t *testing.T) {
	text := testportal.SheetHeader + testportal.SheetRow("A1", "Rp1.250.000", "15/02/2027") +
		strings.TrimSuffix(testportal.SheetRow("A2", "1,250,000", "15 Februari 2027"), "\n") + ";;;\n"
	var latin []byte
	for _, r := range text {
		latin = append(latin, byte(r))
	}
	wide := []byte{0xff, 0xfe}
	for _, u := range utf16.Encode([]rune(text)) {
		wide = append(wide, byte(u), byte(u>>8))
	}
	for name, content := range map[string][]byte{
		"utf-8 with BOM": append([]byte("\ufeff"), text...),
		"windows-1252":   latin,
		"utf-16":         wide,
		"commas":         []byte(strings.ReplaceAll(strings.ReplaceAll(text, "1,250,000", "1250000"), ";", ",")),
	} {
		t.Run(name, func(t *testing.T) {
			p, staff, _ := testportal.StartInstitution(t)
			ref := staff.PostSheet(urls.Imports(), "daftar.csv", content).ImportRef()
			staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "2 baris benar, 0 baris ditolak")
			if name == "windows-1252" { // its accents are a guess, which is confirmed
				staff.Post(urls.ImportSave(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
				staff.Post(urls.Import(ref), url.Values{"letters": {"yes"}}).LeadsTo(urls.Import(ref))
			}
			staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
			staff.Get(urls.Import(ref)).Has("main", "2 pelatihan sudah disimpan")
			got := p.One(`SELECT string_agg(concat_ws(' ', title, cost_total, sector_code, regency_code, funding,
					(SELECT to_char(closes_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD HH24:MI')
						FROM intakes n
						WHERE n.programme_id = p.id)), '|' ORDER BY code)
				FROM programmes p`)
			if got != "Pengelasan é A1 1250000 teknik 31.75 self_paid 2027-02-15 23:59|"+
				"Pengelasan é A2 1250000 teknik 31.75 self_paid 2027-02-15 23:59" {
				t.Errorf("saved %s", got)
			}
		})
	}
}

// Bug report P070: every fault of every row is named by its number, and nothing is saved until asked.
func TestP070EveryFaultOfEveryRowIsNamed(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	text := testportal.SheetHeader + testportal.SheetRow("A1", "1250000", "15 Februari 2027") +
		testportal.SheetRow("A2", "1 juta sampai 2 juta", "31 Februari 2027") +
		";A3;;Perikanan;;;;;;;;;;;;;;\n" +
		testportal.SheetRow("A1", "0", "15 Februari 2027")
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", []byte(text)).ImportRef()
	page := staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "1 baris benar, 3 baris ditolak")
	for number, want := range map[string][]string{
		"3": {"sampai 2 juta", "tidak ada di kalender"},
		"4": {"Nama pelatihan: harus diisi", `"Perikanan" perlu dijawab`},
		"5": {"ada dua kali"},
	} {
		row := page.Find("tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("th").Text() == number })
		for _, text := range want {
			if !strings.Contains(row.Text(), text) {
				t.Errorf("row %s: %q lacks %q", number, row.Text(), text)
			}
		}
	}
	question, _ := page.Find("input[name^='sector-']").Attr("name")
	staff.Post(urls.Import(ref), url.Values{question: {"reject"}}).LeadsTo(urls.Import(ref))
	staff.Get(urls.Import(ref)).Has("main", `"Perikanan" tidak dikenal`)
	staff.Post(urls.ImportSave(ref), url.Values{}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "baris yang ditolak")
	if n := p.One("SELECT count(*)::text FROM programmes"); n != "0" {
		t.Errorf("%s programmes before the choice", n)
	}
	got := staff.Get(urls.ImportRefused(ref, "csv")).Is(http.StatusOK)
	reader := csv.NewReader(strings.NewReader(strings.TrimPrefix(got.Body, "\ufeff")))
	reader.Comma = ';'
	rows, err := reader.ReadAll()
	if err != nil || len(rows) != 4 || rows[1][1] != "A2" || !strings.Contains(rows[1][len(rows[1])-1], "tidak ada di kalender") {
		t.Errorf("refused rows %q, %v", rows, err)
	}
	staff.Post(urls.ImportSave(ref), url.Values{"good_only": {"yes"}}).LeadsTo(urls.Import(ref))
	if n := p.One("SELECT count(*)::text FROM programmes"); n != "1" {
		t.Errorf("%s programmes, want the good one", n)
	}
}

// Saving at once from five tabs makes the programmes once; what is there already stays one.
func TestImportIsSavedOnceAndWhole(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	u := staff.UserNamed("Staf")
	sheetOf := func(codes ...string) []byte {
		text := testportal.SheetHeader
		for _, code := range codes {
			text += testportal.SheetRow(code, "0", "15 Februari 2027")
		}
		return []byte(text)
	}
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", sheetOf("A1", "A2")).ImportRef()
	var group sync.WaitGroup
	for range 5 {
		tab := p.As(u)
		group.Go(func() { tab.Post(urls.ImportSave(ref), url.Values{}) })
	}
	group.Wait()
	if n := p.One("SELECT count(*)::text FROM programmes"); n != "2" {
		t.Errorf("%s programmes, want 2", n)
	}
	again := staff.PostSheet(urls.Imports(), "daftar.csv", sheetOf("A9", "A2")).ImportRef()
	staff.Post(urls.ImportSave(again), url.Values{}).LeadsTo(urls.Import(again))
	if n := p.One("SELECT count(*)::text FROM programmes"); n != "3" {
		t.Errorf("%s programmes after another import with one that is there, want 3", n)
	}
	other := p.As(p.AddUser(models.Staff, "Staf Lain"))
	for _, path := range []string{urls.Import(ref), urls.ImportRefused(ref, "csv")} {
		other.Get(path).Is(http.StatusNotFound)
	}
}

// Bug reports P077, P079: date cells and numbers typed as text in a workbook are read right.
func TestP077P079WorkbookCellsAreReadRight(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	template := staff.Get(urls.ImportTemplate("xlsx")).Is(http.StatusOK)
	book, err := excelize.OpenReader(strings.NewReader(template.Body))
	if err != nil {
		t.Fatal(err)
	}
	name := book.GetSheetName(0)
	date, err := book.NewStyle(&excelize.Style{NumFmt: 14})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{
		"A2": "Las", "D2": "Teknik", "E2": "240", "V2": "", "U2": nil, "X2": nil, "Y2": nil, "J2": "ya", "K2": "APBD",
	} {
		if err := book.SetCellValue(name, cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := book.SetCellValue(name, "V2", 46433); err != nil { // a serial that its style shows as a date
		t.Fatal(err)
	}
	if err := book.SetCellStyle(name, "V2", "V2", date); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := book.Write(&b); err != nil {
		t.Fatal(err)
	}
	ref := staff.PostSheet(urls.Imports(), "daftar.xlsx", b.Bytes()).ImportRef()
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "1 baris benar")
	staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	got := p.One(`SELECT concat_ws(' ', hours_jp, requires_dki,
			to_char((SELECT closes_at FROM intakes) AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD'))
		FROM programmes`)
	if got != "240 t 2027-02-15" {
		t.Errorf("read as %s", got)
	}
}

func TestUnreadableSheetsAreRefusedByName(t *testing.T) {
	_, staff, _ := testportal.StartInstitution(t)
	for name, content := range map[string]string{
		"judul kolom tidak ditemukan": testportal.SheetRow("A1", "0", "15 Februari 2027") + testportal.SheetRow("A2", "0", "15 Februari 2027"),
		"bukan CSV, XLSX, atau ODS":   "%PDF-1.7 tidak",
		"tidak ada baris data":        "",
	} {
		got := staff.PostSheet(urls.Imports(), "daftar.csv", []byte(content)).Is(http.StatusUnprocessableEntity)
		if !strings.Contains(strings.ToLower(got.Find("#f-file-error").Text()), strings.ToLower(name)) {
			t.Errorf("%q: got %q", name, got.Find("#f-file-error").Text())
		}
	}
	staff.Do(testportal.Multipart(t, urls.Imports(), url.Values{}, "file")).Is(http.StatusUnprocessableEntity).
		Has("#f-file-error", "Pilih berkas")
}

// The limit is one number, said before and in the refusal with what the file has (F117).
func TestF117TenThousandRowsAreTheLimit(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	staff.Get(urls.Imports()).Is(http.StatusOK).Has("main", "10.000 baris")
	var b strings.Builder
	b.WriteString("Nama pelatihan;Kode;Kuota\n")
	for i := range 10_000 {
		fmt.Fprintf(&b, "Las %d;K%d;9\n", i, i)
	}
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", []byte(b.String())).ImportRef()
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("[data-done]", "0 dari 10.000 baris")
	b.WriteString("Las lagi;K;9\n")
	staff.PostSheet(urls.Imports(), "daftar.csv", []byte(b.String())).Is(http.StatusUnprocessableEntity).
		Has("#f-file-error", "10.001 baris; paling banyak 10.000")
	b.WriteString(strings.Repeat("Las lagi;K;9\n", 3000))
	staff.PostSheet(urls.Imports(), "daftar.csv", []byte(b.String())).Is(http.StatusUnprocessableEntity).
		Has("#f-file-error", "paling banyak 10.000")
	if n := p.One("SELECT count(*)::text FROM imports"); n != "1" {
		t.Errorf("%s files are kept, want 1", n)
	}
}

// A list that the store of files does not take comes back with the form and the sentence; nothing is saved of
// it, and it goes through once the store is back (F154).
func TestF154ListIsNotTakenWhileTheStoreIsAway(t *testing.T) {
	store, option := testportal.WithFolder(t)
	p, staff, _ := testportal.StartInstitution(t, option)
	list := []byte(testportal.SheetHeader + testportal.SheetRow("A1", "0", "15 Februari 2027"))
	store.Goes()
	staff.PostSheet(urls.Imports(), "daftar.csv", list).Kept(testportal.NotSaved).Has("#f-file-error", testportal.NotSaved)
	if n := p.One("SELECT count(*)::text FROM imports"); n != "0" {
		t.Errorf("%s rows of files that are not there", n)
	}
	store.Comes()
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", list).ImportRef()
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "1 baris benar")
}

// Refused rows that are handed back, repaired and sent again bring in what was repaired and nothing else: our own
// column of remarks is read as nothing, with or without a column of descriptions and from either language, also
// when the file went round twice (F096).
func TestF096RefusedRowsComeBackWithoutOurRemarks(t *testing.T) {
	short := strings.ReplaceAll(testportal.SheetHeader+testportal.SheetRow("A1", "0", "31 Februari 2027"), "Keterangan;", "")
	short = strings.ReplaceAll(short, "Belajar mengelas.;", "")
	for name, text := range map[string]string{
		"with descriptions":    testportal.SheetHeader + testportal.SheetRow("A1", "0", "31 Februari 2027"),
		"without descriptions": short,
	} {
		for _, english := range []bool{false, true} {
			t.Run(fmt.Sprint(name, " ", english), func(t *testing.T) {
				p, staff, _ := testportal.StartInstitution(t)
				content := []byte(text)
				for range 2 {
					path := urls.ImportRefused(staff.PostSheet(urls.Imports(), "daftar.csv", content).ImportRef(), "csv")
					if english {
						path = urls.InEnglish(path)
					}
					content = []byte(staff.Get(path).Is(http.StatusOK).Body)
				}
				if n := strings.Count(string(content), importsheet.RemarksHeading); n != 1 {
					t.Errorf("%d columns of remarks in %s", n, content)
				}
				repaired := strings.Replace(string(content), "31 Februari 2027", "15 Februari 2027", 1)
				ref := staff.PostSheet(urls.Imports(), "baris-ditolak.csv", []byte(repaired)).ImportRef()
				staff.Get(urls.Import(ref)).Lacks("main:contains('" + importsheet.RemarksHeading + "')")
				staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
				want := "Belajar mengelas."
				if text == short {
					want = ""
				}
				if got := p.One("SELECT description FROM programmes WHERE code = 'A1'"); got != want {
					t.Errorf("description %q, want %q", got, want)
				}
			})
		}
	}
}
