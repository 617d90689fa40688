package seeker_test

import (
	"bytes"
	"fmt"
	"log/slog"
	"net/http"
	"net/url"
	"os"
	"strings"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/render"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// crowded is a portal in which somebody else's file has the only child that looks into files, until free is called.
func crowded(t *testing.T) (c *testportal.Client, p *testportal.Portal, free func()) {
	t.Helper()
	hold := func(d *web.Deps) {
		d.Renderer = render.New(render.Options{
			Command: []string{os.Args[0], "render"}, CPU: time.Minute, Longest: 5 * time.Minute, Patience: 50 * time.Millisecond,
			MaxParallel: 1, CacheDir: t.TempDir(), Limits: render.DefaultLimits()})
	}
	p = testportal.Start(t, testportal.WithFiles(t), hold)
	inside, leave, done := make(chan struct{}), make(chan struct{}), make(chan struct{})
	go func() {
		defer close(done)
		photo := bytes.NewReader(testportal.Photo(t, 30, 30, 1))
		_, _ = p.Deps.Renderer.Pages(t.Context(), "image/jpeg", photo, func(render.Page) error {
			close(inside)
			<-leave
			return nil
		})
	}()
	<-inside
	return p.As(p.AddUser(models.Seeker, "Suparmi")), p, func() { close(leave); <-done }
}

// With a full queue a good file is not called bad: a form comes back with what was typed, a file in pieces stays with
// us, and both go through once there is room.
func TestF121FullQueueSaysSoAndTriesAgain(t *testing.T) {
	const sentence = "Berkas Anda tidak salah"
	c, p, free := crowded(t)
	file := testportal.Photo(t, 600, 400, 90)
	sent := []testportal.File{testportal.Sent("a.jpg", "image/jpeg", file), testportal.Sent("b.jpg", "image/jpeg", file)}
	got := c.PostFiles(urls.Uploads(), url.Values{}, sent...).Is(http.StatusServiceUnavailable)
	got.Has("#f-files-error", sentence).Has("#f-files-error", "Belum terambil: a.jpg, b.jpg")
	if got.Header.Get("Retry-After") == "" {
		t.Error("nobody is told when to come back")
	}
	path := begin(c, "c.jpg", "other", len(file))
	piece(c, path, 0, bytes.NewReader(file)).Is(http.StatusNoContent)
	for range 2 {
		busy := look(c, path).Is(http.StatusServiceUnavailable)
		if !strings.Contains(busy.Body, sentence) || busy.Header.Get("Retry-After") == "" {
			t.Errorf("the answer is %q", busy.Body)
		}
	}
	c.Get(urls.Uploads()).Has("[data-state=checking]", "c.jpg sudah sampai di kami")
	free()
	look(c, path).Is(http.StatusNoContent)
	c.PostFiles(urls.Uploads(), url.Values{}, sent[:1]...).LeadsTo(urls.Uploads())
	if n := p.One("SELECT string_agg(name, ',' ORDER BY id) FROM uploads"); n != "c.jpg" && n != "c.jpg,a.jpg" {
		t.Errorf("kept are %s", n)
	}
}

// Whatever fails while pieces come, the answer is a sentence with the number of the request, the log has the cause
// under that number, and nothing of the inside is in the answer.
func TestF122FailingPieceIsAnsweredInWords(t *testing.T) {
	var log bytes.Buffer
	p := testportal.Start(t, testportal.WithFiles(t), func(d *web.Deps) { d.Log = slog.New(slog.NewTextHandler(&log, nil)) })
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	file := testportal.Photo(t, 600, 400, 90)
	half := len(file) / 2
	inWords := func(what string, got testportal.Page, cause string) {
		t.Helper()
		number := got.Header.Get("X-Request-Id")
		if got.Status < 500 || !strings.Contains(got.Body, "Nomor kejadian untuk petugas: "+number) {
			t.Errorf("%s: status %d, %q", what, got.Status, got.Body)
		}
		for _, inside := range []string{"SQLSTATE", "ERROR", "partial_upload", "blob", "seal", "panic", "pq:", "relation"} {
			if strings.Contains(got.Body, inside) {
				t.Errorf("%s: the answer tells %q: %q", what, inside, got.Body)
			}
		}
		if !strings.Contains(log.String(), "id="+number) || !strings.Contains(log.String(), cause) {
			t.Errorf("%s: the log has no %q under %s: %s", what, cause, number, log.String())
		}
		log.Reset()
	}
	path := begin(c, "ijazah.jpg", "other", len(file))
	piece(c, path, 0, bytes.NewReader(file[:half])).Is(http.StatusNoContent)
	mend := testdb.Broken(t, p.DB, "partial_upload_parts")
	inWords("a piece without its table", piece(c, path, half, bytes.NewReader(file[half:])), "killed")
	mend()
	piece(c, path, half, bytes.NewReader(file[half:])).Is(http.StatusNoContent)
	strange := p.One("SELECT blob_key FROM partial_upload_parts WHERE start = 0")
	sealed := p.Deps.Box.SealReader(bytes.NewReader(file[:half]), seal.At("uploads", strange, "elsewhere"))
	if err := p.Deps.Blobs.Put(t.Context(), strange, sealed); err != nil {
		t.Fatal(err)
	}
	inWords("a piece that does not open", look(c, path), "does not open")
	mend = testdb.Broken(t, p.DB, "partial_uploads")
	made := askTus(c, http.MethodPost, urls.Partials(), nil, "Upload-Length", "10", "Upload-Metadata", "filename YQ==,purpose b3RoZXI=")
	inWords("a file that cannot be begun", made, "start partial")
	mend()
	for n := range 20 {
		if got := askTus(c, http.MethodPost, urls.Partials(), nil, "Upload-Length", "10",
			"Upload-Metadata", "filename YQ==,purpose b3RoZXI="); got.Status >= 500 {
			t.Fatalf("file %d: status %d", n, got.Status)
		}
	}
	many := askTus(c, http.MethodPost, urls.Partials(), nil, "Upload-Length", "10", "Upload-Metadata", "filename YQ==,purpose b3RoZXI=")
	if many.Is(http.StatusUnprocessableEntity); !strings.Contains(many.Body, "Terlalu banyak berkas yang sedang dikirim") {
		t.Errorf("the 21st at once: %q", many.Body)
	}
}

// Somebody who leaves in the middle of a piece is no failure of ours.
func TestF124AbortedPieceIsNoErrorOfOurs(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	path := begin(c, "ijazah.jpg", "other", 100)
	for range 2 {
		if got := piece(c, path, 0, &failing{}); got.Status < 400 || got.Status >= 500 || !strings.Contains(got.Body, "terputus") {
			t.Errorf("status %d, %q", got.Status, got.Body)
		}
	}
}

// The limit is said before, and files that were not taken are named: those behind the limit, and every bad one.
func TestF127FilesThatAreNotTakenAreNamed(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	said := fmt.Sprintf("Paling banyak %d berkas dalam sepuluh menit, dan 64 MB sekali kirim", models.MostSent)
	c.Get(urls.Uploads()).Has("main", said)
	bad := []testportal.File{
		testportal.Sent("halaman.jpg", "image/jpeg", []byte("<!DOCTYPE html><html></html>")),
		testportal.Sent("kosong.pdf", "application/pdf", nil),
	}
	c.PostFiles(urls.Uploads(), url.Values{}, bad...).Is(http.StatusUnprocessableEntity).
		Has("#f-files-error", "halaman.jpg adalah halaman web").Has("#f-files-error", "kosong.pdf kosong")
	var many []testportal.File
	for range models.MostSent - 4 {
		many = append(many, testportal.Sent("kosong.jpg", "image/jpeg", nil))
	}
	for n := range 5 { // three more than may come: two came before
		many = append(many, testportal.Sent(fmt.Sprintf("foto%d.jpg", n), "image/jpeg", testportal.Photo(t, 20, 20+n, 90)))
	}
	got := c.PostFiles(urls.Uploads(), url.Values{}, many...).Is(http.StatusUnprocessableEntity)
	got.Has("#f-files-error", "Belum terambil: foto2.jpg, foto3.jpg, foto4.jpg.")
	if n := got.Find("li[id^=milik-]").Length(); n != 2 {
		t.Errorf("%d are shown as kept", n)
	}
}
