package seeker_test

import (
	"net/http"
	"net/url"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
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
