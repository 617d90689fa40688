package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"testing"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Every answer forbids other sites to take it in: pages, errors, what is unchanged, what is refused at the door.
func TestF157EveryAnswerHasTheHeader(t *testing.T) {
	p := testportal.Start(t, func(d *web.Deps) { d.Pages = web.NewPageCache() })
	p.AddReference()
	page := p.Client().Get(urls.Help()).Is(http.StatusOK)
	unchanged := testportal.FormRequest(urls.Help(), nil)
	unchanged.Method = http.MethodGet
	unchanged.Header.Set("If-None-Match", page.Header.Get("ETag"))
	for name, answer := range map[string]testportal.Page{
		"page": page, "unchanged": p.Client().Do(unchanged).Is(http.StatusNotModified),
		"missing":  p.Client().Get("/tidak-ada").Is(http.StatusNotFound),
		"led away": p.Client().Get(urls.Me()).Is(http.StatusSeeOther), "watcher": p.Client().Get("/healthz"),
		"broken": p.Client().Get("/%00").Is(http.StatusNotFound),
	} {
		if got := answer.Header.Get("Cross-Origin-Resource-Policy"); got != "same-origin" {
			t.Errorf("%s: %q", name, got)
		}
		if got := answer.Header.Get("X-Content-Type-Options"); got != "nosniff" {
			t.Errorf("%s: %q", name, got)
		}
	}
}

// HSTS names the hosts below this one only where that is set.
func TestF157HSTSHoldsForThisHostUnlessSet(t *testing.T) {
	for below, want := range map[bool]string{false: "max-age=31536000", true: "max-age=31536000; includeSubDomains"} {
		p := testportal.Start(t, func(d *web.Deps) { d.Settings.Production, d.Settings.HSTSBelow = true, below })
		if got := p.Client().Get("/healthz").Header.Get("Strict-Transport-Security"); got != want {
			t.Errorf("below %v: %q", below, got)
		}
	}
}

// The address that a form without scripts makes leads to one with what was chosen alone, in every list.
func TestF206AddressesHoldOnlyWhatWasChosen(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	for asked, want := range map[string]string{
		"/pelatihan?q=las&urut=&sektor=":     "/pelatihan?q=las",
		"/en/pelatihan?sektor=teknik&biaya=": "/en/pelatihan?sektor=teknik",
		"/lembaga?q=&wilayah=":               "/lembaga",
		"/petugas?keadaan=&petugas=&q=Siti":  "/petugas?q=Siti",
	} {
		p.Client().Get(asked).LeadsTo(want)
	}
	for _, path := range []string{"/pelatihan?q=las", "/pelatihan?sektor=teknik&q=las", "/pelatihan"} {
		p.Client().Get(path).Is(http.StatusOK)
	}
	// Nor does such an address lead to another host.
	for _, path := range []string{"//jahat.example/?q=", "/%5Cjahat.example/?q=", "/en//jahat.example/?q=",
		"//jahat.example?q=&a=1", "/%2Fjahat.example?q="} {
		r := httptest.NewRequest(http.MethodGet, "/", nil)
		where, err := url.Parse("http://portal.example" + path)
		if err != nil {
			t.Fatal(err)
		}
		r.URL.Path, r.URL.RawPath, r.URL.RawQuery = where.Path, where.RawPath, where.RawQuery
		w := httptest.NewRecorder()
		p.Handler.ServeHTTP(w, r)
		if to := w.Header().Get("Location"); to != "" && !web.IsLocal(to) {
			t.Errorf("%s leads to %s", path, to)
		}
	}
	p.Client().Post("/masuk?lanjut=", url.Values{}).Is(http.StatusUnprocessableEntity)
}
