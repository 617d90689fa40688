package handlers

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"github.com/PuerkitoBio/goquery"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// tire asks for a page until the portal asks to wait, and says how often it answered.
func (c *client) tire(path string) int {
	c.t.Helper()
	for n := range mostOfVisitors + 1 {
		if c.send(http.MethodHead, path).status == http.StatusTooManyRequests {
			return n
		}
	}
	return mostOfVisitors + 1
}

// One person's pages are limited by themselves: neighbours at the same address go on, and so do the images of
// files and what makes pages look right. Who must wait reads so on a page of the portal with a way on.
func TestLimitsCountPeopleAndNotAddresses(t *testing.T) {
	p, deps, u, c := filesPortal(t)
	style := deps.Assets.Path("app.css")
	for range mostPages + 10 {
		c.get(style).is(http.StatusOK)
		c.get(urls.UploadThumb("BK-AAAAAAAA", "1")).is(http.StatusNotFound)
	}
	if n := c.tire(urls.Looks()); n != mostPages {
		t.Errorf("%d pages were answered, want %d", n, mostPages)
	}
	page := c.get(urls.InEnglish(urls.Looks())).is(http.StatusTooManyRequests).has("main h1", "Wait a minute")
	if page.header.Get("Retry-After") == "" || page.Find("meta[name=viewport]").Length() != 1 || page.Find("main a[href='"+urls.InEnglish(urls.Looks())+"']").Length() != 1 {
		t.Errorf("no way on: %v\n%s", page.header, page.body)
	}
	c.get(style).is(http.StatusOK)
	c.get(urls.UploadThumb("BK-AAAAAAAA", "1")).is(http.StatusNotFound)
	p.as(p.addUser(models.Seeker, "Tetangga")).get(urls.Looks()).is(http.StatusOK)
	p.as(u).get(urls.Looks()).is(http.StatusOK)
	p.client().get(urls.Home()).is(http.StatusOK)
	if n := p.client().tire(urls.Home()); n < mostPages || n > mostOfVisitors {
		t.Errorf("%d pages of visitors were answered", n)
	}
	p.client().get(urls.Home()).is(http.StatusTooManyRequests).has("main h1", "Tunggu satu menit")
}

// A form that came too often is not lost: what was typed stands on the page, to be sent again from there, but
// for passwords.
func TestFormThatCameTooOftenIsKept(t *testing.T) {
	_, _, _, c := filesPortal(t)
	c.tire(urls.Looks())
	values := certificateValues()
	values.Set("issuer", `LSP "Las" & <Baja>`)
	for name, page := range map[string]page{
		"without files": c.post(urls.NewCertificate(), values),
		"with files":    c.postFiles(urls.NewCertificate(), values, sentFile{"a.jpg", "image/jpeg", photo(t, 300, 200, 90)}),
	} {
		page.is(http.StatusTooManyRequests).has("main h1", "Tunggu satu menit").has("main form", "masih ada di halaman ini")
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
	secret := c.post(urls.ChangePassword(), url.Values{"old": {"kata sandi lama"}}).is(http.StatusTooManyRequests)
	if strings.Contains(secret.body, "kata sandi lama") {
		t.Error("a password stands on the page")
	}
}
