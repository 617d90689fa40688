package seeker_test

import (
	"bytes"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net"
	"net/http"
	"net/http/httptest"
	"net/url"
	"os"
	"strings"
	"syscall"
	"testing"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/render"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// stream is a form with what was typed and then large files, of which nothing is kept in memory.
func stream(t *testing.T, path string, typed url.Values, behind url.Values, files map[string]int64, order ...string) *http.Request {
	t.Helper()
	r, w := io.Pipe()
	form := multipart.NewWriter(w)
	go func() {
		write := func(values url.Values) (err error) {
			for name, list := range values {
				err = errors.Join(err, form.WriteField(name, list[0]))
			}
			return err
		}
		err := write(typed)
		for _, name := range order {
			part, failed := form.CreateFormFile("files", name)
			if failed == nil {
				_, failed = io.Copy(part, io.LimitReader(zeros{}, files[name]))
			}
			err = errors.Join(err, failed)
		}
		_ = w.CloseWithError(errors.Join(err, write(behind), form.Close()))
	}()
	request := httptest.NewRequest(http.MethodPost, path, r)
	request.Header.Set("Content-Type", form.FormDataContentType())
	request.Header.Set("Sec-Fetch-Site", "same-origin")
	return request
}

type zeros struct{}

func (zeros) Read(p []byte) (int, error) {
	clear(p)
	return len(p), nil
}

// A form that is too large comes back with what was typed, before and behind its files, and with the file that was too
// much: one that is too large by itself, and those for which the form had no room.
func TestF132LargeFormComesBackFilled(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	typed := testportal.CertificateValues()
	typed.Set("issuer", "LSP Las Nusantara")
	behind := url.Values{"number": {"99/2025"}}
	typed.Del("number")
	const mb = 1 << 20
	video := map[string]int64{"video.mp4": 70 * mb}
	c.Do(stream(t, urls.NewCertificate(), typed, behind, video, "video.mp4")).Is(http.StatusUnprocessableEntity).
		Holds("issuer", "LSP Las Nusantara").Holds("number", "99/2025").Has("#f-files-error", "video.mp4 terlalu besar")
	many := map[string]int64{}
	var order []string
	for n := range 10 {
		order = append(order, fmt.Sprintf("foto%d.jpg", n))
		many[order[n]] = 8 * mb
	}
	c.Do(stream(t, urls.NewCertificate(), typed, behind, many, order...)).Is(http.StatusUnprocessableEntity).
		Holds("issuer", "LSP Las Nusantara").Holds("number", "99/2025").
		Has("#f-files-error", "Satu kali kirim muat 64 MB. Belum terambil: foto8.jpg, foto9.jpg.")
}

// What was sent with a file after the session had ended is kept, and the file is named as to be chosen again.
func TestF131FilesOfAnInterruptedFormAreNamed(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	photo := testportal.Sent("ijazah depan.jpg", "image/jpeg", testportal.Photo(t, 30, 30, 90))
	if err := p.DB.Exec("UPDATE sessions SET ended_at = now()").Error; err != nil {
		t.Fatal(err)
	}
	c.PostFiles(urls.NewCertificate(), testportal.CertificateValues(), photo, testportal.Sent("b.pdf", "application/pdf", nil)).
		LeadsTo(urls.SignIn())
	c.SignInAs(*u.Email, testportal.GoodPassword)
	page := c.Get(urls.Resume()).Is(http.StatusOK).Has("main", "pilih lagi ijazah depan.jpg, b.pdf")
	if strings.Contains(page.Body, "tidak ada yang hilang") {
		t.Error("a file was lost, and the page says that nothing was")
	}
}

// fullDisk is a portal whose renderer finds no room for what it needs.
func fullDisk(d *web.Deps) {
	d.Renderer = render.New(render.Options{
		Command: []string{"/bin/sh", "-c", "echo 'write cache: no space left on device' >&2; exit 1"}, CPU: time.Minute,
		Longest: time.Minute, MaxParallel: 1, CacheDir: os.TempDir(), Limits: render.DefaultLimits()})
}

// A full disk has its own sentence, wherever it is: where the renderer keeps what it compiled, and where a form's
// files lie while they are read. What was typed comes back.
func TestF126FullDiskHasItsOwnSentence(t *testing.T) {
	p := testportal.Start(t, testportal.WithFiles(t), fullDisk)
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	pdf := testportal.Sent("a.pdf", "application/pdf", []byte("%PDF-1.7\n"))
	c.PostFiles(urls.Uploads(), url.Values{}, pdf).Is(http.StatusServiceUnavailable).
		Has("#f-files-error", "Tempat berkas di portal penuh").Has("#f-files-error", "Belum terambil: a.pdf")
	path := begin(c, "a.pdf", "other", 9)
	piece(c, path, 0, strings.NewReader("%PDF-1.7\n")).Is(http.StatusNoContent)
	if got := look(c, path).Is(http.StatusServiceUnavailable); !strings.Contains(got.Body, "portal penuh") {
		t.Errorf("the answer is %q", got.Body)
	}
	// The temporary folder is full: reading the form fails in the middle of its file.
	form := testportal.Multipart(t, urls.Uploads(), url.Values{"catatan": {"dari kantor"}}, "files", pdf)
	whole, err := io.ReadAll(form.Body)
	if err != nil {
		t.Fatal(err)
	}
	form.Body = io.NopCloser(io.MultiReader(bytes.NewReader(whole[:len(whole)-70]), noRoom{}))
	full := c.Do(form).Is(http.StatusServiceUnavailable).Has("h1", "Tempat di portal penuh").
		Has("main", "Berkas yang Anda pilih tidak ikut tersimpan")
	if kept, _ := full.Find("main input[name=catatan]").Attr("value"); kept != "dari kantor" {
		t.Errorf("what was typed is %q", kept)
	}
}

type noRoom struct{}

func (noRoom) Read([]byte) (int, error) {
	return 0, &os.PathError{Op: "write", Path: "/tmp/multipart-1", Err: syscall.ENOSPC}
}

// slowly sends the head of a form and then its body in parts, one at each tick, until the server has had enough.
func slowly(t *testing.T, server *httptest.Server, cookie *http.Cookie, parts int, part string, every time.Duration) string {
	t.Helper()
	conn := begun(t, server, cookie, parts*len(part))
	defer conn.Close()
	answer := make(chan string, 1)
	go func() {
		text, _ := io.ReadAll(conn)
		answer <- string(text)
	}()
	tick := time.NewTicker(every)
	defer tick.Stop()
	for range parts {
		select {
		case text := <-answer:
			return text
		case <-tick.C:
		}
		if _, err := io.WriteString(conn, part); err != nil {
			break
		}
	}
	return <-answer
}

// A slow line may take as long as it takes. What stands still, or sends a byte now and then, is cut soon and in words.
func TestF125SlowIsNotSilent(t *testing.T) {
	limits := web.Pace{Silence: 400 * time.Millisecond, Grace: 800 * time.Millisecond, Slowest: 500, Open: 2}
	p := testportal.Start(t, testportal.WithFiles(t), func(d *web.Deps) { d.Pace = &limits })
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	server := httptest.NewServer(p.Handler)
	defer server.Close()
	cookie := c.Cookies[web.CookieName]
	begun := time.Now()
	if got := slowly(t, server, cookie, 30, strings.Repeat("x", 100), 50*time.Millisecond); !strings.HasPrefix(got, "HTTP/1.1 4") ||
		strings.HasPrefix(got, "HTTP/1.1 408") || time.Since(begun) < limits.Grace {
		t.Errorf("a slow line gets %.300s after %s", got, time.Since(begun))
	}
	for what, every := range map[string]time.Duration{"a byte now and then": 100 * time.Millisecond, "silence": time.Hour} {
		begun := time.Now()
		got := slowly(t, server, cookie, 100, "x", every)
		if !strings.HasPrefix(got, "HTTP/1.1 408") || !strings.Contains(got, "Kiriman terputus") {
			t.Errorf("%s gets %s after %s", what, got[max(0, len(got)-900):], time.Since(begun))
		}
	}
}

// begun is a connection over which a form has begun whose body lacks so many bytes.
func begun(t *testing.T, server *httptest.Server, cookie *http.Cookie, lacks int) net.Conn {
	t.Helper()
	conn, err := net.Dial("tcp", server.Listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	_, err = fmt.Fprintf(conn, "POST %s HTTP/1.1\r\nHost: example.com\r\nSec-Fetch-Site: same-origin\r\nCookie: %s\r\n"+
		"Content-Type: application/x-www-form-urlencoded\r\nContent-Length: %d\r\nConnection: close\r\n\r\na=",
		urls.Uploads(), cookie.String(), len("a=")+lacks)
	if err != nil {
		t.Fatal(err)
	}
	return conn
}

// Of many bodies that an address begins at once exactly so many are taken as it may have open; the others are refused
// while those are on their way, which then arrive, and make room.
func TestF125AnAddressHasOnlySoManyBodiesOpen(t *testing.T) {
	limits := web.Pace{Silence: time.Minute, Grace: time.Minute, Slowest: 1, Open: 3}
	p := testportal.Start(t, testportal.WithFiles(t), func(d *web.Deps) { d.Pace = &limits })
	c := p.As(p.AddUser(models.Seeker, "Suparmi"))
	server := httptest.NewServer(p.Handler)
	defer server.Close()
	const many = 9
	type end struct {
		n    int
		text string
	}
	conns, ends := make([]net.Conn, many), make(chan end, many)
	for n := range conns {
		conns[n] = begun(t, server, c.Cookies[web.CookieName], 1)
		defer conns[n].Close()
		go func() {
			text, _ := io.ReadAll(conns[n])
			ends <- end{n, string(text)}
		}()
	}
	open := map[int]bool{}
	for n := range conns {
		open[n] = true
	}
	next := func() end {
		t.Helper()
		select {
		case e := <-ends:
			return e
		case <-time.After(20 * time.Second):
			t.Fatalf("%d bodies are open, want %d", len(open), limits.Open)
		}
		return end{}
	}
	for len(open) > limits.Open {
		e := next()
		if delete(open, e.n); !strings.HasPrefix(e.text, "HTTP/1.1 429") {
			t.Errorf("a body beside %d others gets %.100s", len(open), e.text)
		}
	}
	for n := range open {
		if _, err := io.WriteString(conns[n], "x"); err != nil {
			t.Fatal(err)
		}
	}
	for range limits.Open {
		if e := next(); !open[e.n] || strings.HasPrefix(e.text, "HTTP/1.1 429") {
			t.Errorf("a body that was open gets %.100s", e.text)
		}
	}
	if got := slowly(t, server, c.Cookies[web.CookieName], 1, "x", time.Millisecond); strings.HasPrefix(got, "HTTP/1.1 429") {
		t.Error("what has arrived still counts as open")
	}
}
