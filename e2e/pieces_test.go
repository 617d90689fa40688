package e2e

import (
	"bytes"
	"encoding/base64"
	"errors"
	"fmt"
	"io"
	"mime/multipart"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
)

// sender is a program that sends a file in pieces, as the page's script does.
type sender struct {
	*portal
	http *http.Client
}

func (s *sender) ask(method, path string, body io.Reader, status int, header ...string) *http.Response {
	s.t.Helper()
	r, err := http.NewRequest(method, s.base+path, body)
	if err != nil {
		s.t.Fatal(err)
	}
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	r.Header.Set("Tus-Resumable", "1.0.0")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	answer, err := s.http.Do(r)
	if err != nil {
		s.t.Fatal(err)
	}
	s.t.Cleanup(func() { answer.Body.Close() })
	if answer.StatusCode != status {
		b, _ := io.ReadAll(answer.Body)
		s.t.Fatalf("%s %s: status %d, want %d: %s", method, path, answer.StatusCode, status, b)
	}
	return answer
}

// The program is killed in the middle of a file. Started again, it goes on from what it had, and the
// bytes that come back are those that were sent.
func TestFileSurvivesAKilledPortal(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := newSender(t, p)
	file, err := os.ReadFile(photo(t, "ijazah.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	encoded := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	made := s.ask(http.MethodPost, urls.Partials(), nil, http.StatusCreated, "Upload-Length", strconv.Itoa(len(file)),
		"Upload-Metadata", fmt.Sprintf("filename %s,purpose %s", encoded("ijazah.jpg"), encoded("other")))
	place, err := url.Parse(made.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	piece := func(from, to, status int) *http.Response {
		return s.ask(http.MethodPatch, place.Path, bytes.NewReader(file[from:to]), status,
			"Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(from))
	}
	half := len(file) / 2
	piece(0, half, http.StatusNoContent)
	p.killed()
	if got := s.ask(http.MethodHead, place.Path, nil, http.StatusOK).Header.Get("Upload-Offset"); got != strconv.Itoa(half) {
		t.Fatalf("after the kill the portal has %s bytes, want %d", got, half)
	}
	piece(half, len(file), http.StatusNoContent)
	ref := s.ask(http.MethodPost, place.Path+"/periksa", nil, http.StatusNoContent).Header.Get("Naik-Kelas-Berkas")
	back, err := io.ReadAll(s.ask(http.MethodGet, urls.UploadOriginal(ref), nil, http.StatusOK).Body)
	if err != nil || !bytes.Equal(back, file) {
		t.Errorf("%d bytes came back, want the %d that were sent: %v", len(back), len(file), err)
	}
	p.until(t, "its images are made", "SELECT (state = 'ready')::text FROM uploads WHERE ref = $1", ref)
}

// The portal is killed at ever later moments of taking a file. Whatever the moment was, each file of
// the library is whole: its bytes are those that were sent, and its images get made.
func TestKilledPortalLeavesWholeFilesOnly(t *testing.T) {
	t.Parallel()
	p := start(t)
	s := newSender(t, p)
	sent := map[string][]byte{}
	for i := range 8 {
		name := fmt.Sprintf("foto%d.jpg", i)
		content, err := os.ReadFile(photo(t, strings.Repeat("x", i)+name))
		if err != nil {
			t.Fatal(err)
		}
		sent[name] = content
		ended := make(chan struct{})
		go func() { s.post(name, content); close(ended) }()
		select {
		case <-time.After(time.Duration(i*12) * time.Millisecond):
		case <-ended:
		}
		p.killed()
		<-ended
	}
	// F139: the jobs of each dead process are taken up within a minute.
	p.untilLater(t, 2*time.Minute, "everything that was kept is finished",
		"SELECT (count(*) FILTER (WHERE state = 'waiting') = 0)::text FROM uploads")
	kept := p.rows(`SELECT u.ref || ' ' || u.name || ' ' || u.state || ' ' ||
			(SELECT count(*) FROM upload_pages g WHERE g.upload_id = u.id)
		FROM uploads u
		JOIN users o ON o.id = u.owner_id
		WHERE o.email = 'maria@contoh.example'
		ORDER BY u.id`)
	for _, row := range kept {
		f := strings.Fields(row)
		if f[2] != "ready" || f[3] != "1" {
			t.Errorf("%s is %s with %s pages", f[1], f[2], f[3])
		}
		back, err := io.ReadAll(s.ask(http.MethodGet, urls.UploadOriginal(f[0]), nil, http.StatusOK).Body)
		if err != nil || !bytes.Equal(back, sent[f[1]]) {
			t.Errorf("%s: %d bytes came back, want the %d that were sent: %v", f[1], len(back), len(sent[f[1]]), err)
		}
		s.ask(http.MethodGet, urls.UploadImage(f[0], "1"), nil, http.StatusOK)
	}
	t.Logf("%d of %d files were kept", len(kept), len(sent))
	// What was not kept can simply be sent again.
	for name, content := range sent {
		s.post(name, content)
	}
	n := p.ref(`SELECT count(*)::text
		FROM uploads u
		JOIN users o ON o.id = u.owner_id
		WHERE o.email = 'maria@contoh.example'`)
	if n != strconv.Itoa(len(sent)) {
		t.Errorf("%s files in the end, want %d", n, len(sent))
	}
}

// newSender is a program in which a demo seeker is signed in.
func newSender(t *testing.T, p *portal) *sender {
	t.Helper()
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &sender{p, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	form := url.Values{"login": {"maria@contoh.example"}, "password": {demoPassword}}
	s.ask(http.MethodPost, urls.SignIn(), strings.NewReader(form.Encode()), http.StatusSeeOther,
		"Content-Type", "application/x-www-form-urlencoded")
	return s
}

// post sends a file as the plain form does; the portal may die meanwhile.
func (s *sender) post(name string, content []byte) {
	var body bytes.Buffer
	form := multipart.NewWriter(&body)
	part, err := form.CreateFormFile("files", name)
	if err == nil {
		_, err = part.Write(content)
	}
	if err = errors.Join(err, form.Close()); err != nil {
		s.t.Error(err)
		return
	}
	r, err := http.NewRequest(http.MethodPost, s.base+urls.Uploads(), &body)
	if err != nil {
		s.t.Error(err)
		return
	}
	r.Header.Set("Content-Type", form.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	if answer, err := s.http.Do(r); err == nil {
		_ = answer.Body.Close()
	}
}
