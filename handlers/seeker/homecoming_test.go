package seeker_test

import (
	"net/http"
	"net/url"
	"reflect"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	viewjourney "naikkelas/views/journey"
)

// Who came back says what they need and did abroad, is led to the desk of each need, reads which course fits, and is asked
// how they are until they take it back.
func TestComingHomeLeadsOn(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.As(p.AddUser(models.Seeker, "Ani"))
	c.Get(urls.Homecoming()).Is(http.StatusOK).Lacks("main [data-needs]")
	c.Post(urls.HomecomingNeeds(), url.Values{"day.day": {"31"}, "day.month": {"2"}, "day.year": {"2026"}}).Is(http.StatusUnprocessableEntity)
	form := url.Values{
		"day.day": {"1"}, "day.month": {"11"}, "day.year": {"2026"}, "needs": {"health", "talk"}, "wishes": {"course"}, "ask": {"1"},
	}
	c.Post(urls.HomecomingNeeds(), form).LeadsTo(urls.Homecoming())
	page := c.Get(urls.Homecoming()).Is(http.StatusOK)
	if at := page.Find("[data-needs] a").First().AttrOr("href", ""); at != urls.HelpWrite("pulang") {
		t.Errorf("health leads to %q", at)
	}
	c.Post(urls.HomecomingRise(), url.Values{"rise": {"work"}}).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Has("[data-rose]", "Pekerjaan")
	c.Post(urls.HomecomingRise(), url.Values{"rise": {"none"}}).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Lacks("[data-rose]")
	c.Get(urls.ReadinessChoose()).Has("[data-closes]", "ditutup")
	p.Pass(100 * 24 * time.Hour)
	if _, err := p.Journey.AskHomes(t.Context()); err != nil {
		t.Fatal(err)
	}
	c = p.As(c.UserNamed("Ani"))
	q := c.Get(urls.Homecoming()).Has("[data-question]", "3 bulan").Find("[name=question]").AttrOr("value", "")
	c.Post(urls.HomecomingAnswer(), url.Values{"question": {q}, "answer": {"need"}}).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Lacks("[data-question]")
	c.Post(urls.HomecomingAnswer(), url.Values{"question": {"KP-00000000"}, "answer": {"need"}}).Is(http.StatusNotFound)
	c.Post(urls.HomecomingStop(), url.Values{"ask": {"0"}}).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Has("main", "Kami tidak menanyakan kabar Anda")
}

// What somebody did abroad proposes the certificates that the usual way to the job names and those of its programmes, each with
// who gives it, the programmes with their next intake, and a list of what is needed for who leaves again.
func TestExperienceProposesCertificatesAndCourses(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	kind := func(code, name string) models.CertificateType {
		return models.CertificateType{
			Code: code, Category: "competence", Name: models.Text{ID: name, EN: name}, Issuer: models.Text{ID: "Badan " + code, EN: "Body " + code},
			ValidFromBasis: "issue_date",
		}
	}
	err := p.Store.SeedReference(t.Context(), models.ReferenceData{CertificateTypes: []models.CertificateType{
		kind("BNSP_LSP", "Sertifikat kompetensi BNSP"), kind("WELD_KOSHIPA", "Uji KOSHIPA, las galangan kapal"),
		kind("JLPT", "JLPT, ujian bahasa"),
	}})
	if err != nil {
		t.Fatal(err)
	}
	p.AddProgramme(func(d *models.DemoProgramme) { d.Programme.OutcomeBNSP = true })
	c := p.As(p.AddUser(models.Seeker, "Ani"))
	form := url.Values{"day.day": {"1"}, "day.month": {"11"}, "day.year": {"2026"}, "occupation": {"ENG01"}}
	c.Post(urls.HomecomingNeeds(), form).LeadsTo(urls.Homecoming())
	kept := func(code string) string { return "[data-proofs] a[href='" + urls.NewCertificateOf(code) + "']" }
	page := c.Get(urls.Homecoming()).Has(kept("BNSP_LSP"), "BNSP").Has("[data-proofs]", "Badan BNSP_LSP").Lacks(kept("WELD_KOSHIPA")).
		Lacks(kept("JLPT")).Has("[data-courses]", "Pengelasan SMAW 3G").Has("[data-courses]", "14 Desember 2026")
	if to := page.Find("[data-again] a").AttrOr("href", ""); to != urls.Readiness() {
		t.Errorf("who leaves again is led to %q", to)
	}
	p.DB.Exec("UPDATE occupations SET training_id = 'Kelas las. Galangan kapal meminta uji KOSHIPA.' WHERE code = 'ENG01'")
	c.Get(urls.Homecoming()).Has(kept("WELD_KOSHIPA"), "KOSHIPA").Has("[data-proofs]", "Galangan kapal")
}

// shows fails where a page does not show what each field of its form was filled with, outside the form itself. A field that the
// list does not name is asked for nothing.
func shows(t *testing.T, page testportal.Page, form any, want map[string]string) {
	t.Helper()
	page.Find("form").Remove()
	text := strings.Join(strings.Fields(page.Find("main").Text()), " ")
	for f := range reflect.TypeOf(form).Fields() {
		name := f.Tag.Get("form")
		if name == "version" {
			continue
		}
		if said := want[name]; said == "" || !strings.Contains(text, said) {
			t.Errorf("%q of %T is not shown as %q in %s", name, form, said, text)
		}
	}
}

// What somebody typed about coming home, or about where they wait, is read on the page again and leads somewhere.
func TestWhatIsTypedIsShown(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	p.AddProgramme(nil)
	c := p.As(p.AddUser(models.Seeker, "Ani"))
	c.Post(urls.HomecomingNeeds(), url.Values{
		"day.day": {"1"}, "day.month": {"11"}, "day.year": {"2026"}, "needs": {"money"}, "wishes": {"business"}, "occupation": {"ENG01"},
		"years": {"7"}, "skills": {"Las TIG di galangan"}, "ask": {"1"},
	}).LeadsTo(urls.Homecoming())
	job := p.One("SELECT name_id FROM occupations WHERE code = 'ENG01'")
	page := c.Get(urls.Homecoming()).Has("[data-proofs], [data-courses]", "").Has("[data-asked]", "3, 6, dan 12 bulan")
	shows(t, page, viewjourney.HomeForm{}, map[string]string{
		"day": "1 November 2026", "needs": "Lihat klaim dan modal", "wishes": "Punya usaha", "occupation": job, "years": "7 tahun",
		"skills": "Las TIG di galangan", "ask": "Yang tersedia untuk Anda",
	})
	now := p.Store.Now()
	later := now.AddDate(0, 0, 20)
	c.Post(urls.OwnStay(), url.Values{
		"agency": {"PT Maju Jaya"}, "address": {"Jl. Condet 12"}, "since.day": {now.Format("2")}, "since.month": {now.Format("1")},
		"since.year": {now.Format("2006")}, "leaves.day": {later.Format("2")}, "leaves.month": {later.Format("1")},
		"leaves.year": {later.Format("2006")},
	}).LeadsTo(urls.OwnStay())
	shows(t, c.Get(urls.OwnStay()), viewjourney.StayForm{}, map[string]string{
		"agency": "PT Maju Jaya", "address": "Jl. Condet 12", "since": "Sejak " + now.Format("2"), "leaves": "berangkat " + later.Format("2"),
	})
}

// Who did something else abroad and wants to learn is proposed what takes everybody, free courses by that word.
func TestWhoDidSomethingElseIsProposedOpenCourses(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	p.AddProgramme(func(d *models.DemoProgramme) { d.Programme.RequiresDKI = true })
	c := p.As(p.AddUser(models.Seeker, "Ani"))
	form := url.Values{"day.day": {"1"}, "day.month": {"11"}, "day.year": {"2026"}, "wishes": {"course"}}
	c.Post(urls.HomecomingNeeds(), form).LeadsTo(urls.Homecoming())
	c.Get(urls.Homecoming()).Lacks("[data-courses]")
	p.DB.Exec("UPDATE programmes SET requires_dki = false, cost_total = 0")
	c.Get(urls.Homecoming()).Has("[data-courses]", "Pengelasan SMAW 3G").Has("[data-courses]", "Gratis")
}

// A proposed certificate of an LSP, and a course with its test, name the LSP that officers noted, or say that none is.
func TestProposalsNameTheLSP(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	err := p.Store.SeedReference(t.Context(), models.ReferenceData{CertificateTypes: []models.CertificateType{{
		Code: "BNSP_LSP", Category: "competence", Name: models.Text{ID: "Sertifikat BNSP", EN: "BNSP certificate"},
		Issuer: models.Text{ID: "LSP atas nama BNSP", EN: "LSP for BNSP"}, ValidFromBasis: "issue_date",
	}}})
	if err != nil {
		t.Fatal(err)
	}
	p.AddProgramme(func(d *models.DemoProgramme) { d.Programme.OutcomeBNSP = true })
	c := p.As(p.AddUser(models.Seeker, "Ani"))
	form := url.Values{"day.day": {"1"}, "day.month": {"11"}, "day.year": {"2026"}, "occupation": {"ENG01"}}
	c.Post(urls.HomecomingNeeds(), form).LeadsTo(urls.Homecoming())
	unknown := c.Get(urls.Homecoming()).Has("[data-proofs] [data-certifiers]", "LSP belum dicatat petugas")
	unknown.Has("[data-courses] [data-certifiers]", "LSP belum dicatat petugas")
	p.DB.Exec(`INSERT INTO certifiers (code, name, licence, occupations, certificate_types, scheme_id, scheme_en, where_id, where_en,
			source, public, position, valid_from)
		VALUES ('LAS', 'LSP Las Contoh', 'BNSP-LSP-0000-ID', 'ENG01', 'BNSP_LSP', 'Juru las', 'Welder', 'Jl. Contoh 1', 'Jl. Contoh 1',
			'Daftar LSP contoh', true, 1, '2026-01-01')`)
	known := c.Get(urls.Homecoming()).Has("[data-proofs] [data-certifiers]", "LSP Las Contoh").
		Has("[data-proofs] [data-certifiers]", "BNSP-LSP-0000-ID")
	known.Has("[data-courses] [data-certifiers]", "Daftar LSP contoh")
}
