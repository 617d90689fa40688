package handlers

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"mime/multipart"
	"net/http"
	"net/http/httptest"
	"net/textproto"
	"net/url"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
	"naikkelas/internal/jobs"
	"naikkelas/internal/render"
	"naikkelas/models"
)

// TestMain lets the test program be the child that opens files.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "render" {
		os.Exit(render.Main())
	}
	os.Exit(m.Run())
}

// withFiles gives a portal a blob store and a renderer, whose compiled PDFium is shared by all
// tests of the machine.
func withFiles(t *testing.T) func(*Deps) {
	t.Helper()
	blobs, err := blob.Open(t.Context(), "file://"+t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close() })
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return func(d *Deps) {
		box, err := testBox()
		if err != nil {
			t.Fatal(err)
		}
		d.Blobs, d.Box = blobs, box
		d.Renderer = render.New(render.Options{Command: []string{os.Args[0], "render"}, Timeout: time.Minute, MaxParallel: 2,
			CacheDir: filepath.Join(cache, "naikkelas-test", "pdfium"), Limits: render.DefaultLimits()})
	}
}

// A sentFile is a file as a browser sends it. Kind is what the browser claims.
type sentFile struct {
	name, kind string
	content    []byte
}

// postFiles sends a form with files in its field "files".
func (c *client) postFiles(path string, values url.Values, files ...sentFile) page {
	c.t.Helper()
	return c.do(multipartRequest(c.t, path, values, "files", files...))
}

// form opens a form whose address gets a token of its own.
func (c *client) form(path string) page {
	c.t.Helper()
	return c.get(c.get(path).is(http.StatusSeeOther).header.Get("Location"))
}

func multipartRequest(t testing.TB, path string, values url.Values, field string, files ...sentFile) *http.Request {
	t.Helper()
	var body bytes.Buffer
	w := multipart.NewWriter(&body)
	for name, list := range values {
		for _, value := range list {
			if err := w.WriteField(name, value); err != nil {
				t.Fatal(err)
			}
		}
	}
	for _, f := range files {
		header := textproto.MIMEHeader{}
		header.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename="%s"`, field, strings.NewReplacer("\\", "\\\\", `"`, `\"`).Replace(f.name)))
		header.Set("Content-Type", f.kind)
		part, err := w.CreatePart(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.content); err != nil {
			t.Fatal(err)
		}
	}
	if err := w.Close(); err != nil {
		t.Fatal(err)
	}
	r := httptest.NewRequest(http.MethodPost, path, &body)
	r.Header.Set("Content-Type", w.FormDataContentType())
	r.Header.Set("Sec-Fetch-Site", "same-origin")
	return r
}

// photo is a JPEG of a size, different for each shade.
func photo(t testing.TB, width, height int, shade uint8) []byte {
	t.Helper()
	img := image.NewGray(image.Rect(0, 0, width, height))
	for i := range img.Pix {
		img.Pix[i] = shade
	}
	img.Set(0, 0, color.White)
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// lastPiece keeps a piece of a file as the portal does, and dies before it looks at the file.
func (p *testPortal) lastPiece(d Deps, u models.User, partial models.Partial, piece []byte) {
	p.t.Helper()
	key := blob.NewKey()
	sealed := d.Box.SealReader(bytes.NewReader(piece), models.PartPlace(key))
	defer sealed.Close()
	if err := errors.Join(d.Blobs.Put(context.Background(), key, sealed), p.store.AddPart(context.Background(), u, partial, partial.Received, int64(len(piece)), key)); err != nil {
		p.t.Fatal(err)
	}
}

// renderAll makes the images of all waiting files, as the job does.
func (p *testPortal) renderAll(d Deps) {
	p.t.Helper()
	worker := &jobs.RenderUpload{Store: p.store, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer}
	var ids []int64
	if err := p.db.Raw("SELECT id FROM uploads WHERE state = 'waiting' AND blob_key LIKE '__/%'").Scan(&ids).Error; err != nil {
		p.t.Fatal(err)
	}
	for _, id := range ids {
		if err := worker.Work(context.Background(), &river.Job[models.RenderUpload]{Args: models.RenderUpload{UploadID: id}}); err != nil {
			p.t.Fatal(err)
		}
	}
}

// filesPortal is a portal that takes files, with somebody who sends them.
func filesPortal(t *testing.T) (*testPortal, Deps, models.User, *client) {
	t.Helper()
	var deps Deps
	p := newPortal(t, withFiles(t), func(d *Deps) { deps = *d })
	p.addReference()
	err := p.store.SeedReference(context.Background(), models.ReferenceData{
		CertificateTypes: []models.CertificateType{{Code: "BNSP", Category: "competence", Name: models.Text{ID: "Sertifikat BNSP", EN: "BNSP certificate"}, ValidityMonths: ptr(36), ValidFromBasis: "issue_date", HasExpiry: true, Position: 1}}})
	if err != nil {
		t.Fatal(err)
	}
	u := p.addUser(models.Seeker, "Suparmi")
	return p, deps, u, p.as(u)
}
