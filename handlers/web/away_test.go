package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/testdb/wire"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Pages that are kept are served while the database hangs, at once and with the numbers to call; the others end
// soon and say in both languages when to come back (F150, F155).
func TestF155PagesWhileTheDatabaseHangs(t *testing.T) {
	for name, away := range map[string]func(*wire.Wire){"hangs": (*wire.Wire).Hold, "refuses": (*wire.Wire).Refuse} {
		t.Run(name, func(t *testing.T) {
			p, w := testportal.StartWired(t)
			c, visitor := p.As(p.AddUser(models.Seeker, "Suparmi")), p.Client()
			visitor.Get(urls.Help()).Is(http.StatusOK).Has("main", "0800-1000")
			away(w)
			p.Pass(2 * web.FooterLasts) // the numbers are to be asked for again
			visitor.Within(time.Second/2, httptest.NewRequest(http.MethodGet, urls.Help(), nil)).Is(http.StatusOK).Has("main", "0800-1000")
			for path, words := range map[string][2]string{
				urls.Institutions():                 {"Portal sedang tidak bisa", "Coba lagi"},
				urls.InEnglish(urls.Institutions()): {"The portal cannot", "Try again"},
			} {
				for _, who := range []*testportal.Client{visitor, c} {
					got := who.Soon(path).Is(http.StatusServiceUnavailable).Has("h1", words[0]).Has("footer", "0800-1000")
					if got.Header.Get("Retry-After") == "" {
						t.Errorf("%s: no Retry-After", path)
					}
					got.Has("main a[href='"+path+"']", words[1])
				}
			}
			head := c.Within(3*time.Second, httptest.NewRequest(http.MethodHead, urls.Me(), nil)).Is(http.StatusServiceUnavailable)
			if head.Header.Get("Retry-After") == "" {
				t.Error("HEAD: no Retry-After")
			}
		})
	}
}

// What was typed is offered back while the database is away, but no password (F155).
func TestF155TypedTextIsOfferedBack(t *testing.T) {
	p, w := testportal.StartWired(t)
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	w.Hold()
	post := func(path string, values url.Values) testportal.Page {
		return c.Within(3*time.Second, testportal.FormRequest(path, values)).Is(http.StatusServiceUnavailable)
	}
	got := post(urls.ProfileSection("kontak"), url.Values{"name": {"Budi <b>"}})
	form := got.Find("main form[action='" + urls.ProfileSection("kontak") + "']")
	if value, _ := form.Find("input[name='name']").Attr("value"); value != "Budi <b>" {
		t.Errorf("typed %q is not on the page", value)
	}
	for _, path := range []string{urls.SignIn(), urls.Register(), urls.ChangePassword(), urls.Recover()} {
		if strings.Contains(post(path, url.Values{"password": {"rahasia-sekali"}}).Body, "rahasia-sekali") {
			t.Errorf("%s gives a password back", path)
		}
	}
}
