package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// F224: the institution takes a change of a published programme back, whether it waits or was refused, and goes on from
// what is public; an officer who had it open is told that it is gone.
func TestF224ChangeThatWaitsCanBeTakenBack(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	version := func() url.Values { return url.Values{"version": {p.One("SELECT version::text FROM programmes")}} }
	propose := func() {
		staff.Post(urls.ManageEditProgramme(ref), wholeProgramme("costs[0].amount", "2.000.000")).LeadsTo(urls.ManageProgramme(ref))
		staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
	}
	discard := urls.ManageDiscardChange(ref)
	staff.Get(urls.ManageProgramme(ref)).Lacks(`a[href="` + discard + `"]`)
	staff.Get(discard).LeadsTo(urls.ManageProgramme(ref))
	propose()
	open := version()
	staff.Get(urls.ManageProgramme(ref)).Shows(`a[href="` + discard + `"]`)
	staff.Get(discard).Has(`form[action="`+discard+`"]`, "Hapus perubahan").Has("[data-changes]", "Rp2.000.000")
	staff.Post(discard, url.Values{"version": {"1"}}).Is(http.StatusConflict)
	staff.Post(discard, open).LeadsTo(urls.ManageProgramme(ref))
	staff.Post(discard, open).LeadsTo(urls.ManageProgramme(ref)) // the second press
	officer.Post(urls.OfficerPublishProgramme(ref), open).Is(http.StatusConflict)
	propose()
	officer.Post(urls.OfficerReturnProgramme(ref), url.Values{"reason": {"programme_refused_x"}, "note": {"Terlalu mahal."}}).
		LeadsTo(urls.OfficerProgrammes())
	staff.Post(discard, version()).LeadsTo(urls.ManageProgramme(ref))
	page := staff.Get(urls.ManageEditProgramme(ref))
	if !strings.Contains(page.Body, "Rp1.250.000") || strings.Contains(page.Body, "2.000.000") {
		t.Error("it does not go on from what is public")
	}
	staff.Get(urls.ManageProgramme(ref)).Lacks("main .notice-fix")
	p.Client().Get(urls.Programme(ref)).Has("main", "Rp1.250.000")
}

// F144: the letter of an approved change says old and new of what people rely on, in their language; a change of the
// description alone is told to nobody.
func TestF144LetterOfAChangedProgrammeSaysOldAndNew(t *testing.T) {
	p, staff, officer := testportal.StartInstitution(t)
	ref := publishedProgramme(staff, officer)
	u := p.AddReadySeeker("Suparmi")
	p.AddSubmitted(u, p.One("SELECT ref FROM intakes"))
	letters := func() string { return p.One("SELECT count(*)::text FROM notices WHERE template = 'programme_changed'") }
	publish := func(change ...string) {
		staff.Post(urls.ManageEditProgramme(ref), wholeProgramme(change...)).LeadsTo(urls.ManageProgramme(ref))
		staff.Post(urls.ManageSubmitProgramme(ref), url.Values{}).LeadsTo(urls.ManageProgramme(ref))
		officer.Post(urls.OfficerPublishProgramme(ref), url.Values{}).LeadsTo(urls.OfficerProgrammes())
	}
	publish("description", "Belajar mengelas pipa.")
	if n := p.One("SELECT count(*)::text FROM tellings"); n != "0" {
		t.Fatalf("%s letters are asked for a description", n)
	}
	publish("description", "Belajar mengelas pipa.", "costs[0].amount", "2.000.000", "place", "Bengkel Dua", "age_max", "40")
	p.Tell()
	if n := letters(); n != "1" {
		t.Fatalf("%s letters", n)
	}
	change := p.LastLetter().Data["Change"]
	for _, line := range []string{
		"Biaya: Rp1.250.000, sekarang Rp2.000.000", "Tempat: tidak ada, sekarang Bengkel Dua", "Usia: 18\u2013, sekarang 18\u201340",
	} {
		if !strings.Contains(strings.ReplaceAll(change, "\u00a0", " "), line) {
			t.Errorf("the letter lacks %q: %s", line, change)
		}
	}
	p.DB.Exec("UPDATE users SET language = 'en' WHERE id = ?", u.ID)
	p.Pass(time.Minute)
	publish("costs[0].amount", "2.000.000", "place", "Bengkel Dua", "age_max", "40", "education", "SD", "requirements", "Sehat")
	p.Tell()
	for _, line := range []string{"Lowest school: Junior secondary, now Primary", "Other requirements: none, now Sehat"} {
		if change := p.LastLetter().Data["Change"]; !strings.Contains(change, line) || strings.Contains(change, "Cost") {
			t.Errorf("the letter lacks %q: %s", line, change)
		}
	}
}

// F056: the address of a website is http or https with a host and nothing before it; seekers see the host.
func TestF056WebsiteHasAHostAndNothingBeforeIt(t *testing.T) {
	p, staff, _ := testportal.StartInstitution(t)
	save := func(site string) testportal.Page {
		return staff.Post(urls.ManageInstitution(), url.Values{"website": {site}})
	}
	for _, site := range []string{
		"https://bank.example@jahat.example", "https://nama:sandi@lpk.example", `https://lpk.example/"x`, "https://lpk.example'", "https://",
		"http:lpk.example", "https:///lpk", "ftp://lpk.example", "https://lpk", `https://lpk.example\@jahat.example`,
	} {
		save(site).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis alamat situs")
	}
	save("https://www.lpk-las.example:8443/tentang?x=1").LeadsTo(urls.ManageInstitution())
	page := p.Client().Get(urls.Institution(p.One("SELECT ref FROM institutions ORDER BY id LIMIT 1"))).Is(http.StatusOK)
	link := page.Find(`main a[href^="https://www.lpk-las.example:8443/"]`)
	if rel, _ := link.Attr("rel"); link.Text() != "www.lpk-las.example:8443" || !strings.Contains(rel, "noopener") {
		t.Errorf("the link says %q, %s", link.Text(), rel)
	}
}
