package main

import (
	"context"
	"fmt"
	"html"
	"maps"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
)

// holes is a portal with one hole of each kind, and with none where it is whole.
func holes(t *testing.T, whole bool) *httptest.Server {
	t.Helper()
	written := func(s string) string {
		if whole {
			return html.EscapeString(s)
		}
		return s
	}
	mux := http.NewServeMux()
	page := func(w http.ResponseWriter, body string) {
		w.Header().Set("Content-Type", "text/html; charset=utf-8")
		w.Header().Set("X-Content-Type-Options", "nosniff")
		w.Header().Set("Content-Security-Policy", "default-src 'none'")
		fmt.Fprint(w, "<main>"+body+"</main>")
	}
	mux.HandleFunc("GET /cari", func(w http.ResponseWriter, r *http.Request) {
		page(w, `<form action="/cari"><input name="q"></form><p>`+written(r.FormValue("q"))+`</p>`)
	})
	mux.HandleFunc("GET /tulis", func(w http.ResponseWriter, _ *http.Request) {
		page(w, `<form method="post" action="/tulis"><input type="hidden" name="version" value="1"><textarea name="note">x</textarea></form>
			<form method="post" action="/tolak"><textarea name="isi">x</textarea></form>
			<form method="post" action="/berkas" enctype="multipart/form-data"><input type="file" name="foto"></form>`)
	})
	mux.HandleFunc("POST /tulis", func(w http.ResponseWriter, r *http.Request) {
		if strings.Contains(r.FormValue("version"), "'") && !whole {
			w.WriteHeader(http.StatusInternalServerError)
			return
		}
		http.Redirect(w, r, "/tulis", http.StatusSeeOther)
	})
	mux.HandleFunc("POST /berkas", func(w http.ResponseWriter, r *http.Request) {
		_, header, err := r.FormFile("foto")
		if err != nil {
			page(w, "tidak ada")
			return
		}
		page(w, "<img alt=\""+written(header.Filename)+"\">")
	})
	refuses(mux, page, written)
	mux.HandleFunc("GET /lanjut", func(w http.ResponseWriter, r *http.Request) {
		to := "/cari"
		if !whole && r.FormValue("lanjut") != "" {
			to = r.FormValue("lanjut")
		}
		w.Header().Set("Location", strings.NewReplacer("\r", "", "\n", "").Replace(to))
		w.WriteHeader(http.StatusSeeOther)
	})
	mux.HandleFunc("GET /lanjut/lagi", func(w http.ResponseWriter, _ *http.Request) { page(w, `<a href="/lanjut?lanjut=/cari">x</a>`) })
	server := httptest.NewServer(mux)
	t.Cleanup(server.Close)
	return server
}

// refuses answers a form of a browser's window at an address that shows what was sent.
func refuses(mux *http.ServeMux, page func(w http.ResponseWriter, body string), written func(string) string) {
	kept := ""
	mux.HandleFunc("POST /tolak", func(w http.ResponseWriter, r *http.Request) {
		if r.Header.Get("Sec-Fetch-Mode") != "navigate" {
			page(w, html.EscapeString(r.FormValue("isi")))
			return
		}
		kept = r.FormValue("isi")
		http.Redirect(w, r, "/tolak?"+web.AnswerParam+"=1", http.StatusSeeOther)
	})
	mux.HandleFunc("GET /tolak", func(w http.ResponseWriter, _ *http.Request) { page(w, written(kept)) })
}

// walked is what a walk over that portal finds.
func walked(t *testing.T, whole bool) map[string]string {
	t.Helper()
	list, err := newPayloads("", 1)
	if err != nil {
		t.Fatal(err)
	}
	routes := []web.Route{
		web.Get("/cari", nil, web.Anyone), web.Get("/tulis", nil, web.Anyone), web.Post("/tulis", nil, web.Anyone),
		web.Post("/berkas", nil, web.Anyone), web.Post("/tolak", nil, web.Anyone),
		web.Get("/lanjut", nil, web.Anyone), web.Get("/lanjut/lagi", nil, web.Anyone),
	}
	p := newProber(holes(t, whole).URL, routes, list)
	p.each = 40
	v := &visitor{}
	places, err := p.crawl(t.Context(), v)
	if err != nil || len(places) != 3 {
		t.Fatalf("%d places: %v", len(places), err)
	}
	// A redirect has no page of its own to read the names from.
	places = append(places, place{path: "/lanjut", params: []string{"lanjut"}})
	for _, step := range []func(context.Context, *visitor, []place) error{p.queries, p.paths, p.forms} {
		if err := step(t.Context(), v, places); err != nil {
			t.Fatal(err)
		}
	}
	return p.found
}

// Each kind of hole is found where it is, and nothing where there is none.
func TestWalkFindsHoles(t *testing.T) {
	found := strings.Join(slices.Collect(maps.Keys(walked(t, false))), "\n")
	for _, want := range []string{
		"status 500 at POST /tulis", "element <nkq", "raw markup", "at GET /cari", "redirect to", "at GET /lanjut", "at POST /berkas",
		"at GET /tolak",
	} {
		if !strings.Contains(found, want) {
			t.Errorf("nothing says %q in:\n%s", want, found)
		}
	}
	if within := regexp.MustCompile(`redirect to "/[a-z]`).FindString(found); within != "" {
		t.Errorf("a redirect within the portal counts: %s in\n%s", within, found)
	}
	for what, how := range walked(t, true) {
		t.Errorf("a whole portal has a hole: %s %s", what, how)
	}
}

func TestForeignHostsAreRecognised(t *testing.T) {
	const base = "http://127.0.0.1:8080"
	for to, want := range map[string]bool{
		"/masuk": false, "masuk": false, base + "/akun": false, "?a=//nkq.example": false, "/a?lanjut=https://nkq.example": false,
		"//nkq.example": true, "https://127.0.0.1:8080/": true, "http://nkq.example": true, "/\\nkq.example": true, "javascript:nkq()": true,
		"http://127.0.0.1:8080@nkq.example": true, "\thttps://nkq.example": true,
	} {
		if got := foreign(base, to); got != want {
			t.Errorf("%q: foreign %v", to, got)
		}
	}
}

// Answers that say nothing are not counted.
func TestRefusalsSayNothing(t *testing.T) {
	for want, a := range map[bool][]answer{
		true:  {{status: 429}, {status: 303, header: http.Header{"Location": {"/masuk?lanjut=%2Fakun"}}}},
		false: {{status: 200}, {status: 303, header: http.Header{"Location": {"/masuk/kode"}}}, {status: 500}},
	} {
		for _, each := range a {
			if each.refuses("/masuk") != want {
				t.Errorf("%d %v: refuses %v", each.status, each.header, !want)
			}
		}
	}
}

// A difference that everybody could measure shows, and the noise of a busy machine does not.
func TestTimesApart(t *testing.T) {
	row := func(base, noise time.Duration) (list []time.Duration) {
		for i := range tries {
			list = append(list, base+time.Duration(i*7919%tries)*noise/tries)
		}
		return list
	}
	ms := time.Millisecond
	for _, tt := range []struct {
		a, b  []time.Duration
		apart bool
	}{
		{row(50*ms, 5*ms), row(51*ms, 5*ms), false},
		{row(100*ms, 80*ms), row(110*ms, 80*ms), false},
		{row(50*ms, 5*ms), row(80*ms, 5*ms), true},
		{row(2*ms, ms), row(30*ms, 10*ms), true},
	} {
		if got := apart(tt.a, tt.b); got != tt.apart {
			t.Errorf("%v against %v, allowed %v: apart %v", middle(tt.a), middle(tt.b), allowed(tt.a, tt.b), got)
		}
	}
}

// What lies in a folder as lines or as JSON comes beside our own list, once each; a remark and another kind of file do not.
func TestListsOfAFolderAreAdded(t *testing.T) {
	own, err := newPayloads("", 1)
	if err != nil {
		t.Fatal(err)
	}
	folder := t.TempDir()
	for name, text := range map[string]string{
		"a.txt": "# remark\nnkq-line\n\nnkq-both\n", "b.json": `["nkq-json", "nkq-both"]`, "c.csv": "nkq-other",
	} {
		if err := os.WriteFile(filepath.Join(folder, name), []byte(text), 0o600); err != nil {
			t.Fatal(err)
		}
	}
	more, err := newPayloads(folder, 1)
	if err != nil {
		t.Fatal(err)
	}
	added := slices.DeleteFunc(slices.Clone(more.others), func(s string) bool { return slices.Contains(own.others, s) })
	slices.Sort(added)
	if want := []string{"nkq-both", "nkq-json", "nkq-line"}; !slices.Equal(added, want) || len(more.others) != len(own.others)+len(want) {
		t.Errorf("added are %q, want %q", added, want)
	}
	if gone, err := newPayloads(t.TempDir()+"/tidak-ada", 1); err != nil || len(gone.others) != len(own.others) {
		t.Errorf("without a folder: %v", err)
	}
	seen := map[string]bool{}
	for range len(own.others) {
		for _, s := range own.some(1) {
			seen[s] = true
		}
	}
	for _, s := range slices.Concat(own.others, markup) {
		if !seen[s] {
			t.Errorf("%q is never dealt out", s)
		}
	}
}

// Quick exit leads away, and only to where officers say.
func TestLeavingIsMeant(t *testing.T) {
	for fault, tt := range map[string]struct {
		place string
		want  bool
	}{
		"element <meta>":                         {"GET /bantuan/keluar", true},
		"element <script>":                       {"GET /bantuan/keluar", false},
		`redirect to "https://contoh.example/"`:  {"GET /bantuan/keluar/lanjut", true},
		`redirect to "https://nkq.example/x"`:    {"GET /bantuan/keluar/lanjut", false},
		`redirect to "http://contoh.example/"`:   {"GET /bantuan/keluar/lanjut", false},
		`redirect to "https://contoh.example/a"`: {"GET /masuk", false},
	} {
		if got := meant(tt.place, fault); got != tt.want {
			t.Errorf("%s at %s: %v", fault, tt.place, got)
		}
	}
}
