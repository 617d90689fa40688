package web_test

import (
	"crypto/rand"
	"encoding/hex"
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// sends is a form as a window of a browser sends it.
func sends(c *testportal.Client, path string, values url.Values) testportal.Page {
	r := testportal.FormRequest(path, values)
	r.Header.Set("Sec-Fetch-Mode", "navigate")
	return c.Do(r)
}

// refused sends a form that is refused, and gives the address of the page that says so.
func refused(t *testing.T, c *testportal.Client, path string, values url.Values) string {
	t.Helper()
	to := sends(c, path, values).Is(http.StatusSeeOther).Header.Get("Location")
	path, _, _ = strings.Cut(path, "?")
	if !strings.HasPrefix(to, path+"?jawaban=") {
		t.Fatalf("led to %s", to)
	}
	return to
}

func keptAnswers(t *testing.T, p *testportal.Portal) string {
	t.Helper()
	return p.One("SELECT count(*) FROM session_answers")
}

// What answers a refused form has an address: it is shown with what was typed, as often as it is asked for, for a while
// and to nobody else.
func TestF172RefusedFormHasAnAddress(t *testing.T) {
	p := testportal.Start(t)
	c := p.Client()
	to := refused(t, c, urls.Register(), url.Values{"name": {"Siti Aminah"}, "password": {testportal.GoodPassword}})
	for range 2 {
		page := c.Get(to).Is(http.StatusUnprocessableEntity)
		if name, _ := page.Find("#f-name").Attr("value"); name != "Siti Aminah" {
			t.Errorf("the name is %q", name)
		}
		if got := page.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("Cache-Control %q", got)
		}
	}
	c.Get(urls.Register()).Is(http.StatusOK).Lacks("[data-error-summary]")
	p.Client().Get(to).LeadsTo(urls.Register())
	c.Get(strings.Replace(to, urls.Register(), urls.SignIn(), 1)).LeadsTo(urls.SignIn())
	c.Get(urls.InEnglish(to)).LeadsTo(urls.InEnglish(urls.Register()))
	c.Get(to + "x").LeadsTo(urls.Register())
	p.Pass(16 * time.Minute)
	c.Get(to).LeadsTo(urls.Register())
}

// Scripts, and browsers that do not say what they are about, get the page at once, and nothing is kept for them.
func TestF172OnlyWindowsAreLedToTheAnswer(t *testing.T) {
	p := testportal.Start(t)
	for _, heads := range []map[string]string{
		{}, {"Sec-Fetch-Mode": "cors"}, {"Sec-Fetch-Mode": "same-origin"}, {"Sec-Fetch-Mode": "navigate", "HX-Request": "true"},
	} {
		r := testportal.FormRequest(urls.Register(), url.Values{"name": {"Siti"}})
		for name, value := range heads {
			r.Header.Set(name, value)
		}
		p.Client().Do(r).Is(http.StatusUnprocessableEntity)
	}
	if n := keptAnswers(t, p); n != "0" {
		t.Errorf("%s pages are kept", n)
	}
}

// Only the page of a form that is refused is kept, not of one that is done or shows a page, and no page of an error.
func TestF172OnlyRefusedFormsAreKept(t *testing.T) {
	p := testportal.Start(t)
	page := account.SignInPage{}
	portal := web.New(p.Deps)
	shows := func(status int) web.Handler {
		return func(c web.Context) error {
			again := func(int) error { return portal.Render(c, status, account.SignIn(page)) }
			return portal.Act(c, web.Form{Again: again}, func() (web.Next, error) { return web.Next{}, models.ErrStale })
		}
	}
	fails := func(err, again error) web.Handler {
		return func(c web.Context) error {
			return portal.Act(c, web.Form{Again: func(int) error { return again }}, func() (web.Next, error) { return web.To("/"), err })
		}
	}
	routes := map[string]struct {
		answer web.Handler
		status int
	}{
		"/terlambat": {shows(http.StatusConflict), http.StatusSeeOther},
		"/salah":     {shows(http.StatusUnprocessableEntity), http.StatusSeeOther},
		"/sering":    {shows(http.StatusTooManyRequests), http.StatusSeeOther},
		"/periksa":   {shows(http.StatusOK), http.StatusOK},
		"/sibuk":     {shows(http.StatusServiceUnavailable), http.StatusServiceUnavailable},
		"/tak-ada":   {fails(models.ErrNotFound, nil), http.StatusNotFound},
		"/terlarang": {fails(models.ErrStale, models.ErrForbidden), http.StatusForbidden},
		"/bentrok":   {fails(models.ErrStale, models.ErrTaken), http.StatusConflict},
		"/lihat": {func(c web.Context) error {
			return portal.Render(c, http.StatusUnprocessableEntity, account.SignIn(page))
		}, http.StatusUnprocessableEntity},
		"/selesai": {fails(nil, nil), http.StatusSeeOther},
	}
	var list []web.Route
	for path, r := range routes {
		list = append(list, web.Post(path, r.answer, web.Anyone), web.Get(path, r.answer, web.Anyone))
	}
	p.Handler = portal.Handler(list)
	for path, r := range routes {
		c := p.Client()
		before := keptAnswers(t, p)
		got := sends(c, path, url.Values{}).Is(r.status)
		led := strings.Contains(got.Header.Get("Location"), "?jawaban=")
		if grown := keptAnswers(t, p) != before; grown != led || led != (r.status == http.StatusSeeOther && path != "/selesai") {
			t.Errorf("%s: led to %q, kept %v", path, got.Header.Get("Location"), grown)
		}
		if led {
			c.Get(got.Header.Get("Location")).Shows("form")
		}
	}
}

// Once the form is taken, Back leads to its page as it is now, which says so, in the language of the reader.
func TestF172BackAfterAReceiptSaysThatItWasSent(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	tells := url.Values{"jenis": {models.ReportMoney}, "cerita": {"Diminta membayar lagi."}, "kontak": {"+6281234567890"}}
	for path, word := range map[string]string{
		urls.Report():                 "Isian ini sudah kami terima",
		urls.InEnglish(urls.Report()): "What you filled in here has reached us",
	} {
		c := p.Client()
		to := refused(t, c, path+"?mode=1", url.Values{"kontak": {"+6281234567890"}})
		c.Get(to).Is(http.StatusUnprocessableEntity)
		receipt := sends(c, path, tells).Is(http.StatusSeeOther).Header.Get("Location")
		c.Get(receipt).Is(http.StatusOK)
		page := c.Get(c.Get(to).LeadsTo(path+"?mode=1").Header.Get("Location")).Is(http.StatusOK).Has("[data-flash]", word)
		if strings.Contains(page.Find("main").Text(), "6281234567890") {
			t.Error("what was typed is still there")
		}
	}
}

// What was typed goes with the session: by a new password, by signing out, and for whoever signs in next.
func TestF172NothingTypedOutlivesTheSession(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	changed := refused(t, c, urls.ChangePassword(), url.Values{"old": {"salah"}, "password": {"jalan baru ke sawah"}})
	c.Get(changed).Is(http.StatusUnprocessableEntity)
	sends(c, urls.ChangePassword(), url.Values{"old": {testportal.GoodPassword}, "password": {"jalan baru ke sawah"}}).
		Is(http.StatusSeeOther)
	c.Get(changed).LeadsTo(urls.ChangePassword())

	wrong := url.Values{"address": {"rahasia siti"}}
	to := refused(t, c, urls.ChangeAddress(), wrong)
	if page := c.Get(to).Is(http.StatusUnprocessableEntity); !strings.Contains(page.Body, "rahasia siti") {
		t.Fatal("what was typed is not on the page")
	}
	sends(c, urls.SignOut(), url.Values{}).LeadsTo(urls.Home())
	if page := c.Get(to); strings.Contains(page.Body, "rahasia") || page.Status != http.StatusSeeOther {
		t.Errorf("after signing out: status %d", page.Status)
	}
	if n := keptAnswers(t, p); n != "0" {
		t.Errorf("%s pages are left", n)
	}
	c.SignInAs("siti@contoh.id", "jalan baru ke sawah").LeadsTo(urls.Me())
	c.Get(to).LeadsTo(urls.ChangeAddress())
}

// Of many refused forms the last are kept; a page that is too large is sent at once.
func TestF172FloodIsSentAtOnce(t *testing.T) {
	p := testportal.Start(t)
	c := p.Client()
	first := refused(t, c, urls.Register(), url.Values{"name": {"Siti"}})
	for range 5 {
		refused(t, c, urls.Register(), url.Values{"name": {"Siti"}})
	}
	c.Get(first).LeadsTo(urls.Register())
	if n := keptAnswers(t, p); n != "5" {
		t.Errorf("%s pages are kept", n)
	}
	random := make([]byte, 90<<10)
	if _, err := rand.Read(random); err != nil {
		t.Fatal(err)
	}
	sends(c, urls.Report(), url.Values{"cerita": {hex.EncodeToString(random)}}).Is(http.StatusUnprocessableEntity)
	for range 94 {
		refused(t, p.Client(), urls.Register(), url.Values{"name": {"Siti"}})
	}
	sessions := p.One("SELECT count(*) FROM sessions")
	sends(p.Client(), urls.Register(), url.Values{"name": {"Siti"}}).Is(http.StatusUnprocessableEntity)
	if n := p.One("SELECT count(*) FROM sessions"); n != sessions {
		t.Errorf("%s sessions, before %s", n, sessions)
	}
}

// Where the right to read a page can end at any press, its refused form is answered at once and nothing of it is kept;
// other pages of the same people have an address for it as ever.
func TestNoAnswerIsKeptOfPagesThatMayLapse(t *testing.T) {
	p := testportal.Start(t)
	portal := web.New(p.Deps)
	refuses := func(c web.Context) error {
		again := func(status int) error { return portal.Render(c, status, account.SignIn(account.SignInPage{})) }
		return portal.Act(c, web.Form{Again: again}, func() (web.Next, error) { return web.Next{}, models.ErrStale })
	}
	lapses := map[string]bool{
		urls.HelpMorePattern: true, urls.HelpWritePattern: true, urls.PartnerPattern: true, urls.PartnerLogPattern: true,
		urls.CaseNewPattern: true, urls.CasePattern: true, urls.CaseStepPattern: true, urls.CaseReferralPattern: true,
		urls.OfficerDecidePattern: false, urls.OfficerCertificatePattern: false, urls.RegisterPattern: false, "/mitraan/:x": false,
	}
	var list []web.Route
	for pattern := range lapses {
		list = append(list, web.Post(pattern, refuses, web.Anyone))
	}
	p.Handler = portal.Handler(list)
	for pattern, lapse := range lapses {
		for _, path := range []string{strings.ReplaceAll(pattern, ":", "x"), urls.InEnglish(strings.ReplaceAll(pattern, ":", "x"))} {
			before := keptAnswers(t, p)
			got := sends(p.Client(), path, url.Values{})
			if kept := keptAnswers(t, p) != before; kept == lapse || (got.Status == http.StatusConflict) != lapse {
				t.Errorf("%s: status %d, kept %v", path, got.Status, kept)
			}
		}
	}
}
