package seeker_test

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
	"time"

	tus "github.com/tus/tusd/v2/pkg/handler"
	"gorm.io/gorm"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// arrivedHeader names the file that became of the pieces, as the script on the page knows it.
const arrivedHeader = "Naik-Kelas-Berkas"

// askTus sends one request of the protocol as the browser's library does.
func askTus(c *testportal.Client, method, path string, body io.Reader, header ...string) testportal.Page {
	c.T.Helper()
	r := httptest.NewRequest(method, path, body)
	r.Header.Set("Tus-Resumable", "1.0.0")
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	for i := 0; i < len(header); i += 2 {
		r.Header.Set(header[i], header[i+1])
	}
	return c.Do(r)
}

// begin announces a file and gives the path of its pieces.
func begin(c *testportal.Client, name, purpose string, size int) string {
	c.T.Helper()
	encoded := func(s string) string { return base64.StdEncoding.EncodeToString([]byte(s)) }
	made := askTus(c, http.MethodPost, urls.Partials(), nil, "Upload-Length", strconv.Itoa(size),
		"Upload-Metadata", "filename "+encoded(name)+",purpose "+encoded(purpose)).Is(http.StatusCreated)
	_, path, _ := strings.Cut(made.Header.Get("Location"), "example.com")
	return path
}

func piece(c *testportal.Client, path string, offset int, content io.Reader) testportal.Page {
	c.T.Helper()
	return askTus(c, http.MethodPatch, path, content, "Content-Type", "application/offset+octet-stream", "Upload-Offset", strconv.Itoa(offset))
}

// look asks for a file that has reached the portal to be looked into.
func look(c *testportal.Client, path string) testportal.Page {
	c.T.Helper()
	return askTus(c, http.MethodPost, path+"/periksa", nil)
}

// A file arrives in pieces: a broken one keeps what came, a repeated one does no harm, and the whole
// has the same bytes as what was sent.
func TestFileArrivesInPieces(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	file := testportal.Photo(t, 900, 700, 90)
	path := begin(c, "ijazah.jpg", "other", len(file))
	third := len(file) / 3
	piece(c, path, 0, bytes.NewReader(file[:third])).Is(http.StatusNoContent)

	// The connection breaks in the middle of a piece.
	broken := io.MultiReader(bytes.NewReader(file[third:third+1000]), &failing{})
	if got := piece(c, path, third, broken); got.Status < 400 {
		t.Errorf("a broken piece: status %d", got.Status)
	}
	head := askTus(c, http.MethodHead, path, nil).Is(http.StatusOK)
	offset, err := strconv.Atoi(head.Header.Get("Upload-Offset"))
	if err != nil || offset != third+1000 {
		t.Fatalf("the portal has %q bytes, want what came before the break", head.Header.Get("Upload-Offset"))
	}
	piece(c, path, third, bytes.NewReader(file[third:])).Is(http.StatusConflict)

	look(c, path).Is(http.StatusConflict) // not all of it is there
	piece(c, path, offset, bytes.NewReader(file[offset:])).Is(http.StatusNoContent)
	ref := look(c, path).Is(http.StatusNoContent).Header.Get(arrivedHeader)
	p.RenderAll()
	if original := c.Get(urls.UploadOriginal(ref)).Is(http.StatusOK); original.Body != string(file) {
		t.Errorf("%d bytes came back, want the %d that were sent", len(original.Body), len(file))
	}
	// The answer got lost: asking again tells the same.
	if again := askTus(c, http.MethodHead, path, nil).Is(http.StatusOK); again.Header.Get(arrivedHeader) != ref {
		t.Errorf("asked again, the file is %q, want %q", again.Header.Get(arrivedHeader), ref)
	}
	list, err := p.Store.Uploads(t.Context(), u)
	if err != nil || len(list) != 1 || list[0].Name != "ijazah.jpg" {
		t.Errorf("library %+v, %v", list, err)
	}
	if n := p.One("SELECT count(*)::text FROM partial_upload_parts"); n != "0" {
		t.Errorf("%s pieces are left", n)
	}
}

type failing struct{}

func (*failing) Read([]byte) (int, error) { return 0, errors.New("connection reset") }

func TestPiecesAreRefusedInWords(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	page := []byte("<!DOCTYPE html><html><script>alert(1)</script></html>")
	path := begin(c, "foto.jpg", "other", len(page))
	piece(c, path, 0, bytes.NewReader(page)).Is(http.StatusNoContent)
	got := look(c, path).Is(http.StatusUnprocessableEntity)
	if !strings.Contains(got.Body, "foto.jpg adalah halaman web") {
		t.Errorf("the answer is %q", got.Body)
	}
	askTus(c, http.MethodHead, path, nil).Is(http.StatusNotFound)
	got = askTus(c, http.MethodPost, urls.Partials(), nil, "Upload-Length", "0",
		"Upload-Metadata", "filename YS5wZGY=,purpose b3RoZXI=").Is(http.StatusUnprocessableEntity)
	if !strings.Contains(got.Body, "a.pdf kosong") {
		t.Errorf("an empty file: %q", got.Body)
	}
	for name, header := range map[string][]string{
		"unknown purpose": {"Upload-Length", "10", "Upload-Metadata", "filename YQ==,purpose YWRtaW4="},
		"no name":         {"Upload-Length", "10", "Upload-Metadata", "purpose b3RoZXI="},
		"too large":       {"Upload-Length", "20971521", "Upload-Metadata", "filename YQ==,purpose b3RoZXI="},
		"nothing":         {"Upload-Length", "0", "Upload-Metadata", "filename YQ==,purpose b3RoZXI="},
		"no length":       {"Upload-Metadata", "filename YQ==,purpose b3RoZXI="},
	} {
		if got := askTus(c, http.MethodPost, urls.Partials(), nil, header...); got.Status < 400 || got.Status >= 500 {
			t.Errorf("%s: status %d", name, got.Status)
		}
	}
	if n := p.One("SELECT count(*)::text FROM partial_uploads"); n != "0" {
		t.Errorf("%s files were begun", n)
	}
	for range 20 {
		begin(c, "a.jpg", "other", 10)
	}
	askTus(c, http.MethodPost, urls.Partials(), nil, "Upload-Length", "10", "Upload-Metadata", "filename YQ==,purpose b3RoZXI=").
		Is(http.StatusUnprocessableEntity)
}

// The last piece came, but nobody was left to ask for the file (a closed tab, a locked phone): the pages say that it
// reached us, asking where it is does no work, and the job puts it into the library or keeps why not for its sender.
func TestF124WholeFileIsNotLostWithItsSender(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	paths := map[string]string{}
	for name, content := range map[string][]byte{
		"ijazah.jpg":  testportal.Photo(t, 300, 200, 90),
		"halaman.jpg": []byte("<!DOCTYPE html><html></html>"),
	} {
		paths[name] = begin(c, name, "other", len(content))
		piece(c, paths[name], 0, bytes.NewReader(content)).Is(http.StatusNoContent)
	}
	rows := c.Get(urls.Uploads()).Is(http.StatusOK).Find("[data-partial][data-state=checking]")
	if rows.Length() != 2 || strings.Count(rows.Text(), "sudah sampai di kami") != 2 || strings.Contains(rows.Text(), "%") {
		t.Errorf("before anybody looked into them: %q", rows.Text())
	}
	head := askTus(c, http.MethodHead, paths["ijazah.jpg"], nil).Is(http.StatusOK)
	if n := p.One("SELECT count(*)::text FROM uploads"); n != "0" || head.Header.Get(arrivedHeader) != "" {
		t.Errorf("asking where it is made %s files", n)
	}
	p.FinishAll()
	arrived := askTus(c, http.MethodHead, paths["ijazah.jpg"], nil).Is(http.StatusOK).Header.Get(arrivedHeader)
	if got := p.One("SELECT ref FROM uploads"); got != arrived {
		t.Errorf("kept is %q, told is %q", got, arrived)
	}
	if again := look(c, paths["ijazah.jpg"]).Is(http.StatusNoContent).Header.Get(arrivedHeader); again != arrived {
		t.Errorf("another tab hears %q", again)
	}
	rows = c.Get(urls.Uploads()).Is(http.StatusOK).Find("[data-partial]")
	if rows.Length() != 1 || !strings.Contains(rows.Text(), "halaman.jpg adalah halaman web") {
		t.Errorf("the page says %q", rows.Text())
	}
	got := look(c, paths["halaman.jpg"]).Is(http.StatusUnprocessableEntity)
	if !strings.Contains(got.Body, "halaman.jpg adalah halaman web") {
		t.Errorf("its sender hears %q", got.Body)
	}
	askTus(c, http.MethodHead, paths["halaman.jpg"], nil).Is(http.StatusNotFound)
	askTus(c, http.MethodDelete, paths["halaman.jpg"], nil).Is(http.StatusNoContent)
	c.Get(urls.Uploads()).Is(http.StatusOK).Lacks("[data-partial]")
}

// What did not arrive whole is named on the pages that ask for such a file, with how much of it is there.
func TestUnfinishedFilesAreNamed(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	piece(c, begin(c, "IMG_1.jpg", "certificate", 10), 0, strings.NewReader("abcd")).Is(http.StatusNoContent)
	piece(c, begin(c, "ktp.jpg", "ktp", 10), 0, strings.NewReader("abcd")).Is(http.StatusNoContent)
	begin(c, "kosong.jpg", "certificate", 10)
	for path, want := range map[string]string{
		urls.NewCertificateForm("BNSP", "00000000-0000-4000-8000-00000000000a"): "IMG_1.jpg",
		urls.ProfileSection("foto-ktp"):                                         "ktp.jpg",
	} {
		rows := c.Get(path).Is(http.StatusOK).Find("[data-partial]")
		if rows.Length() != 1 || !strings.Contains(rows.Text(), want+" baru terkirim 40%") {
			t.Errorf("%s names %q", path, rows.Text())
		}
	}
	if n := c.Get(urls.Uploads()).Find("[data-partial]").Length(); n != 0 {
		t.Errorf("the library names %d files for other places", n)
	}
}

// Somebody who reads English is told in English what is wrong with a file that came in pieces.
func TestPiecesAreRefusedInTheLanguageOfThePage(t *testing.T) {
	_, _, c := testportal.StartFiles(t)
	form := c.Get(urls.InEnglish(urls.Uploads())).Is(http.StatusOK)
	address, _ := form.Find("[data-upload]").Attr("data-upload")
	locked, err := lockedCertificate()
	if err != nil {
		t.Fatal(err)
	}
	made := askTus(c, http.MethodPost, address, nil, "Upload-Length", strconv.Itoa(len(locked)),
		"Upload-Metadata", "filename YS5wZGY=,purpose b3RoZXI=").Is(http.StatusCreated)
	_, path, _ := strings.Cut(made.Header.Get("Location"), "example.com")
	piece(c, path, 0, bytes.NewReader(locked)).Is(http.StatusNoContent)
	got := look(c, path).Is(http.StatusUnprocessableEntity)
	if !strings.Contains(got.Body, "a.pdf is a PDF locked with a password") {
		t.Errorf("the answer is %q", got.Body)
	}
}

func TestAnothersPiecesAreNotFound(t *testing.T) {
	p, _, c := testportal.StartFiles(t)
	path := begin(c, "ijazah.jpg", "other", 100)
	for who, other := range map[string]*testportal.Client{"another seeker": p.As(p.AddUser(models.Seeker, "Orang Lain"))} {
		for _, method := range []string{http.MethodHead, http.MethodDelete} {
			if got := askTus(other, method, path, nil); got.Status != http.StatusNotFound {
				t.Errorf("%s: %s: status %d, want 404", who, method, got.Status)
			}
		}
		if got := piece(other, path, 0, strings.NewReader("a")); got.Status != http.StatusNotFound {
			t.Errorf("%s: a piece: status %d, want 404", who, got.Status)
		}
	}
	piece(c, path, 0, strings.NewReader("a")).Is(http.StatusNoContent)
	askTus(c, http.MethodDelete, path, nil).Is(http.StatusNoContent)
	askTus(c, http.MethodHead, path, nil).Is(http.StatusNotFound)
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

// The answer to the commit of a piece gets lost: the piece is recorded, so its bytes stay, and its sender goes on behind
// it. A piece that is refused leaves no bytes behind.
func TestLostAnswerLosesNoPiece(t *testing.T) {
	p, u, c := testportal.StartFiles(t)
	file := testportal.Photo(t, 900, 700, 90)
	half := len(file) / 2
	path := begin(c, "ijazah.jpg", "other", len(file))
	err := p.DB.Callback().Create().After("gorm:create").Register("test:lost", func(tx *gorm.DB) {
		if tx.Statement.Table == (models.Part{}).TableName() {
			_, err := tx.Statement.ConnPool.ExecContext(tx.Statement.Context, "COMMIT")
			_ = tx.AddError(errors.Join(errors.New("the answer is lost"), err))
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	if got := piece(c, path, 0, bytes.NewReader(file[:half])); got.Status < 500 {
		t.Fatalf("status %d", got.Status)
	}
	if err := p.DB.Callback().Create().Remove("test:lost"); err != nil {
		t.Fatal(err)
	}
	kept := func() (n int) {
		t.Helper()
		err := p.Deps.Blobs.List(t.Context(), "", func(string, time.Time) error { n++; return nil })
		if err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := kept(); n != 1 {
		t.Fatalf("%d pieces are kept, want the one that is recorded", n)
	}
	piece(c, path, 0, bytes.NewReader(file[:half])).Is(http.StatusConflict) // it is there already
	if n := kept(); n != 1 {
		t.Errorf("%d pieces are kept after one was refused", n)
	}
	piece(c, path, half, bytes.NewReader(file[half:])).Is(http.StatusNoContent)
	look(c, path).Is(http.StatusNoContent)
	if n := p.One("SELECT count(*)::text FROM uploads WHERE owner_id = " + strconv.FormatInt(u.ID, 10)); n != "1" {
		t.Errorf("%s files arrived", n)
	}
}
