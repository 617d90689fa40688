package institution_test

import (
	"fmt"
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// certificateTypes are two kinds of certificates to ask for.
func certificateTypes(p *testportal.Portal) {
	p.T.Helper()
	err := p.Store.SeedReference(p.T.Context(), models.ReferenceData{CertificateTypes: []models.CertificateType{
		{Code: "TOEFL", Category: "language", Name: models.Text{ID: "TOEFL", EN: "TOEFL"}, ValidFromBasis: "issue_date", Position: 1},
		{Code: "JLPT", Category: "language", Name: models.Text{ID: "Ujian JLPT", EN: "JLPT"}, ValidFromBasis: "issue_date", Position: 2},
	}})
	if err != nil {
		p.T.Fatal(err)
	}
}

// sixCosts are the lines of costs of a form, more than four.
func sixCosts(v url.Values) url.Values {
	for n := range 6 {
		v.Set(fmt.Sprintf("costs[%d].label", n), fmt.Sprintf("Biaya %d", n+1))
		v.Set(fmt.Sprintf("costs[%d].amount", n), "100.000")
	}
	return v
}

// The form holds what a spreadsheet does, as many lines of costs and certificates and the code, and what one saved the other
// keeps (F215).
func TestF215FormAndSheetHoldTheSame(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	certificateTypes(p)
	ref := draftProgramme(staff)
	edit := urls.ManageEditProgramme(ref)
	whole := sixCosts(wholeProgramme("code", " LAS-01 ", "street", "Jl. Haji Naman 12", "allowance", "Rp20.000 per hari", "mobile", "yes"))
	whole["certificate"] = []string{"TOEFL", "JLPT"}
	staff.Post(edit, whole).LeadsTo(urls.ManageProgramme(ref))
	staff.Get(edit).Shows("input[name=code][value=LAS-01]").Shows(`input[name="costs[5].label"][value="Biaya 6"]`).
		Shows(`input[name="costs[7].label"]`).Shows("input[name=certificate][value=TOEFL][checked]").
		Shows("input[name=certificate][value=JLPT][checked]")
	file := staff.Get(urls.ProgrammesExport("csv")).Is(http.StatusOK).Body
	for _, says := range []string{"LAS-01", "Biaya 6: 100000", "TOEFL; Ujian JLPT", "Jl. Haji Naman 12", "Rp20.000 per hari"} {
		if !strings.Contains(file, says) {
			t.Errorf("the file lacks %s:\n%s", says, file)
		}
	}
	again := staff.PostSheet(urls.Imports(), "daftar.csv", []byte(file)).ImportRef()
	staff.Get(urls.Import(again)).Has("main", "0 baru, 0 berubah, 1 sama")
	other := p.As(p.AddUser(models.Owner, "Lain"))
	save(other, []byte(file))
	got := `SELECT p.code || ' ' || p.cost_total || ' ' || array_to_string(p.required_certificates, ',') || ' ' || p.mobile_unit || ' ' ||
			(SELECT count(*) FROM programme_costs c WHERE c.programme_id = p.id)
		FROM programmes p
		ORDER BY p.id DESC
		LIMIT 1`
	if says := p.One(got); says != "LAS-01 600000 TOEFL,JLPT true 6" {
		t.Errorf("the other institution has %s", says)
	}
	copied := p.One("SELECT ref FROM programmes ORDER BY id DESC LIMIT 1")
	sent := formValues(other.Get(urls.ManageSection(copied, "biaya")).Is(http.StatusOK).Find("main form[method=post]"))
	sent.Set("funding", "self_paid")
	sent.Set("refund", "Penuh.")
	other.Post(urls.ManageSection(copied, "biaya"), sent).Is(http.StatusSeeOther)
	if says := p.One(got); says != "LAS-01 600000 TOEFL,JLPT true 6" {
		t.Errorf("saved by the form it is %s", says)
	}
}

// Whoever has more costs than there are rows sends the form for more: what was typed is kept, also what is wrong in it.
// There are at most twenty.
func TestRowsOfCostsGrow(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	ref := draftProgramme(staff)
	section := urls.ManageSection(ref, "biaya")
	staff.Get(section).Shows(`button[name=more][value=costs]`).Shows(`input[name="costs[3].label"]`).
		Lacks(`input[name="costs[4].label"]`)
	for _, form := range []string{section, urls.ManageEditProgramme(ref)} { // Enter in a field presses the first button
		if name, named := staff.Get(form).Find("form.form button[type=submit]").First().Attr("name"); named {
			t.Errorf("%s: Enter presses %s", form, name)
		}
	}
	typed := sixCosts(url.Values{"version": {"1"}, "funding": {"self_paid"}, "more": {"costs"}})
	typed.Set("costs[5].amount", "banyak")
	staff.Post(section, typed).Is(http.StatusUnprocessableEntity).Shows(`input[name="costs[5].amount"][value=banyak]`).
		Shows(`input[name="costs[7].label"]`)
	typed.Set("costs[5].amount", "0")
	staff.Post(section, typed).LeadsTo(section + "#f-costs")
	staff.Get(section).Shows(`input[name="costs[5].label"][value="Biaya 6"]`).Shows(`input[name="costs[7].label"]`)
	typed.Set("version", p.One("SELECT version::text FROM programmes"))
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("more", "costs")).LeadsTo(urls.ManageEditProgramme(ref) + "#f-costs")
	for n := range 21 {
		typed.Set(fmt.Sprintf("costs[%d].label", n), "Biaya")
		typed.Set(fmt.Sprintf("costs[%d].amount", n), "1")
	}
	staff.Post(section, typed).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Paling banyak 20").
		Shows(`input[name="costs[20].label"]`)
}

// A code is one listing's of an institution, whatever its letter case, at once also where the listing is public; no other
// part of the listing waits for officers because of it. Another institution may have the same.
func TestCodeOfAListingIsOnce(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("code", "LAS-01")).LeadsTo(urls.ManageProgramme(ref))
	if got := p.One("SELECT code || ' ' || (pending IS NULL) FROM programmes WHERE ref = ?", ref); got != "LAS-01 true" {
		t.Errorf("it is %s", got)
	}
	second := draftProgramme(staff)
	staff.Post(urls.ManageEditProgramme(second), wholeProgramme("code", "las-01")).Is(http.StatusUnprocessableEntity).
		Shows("#f-code-error").Shows("input[name=code][value=las-01]")
	staff.Post(urls.ManageEditProgramme(second), wholeProgramme("code", strings.Repeat("x", 61))).Is(http.StatusUnprocessableEntity).
		Shows("#f-code-error")
	other := p.As(p.AddUser(models.Owner, "Lain"))
	theirs := draftProgramme(other)
	other.Post(urls.ManageEditProgramme(theirs), wholeProgramme("code", "LAS-01")).LeadsTo(urls.ManageProgramme(theirs))
}

// The street leads to a map that the reader opens, and to no request of the page's own; allowance, contact and a mobile
// class are on it.
func TestListingSaysWhereItIs(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	certificateTypes(p)
	ref := draftProgramme(staff)
	whole := wholeProgramme("street", "Jl. Haji Naman 12 <b>", "allowance", "Rp20.000 per hari", "contact", "021-1", "mobile", "yes")
	whole["certificate"] = []string{"TOEFL", "JLPT"}
	staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("street", strings.Repeat("x", 301))).Is(http.StatusUnprocessableEntity).
		Shows("#f-street-error")
	staff.Post(urls.ManageEditProgramme(ref), whole).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageNewIntake(ref), wholeIntake()).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	page := p.Client().Get(urls.Programme(ref)).Is(http.StatusOK).Has("main", "Jl. Haji Naman 12 <b>").Has("main", "Rp20.000 per hari").
		Has("main", "021-1").Has("main", "Kelas keliling").Has("main", "TOEFL").Has("main", "JLPT")
	if href := page.Find(`a[href^="https://www.openstreetmap.org/search?"]`).AttrOr("href", ""); !strings.Contains(href, "Haji") {
		t.Errorf("the map is %s", href)
	}
}
