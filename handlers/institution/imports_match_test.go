package institution_test

import (
	"bytes"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"
	"github.com/xuri/excelize/v2"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// plan is a short list with codes or without.
func plan(rows ...string) []byte {
	return []byte("Nama pelatihan;Kode;Bidang;Keterangan;Pendaftaran dibuka;Pendaftaran ditutup;Pelatihan mulai;Pelatihan selesai;Kuota\n" +
		strings.Join(rows, "\n") + "\n")
}

const dates = ";1 Februari 2027;15 Februari 2027;1 Maret 2027;10 April 2027;16"

// save uploads a list and saves it, and gives its reference and what its page says before.
func save(staff *testportal.Client, list []byte) (ref, before string) {
	staff.T.Helper()
	ref = staff.PostSheet(urls.Imports(), "daftar.csv", list).ImportRef()
	before = staff.Get(urls.Import(ref)).Is(http.StatusOK).Find("main").Text()
	staff.Post(urls.ImportSave(ref), url.Values{"good_only": {"yes"}}).LeadsTo(urls.Import(ref))
	return ref, before
}

// A file that comes again is matched with what is there, by code in any letter case, else by title and dates: shown as
// new, changed and same, and saving it again changes nothing; what the sheet does not say is kept (F101).
func TestF101FileThatComesAgainDoublesNothing(t *testing.T) {
	for name, list := range map[string][]byte{
		"with codes":    plan("Las;A1;Teknik;Mengelas."+dates, "Boga;A2;Teknik;Memasak."+dates),
		"without codes": plan("Las;;Teknik;Mengelas."+dates, "Boga;;Teknik;Memasak."+dates),
	} {
		t.Run(name, func(t *testing.T) {
			p, staff, _ := testportal.StartInstitution(t)
			if _, before := save(staff, list); !strings.Contains(before, "2 baru, 0 berubah, 0 sama") {
				t.Errorf("first: %s", before)
			}
			state := func() string {
				return p.One(`SELECT string_agg(
						concat_ws('/', p.title, p.code, p.description, p.version, n.number, n.quota, n.version), ' ' ORDER BY p.id)
					FROM programmes p
					LEFT JOIN intakes n ON n.programme_id = p.id`)
			}
			first := state()
			again := list
			if name == "with codes" {
				again = bytes.ReplaceAll(list, []byte("A1"), []byte("a1"))
			}
			ref, before := save(staff, again)
			if !strings.Contains(before, "0 baru, 0 berubah, 2 sama") || state() != first {
				t.Errorf("again: %s\n%s, was %s", before, state(), first)
			}
			staff.Get(urls.Import(ref)).Has("main", "0 baru, 0 berubah, 2 sama")

			changed := bytes.ReplaceAll(bytes.ReplaceAll(list, []byte("Memasak."), nil), []byte("Mengelas."), []byte("Mengelas pelat."))
			changed = bytes.Replace(changed, []byte("16"), []byte("20"), 1)
			changed = append(changed, []byte("Jahit;A9;Teknik;Menjahit."+dates+"\n")...)
			if _, before = save(staff, changed); !strings.Contains(before, "1 baru, 1 berubah, 1 sama") {
				t.Errorf("changed: %s", before)
			}
			if n := p.One("SELECT count(*)::text FROM programmes"); n != "3" {
				t.Errorf("%s programmes", n)
			}
			if got := p.One("SELECT string_agg(description, '|' ORDER BY title) FROM programmes"); got != "Memasak.|Menjahit.|Mengelas pelat." {
				t.Errorf("descriptions %s", got)
			}
			if got := p.One("SELECT n.quota::text FROM intakes n JOIN programmes p ON p.id = n.programme_id WHERE p.title = 'Las'"); got != "20" {
				t.Errorf("quota %s", got)
			}
		})
	}
}

// The repaired rows go in after the good ones were saved, and rows of what officers look at are shown, not changed (F101).
func TestF101RepairedRowsGoInAndLockedOnesAreSaid(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	bad := "Boga;A2;Teknik;Memasak." + strings.Replace(dates, "15 Februari", "31 Februari", 1)
	ref, _ := save(staff, plan("Las;A1;Teknik;Mengelas."+dates, bad))
	file := staff.Get(urls.ImportRefused(ref, "csv")).Is(http.StatusOK).Body
	if _, before := save(staff, []byte(strings.ReplaceAll(file, "31 Februari", "15 Februari"))); !strings.Contains(before, "1 baru") {
		t.Errorf("repaired: %s", before)
	}
	if got := p.One("SELECT string_agg(code, ' ' ORDER BY code) FROM programmes"); got != "A1 A2" {
		t.Errorf("programmes %s", got)
	}
	if err := p.DB.Exec("UPDATE programmes SET state = 'withdrawn' WHERE code = 'A1'").Error; err != nil {
		t.Fatal(err)
	}
	list := plan("Las;A1;Teknik;Lain."+dates, "Boga;A2;Teknik;Memasak."+dates)
	again := staff.PostSheet(urls.Imports(), "daftar.csv", list).ImportRef()
	staff.Get(urls.Import(again)).Has("main", "Tidak bisa diubah dari berkas").Has("main", "sedang diperiksa petugas")
	staff.Post(urls.ImportSave(again), url.Values{}).Is(http.StatusUnprocessableEntity)
	staff.Get(urls.ImportRefused(again, "csv")).Is(http.StatusOK)
	staff.Post(urls.ImportSave(again), url.Values{"good_only": {"yes"}}).LeadsTo(urls.Import(again))
	if got := p.One("SELECT description FROM programmes WHERE code = 'A1'"); got != "Mengelas." {
		t.Errorf("description %s", got)
	}
}

// What a sheet and a record cannot both be is named in its row and stops no other (F101).
func TestF101ContradictionWithWhatIsThereIsNamed(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	head := "Nama pelatihan;Kode;Sumber biaya;Biaya peserta;Usia paling muda;Usia paling tua;Pelatihan mulai;Pelatihan selesai\n"
	save(staff, []byte(head+"Las;A1;APBD;;18;30;1 Maret 2027;1 April 2027\nBoga;A2;mandiri;;18;30;1 Maret 2027;1 April 2027\n"))
	list := []byte(head + "Las;A1;;Rp500.000;;;;\nBoga;A2;;;40;;;\nJahit;A3;;;18;;;\n")
	ref, before := save(staff, list)
	if strings.Count(before, "isinya bertentangan") != 2 {
		t.Errorf("before %s", before)
	}
	staff.Get(urls.Import(ref)).Has("main", "1 baru, 0 berubah, 0 sama, 2 ditolak")
	dates := plan("Boga;A2;;;;;1 Mei 2027;1 Juni 2027;")
	if _, before = save(staff, dates); !strings.Contains(before, "1 berubah") {
		t.Errorf("another intake: %s", before)
	}
	got := p.One(`SELECT string_agg(n.number || ' ' || n.starts_on, ', ' ORDER BY n.number)
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE p.code = 'A2'`)
	if got != "1 2027-03-01, 2 2027-05-01" {
		t.Errorf("intakes %s", got)
	}
}

// Nothing is saved while a question is open, and after the answer the dates are those of the answer, in words (F111).
func TestF111NothingIsSavedWhileAQuestionIsOpen(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	list := plan("Las;A1;Teknik;Mengelas.;;03/04/2027;1 Mei 2027;10 Juni 2027;16")
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", list).ImportRef()
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "03/04/2027 adalah 3 April 2027").Has("main",
		"03/04/2027 adalah 4 Maret 2027").
		Has("main", "1 menunggu jawaban").Lacks("form[action='" + urls.ImportSave(ref) + "']")
	for _, form := range []url.Values{{}, {"good_only": {"yes"}}} {
		staff.Post(urls.ImportSave(ref), form).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Jawab pertanyaannya")
	}
	if n := p.One("SELECT count(*)::text FROM programmes"); n != "0" {
		t.Errorf("%s programmes before the answer", n)
	}
	staff.Post(urls.Import(ref), url.Values{"order": {"sembarang"}}).LeadsTo(urls.Import(ref))
	staff.Post(urls.ImportSave(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	staff.Post(urls.Import(ref), url.Values{"order": {"month"}}).LeadsTo(urls.Import(ref))
	staff.Get(urls.Import(ref)).Has("main", "1 baris benar").Has("main", "4 Maret 2027")
	staff.Post(urls.ImportSave(ref), url.Values{}).LeadsTo(urls.Import(ref))
	if got := p.One("SELECT to_char(closes_at AT TIME ZONE 'Asia/Jakarta', 'YYYY-MM-DD') FROM intakes"); got != "2027-03-04" {
		t.Errorf("closes %s", got)
	}
}

// The preview marks what was assumed, before anything is saved (F098).
func TestF098PreviewMarksWhatWasAssumed(t *testing.T) {
	_, staff, _ := testportal.StartInstitution(t)
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", plan("Las;A1;Teknik;;1 Februari 2027;15 Februari 2027;1-Mar-27;;")).ImportRef()
	var marked []string
	page := staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "Pelatihan mulai: 1 Maret 2027 (tertulis “1-Mar-27”)")
	page.Find("li:has(mark)").Each(func(_ int, s *goquery.Selection) {
		label, _, _ := strings.Cut(strings.TrimSpace(s.Text()), ":")
		marked = append(marked, label)
	})
	want := "Khusus KTP DKI, Sertifikat pelatihan, Uji BNSP, Nomor angkatan, Cara memilih, Pendaftaran dibuka, Pelatihan mulai, Kuota"
	if got := strings.Join(marked, ", "); got != want {
		t.Errorf("marked %s, want %s", got, want)
	}
}

// A list with headings of its own leads to the page that maps them; the choice is remembered for the institution, and
// for no other (F107).
func TestF107MappingIsAskedAndRemembered(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	list := []byte("Keahlian;Kelompok;Bangku;Lain\nLas;Teknik;16;x\n")
	ref := staff.PostSheet(urls.Imports(), "daftar.csv", list).ImportRef()
	staff.Get(urls.Import(ref)).LeadsTo(urls.ImportColumns(ref))
	staff.Post(urls.ImportSave(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	staff.Get(urls.ImportColumns(ref)).Is(http.StatusOK).Has("main", "Keahlian").Has("main", "Bangku (16)")
	staff.Post(urls.ImportColumns(ref), url.Values{"col-sector": {"kelompok"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "nama pelatihan")
	staff.Post(urls.ImportColumns(ref), url.Values{"col-title": {"keahlian"}, "col-sector": {"kelompok"}, "col-quota": {"bangku"},
		"col-code": {"tidakada"}}).
		LeadsTo(urls.Import(ref))
	staff.Get(urls.Import(ref)).Is(http.StatusOK).Has("main", "1 baris benar").Has("main", "Kolom yang tidak dipakai: Lain")
	again := staff.PostSheet(urls.Imports(), "daftar.csv", []byte("Bangku;Keahlian;Kelompok\n20;Boga;Perhotelan\n")).ImportRef()
	staff.Get(urls.Import(again)).Is(http.StatusOK).Has("main", "Nama pelatihan: Boga").Has("main", "Kuota: 20")
	other := p.As(p.AddUser("staff", "Staf Lain"))
	foreign := other.PostSheet(urls.Imports(), "daftar.csv", list).ImportRef()
	other.Get(urls.Import(foreign)).LeadsTo(urls.ImportColumns(foreign))
	other.Get(urls.ImportColumns(ref)).Is(http.StatusNotFound)
	other.Post(urls.ImportColumns(ref), url.Values{"col-title": {"keahlian"}}).Is(http.StatusNotFound)
	four := staff.PostSheet(urls.Imports(), "daftar.csv", []byte("Nama pelatihan;Kode;Bidang;Kuota\nLas;A1;Teknik;16\n")).ImportRef()
	staff.Get(urls.Import(four)).Is(http.StatusOK).Has("main", "1 baris benar")
}

// Workbooks of other programs are read or refused by name, and what was found stands in the refusal (F097, F107, F114).
func TestF097F107F114RefusalsSayWhatTheFileIs(t *testing.T) {
	_, staff, _ := testportal.StartInstitution(t)
	for content, want := range map[string]string{
		"PK\x03\x04 terpotong":                                "rusak atau terpotong",
		"Las;240;Rp0;A1\nBoga;100;Rp0;A2\nJahit;100;Rp0;A3\n": "tidak ditemukan",
		"<html><table><tr><td>Nama</td></tr></table></html>":  "bukan CSV, XLSX, atau ODS",
	} {
		staff.PostSheet(urls.Imports(), "daftar.xlsx", []byte(content)).Is(http.StatusUnprocessableEntity).Has("#f-file-error", want)
	}
}

// A code is what the cell shows (F115).
func TestF115CodeKeepsItsZeros(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	f := excelize.NewFile()
	format := "0000"
	style, err := f.NewStyle(&excelize.Style{CustomNumFmt: &format})
	if err != nil {
		t.Fatal(err)
	}
	for cell, value := range map[string]any{"A1": "Nama pelatihan", "B1": "Kode", "C1": "Kuota", "A2": "Las", "B2": 12, "C2": 16} {
		if err := f.SetCellValue("Sheet1", cell, value); err != nil {
			t.Fatal(err)
		}
	}
	if err := f.SetCellStyle("Sheet1", "B2", "C2", style); err != nil {
		t.Fatal(err)
	}
	var b bytes.Buffer
	if err := f.Write(&b); err != nil {
		t.Fatal(err)
	}
	save(staff, b.Bytes())
	if got := p.One("SELECT p.code || ' ' || n.quota FROM programmes p JOIN intakes n ON n.programme_id = p.id"); got != "0012 16" {
		t.Errorf("saved %s", got)
	}
}

// A refusal says row, column, value and what to do; one's uploads are listed with their results, nobody else's (F118).
func TestF118UploadsAreListedWithTheirResults(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	bad := "Boga;A2;Teknik;Memasak.;;31 Februari 2027;;;16"
	ref, before := save(staff, plan("Las;A1;Teknik;Mengelas."+dates, bad))
	if !strings.Contains(before, `Pendaftaran ditutup: "31 Februari 2027" tidak ada di kalender`) {
		t.Errorf("refusal %s", before)
	}
	open := staff.PostSheet(urls.Imports(), "dua.csv", plan("Jahit;A3;Teknik;Menjahit."+dates)).ImportRef()
	staff.Get(urls.Imports()).Has("a[href='"+urls.Import(ref)+"']", "daftar.csv").Has("main", "Disimpan: 1, ditolak: 1").
		Has("a[href='"+urls.Import(open)+"']", "dua.csv").Has("main", "Belum disimpan")
	p.As(p.AddUser("staff", "Staf Lain")).Get(urls.Imports()).Lacks("a[href='" + urls.Import(ref) + "']")
}

// The last import of a wrong file is taken back while nobody has touched what it made (F103).
func TestF103ImportIsTakenBackWhileUntouched(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	kept, _ := save(staff, plan("Las;A1;Teknik;Mengelas."+dates))
	wrong, _ := save(staff, plan("Boga;A2;Teknik;Memasak."+dates, "Jahit;A3;Teknik;Menjahit."+dates))
	p.As(p.AddUser("staff", "Staf Lain")).Post(urls.ImportUndo(wrong), url.Values{}).Is(http.StatusNotFound)
	staff.Get(urls.Import(wrong)).Has("form[action='"+urls.ImportUndo(wrong)+"']", "Hapus 2 konsep ini")
	staff.Post(urls.ImportUndo(wrong), url.Values{}).LeadsTo(urls.Import(wrong))
	staff.Get(urls.Import(wrong)).Has("main", "Impor ini dibatalkan")
	if got := p.One("SELECT string_agg(code, ' ') FROM programmes"); got != "A1" {
		t.Errorf("left %s", got)
	}
	staff.Post(urls.ImportUndo(wrong), url.Values{}).Is(http.StatusUnprocessableEntity)
	staff.Post(urls.ImportSave(wrong), url.Values{}).Is(http.StatusSeeOther)
	if n := p.One("SELECT count(*)::text FROM programmes"); n != "1" {
		t.Errorf("%s programmes after a press on the old page", n)
	}
	if err := p.DB.Exec("UPDATE intakes SET version = 2").Error; err != nil {
		t.Fatal(err)
	}
	staff.Post(urls.ImportUndo(kept), url.Values{}).Is(http.StatusUnprocessableEntity).Has("main", "tidak bisa dibatalkan")
}

// A draft that was never public can be deleted by its institution, with what was seen of it; nothing else can (F103).
func TestF103DraftsCanBeDeletedAndNothingElse(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	public := publishedProgramme(staff, officer)
	save(staff, plan("Las;A1;Teknik;Mengelas."+dates))
	ref := p.One("SELECT ref FROM programmes WHERE code = 'A1'")
	p.As(p.AddUser("staff", "Staf Lain")).Post(urls.ManageDeleteProgramme(ref), url.Values{"version": {"1"}}).Is(http.StatusNotFound)
	staff.Post(urls.ManageDeleteProgramme(ref), url.Values{"version": {"9"}}).Is(http.StatusConflict)
	staff.Get(urls.ManageProgramme(public)).Lacks("a[href='" + urls.ManageDeleteProgramme(public) + "']")
	staff.Get(urls.ManageDeleteProgramme(public)).LeadsTo(urls.ManageProgramme(public))
	staff.Post(urls.ManageDeleteProgramme(public), url.Values{}).Is(http.StatusUnprocessableEntity)
	staff.Get(urls.ManageDeleteProgramme(ref)).Has("form[action='"+urls.ManageDeleteProgramme(ref)+"']", "Hapus konsep")
	staff.Post(urls.ManageDeleteProgramme(ref), url.Values{"version": {"1"}}).LeadsTo(urls.ManageProgrammes())
	if got := p.One("SELECT string_agg(ref, ' ') FROM programmes"); got != public {
		t.Errorf("left %s, want %s", got, public)
	}
}

// A listing elsewhere than in Jakarta keeps its city when its form is saved unchanged (F100).
func TestF100SavingUnchangedChangesNothing(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	save(staff, []byte("Nama pelatihan;Kode;Kota;Sekolah paling rendah;Bidang\nLas;A1;Kota Tangerang;SMP;Teknik\n"))
	ref := p.One("SELECT ref FROM programmes")
	form := staff.Get(urls.ManageEditProgramme(ref)).Is(http.StatusOK)
	sent := url.Values{}
	form.Find("main form select").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		value, _ := s.Find("option[selected]").Attr("value")
		sent.Set(name, value)
	})
	form.Find("main form input[type=text], main form input[type=hidden], main form textarea").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		value, _ := s.Attr("value")
		sent.Set(name, value+s.Text())
	})
	form.Find("main form input[checked]").Each(func(_ int, s *goquery.Selection) {
		name, _ := s.Attr("name")
		value, _ := s.Attr("value")
		sent.Add(name, value)
	})
	content := "SELECT concat_ws('/', title, regency_code, education_min, sector_code, hours_jp, outcome_training, cost_total) FROM programmes"
	before := p.One(content)
	staff.Post(urls.ManageEditProgramme(ref), sent).LeadsTo(urls.ManageProgramme(ref))
	if after := p.One(content); after != before || !strings.Contains(after, "36.71") {
		t.Errorf("saved unchanged it is %s, was %s", after, before)
	}
}
