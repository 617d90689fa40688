package handlers

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

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// newCachedPortal is a portal whose pages are kept, as when somebody listens for changes.
func newCachedPortal(t *testing.T) (*testPortal, *PageCache) {
	t.Helper()
	pages := NewPageCache()
	p := newPortal(t, func(d *Deps) { d.Pages = pages })
	p.addReference()
	pages.Drop()
	return p, pages
}

// fetch gets a path as a browser without cookies does, with further headers in pairs.
func (p *testPortal) fetch(path string, headers ...string) *httptest.ResponseRecorder {
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.RemoteAddr = "127.0.0.1:1234"
	for i := 0; i+1 < len(headers); i += 2 {
		r.Header.Set(headers[i], headers[i+1])
	}
	w := httptest.NewRecorder()
	p.handler.ServeHTTP(w, r)
	return w
}

func (p *PageCache) count() int {
	p.mu.Lock()
	defer p.mu.Unlock()
	return len(p.pages)
}

func TestCachedPageIsServedUntilTheCatalogueChanges(t *testing.T) {
	p, pages := newCachedPortal(t)
	l := p.addProgramme(nil)
	path := urls.Programme(l.programme)
	first := p.fetch(path)
	p.db.Exec("UPDATE programmes SET title = 'Judul baru'")
	if second := p.fetch(path); second.Body.String() != first.Body.String() {
		t.Error("the page was made again though nobody told of a change")
	}
	etag := first.Header().Get("ETag")
	if w := p.fetch(path, "If-None-Match", etag); w.Code != http.StatusNotModified || w.Body.Len() > 0 {
		t.Errorf("status %d with %d bytes, want 304 with none", w.Code, w.Body.Len())
	}
	pages.Drop()
	if w := p.fetch(path, "If-None-Match", etag); w.Code != http.StatusOK || !strings.Contains(w.Body.String(), "Judul baru") {
		t.Errorf("status %d after the change, or the old title", w.Code)
	}
}

func TestCachedPageEndsWithTheDeadline(t *testing.T) {
	p, _ := newCachedPortal(t)
	closes := noon.Add(time.Hour)
	l := p.addProgramme(func(d *models.DemoProgramme) { d.Intakes[0].ClosesAt = &closes })
	open := func() bool {
		return strings.Contains(p.fetch(urls.Programme(l.programme)).Body.String(), urls.Apply(l.intakes[0]))
	}
	if !open() {
		t.Fatal("closed too early")
	}
	p.pass(time.Hour)
	if !open() {
		t.Error("closed at the very instant of the deadline")
	}
	p.pass(time.Second)
	if open() {
		t.Error("a kept page shows the intake as open after its deadline")
	}
}

func TestCachedPagesAreForVisitorsOnly(t *testing.T) {
	p, pages := newCachedPortal(t)
	siti := p.addUser(models.Seeker, "Siti")
	p.fetch(urls.Home())
	if page := p.as(siti).get(urls.Home()).is(http.StatusOK).has("header", "Siti"); page.header.Get("Cache-Control") != "no-store" {
		t.Errorf("Cache-Control %q for somebody signed in", page.header.Get("Cache-Control"))
	}
	if w := p.fetch(urls.Home(), "Cookie", cookieName+"=x"); w.Header().Get("ETag") != "" {
		t.Error("a browser with a cookie got a kept page")
	}
	if strings.Contains(p.fetch(urls.Home()).Body.String(), "Siti") {
		t.Error("a visitor reads the name of somebody signed in")
	}
	if w := p.fetch(urls.Report()); w.Header().Get("ETag") != "" || pages.count() != 1 {
		t.Error("a form with a token was kept")
	}
}

func TestUnknownNamesInAnAddressShareAPage(t *testing.T) {
	p, pages := newCachedPortal(t)
	for _, query := range []string{"", "?utm_source=x", "?q=&sektor=", "?fbclid=1&q=+"} {
		if body := p.fetch(urls.Programmes() + query).Body.String(); strings.Contains(body, "utm_source") || strings.Contains(body, "fbclid") {
			t.Errorf("%s: a link carries a foreign name on", query)
		}
	}
	if n := pages.count(); n != 1 {
		t.Errorf("%d pages are kept, want 1", n)
	}
	p.fetch(urls.Programmes() + "?sektor=teknik&q=las")
	p.fetch(urls.Programmes() + "?q=las&sektor=teknik")
	p.fetch(urls.InEnglish(urls.Programmes()))
	if n := pages.count(); n != 3 {
		t.Errorf("%d pages are kept, want 3", n)
	}
	p.fetch(urls.Programme("PL-TIDAKADA"))
	if n := pages.count(); n != 3 {
		t.Error("a page that is not there was kept")
	}
}

func TestNothingIsCachedWhileNobodyListens(t *testing.T) {
	p, pages := newCachedPortal(t)
	pages.Pause()
	p.fetch(urls.Home())
	if pages.count() != 0 {
		t.Error("a page is kept that nothing would ever drop")
	}
}

func TestPageMadeBeforeAChangeIsNotCached(t *testing.T) {
	pages := NewPageCache()
	pages.Drop()
	_, generation, _ := pages.find("a", noon)
	pages.end(generation, noon.Add(time.Hour))
	pages.Drop()
	pages.keep(&cachedPage{key: "a", plain: []byte("old")}, generation)
	if pages.count() != 0 {
		t.Error("a page of the old catalogue is kept")
	}
}

func TestCacheIsBounded(t *testing.T) {
	pages := NewPageCache()
	pages.Drop()
	_, generation, _ := pages.find("", noon)
	pages.end(generation, noon.Add(time.Hour))
	const size = cachePageMost / 2
	for i := range 2 * cacheBytes / size {
		pages.keep(&cachedPage{key: string(rune('a' + i)), plain: make([]byte, size)}, generation)
	}
	if got, want := pages.count(), cacheBytes/size; got != want || pages.bytes > cacheBytes {
		t.Errorf("%d pages of %d bytes are kept, want %d", got, pages.bytes, want)
	}
	pages.keep(&cachedPage{key: "huge", plain: make([]byte, cachePageMost+1)}, generation)
	if page, _, _ := pages.find("huge", noon); page != nil {
		t.Error("a page beyond the bound is kept")
	}
}

func TestEveryCodingHoldsTheSamePage(t *testing.T) {
	for name, p := range map[string]*testPortal{"kept": first(newCachedPortal(t)), "fresh": newPortal(t)} {
		for _, path := range []string{urls.Privacy(), urls.SignIn()} {
			plain := p.fetch(path)
			for coding, open := range map[string]func(io.Reader) io.Reader{
				"br":   func(r io.Reader) io.Reader { return brotli.NewReader(r) },
				"gzip": func(r io.Reader) io.Reader { z, _ := gzip.NewReader(r); return z },
			} {
				w := p.fetch(path, "Accept-Encoding", coding+", x")
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
