package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
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

// What answers a refused form has an address: it is shown with what was typed, as often as it is asked for, and to
// nobody else.
func TestF172RefusedFormHasAnAddress(t *testing.T) {
	p := testportal.Start(t)
	c := p.Client()
	to := refused(t, c, urls.Register(), url.Values{"name": {"Siti Aminah"}, "password": {testportal.GoodPassword}})
	for range 2 {
		page := c.Get(to).Is(http.StatusUnprocessableEntity)
		if name, _ := page.Find("#f-name").Attr("value"); name != "Siti Aminah" {
			t.Errorf("the name is %q", name)
		}
		if strings.Contains(page.Body, testportal.GoodPassword) {
			t.Error("the password is on the page")
		}
		if got := page.Header.Get("Cache-Control"); got != "no-store" {
			t.Errorf("Cache-Control %q", got)
		}
	}
	p.Client().Get(to).LeadsTo(urls.Register())
	c.Get(strings.Replace(to, urls.Register(), urls.SignIn(), 1)).LeadsTo(urls.SignIn())
	// Scripts, and browsers that do not say what they are about, get the page at once.
	c.Post(urls.Register(), url.Values{"name": {"Siti"}}).Is(http.StatusUnprocessableEntity)
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

// A session that a form changed remembers nothing of what was refused before.
func TestF172BackAfterAChangeOfSession(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	to := refused(t, c, urls.ChangePassword(), url.Values{"old": {"salah"}, "password": {"jalan baru ke sawah"}})
	c.Get(to).Is(http.StatusUnprocessableEntity)
	sends(c, urls.ChangePassword(), url.Values{"old": {testportal.GoodPassword}, "password": {"jalan baru ke sawah"}}).
		Is(http.StatusSeeOther)
	c.Get(to).LeadsTo(urls.ChangePassword())
}

// What was typed goes with the session: by signing out, and for whoever signs in next.
func TestF172NothingTypedOutlivesTheSession(t *testing.T) {
	p := testportal.Start(t)
	c := p.Register("Siti", "siti@contoh.id")
	wrong := url.Values{"address": {"rahasia siti"}}
	to := refused(t, c, urls.ChangeAddress(), wrong)
	if page := c.Get(to).Is(http.StatusUnprocessableEntity); !strings.Contains(page.Body, "rahasia siti") {
		t.Fatal("what was typed is not on the page")
	}
	sends(c, urls.SignOut(), url.Values{}).LeadsTo(urls.Home())
	if page := c.Get(to); strings.Contains(page.Body, "rahasia") || page.Status != http.StatusSeeOther {
		t.Errorf("after signing out: status %d", page.Status)
	}
	c.SignInAs("siti@contoh.id", testportal.GoodPassword).LeadsTo(urls.Me())
	c.Get(to).LeadsTo(urls.ChangeAddress())

	// Nothing lies in clear, and of many forms the last are kept.
	first := refused(t, c, urls.ChangeAddress(), wrong)
	for range 3 {
		refused(t, c, urls.ChangeAddress(), wrong)
	}
	c.Get(first).LeadsTo(urls.ChangeAddress())
	var data []string
	if err := p.DB.Table("sessions").Pluck("data::text", &data).Error; err != nil {
		t.Fatal(err)
	}
	for _, kept := range data {
		if strings.Contains(kept, "rahasia") || len(kept) > 60<<10 {
			t.Errorf("a session holds %d bytes: %.200s", len(kept), kept)
		}
	}
}
