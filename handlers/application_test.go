package handlers

import (
	"context"
	"net/http"
	"net/url"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// applicant is a portal with one open intake and somebody who is ready to apply to it.
func applicant(t *testing.T) (*testPortal, listed, models.User, *client) {
	t.Helper()
	p := newPortal(t)
	p.addReference()
	l := p.addProgramme(nil)
	u := p.addReadySeeker("Suparmi")
	return p, l, u, p.as(u)
}

var allStatements = url.Values{"statements": models.Statements}

// walk fills the whole form and gives the application's reference.
func (c *client) walk(intake string) string {
	c.t.Helper()
	c.get(urls.Apply(intake)).is(http.StatusOK)
	to := c.post(urls.Apply(intake), url.Values{}).is(http.StatusSeeOther).header.Get("Location")
	ref := strings.Split(to, "/")[3]
	c.get(to).is(http.StatusOK)
	c.post(urls.ApplicationCertificates(ref), url.Values{"none": {"1"}}).leadsTo(urls.ApplicationMotivation(ref))
	c.get(urls.ApplicationMotivation(ref)).is(http.StatusOK)
	c.post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Saya ingin jadi juru las."}}).leadsTo(urls.ApplicationCheck(ref))
	return ref
}

func TestApplyFromProgrammeToReceipt(t *testing.T) {
	p, l, _, c := applicant(t)
	c.get(urls.Programme(l.programme)).has("a[href='"+urls.Apply(l.intakes[0])+"']", "Daftar")
	c.get(urls.Apply(l.intakes[0])).has("#syarat", "Usia Anda nanti 37 tahun").has("#syarat", "Terpenuhi").has("#syarat", "KTP DKI Jakarta")
	ref := c.walk(l.intakes[0])
	c.get(urls.ApplicationCheck(ref)).is(http.StatusOK).has("main", "3175********").has("main", "Saya ingin jadi juru las.")
	c.post(urls.ApplicationCheck(ref), url.Values{"statements": {"true"}}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Centang semua pernyataan")
	c.post(urls.ApplicationCheck(ref), allStatements).leadsTo(urls.ApplicationReceipt(ref))
	c.get(urls.ApplicationReceipt(ref)).is(http.StatusOK).has("main", ref).has("main", "Rabu, 25 November 2026 pukul 12.00 WIB").has("main", "Rabu, 2 Desember 2026")
	c.get(urls.Application(ref)).is(http.StatusOK).has("main", "Menunggu diperiksa").has("main", "Dikirim")
	c.get(urls.Applications()).is(http.StatusOK).has("main", "Pengelasan SMAW 3G")
	if l := p.lastLetter(); l.Template != "application_submitted" {
		t.Errorf("letter %+v", l)
	}
}

// Bug report P049: back to an old form of what is sent leads to where it stands.
func TestP049BackLeadsToWhereItStands(t *testing.T) {
	_, l, _, c := applicant(t)
	ref := c.walk(l.intakes[0])
	c.post(urls.ApplicationCheck(ref), allStatements).leadsTo(urls.ApplicationReceipt(ref))
	for _, path := range []string{urls.ApplicationCertificates(ref), urls.ApplicationMotivation(ref), urls.ApplicationCheck(ref)} {
		c.get(path).leadsTo(urls.Application(ref))
	}
	c.get(urls.Apply(l.intakes[0])).is(http.StatusOK).has("main", "Anda sudah punya pendaftaran").lacks("form[action='" + urls.Apply(l.intakes[0]) + "']")
	c.post(urls.Apply(l.intakes[0]), url.Values{}).leadsTo(urls.Application(ref))
	c.post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Lain."}}).is(http.StatusConflict)
}

// Bug reports P029, P032: five presses at once, without a script, make one application.
func TestP029P032FivePressesAtOnce(t *testing.T) {
	p, l, u, c := applicant(t)
	ref := c.walk(l.intakes[0])
	var group sync.WaitGroup
	locations := make([]string, 5)
	for i := range locations {
		tab := p.as(u)
		group.Go(func() {
			locations[i] = tab.post(urls.ApplicationCheck(ref), allStatements).header.Get("Location")
		})
	}
	group.Wait()
	for _, to := range locations {
		if to != urls.ApplicationReceipt(ref) {
			t.Errorf("led to %q", to)
		}
	}
	var n int64
	if err := p.db.Raw("SELECT count(*) FROM application_events WHERE to_state = 'submitted'").Scan(&n).Error; err != nil || n != 1 {
		t.Errorf("%d submissions, %v", n, err)
	}
}

// Bug report P022: the day of sending is the one in Jakarta.
func TestP022DayOfSendingIsJakartas(t *testing.T) {
	p, l, _, c := applicant(t)
	p.pass(time.Date(2026, 11, 26, 6, 0, 0, 0, i18n.WIB).Sub(noon))
	c = p.as(c.userNamed("Suparmi"))
	ref := c.walk(l.intakes[0])
	c.post(urls.ApplicationCheck(ref), allStatements).leadsTo(urls.ApplicationReceipt(ref))
	c.get(urls.ApplicationReceipt(ref)).has("main", "Kamis, 26 November 2026 pukul 06.00 WIB")
	c.get(urls.Applications()).has("main", "26 November 2026")
}

func (c *client) userNamed(name string) models.User {
	c.t.Helper()
	var u models.User
	if err := c.db.Take(&u, "name = ?", name).Error; err != nil {
		c.t.Fatal(err)
	}
	return u
}

// Bug reports P014, P015, P102: a one-word name and one with a quote mark are whole on the copy
// for the counter, which needs no script.
func TestP014P015P102CopyShowsTheWholeName(t *testing.T) {
	p, l, _, _ := applicant(t)
	for _, name := range []string{"Suhartini", "MAS'ARIAH"} {
		c := p.as(p.addReadySeeker(name))
		ref := c.walk(l.intakes[0])
		c.get(urls.ApplicationCheck(ref)).has("main", name)
		c.post(urls.ApplicationCheck(ref), allStatements).leadsTo(urls.ApplicationReceipt(ref))
		copy := c.get(urls.ApplicationPrint(ref)).is(http.StatusOK).has("main", name).has("main", ref).has("main", "25 November 2026")
		if copy.Find("header nav, footer").Length() > 0 {
			t.Errorf("%s: the copy has the portal's frame on it", name)
		}
	}
}

// Bug report P111: what somebody writes is only ever text, for whoever reads it.
func TestP111TypedMarkupIsText(t *testing.T) {
	_, l, _, c := applicant(t)
	ref := c.walk(l.intakes[0])
	const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>`
	c.post(urls.ApplicationMotivation(ref), url.Values{"motivation": {evil}}).leadsTo(urls.ApplicationCheck(ref))
	c.get(urls.ApplicationCheck(ref)).is(http.StatusOK).has("main", evil).lacks("main script").lacks("main img")
	c.post(urls.ApplicationCheck(ref), allStatements).leadsTo(urls.ApplicationReceipt(ref))
	c.post(urls.ApplicationAsk(ref), url.Values{"token": {uuid.NewString()}, "text": {evil}}).leadsTo(urls.Application(ref))
	c.get(urls.Application(ref)).has("#tanya", evil).lacks("main script").lacks("main img")
}

func TestMessageIsAskedOnceAndKeptOnError(t *testing.T) {
	_, l, _, c := applicant(t)
	ref := c.walk(l.intakes[0])
	c.post(urls.ApplicationCheck(ref), allStatements).leadsTo(urls.ApplicationReceipt(ref))
	page := c.get(urls.Application(ref)).is(http.StatusOK)
	token, _ := page.Find("#tanya input[name=token]").Attr("value")
	for range 2 {
		c.post(urls.ApplicationAsk(ref), url.Values{"token": {token}, "text": {"Kapan tesnya?"}}).leadsTo(urls.Application(ref))
	}
	if n := c.get(urls.Application(ref)).Find("#tanya li").Length(); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	long := strings.Repeat("a", models.MessageLength+1)
	c.post(urls.ApplicationAsk(ref), url.Values{"token": {token}, "text": {long}}).is(http.StatusUnprocessableEntity).has("#f-text-error", "2.000").has("#f-text", long)
}

func TestWithdrawAsksWhy(t *testing.T) {
	p, l, u, c := applicant(t)
	err := p.store.SeedReference(context.Background(), models.ReferenceData{
		ReasonCodes: []models.ReasonCode{{Kind: "withdraw", Code: "withdraw_job", Text: models.Text{ID: "Sudah bekerja.", EN: "I work now."}, ValidFrom: noon.AddDate(-1, 0, 0)}}})
	if err != nil {
		t.Fatal(err)
	}
	ref := p.addSubmitted(u, l.intakes[0]).Ref
	c.post(urls.ApplicationWithdraw(ref), url.Values{}).is(http.StatusUnprocessableEntity).has("[data-error-summary]", "Pilih alasan")
	c.post(urls.ApplicationWithdraw(ref), url.Values{"reason": {"withdraw_job"}}).leadsTo(urls.Application(ref))
	c.get(urls.Application(ref)).has("main", "Dibatalkan").lacks("a[href='" + urls.ApplicationWithdraw(ref) + "']")
	c.get(urls.ApplicationWithdraw(ref)).leadsTo(urls.Application(ref))
}

func TestRefusalCanBeContestedOnce(t *testing.T) {
	p, l, u, c := applicant(t)
	ref := p.addSubmitted(u, l.intakes[0]).Ref
	p.db.Exec("UPDATE applications SET state = 'not_eligible', reason_code = 'x', reason_text = 'KTP bukan DKI.', decided_at = ? WHERE ref = ?", noon, ref)
	c.get(urls.Application(ref)).has("main", "KTP bukan DKI.").has("main", "Rabu, 2 Desember 2026 pukul 23.59 WIB").has("a[href='"+urls.ApplicationContest(ref)+"']", "Ajukan keberatan")
	c.post(urls.ApplicationContest(ref), url.Values{}).is(http.StatusUnprocessableEntity)
	c.post(urls.ApplicationContest(ref), url.Values{"text": {"KTP saya baru."}}).leadsTo(urls.Application(ref))
	c.get(urls.Application(ref)).has("main", "Menunggu diperiksa").has("main", "KTP saya baru.")
	c.get(urls.ApplicationContest(ref)).leadsTo(urls.Application(ref))
}

func TestUnmetRequirementIsExplained(t *testing.T) {
	p, l, u, c := applicant(t)
	err := p.store.SaveAddresses(context.Background(), u, models.Address{Street: "Jl. Cisadane 1", Village: "Karawaci", District: "Karawaci", RegencyCode: "36.71"}, true, models.Address{})
	if err != nil {
		t.Fatal(err)
	}
	c.get(urls.Apply(l.intakes[0])).is(http.StatusOK).has("main", "Anda belum bisa mendaftar").has("#syarat", "Belum terpenuhi").lacks("form[action='" + urls.Apply(l.intakes[0]) + "']")
	c.post(urls.Apply(l.intakes[0]), url.Values{}).is(http.StatusConflict)
}

// "I have none" is an answer: an empty list is asked again, and officers and the seeker read the answer.
func TestNoCertificateIsAnAnswer(t *testing.T) {
	p, l, u, c := applicant(t)
	to := c.post(urls.Apply(l.intakes[0]), url.Values{}).is(http.StatusSeeOther).header.Get("Location")
	ref := strings.Split(to, "/")[3]
	c.get(urls.ApplicationCheck(ref)).is(http.StatusOK).has("main", "Belum dijawab")
	c.post(urls.ApplicationCertificates(ref), url.Values{}).is(http.StatusUnprocessableEntity).has("[data-error-summary] a[href='#f-none']", "belum punya")
	own := p.addCertificate(u)
	c.post(urls.ApplicationCertificates(ref), url.Values{}).is(http.StatusUnprocessableEntity).has("[data-error-summary] a[href='#f-certificates']", "belum punya").has("main", "Sertifikat BNSP")
	c.post(urls.ApplicationCertificates(ref), url.Values{"none": {"1"}}).leadsTo(urls.ApplicationMotivation(ref))
	page := c.get(urls.ApplicationCertificates(ref)).is(http.StatusOK)
	if _, ticked := page.Find("#f-none").Attr("checked"); !ticked {
		t.Error("the answer is forgotten")
	}
	c.get(urls.ApplicationCheck(ref)).has("main", "Belum punya sertifikat (jawaban Anda)")
	// A certificate chosen later takes the answer back.
	c.post(urls.ApplicationCertificates(ref), url.Values{"certificates": {own.Ref}}).leadsTo(urls.ApplicationMotivation(ref))
	if got := p.one("SELECT no_certificate::text FROM applications"); got != "false" {
		t.Errorf("no certificate: %s", got)
	}
}

// The first page leads to what waits for its reader: an application to mend, a certificate to send.
func TestFirstPageLeadsToWhatWaits(t *testing.T) {
	p, l, u, c := applicant(t)
	c.get(urls.Me()).is(http.StatusOK).has("main", "Cari pelatihan")
	own := p.addCertificate(u)
	c.get(urls.Me()).has("main a[href='"+urls.Certificate(own.Ref)+"']", "Buka sertifikat").has("main", "Kirim sertifikat Anda ke petugas")
	a := p.addSubmitted(u, l.intakes[0])
	p.db.Exec("UPDATE applications SET state = 'needs_fix', fix_by = '2026-12-01T16:59:59Z' WHERE ref = ?", a.Ref)
	c.get(urls.Me()).has("main", "Perbaiki pendaftaran Anda").has("main", "Selasa, 1 Desember 2026 pukul 23.59 WIB").has("main a[href='"+urls.Application(a.Ref)+"']", "Buka pendaftaran")
}
