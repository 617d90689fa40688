package handlers

import (
	"bytes"
	"encoding/base64"
	"errors"
	"io"
	"net/http"
	"net/http/httptest"
	"strconv"
	"strings"
	"testing"

	tus "github.com/tus/tusd/v2/pkg/handler"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// tus sends one request of the protocol as the browser's library does.
func (c *client) tus(method, path string, body io.Reader, header ...string) page {
	c.t.Helper()
	r := httptest.NewRequest(method, path, body)
	r.Header.Set("Tus-Resumable", "1.0.0")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return c.do(r)
}

// begin announces a file and gives the path of its pieces.
func (c *client) begin(name, purpose string, size int) string {
	c.t.Helper()
	encoded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	made := c.tus(http.MethodPost, urls.Partials(), nil, "Upload-Length", strconv.Itoa(size), "Upload-Metadata", "filename "+encoded(name)+",purpose "+encoded(purpose)).is(http.StatusCreated)
	_, path, _ := strings.Cut(made.header.Get("Location"), "example.com")
	return path
}

func (c *client) piece(path string, offset int, content io.Reader) page {
	c.t.Helper()
	return c.tus(http.MethodPatch, path, content, "Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(offset))
}

// A file arrives in pieces: a broken one keeps what came, a repeated one does no harm, and the whole
// has the same bytes as what was sent.
func TestFileArrivesInPieces(t *testing.T) {
	p, deps, u, c := filesPortal(t)
	file := photo(t, 900, 700, 90)
	path := c.begin("ijazah.jpg", "other", len(file))
	third := len(file) / 3
	c.piece(path, 0, bytes.NewReader(file[:third])).is(http.StatusNoContent)

	// The connection breaks in the middle of a piece.
	broken := io.MultiReader(bytes.NewReader(file[third:third+1000]), &failing{})
	if got := c.piece(path, third, broken); got.status < 400 {
		t.Errorf("a broken piece: status %d", got.status)
	}
	head := c.tus(http.MethodHead, path, nil).is(http.StatusOK)
	offset, err := strconv.Atoi(head.header.Get("Upload-Offset"))
	if err != nil || offset != third+1000 {
		t.Fatalf("the portal has %q bytes, want what came before the break", head.header.Get("Upload-Offset"))
	}
	c.piece(path, third, bytes.NewReader(file[third:])).is(http.StatusConflict)

	done := c.piece(path, offset, bytes.NewReader(file[offset:])).is(http.StatusNoContent)
	ref := done.header.Get(arrivedHeader)
	p.renderAll(deps)
	if original := c.get(urls.UploadOriginal(ref)).is(http.StatusOK); original.body != string(file) {
		t.Errorf("%d bytes came back, want the %d that were sent", len(original.body), len(file))
	}
	// The answer got lost: asking again tells the same.
	if again := c.tus(http.MethodHead, path, nil).is(http.StatusOK); again.header.Get(arrivedHeader) != ref {
		t.Errorf("asked again, the file is %q, want %q", again.header.Get(arrivedHeader), ref)
	}
	list, err := p.store.Uploads(t.Context(), u)
	if err != nil || len(list) != 1 || list[0].Name != "ijazah.jpg" {
		t.Errorf("library %+v, %v", list, err)
	}
	if n := p.one("SELECT count(*)::text FROM partial_upload_parts"); n != "0" {
		t.Errorf("%s pieces are left", n)
	}
}

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestPiecesAreRefusedInWords(t *testing.T) {
	p, _, _, c := filesPortal(t)
	page := []byte("<!DOCTYPE html><html><script>alert(1)</script></html>")
	path := c.begin("foto.jpg", "other", len(page))
	if got := c.piece(path, 0, bytes.NewReader(page)).is(http.StatusUnprocessableEntity); !strings.Contains(got.body, "foto.jpg adalah halaman web") {
		t.Errorf("the answer is %q", got.body)
	}
	c.tus(http.MethodHead, path, nil).is(http.StatusNotFound)
	if got := c.tus(http.MethodPost, urls.Partials(), nil, "Upload-Length", "0", "Upload-Metadata", "filename YS5wZGY=,purpose b3RoZXI=").is(http.StatusUnprocessableEntity); !strings.Contains(got.body, "a.pdf kosong") {
		t.Errorf("an empty file: %q", got.body)
	}
	for name, header := range map[string][]string{
		"unknown purpose": {"Upload-Length", "10", "Upload-Metadata", "filename YQ==,purpose YWRtaW4="},
		"no name":         {"Upload-Length", "10", "Upload-Metadata", "purpose b3RoZXI="},
		"too large":       {"Upload-Length", "20971521", "Upload-Metadata", "filename YQ==,purpose b3RoZXI="},
		"nothing":         {"Upload-Length", "0", "Upload-Metadata", "filename YQ==,purpose b3RoZXI="},
		"no length":       {"Upload-Metadata", "filename YQ==,purpose b3RoZXI="},
	} {
		if got := c.tus(http.MethodPost, urls.Partials(), nil, header...); got.status < 400 || got.status >= 500 {
			t.Errorf("%s: status %d", name, got.status)
		}
	}
	if n := p.one("SELECT count(*)::text FROM partial_uploads"); n != "0" {
		t.Errorf("%s files were begun", n)
	}
	for range 20 {
		c.begin("a.jpg", "other", 10)
	}
	c.tus(http.MethodPost, urls.Partials(), nil, "Upload-Length", "10", "Upload-Metadata", "filename YQ==,purpose b3RoZXI=").is(http.StatusUnprocessableEntity)
}

// The last piece came, but nobody was left to hear what became of the file: asked for it, the portal makes it whole
// then, and one that is refused can be sent again.
func TestWholeFileIsNotLostWithItsSender(t *testing.T) {
	p, deps, u, c := filesPortal(t)
	for name, content := range map[string][]byte{"ijazah.jpg": photo(t, 300, 200, 90), "halaman.jpg": []byte("<!DOCTYPE html><html></html>")} {
		path := c.begin(name, "certificate", len(content))
		c.piece(path, 0, bytes.NewReader(content[:len(content)-1])).is(http.StatusNoContent)
		partial, err := p.store.Partial(t.Context(), u, path[strings.LastIndex(path, "/")+1:])
		if err != nil {
			t.Fatal(err)
		}
		p.lastPiece(deps, u, partial, content[len(content)-1:])
		head := c.tus(http.MethodHead, path, nil)
		if arrived := head.header.Get(arrivedHeader); name == "ijazah.jpg" && (head.status != http.StatusOK || arrived == "") || name == "halaman.jpg" && head.status != http.StatusNotFound {
			t.Errorf("%s: status %d, file %q", name, head.status, arrived)
		}
	}
	if n := p.one("SELECT string_agg(name, ',') FROM uploads"); n != "ijazah.jpg" {
		t.Errorf("kept are %q", n)
	}
}

// What did not arrive whole is named on the pages that ask for such a file, with how much of it is there.
func TestUnfinishedFilesAreNamed(t *testing.T) {
	_, _, _, c := filesPortal(t)
	c.piece(c.begin("IMG_1.jpg", "certificate", 10), 0, strings.NewReader("abcd")).is(http.StatusNoContent)
	c.piece(c.begin("ktp.jpg", "ktp", 10), 0, strings.NewReader("abcd")).is(http.StatusNoContent)
	c.begin("kosong.jpg", "certificate", 10)
	for path, want := range map[string]string{urls.NewCertificateForm("BNSP", "00000000-0000-4000-8000-00000000000a"): "IMG_1.jpg", urls.ProfileSection("foto-ktp"): "ktp.jpg"} {
		rows := c.get(path).is(http.StatusOK).Find("[data-partial]")
		if rows.Length() != 1 || !strings.Contains(rows.Text(), want+" baru terkirim 40%") {
			t.Errorf("%s names %q", path, rows.Text())
		}
	}
	if n := c.get(urls.Uploads()).Find("[data-partial]").Length(); n != 0 {
		t.Errorf("the library names %d files for other places", n)
	}
}

// Somebody who reads English is told in English what is wrong with a file that came in pieces.
func TestPiecesAreRefusedInTheLanguageOfThePage(t *testing.T) {
	_, _, _, c := filesPortal(t)
	form := c.get(urls.InEnglish(urls.Uploads())).is(http.StatusOK)
	address, _ := form.Find("[data-upload]").Attr("data-upload")
	locked := lockedCertificate(t)
	made := c.tus(http.MethodPost, address, nil, "Upload-Length", strconv.Itoa(len(locked)), "Upload-Metadata", "filename YS5wZGY=,purpose b3RoZXI=").is(http.StatusCreated)
	_, path, _ := strings.Cut(made.header.Get("Location"), "example.com")
	if got := c.piece(path, 0, bytes.NewReader(locked)).is(http.StatusUnprocessableEntity); !strings.Contains(got.body, "a.pdf is a PDF locked with a password") {
		t.Errorf("the answer is %q", got.body)
	}
}

func TestAnothersPiecesAreNotFound(t *testing.T) {
	p, _, _, c := filesPortal(t)
	path := c.begin("ijazah.jpg", "other", 100)
	for who, other := range map[string]*client{"another seeker": p.as(p.addUser(models.Seeker, "Orang Lain"))} {
		for _, method := range []string{http.MethodHead, http.MethodDelete} {
			if got := other.tus(method, path, nil); got.status != http.StatusNotFound {
				t.Errorf("%s: %s: status %d, want 404", who, method, got.status)
			}
		}
		if got := other.piece(path, 0, strings.NewReader("a")); got.status != http.StatusNotFound {
			t.Errorf("%s: a piece: status %d, want 404", who, got.status)
		}
	}
	c.piece(path, 0, strings.NewReader("a")).is(http.StatusNoContent)
	c.tus(http.MethodDelete, path, nil).is(http.StatusNoContent)
	c.tus(http.MethodHead, path, nil).is(http.StatusNotFound)
}

// What a browser says of a file is only ever text: whatever stands there, a file is begun or refused.
func FuzzPartialMetadata(f *testing.F) {
	f.Add("filename aWphemFoLmpwZw==,purpose b3RoZXI=")
	f.Add("filename ,purpose")
	f.Add(",,,")
	f.Fuzz(func(t *testing.T, header string) {
		meta := tus.ParseMetadataHeader(header)
		for name := range meta {
			if strings.ContainsAny(name, " ,") {
				t.Errorf("%q gives a name %q", header, name)
			}
		}
	})
}
