package institution_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"naikkelas/handlers"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// finished is a course whose people have passed, with who they are as officers checked it.
func finished(t *testing.T, names ...string) *course {
	t.Helper()
	c := inCourse(t, "enrolled", names...)
	err := c.DB.Exec(`UPDATE applications SET state = 'completed', course_result = 'passed'`).Error
	if err == nil {
		err = c.DB.Exec(`INSERT INTO application_identities (application_id, name, nik_masked, address, at)
			SELECT a.id, u.name, '3174********0003', 'Jl. Melati 1', now()
			FROM applications a
			JOIN users u ON u.id = a.seeker_id`).Error
	}
	if err == nil {
		err = c.DB.Exec(`UPDATE programmes SET units = E'C.24LAS01.001.1 K3\nC.24LAS01.021.1 Mengelas'`).Error
	}
	if err == nil {
		err = c.DB.Exec(`INSERT INTO application_events (application_id, actor_id, actor_role, at, from_state, to_state)
			SELECT a.id, (SELECT id FROM users WHERE name = 'Staf'), 'staff', now(), 'enrolled', 'completed'
			FROM applications a`).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return c
}

// named changes the name that officers checked.
func (c *course) named(ref, name string) {
	c.T.Helper()
	err := c.DB.Exec(`UPDATE application_identities SET name = ?
		WHERE application_id = (SELECT id FROM applications WHERE ref = ?)`, name, ref).Error
	if err != nil {
		c.T.Fatal(err)
	}
}

// check is the page before papers are issued, and what its form sends.
func (c *course) check(refs ...string) (testportal.Page, url.Values) {
	c.T.Helper()
	page := c.staff.Get(urls.PapersCheck(c.intake) + "?" + url.Values{"applications": refs}.Encode()).Is(http.StatusOK)
	seen, _ := page.Find("input[name=seen]").Attr("value")
	return page, url.Values{"applications": refs, "seen": {seen}}
}

// issue issues papers to these and gives the number of the last.
func (c *course) issue(refs ...string) string {
	c.T.Helper()
	_, sent := c.check(refs...)
	c.staff.Post(urls.Papers(c.intake), sent).LeadsTo(urls.Papers(c.intake))
	return c.One("SELECT ref FROM course_certificates ORDER BY id DESC LIMIT 1")
}

// code is what the QR code of a paper leads to.
func (c *course) code(paper string) string {
	c.T.Helper()
	href, _ := c.staff.Get(urls.Paper(paper)).Is(http.StatusOK).Find("a[href^='/cek/']").Attr("href")
	return strings.TrimPrefix(href, "/cek/")
}

// Papers come out in three steps: choose, check with the names as printed and what stops, result with who has none. Sent
// twice each comes out once, and each person is told once.
func TestPapersAreChosenCheckedAndIssued(t *testing.T) {
	c := finished(t, "Suparmi", "Tini", "Wati")
	c.named(c.refs[1], "Tini 陳")
	list := c.staff.Get(urls.Papers(c.intake)).Is(http.StatusOK).Has("table", "huruf ini tidak ada: 陳")
	if n := list.Find("input[name=applications][checked]").Length(); n != 2 {
		t.Errorf("%d are chosen, want 2", n)
	}
	page, sent := c.check(c.refs...)
	page.Has("[data-whom]", "2").Has("[data-letter]", "surat tamat").Has("table", "Suparmi").Has("table", "陳")
	letters := c.One("SELECT count(*) FROM notices WHERE template = 'paper_issued'")
	for range 2 {
		c.staff.Post(urls.Papers(c.intake), sent).LeadsTo(urls.Papers(c.intake))
	}
	c.staff.Get(urls.Papers(c.intake)).Is(http.StatusOK).Has("body", "Surat terbit: 2").Has("body", "Tidak bisa terbit: 1").
		Has("body", "Surat terbit: 0. Sudah ada sebelumnya: 2")
	if n := c.One("SELECT count(*) FROM course_certificates"); n != "2" || letters != "0" {
		t.Errorf("%s papers, %s letters before", n, letters)
	}
	if n := c.One("SELECT count(*) FROM notices WHERE template = 'paper_issued'"); n != "2" {
		t.Errorf("%s letters", n)
	}
	paper := c.One("SELECT c.ref FROM course_certificates c WHERE holder_name = 'Suparmi'")
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	seeker.Get(urls.Certificates()).Is(http.StatusOK).Has("main", "Surat tamat yang terbit di sini").Has("main", paper).Has("main", "Berlaku")
	for name, file := range map[string]testportal.Page{
		"seeker": seeker.Get(urls.OwnPaperPDF(paper)), "staff": c.staff.Get(urls.PaperPDF(paper)),
	} {
		file.Is(http.StatusOK)
		if !strings.HasPrefix(file.Body, "%PDF-") || file.Header.Get("Content-Type") != "application/pdf" || len(file.Body) > 60<<10 {
			t.Errorf("%s gets %q of %d bytes", name, file.Header.Get("Content-Type"), len(file.Body))
		}
	}
	c.As(c.Client().UserNamed("Wati")).Get(urls.OwnPaperPDF(paper)).Is(http.StatusNotFound)
	other := c.As(c.AddUser("staff", "Staf Lain"))
	for _, path := range []string{
		urls.Paper(paper), urls.PaperPDF(paper), urls.PaperCorrect(paper), urls.PaperWithdraw(paper), urls.Papers(c.intake),
	} {
		other.Get(path).Is(http.StatusNotFound)
	}
	other.Post(urls.PaperWithdraw(paper), url.Values{"version": {"1"}, "reason": {"Salah."}}).Is(http.StatusNotFound)
	other.Post(urls.Papers(c.intake), sent).Is(http.StatusNotFound)
}

// Nobody issues another paper than was shown, to nobody, to somebody who did not pass, or of somebody else's class.
func TestPapersThatWereNotShownAreRefused(t *testing.T) {
	c := finished(t, "Suparmi", "Tini")
	_, sent := c.check(c.refs[0])
	c.named(c.refs[0], "Suparmi Lestari")
	c.staff.Post(urls.Papers(c.intake), sent).Is(http.StatusConflict).Has("table", "Suparmi Lestari")
	c.staff.Post(urls.Papers(c.intake), url.Values{}).Is(http.StatusUnprocessableEntity).Shows("[data-error-summary]")
	c.staff.Get(urls.PapersCheck(c.intake)).Is(http.StatusUnprocessableEntity).Shows("[data-error-summary]")
	c.DB.Exec("UPDATE applications SET course_result = 'failed' WHERE ref = ?", c.refs[1])
	c.staff.Get(urls.PapersCheck(c.intake) + "?applications=" + c.refs[1]).Is(http.StatusNotFound)
	c.staff.Post(urls.Papers(c.intake), url.Values{"applications": c.refs, "seen": sent["seen"]}).Is(http.StatusNotFound)
	if n := c.One("SELECT count(*) FROM course_certificates"); n != "0" {
		t.Errorf("%s papers", n)
	}
}

// A paper is replaced for a reason, with what is checked today; the old one says so to anybody, and its person is told.
func TestPaperIsReplaced(t *testing.T) {
	c := finished(t, "Suparmi")
	old := c.issue(c.refs[0])
	oldCode := c.code(old)
	reason := func(version, text string) url.Values { return url.Values{"version": {version}, "reason": {text}} }
	c.staff.Post(urls.PaperCorrect(old), reason("1", "Salah ketik.")).Is(http.StatusUnprocessableEntity).
		Has("[data-error-summary]", "sama persis")
	c.named(c.refs[0], "Suparmi Lestari")
	c.staff.Get(urls.PaperCorrect(old)).Is(http.StatusOK).Has("table", "Suparmi Lestari")
	c.staff.Post(urls.PaperCorrect(old), reason("1", " ")).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Tulis alasannya")
	c.staff.Post(urls.PaperCorrect(old), reason("7", "Nama.")).Is(http.StatusConflict).Has("textarea", "Nama.")
	c.staff.Post(urls.PaperCorrect(old), reason("1", "Nama di KTP lebih panjang."))
	next := c.One("SELECT ref FROM course_certificates WHERE state = 'issued'")
	if l := c.LastLetter(); l.Template != "paper_corrected" || next == old {
		t.Errorf("told %+v of %s", l, next)
	}
	c.staff.Post(urls.PaperCorrect(old), reason("1", "Lagi.")).Is(http.StatusUnprocessableEntity) // a second press
	stranger := c.Client()
	stranger.Get(urls.CheckedPaper(oldCode)).Is(http.StatusOK).Has("main", "Diganti").Has("main", next)
	stranger.Get(urls.CheckedPaper(c.code(next))).Is(http.StatusOK).Has("h1", "Suparmi Lestari").Has("main", "Berlaku")
	c.As(c.Client().UserNamed("Suparmi")).Get(urls.Certificates()).Is(http.StatusOK).
		Has("main", "Nama di KTP lebih panjang.").Has("main", next)
}

// A paper is withdrawn for a reason; so is the paper of a result that is taken back. A new one can be issued then.
func TestPaperIsWithdrawn(t *testing.T) {
	c := finished(t, "Suparmi")
	one := c.issue(c.refs[0])
	code := c.code(one)
	c.staff.Get(urls.PaperWithdraw(one)).Is(http.StatusOK).Has("[data-letter]", "mencabut")
	c.staff.Post(urls.PaperWithdraw(one), url.Values{"version": {"1"}, "reason": {"Tertukar orang."}}).LeadsTo(urls.Paper(one))
	if l := c.LastLetter(); l.Template != "paper_withdrawn" {
		t.Errorf("told %+v", l)
	}
	c.Client().Get(urls.CheckedPaper(code)).Is(http.StatusOK).Has("main", "dicabut")
	c.staff.Post(urls.PaperWithdraw(one), url.Values{"version": {"2"}, "reason": {"Lagi."}}).Is(http.StatusUnprocessableEntity)
	c.staff.Get(urls.Papers(c.intake)).Is(http.StatusOK).Has("table", one)
	two := c.issue(c.refs[0])
	c.record(c.refs[0], "outcome", "corrected", "text", "Nilainya tertukar.").LeadsTo(urls.ManageApplicant(c.refs[0]))
	if got := c.One("SELECT state || ' ' || end_reason FROM course_certificates WHERE ref = ?", two); got != "withdrawn Nilainya tertukar." {
		t.Errorf("the paper of a result that was taken back is %s", got)
	}
}

// Codes that are wrong, none at all, or ended with the account of their person look alike; a code is read as people type it.
func TestCodesThatLeadNowhereLookAlike(t *testing.T) {
	c := finished(t, "Suparmi")
	code := c.code(c.issue(c.refs[0]))
	stranger := c.Client()
	found := stranger.Get(urls.CheckedPaper(strings.ToLower(code))).Is(http.StatusOK).Has("h1", "Suparmi").Has("main", "240 jam").
		Has("main", "Mengelas").Has("main", "bukan sertifikat kompetensi")
	if found.Header.Get("X-Robots-Tag") != "noindex" || found.Find("meta[name=robots][content=noindex]").Length() != 1 {
		t.Error("search engines may list the page")
	}
	for _, secret := range []string{"3174", "Melati", c.refs[0]} {
		if strings.Contains(found.Body, secret) {
			t.Errorf("a stranger reads %q", secret)
		}
	}
	stranger.Post(urls.Check(), url.Values{"code": {" " + code[:13] + "-" + strings.ToLower(code[13:])}}).LeadsTo(urls.CheckedPaper(code))
	stranger.Post(urls.Check(), url.Values{"code": {" -- "}}).Is(http.StatusUnprocessableEntity).Shows("#code-error")
	stranger.Get(urls.Check()).Is(http.StatusOK)
	wrong := stranger.Get(urls.CheckedPaper("7F3K92QDAB7F3K92QDAB7F3K92")).Is(http.StatusNotFound).Body
	c.As(c.Client().UserNamed("Suparmi")).
		Post(urls.CloseAccount(), url.Values{"password": {testportal.GoodPassword}, "sure": {"yes"}}).LeadsTo(urls.Home())
	for _, unsound := range []string{"%00", "%ff%fe"} { // no address of the portal's at all
		stranger.Get(urls.Check() + "/" + unsound).Is(http.StatusNotFound)
	}
	for _, hostile := range []string{code, "X", "..%2f..%2fetc", "'%20OR%201=1--", strings.Repeat("A", 4000), "%F0%9F%98%80"} {
		got := stranger.Get(urls.Check() + "/" + hostile).Is(http.StatusNotFound)
		if language(got.Body) != language(wrong) {
			t.Errorf("%.40q gets another page", hostile)
		}
	}
}

// language leaves out the link to the same address in the other language, which names the code.
func language(body string) string {
	var kept []string
	for _, part := range strings.Split(body, "<a ") {
		if !strings.Contains(part, "hreflang") {
			kept = append(kept, part)
		}
	}
	return strings.Join(kept, "<a ")
}

// Nothing of who looked is kept: neither a row nor the code in the log.
func TestNobodyWritesDownWhoLookedAPaperUp(t *testing.T) {
	c := finished(t, "Suparmi")
	code := c.code(c.issue(c.refs[0]))
	count := func() string {
		return c.One(`SELECT (SELECT count(*) FROM audit_rows) || ' ' || (SELECT count(*) FROM attempts) || ' ' ||
			(SELECT count(*) FROM sessions)`)
	}
	before := count()
	c.Client().Get(urls.CheckedPaper(code)).Is(http.StatusOK)
	if after := count(); after != before {
		t.Errorf("audit rows, attempts and sessions were %s and are %s", before, after)
	}
	var log bytes.Buffer
	deps := c.Deps
	deps.Log = slog.New(slog.NewJSONHandler(&log, nil))
	w := httptest.NewRecorder()
	handlers.New(deps).ServeHTTP(w, httptest.NewRequest(http.MethodGet, urls.CheckedPaper(code), nil))
	if w.Code != http.StatusOK || !strings.Contains(log.String(), "/cek/:code") || strings.Contains(log.String(), code) {
		t.Errorf("%d: %s", w.Code, log.String())
	}
}

// A class of many is shown in parts; a page of it asks the same few questions.
func TestPapersOfALargeClass(t *testing.T) {
	c := finished(t, "Suparmi")
	for i := range 120 {
		err := c.DB.Exec(`WITH person AS (
				INSERT INTO users (ref, role, name, email, password_hash, created_at, updated_at)
				VALUES (gen_random_uuid(), 'seeker', 'Contoh', ?, 'x', now(), now())
				RETURNING id), agreed AS (
				INSERT INTO consents (user_id, kind, institution_id, version, given_at)
				SELECT p.id, k.kind, k.institution_id, k.version, now()
				FROM person p
				CROSS JOIN (SELECT * FROM consents WHERE kind = 'share_with_institution' LIMIT 1) k), sent AS (
				INSERT INTO applications (ref, intake_id, seeker_id, state, course_result, submitted_at, first_submitted_at, created_at, updated_at)
				SELECT gen_random_uuid(), (SELECT min(id) FROM intakes), id, 'completed', 'passed', now(), now(), now(), now()
				FROM person
				RETURNING id)
			INSERT INTO application_identities (application_id, name, nik_masked, address, at)
			SELECT id, ?, '', '', now()
			FROM sent`, fmt.Sprintf("c%d@contoh.example", i), fmt.Sprintf("Contoh %d", i)).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	counter := c.Counted()
	staff := c.As(c.staff.UserNamed("Staf"))
	before := counter.Total()
	page := staff.Get(urls.Papers(c.intake)).Is(http.StatusOK)
	if n := counter.Total() - before; n > 12 {
		t.Errorf("the page asks %d questions", n)
	}
	next, _ := page.Find("a[rel=next]").Attr("href")
	rest := staff.Get(next).Is(http.StatusOK)
	if a, b := page.Find("tbody tr").Length(), rest.Find("tbody tr").Length(); a != 100 || b != 21 {
		t.Errorf("%d and %d rows", a, b)
	}
}
