package components_test

import (
	"bytes"
	"context"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/static"
	"naikkelas/views/ambient"
	"naikkelas/views/components/testdata/sample"
)

// A samplePage is a page of the sample, as one kind of reader sees it.
type samplePage struct {
	name string
	page templ.Component
	a    ambient.Ambient
}

func samplePages() []samplePage {
	seeker := &ambient.User{Name: "Suparmi", Role: "seeker", Home: urls.Me()}
	officer := &ambient.User{Name: "Rina Wulandari", Role: "officer", Home: urls.OfficerQueue()}
	flash := []ambient.Flash{{Kind: "success", Key: "components.notice.success"}}
	return []samplePage{
		{"components", sample.Components(), ambient.Ambient{Lang: i18n.ID, Path: "/"}},
		{"home", sample.Home(), ambient.Ambient{Lang: i18n.ID, Path: "/", Operator: "Dinas Contoh", Demo: true}},
		{"status", sample.Status(), ambient.Ambient{Lang: i18n.ID, Path: urls.Applications(), User: seeker, Flash: flash}},
		{"paper", sample.Paper(), ambient.Ambient{Lang: i18n.ID, Path: urls.Applications()}},
		{"review", sample.Review(), ambient.Ambient{Lang: i18n.EN, Path: urls.OfficerQueue(), User: officer}},
	}
}

func (p samplePage) html(t *testing.T) []byte {
	t.Helper()
	var html bytes.Buffer
	if err := p.page.Render(ambient.With(context.Background(), p.a), &html); err != nil {
		t.Fatalf("render %s: %v", p.name, err)
	}
	return html.Bytes()
}

// serve offers the sample pages and the built assets under the policy that the portal
// sends: nothing inline, nothing from elsewhere.
func serve(t *testing.T) *httptest.Server {
	t.Helper()
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	mux := http.NewServeMux()
	mux.Handle(static.Prefix, assets.Handler())
	mux.HandleFunc(urls.ManifestPattern, func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "application/manifest+json")
		_, _ = w.Write([]byte(`{"name": "Naik Kelas", "start_url": "/"}`))
	})
	for _, p := range samplePages() {
		html := p.html(t)
		mux.HandleFunc("/"+p.name, func(w http.ResponseWriter, _ *http.Request) {
			w.Header().Set("Content-Type", "text/html; charset=utf-8")
			w.Header().Set("Content-Security-Policy", "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self'; "+
				"font-src 'self'; connect-src 'self'; form-action 'self'; manifest-src 'self'")
			_, _ = w.Write(html)
		})
	}
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// moduleRoot is the folder of go.mod, from this package's folder.
const moduleRoot = "../.."

// writePages puts the sample pages into a folder, one file each.
func writePages(t *testing.T) string {
	t.Helper()
	folder := t.TempDir()
	for _, p := range samplePages() {
		if err := os.WriteFile(filepath.Join(folder, p.name+".html"), p.html(t), 0o644); err != nil {
			t.Fatal(err)
		}
	}
	return folder
}
