package handlers

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// kinds puts in types of certificate with every rule that the form knows.
func (p *testPortal) kinds() {
	p.t.Helper()
	err := p.store.SeedReference(p.t.Context(), models.ReferenceData{
		CertificateTypes: []models.CertificateType{
			{Code: "TOPIK", Category: "language", Name: models.Text{ID: "TOPIK", EN: "TOPIK"}, ValidityMonths: ptr(24), ValidFromBasis: models.FromAnnouncement, HasExpiry: true, Position: 1},
			{Code: "TOEFL", Category: "language", Name: models.Text{ID: "TOEFL", EN: "TOEFL"}, HasExpiry: true, ValidFromBasis: "issue_date", Position: 2},
			{Code: "WELD", Category: "skill", Name: models.Text{ID: "Juru las", EN: "Welder"}, ValidityMonths: ptr(36), ConfirmEveryMonths: ptr(6), ValidFromBasis: "issue_date", HasExpiry: true, Position: 3},
			{Code: "SCHOOL", Category: "education", Name: models.Text{ID: "Ijazah", EN: "School certificate"}, Validity: models.Text{ID: "Tidak punya tanggal akhir.", EN: "It has no end."}, ValidFromBasis: "issue_date", Position: 4},
			{Code: "OTHER", Category: "other", Name: models.Text{ID: "Sertifikat lain", EN: "Other certificate"}, Validity: models.Text{ID: "Tulis tanggal akhir yang tercetak, bila ada."}, ValidFromBasis: "issue_date", HasExpiry: true, Position: 5},
			{Code: "IELTS", Category: "language", Name: models.Text{ID: "IELTS", EN: "IELTS"}, ValidityMonths: ptr(24), ValidFromBasis: models.FromTest, HasExpiry: true, Position: 6},
		},
		Countries: []models.Country{{Code: "KR", Name: models.Text{ID: "Korea Selatan", EN: "South Korea"}, Destination: true}},
		CertificateLevels: []models.CertificateLevel{
			{Code: "TOPIK-2", CertificateType: "TOPIK", Test: "TOPIK", Level: "2", Rank: 2, Name: models.Text{ID: "TOPIK 2", EN: "TOPIK 2"}, CEFR: "A2"},
			{Code: "iBT-42", CertificateType: "TOEFL", Test: "TOEFL_iBT", Level: "42", Rank: 1, Name: models.Text{ID: "TOEFL iBT", EN: "TOEFL iBT"}, CEFR: "B1", Score: ptr(42), ScoreMin: ptr(0), ScoreMax: ptr(120)},
		},
	})
	if err != nil {
		p.t.Fatal(err)
	}
}

// Each kind of certificate asks for what it has: its levels, its score, its own first day, a regular
// signature, a country; and not for an end that it never has.
func TestCertificateFormFollowsItsKind(t *testing.T) {
	p := newPortal(t, withFiles(t))
	p.addReference()
	p.kinds()
	c := p.as(p.addUser(models.Seeker, "Suparmi"))
	list := c.get(urls.NewCertificate()).is(http.StatusOK).has("main", "Bahasa").has("main", "Saya tidak punya").has("a[href$='jenis=WELD']", "Juru las")
	list.lacks("form[enctype]").has("details[open] a[href$='jenis=SCHOOL']", "Ijazah").has("details:not([open]):has(a[href$='jenis=WELD']) summary", "Kompetensi dan keahlian")
	var kinds, choices []string
	list.Find("main a[href*='jenis=']").Each(func(_ int, s *goquery.Selection) { kinds = append(kinds, s.Text()) })
	c.form(urls.NewCertificateOf("TOPIK")).Find("#f-type option").Each(func(_ int, s *goquery.Selection) { choices = append(choices, s.Text()) })
	if !slices.Equal(kinds, choices) {
		t.Errorf("the kinds are offered as %v, and as %v", kinds, choices)
	}
	c.get(urls.NewCertificateOf("NOTHING")).is(http.StatusOK).has("main h1", "Sertifikat apa")
	c.get(urls.NoCertificate()).is(http.StatusOK).has("main", "Belum punya sertifikat")

	topik := c.form(urls.NewCertificateOf("TOPIK")).is(http.StatusOK).has("#f-level", "TOPIK 2").has("main", "Tanggal hasil diumumkan")
	topik.lacks("#f-score").lacks("#f-destination").lacks("#f-confirmed")
	c.form(urls.NewCertificateOf("TOEFL")).has("#f-level", "TOEFL iBT").has("label[for=f-score]", "Nilai")
	c.form(urls.NewCertificateOf("WELD")).has("main", "setiap 6 bulan").has("#f-destination", "Tidak khusus").lacks("#f-level")
	c.form(urls.NewCertificateOf("SCHOOL")).has("main", "Tidak punya tanggal akhir.").lacks("#f-until").has("#f-title-hint", "Ijazah SMK")
	c.form(urls.NewCertificateOf("IELTS")).has("main", "Tanggal ujian").has("#f-until-hint", "24 bulan")
	other := c.form(urls.NewCertificateOf("OTHER")).is(http.StatusOK).has("fieldset:has(#f-until)", "tanggal akhir yang tercetak").has("details:has(#f-link)", "Bidang kreatif")
	if _, required := other.Find("#f-title").Attr("required"); !required {
		t.Error("a certificate of no known kind may stay without a name")
	}
}

// Another kind shows other questions and keeps what was typed and sent; nothing is saved by it.
func TestAnotherKindKeepsWhatWasTyped(t *testing.T) {
	p := newPortal(t, withFiles(t))
	p.addReference()
	p.kinds()
	c := p.as(p.addUser(models.Seeker, "Suparmi"))
	values := url.Values{"token": {"00000000-0000-4000-8000-00000000000a"}, "type": {"WELD"}, "holder": {"Suparmi Wati"}, "number": {"7/2026"}, "retype": {"1"}}
	page := c.postFiles(urls.NewCertificate(), values, sentFile{"depan.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusOK)
	page.has("main", "depan.jpg").has("main", "setiap 6 bulan").lacks("[data-error-summary]")
	if got, _ := page.Find("#f-holder").Attr("value"); got != "Suparmi Wati" {
		t.Errorf("the name is %q", got)
	}
	upload, _ := page.Find("[name=uploads]").Attr("value")
	if n := p.one("SELECT count(*)::text FROM certificates"); n != "0" {
		t.Errorf("%s certificates were made", n)
	}
	// The wrong score comes back beside its field, with all the rest; the right one is kept as typed.
	values = url.Values{"token": values["token"], "type": {"TOEFL"}, "holder": {"Suparmi"}, "issuer": {"ETS"}, "level": {"scored:TOEFL_iBT"}, "score": {"300"}, "uploads": {upload},
		"issued.day": {"1"}, "issued.month": {"3"}, "issued.year": {"2026"}}
	c.post(urls.NewCertificate(), values).is(http.StatusUnprocessableEntity).has("#f-score-error", "dari 0 sampai 120").has("main", "depan.jpg")
	values.Set("score", "")
	c.post(urls.NewCertificate(), values).is(http.StatusUnprocessableEntity).has("[data-error-summary] a[href='#f-score']", "")
	values.Set("score", "85")
	values.Del("level")
	c.post(urls.NewCertificate(), values).is(http.StatusUnprocessableEntity).has("#f-level-error", "ujian")
	values.Set("level", "scored:TOEFL_iBT")
	to := c.post(urls.NewCertificate(), values).is(http.StatusSeeOther).header.Get("Location")
	c.get(to).is(http.StatusOK).has("main", "TOEFL iBT, nilai 85, kira-kira B1 (CEFR)")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	edit := c.get(urls.EditCertificate(ref)).is(http.StatusOK)
	if got, _ := edit.Find("#f-score").Attr("value"); got != "85" {
		t.Errorf("the score to edit is %q", got)
	}
	c.post(urls.EditCertificate(ref), url.Values{"type": {"WELD"}, "holder": {"Suparmi"}, "retype": {"1"}}).is(http.StatusOK).has("main", "setiap 6 bulan")
	if kind := p.one("SELECT type_code FROM certificates"); kind != "TOEFL" {
		t.Errorf("looking at another kind made it %s", kind)
	}
	weld := url.Values{"type": {"WELD"}, "holder": {"Suparmi"}, "issuer": {"LSP"}, "destination": {"ZZ"}, "issued.day": {"1"}, "issued.month": {"3"}, "issued.year": {"2026"}, "confirmed.day": {"1"}, "confirmed.month": {"9"}, "confirmed.year": {"2026"}}
	c.post(urls.EditCertificate(ref), weld).is(http.StatusUnprocessableEntity).has("#f-destination-error", "")
	weld.Set("destination", "KR")
	c.post(urls.EditCertificate(ref), weld).leadsTo(urls.Certificate(ref))
	c.get(urls.Certificate(ref)).has("main", "Korea").has("main", "1 Maret 2027")
}

// A file that is in the library already is used again without being sent again; another's is not found.
func TestFilesOfTheLibraryAreUsedAgain(t *testing.T) {
	p, _, _, c := filesPortal(t)
	c.postFiles(urls.Uploads(), url.Values{}, sentFile{"lama.jpg", "image/jpeg", photo(t, 30, 30, 90)}).leadsTo(urls.Uploads())
	ref := p.one("SELECT ref FROM uploads")
	c.form(urls.NewCertificateOf("BNSP")).is(http.StatusOK).has("details:has(input[name=uploads][value="+ref+"])", "lama.jpg")
	values := certificateValues()
	values.Set("uploads", ref)
	to := c.post(urls.NewCertificate(), values).is(http.StatusSeeOther).header.Get("Location")
	review := c.get(to).is(http.StatusOK).has("main", "Sudah diunggah: lama.jpg")
	review.lacks("input[name=uploads][value=" + ref + "]")
	// The second page comes from the library too, by a form of its own.
	c.postFiles(urls.Uploads(), url.Values{}, sentFile{"belakang.jpg", "image/jpeg", photo(t, 30, 30, 91)}).leadsTo(urls.Uploads())
	second := p.one("SELECT ref FROM uploads WHERE name = 'belakang.jpg'")
	c.get(to).has("form:has(input[name=uploads][value="+second+"]) button", "Tambahkan yang dipilih")
	c.post(to+"/berkas", url.Values{"uploads": {second}}).leadsTo(to)
	c.get(to).has("main", "Sudah diunggah: belakang.jpg")
	c.get(urls.Uploads()).has("main", "Bagian dari sertifikat").has("nav[aria-label='Sertifikat & berkas saya']", "Sertifikat saya")
	other := p.as(p.addUser(models.Seeker, "Orang Lain"))
	values.Set("token", "00000000-0000-4000-8000-00000000000b")
	other.post(urls.NewCertificate(), values).is(http.StatusNotFound)
	if n := p.one("SELECT count(*)::text FROM certificate_files"); n != "2" {
		t.Errorf("%s files are attached", n)
	}
}

// What another kind does not ask for stays in sight while it has a value, through any number of changes.
func TestValuesOfAnotherKindStayInSight(t *testing.T) {
	p := newPortal(t, withFiles(t))
	p.addReference()
	p.kinds()
	c := p.as(p.addUser(models.Seeker, "Suparmi"))
	values := url.Values{"token": {"00000000-0000-4000-8000-00000000000d"}, "type": {"TOEFL"}, "holder": {"Suparmi"}, "title": {"Juru las 3G"}, "destination": {"KR"}, "link": {"https://contoh.id/karya"}, "detail": {"FCAW"}, "retype": {"1"}}
	for _, kind := range []string{"TOEFL", "TOPIK", "WELD"} {
		values.Set("type", kind)
		page := c.post(urls.NewCertificate(), values).is(http.StatusOK)
		for field, want := range map[string]string{"title": "Juru las 3G", "link": "https://contoh.id/karya", "detail": "FCAW"} {
			if got, _ := page.Find("#f-" + field).Attr("value"); got != want {
				t.Errorf("%s: %s is %q, want %q", kind, field, got, want)
			}
		}
		page.has("#f-destination option[selected]", "Korea Selatan")
	}
	c.form(urls.NewCertificateOf("TOEFL")).lacks("#f-title").lacks("#f-link").lacks("#f-detail").lacks("#f-destination")
}

// The last day that was worked out follows the day of issue; one that was typed stays.
func TestLastDayFollowsTheDayOfIssue(t *testing.T) {
	p, _, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	hint := urls.CertificateHint(strings.TrimPrefix(to, urls.Certificates()+"/"))
	c.post(hint, url.Values{"field": {"issued"}, "value": {"2026-03-01"}}).leadsTo(to + "#isian")
	if got := p.one("SELECT valid_until::text FROM certificates"); got != "2029-03-01" {
		t.Errorf("valid until %s, want three years from the new day", got)
	}
	c.post(hint, url.Values{"field": {"until"}, "value": {"2027-12-31"}}).leadsTo(to + "#isian")
	c.post(hint, url.Values{"field": {"issued"}, "value": {"2026-04-01"}}).leadsTo(to + "#isian")
	if got := p.one("SELECT valid_until::text FROM certificates"); got != "2027-12-31" {
		t.Errorf("valid until %s, want what was typed", got)
	}
}

// A file that is refused for all of its person's sending is refused beside the field that took it.
func TestRefusalStandsBesideTheFieldOfTheFile(t *testing.T) {
	p, _, u, c := filesPortal(t)
	for err := error(nil); err == nil; {
		err = p.store.MaySend(t.Context(), u)
	}
	section := urls.ProfileSection("foto-ktp")
	c.do(multipartRequest(t, section, url.Values{}, "ktp", sentFile{"ktp.jpg", "image/jpeg", photo(t, 30, 30, 90)})).is(http.StatusUnprocessableEntity).
		has("#f-ktp-error", "Tunggu sepuluh menit").has("[data-error-summary] a[href='#f-ktp']", "Tunggu sepuluh menit")
}

// A kind without an end of its own keeps the one that its paper has, says when none was written, and must
// have a name; one that never ends says so.
func TestCertificateOfNoKnownKind(t *testing.T) {
	p, _, _, c := filesPortal(t)
	p.kinds()
	values := url.Values{"token": {"00000000-0000-4000-8000-00000000000a"}, "type": {"OTHER"}, "holder": {"Suparmi"}, "issuer": {"Panitia"}, "issued.day": {"1"}, "issued.month": {"3"}, "issued.year": {"2026"}, "link": {"contoh"}}
	wrong := c.postFiles(urls.NewCertificate(), values, sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusUnprocessableEntity)
	wrong.has("#f-title-error", "Tulis nama sertifikatnya").has("[data-error-summary] a[href='#f-link']", "Tautan karya (portofolio): Tulis tautan lengkap")
	values.Set("uploads", p.one("SELECT ref FROM uploads"))
	values.Set("title", "Juara lomba masak")
	values.Set("link", "https://contoh.id/karya")
	values.Set("until.day", "31")
	values.Set("until.month", "12")
	values.Set("until.year", "2027")
	to := c.post(urls.NewCertificate(), values).is(http.StatusSeeOther).header.Get("Location")
	c.get(to).is(http.StatusOK).has("#isian", "31 Desember 2027").has("h1", "Juara lomba masak")
	values.Del("until.day")
	values.Del("until.month")
	values.Del("until.year")
	c.post(to+"/ubah", values).leadsTo(to)
	c.get(to).has("#isian", "Tidak diisi")
	values.Set("type", "SCHOOL")
	c.post(to+"/ubah", values).leadsTo(to)
	c.get(to).has("#isian", "Tidak ada batas")
}

// The level, the score and the last day come back with the kind that asks for them, after any number of changes.
func TestLevelComesBackWithItsKind(t *testing.T) {
	p, _, _, c := filesPortal(t)
	p.kinds()
	values := url.Values{"token": {"00000000-0000-4000-8000-00000000000e"}, "holder": {"Suparmi"}, "level": {"TOPIK-2"}, "until.day": {"2"}, "until.month": {"3"}, "until.year": {"2027"}, "retype": {"1"}}
	address := urls.NewCertificate()
	change := func(kind string) page {
		t.Helper()
		values.Set("type", kind)
		got := c.post(address, values).is(http.StatusOK)
		for _, name := range []string{"level", "score", "aside", "until.day", "until.month", "until.year"} {
			values.Del(name)
		}
		got.Find("main input[name=aside], main input[name=score], main input[name^='until.']").Each(func(_ int, s *goquery.Selection) {
			name, _ := s.Attr("name")
			value, _ := s.Attr("value")
			values.Add(name, value)
		})
		if level, ok := got.Find("#f-level option[selected]").Attr("value"); ok {
			values.Set("level", level)
		}
		return got
	}
	stays := func() {
		t.Helper()
		change("SCHOOL").lacks("#f-until")
		toefl := change("TOEFL")
		if got, _ := toefl.Find("#f-until-year").Attr("value"); got != "2027" {
			t.Errorf("the last day is of %q", got)
		}
		values.Set("level", "scored:TOEFL_iBT")
		values.Set("score", "85")
		change("WELD").lacks("#f-score")
		change("TOPIK").has("#f-level option[selected]", "TOPIK 2")
		scored := change("TOEFL").has("#f-level option[selected]", "TOEFL iBT")
		if got, _ := scored.Find("#f-score").Attr("value"); got != "85" {
			t.Errorf("the score is %q", got)
		}
		change("TOPIK").has("#f-level option[selected]", "TOPIK 2")
	}
	change("TOPIK")
	stays()
	saved := certificateValues()
	to := c.postFiles(urls.NewCertificate(), saved, sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	address = to + "/ubah"
	stays()
}

// A last day that was typed is shown again although the kind has the same one; what was worked out is not
// made to look as if it were typed, and says by what it is counted.
func TestTypedLastDayIsShownAgain(t *testing.T) {
	p, _, _, c := filesPortal(t)
	values := certificateValues()
	for name, value := range map[string]string{"issued.day": "2", "issued.month": "3", "issued.year": "2025", "until.day": "2", "until.month": "3", "until.year": "2028"} {
		values.Set(name, value)
	}
	to := c.postFiles(urls.NewCertificate(), values, sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	edit := c.get(to + "/ubah").is(http.StatusOK)
	if got, _ := edit.Find("#f-until-year").Attr("value"); got != "2028" {
		t.Errorf("the last day to change is of %q", got)
	}
	values.Set("issued.day", "3")
	c.post(to+"/ubah", values).leadsTo(to)
	if got := p.one("SELECT valid_until::text FROM certificates"); got != "2028-03-02" {
		t.Errorf("the printed day moved to %s", got)
	}
	for _, name := range []string{"until.day", "until.month", "until.year"} {
		values.Set(name, "")
	}
	c.post(to+"/ubah", values).leadsTo(to)
	c.get(to).has("#isian", "3 Maret 2028 (kami hitung")
	worked := c.get(to+"/ubah").has("#f-until-hint", "3 Maret 2028").has("#f-until-hint", "ikut berubah")
	if got, _ := worked.Find("#f-until-year").Attr("value"); got != "" {
		t.Errorf("the worked-out day looks typed: %q", got)
	}
}

// An error of a day is tied to each of its boxes, for those who hear the page.
func TestErrorOfADayIsTiedToItsBoxes(t *testing.T) {
	_, _, _, c := filesPortal(t)
	values := certificateValues()
	values.Set("issued.month", "13")
	wrong := c.post(urls.NewCertificate(), values).is(http.StatusUnprocessableEntity)
	for _, id := range []string{"#f-issued", "#f-issued-month", "#f-issued-year"} {
		if got, _ := wrong.Find(id).Attr("aria-describedby"); got != "f-issued-error" {
			t.Errorf("%s is described by %q", id, got)
		}
	}
}

// Days that cannot be are said with the other errors of the form, though no file was chosen and a field is empty.
func TestWrongDaysAreSaidWithTheOtherErrors(t *testing.T) {
	_, _, _, c := filesPortal(t)
	values := certificateValues()
	for name, day := range map[string][3]string{"issued": {"1", "3", "1900"}, "until": {"1", "2", "1900"}} {
		values.Set(name+".day", day[0])
		values.Set(name+".month", day[1])
		values.Set(name+".year", day[2])
	}
	values.Set("issuer", "")
	page := c.post(urls.NewCertificate(), values).is(http.StatusUnprocessableEntity)
	for _, want := range []string{"Pilih foto", "Tulis siapa yang menerbitkan", "tidak boleh sebelum tahun 1950", "Tanggal berakhir tidak boleh sebelum tanggal terbit"} {
		page.has("[data-error-summary]", want)
	}
}

// A certificate that has ended says so in its owner's list while officers have it, too; and the form that
// adds pages to one never says that its file may be left out.
func TestEndedCertificateIsMarkedInTheList(t *testing.T) {
	p, _, _, c := filesPortal(t)
	to := c.postFiles(urls.NewCertificate(), certificateValues(), sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	page := c.post(to+"/berkas", url.Values{}).is(http.StatusUnprocessableEntity)
	if label := page.Find("label[for=f-files]").Text(); strings.Contains(label, "boleh dikosongkan") {
		t.Errorf("the field is %q", label)
	}
	if list := c.get(urls.Certificates()).is(http.StatusOK); strings.Contains(list.body, "sudah habis") {
		t.Error("one that holds is said to have ended")
	}
	p.db.Exec("UPDATE certificates SET issued_on = '2023-11-24', valid_until = '2026-11-24', state = 'submitted', submitted_at = updated_at")
	c.get(urls.Certificates()).has("article", "Menunggu diperiksa").has("article dd", "24 November 2026 (sudah habis)")
}

// The form's address knows what the form has made: gone back to, or sent again without its files, it leads to the
// certificate, until that was deleted. Another's token is nothing.
func TestFormLeadsToWhatItSaved(t *testing.T) {
	p, _, _, c := filesPortal(t)
	address := c.get(urls.NewCertificateOf("BNSP")).is(http.StatusSeeOther).header.Get("Location")
	token, _ := c.get(address).is(http.StatusOK).Find("input[name=token]").Attr("value")
	if token == "" || !strings.Contains(address, token) {
		t.Fatalf("the form at %s has the token %q", address, token)
	}
	values := certificateValues()
	values.Set("token", token)
	to := c.postFiles(address, values, sentFile{"a.jpg", "image/jpeg", photo(t, 30, 30, 90)}).is(http.StatusSeeOther).header.Get("Location")
	c.get(address).leadsTo(to)
	c.get(to).has("[data-flash]", "sudah tersimpan")
	c.post(address, values).leadsTo(to)
	p.as(p.addUser(models.Seeker, "Orang Lain")).get(address).is(http.StatusOK)
	c.post(to+"/hapus", nil).leadsTo(urls.Certificates())
	if again := c.get(address).is(http.StatusSeeOther).header.Get("Location"); strings.Contains(again, token) || again == to {
		t.Errorf("after deleting, the form leads to %s", again)
	}
	values.Set("uploads", p.one("SELECT ref FROM uploads"))
	c.post(address, values).is(http.StatusSeeOther)
	if n := p.one("SELECT count(*)::text FROM certificates WHERE deleted_at IS NULL"); n != "1" {
		t.Errorf("%s certificates, want a new one", n)
	}
}
