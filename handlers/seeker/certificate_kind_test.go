package seeker_test

import (
	"net/http"
	"net/url"
	"slices"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// kinds puts in types of certificate with every rule that the form knows.
func kinds(p *testportal.Portal) {
	p.T.Helper()
	err := p.Store.SeedReference(p.T.Context(), models.ReferenceData{
		CertificateTypes: []models.CertificateType{
			{
				Code: "TOPIK", Category: "language", Name: models.Text{ID: "TOPIK", EN: "TOPIK"},
				ValidityMonths: new(24), ValidFromBasis: models.FromAnnouncement, HasExpiry: true, Position: 1,
			},
			{
				Code: "TOEFL", Category: "language", Name: models.Text{ID: "TOEFL", EN: "TOEFL"},
				ValidFromBasis: "issue_date", HasExpiry: true, Position: 2,
			},
			{
				Code: "WELD", Category: "skill", Name: models.Text{ID: "Juru las", EN: "Welder"},
				ValidityMonths: new(36), ConfirmEveryMonths: new(6), ValidFromBasis: "issue_date", HasExpiry: true, Position: 3,
			},
			{
				Code: "SCHOOL", Category: "education", Name: models.Text{ID: "Ijazah", EN: "School certificate"},
				Validity: models.Text{ID: "Tidak punya tanggal akhir.", EN: "It has no end."}, ValidFromBasis: "issue_date", Position: 4,
			},
			{
				Code: "OTHER", Category: "other", Name: models.Text{ID: "Sertifikat lain", EN: "Other certificate"},
				Validity: models.Text{ID: "Tulis tanggal akhir yang tercetak, bila ada."}, ValidFromBasis: "issue_date", HasExpiry: true, Position: 5,
			},
			{
				Code: "IELTS", Category: "language", Name: models.Text{ID: "IELTS", EN: "IELTS"},
				ValidityMonths: new(24), ValidFromBasis: models.FromTest, HasExpiry: true, Position: 6,
			},
		},
		Countries: []models.Country{{Code: "KR", Name: models.Text{ID: "Korea Selatan", EN: "South Korea"}, Destination: true}},
		CertificateLevels: []models.CertificateLevel{
			{
				Code: "TOPIK-2", CertificateType: "TOPIK", Test: "TOPIK", Level: "2", Rank: 2,
				Name: models.Text{ID: "TOPIK 2", EN: "TOPIK 2"}, CEFR: "A2",
			},
			{
				Code: "iBT-42", CertificateType: "TOEFL", Test: "TOEFL_iBT", Level: "42", Rank: 1,
				Name: models.Text{ID: "TOEFL iBT", EN: "TOEFL iBT"}, CEFR: "B1", Score: new(42), ScoreMin: new(0), ScoreMax: new(120),
			},
		},
	})
	if err != nil {
		p.T.Fatal(err)
	}
}

// Each kind of certificate asks for what it has: its levels, its score, its own first day, a regular
// signature, a country; and not for an end that it never has.
func TestCertificateFormFollowsItsKind(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	kinds(p)
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	list := c.Get(urls.NewCertificate()).Is(http.StatusOK).
		Has("main", "Bahasa").Has("main", "Saya tidak punya").Has("a[href$='jenis=WELD']", "Juru las")
	list.Lacks("form[enctype]").Has("details[open] a[href$='jenis=SCHOOL']", "Ijazah").
		Has("details:not([open]):has(a[href$='jenis=WELD']) summary", "Kompetensi dan keahlian")
	var kinds, choices []string
	list.Find("main a[href*='jenis=']").Each(func(_ int, s *goquery.Selection) { kinds = append(kinds, s.Text()) })
	c.Form(urls.NewCertificateOf("TOPIK")).Find("#f-type option").
		Each(func(_ int, s *goquery.Selection) { choices = append(choices, s.Text()) })
	if !slices.Equal(kinds, choices) {
		t.Errorf("the kinds are offered as %v, and as %v", kinds, choices)
	}
	c.Get(urls.NewCertificateOf("NOTHING")).Is(http.StatusOK).Has("main h1", "Sertifikat apa")
	c.Get(urls.NoCertificate()).Is(http.StatusOK).Has("main", "Belum punya sertifikat")

	topik := c.Form(urls.NewCertificateOf("TOPIK")).Is(http.StatusOK).Has("#f-level", "TOPIK 2").Has("main", "Tanggal hasil diumumkan")
	topik.Lacks("#f-score").Lacks("#f-destination").Lacks("#f-confirmed")
	c.Form(urls.NewCertificateOf("TOEFL")).Has("#f-level", "TOEFL iBT").Has("label[for=f-score]", "Nilai")
	c.Form(urls.NewCertificateOf("WELD")).Has("main", "setiap 6 bulan").Has("#f-destination", "Tidak khusus").Lacks("#f-level")
	c.Form(urls.NewCertificateOf("SCHOOL")).Lacks("main form:contains('tanggal akhir')").Lacks("#f-until").Has("#f-title-hint", "Ijazah SMK")
	c.Form(urls.NewCertificateOf("IELTS")).Has("main", "Tanggal ujian").Has("#f-until-hint", "24 bulan")
	other := c.Form(urls.NewCertificateOf("OTHER")).Is(http.StatusOK).
		Has("fieldset:has(#f-until)", "tanggal akhir yang tercetak").Has("details:has(#f-link)", "Bidang kreatif")
	if _, required := other.Find("#f-title").Attr("required"); !required {
		t.Error("a certificate of no known kind may stay without a name")
	}
}

// Another kind shows other questions and keeps what was typed and sent; nothing is saved by it.
func TestAnotherKindKeepsWhatWasTyped(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	kinds(p)
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	values := url.Values{
		"token": {"00000000-0000-4000-8000-00000000000a"}, "type": {"WELD"}, "holder": {"Suparmi Wati"}, "number": {"7/2026"}, "retype": {"1"},
	}
	page := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusOK)
	page.Has("main", "depan.jpg").Has("main", "setiap 6 bulan").Lacks("[data-error-summary]")
	if got, _ := page.Find("#f-holder").Attr("value"); got != "Suparmi Wati" {
		t.Errorf("the name is %q", got)
	}
	upload, _ := page.Find("[name=uploads]").Attr("value")
	if n := p.One("SELECT count(*)::text FROM certificates"); n != "0" {
		t.Errorf("%s certificates were made", n)
	}
	// The wrong score comes back beside its field, with all the rest; the right one is kept as typed.
	values = url.Values{
		"token": values["token"], "type": {"TOEFL"}, "holder": {"Suparmi"}, "issuer": {"ETS"},
		"level": {"scored:TOEFL_iBT"}, "score": {"300"}, "uploads": {upload},
		"issued.day": {"1"}, "issued.month": {"3"}, "issued.year": {"2026"},
	}
	c.Post(urls.NewCertificate(), values).Is(http.StatusUnprocessableEntity).
		Has("#f-score-error", "dari 0 sampai 120").Has("main", "depan.jpg")
	values.Set("score", "")
	c.Post(urls.NewCertificate(), values).Is(http.StatusUnprocessableEntity).Shows("[data-error-summary] a[href='#f-score']")
	values.Set("score", "85")
	values.Del("level")
	c.Post(urls.NewCertificate(), values).Is(http.StatusUnprocessableEntity).Has("#f-level-error", "ujian")
	values.Set("level", "scored:TOEFL_iBT")
	to := c.Post(urls.NewCertificate(), values).Is(http.StatusSeeOther).Header.Get("Location")
	c.Get(to).Is(http.StatusOK).Has("main", "TOEFL iBT, nilai 85, kira-kira B1 (CEFR)")
	ref := strings.TrimPrefix(to, urls.Certificates()+"/")
	edit := c.Get(urls.EditCertificate(ref)).Is(http.StatusOK)
	if got, _ := edit.Find("#f-score").Attr("value"); got != "85" {
		t.Errorf("the score to edit is %q", got)
	}
	c.Post(urls.EditCertificate(ref), url.Values{"type": {"WELD"}, "holder": {"Suparmi"}, "retype": {"1"}}).Is(http.StatusOK).
		Has("main", "setiap 6 bulan")
	if kind := p.One("SELECT type_code FROM certificates"); kind != "TOEFL" {
		t.Errorf("looking at another kind made it %s", kind)
	}
	weld := url.Values{
		"type": {"WELD"}, "holder": {"Suparmi"}, "issuer": {"LSP"}, "destination": {"ZZ"}, "issued.day": {"1"},
		"issued.month": {"3"}, "issued.year": {"2026"}, "confirmed.day": {"1"}, "confirmed.month": {"9"}, "confirmed.year": {"2026"},
	}
	c.Post(urls.EditCertificate(ref), weld).Is(http.StatusUnprocessableEntity).Shows("#f-destination-error")
	weld.Set("destination", "KR")
	c.Post(urls.EditCertificate(ref), weld).LeadsTo(urls.Certificate(ref))
	c.Get(urls.Certificate(ref)).Has("main", "Korea").Has("main", "1 Maret 2027")
}

// What another kind does not ask for stays in sight while it has a value, through any number of changes.
func TestValuesOfAnotherKindStayInSight(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	kinds(p)
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	values := url.Values{
		"token": {"00000000-0000-4000-8000-00000000000d"}, "type": {"TOEFL"}, "holder": {"Suparmi"}, "title": {"Juru las 3G"},
		"destination": {"KR"}, "link": {"https://contoh.id/karya"}, "detail": {"FCAW"}, "retype": {"1"},
	}
	for _, kind := range []string{"TOEFL", "TOPIK", "WELD"} {
		values.Set("type", kind)
		page := c.Post(urls.NewCertificate(), values).Is(http.StatusOK)
		for field, want := range map[string]string{"title": "Juru las 3G", "link": "https://contoh.id/karya", "detail": "FCAW"} {
			if got, _ := page.Find("#f-" + field).Attr("value"); got != want {
				t.Errorf("%s: %s is %q, want %q", kind, field, got, want)
			}
		}
		page.Has("#f-destination option[selected]", "Korea Selatan")
	}
	c.Form(urls.NewCertificateOf("TOEFL")).Lacks("#f-title").Lacks("#f-link").Lacks("#f-detail").Lacks("#f-destination")
}

// A kind without an end of its own keeps the one that its paper has, says when none was written, and must
// have a name; one that never ends says so.
func TestCertificateOfNoKnownKind(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	kinds(p)
	values := url.Values{
		"token": {"00000000-0000-4000-8000-00000000000a"}, "type": {"OTHER"}, "holder": {"Suparmi"},
		"issuer": {"Panitia"}, "issued.day": {"1"}, "issued.month": {"3"}, "issued.year": {"2026"}, "link": {"contoh"},
	}
	wrong := c.PostFiles(urls.NewCertificate(), values, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusUnprocessableEntity)
	wrong.Has("#f-title-error", "Tulis nama sertifikatnya").
		Has("[data-error-summary] a[href='#f-link']", "Tautan karya (portofolio): Tulis tautan lengkap")
	values.Set("uploads", p.One("SELECT ref FROM uploads"))
	values.Set("title", "Juara lomba masak")
	values.Set("link", "https://contoh.id/karya")
	values.Set("until.day", "31")
	values.Set("until.month", "12")
	values.Set("until.year", "2027")
	to := c.Post(urls.NewCertificate(), values).Is(http.StatusSeeOther).Header.Get("Location")
	c.Get(to).Is(http.StatusOK).Has("#isian", "31 Desember 2027").Has("h1", "Juara lomba masak")
	values.Del("until.day")
	values.Del("until.month")
	values.Del("until.year")
	c.Post(to+"/ubah", values).LeadsTo(to)
	c.Get(to).Has("#isian", "Tidak diisi")
	values.Set("type", "SCHOOL")
	c.Post(to+"/ubah", values).LeadsTo(to)
	c.Get(to).Has("#isian", "Tidak ada batas")
}

// The level, the score and the last day come back with the kind that asks for them, after any number of changes.
func TestLevelComesBackWithItsKind(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	kinds(p)
	values := url.Values{
		"token": {"00000000-0000-4000-8000-00000000000e"}, "holder": {"Suparmi"},
		"level": {"TOPIK-2"}, "until.day": {"2"}, "until.month": {"3"}, "until.year": {"2027"}, "retype": {"1"},
	}
	address := urls.NewCertificate()
	change := func(kind string) testportal.Page {
		t.Helper()
		values.Set("type", kind)
		got := c.Post(address, values).Is(http.StatusOK)
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
		change("SCHOOL").Lacks("#f-until")
		toefl := change("TOEFL")
		if got, _ := toefl.Find("#f-until-year").Attr("value"); got != "2027" {
			t.Errorf("the last day is of %q", got)
		}
		values.Set("level", "scored:TOEFL_iBT")
		values.Set("score", "85")
		change("WELD").Lacks("#f-score")
		change("TOPIK").Has("#f-level option[selected]", "TOPIK 2")
		scored := change("TOEFL").Has("#f-level option[selected]", "TOEFL iBT")
		if got, _ := scored.Find("#f-score").Attr("value"); got != "85" {
			t.Errorf("the score is %q", got)
		}
		change("TOPIK").Has("#f-level option[selected]", "TOPIK 2")
	}
	change("TOPIK")
	stays()
	saved := testportal.CertificateValues()
	to := c.PostFiles(urls.NewCertificate(), saved, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))).
		Is(http.StatusSeeOther).Header.Get("Location")
	address = to + "/ubah"
	stays()
}
