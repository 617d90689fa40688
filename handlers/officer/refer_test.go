package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Nothing is ticked beforehand; without consent a second officer decides, and who referred it cannot.
func TestReferringAsksForConsentOrASecondOfficer(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, joko, mitra := p.AddDesk("Rina", models.DutyProtection), p.AddDesk("Joko", models.DutyProtection), p.AddUser(models.Partner, "Mira")
	ref := p.AddHeldCase(rina)
	c := p.As(rina)
	page := c.Get(urls.CaseRefer(ref)).Is(http.StatusOK)
	if n := page.Find("main input[type=checkbox][checked]").Length(); n != 0 {
		t.Errorf("%d parts are ticked beforehand", n)
	}
	version, _ := page.Find("main form input[name=version]").First().Attr("value")
	office, err := p.Store.PartnerOfficeOf(t.Context(), mitra)
	if err != nil {
		t.Fatal(err)
	}
	form := url.Values{"office": {office.Ref}, "parts": {"story"}, "ask": {"Mohon bantuan."}, "version": {version},
		"until.day": {"30"}, "until.month": {"12"}, "until.year": {"2026"}}
	c.Post(urls.CaseRefer(ref), form).Is(http.StatusUnprocessableEntity).Has("#f-ask", "Mohon bantuan.")
	form.Set("person", "-")
	c.Post(urls.CaseRefer(ref), form).Is(http.StatusUnprocessableEntity).Shows("#f-why-error")
	form.Set("why", "Nyawa terancam, tidak bisa dihubungi.")
	c.Post(urls.CaseRefer(ref), form).LeadsTo(urls.CaseRefer(ref))
	p.As(mitra).Get(urls.Partner()).Is(http.StatusOK).Has("main", "Tidak ada kasus yang menunggu")
	referral := p.One("SELECT ref FROM case_referrals")
	hana := p.AddHead("Hana")
	waits := ".notice:contains('menunggu petugas kedua')"
	p.As(rina).Get(urls.Case(ref)).Is(http.StatusOK).Lacks(waits)
	p.As(joko).Get(urls.Case(ref)).Is(http.StatusOK).Shows(waits)
	p.As(joko).Get(urls.Cases() + "?bagian=mine").Is(http.StatusOK).Lacks("tbody")
	p.As(hana).Get(urls.Cases()+"?bagian=mine").Is(http.StatusOK).Has("tbody", ref)
	answer := func(of models.User, act string) testportal.Page {
		shown := p.As(of).Get(urls.CaseRefer(ref)).Is(http.StatusOK)
		version, _ := shown.Find("main form input[name=version]").First().Attr("value")
		return p.As(of).Post(urls.CaseReferral(ref, referral), url.Values{"tindakan": {act}, "version": {version}})
	}
	answer(rina, "setuju").Is(http.StatusUnprocessableEntity)
	answer(joko, "setuju").LeadsTo(urls.CaseRefer(ref))
	p.As(hana).Get(urls.Cases() + "?bagian=mine").Is(http.StatusOK).Lacks("tbody")
	p.As(hana).Get(urls.Case(ref)).Is(http.StatusOK).Lacks(waits)
	p.As(mitra).Get(urls.PartnerReferral(referral)).Is(http.StatusOK)
	p.As(rina).Post(urls.CaseReferral(ref, referral), url.Values{"tindakan": {"tarik"}, "back": {" "},
		"version": {p.One("SELECT version::text FROM cases")}}).Is(http.StatusUnprocessableEntity)
	p.As(rina).Post(urls.CaseReferral(ref, referral), url.Values{"tindakan": {"tarik"}, "back": {"Salah kantor."},
		"version": {p.One("SELECT version::text FROM cases")}}).LeadsTo(urls.CaseRefer(ref))
	p.As(mitra).Get(urls.PartnerReferral(referral)).Is(http.StatusNotFound)
	p.As(p.AddUser(models.Officer, "Lain")).Get(urls.CaseRefer(ref)).Is(http.StatusNotFound)
}
