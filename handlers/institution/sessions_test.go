package institution_test

import (
	"net/http"
	"net/url"
	"testing"

	"github.com/google/uuid"

	"naikkelas/internal/urls"
)

// addsSession adds a test session of a December day and gives its reference.
func (c *course) addsSession(day, hour, capacity string) string {
	c.T.Helper()
	c.staff.Post(urls.TestSessions(c.intake), url.Values{
		"at.day": {day}, "at.month": {"12"}, "at.year": {"2026"}, "hour": {hour}, "place": {"Bengkel"}, "room": {"A"}, "capacity": {capacity},
	}).LeadsTo(urls.TestSessions(c.intake))
	return c.One("SELECT ref FROM test_sessions ORDER BY id DESC LIMIT 1")
}

// The way of a test session: added, people spread over it after a page that counts them, answered by them, changed and
// cancelled after a page that says who is told what.
func TestSessionsFromPlanToAnswer(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi", "Tini", "Wati")
	list := urls.TestSessions(c.intake)
	c.staff.Get(list).Is(http.StatusOK).Has("main", "Belum ada sesi tes")
	c.staff.Post(list, url.Values{"hour": {"25"}, "capacity": {"0"}}).Is(http.StatusUnprocessableEntity).
		Shows("#f-hour-error").Shows("#f-place-error").Shows("#f-capacity-error")
	first, second := c.addsSession("7", "09.00", "1"), c.addsSession("7", "13.00", "1")
	query := url.Values{"aksi": {"invited"}, "orang": c.refs}
	check := c.staff.Get(urls.ManageChoose(c.intake)+"?"+query.Encode()).Is(http.StatusOK).
		Has("main", "Bagi menurut urutan mendaftar").Has("main", "1 orang tidak kebagian tempat")
	seen, _ := check.Find("input[name=seen]").Attr("value")
	form := url.Values{"applications": c.refs, "token": {uuid.NewString()}, "session": {"urutan"}, "seen": {seen}}
	result := c.staff.Post(urls.ManageInvite(c.intake), form).Is(http.StatusSeeOther).Header.Get("Location")
	c.staff.Get(result).Has("[data-done]", "2 dari 3 orang").Has("table", "Sesi itu sudah penuh")
	stale := url.Values{"applications": c.refs[2:], "token": {uuid.NewString()}, "session": {first}, "seen": {seen}}
	c.staff.Post(urls.ManageInvite(c.intake), stale).Is(http.StatusConflict).Has("main", "Daftarnya berubah")

	seeker, one := c.As(c.Client().UserNamed("Suparmi")), c.refs[0]
	seeker.Get(urls.Application(one)).Has("main", "Saya datang").Has("main", "Bengkel, A").Has("main", "Nomor Anda di sesi tes: 1")
	seeker.Post(urls.ApplicationTest(one), url.Values{"answer": {"mungkin"}}).Is(http.StatusUnprocessableEntity)
	seeker.Post(urls.ApplicationTest(one), url.Values{"answer": {"cannot"}}).LeadsTo(urls.Application(one))
	seeker.Get(urls.Application(one)).Has("[data-answer]", "Anda tidak bisa datang").Has("main", "Belum ada sesi lain")
	third := c.addsSession("8", "09.00", "5")
	page := seeker.Get(urls.Application(one)).Has("main", "Selasa, 8 Desember 2026")
	offered, _ := page.Find("input[name=session]").Attr("value")
	if offered != third {
		t.Errorf("%s is offered", offered)
	}
	seeker.Post(urls.ApplicationOtherSession(one), url.Values{"session": {offered}}).LeadsTo(urls.Application(one))
	seeker.Get(urls.Application(one)).Has("[data-answer]", "Anda akan datang")
	c.staff.Get(list).Is(http.StatusOK).Has("tbody tr:last-child", "1 dari 5")

	changed := urls.TestSessionChange(c.intake, third)
	c.staff.Get(changed).Is(http.StatusOK).Has("[data-whom]", "1 orang mendapat surat ini").Has("[data-letter]", "Anda diundang tes")
	c.staff.Post(changed, url.Values{
		"version": {"1"}, "at.day": {"9"}, "at.month": {"12"}, "at.year": {"2026"}, "hour": {"10.00"}, "place": {"Aula"}, "capacity": {"5"},
	}).LeadsTo(urls.TestSession(c.intake, third))
	seeker.Get(urls.Application(one)).Has("main", "Rabu, 9 Desember 2026 pukul 10.00 WIB").Has("main", "Aula").Lacks("[data-answer]")
	cancel := urls.TestSessionCancel(c.intake, third)
	c.staff.Get(cancel).Is(http.StatusOK).Has("[data-whom]", "1 orang").Has("[data-letter]", "dibatalkan")
	c.staff.Post(cancel, url.Values{"version": {"2"}}).Is(http.StatusUnprocessableEntity).Shows("#f-reason-error")
	c.staff.Post(cancel, url.Values{"version": {"2"}, "reason": {"Aula dipakai."}}).LeadsTo(urls.TestSession(c.intake, third))
	seeker.Get(urls.Application(one)).Has("main", "Sesi tes Anda dibatalkan: Aula dipakai.")
	c.staff.Get(urls.TestSession(c.intake, second)).Is(http.StatusOK).Has(".print-only table", "Tini")
}
