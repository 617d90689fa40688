package seeker_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// planner is somebody with a plan for Korea.
func planner(t *testing.T, route string) (*testportal.Portal, models.User, *testportal.Client) {
	t.Helper()
	p := testportal.Start(t)
	p.AddReference()
	p.AddRules()
	u := p.AddUser(models.Seeker, "Suparmi")
	c := p.As(u)
	c.Post(urls.ReadinessChoose(), url.Values{"route": {route}, "country": {"KR"}}).LeadsTo(urls.Readiness())
	return p, u, c
}

// Who has no plan is led to where it begins; three questions propose a route, which the next page has chosen already.
func TestPlanBeginsWithARoute(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	p.AddRules()
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	for _, path := range []string{urls.Readiness(), urls.ReadinessCosts(), urls.ReadinessDeparture(), urls.ReadinessAsk(),
		urls.ReadinessPrint(), urls.ReadinessClose()} {
		c.Get(path).LeadsTo(urls.ReadinessChoose())
	}
	c.Get(urls.ReadinessPropose()).Is(http.StatusOK).Lacks("#usul")
	proposed := c.Get(urls.ReadinessPropose()+"?arranger=SENDIRI&before=unknown").Is(http.StatusOK).Has("#usul", "PERSEORANGAN")
	if strings.Contains(proposed.Find("#usul").Text(), "G_TO_G") {
		t.Error("proposes the route of the others too")
	}
	if href, _ := proposed.Find("#usul a").Attr("href"); href != urls.WithQuery(urls.ReadinessChoose(), "jalur", "PERSEORANGAN") {
		t.Errorf("leads to %s", href)
	}
	c.Get(urls.WithQuery(urls.ReadinessChoose(), "jalur", "PERSEORANGAN")).Shows("input[name=route][value=PERSEORANGAN][checked]")
	c.Post(urls.ReadinessChoose(), url.Values{"country": {"KR"}}).Is(http.StatusUnprocessableEntity).Shows("#f-route")
	c.Post(urls.ReadinessChoose(), url.Values{"route": {"G_TO_G"}, "scheme": {"EPS"}}).Is(http.StatusUnprocessableEntity).
		Shows("#f-scheme-error")
}

// The list says in words how far its person is, what holds up leaving with the latest start, and what waits for what; one button
// is filled.
func TestPlanShowsWhatHoldsUpFirst(t *testing.T) {
	_, _, c := planner(t, "G_TO_G")
	page := c.Get(urls.Readiness()).Is(http.StatusOK).Has("main", "dari 3 syarat selesai").Has("main", "Menunggu Surat PASPOR, Surat SEHAT").
		Has("main", "Lamanya belum diketahui").Has("main", "Batas biaya belum dicatat petugas")
	if n := page.Find("main .btn-primary").Length(); n != 1 {
		t.Errorf("%d filled buttons", n)
	}
	c.Post(urls.ReadinessDeparture(), url.Values{"departs.day": {"5"}, "departs.month": {"4"}, "departs.year": {"2027"}}).
		LeadsTo(urls.Readiness())
	c.Get(urls.Readiness()).Has("main", "Senin, 5 April 2027").Has("main .panel strong", "Senin, 22 Maret 2027")
	c.Post(urls.ReadinessDeparture(), url.Values{"departs.day": {"5"}, "departs.month": {"4"}, "departs.year": {"2020"}}).
		Is(http.StatusUnprocessableEntity).Has("#f-departs-error", "sudah lewat")
	c.Get(urls.ReadinessPrint()).Is(http.StatusOK).Has("main", "0 dari 3 syarat selesai").Has("main", "Surat VISA_KERJA")
}

// A need is recorded, marked as not needed with a reason, and put back; a file of health is refused with the reason.
func TestItemIsRecordedOnItsPage(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	path := urls.ReadinessItem("PASPOR")
	version := func(need string) string {
		return p.One("SELECT version::text FROM readiness_items WHERE need = ?", need)
	}
	c.Get(path).Is(http.StatusOK).Has("main", "UU 18/2017").Shows("#f-number").Lacks("#f-clinic")
	record := url.Values{"state": {"done"}, "number": {"X1234567"}, "version": {version("PASPOR")}}
	for range 2 {
		c.Post(path, record).LeadsTo(path)
	}
	c.Get(urls.Readiness()).Has("main", "dari 3 syarat selesai").Has("main h2", "Selesai")
	record.Set("number", "Y1")
	c.Post(path, record).Is(http.StatusConflict)
	c.Post(urls.ItemNotNeeded("PASPOR"), url.Values{"version": {version("PASPOR")}}).Is(http.StatusUnprocessableEntity).
		Shows("#f-reason-error")
	c.Post(urls.ItemNotNeeded("PASPOR"), url.Values{"reason": {"Sudah punya"}, "version": {version("PASPOR")}}).LeadsTo(path)
	c.Get(path).Has("main", "Tidak perlu: Sudah punya").Has("main .timeline-list", "oleh Anda")
	c.Post(urls.ItemReopen("PASPOR"), url.Values{"version": {version("PASPOR")}}).LeadsTo(path)
	health := urls.ReadinessItem("SEHAT")
	c.Get(health).Is(http.StatusOK).Shows("#f-clinic").Lacks("#f-upload").Lacks("#f-number")
	c.Post(health, url.Values{"state": {"done"}, "clinic": {"RS"}, "upload": {"BK-1"}, "version": {version("SEHAT")}}).
		Is(http.StatusUnprocessableEntity).Has("main", "Berkas dan nomor tidak kami terima")
	c.Get(urls.ReadinessItem("NIKAH")).Is(http.StatusNotFound)
	if got := p.One("SELECT count(*)::text FROM readiness_items WHERE number_sealed IS NOT NULL"); got != "0" {
		t.Errorf("%s numbers are left", got)
	}
}

// What hangs on an answer is asked, and counts once it is clear.
func TestQuestionsDecideNeeds(t *testing.T) {
	_, _, c := planner(t, "PERSEORANGAN")
	c.Get(urls.Readiness()).Has("main", "dari 2 syarat selesai").Has("main", "Tanyakan dulu")
	c.Get(urls.ReadinessItem("AKTA")).Has("main", "Diminta imigrasi?")
	c.Get(urls.ReadinessAsk()).Is(http.StatusOK).Shows("input[name=DIMINTA][value=yes]")
	c.Post(urls.ReadinessAsk(), url.Values{"DIMINTA": {"maybe"}}).Is(http.StatusUnprocessableEntity)
	c.Post(urls.ReadinessAsk(), url.Values{"DIMINTA": {"yes"}}).LeadsTo(urls.Readiness())
	c.Get(urls.Readiness()).Has("main", "dari 3 syarat selesai")
}

// What was paid is summed with its receipt; one press leads to a report or to help.
func TestCostsAreSummedAndObjectedTo(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	pay := url.Values{"token": {uuid.NewString()}, "payee": {"Kantor Imigrasi"}, "purpose": {"Paspor"}, "amount": {"350.000"},
		"paid_on.day": {"20"}, "paid_on.month": {"11"}, "paid_on.year": {"2026"}}
	for range 2 {
		c.Post(urls.ReadinessCosts(), pay).LeadsTo(urls.ReadinessCosts())
	}
	page := c.Get(urls.ReadinessCosts()).Is(http.StatusOK).Has("main", "Rp350.000").Has("main", "Pasal 30").
		Shows(`a[href="` + urls.Report() + `"]`).Shows(`a[href="` + urls.Help() + `"]`)
	if n := page.Find("#dibayar li").Length(); n != 1 {
		t.Errorf("%d payments", n)
	}
	c.Get(urls.Readiness()).Has("main", "Rp350.000")
	pay.Set("amount", "seribu")
	c.Post(urls.ReadinessCosts(), pay).Is(http.StatusUnprocessableEntity).Shows("#f-amount-error")
	ref := p.One("SELECT ref FROM readiness_payments")
	p.As(p.AddUser(models.Seeker, "Budi")).Post(urls.ReadinessPayment(ref), nil).Is(http.StatusNotFound)
	c.Post(urls.ReadinessPayment(ref), nil).LeadsTo(urls.ReadinessCosts())
	c.Get(urls.ReadinessCosts()).Has("#dibayar", "Belum ada yang dicatat")
}

// A calendar has a private address that is shown once, names nothing, and can be renewed and ended.
func TestCalendarHasAPrivateAddress(t *testing.T) {
	p, u, c := planner(t, "G_TO_G")
	c.Post(urls.ReadinessDeparture(), url.Values{"departs.day": {"5"}, "departs.month": {"4"}, "departs.year": {"2027"}})
	address := func() string {
		t.Helper()
		c.Post(urls.ReadinessCalendar(), nil).LeadsTo(urls.ReadinessCalendar())
		text := c.Get(urls.ReadinessCalendar()).Is(http.StatusOK).Find("main .break-all").Text()
		c.Get(urls.ReadinessCalendar()).Lacks("main .break-all")
		return strings.TrimPrefix(text, "http://127.0.0.1")
	}
	first := address()
	feed := p.Client().Get(first).Is(http.StatusOK)
	if kind := feed.Header.Get("Content-Type"); kind != "text/calendar; charset=utf-8" {
		t.Errorf("is %s", kind)
	}
	text := feed.Text()
	if strings.Count(text, "BEGIN:VEVENT") != 3 || !strings.Contains(text, "DTSTART;VALUE=DATE:20270405") {
		t.Errorf("says %s", text)
	}
	for _, word := range []string{"PASPOR", "VISA", "KR", "Korea", u.Ref, u.Name, "SB-", "G_TO_G"} {
		if strings.Contains(text, word) {
			t.Errorf("names %s", word)
		}
	}
	second := address()
	p.Client().Get(first).Is(http.StatusNotFound)
	p.Client().Get(second).Is(http.StatusOK)
	c.Post(urls.EndCalendar(), nil).LeadsTo(urls.ReadinessCalendar())
	p.Client().Get(second).Is(http.StatusNotFound)
}

// A plan is given up on a page that asks once more; from an older window it is not.
func TestPlanIsGivenUp(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	c.Get(urls.ReadinessClose()).Is(http.StatusOK).Shows("input[name=version]")
	c.Post(urls.ReadinessClose(), url.Values{"version": {"99"}}).Is(http.StatusConflict)
	c.Post(urls.ReadinessClose(), url.Values{"version": {p.One("SELECT version::text FROM readiness_plans")}}).LeadsTo(urls.Me())
	c.Get(urls.Readiness()).LeadsTo(urls.ReadinessChoose())
}

// What was paid stays on its page after the plan was given up, and the way to it stands where the next plan begins.
func TestCostsStayAfterThePlan(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	pay := url.Values{"token": {uuid.NewString()}, "payee": {"Calo"}, "purpose": {"Biaya"}, "amount": {"350.000"},
		"paid_on.day": {"20"}, "paid_on.month": {"11"}, "paid_on.year": {"2026"}}
	c.Post(urls.ReadinessCosts(), pay).LeadsTo(urls.ReadinessCosts())
	c.Post(urls.ReadinessClose(), url.Values{"version": {p.One("SELECT version::text FROM readiness_plans")}}).LeadsTo(urls.Me())
	c.Get(urls.ReadinessChoose()).Is(http.StatusOK).Shows(`a[href="` + urls.ReadinessCosts() + `"]`)
	c.Get(urls.ReadinessCosts()).Is(http.StatusOK).Has("main", "Rencana ini sudah ditutup").Has("#dibayar", "Rp350.000")
	c.Post(urls.ReadinessChoose(), url.Values{"route": {"PERSEORANGAN"}}).LeadsTo(urls.Readiness())
	c.Get(urls.ReadinessCosts()).Has("#dulu", "Rp350.000").Has("#dibayar", "Belum ada yang dicatat")
}

// A file says what it proves before it is deleted; afterwards that stands by its person's own word.
func TestAFileSaysWhatItProves(t *testing.T) {
	p, u, c := planner(t, "G_TO_G")
	kept, err := p.Store.AddUploads(t.Context(), u, models.NewUpload{
		Purpose: "other", Name: "paspor.jpg", MediaType: "image/jpeg", Size: 11, SHA256: make([]byte, 32), BlobKey: "other/paspor",
	})
	if err != nil {
		t.Fatal(err)
	}
	file, version := kept[0].Ref, p.One("SELECT version::text FROM readiness_items WHERE need = 'PASPOR'")
	c.Post(urls.ReadinessItem("PASPOR"), url.Values{"state": {"done"}, "upload": {file}, "version": {version}}).
		LeadsTo(urls.ReadinessItem("PASPOR"))
	for _, path := range []string{urls.Uploads(), urls.Upload(file)} {
		c.Get(path).Is(http.StatusOK).Has("main", "Bukti untuk Surat PASPOR").Shows(`a[href="` + urls.ReadinessItem("PASPOR") + `"]`)
	}
	c.Get(urls.Upload(file)).Has("main", "menurut keterangan Anda sendiri")
	c.Post(urls.DeleteUpload(file), nil).LeadsTo(urls.Uploads())
	c.Get(urls.ReadinessItem("PASPOR")).Has("main", "Catatan Anda").Has("main .timeline-list", "dihapus dari pustaka")
}

// The next step of the line names the paper with which its person goes on, by when, who issues it and what it costs.
func TestNextStepNamesThePaper(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	p.DB.Exec("UPDATE documents SET issuer_id = 'Kantor Imigrasi' WHERE code = 'PASPOR'")
	c.Post(urls.ReadinessDeparture(), url.Values{"departs.day": {"5"}, "departs.month": {"4"}, "departs.year": {"2027"}})
	first := strings.TrimSpace(c.Get(urls.Readiness()).Find("main .panel h3").First().Text())
	c.Get(urls.Me()).Is(http.StatusOK).Has(".next-panel h2", first).Has(".next-panel", "2027").Has(".next-panel", "Kantor Imigrasi").
		Shows(`.next-panel a[href="` + urls.ReadinessItem("PASPOR") + `"]`).Shows(`.next-panel a[href="` + urls.Readiness() + `"]`)
}

// What costs nothing is free.
func TestNothingIsFree(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	p.DB.Exec("UPDATE lead_times SET cost_min = 0, cost_max = 0")
	c.Get(urls.ReadinessItem("PASPOR")).Has("main", "Gratis")
	p.DB.Exec("UPDATE lead_times SET cost_max = 950000")
	c.Get(urls.ReadinessItem("PASPOR")).Has("main", "Gratis sampai Rp950.000")
}

// Countries stand under two headings, without home and without the ice.
func TestCountriesToLeaveFor(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	p.DB.Exec(`INSERT INTO countries
		SELECT (jsonb_populate_record(c, jsonb_build_object('code', x.code, 'name_id', x.name, 'destination', false))).*
		FROM countries c, (VALUES ('ID', 'Indonesia'), ('AQ', 'Antarktika'), ('AD', 'Andorra')) x (code, name)
		WHERE c.code = 'KR'
		ON CONFLICT DO NOTHING`)
	p.DB.Exec("UPDATE countries SET destination = code = 'KR'")
	page := c.Get(urls.ReadinessChoose()).Is(http.StatusOK)
	page.Shows("optgroup[label='Negara tujuan yang umum'] option[value=KR]").Shows("optgroup[label='Negara lain'] option[value=AD]").
		Lacks("select[name=country] option[value=ID]").Lacks("select[name=country] option[value=AQ]")
}

// The pages of a plan ask a fixed number of questions, however long the list and the history are.
func TestPlanPagesAskAFixedNumberOfQuestions(t *testing.T) {
	p, _, c := planner(t, "G_TO_G")
	counter := p.Counted()
	asked := func(path string) int {
		return counter.Count(func() { c.Get(path).Is(http.StatusOK) })
	}
	paths := []string{urls.Readiness(), urls.ReadinessItem("PASPOR"), urls.ReadinessCosts(), urls.ReadinessPrint()}
	few := map[string]int{}
	for _, path := range paths {
		asked(path)
		few[path] = asked(path)
	}
	for _, code := range []string{"A", "B", "C", "D", "E", "F"} {
		p.DB.Exec(`INSERT INTO document_rules (code, document_code, variant, variant_id, variant_en, route, country_code, scheme, grade,
				condition, why_id, why_en, blocks, step, core, basis_id, basis_en, note_id, note_en, source, confidence, position, valid_from)
			SELECT ? || code, document_code, ?, 'x', 'x', route, '', '', grade, '', '', '', '', 20, false, '', '', '', '', 'x', 'high', 2, valid_from
			FROM document_rules WHERE length(code) > 1 AND variant = ''`, code, "V"+code)
	}
	version := p.One("SELECT version::text FROM readiness_items WHERE need = 'PASPOR'")
	c.Post(urls.ReadinessItem("PASPOR"), url.Values{"state": {"done"}, "version": {version}})
	for _, path := range paths {
		asked(path)
		if many := asked(path); many > few[path]+1 || many > 40 {
			t.Errorf("%s: %d questions, then %d", path, few[path], many)
		}
	}
}
