package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// sends sends a file of an act of the class.
func (c *course) sends(act, file string, values url.Values) testportal.Page {
	c.T.Helper()
	sent := testportal.Sent("kelas.csv", "text/csv", []byte(file))
	return c.staff.Do(testportal.Multipart(c.T, urls.ClassFileOf(c.intake, act), values, "file", sent))
}

// records presses the button of the check.
func (c *course) records(act string, page testportal.Page) {
	c.T.Helper()
	again := url.Values{"step": {"save"}}
	page.Find("main form input[type=hidden]").Each(func(_ int, field *goquery.Selection) {
		again.Add(field.AttrOr("name", ""), field.AttrOr("value", ""))
	})
	c.staff.Post(urls.ClassOf(c.intake, act), again).LeadsTo(urls.ClassOf(c.intake, act))
}

// The template of a class has its people and what is recorded already; filled in it is checked like the form, and recorded.
// Sent again, and unchanged, it changes nothing.
func TestResultsOfAClassComeFromASpreadsheet(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	c.after(36 * 24 * time.Hour)
	c.staff.Get(urls.ClassOf(c.intake, "result")).Shows("a[href='" + urls.ClassFileOf(c.intake, "result") + "']")
	c.staff.Get(urls.ClassFileOf(c.intake, "result")).Is(http.StatusOK).Has("main", "Belum lulus, Berhenti, Lulus")
	template := c.staff.Get(urls.ClassTemplateOf(c.intake, "result", "csv")).Is(http.StatusOK).Body
	for i, name := range []string{"Suparmi", "Tini", "Wati"} {
		if !strings.Contains(template, c.refs[i]+";"+name) {
			t.Errorf("%s is not in\n%s", name, template)
		}
	}
	c.sends("result", template, nil).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Belum ada yang dicatat")
	filled := strings.Replace(template, "Suparmi;", "Suparmi;LULUS", 1)
	filled = strings.Replace(filled, "Tini;;", "Tini;tidak lulus;", 1)
	page := c.sends("result", filled, nil).Is(http.StatusOK).Has("main", "Lulus: 1").Has("main", "Belum lulus: 1").
		Has("[data-letter]", "Hasil pelatihan")
	if got := c.One("SELECT count(*)::text FROM decisions"); got != "0" {
		t.Errorf("the check alone records %s", got)
	}
	c.records("result", page)
	if got := c.One("SELECT string_agg(arguments->>'What', ' ' ORDER BY application_id) FROM decisions"); got != "passed failed" {
		t.Errorf("recorded %s", got)
	}
	now := c.staff.Get(urls.ClassTemplateOf(c.intake, "result", "csv")).Body
	if !strings.Contains(now, "Suparmi;Lulus") || !strings.Contains(now, "Tini;Belum lulus") {
		t.Errorf("the template now is\n%s", now)
	}
	for _, again := range []string{filled, now, c.staff.Get(urls.ApplicantsExport(c.intake, "csv")).Body} {
		c.sends("result", again, nil).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Belum ada yang dicatat")
	}
}

// Whatever is wrong in a file is named by row and column, and nothing of it is recorded.
func TestFileOfAClassIsRefusedByRow(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	head := "Nomor pendaftaran;Nama;Hasil pelatihan;Alasan berhenti;Catatan untuk peserta\n"
	early := c.sends("result", head+c.refs[0]+";Suparmi;Lulus\n", nil).Is(http.StatusUnprocessableEntity)
	early.Has("tbody tr", "2Hasil pelatihan").Has("tbody tr", "30 Desember 2026")
	c.after(36 * 24 * time.Hour)
	page := c.sends("result", head+c.refs[0]+";Suparmi;Lulus\nNK-AAAA-AAAA;Asing;Lulus\n"+c.refs[1]+";Wati;Lulus\n"+
		c.refs[2]+";Wati;Hebat\n"+c.refs[0]+";Suparmi;Lulus\n;Tanpa Nomor;Lulus\n", nil).Is(http.StatusUnprocessableEntity)
	page.Has("[data-error-summary]", "5 hal")
	for row, want := range map[string]string{
		"3": "tidak ada di angkatan ini", "4": "tidak cocok", "5": "Belum lulus, Berhenti, Lulus", "6": "dua kali", "7": "harus diisi",
	} {
		line := page.Find("tbody tr").FilterFunction(func(_ int, s *goquery.Selection) bool { return s.Find("th").Text() == row })
		if !strings.Contains(line.Text(), want) {
			t.Errorf("row %s says %q, want %q", row, line.Text(), want)
		}
	}
	c.sends("result", head+c.refs[0]+";Suparmi;Berhenti\n", nil).Is(http.StatusUnprocessableEntity).Has("tbody tr", "2Alasan berhenti")
	c.sends("result", "Nama;Umur\nSuparmi;20\n", nil).Is(http.StatusUnprocessableEntity).Has("#f-file-error", "judul kolom")
	c.staff.Do(testportal.Multipart(t, urls.ClassFileOf(c.intake, "result"), url.Values{}, "file")).Is(http.StatusUnprocessableEntity)
	if got := c.One("SELECT count(*)::text FROM decisions"); got != "0" {
		t.Errorf("%s outcomes are recorded", got)
	}
	stranger := c.As(c.AddUser(models.Owner, "Lain"))
	for _, path := range []string{
		urls.ClassFileOf(c.intake, "result"), urls.ClassTemplateOf(c.intake, "result", "csv"), urls.ApplicantsExport(c.intake, "csv"),
	} {
		stranger.Get(path).Is(http.StatusNotFound)
	}
}

// The competence test is recorded from a file with its day, LSP and place from the form.
func TestCompetenceTestComesFromASpreadsheet(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini")
	c.after(50 * 24 * time.Hour)
	file := "Nomor pendaftaran;Nama;Uji kompetensi;Nomor sertifikat LSP\n" + c.refs[0] + ";Suparmi;K;62012 3456 7 0001 2027\n" +
		c.refs[1] + ";Tini;BK;\n"
	c.sends("assess", file, nil).Is(http.StatusUnprocessableEntity).Shows("[data-error-summary] a[href='#f-on']")
	page := c.sends("assess", file, url.Values{"on.day": {"5"}, "on.month": {"1"}, "on.year": {"2027"}, "lsp": {"LSP Contoh"}}).
		Is(http.StatusOK).Has("main", "Kompeten: 1")
	c.records("assess", page)
	got := c.One("SELECT string_agg(concat_ws(' ', assessment, assessment_lsp, assessment_number), '|' ORDER BY id) FROM applications")
	if got != "competent LSP Contoh 62012 3456 7 0001 2027|not_yet LSP Contoh " {
		t.Errorf("recorded %q", got)
	}
}

// The applicants of an intake are a file with what their table shows, and each of them reads that they were in one.
func TestApplicantsAreDownloadedAndReadOfIt(t *testing.T) {
	c := inCourse(t, "attended", "Suparmi", "=Tini")
	c.staff.Get(urls.ManageApplicants(c.intake)).Shows("a[href='" + urls.ApplicantsExport(c.intake, "xlsx") + "']")
	file := c.staff.Get(urls.ApplicantsExport(c.intake, "csv")).Is(http.StatusOK).Body
	if strings.Count(file, "\n") != 3 || !strings.Contains(file, c.refs[0]+";Suparmi;") || !strings.Contains(file, "Menunggu hasil tes") {
		t.Errorf("the file is\n%s", file)
	}
	for _, secret := range []string{"3175", "Melati", "Duren Sawit"} {
		if strings.Contains(file, secret) {
			t.Errorf("the file has %q", secret)
		}
	}
	c.staff.Get(urls.ApplicantsExport(c.intake, "xlsx")).Is(http.StatusOK)
	c.staff.Get(urls.ApplicantsExport(c.intake, "ods")).Is(http.StatusNotFound)
	if n := c.One("SELECT count(*)::text FROM audit_rows WHERE action = 'applicants_downloaded' AND person_id IS NOT NULL"); n != "4" {
		t.Errorf("%s looks are noted, want 4", n)
	}
	seeker := c.As(c.staff.UserNamed("Suparmi"))
	seeker.Get(urls.Looks()).Is(http.StatusOK).Has("main", "Mengunduh daftar pendaftar")
}
