package main

import (
	"context"
	"net"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"strconv"
	"strings"
	"syscall"
	"testing"
	"time"

	"github.com/prometheus/client_golang/prometheus/promhttp"

	"naikkelas/handlers/web"
	"naikkelas/internal/localpg"
	"naikkelas/internal/testdb"
	"naikkelas/internal/testdb/wire"
	"naikkelas/internal/urls"
	"naikkelas/static"
)

// ask asks a handler for a path.
func ask(handler http.Handler, path string) (status int, body string) {
	w := httptest.NewRecorder()
	handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, path, nil))
	return w.Code, w.Body.String()
}

func pagesOf(t *testing.T, p *portal, pages *web.PageCache) http.Handler {
	t.Helper()
	assets, err := static.Load()
	if err != nil {
		t.Fatal(err)
	}
	handler, err := p.handler(assets, pages)
	if err != nil {
		t.Fatal(err)
	}
	return handler
}

// A store that goes away is told by metric and readiness though nobody uses it, and so is its return (F154).
func TestF154StoreIsWatched(t *testing.T) {
	c := settings(t, newKeys(t))
	folder := filepath.Join(t.TempDir(), "blobs")
	c.BlobURL = "file://" + folder
	p, _ := serving(t, c)
	handler := pagesOf(t, p, web.NewPageCache())
	metrics := promhttp.HandlerFor(p.metrics.registry, promhttp.HandlerOpts{})
	go p.watchStore(t.Context(), checks{well: 10 * time.Millisecond, failing: 10 * time.Millisecond})
	told := func(ready int, metric string) func() bool {
		return func() bool {
			status, _ := ask(handler, "/readyz")
			_, figures := ask(metrics, "/metrics")
			return status == ready && strings.Contains(figures, "\nnaikkelas_blob_store_up "+metric+"\n")
		}
	}
	eventually(t, "a store that is there", told(http.StatusOK, "1"))
	if err := os.Rename(folder, folder+".away"); err != nil {
		t.Fatal(err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a store that is away", told(http.StatusServiceUnavailable, "0"))
	if err := os.Remove(folder); err != nil {
		t.Fatal(err)
	}
	if err := os.Rename(folder+".away", folder); err != nil {
		t.Fatal(err)
	}
	eventually(t, "a store that is back", told(http.StatusOK, "1"))
}

// Pages are kept again once the connection that hears of changes is there again (F151).
func TestF151WatchBeginsAgain(t *testing.T) {
	c := settings(t, newKeys(t))
	w, through := wire.Postgres(t, c.DatabaseURL)
	c.DatabaseURL = through
	p, _ := serving(t, c)
	pages := web.NewPageCache()
	handler := pagesOf(t, p, pages)
	go p.watchCatalogue(t.Context(), pages)
	kept := func() bool {
		w := httptest.NewRecorder()
		handler.ServeHTTP(w, httptest.NewRequest(http.MethodGet, urls.Home(), nil))
		before := p.database.pool.Stat().AcquireCount()
		handler.ServeHTTP(httptest.NewRecorder(), httptest.NewRequest(http.MethodGet, urls.Home(), nil))
		return w.Code == http.StatusOK && p.database.pool.Stat().AcquireCount() == before
	}
	eventually(t, "pages are kept", kept)
	w.Cut()
	eventually(t, "pages are not kept", func() bool { return !kept() })
	eventually(t, "pages are kept again", kept)
}

// stopped stops every process of the cluster in a folder, as a machine does that is frozen, until the test ends.
func stopped(t *testing.T, folder string) {
	t.Helper()
	text, err := os.ReadFile(filepath.Join(folder, "pg", "postmaster.pid"))
	if err != nil {
		t.Fatal(err)
	}
	first, _, _ := strings.Cut(string(text), "\n")
	server, err := strconv.Atoi(first)
	if err != nil {
		t.Fatal(err)
	}
	signal := func(s syscall.Signal) {
		_ = syscall.Kill(server, s) // first, so that it starts nobody else
		children, err := os.ReadFile("/proc/" + first + "/task/" + first + "/children")
		if err != nil {
			t.Error(err)
		}
		for child := range strings.FieldsSeq(string(children)) {
			if pid, err := strconv.Atoi(child); err == nil {
				_ = syscall.Kill(pid, s)
			}
		}
	}
	signal(syscall.SIGSTOP)
	t.Cleanup(func() { signal(syscall.SIGCONT) })
}

// A portal whose PostgreSQL is frozen goes on answering whoever watches it, and everybody else within a time that
// people wait (F150, F155).
func TestF150FrozenDatabase(t *testing.T) {
	folder, err := testdb.Folder()
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = os.RemoveAll(folder) })
	free, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := free.Addr().String()
	_ = free.Close()
	p, err := openPortal(t.Context(), config{
		Addr: address, BaseURL: "http://" + address, DataDir: folder, BlobURL: "file://" + t.TempDir(), Operator: "Contoh", DemoWanted: new(bool),
	}, localpg.Start)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = p.close() })
	pages := web.NewPageCache()
	go p.watchCatalogue(t.Context(), pages)
	ctx, stop := context.WithCancel(t.Context())
	served := make(chan error, 1)
	go func() { served <- p.listen(ctx, pagesOf(t, p, pages)) }()
	t.Cleanup(func() { stop(); <-served })
	get := func(path string, within time.Duration) int {
		client := http.Client{Timeout: within}
		answer, err := client.Get("http://" + address + path)
		if err != nil {
			return 0
		}
		defer answer.Body.Close()
		if answer.StatusCode == http.StatusServiceUnavailable && path != "/readyz" && answer.Header.Get("Retry-After") == "" {
			t.Errorf("%s: no Retry-After", path)
		}
		return answer.StatusCode
	}
	eventually(t, "the portal is ready", func() bool { return get("/readyz", 2*time.Second) == http.StatusOK })
	eventually(t, "pages are kept", func() bool {
		get(urls.Home(), 5*time.Second)
		before := p.database.pool.Stat().AcquireCount()
		return get(urls.Home(), 5*time.Second) == http.StatusOK && p.database.pool.Stat().AcquireCount() == before
	})
	stopped(t, folder)
	for path, want := range map[string]int{"/healthz": 200, static.Path("app.css"): 200, "/readyz": 503, urls.Home(): 200} {
		if got := get(path, 2*time.Second); got != want {
			t.Errorf("%s: status %d within 2 seconds, want %d", path, got, want)
		}
	}
	if got := get(urls.Institutions(), pagePatience+5*time.Second); got != http.StatusServiceUnavailable {
		t.Errorf("a page that needs the database: status %d, want 503 in time", got)
	}
}
