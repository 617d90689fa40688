package testportal

import (
	"errors"
	"net/http"
	"net/http/httptest"
	"os"
	"path/filepath"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/pgpool"
	"naikkelas/internal/testdb"
	"naikkelas/internal/testdb/wire"
)

// What a form says whose files the store did not take.
const (
	NotSaved   = "Tempat berkas sedang tidak bisa dipakai. Berkas belum tersimpan"
	NotSavedEN = "The place for files cannot be used right now. Your file has not been saved"
)

// A FolderStore is a store of files in a folder, which a test takes away and brings back.
type FolderStore struct {
	Folder string
	t      testing.TB
}

// WithFolder is WithFiles with a store that goes and comes.
func WithFolder(t *testing.T) (*FolderStore, func(*web.Deps)) {
	t.Helper()
	f := &FolderStore{Folder: filepath.Join(t.TempDir(), "blobs"), t: t}
	return f, withFilesIn(t, f.Folder)
}

// Goes takes the store away: what is in the folder's place then is none.
func (f *FolderStore) Goes() {
	f.t.Helper()
	if err := errors.Join(os.Rename(f.Folder, f.Folder+".away"), os.WriteFile(f.Folder, nil, 0o600)); err != nil {
		f.t.Fatal(err)
	}
}

// Comes brings the store back with all that was in it.
func (f *FolderStore) Comes() {
	f.t.Helper()
	if err := errors.Join(os.Remove(f.Folder), os.Rename(f.Folder+".away", f.Folder)); err != nil {
		f.t.Fatal(err)
	}
}

// Kept fails the test unless the answer is a form again, because the store of files is away, with the sentence
// beside the field that took the files.
func (p Page) Kept(sentence string) Page {
	p.T.Helper()
	p.Is(http.StatusServiceUnavailable).Has("main [id^='f-'][id$='-error']", sentence)
	if p.Header.Get("Retry-After") == "" {
		p.T.Error("no Retry-After")
	}
	return p
}

// Holds fails the test unless a field of the page has the value.
func (p Page) Holds(field, value string) Page {
	p.T.Helper()
	if got, _ := p.Find("#f-" + field).Attr("value"); got != value {
		p.T.Errorf("%s is %q, want %q", field, got, value)
	}
	return p
}

// StartWired is a portal whose database is at the end of a wire, and whose pages are kept. Its DB leads around
// the wire, so that tests look into the database while the portal cannot.
func StartWired(t *testing.T, options ...func(*web.Deps)) (*Portal, *wire.Wire) {
	t.Helper()
	d := testdb.New(t)
	direct, _ := testdb.OpenDSN(t, d.AppDSN)
	w, through := wire.Postgres(t, d.AppDSN)
	db, _ := testdb.OpenDSN(t, through)
	t.Cleanup(w.Refuse) // before the pool is closed, which would wait for a wire that is held
	pages := web.NewPageCache()
	p := startOn(t, db, append(options, func(d *web.Deps) { d.Pages = pages })...)
	p.AddReference()
	pages.Drop()
	p.DB = direct
	return p, w
}

// impatience is how long pages wait for the database when a test asks within a limit.
const impatience = 300 * time.Millisecond

// Within sends a request with little patience for the database, as the running portal has some for pages, and
// fails the test when the answer takes longer than somebody waits.
func (c *Client) Within(limit time.Duration, r *http.Request) Page {
	c.T.Helper()
	begun := time.Now()
	got := c.Do(r.WithContext(pgpool.Within(r.Context(), impatience)))
	if took := time.Since(begun); took > limit {
		c.T.Errorf("%s %s took %v", r.Method, r.URL.Path, took)
	}
	return got
}

// Soon asks for a page that must come within three seconds, whatever is away.
func (c *Client) Soon(path string) Page {
	c.T.Helper()
	return c.Within(3*time.Second, httptest.NewRequest(http.MethodGet, path, nil))
}
