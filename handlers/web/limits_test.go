package web_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/handlers/web"
	"naikkelas/internal/testdb"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// tire asks for a page until the portal asks to wait, and says how often it answered.
func tire(c *testportal.Client, path string) int {
	c.T.Helper()
	for n := range web.MostOfVisitors + 1 {
		if c.Send(http.MethodHead, path).Status == http.StatusTooManyRequests {
			return n
		}
	}
	return web.MostOfVisitors + 1
}

// One person's pages are limited by themselves: neighbours at the same address go on, and so do the images of
// files and what makes pages look right. Who must wait reads so on a page of the portal with a way on.
func TestLimitsCountPeopleAndNotAddresses(t *testing.T) {
	testdb.Alone(t)
	p, u, c := testportal.StartFiles(t)
	style := p.Deps.Assets.Path("app.css")
	for range web.MostPages + 10 {
		c.Get(style).Is(http.StatusOK)
		c.Get(urls.UploadThumb("BK-AAAAAAAA", "1")).Is(http.StatusNotFound)
	}
	if n := tire(c, urls.Looks()); n != web.MostPages {
		t.Errorf("%d pages were answered, want %d", n, web.MostPages)
	}
	page := c.Get(urls.InEnglish(urls.Looks())).Is(http.StatusTooManyRequests).Has("main h1", "Wait a minute")
	other := page.Find("main a[href='" + urls.InEnglish(urls.Looks()) + "']")
	if page.Header.Get("Retry-After") == "" || page.Find("meta[name=viewport]").Length() != 1 || other.Length() != 1 {
		t.Errorf("no way on: %v\n%s", page.Header, page.Body)
	}
	c.Get(style).Is(http.StatusOK)
	c.Get(urls.UploadThumb("BK-AAAAAAAA", "1")).Is(http.StatusNotFound)
	p.As(p.AddUser(models.Seeker, "Tetangga")).Get(urls.Looks()).Is(http.StatusOK)
	p.As(u).Get(urls.Looks()).Is(http.StatusOK)
	p.Client().Get(urls.Home()).Is(http.StatusOK)
	if n := tire(p.Client(), urls.Home()); n < web.MostPages || n > web.MostOfVisitors {
		t.Errorf("%d pages of visitors were answered", n)
	}
	p.Client().Get(urls.Home()).Is(http.StatusTooManyRequests).Has("main h1", "Tunggu satu menit")
}

// A form that came too often is not lost: what was typed stands on the page, to be sent again from there, but
// for passwords.
func TestFormThatCameTooOftenIsKept(t *testing.T) {
	testdb.Alone(t)
	_, _, c := testportal.StartFiles(t)
	tire(c, urls.Looks())
	values := testportal.CertificateValues()
	values.Set("issuer", `LSP "Las" & <Baja>`)
	for name, page := range map[string]testportal.Page{
		"without files": c.Post(urls.NewCertificate(), values),
		"with files":    c.PostFiles(urls.NewCertificate(), values, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 300, 200, 90))),
	} {
		page.Is(http.StatusTooManyRequests).Has("main h1", "Tunggu satu menit").Has("main form", "masih ada di halaman ini")
		kept := url.Values{}
		page.Find("main form[action='" + urls.NewCertificate() + "'] input").Each(func(_ int, input *goquery.Selection) {
			kept.Add(input.AttrOr("name", ""), input.AttrOr("value", ""))
		})
		if kept.Encode() != values.Encode() {
			t.Errorf("%s: kept %v, want %v", name, kept, values)
		}
		if told := strings.Contains(page.Find("main form").Text(), "Pilih lagi nanti"); told != (name == "with files") {
			t.Errorf("%s: told of files: %v", name, told)
		}
	}
	secret := c.Post(urls.ChangePassword(), url.Values{"old": {"kata sandi lama"}}).Is(http.StatusTooManyRequests)
	if strings.Contains(secret.Body, "kata sandi lama") {
		t.Error("a password stands on the page")
	}
}

// Whoever is in trouble is never asked to wait, also behind an address that many share: neither for numbers nor for
// the form.
func TestHelpPagesNeverAskToWait(t *testing.T) {
	testdb.Alone(t)
	p := testportal.Start(t)
	p.AddReference()
	c := p.Client()
	for range web.MostOfVisitors/2 + 50 {
		c.Send(http.MethodHead, urls.HelpWrite("dekat")).Is(http.StatusOK)
		c.Post(urls.HelpWrite("dekat"), nil).Is(http.StatusUnprocessableEntity)
	}
	for range web.MostOfAddress {
		c.Send(http.MethodHead, urls.HelpSafely()).Is(http.StatusOK)
	}
	c.Get(urls.Home()).Is(http.StatusOK) // what was asked for here does not count elsewhere either
}
