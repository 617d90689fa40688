package main

import (
	"context"
	"errors"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"

	"naikkelas/internal/localpg"
	"naikkelas/internal/trial"
)

// fast keeps the disk of this machine out of what is measured.
const fast = "fsync = off\nsynchronous_commit = off\nfull_page_writes = off\nautovacuum = off\n"

// world is a portal of its own, thrown away at the end.
type world struct {
	*trial.Portal
	dsn     string // of the owner of its tables
	pool    *pgxpool.Pool
	visitor *http.Client
	seeker  *http.Client // signed in, so that no page comes from the cache
}

func newWorld(ctx context.Context) (w *world, err error) {
	w = &world{visitor: &http.Client{Timeout: time.Minute}}
	if w.Portal, err = trial.New("SMTP_URL=smtp://127.0.0.1:1"); err != nil {
		return w, err
	}
	defer func() {
		if err != nil {
			w.close()
		}
	}()
	if err := w.Seed(ctx); err != nil {
		return w, err
	}
	if err := os.WriteFile(filepath.Join(w.Data(), "pg", "postgresql.auto.conf"), []byte(fast), 0o600); err != nil {
		return w, err
	}
	return w, w.serve(ctx)
}

// serve starts the portal and signs a demo seeker in.
func (w *world) serve(ctx context.Context) error {
	if err := w.Serve(ctx); err != nil {
		return err
	}
	cluster, err := localpg.Join(ctx, localpg.Options{Dir: w.Data()})
	if err != nil {
		return err
	}
	w.dsn = cluster.DSN(trial.DatabaseName, trial.DatabaseUser)
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
	request, err := http.NewRequest(http.MethodGet, w.Base+path, nil)
	if err != nil {
		return err
	}
	return w.send(c, request)
}

func (w *world) post(c *http.Client, path, kind string, body io.Reader) error {
	request, err := http.NewRequest(http.MethodPost, w.Base+path, body)
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
	w.Close()
}
