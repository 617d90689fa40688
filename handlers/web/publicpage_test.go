package web_test

import (
	"bytes"
	"compress/gzip"
	"io"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"time"

	"github.com/andybalholm/brotli"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// newCachedPortal is a portal whose pages are kept, as when somebody listens for changes.
func newCachedPortal(t *testing.T) (*testportal.Portal, *web.PageCache) {
	t.Helper()
	pages := web.NewPageCache()
	p := testportal.Start(t, func(d *web.Deps) { d.Pages = pages })
	p.AddReference()
	pages.Drop()
	return p, pages
}

// fetch gets a path as a browser without cookies does, with further headers in pairs.
func fetch(p *testportal.Portal, path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = "127.0.0.1:1234"
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.Handler.ServeHTTP(w, r)
	return w
}

func TestCachedPageIsServedUntilTheCatalogueChanges(t *testing.T) {
	p, pages := newCachedPortal(t)
	l := p.AddProgramme(nil)
	path := urls.Programme(l.Programme)
	first := fetch(p, path)
	p.DB.Exec("UPDATE programmes SET title = 'Judul baru'")
	if second := fetch(p, path); second.Body.String() != first.Body.String() {
		t.Error("the page was made again though nobody told of a change")
	}
	etag := first.Header().Get("ETag")
	if w := fetch(p, path, "If-None-Match", etag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("status %d with %d bytes, want 304 with none", w.Code, w.Body.Len())
	}
	pages.Drop()
	if w := fetch(p, path, "If-None-Match", etag); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Judul baru") {
		t.Errorf("status %d after the change, or the old title", w.Code)
	}
}

func TestCachedPageEndsWithTheDeadline(t *testing.T) {
	p, _ := newCachedPortal(t)
	closes := testportal.Noon.Add(time.Hour)
	l := p.AddProgramme(func(d *models.DemoProgramme) { d.Intakes[0].ClosesAt = &closes })
	open := func() bool {
		return strings.Contains(fetch(p, urls.Programme(l.Programme)).Body.String(), urls.Apply(l.Intakes[0]))
	}
	if !open() {
		t.Fatal("closed too early")
	}
	p.Pass(time.Hour)
	if !open() {
		t.Error("closed at the very instant of the deadline")
	}
	p.Pass(time.Second)
	if open() {
		t.Error("a kept page shows the intake as open after its deadline")
	}
}

func TestCachedPagesAreForVisitorsOnly(t *testing.T) {
	p, pages := newCachedPortal(t)
	siti := p.AddUser(models.Seeker, "Siti")
	fetch(p, urls.Home())
	if page := p.As(siti).Get(urls.Home()).Is(http.StatusOK).Has("header", "Siti"); page.Header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q for somebody signed in", page.Header.Get("Cache-Control"))
	}
	if w := fetch(p, urls.Home(), "Cookie", web.CookieName+"=x"); w.Header().Get("ETag") != "" {
		t.Error("a browser with a cookie got a kept page")
	}
	if strings.Contains(fetch(p, urls.Home()).Body.String(), "Siti") {
		t.Error("a visitor reads the name of somebody signed in")
	}
	if w := fetch(p, urls.Report()); w.Header().Get("ETag") != "" || pages.Count() != 1 {
		t.Error("a form with a token was kept")
	}
}

func TestUnknownNamesInAnAddressShareAPage(t *testing.T) {
	p, pages := newCachedPortal(t)
	for _, query := range []string{"", "?utm_source=x", "?q=&sektor=", "?fbclid=1&q=+"} {
		if body := fetch(p, urls.Programmes()+query).Body.String(); strings.Contains(body, "utm_source") || strings.Contains(body, "fbclid") {
			t.Errorf("%s: a link carries a foreign name on", query)
		}
	}
	if n := pages.Count(); n != 1 {
		t.Errorf("%d pages are kept, want 1", n)
	}
	fetch(p, urls.Programmes()+"?sektor=teknik&q=las")
	fetch(p, urls.Programmes()+"?q=las&sektor=teknik")
	fetch(p, urls.InEnglish(urls.Programmes()))
	if n := pages.Count(); n != 3 {
		t.Errorf("%d pages are kept, want 3", n)
	}
	fetch(p, urls.Programme("PL-TIDAKADA"))
	if n := pages.Count(); n != 3 {
		t.Error("a page that is not there was kept")
	}
}

func TestNothingIsCachedWhileNobodyListens(t *testing.T) {
	p, pages := newCachedPortal(t)
	pages.Pause()
	fetch(p, urls.Home())
	if pages.Count() != 0 {
		t.Error("a page is kept that nothing would ever drop")
	}
}

func TestEveryCodingHoldsTheSamePage(t *testing.T) {
	for name, p := range map[string]*testportal.Portal{"kept": first(newCachedPortal(t)), "fresh": testportal.Start(t)} {
		for _, path := range []string{urls.Privacy(), urls.SignIn()} {
			plain := fetch(p, path)
			for coding, open := range map[string]func(io.Reader) io.Reader{
				"br":   func(r io.Reader) io.Reader { return brotli.NewReader(r) },
				"gzip": func(r io.Reader) io.Reader { z, _ := gzip.NewReader(r); return z },
			} {
				w := fetch(p, path, "Accept-Encoding", coding+", x")
				body, err := io.ReadAll(open(bytes.NewReader(w.Body.Bytes())))
				if err != nil || !bytes.Equal(body, plain.Body.Bytes()) || w.Header().Get("Content-Encoding") != coding {
					t.Errorf("%s %s in %s is another page (%v)", name, path, coding, err)
				}
				if !strings.Contains(strings.Join(w.Header().Values("Vary"), ","), "Accept-Encoding") {
					t.Errorf("%s %s does not vary by coding", name, path)
				}
				if w.Body.Len() > 15<<10 {
					t.Errorf("%s %s weighs %d bytes in %s", name, path, w.Body.Len(), coding)
				}
			}
		}
	}
}

func first[A, B any](a A, _ B) A { return a }

// Whatever is heard or not heard of changes, no page is older than five minutes (F151).
func TestF151NoKeptPageIsOlderThanFiveMinutes(t *testing.T) {
	p, pages := newCachedPortal(t)
	path := urls.Programme(p.AddProgramme(nil).Programme)
	old := fetch(p, path).Body.String()
	p.DB.Exec("UPDATE programmes SET title = 'Judul baru'")
	p.Pass(web.CacheLongest - time.Second)
	if fetch(p, path).Body.String() != old {
		t.Error("the page was made again before its time")
	}
	if !pages.KeptForBadTimes(path, p.Clock()) {
		t.Error("a young page is not kept for bad times")
	}
	p.Pass(time.Second)
	if pages.KeptForBadTimes(path, p.Clock()) {
		t.Error("an old page is kept for bad times")
	}
	if !strings.Contains(fetch(p, path).Body.String(), "Judul baru") {
		t.Error("a page of five minutes ago is served")
	}
	p.DB.Exec("UPDATE programmes SET title = 'Judul ketiga'")
	p.Pass(web.CacheLongest - time.Second)
	if !strings.Contains(fetch(p, path).Body.String(), "Judul baru") {
		t.Error("the page that was made anew is not kept")
	}
}

// A page of which nobody heard whether it changed is made anew, and only when that is not possible served as it
// was, for as long as any page is (F150, F151).
func TestF150OldPageIsServedWhileTheDatabaseIsAway(t *testing.T) {
	p, w := testportal.StartWired(t)
	pages := p.Deps.Pages
	path := urls.Programme(p.AddProgramme(nil).Programme)
	fetch(p, path)
	pages.Pause()
	p.DB.Exec("UPDATE programmes SET title = 'Judul baru'")
	if !strings.Contains(fetch(p, path).Body.String(), "Judul baru") {
		t.Error("an old page is served though the database is there")
	}
	pages.Drop()
	fetch(p, path)
	pages.Pause()
	p.DB.Exec("UPDATE programmes SET title = 'Judul ketiga'")
	w.Hold()
	p.Client().Soon(path).Is(http.StatusOK).Has("h1", "Judul baru")
	p.Pass(web.CacheLongest)
	p.Client().Soon(path).Is(http.StatusServiceUnavailable)
}
