package seeker_test

import (
	"bytes"
	"errors"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/blob"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// storePortal is a portal with a store that goes and comes, and somebody who sends files.
func storePortal(t *testing.T) (*testportal.Portal, *testportal.FolderStore, *testportal.Client) {
	t.Helper()
	store, option := testportal.WithFolder(t)
	p := testportal.Start(t, option)
	p.AddReference()
	kinds(p)
	return p, store, p.As(p.AddUser(models.Seeker, "Suparmi"))
}

// A form whose files the store does not take comes back with the sentence and what was typed, and goes through
// once the store is back (F154).
func TestF154FormIsKeptWhileTheStoreIsAway(t *testing.T) {
	p, store, c := storePortal(t)
	typed := func(kind, holder string) url.Values {
		return url.Values{"token": {uuid.NewString()}, "type": {kind}, "title": {"Las"}, "holder": {holder}, "issuer": {"LSP Las"},
			"number": {"7/2026"}, "issued.day": {"1"}, "issued.month": {"2"}, "issued.year": {"2025"}}
	}
	photo := func(shade uint8) testportal.File {
		return testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, shade))
	}
	section := func(name string, values url.Values, field string, shade uint8) testportal.Page {
		t.Helper()
		return c.Do(testportal.Multipart(t, urls.ProfileSection(name), values, field, photo(shade)))
	}
	saved := c.PostFiles(urls.NewCertificate(), typed("OTHER", "Suparmi"), photo(10)).Is(http.StatusSeeOther).Header.Get("Location")
	section("foto-ktp", url.Values{}, "ktp", 20).LeadsTo(urls.ProfileSection("foto-ktp"))
	old := p.One("SELECT ref FROM uploads WHERE purpose = 'ktp'")
	rows := p.One("SELECT count(*)::text FROM uploads")
	store.Goes()

	c.PostFiles(urls.Uploads(), url.Values{}, photo(90), photo(90)).Kept(testportal.NotSaved)
	c.PostFiles(urls.InEnglish(urls.Uploads()), url.Values{}, photo(90)).Kept(testportal.NotSavedEN)
	welder := typed("WELD", "Suparmi Wati")
	c.PostFiles(urls.NewCertificate(), welder, photo(90)).Kept(testportal.NotSaved).Holds("holder", "Suparmi Wati").
		Has("#f-files-error", testportal.NotSaved)
	welder.Set("retype", "1")
	c.PostFiles(urls.NewCertificate(), welder, photo(90)).Kept(testportal.NotSaved).Holds("holder", "Suparmi Wati")
	more := urls.CertificateUploads(strings.TrimPrefix(saved, urls.Certificates()+"/"))
	c.PostFiles(more, url.Values{}, photo(90)).Kept(testportal.NotSaved)
	section("foto-ktp", url.Values{}, "kk", 90).Kept(testportal.NotSaved)
	section("foto-ktp", url.Values{"replaces": {old}}, "new-"+old, 90).Kept(testportal.NotSaved)
	guardian := url.Values{"name": {"Ibu Wati"}, "relation": {"mother"}, "phone": {"081234567890"}}
	section("wali", guardian, "consent", 90).Kept(testportal.NotSaved).Holds("name", "Ibu Wati")
	if now := p.One("SELECT count(*)::text FROM uploads"); now != rows {
		t.Errorf("%s rows of files that are not there, want %s", now, rows)
	}

	store.Comes()
	welder.Del("retype")
	c.PostFiles(urls.NewCertificate(), welder, photo(90)).Is(http.StatusSeeOther)
}

// While the store is away, files that are there are not said to be lost, and readiness tells (F154).
func TestF154PicturesWhileTheStoreIsAway(t *testing.T) {
	p, store, c := storePortal(t)
	photo := testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 10))
	c.PostFiles(urls.Uploads(), url.Values{}, photo).LeadsTo(urls.Uploads())
	p.RenderAll()
	ref := p.One("SELECT ref FROM uploads")
	c.Get("/readyz").Is(http.StatusOK)
	store.Goes()
	for _, path := range []string{urls.UploadImage(ref, "1"), urls.UploadThumb(ref, "1"), urls.UploadOriginal(ref)} {
		got := c.Get(path).Is(http.StatusServiceUnavailable).
			Has("h1", "Tempat berkas sedang tidak bisa dipakai").Has("main", "yang sudah tersimpan tetap aman")
		if got.Header.Get("Retry-After") == "" || strings.Contains(got.Body, "belum tersimpan") {
			t.Errorf("%s: %v, or it speaks of a file that was not sent", path, got.Header)
		}
	}
	c.Post(urls.TurnPage(ref, "1"), url.Values{}).Is(http.StatusServiceUnavailable).Has("main", testportal.NotSaved)
	if got := c.Get("/readyz").Is(http.StatusServiceUnavailable); got.Body != "store\n" {
		t.Errorf("/readyz says %q", got.Body)
	}
	c.Get(urls.Uploads()).Is(http.StatusOK)
	store.Comes()
	if err := p.Deps.Blobs.Check(t.Context()); err != nil {
		t.Fatal(err)
	}
	c.Get("/readyz").Is(http.StatusOK)
	c.Get(urls.UploadImage(ref, "1")).Is(http.StatusOK)
}

// Pieces that the store does not take are sent again: nothing of the file is lost, whichever piece it was (F154).
func TestF154PiecesWaitForTheStore(t *testing.T) {
	p, store, c := storePortal(t)
	file := testportal.Photo(t, 900, 700, 90)
	path, half := begin(c, "ijazah.jpg", "other", len(file)), len(file)/2
	away := func(got testportal.Page) {
		t.Helper()
		wordless := got.Body != "" && !strings.Contains(got.Body, testportal.NotSaved)
		if got.Is(http.StatusServiceUnavailable); got.Header.Get("Retry-After") == "" || wordless {
			t.Errorf("the answer is %q, %v", got.Body, got.Header)
		}
	}
	store.Goes()
	away(piece(c, path, 0, bytes.NewReader(file[:half])))
	store.Comes()
	piece(c, path, 0, bytes.NewReader(file[:half])).Is(http.StatusNoContent)
	// The last piece is kept, and then the pieces before it cannot be read.
	gone := strings.Split(p.One("SELECT blob_key FROM partial_upload_parts"), "/")
	part := filepath.Join(append([]string{store.Folder}, gone...)...)
	if err := errors.Join(os.Rename(part, part+".away"), os.Mkdir(part, 0o700)); err != nil {
		t.Fatal(err)
	}
	piece(c, path, half, bytes.NewReader(file[half:])).Is(http.StatusNoContent)
	if got := look(c, path); got.Status < 500 {
		t.Errorf("a file that cannot be put together: status %d", got.Status)
	}
	store.Goes()
	away(look(c, path))
	askTus(c, http.MethodHead, path, nil).Is(http.StatusOK) // it has reached us, whatever the store does now
	store.Comes()
	if err := errors.Join(os.Remove(part), os.Rename(part+".away", part)); err != nil {
		t.Fatal(err)
	}
	ref := look(c, path).Is(http.StatusNoContent).Header.Get(arrivedHeader)
	if got := p.One("SELECT name FROM uploads WHERE ref = ?", ref); got != "ijazah.jpg" {
		t.Errorf("arrived as %q", got)
	}
}

// A file whose store breaks off in the middle does not look whole to who downloads it (F154).
func TestF154DownloadThatBreaksOffDoesNotLookWhole(t *testing.T) {
	p, store, c := storePortal(t)
	photo := testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 900, 700, 10))
	c.PostFiles(urls.Uploads(), url.Values{}, photo).LeadsTo(urls.Uploads())
	p.RenderAll()
	ref, key := p.One("SELECT ref FROM uploads"), p.One("SELECT blob_key FROM uploads")
	if err := os.Truncate(filepath.Join(store.Folder, filepath.FromSlash(key)), 200); err != nil {
		t.Fatal(err)
	}
	server := httptest.NewServer(p.Handler)
	defer server.Close()
	request, err := http.NewRequestWithContext(t.Context(), http.MethodGet, server.URL+urls.UploadOriginal(ref), nil)
	if err != nil {
		t.Fatal(err)
	}
	request.AddCookie(c.Cookies[web.CookieName])
	answer, err := server.Client().Do(request)
	if err != nil {
		return // not even its beginning
	}
	defer answer.Body.Close()
	if whole, err := io.ReadAll(answer.Body); err == nil && answer.StatusCode == http.StatusOK {
		t.Errorf("%d bytes of a file that is cut off look whole", len(whole))
	}
}

// A store that takes connections and says nothing holds a form no longer than its limits, and is asked once for
// all files of it (F154).
func TestF154HangingStoreHoldsNoForm(t *testing.T) {
	silent, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = silent.Close() })
	limits := blob.Limits{Connect: time.Second, Idle: time.Second}
	address := "s3://blobs?region=us-east-1&use_path_style=true&endpoint=http://" + silent.Addr().String()
	store, err := blob.OpenWithin(t.Context(), address, limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	p := testportal.Start(t, testportal.WithFiles(t), func(d *web.Deps) { d.Blobs = store })
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	var files []testportal.File
	for shade := range 5 {
		files = append(files, testportal.Sent("a.jpg", "image/jpeg", testportal.Photo(t, 30, 30, uint8(10*shade))))
	}
	c.Within(4*limits.Idle, testportal.Multipart(t, urls.Uploads(), url.Values{}, "files", files...)).Kept(testportal.NotSaved)
	c.Get("/readyz").Is(http.StatusServiceUnavailable)
}
