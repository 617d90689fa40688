package e2e

import (
	"bytes"
	"encoding/base64"
	"fmt"
	"io"
	"net/http"
	"net/http/cookiejar"
	"net/url"
	"os"
	"strconv"
	"strings"
	"testing"

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
	p := start(t)
	jar, err := cookiejar.New(nil)
	if err != nil {
		t.Fatal(err)
	}
	s := &sender{p, &http.Client{Jar: jar, CheckRedirect: func(*http.Request, []*http.Request) error { return http.ErrUseLastResponse }}}
	form := url.Values{"login": {"maria@contoh.example"}, "password": {demoPassword}}
	s.ask(http.MethodPost, urls.SignIn(), strings.NewReader(form.Encode()), http.StatusSeeOther, "Content-Type", "application/x-www-form-urlencoded")

	file, err := os.ReadFile(photo(t, "ijazah.jpg"))
	if err != nil {
		t.Fatal(err)
	}
	encoded := func(text string) string { return base64.StdEncoding.EncodeToString([]byte(text)) }
	made := s.ask(http.MethodPost, urls.Partials(), nil, http.StatusCreated, "Upload-Length", strconv.Itoa(len(file)), "Upload-Metadata", fmt.Sprintf("filename %s,purpose %s", encoded("ijazah.jpg"), encoded("other")))
	place, err := url.Parse(made.Header.Get("Location"))
	if err != nil {
		t.Fatal(err)
	}
	piece := func(from, to, status int) *http.Response {
		return s.ask(http.MethodPatch, place.Path, bytes.NewReader(file[from:to]), status, "Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(from))
	}
	half := len(file) / 2
	piece(0, half, http.StatusNoContent)
	p.killed()
	if got := s.ask(http.MethodHead, place.Path, nil, http.StatusOK).Header.Get("Upload-Offset"); got != strconv.Itoa(half) {
		t.Fatalf("after the kill the portal has %s bytes, want %d", got, half)
	}
	ref := piece(half, len(file), http.StatusNoContent).Header.Get("Naik-Kelas-Berkas")
	back, err := io.ReadAll(s.ask(http.MethodGet, urls.UploadOriginal(ref), nil, http.StatusOK).Body)
	if err != nil || !bytes.Equal(back, file) {
		t.Errorf("%d bytes came back, want the %d that were sent: %v", len(back), len(file), err)
	}
	p.until(t, "its images are made", "SELECT (state = 'ready')::text FROM uploads WHERE ref = $1", ref)
}
