package static

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"strings"
	"testing"
	"testing/fstest"
)

func built(t *testing.T) *Assets {
	t.Helper()
	a, err := load(fstest.MapFS{
		"dist/manifest.json":   {Data: []byte(`{"app.css": "app-12.css", "text.woff2": "text-34.woff2", "logo.svg": "logo-56.svg"}`)},
		"dist/app-12.css":      {Data: []byte("body{}")},
		"dist/app-12.css.br":   {Data: []byte("B")},
		"dist/app-12.css.gz":   {Data: []byte("GZ")},
		"dist/text-34.woff2":   {Data: []byte("FONT")},
		"dist/logo-56.svg":     {Data: []byte("<svg/>")},
		"dist/stray-99.css":    {Data: []byte("left over")},
		"dist/logo-56.svg.old": {Data: []byte("left over")},
	})
	if err != nil {
		t.Fatal(err)
	}
	return a
}

func ask(a *Assets, method, target, encoding string) *http.Response {
	r := httptest.NewRequest(method, target, nil)
	r.Header.Set("Accept-Encoding", encoding)
	w := httptest.NewRecorder()
	a.Handler().ServeHTTP(w, r)
	return w.Result()
}

func TestTheSmallestFormIsSent(t *testing.T) {
	a := built(t)
	tests := []struct {
		target, accept       string
		coding, kind, length string
	}{
		{"/static/app-12.css", "gzip, deflate, br, zstd", "br", "text/css; charset=utf-8", "1"},
		{"/static/app-12.css", "gzip", "gzip", "text/css; charset=utf-8", "2"},
		{"/static/app-12.css", "br;q=0, gzip;q=0.5", "gzip", "text/css; charset=utf-8", "2"},
		{"/static/app-12.css", "BR; q=1.0", "br", "text/css; charset=utf-8", "1"},
		{"/static/app-12.css", "br;q=wrong", "", "text/css; charset=utf-8", "6"},
		{"/static/app-12.css", "", "", "text/css; charset=utf-8", "6"},
		{"/static/app-12.css", "*", "", "text/css; charset=utf-8", "6"},
		{"/static/text-34.woff2", "br, gzip", "", "font/woff2", "4"},
		{"/static/logo-56.svg", "br", "", "image/svg+xml", "6"},
	}
	for _, tt := range tests {
		got := ask(a, http.MethodGet, tt.target, tt.accept)
		h := got.Header
		if got.StatusCode != http.StatusOK || h.Get("Content-Encoding") != tt.coding ||
			h.Get("Content-Type") != tt.kind || h.Get("Content-Length") != tt.length {
			t.Errorf("%s for %q: %d %v", tt.target, tt.accept, got.StatusCode, h)
		}
		if !strings.Contains(h.Get("Cache-Control"), "immutable") || h.Get("X-Content-Type-Options") != "nosniff" {
			t.Errorf("%s: %v", tt.target, h)
		}
	}
	if got := ask(a, http.MethodGet, "/static/app-12.css", "br").Header.Get("Vary"); got != "Accept-Encoding" {
		t.Errorf("Vary %q", got)
	}
}

func TestHeadHasNoBody(t *testing.T) {
	got := ask(built(t), http.MethodHead, "/static/app-12.css", "gzip")
	body := make([]byte, 8)
	if n, _ := got.Body.Read(body); n != 0 || got.Header.Get("Content-Length") != "2" {
		t.Errorf("%d bytes, %v", n, got.Header)
	}
}

func TestWhatIsNoAsset(t *testing.T) {
	a := built(t)
	for _, target := range []string{
		"/static/", "/static/app.css", "/static/manifest.json", "/static/stray-99.css", "/static/app-12.css.br",
		"/static/../static/app-12.css", "/static/%2e%2e/go.mod", "/static/.gitkeep", "/app-12.css",
	} {
		if got := ask(a, http.MethodGet, target, ""); got.StatusCode != http.StatusNotFound {
			t.Errorf("%s: %d", target, got.StatusCode)
		}
	}
	got := ask(a, http.MethodPost, "/static/app-12.css", "")
	if got.StatusCode != http.StatusMethodNotAllowed || got.Header.Get("Allow") != "GET, HEAD" {
		t.Errorf("POST: %d %v", got.StatusCode, got.Header)
	}
}

func TestPath(t *testing.T) {
	a := built(t)
	if got := a.Path("app.css"); got != "/static/app-12.css" {
		t.Error(got)
	}
	if got := a.Path("none.css"); got != "/static/none.css" {
		t.Error(got)
	}
}

func TestAssetsThatAreNotBuilt(t *testing.T) {
	if _, err := load(fstest.MapFS{"dist/.gitkeep": {}}); !errors.Is(err, ErrNotBuilt) {
		t.Errorf("without a manifest: %v", err)
	}
	torn := fstest.MapFS{"dist/manifest.json": {Data: []byte(`{"app.css": "app-12.css"}`)}}
	if _, err := load(torn); err == nil {
		t.Error("a manifest that names a missing file was accepted")
	}
	if _, err := load(fstest.MapFS{"dist/manifest.json": {Data: []byte(`{`)}}); err == nil {
		t.Error("a manifest cut short was accepted")
	}
}

// A first visit may cost 75 KB (of 1000 bytes) over the wire; 15 of them are the page's.
const budget = 60_000

func TestAssetsLeaveRoomForThePage(t *testing.T) {
	a, err := Load()
	if err != nil {
		t.Fatal(err)
	}
	total := 0
	for _, name := range []string{"app.css", "app.js", "plus-jakarta-sans.woff2", "favicon.svg"} {
		got := ask(a, http.MethodGet, Path(name), "br")
		if got.StatusCode != http.StatusOK {
			t.Fatalf("%s: %d", Path(name), got.StatusCode)
		}
		total += int(got.ContentLength)
	}
	if total > budget {
		t.Errorf("a first visit fetches %d bytes of assets, more than %d", total, budget)
	}
	t.Logf("%d bytes of %d", total, budget)
}
