package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// A file that is in the library already is used again without being sent again; another's is not found.
func TestFilesOfTheLibraryAreUsedAgain(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("lama.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		LeadsTo(urls.Uploads())
	ref := p.One("SELECT ref FROM uploads")
	c.Form(urls.NewCertificateOf("BNSP")).Is(http.StatusOK).Has("details:has(input[name=uploads][value="+ref+"])", "lama.jpg")
	values := testportal.CertificateValues()
	values.Set("uploads", ref)
	to := c.Post(urls.NewCertificate(), values).Is(http.StatusSeeOther).Header.Get("Location")
	review := c.Get(to).Is(http.StatusOK).Has("main", "Sudah diunggah: lama.jpg")
	review.Lacks("input[name=uploads][value=" + ref + "]")
	// The second page comes from the library too, by a form of its own.
	c.PostFiles(urls.Uploads(), url.Values{}, testportal.Sent("belakang.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 91))).
		LeadsTo(urls.Uploads())
	second := p.One("SELECT ref FROM uploads WHERE name = 'belakang.jpg'")
	c.Get(to).Has("form:has(input[name=uploads][value="+second+"]) button", "Tambahkan yang dipilih")
	c.Post(to+"/berkas", url.Values{"uploads": {second}}).LeadsTo(to)
	c.Get(to).Has("main", "Sudah diunggah: belakang.jpg")
	c.Get(urls.Uploads()).Has("main", "Bagian dari sertifikat").Has("nav[aria-label='Sertifikat & berkas saya']", "Sertifikat saya")
	other := p.As(p.AddUser(models.Seeker, "Orang Lain"))
	values.Set("token", "00000000-0000-4000-8000-00000000000b")
	other.Post(urls.NewCertificate(), values).Is(http.StatusNotFound)
	if n := p.One("SELECT count(*)::text FROM certificate_files"); n != "2" {
		t.Errorf("%s files are attached", n)
	}
}

// The last day that was worked out follows the day of issue; one that was typed stays.
func TestLastDayFollowsTheDayOfIssue(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Is(http.StatusSeeOther).Header.Get("Location")
	hint := urls.CertificateHint(strings.TrimPrefix(to, urls.Certificates()+"/"))
	c.Post(hint, url.Values{"field": {"issued"}, "value": {"2026-03-01"}}).LeadsTo(to + "#isian")
	if got := p.One("SELECT valid_until::text FROM certificates"); got != "2029-03-01" {
		t.Errorf("valid until %s, want three years from the new day", got)
	}
	c.Post(hint, url.Values{"field": {"until"}, "value": {"2027-12-31"}}).LeadsTo(to + "#isian")
	c.Post(hint, url.Values{"field": {"issued"}, "value": {"2026-04-01"}}).LeadsTo(to + "#isian")
	if got := p.One("SELECT valid_until::text FROM certificates"); got != "2027-12-31" {
		t.Errorf("valid until %s, want what was typed", got)
	}
}

// A file that is refused for all of its person's sending is refused beside the field that took it.
func TestRefusalStandsBesideTheFieldOfTheFile(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	for err := error(nil); err == nil; {
		err = p.Store.MaySend(t.Context(), u)
	}
	section := urls.ProfileSection("foto-ktp")
	c.Do(testportal.Multipart(t, section, url.Values{}, "ktp", testportal.Sent("ktp.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90)))).
		Is(http.StatusUnprocessableEntity).
		Has("#f-ktp-error", "Tunggu sepuluh menit").Has("[data-error-summary] a[href='#f-ktp']", "Tunggu sepuluh menit")
}

// A last day that was typed is shown again although the kind has the same one; what was worked out is not
// made to look as if it were typed, and says by what it is counted.
func TestTypedLastDayIsShownAgain(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	for name, value := range map[string]string{
		"issued.day": "2", "issued.month": "3", "issued.year": "2025", "until.day": "2", "until.month": "3", "until.year": "2028",
	} {
		values.Set(name, value)
	}
	to := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusSeeOther).Header.Get("Location")
	edit := c.Get(to + "/ubah").Is(http.StatusOK)
	if got, _ := edit.Find("#f-until-year").Attr("value"); got != "2028" {
		t.Errorf("the last day to change is of %q", got)
	}
	values.Set("issued.day", "3")
	c.Post(to+"/ubah", values).LeadsTo(to)
	if got := p.One("SELECT valid_until::text FROM certificates"); got != "2028-03-02" {
		t.Errorf("the printed day moved to %s", got)
	}
	for _, name := range []string{"until.day", "until.month", "until.year"} {
		values.Set(name, "")
	}
	c.Post(to+"/ubah", values).LeadsTo(to)
	c.Get(to).Has("#isian", "3 Maret 2028 (kami hitung")
	worked := c.Get(to+"/ubah").Has("#f-until-hint", "3 Maret 2028").Has("#f-until-hint", "ikut berubah")
	if got, _ := worked.Find("#f-until-year").Attr("value"); got != "" {
		t.Errorf("the worked-out day looks typed: %q", got)
	}
}

// An error of a day is tied to the group of its boxes, so that those who hear the page hear it once.
func TestErrorOfADayIsTiedToItsBoxes(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	values.Set("issued.month", "13")
	wrong := c.Post(urls.NewCertificate(), values).Is(http.StatusUnprocessableEntity)
	for _, id := range []string{"#f-issued", "#f-issued-month", "#f-issued-year"} {
		group, _ := wrong.Find(id).Closest("fieldset").Attr("aria-describedby")
		if invalid, _ := wrong.Find(id).Attr("aria-invalid"); !strings.Contains(group, "f-issued-error") || invalid != "true" {
			t.Errorf("%s: its group is described by %q, invalid %q", id, group, invalid)
		}
	}
}

// Days that cannot be are said with the other errors of the form, though no file was chosen and a field is empty.
func TestWrongDaysAreSaidWithTheOtherErrors(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	values := testportal.CertificateValues()
	for name, day := range map[string][3]string{"issued": {"1", "3", "1900"}, "until": {"1", "2", "1900"}} {
		values.Set(name+".day", day[0])
		values.Set(name+".month", day[1])
		values.Set(name+".year", day[2])
	}
	values.Set("issuer", "")
	page := c.Post(urls.NewCertificate(), values).Is(http.StatusUnprocessableEntity)
	for _, want := range []string{
		"Pilih foto", "Tulis siapa yang menerbitkan", "tidak boleh sebelum tahun 1950", "Tanggal berakhir tidak boleh sebelum tanggal terbit",
	} {
		page.Has("[data-error-summary]", want)
	}
}

// A certificate that has ended says so in its owner's list while officers have it, too; and the form that
// adds pages to one never says that its file may be left out.
func TestEndedCertificateIsMarkedInTheList(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	to := c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(),
		testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).Is(http.StatusSeeOther).Header.Get("Location")
	page := c.Post(to+"/berkas", url.Values{}).Is(http.StatusUnprocessableEntity)
	if label := page.Find("label[for=f-files]").Text(); strings.Contains(label, "boleh dikosongkan") {
		t.Errorf("the field is %q", label)
	}
	if list := c.Get(urls.Certificates()).Is(http.StatusOK); strings.Contains(list.Body, "sudah habis") {
		t.Error("one that holds is said to have ended")
	}
	p.DB.Exec("UPDATE certificates SET issued_on = '2023-11-24', valid_until = '2026-11-24', state = 'submitted', submitted_at = updated_at")
	c.Get(urls.Certificates()).Has("article", "Menunggu diperiksa").Has("article dd", "24 November 2026 (sudah habis)")
}

// The form's address knows what the form has made: gone back to, or sent again without its files, it leads to the
// certificate, until that was deleted. Another's token is nothing.
func TestFormLeadsToWhatItSaved(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	address := c.Get(urls.NewCertificateOf("BNSP")).Is(http.StatusSeeOther).Header.Get("Location")
	token, _ := c.Get(address).Is(http.StatusOK).Find("input[name=token]").Attr("value")
	if token == "" || !strings.Contains(address, token) {
		t.Fatalf("the form at %s has the token %q", address, token)
	}
	values := testportal.CertificateValues()
	values.Set("token", token)
	to := c.PostFiles(address, values, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusSeeOther).Header.Get("Location")
	c.Get(address).LeadsTo(to)
	c.Get(to).Has("[data-flash]", "sudah tersimpan")
	c.Post(address, values).LeadsTo(to)
	p.As(p.AddUser(models.Seeker, "Orang Lain")).Get(address).Is(http.StatusOK)
	c.Post(to+"/hapus", nil).LeadsTo(urls.Certificates())
	if again := c.Get(address).Is(http.StatusSeeOther).Header.Get("Location"); strings.Contains(again, token) || again == to {
		t.Errorf("after deleting, the form leads to %s", again)
	}
	values.Set("uploads", p.One("SELECT ref FROM uploads"))
	c.Post(address, values).Is(http.StatusSeeOther)
	if n := p.One("SELECT count(*)::text FROM certificates WHERE deleted_at IS NULL"); n != "1" {
		t.Errorf("%s certificates, want a new one", n)
	}
}
