package partner_test

import (
	"net/http"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// An office reads what was chosen for it and nothing else, answers, writes down what it did, and is out again at the end.
func TestOfficeFromReferralToItsEnd(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra, other := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira"), p.AddUser(models.Partner, "Lain")
	ref := p.AddHeldCase(rina)
	referral := p.AddReferral(rina, mitra, ref, protection.ShowStory)
	c := p.As(mitra)
	c.Get(urls.Partner()).Is(http.StatusOK).Has("main", referral).Has("main", "Menunggu jawaban kantor Anda")
	page := c.Get(urls.PartnerReferral(referral)).Is(http.StatusOK).
		Has("main", "Gaji saya tidak dibayar tiga bulan.").Has("main", "Mohon bantuan.")
	for _, secret := range []string{"5678", "+81", ref} {
		if strings.Contains(page.Body, secret) {
			t.Errorf("%q is on the page of an office that is shown what happened alone", secret)
		}
	}
	p.As(other).Get(urls.PartnerReferral(referral)).Is(http.StatusNotFound)
	values := func(more url.Values) url.Values {
		shown := c.Get(urls.PartnerReferral(referral)).Is(http.StatusOK)
		for _, name := range []string{"version", "token"} {
			value, _ := shown.Find("main form input[name=" + name + "]").First().Attr("value")
			more.Set(name, value)
		}
		return more
	}
	c.Post(urls.PartnerAccept(referral), values(url.Values{})).Is(http.StatusUnprocessableEntity).Has("main", "Mohon bantuan.")
	due := url.Values{"due.day": {"30"}, "due.month": {"11"}, "due.year": {"2026"}}
	c.Post(urls.PartnerAccept(referral), values(due)).LeadsTo(urls.PartnerReferral(referral))
	c.Post(urls.PartnerLog(referral), values(url.Values{"text": {"SPLP diurus."}})).Is(http.StatusUnprocessableEntity).
		Has("#f-text", "SPLP diurus.")
	logged := url.Values{"text": {"SPLP diurus."}, "next": {"external"}, "due.day": {"1"}, "due.month": {"12"}, "due.year": {"2026"}}
	c.Post(urls.PartnerLog(referral), values(logged)).LeadsTo(urls.PartnerReferral(referral))
	c.Post(urls.PartnerDone(referral), values(url.Values{"outcome": {"Sudah pulang."}})).LeadsTo(urls.Partner())
	c.Get(urls.PartnerReferral(referral)).Is(http.StatusNotFound).Has("main", "tidak lagi ditunjukkan").
		Has("header a[href='"+urls.Partner()+"']", "").Shows("main p a[href='" + urls.Partner() + "']").Lacks("main:contains('tersimpan')")
	c.Get(urls.Partner()).Is(http.StatusOK).Has("main", "Tidak ada kasus yang menunggu").Has("main", "Selesai").Has("main li", "Dikirim")
}

// An office that refuses says why, and the desk reads it; a stale page is refused with what was typed.
func TestComplaint11OfficeRefuses(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira")
	ref := p.AddHeldCase(rina)
	referral := p.AddReferral(rina, mitra, ref, protection.ShowWho, protection.ShowReach, protection.ShowLog)
	c := p.As(mitra)
	c.Get(urls.PartnerReferral(referral)).Is(http.StatusOK).Has("main", "+81 90 1234 5678").Has("main", "Jangan")
	c.Post(urls.PartnerRefuse(referral), url.Values{"reason": {"other"}, "version": {"1"}}).Is(http.StatusUnprocessableEntity)
	c.Post(urls.PartnerRefuse(referral), url.Values{"reason": {"not_ours"}, "version": {"9"}, "text": {"Bukan kami."}}).
		Is(http.StatusConflict).Has("#f-text", "Bukan kami.")
	c.Post(urls.PartnerRefuse(referral), url.Values{"reason": {"not_ours"}, "version": {"1"}}).LeadsTo(urls.Partner())
	p.As(rina).Get(urls.CaseRefer(ref)).Is(http.StatusOK).Has("main", "Ditolak").Has("main", "Bukan wewenang kantor kami")
}

// What a refused form of an office shows of a case is nowhere once the person has taken their consent back.
func TestNoRefusedFormOutlivesTheConsent(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira")
	referral := p.AddReferral(rina, mitra, p.AddHeldCase(rina), protection.ShowStory)
	c := p.As(mitra)
	c.Get(urls.PartnerReferral(referral)).Is(http.StatusOK)
	r := testportal.FormRequest(urls.PartnerAccept(referral), url.Values{"version": {"1"}})
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	c.Do(r).Is(http.StatusUnprocessableEntity).Has("main", "Gaji saya tidak dibayar tiga bulan.")
	if n := p.One("SELECT count(*)::text FROM session_answers"); n != "0" {
		t.Errorf("%s pages of it are kept", n)
	}
	if err := p.DB.Exec("UPDATE case_consents SET withdrawn_at = now()").Error; err != nil {
		t.Fatal(err)
	}
	c.Get(urls.PartnerReferral(referral)).Is(http.StatusNotFound)
}

// What an office typed while its access ended is on a page to copy, which tells nothing of the case; to another office
// there is no such referral, then as before.
func TestOfficeKeepsItsWordsWhenAccessEnds(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra, other := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira"), p.AddUser(models.Partner, "Lain")
	referral := p.AddReferral(rina, mitra, p.AddHeldCase(rina), protection.ShowStory)
	ended := map[string]string{
		"the consent is withdrawn": "UPDATE case_consents SET withdrawn_at = now()",
		"the desk took it back":    "UPDATE case_referrals SET state = 'withdrawn', version = version + 1",
	}
	day := url.Values{"due.day": {"1"}, "due.month": {"12"}, "due.year": {"2026"}}
	for why, statement := range ended {
		if err := p.DB.Exec(statement).Error; err != nil {
			t.Fatal(err)
		}
		for path, form := range map[string]url.Values{
			urls.PartnerAccept(referral): day,
			urls.PartnerRefuse(referral): {"reason": {"other"}, "text": {"Kami penuh."}},
			urls.PartnerLog(referral):    {"text": {"SPLP <b>diurus</b>."}}, // and lacks who acts next
			urls.PartnerDone(referral):   {"outcome": {"Sudah pulang\nke Madiun."}},
		} {
			form.Set("version", "1")
			page := p.As(mitra).Post(path, form).Is(http.StatusConflict).Has("h1", "sudah berakhir").Lacks("main form")
			for _, typed := range []string{form.Get("text"), form.Get("outcome")} {
				if !strings.Contains(page.Find("main").Text(), typed) {
					t.Errorf("%s, %s: %q is lost", why, path, typed)
				}
			}
			if strings.Contains(page.Body, "Gaji saya") || strings.Contains(page.Body, "Mohon bantuan") {
				t.Errorf("%s, %s: something of the case is shown", why, path)
			}
			p.As(other).Post(path, form).Is(http.StatusNotFound)
		}
	}
	p.As(mitra).Post(urls.PartnerDone("RJ-TIDAKADA"), url.Values{"outcome": {"x"}}).Is(http.StatusNotFound)
}

// An office that is shown what was done reads whether somebody was reached, and by what.
func TestOfficeReadsWhetherSomebodyWasReached(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira")
	ref := p.AddHeldCase(rina)
	referral := p.AddReferral(rina, mitra, ref, protection.ShowLog)
	d, err := p.Protection.CaseFor(t.Context(), rina, ref, false)
	if err != nil {
		t.Fatal(err)
	}
	for channel, reached := range map[string]string{"phone": "ya", "visit": "tidak"} {
		page := p.As(rina).Get(urls.Case(ref)).Is(http.StatusOK)
		form := url.Values{"channel": {channel}, "reached": {reached}, "text": {"Bicara."}, "next": {"lead"}, "due": {"2026-12-01T10:00"},
			"person": {d.People[0].Ref}}
		for _, name := range []string{"version", "token"} {
			value, _ := page.Find("main form[action='" + urls.Case(ref) + "'] input[name=" + name + "]").First().Attr("value")
			form.Set(name, value)
		}
		p.As(rina).Post(urls.Case(ref), form).LeadsTo(urls.Case(ref))
	}
	p.As(mitra).Get(urls.PartnerReferral(referral)).Is(http.StatusOK).Has("main", "Kontak terjawab, Telepon").
		Has("main", "Kontak tidak terjawab, Kunjungan")
}

// An administrator invites somebody of an office that is new, and then another one of the same office.
func TestPartnersAreInvited(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	admin := p.As(p.AddUser(models.Admin, "Admin"))
	form := url.Values{
		"role": {"partner"}, "name": {"Mira"}, "email": {"mira@contoh.example"}, "institution": {"BP3MI Contoh"},
	}
	admin.Post(urls.AdminInvite(), form).Is(http.StatusUnprocessableEntity).Has("#f-office_kind-error", "Kantor ini belum ada")
	form.Set("office_kind", "bp3mi")
	admin.Post(urls.AdminInvite(), form).LeadsTo(urls.Admin())
	second := url.Values{"role": {"partner"}, "name": {"Doni"}, "email": {"doni@contoh.example"}, "institution": {"bp3mi  CONTOH"}}
	admin.Post(urls.AdminInvite(), second).LeadsTo(urls.Admin())
	got := p.One("SELECT count(*)::text || ' ' || count(DISTINCT partner_office_id)::text FROM invitations WHERE role = 'partner'")
	if got != "2 1" {
		t.Errorf("invitations and offices: %s", got)
	}
	link := p.LastLetter().Data["Path"]
	c := p.Client()
	c.Get(link).Is(http.StatusOK).Has("main", "BP3MI Contoh")
	c.Post(link, url.Values{"password": {testportal.GoodPassword}})
	c.SetUpFactor()
	c.Get(urls.Partner()).Is(http.StatusOK).Has("main", "BP3MI Contoh")
	for _, closed := range []string{urls.OfficerQueue(), urls.Me(), urls.Manage(), urls.Admin(), urls.Roster()} {
		c.Get(closed).Is(http.StatusForbidden)
	}
}

// An office that is shown the papers reads of coming home those alone.
func TestOfficeReadsThePapersAlone(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira")
	ref := p.AddHeldCase(rina)
	referral := p.AddReferral(rina, mitra, ref, protection.ShowPapers)
	p.As(mitra).Get(urls.PartnerReferral(referral)).Is(http.StatusOK).Has("main", "Belum ada rencana pulang")
	due := protection.Due{Next: protection.ActorLead, By: p.Clock().Add(24 * time.Hour)}
	err := p.Protection.PlanHome(t.Context(), rina, protection.Press{Ref: ref, Version: 3}, protection.ReturnProblem, due)
	for i, step := range []string{protection.HomePapers, protection.HomeShelter} {
		if err == nil {
			err = p.Protection.SaveHomeStep(t.Context(), rina, protection.Press{Ref: ref, Version: 4 + i}, protection.HomeStepInput{
				Kind: step, State: "underway", Ours: true, Who: "KANTOR " + step, SaidOn: record.DayOf(p.Clock()).Date(), Due: due})
		}
	}
	if err != nil {
		t.Fatal(err)
	}
	page := p.As(mitra).Get(urls.PartnerReferral(referral)).Is(http.StatusOK).Has("main", "Paspor atau SPLP: sedang diurus").
		Has("main", "KANTOR papers").Has("main", "Izin keluar: belum")
	for _, secret := range []string{"KANTOR shelter", "Penampungan", "Pulang karena masalah"} {
		if strings.Contains(page.Body, secret) {
			t.Errorf("%q is on the page", secret)
		}
	}
}

// What was referred to another office is not there, and asking for it is written down.
func TestLooksAtOtherOfficesReferralsLeaveATrace(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra, other := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira"), p.AddUser(models.Partner, "Lain")
	referral := p.AddReferral(rina, mitra, p.AddHeldCase(rina), protection.ShowStory)
	c := p.As(other)
	c.Get(urls.PartnerReferral(referral)).Is(http.StatusNotFound)
	presses := []string{urls.PartnerAccept(referral), urls.PartnerRefuse(referral), urls.PartnerLog(referral), urls.PartnerDone(referral),
		urls.PartnerAsk(referral)}
	whole := url.Values{"text": {"x"}, "outcome": {"x"}, "ask": {"x"}, "reason": {"not_ours"}, "next": {"lead"}, "version": {"1"},
		"due.day": {"30"}, "due.month": {"11"}, "due.year": {"2026"}}
	for _, path := range presses {
		c.Post(path, whole).Is(http.StatusNotFound)
	}
	c.Get(urls.PartnerReferral("RJ-TIDAKADA")).Is(http.StatusNotFound)
	n := p.One("SELECT count(*)::text FROM audit_rows WHERE action = 'referral_look_refused' AND actor_id = ?", other.ID)
	if n != strconv.Itoa(1+len(presses)) {
		t.Errorf("%s looks are written down", n)
	}
}

// A case goes over once somebody of the office says who leads it there; a form that came too late keeps its day.
func TestOfficeTakesACaseOver(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	rina, mitra := p.AddDesk("Rina", models.DutyProtection), p.AddUser(models.Partner, "Mira")
	ref := p.AddHeldCase(rina)
	seen, err := p.Protection.Referrals(t.Context(), rina, ref)
	if err != nil {
		t.Fatal(err)
	}
	office, err := p.Store.PartnerOfficeOf(t.Context(), mitra)
	if err != nil {
		t.Fatal(err)
	}
	in := protection.TransferInput{Kind: protection.KindTransfer, Keeps: protection.KeepsOn, ReferralInput: protection.ReferralInput{
		Office: office.Ref, Parts: []string{protection.ShowStory}, Ask: "Mohon bantuan.", Until: p.Clock().Add(30 * 24 * time.Hour),
		Person: seen.People[0].Ref, How: "spoken"}}
	if err := p.Protection.Transfer(t.Context(), rina, protection.Press{Ref: ref, Version: seen.Case.Version}, in); err != nil {
		t.Fatal(err)
	}
	referral := p.One("SELECT ref FROM case_referrals")
	c := p.As(mitra)
	page := c.Get(urls.PartnerReferral(referral)).Is(http.StatusOK).Has("main", "Pelimpahan").Shows("input[name=leads]")
	form := url.Values{"version": {page.Find("main form input[name=version]").First().AttrOr("value", "")}, "over": {"1"},
		"due.day": {"30"}, "due.month": {"11"}, "due.year": {"2026"}}
	c.Post(urls.PartnerAccept(referral), form).Is(http.StatusUnprocessableEntity).Shows("#f-leads-error").
		Shows("input[name='due.day'][value='30']")
	form.Set("leads", "Andi Contoh")
	c.Post(urls.PartnerAccept(referral), form).LeadsTo(urls.PartnerReferral(referral))
	c.Get(urls.PartnerReferral(referral)).Lacks("form[action$='/minta']")
	if err := p.DB.Exec("UPDATE case_consents SET withdrawn_at = ?", p.Clock()).Error; err != nil {
		t.Fatal(err)
	}
	late := url.Values{"version": {"2"}, "text": {"SPLP terbit."}, "next": {"external"}, "due.day": {"1"}, "due.month": {"12"},
		"due.year": {"2026"}}
	c.Post(urls.PartnerLog(referral), late).Is(http.StatusConflict).Has("main", "SPLP terbit.").Has("main", "1 Desember 2026").
		Has("main", "Pihak luar")
}
