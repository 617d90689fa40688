package web_test

import (
	"net/http"
	"net/http/httptest"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

func TestF042AddressesWithBrokenBytes(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	l := p.AddProgramme(nil)
	for path, want := range map[string]int{
		"/lembaga/%00":                 http.StatusNotFound,
		"/pelatihan/%ED%A0%80":         http.StatusNotFound,
		"/en/pelatihan/x%1B":           http.StatusNotFound,
		"/saya/berkas/%FF":             http.StatusNotFound,
		"/%C3%28":                      http.StatusNotFound,
		"/pelatihan?sektor=%00":        http.StatusOK,
		"/pelatihan?dana=%C3%28":       http.StatusOK,
		"/lembaga?kota=%ED%A0%80":      http.StatusOK,
		"/pelatihan?setelah=%00&%00=1": http.StatusOK,
		"/masuk?lanjut=%00":            http.StatusOK,
	} {
		if got := p.Client().Get(path); got.Status != want {
			t.Errorf("%s: status %d, want %d", path, got.Status, want)
		}
	}
	// A filter that cannot be one narrows nothing; the others still do.
	p.Client().Get("/pelatihan?kota=%00").Has("main", p.One("SELECT title FROM programmes"))
	p.Client().Get("/pelatihan?kota=%00&sektor=tidakada").Is(http.StatusOK).Lacks("a[href='" + urls.Programme(l.Programme) + "']")
}

func TestF042BrowserNamesAreMended(t *testing.T) {
	p := testportal.Start(t)
	p.AddUser(models.Seeker, "Suparmi")
	r := testportal.FormRequest(urls.Register(), url.Values{})
	r.Header.Set("User-Agent", "Peramban\xff\u202e 1")
	p.Client().Do(r).Is(http.StatusUnprocessableEntity)
	r = httptest.NewRequest(http.MethodGet, "/masuk?lanjut=/saya", nil)
	r.Header.Set("User-Agent", "\xed\xa0\x80")
	p.Client().Do(r).Is(http.StatusOK)
}

func TestF042SignInKeepsWhatWasTyped(t *testing.T) {
	p := testportal.Start(t)
	for typed, shown := range map[string]string{
		"suparmi\x00@contoh.example": "suparmi@contoh.example", "caf\xe9@contoh.example": "caf\ufffd@contoh.example",
	} {
		page := p.Client().Post(urls.SignIn(), url.Values{"login": {typed}, "password": {"salah\x00"}}).Is(http.StatusUnprocessableEntity)
		if got := page.Find("input[name=login]").AttrOr("value", ""); got != shown {
			t.Errorf("%q is shown again as %q", typed, got)
		}
	}
}

func TestF043NamesOfNoFieldAreDropped(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	many := url.Values{"rows[0].language": {"en"}, "rows[0].ability": {"b1"}}
	for i := range 5000 {
		many.Add("x["+strings.Repeat("9", i%7)+"].y"+strings.Repeat("z", i%5), "1")
	}
	for _, name := range []string{
		"rows[0, x].y", "rows[0.language", "rows]0[", "rows[999999].language", "rows[-1].language", "rows[0][0].language", "rows[].language",
		"rows[0].language.x", "[0]", "rows[200].language", "\x00", "rows[0\x00].language", "version", "rows[１].language",
	} {
		many.Add(name, "1")
	}
	section := urls.ProfileSection("bahasa")
	page := c.Post(section, many)
	if page.Status != http.StatusSeeOther && page.Status != http.StatusUnprocessableEntity {
		t.Fatalf("status %d", page.Status)
	}
	// The first row was read: it stands in the form again, or is saved.
	if got := c.Get(section).Find("form").Text() + page.Body; !strings.Contains(got, "Inggris") {
		t.Error("what the form does have was lost with what it does not")
	}
}
