package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"syscall"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"naikkelas/internal/localpg"
)

// built is the portal as `make build` leaves it.
const built = "bin/portal"

// The database of the portal's own cluster and the owner of its tables.
const (
	databaseName = "naikkelas"
	databaseUser = "naikkelas_owner"
)

// fast keeps the disk of this machine out of what is measured.
const fast = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"

// world is a portal of its own: database, files and process, thrown away at the end.
type world struct {
	program string // absolute: children run elsewhere
	folder  string
	dsn     string // of the owner of its tables
	pool    *pgxpool.Pool
	portal  *exec.Cmd
	base    string
	visitor *http.Client
	seeker  *http.Client // signed in, so that no page comes from the cache
}

func newWorld(ctx context.Context) (w *world, err error) {
	w = &world{visitor: &http.Client{Timeout: time.Minute}}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if w.program, err = filepath.Abs(built); err != nil {
		return w, err
	}
	if w.folder, err = os.MkdirTemp("", "naikkelas-bench-"); err != nil {
		return w, err
	}
	if err := os.Chmod(w.folder, 0o755); err != nil { // the database's own user walks through it
		return w, err
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return w, err
	}
	w.base = "http://" + listener.Addr().String()
	if err := listener.Close(); err != nil {
		return w, err
	}
	if out, err := w.command(ctx, "seed", "demo").CombinedOutput(); err != nil {
		return w, fmt.Errorf("portal seed demo: %w: %s", err, out)
	}
	if err := os.WriteFile(filepath.Join(w.data(), "pg", "postgresql.auto.conf"), []byte(fast), 0o600); err != nil {
		return w, err
	}
	return w, w.serve(ctx)
}

// data is the portal's DATA_DIR.
func (w *world) data() string { return filepath.Join(w.folder, "data") }

// command is the portal's program with this world's settings and no others.
func (w *world) command(ctx context.Context, args ...string) *exec.Cmd {
	cmd := exec.CommandContext(ctx, w.program, args...)
	cmd.Env = append(os.Environ(),
		"ADDR="+strings.TrimPrefix(w.base, "http://"), "BASE_URL="+w.base,
		"DATA_DIR="+w.data(), "BLOB_URL=file://"+filepath.Join(w.folder, "blobs"),
		"DATABASE_URL=", "MIGRATE_DATABASE_URL=", "KEYSET=", "SMTP_URL=smtp://127.0.0.1:1", "DEMO=1",
		"TRUSTED_PROXIES=", "METRICS_ADDR=", "NOTIFY_URL=")
	cmd.Cancel = func() error { return cmd.Process.Signal(syscall.SIGTERM) }
	cmd.WaitDelay = 20 * time.Second
	return cmd
}

// serve starts the portal, waits until it answers and signs a demo seeker in.
func (w *world) serve(ctx context.Context) error {
	w.portal = w.command(ctx, "serve")
	if err := w.portal.Start(); err != nil {
		return err
	}
	tick := time.NewTicker(50 * time.Millisecond)
	defer tick.Stop()
	for w.get(w.visitor, "/readyz") != nil {
		select {
		case <-tick.C:
		case <-ctx.Done():
			return ctx.Err()
		}
	}
	cluster, err := localpg.Join(ctx, localpg.Options{Dir: w.data()})
	if err != nil {
		return err
	}
	w.dsn = cluster.DSN(databaseName, databaseUser)
	if w.pool, err = pgxpool.New(ctx, w.dsn); err != nil {
		return err
	}
	w.seeker, err = w.signIn()
	return err
}

// signIn is a browser of its own in which a demo seeker is signed in.
func (w *world) signIn() (*http.Client, error) {
	jar, err := cookiejar.New(nil)
	if err != nil {
		return nil, err
	}
	c := &http.Client{Timeout: time.Minute, Jar: jar}
	login := url.Values{"login": {"budi@contoh.example"}, "password": {"contoh-naik-kelas"}}
	return c, w.post(c, "/masuk", "application/x-www-form-urlencoded", strings.NewReader(login.Encode()))
}

// get asks for a page and reads it to the end.
func (w *world) get(c *http.Client, path string) error {
	request, err := http.NewRequest(http.MethodGet, w.base+path, nil)
	if err != nil {
		return err
	}
	return w.send(c, request)
}

func (w *world) post(c *http.Client, path, kind string, body io.Reader) error {
	request, err := http.NewRequest(http.MethodPost, w.base+path, body)
	if err != nil {
		return err
	}
	request.Header.Set("Content-Type", kind)
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return w.send(c, request)
}

var errAnswer = errors.New("unexpected answer")

// refused is what the portal says to a bad file: an answer like any other here.
const refused = http.StatusUnprocessableEntity

// send gives each request an address of its own, or the limit by address would be what is measured.
func (w *world) send(c *http.Client, request *http.Request) error {
	now := time.Now().UnixNano()
	request.Header.Set("X-Forwarded-For", fmt.Sprintf("203.0.113.%d", now/100%250))
	answer, err := c.Do(request)
	if err != nil {
		return err
	}
	defer answer.Body.Close()
	if _, err := io.Copy(io.Discard, answer.Body); err != nil {
		return err
	}
	if answer.StatusCode != http.StatusOK && answer.StatusCode != refused {
		return fmt.Errorf("%s: %d: %w", request.URL.Path, answer.StatusCode, errAnswer)
	}
	return nil
}

// close ends what was started, in the opposite order.
func (w *world) close() {
	if w.pool != nil {
		w.pool.Close()
	}
	if w.portal != nil && w.portal.Process != nil {
		_ = w.portal.Process.Signal(syscall.SIGTERM)
		_ = w.portal.Wait()
	}
	if w.folder != "" {
		_ = os.RemoveAll(w.folder)
	}
}
