package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// Joining people of two cases is asked in words of cases, and the other case says so too.
func TestPeopleOfTwoCasesAreJoinedInWordsOfCases(t *testing.T) {
	d := startCases(t)
	one, two := d.AddHeldCase(d.users["rina"]), d.AddHeldCase(d.users["rina"])
	person := func(ref string) string {
		return d.One("SELECT p.ref FROM case_people p JOIN cases c ON c.id = p.case_id WHERE c.ref = ? ORDER BY p.id LIMIT 1", ref)
	}
	first, second := person(one), "orang:"+person(two)
	page := d.rina.Get(urls.CasePersonFor(one, first, second, "")).Is(http.StatusOK).Has("article", "kedua kasus tetap ada").
		Lacks("article:contains('akun')")
	form := d.press(page, url.Values{"target": {second}, "why": {"Nomor sama."}})
	d.rina.Post(urls.CaseJoin(one, first), form).LeadsTo(urls.CasePerson(one, first))
	d.hana.Get(urls.CasePerson(one, first)).Is(http.StatusOK).Has("section[aria-labelledby=tautan]", "kedua kasus saling menunjuk").
		Lacks("section[aria-labelledby=tautan]:contains('akun')")
	d.rina.Get(urls.Case(two)).Is(http.StatusOK).Has("section[aria-labelledby=orang] a[href='"+urls.Case(one)+"']", one).
		Has("section[aria-labelledby=orang]", "Menunggu petugas kedua")
}

// Whoever closes a case reads first which office still works on it.
func TestClosingNamesTheOfficesThatStillHaveTheCase(t *testing.T) {
	d := startCases(t)
	ref := d.AddHeldCase(d.users["rina"])
	close := urls.CaseStep(ref, "tutup")
	d.rina.Get(close).Is(http.StatusOK).Lacks("main .notice")
	mitra := d.AddUser(models.Partner, "Mira")
	d.AddReferral(d.users["rina"], mitra, ref, protection.ShowStory)
	office := d.One("SELECT o.name FROM partner_offices o JOIN case_referrals r ON r.office_id = o.id")
	d.rina.Get(close).Is(http.StatusOK).Has("main .notice", office)
}
