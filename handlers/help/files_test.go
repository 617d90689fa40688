package help_test

import (
	"bytes"
	"encoding/base64"
	"io"
	"net/http"
	"net/http/httptest"
	"net/url"
	"strconv"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/static"
)

// voice is a recording as a browser makes it, different for each word.
func voice(word string) []byte {
	return append([]byte("OggS\x00\x02"+strings.Repeat("\x00", 20)+"\x01\x13OpusHead\x01\x01\x00\x00\x80\xbb\x00\x00\x00\x00\x00"), word...)
}

// newFileDoor is a door of a portal that takes files.
func newFileDoor(t *testing.T) door {
	t.Helper()
	p := testportal.Start(t, testportal.WithFiles(t))
	p.AddReference()
	abroad(p)
	return door{p, p.Client()}
}

func (d door) ask(method, path string, body io.Reader, header ...string) testportal.Page {
	d.T.Helper()
	r := httptest.NewRequest(method, path, body)
	r.Header.Set("Tus-Resumable", "1.0.0")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return d.who.Do(r)
}

// begins announces a file and gives the address of its pieces.
func (d door) begins(name string, size int) string {
	d.T.Helper()
	made := d.ask(http.MethodPost, urls.HelpParts(), nil, "Upload-Length", strconv.Itoa(size),
		"Upload-Metadata", "filename "+base64.StdEncoding.EncodeToString([]byte(name))).Is(http.StatusCreated)
	_, path, _ := strings.Cut(made.Header.Get("Location"), "example.com")
	return path
}

func (d door) piece(path string, offset int, content []byte) testportal.Page {
	d.T.Helper()
	return d.ask(http.MethodPatch, path, bytes.NewReader(content), "Content-Type", "application/offset+octet-stream",
		"Upload-Offset", strconv.Itoa(offset))
}

// A recording arrives in pieces, goes on after a broken line, is played by who gave it, and by nobody else.
func TestRecordingArrivesInPieces(t *testing.T) {
	d := newFileDoor(t)
	d.sends("luar-negeri", said())
	file := voice(strings.Repeat("dapur ", 200))
	path := d.begins("Rekaman suara.ogg", len(file))
	d.piece(path, 0, file[:500]).Is(http.StatusNoContent)
	d.piece(path, 0, file[:500]).Is(http.StatusConflict) // the answer got lost
	offset := d.ask(http.MethodHead, path, nil).Is(http.StatusOK).Header.Get("Upload-Offset")
	if offset != "500" {
		t.Fatalf("%s bytes are there", offset)
	}
	stranger := door{d.Portal, d.Client()}
	stranger.sends("dekat", said())
	stranger.piece(path, 500, file[500:]).LeadsTo(urls.HelpEnter())
	d.piece(path, 500, file[500:]).Is(http.StatusNoContent)
	for range 2 {
		d.ask(http.MethodPost, path+"/periksa", nil).Is(http.StatusNoContent)
	}
	d.who.Get(urls.HelpFiles()).Is(http.StatusOK).Has("article", "Sedang kami periksa").Lacks("article audio")
	d.CheckAttachments()
	page := d.who.Get(urls.HelpFiles()).Is(http.StatusOK).Has("article", "Rekaman suara.ogg")
	sound := page.Find("article audio").AttrOr("src", "")
	heard := d.who.Get(sound).Is(http.StatusOK)
	if kind := heard.Header.Get("Content-Type"); heard.Body != string(file) || kind != "audio/ogg" ||
		heard.Header.Get("Cache-Control") != "private, no-store" {
		t.Errorf("%d bytes, %v", len(heard.Body), heard.Header)
	}
	part := d.ask(http.MethodGet, sound, nil, "Range", "bytes=2-5").Is(http.StatusPartialContent)
	if part.Body != string(file[2:6]) {
		t.Errorf("a part of it is %q", part.Body)
	}
	stranger.who.Get(sound).LeadsTo(urls.HelpEnter())
	d.Client().Get(sound).LeadsTo(urls.HelpEnter())
	stranger.who.Get(urls.HelpFiles()).Is(http.StatusOK).Lacks("article")
	gone := page.Find("article form").AttrOr("action", "")
	stranger.who.Post(gone, nil).LeadsTo(urls.HelpFiles())
	d.who.Get(urls.HelpCopy()).Has("#berkas + ul", "Rekaman suara.ogg")
	d.who.Get(sound).Is(http.StatusOK)
	d.who.Post(gone, nil).LeadsTo(urls.HelpFiles())
	d.who.Get(sound).LeadsTo(urls.HelpEnter())
	d.who.Get(urls.HelpFiles()).Is(http.StatusOK).Lacks("article")
}

// A file that reached us and that nobody asked for is looked into all the same; one that is none is refused in words.
func TestPiecesAreLookedIntoByThemselves(t *testing.T) {
	d := newFileDoor(t)
	d.sends("luar-negeri", said())
	file := voice("malam")
	d.piece(d.begins("a.ogg", len(file)), 0, file).Is(http.StatusNoContent)
	d.JoinAttachments()
	d.CheckAttachments()
	d.who.Get(urls.HelpFiles()).Shows("article audio")
	for name, tt := range map[string]struct{ content, want string }{
		"surat.html": {"<!DOCTYPE html><script>alert(1)</script>", "surat.html adalah halaman web"},
		"lagu.mp3":   {"bukan lagu", "lagu.mp3 adalah berkas tulisan"},
		"film.bin":   {"\x00\x01\x02\x03", "film.bin bukan rekaman suara"},
	} {
		path := d.begins(name, len(tt.content))
		d.piece(path, 0, []byte(tt.content)).Is(http.StatusNoContent)
		if got := d.ask(http.MethodPost, path+"/periksa", nil).Is(http.StatusUnprocessableEntity); !strings.Contains(got.Body, tt.want) {
			t.Errorf("%s: %q", name, got.Body)
		}
		d.ask(http.MethodHead, path, nil).LeadsTo(urls.HelpEnter())
	}
	d.Pass(31 * time.Minute)
	d.ask(http.MethodPost, urls.HelpParts(), nil, "Upload-Length", "5", "Upload-Metadata", "filename YQ==").Is(http.StatusNotFound)
}

// Without scripts one file goes with a form: what is wrong with it is said, and all else is as it was.
func TestFileGoesWithAForm(t *testing.T) {
	d := newFileDoor(t)
	d.sends("luar-negeri", said())
	sends := func(name string, content []byte) testportal.Page {
		return d.who.PostFiles(urls.HelpFiles(), nil, testportal.Sent(name, "application/octet-stream", content))
	}
	sends("suara", voice("malam")).LeadsTo(urls.HelpFiles())
	sends("pintu.jpg", testportal.Photo(t, 40, 30, 90)).LeadsTo(urls.HelpFiles())
	sends("besar.jpg", bytes.Repeat([]byte("x"), 1<<20+1)).Is(http.StatusUnprocessableEntity).Has("main", "lebih besar dari 1 MB")
	sends("raksasa.jpg", bytes.Repeat([]byte("x"), 3<<20)).Is(http.StatusUnprocessableEntity).Has("main", "lebih besar dari 1 MB")
	sends("film.jpg", []byte("\x1a\x45\xdf\xa3\x80\x18\x53\x80\x67\x8b\x16\x54\xae\x6b\x85\xae\x83\x83\x81\x01")).
		Is(http.StatusUnprocessableEntity).Has("main", "adalah video")
	d.who.PostFiles(urls.HelpFiles(), nil).Is(http.StatusUnprocessableEntity).Has("main", "Pilih berkasnya dahulu")
	d.CheckAttachments()
	page := d.who.Get(urls.HelpFiles()).Is(http.StatusOK).Shows("article audio")
	thumb := page.Find("article img").AttrOr("src", "")
	if got := d.who.Get(thumb).Is(http.StatusOK); got.Header.Get("Content-Type") != "image/jpeg" {
		t.Errorf("%v", got.Header)
	}
	d.who.Get(strings.TrimSuffix(thumb, "/kecil")).Is(http.StatusOK)
	d.Client().PostFiles(urls.HelpFiles(), nil, testportal.Sent("a", "audio/ogg", voice("x"))).LeadsTo(urls.HelpEnter())
}

// The first form takes a file along. One that cannot be taken never keeps the rest from being taken.
func TestFirstFormTakesAFileAlong(t *testing.T) {
	for name, tt := range map[string]struct {
		content []byte
		lost    bool
	}{
		"suara.ogg": {voice("tolong"), false}, "film.exe": {[]byte("MZ\x90\x00 program"), true}, "besar.ogg": {make([]byte, 2<<20), true},
	} {
		d := newFileDoor(t)
		form := d.who.Get(urls.HelpWrite("luar-negeri")).Is(http.StatusOK).Shows("form[enctype='multipart/form-data']")
		const field = `type="file"`
		if strings.Count(form.Body, field) != 1 || !strings.Contains(form.Find("form noscript").Text(), field) {
			t.Error("a file holds up the form of who has scripts, or cannot be given without them")
		}
		to := d.who.PostFiles(urls.HelpWrite("luar-negeri"), said(), testportal.Sent(name, "audio/ogg", tt.content)).
			Is(http.StatusSeeOther).Header.Get("Location")
		page := d.who.Get(to).Is(http.StatusOK).Shows(".code")
		came := strings.Contains(page.Find("main .note[role=status]").Text(), "1 berkas ikut terkirim")
		if lost := page.Find("main .note[role=status]:contains('Berkasnya belum')").Length() == 1; lost != tt.lost || came == tt.lost {
			t.Errorf("%s: the receipt says that the file is lost (%v) or came along (%v)", name, lost, came)
		}
		want := map[bool]string{true: "0", false: "1"}[tt.lost]
		if n := d.One("SELECT count(*)::text FROM case_attachments"); n != want {
			t.Errorf("%s: %s files", name, n)
		}
	}
	d := newFileDoor(t)
	d.who.PostFiles(urls.HelpWrite("luar-negeri"), url.Values{"danger": {"no"}}, testportal.Sent("a.ogg", "audio/ogg", voice("x"))).
		Is(http.StatusUnprocessableEntity).Has("main", "Pilih berkasnya sekali lagi")
	if n := d.One("SELECT count(*)::text FROM cases"); n != "0" {
		t.Errorf("%s cases of a form that is not whole", n)
	}
}

// The page of files is as light as the others, also with a list, and is kept by nobody.
func TestPageOfFilesIsLight(t *testing.T) {
	d := newFileDoor(t)
	d.sends("luar-negeri", said())
	for i := range 5 {
		d.who.PostFiles(urls.HelpFiles(), nil, testportal.Sent("suara", "audio/ogg", voice(strconv.Itoa(i)))).LeadsTo(urls.HelpFiles())
	}
	d.CheckAttachments()
	page := d.who.Get(urls.HelpFiles()).Is(http.StatusOK)
	if got := page.Header.Get("Cache-Control"); got != "no-store" {
		t.Errorf("Cache-Control %q", got)
	}
	if title := page.Find("title").Text(); !strings.HasPrefix(title, "Informasi: ") {
		t.Errorf("titled %q", title)
	}
	text := d.weight(urls.HelpFiles()) + d.weight(static.Path("help.css"))
	all := text + d.weight(static.Path("help.js")) + d.weight(static.Path("bring.js")) + d.weight(static.Path("favicon.svg"))
	if text > mostText || all > mostAll {
		t.Errorf("%d bytes of HTML and style, %d of everything", text, all)
	}
}

// weight is how many bytes an address costs who is at the door, over the wire.
func (d door) weight(path string) int {
	d.T.Helper()
	r := httptest.NewRequest(http.MethodGet, path, nil)
	r.Header.Set("Accept-Encoding", "gzip")
	for _, cookie := range d.who.Cookies {
		r.AddCookie(cookie)
	}
	w := httptest.NewRecorder()
	d.Handler.ServeHTTP(w, r)
	if w.Code != http.StatusOK || w.Header().Get("Content-Encoding") != "gzip" {
		d.T.Fatalf("%s: status %d in %q", path, w.Code, w.Header().Get("Content-Encoding"))
	}
	return w.Body.Len()
}
