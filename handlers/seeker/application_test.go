package seeker_test

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
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// walk fills the whole form and gives the application's reference.
func walk(c *testportal.Client, intake string) string {
	c.T.Helper()
	c.Get(urls.Apply(intake)).Is(http.StatusOK)
	to := c.Post(urls.Apply(intake), url.Values{}).Is(http.StatusSeeOther).Header.Get("Location")
	ref := strings.Split(to, "/")[3]
	c.Get(to).Is(http.StatusOK)
	c.Post(urls.ApplicationCertificates(ref), url.Values{"none": {"1"}}).LeadsTo(urls.ApplicationMotivation(ref))
	c.Get(urls.ApplicationMotivation(ref)).Is(http.StatusOK)
	c.Post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Saya ingin jadi juru las."}}).LeadsTo(urls.ApplicationCheck(ref))
	return ref
}

func TestApplyFromProgrammeToReceipt(t *testing.T) {
	p, l, _, c := testportal.StartApplicant(t)
	c.Get(urls.Programme(l.Programme)).Has("a[href='"+urls.Apply(l.Intakes[0])+"']", "Daftar")
	c.Get(urls.Apply(l.Intakes[0])).Has("#syarat", "Usia Anda nanti 37 tahun").Has("#syarat", "Terpenuhi").Has("#syarat", "KTP DKI Jakarta")
	ref := walk(c, l.Intakes[0])
	c.Get(urls.ApplicationCheck(ref)).Is(http.StatusOK).Has("main", "3175********").Has("main", "Saya ingin jadi juru las.")
	c.Post(urls.ApplicationCheck(ref), url.Values{"statements": {"true"}}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "Centang semua pernyataan")
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Get(urls.ApplicationReceipt(ref)).Is(http.StatusOK).
		Has("main", ref).Has("main", "Rabu, 25 November 2026 pukul 12.00 WIB").Has("main", "Rabu, 2 Desember 2026")
	c.Get(urls.Application(ref)).Is(http.StatusOK).Has("main", "Menunggu diperiksa").Has("main", "Dikirim")
	c.Get(urls.Applications()).Is(http.StatusOK).Has("main", "Pengelasan SMAW 3G")
	if l := p.LastLetter(); l.Template != "application_submitted" {
		t.Errorf("letter %+v", l)
	}
}

// Back to an old form of what is sent leads to where it stands.
func TestBackLeadsToWhereItStands(t *testing.T) {
	_, l, _, c := testportal.StartApplicant(t)
	ref := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	for _, path := range []string{urls.ApplicationCertificates(ref), urls.ApplicationMotivation(ref), urls.ApplicationCheck(ref)} {
		c.Get(path).LeadsTo(urls.Application(ref))
	}
	c.Get(urls.Apply(l.Intakes[0])).Is(http.StatusOK).
		Has("main", "Anda sudah punya pendaftaran").Lacks("form[action='" + urls.Apply(l.Intakes[0]) + "']")
	c.Post(urls.Apply(l.Intakes[0]), url.Values{}).LeadsTo(urls.Application(ref))
	c.Post(urls.ApplicationMotivation(ref), url.Values{"motivation": {"Lain."}}).Is(http.StatusConflict)
}

// Bug reports P029, P032: five presses at once, without a script, make one application.
func TestP029P032FivePressesAtOnce(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	ref := walk(c, l.Intakes[0])
	var group sync.WaitGroup
	locations := make([]string, 5)
	for i := range locations {
		tab := p.As(u)
		group.Go(func() {
			locations[i] = tab.Post(urls.ApplicationCheck(ref), testportal.AllStatements).Header.Get("Location")
		})
	}
	group.Wait()
	for _, to := range locations {
		if to != urls.ApplicationReceipt(ref) {
			t.Errorf("led to %q", to)
		}
	}
	var n int64
	if err := p.DB.Raw("SELECT count(*) FROM application_events WHERE to_state = 'submitted'").Scan(&n).Error; err != nil || n != 1 {
		t.Errorf("%d submissions, %v", n, err)
	}
}

// Bug report P022: the day of sending is the one in Jakarta.
func TestP022DayOfSendingIsJakartas(t *testing.T) {
	p, l, _, c := testportal.StartApplicant(t)
	p.Pass(time.Date(2026, 11, 26, 6, 0, 0, 0, i18n.WIB).Sub(testportal.Noon))
	c = p.As(c.UserNamed("Suparmi"))
	ref := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Get(urls.ApplicationReceipt(ref)).Has("main", "Kamis, 26 November 2026 pukul 06.00 WIB")
	c.Get(urls.Applications()).Has("main", "26 November 2026")
}

// Bug reports P014, P015, P102: a one-word name and one with a quote mark are whole on the copy
// for the counter, which needs no script.
func TestP014P015P102CopyShowsTheWholeName(t *testing.T) {
	p, l, _, _ := testportal.StartApplicant(t)
	for _, name := range []string{"Suhartini", "MAS'ARIAH"} {
		c := p.As(p.AddReadySeeker(name))
		ref := walk(c, l.Intakes[0])
		c.Get(urls.ApplicationCheck(ref)).Has("main", name)
		c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
		copy := c.Get(urls.ApplicationPrint(ref)).Is(http.StatusOK).Has("main", name).Has("main", ref).Has("main", "25 November 2026")
		if copy.Find("nav, footer a").Length() > 0 {
			t.Errorf("%s: the copy has the portal's frame on it", name)
		}
	}
}

// Bug report P111: what somebody writes is only ever text, for whoever reads it.
func TestP111TypedMarkupIsText(t *testing.T) {
	_, l, _, c := testportal.StartApplicant(t)
	ref := walk(c, l.Intakes[0])
	const evil = `<script>alert(1)</script><img src=x onerror=alert(2)>`
	c.Post(urls.ApplicationMotivation(ref), url.Values{"motivation": {evil}}).LeadsTo(urls.ApplicationCheck(ref))
	c.Get(urls.ApplicationCheck(ref)).Is(http.StatusOK).Has("main", evil).Lacks("main script").Lacks("main img")
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Post(urls.ApplicationAsk(ref), url.Values{"token": {uuid.NewString()}, "text": {evil}}).LeadsTo(urls.Application(ref))
	c.Get(urls.Application(ref)).Has("#tanya", evil).Lacks("main script").Lacks("main img")
}

func TestMessageIsAskedOnceAndKeptOnError(t *testing.T) {
	_, l, _, c := testportal.StartApplicant(t)
	ref := walk(c, l.Intakes[0])
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	page := c.Get(urls.Application(ref)).Is(http.StatusOK)
	token, _ := page.Find("#tanya input[name=token]").Attr("value")
	for range 2 {
		c.Post(urls.ApplicationAsk(ref), url.Values{"token": {token}, "text": {"Kapan tesnya?"}}).LeadsTo(urls.Application(ref))
	}
	if n := c.Get(urls.Application(ref)).Find("#tanya li").Length(); n != 1 {
		t.Errorf("%d messages, want 1", n)
	}
	long := strings.Repeat("a", models.MessageLength+1)
	c.Post(urls.ApplicationAsk(ref), url.Values{"token": {token}, "text": {long}}).Is(http.StatusUnprocessableEntity).
		Has("#f-text-error", "2.000").Has("#f-text", long)
}

func TestWithdrawAsksWhy(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	err := p.Store.SeedReference(context.Background(), models.ReferenceData{
		ReasonCodes: []models.ReasonCode{{
			Kind:      "withdraw",
			Code:      "withdraw_job",
			Text:      models.Text{ID: "Sudah bekerja.", EN: "I work now."},
			ValidFrom: testportal.Noon.AddDate(-1, 0, 0),
		}}})
	if err != nil {
		t.Fatal(err)
	}
	ref := p.AddSubmitted(u, l.Intakes[0]).Ref
	c.Post(urls.ApplicationWithdraw(ref), url.Values{}).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Pilih alasan")
	c.Post(urls.ApplicationWithdraw(ref), url.Values{"reason": {"withdraw_job"}}).LeadsTo(urls.Application(ref))
	c.Get(urls.Application(ref)).Has("main", "Dibatalkan").Lacks("a[href='" + urls.ApplicationWithdraw(ref) + "']")
	c.Get(urls.ApplicationWithdraw(ref)).LeadsTo(urls.Application(ref))
}

func TestRefusalCanBeContestedOnce(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	ref := p.AddSubmitted(u, l.Intakes[0]).Ref
	p.DB.Exec(`UPDATE applications
		SET state = 'not_eligible', reason_code = 'x', reason_text = 'KTP bukan DKI.', decided_at = ?
		WHERE ref = ?`, testportal.Noon, ref)
	c.Get(urls.Application(ref)).Has("main", "KTP bukan DKI.").Has("main", "Rabu, 2 Desember 2026 pukul 23.59 WIB").
		Has("a[href='"+urls.ApplicationContest(ref)+"']", "Ajukan keberatan")
	c.Post(urls.ApplicationContest(ref), url.Values{}).Is(http.StatusUnprocessableEntity)
	c.Post(urls.ApplicationContest(ref), url.Values{"text": {"KTP saya baru."}}).LeadsTo(urls.Application(ref))
	c.Get(urls.Application(ref)).Has("main", "Menunggu diperiksa").Has("main", "KTP saya baru.")
	c.Get(urls.ApplicationContest(ref)).LeadsTo(urls.Application(ref))
}

// Who is refused because of the address on their KTP reads what remains open to them; who is refused for another reason does not.
func TestRefusalForTheAddressNamesWhatRemains(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	ref := p.AddSubmitted(u, l.Intakes[0]).Ref
	for reason, there := range map[string]int{"identity_not_matching": 0, "not_jakarta_resident": 1} {
		err := p.DB.Exec(`UPDATE applications
			SET state = 'not_eligible', reason_code = ?, reason_text = 'Lihat KTP.', decided_at = ?
			WHERE ref = ?`, reason, testportal.Noon, ref).Error
		if err != nil {
			t.Fatal(err)
		}
		page := c.Get(urls.Application(ref)).Is(http.StatusOK)
		for _, to := range []string{urls.OpenCourses(), urls.Help(), urls.Transit()} {
			if n := page.Find("[data-remains] a[href='" + to + "']").Length(); n != there {
				t.Errorf("refused for %s: %d links to %s", reason, n, to)
			}
		}
	}
}

func TestUnmetRequirementIsExplained(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	address := models.Address{Street: "Jl. Cisadane 1", Village: "Karawaci", District: "Karawaci", RegencyCode: "36.71"}
	err := p.Store.SaveAddresses(context.Background(), u, address, true, models.Address{})
	if err != nil {
		t.Fatal(err)
	}
	c.Get(urls.Apply(l.Intakes[0])).Is(http.StatusOK).Has("main", "Anda belum bisa mendaftar").
		Has("[data-remains]", "Pelatihan untuk semua KTP").
		Has("#syarat", "Belum terpenuhi").Lacks("form[action='" + urls.Apply(l.Intakes[0]) + "']")
	c.Post(urls.Apply(l.Intakes[0]), url.Values{}).Is(http.StatusUnprocessableEntity).
		Has("[data-flash]", "syarat").Has("#syarat", "Belum terpenuhi")
}

// "I have none" is an answer: an empty list is asked again, and officers and the seeker read the answer.
func TestNoCertificateIsAnAnswer(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	to := c.Post(urls.Apply(l.Intakes[0]), url.Values{}).Is(http.StatusSeeOther).Header.Get("Location")
	ref := strings.Split(to, "/")[3]
	c.Get(urls.ApplicationCheck(ref)).Is(http.StatusOK).Has("main", "Belum dijawab")
	c.Post(urls.ApplicationCertificates(ref), url.Values{}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary] a[href='#f-none']", "belum punya")
	own := p.AddCertificate(u)
	c.Post(urls.ApplicationCertificates(ref), url.Values{}).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary] a[href='#f-certificates']", "belum punya").Has("main", "Sertifikat BNSP")
	c.Post(urls.ApplicationCertificates(ref), url.Values{"none": {"1"}}).LeadsTo(urls.ApplicationMotivation(ref))
	page := c.Get(urls.ApplicationCertificates(ref)).Is(http.StatusOK)
	if _, ticked := page.Find("#f-none").Attr("checked"); !ticked {
		t.Error("the answer is forgotten")
	}
	c.Get(urls.ApplicationCheck(ref)).Has("main", "Belum punya sertifikat (jawaban Anda)")
	// A certificate chosen later takes the answer back.
	c.Post(urls.ApplicationCertificates(ref), url.Values{"certificates": {own.Ref}}).LeadsTo(urls.ApplicationMotivation(ref))
	if got := p.One("SELECT no_certificate::text FROM applications"); got != "false" {
		t.Errorf("no certificate: %s", got)
	}
}

// The first page leads to what waits for its reader: an application to mend, a certificate to send.
func TestFirstPageLeadsToWhatWaits(t *testing.T) {
	p, l, u, c := testportal.StartApplicant(t)
	c.Get(urls.Me()).Is(http.StatusOK).Has("main", "Cari pelatihan")
	own := p.AddCertificate(u)
	c.Get(urls.Me()).Has("main a[href='"+urls.Certificate(own.Ref)+"']", "Buka sertifikat").Has("main", "Kirim sertifikat Anda ke petugas")
	a := p.AddSubmitted(u, l.Intakes[0])
	p.DB.Exec("UPDATE applications SET state = 'needs_fix', fix_by = '2026-12-01T16:59:59Z' WHERE ref = ?", a.Ref)
	c.Get(urls.Me()).Has("main", "Perbaiki pendaftaran Anda").Has("main", "Selasa, 1 Desember 2026 pukul 23.59 WIB").
		Has("main a[href='"+urls.Application(a.Ref)+"']", "Buka pendaftaran")
}
