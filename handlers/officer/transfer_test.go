package officer_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// A case goes to an office without an account: the sheet holds the chosen parts alone, its answer is written down with its
// source, and from then on that office leads the case.
func TestTransferOnPaperOverItsPages(t *testing.T) {
	d := startCases(t)
	ref := d.AddHeldCase(d.users["rina"])
	page := d.rina.Get(urls.CaseTransfer(ref)).Is(http.StatusOK).Lacks("label[for=f-office_name]:contains('boleh')").
		Has("main", "Perlu bila kantornya tanpa akun")
	if page.Find("main input[checked]").Length() != 0 {
		t.Error("something is chosen beforehand")
	}
	form := said("until", "25", "12", "2026")
	form["kind"], form["office"], form["parts"] = []string{"transfer"}, []string{"-"}, []string{"story"}
	form["ask"] = []string{"Mohon menjemput."}
	form["person"], form["how"] = []string{page.Find("[name=person]").AttrOr("value", "")}, []string{"spoken"}
	wrong := d.rina.Post(urls.CaseTransfer(ref), d.press(page, form)).Is(http.StatusUnprocessableEntity).Has("#f-ask", "Mohon menjemput.")
	for _, field := range []string{"keeps", "office_name", "office_kind"} {
		if wrong.Find("#f-"+field+"-error").Length() == 0 {
			t.Errorf("nothing is said of %s", field)
		}
	}
	form.Set("keeps", "on")
	form.Set("office_name", "Dinas Contoh Jawa Tengah")
	form.Set("office_kind", "province")
	d.rina.Post(urls.CaseTransfer(ref), d.press(page, form)).LeadsTo(urls.CaseRefer(ref))
	referral := d.One("SELECT ref FROM case_referrals")
	d.rina.Get(urls.CaseRefer(ref)).Has("main", "Pelimpahan").Has("main", "Pemegang saat itu").Has("main", "Dinas Contoh Jawa Tengah").
		Lacks("details.panel[open]")
	sheet := d.rina.Get(urls.CaseSheet(ref, referral)).Is(http.StatusOK).Has("main", "Lembar pelimpahan").
		Has("main", "Gaji saya tidak dibayar tiga bulan.").Has("main", "Yang menerima").
		Has("main dl", "Telepon kantor pengirim").Has("main dl", "Urgensi").Has("main dl", "Dari")
	for _, secret := range []string{"1234 5678", "+81", ref} {
		if strings.Contains(sheet.Find("main dl").Text(), secret) {
			t.Errorf("%q is on the sheet", secret)
		}
	}
	d.joko.Get(urls.CaseSheet(ref, referral)).Is(http.StatusConflict).Lacks("main:contains('Gaji saya')")
	answer := url.Values{"answer": {"accepted"}, "said_by": {"Bu Contoh"}, "source": {"Telepon 25 November"}, "next": {"partner"},
		"due": {"2026-12-01T10:00"}}
	say := func() url.Values {
		return d.press(d.rina.Get(urls.CaseSheetAnswer(ref, referral)).Is(http.StatusOK), answer)
	}
	d.rina.Post(urls.CaseSheetAnswer(ref, referral), say()).Is(http.StatusUnprocessableEntity).Shows("#f-leads-error").
		Shows("input[name=said_by][value='Bu Contoh']")
	answer.Set("leads", "Pak Contoh")
	d.rina.Post(urls.CaseSheetAnswer(ref, referral), say()).LeadsTo(urls.CaseRefer(ref))
	d.rina.Get(urls.Case(ref)).Has("main", "Dipegang Dinas Contoh Jawa Tengah").Has("main", "Pak Contoh, sejak")
	d.rina.Get(urls.CaseRefer(ref)).Has("main", "Bu Contoh").Has("main", "Telepon 25 November")
}

// A colleague asks for a case, sees that they wait, and gets it from who holds it; another one is refused with a reason.
func TestAskingForACaseOverItsPages(t *testing.T) {
	d := startCases(t)
	ref := d.AddHeldCase(d.users["rina"])
	d.rina.Get(urls.Case(ref)).Lacks("main a[href='" + urls.CaseAsk(ref) + "']")
	page := d.joko.Get(urls.CaseAsk(ref)).Is(http.StatusOK)
	d.joko.Post(urls.CaseAsk(ref), d.press(page, nil)).Is(http.StatusUnprocessableEntity).Shows("#f-why-error")
	d.joko.Post(urls.CaseAsk(ref), d.press(page, url.Values{"why": {"Saya kenal keluarganya."}})).LeadsTo(urls.CaseAsk(ref))
	d.joko.Get(urls.CaseAsk(ref)).Has("main", "Tarik permintaan").Lacks("textarea[name=why]")
	d.rina.Get(urls.Case(ref)).Has("main", "1 permintaan atas kasus ini menunggu jawaban")
	page = d.rina.Get(urls.CaseAsk(ref)).Has("main", "Saya kenal keluarganya.")
	action := urls.CaseAskAnswer(ref, d.One("SELECT ref FROM case_asks"))
	d.rina.Post(action, d.press(page, url.Values{"tindakan": {"tidak-setuju"}})).Is(http.StatusUnprocessableEntity).Shows("#f-reason-error")
	d.rina.Post(action, d.press(page, url.Values{"tindakan": {"setuju"}})).LeadsTo(urls.Case(ref))
	d.joko.Get(urls.Case(ref)).Has("main", "Giliran: Joko")
	second := d.AddHeldCase(d.users["rina"])
	page = d.joko.Get(urls.CaseAsk(second))
	d.joko.Post(urls.CaseAsk(second), d.press(page, url.Values{"why": {"Satu bahasa."}})).LeadsTo(urls.CaseAsk(second))
	action = urls.CaseAskAnswer(second, d.One("SELECT ref FROM case_asks WHERE state = 'asked'"))
	refuse := url.Values{"tindakan": {"tidak-setuju"}, "reason": {"still_working"}}
	d.rina.Post(action, d.press(d.rina.Get(urls.CaseAsk(second)), refuse)).LeadsTo(urls.Case(second))
	d.rina.Get(urls.Case(second)).Has("main", "Permintaan atas kasus ditolak").Has("main", "Giliran: Rina")
}

// An office asks for a case of which it sees parts; who holds it is led to the transfer, filled in with that office.
func TestOfficeAsksOverItsPage(t *testing.T) {
	d := startCases(t)
	mitra := d.AddUser(models.Partner, "Mira")
	ref := d.AddHeldCase(d.users["rina"])
	referral := d.AddReferral(d.users["rina"], mitra, ref, protection.ShowStory)
	c := d.As(mitra)
	form := d.press(c.Get(urls.PartnerReferral(referral)), said("due", "30", "11", "2026"))
	c.Post(urls.PartnerAccept(referral), form).LeadsTo(urls.PartnerReferral(referral))
	ask := d.press(c.Get(urls.PartnerReferral(referral)), nil)
	c.Post(urls.PartnerAsk(referral), ask).Is(http.StatusUnprocessableEntity).Shows("details[open] #f-ask-error")
	ask.Set("ask", "Ia di penampungan kami.")
	c.Post(urls.PartnerAsk(referral), ask).LeadsTo(urls.PartnerReferral(referral))
	href := d.rina.Get(urls.CaseAsk(ref)).Has("main", "Ia di penampungan kami.").Lacks("button[value=setuju]").
		Find("main a[href*='kantor=']").AttrOr("href", "")
	d.rina.Get(href).Is(http.StatusOK).Shows("input[name=kind][value=transfer][checked]").Shows("option[selected]:not([value=''])")
}
