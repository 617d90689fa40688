package testportal

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

	"github.com/google/uuid"
	"github.com/riverqueue/river"

	"naikkelas/handlers/web"
	"naikkelas/internal/blob"
	"naikkelas/internal/jobs"
	"naikkelas/internal/receive"
	"naikkelas/internal/render"
	"naikkelas/models"
	"naikkelas/models/protection"
)

// Main runs the tests of a package whose portal opens files: the test program is also the child that does.
func Main(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "render" {
		os.Exit(render.Main())
	}
	os.Exit(m.Run())
}

// WithFiles gives a portal a blob store and a renderer, whose compiled PDFium is shared by all
// tests of the machine.
func WithFiles(t *testing.T) func(*web.Deps) {
	t.Helper()
	return withFilesIn(t, t.TempDir())
}

func withFilesIn(t *testing.T, folder string) func(*web.Deps) {
	t.Helper()
	blobs, err := blob.Open(t.Context(), "file://"+folder)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = blobs.Close() })
	cache, err := os.UserCacheDir()
	if err != nil {
		cache = os.TempDir()
	}
	return func(d *web.Deps) {
		box, err := Box()
		if err != nil {
			t.Fatal(err)
		}
		d.Blobs, d.Box = blobs, box
		d.Renderer = render.New(render.Options{
			Command: []string{os.Args[0], "render"}, CPU: time.Minute, Longest: 5 * time.Minute, MaxParallel: 2,
			CacheDir: filepath.Join(cache, "naikkelas-test", "pdfium"), Limits: render.DefaultLimits()})
	}
}

// A File is a file as a browser sends it. Kind is what the browser claims.
type File struct {
	Name, Kind string
	Content    []byte
}

// Sent is a file by name, claimed kind and content.
func Sent(name, kind string, content []byte) File {
	return File{Name: name, Kind: kind, Content: content}
}

// PostFiles sends a form with files in its field "files".
func (c *Client) PostFiles(path string, values url.Values, files ...File) Page {
	c.T.Helper()
	return c.Do(Multipart(c.T, path, values, "files", files...))
}

// Form opens a form whose address gets a token of its own.
func (c *Client) Form(path string) Page {
	c.T.Helper()
	return c.Get(c.Get(path).Is(http.StatusSeeOther).Header.Get("Location"))
}

// Multipart is a form with files in a field, as a browser sends it.
func Multipart(t testing.TB, path string, values url.Values, field string, files ...File) *http.Request {
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
		quoted := strings.NewReplacer("\\", "\\\\", `"`, `\"`).Replace(f.Name)
		header.Set("Content-Disposition", fmt.Sprintf(`form-data; name=%q; filename="%s"`, field, quoted))
		header.Set("Content-Type", f.Kind)
		part, err := w.CreatePart(header)
		if err != nil {
			t.Fatal(err)
		}
		if _, err := part.Write(f.Content); err != nil {
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

// Photo is a JPEG of a size, different for each shade.
func Photo(t testing.TB, width, height int, shade uint8) []byte {
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

// LastPiece keeps a piece of a file as the portal does, and dies before it looks at the file.
func (p *Portal) LastPiece(u models.User, partial models.Partial, piece []byte) {
	p.T.Helper()
	key := blob.NewKey()
	sealed := p.Deps.Box.SealReader(bytes.NewReader(piece), models.PartPlace(key))
	defer sealed.Close()
	ctx := context.Background()
	err := errors.Join(p.Deps.Blobs.Put(ctx, key, sealed), p.Store.AddPart(ctx, u, partial, partial.Received, int64(len(piece)), key))
	if err != nil {
		p.T.Fatal(err)
	}
}

// FinishAll looks into all files that reached the portal and that nobody asked for, as the job does.
func (p *Portal) FinishAll() {
	p.T.Helper()
	worker := &jobs.FinishPartial{Desk: p.filesDesk()}
	var ids []int64
	if err := p.DB.Raw("SELECT (args->>'partial_id')::bigint FROM river_job WHERE kind = 'finish_partial'").Scan(&ids).Error; err != nil {
		p.T.Fatal(err)
	}
	for _, id := range ids {
		if err := worker.Work(context.Background(), &river.Job[models.FinishPartial]{Args: models.FinishPartial{PartialID: id}}); err != nil {
			p.T.Fatal(err)
		}
	}
}

func (p *Portal) filesDesk() receive.Desk {
	return receive.Desk{
		Store: p.Store, Protection: p.Protection, Blobs: p.Deps.Blobs, Box: p.Deps.Box, Renderer: p.Deps.Renderer, Log: p.Deps.Log,
	}
}

// JoinAttachments looks into all files that reached a case and that nobody asked for, as the job does.
func (p *Portal) JoinAttachments() {
	p.T.Helper()
	worker := &jobs.JoinAttachment{Desk: p.filesDesk()}
	var ids []int64
	if err := p.DB.Raw("SELECT (args->>'partial_id')::bigint FROM river_job WHERE kind = 'join_attachment'").Scan(&ids).Error; err != nil {
		p.T.Fatal(err)
	}
	for _, id := range ids {
		job := &river.Job[protection.JoinAttachment]{Args: protection.JoinAttachment{PartialID: id}}
		if err := worker.Work(context.Background(), job); err != nil {
			p.T.Fatal(err)
		}
	}
}

// CheckAttachments looks into all waiting files on cases, as the job does.
func (p *Portal) CheckAttachments() {
	p.T.Helper()
	worker := &jobs.CheckAttachment{Store: p.Protection, Blobs: p.Deps.Blobs, Box: p.Deps.Box, Renderer: p.Deps.Renderer, Log: p.Deps.Log}
	var ids []int64
	if err := p.DB.Raw("SELECT id FROM case_attachments WHERE state = 'waiting'").Scan(&ids).Error; err != nil {
		p.T.Fatal(err)
	}
	for _, id := range ids {
		job := &river.Job[protection.CheckAttachment]{Args: protection.CheckAttachment{AttachmentID: id}}
		if err := worker.Work(context.Background(), job); err != nil {
			p.T.Fatal(err)
		}
	}
}

// CheckPapers looks into all waiting papers of institutions, as the job does.
func (p *Portal) CheckPapers() {
	p.T.Helper()
	worker := &jobs.CheckPaper{Store: p.Store, Blobs: p.Deps.Blobs, Box: p.Deps.Box, Renderer: p.Deps.Renderer, Log: p.Deps.Log}
	var ids []int64
	if err := p.DB.Raw("SELECT id FROM institution_papers WHERE state = 'waiting'").Scan(&ids).Error; err != nil {
		p.T.Fatal(err)
	}
	for _, id := range ids {
		if err := worker.Work(context.Background(), &river.Job[models.CheckPaper]{Args: models.CheckPaper{PaperID: id}}); err != nil {
			p.T.Fatal(err)
		}
	}
}

// RenderAll makes the images of all waiting files, as the job does.
func (p *Portal) RenderAll() {
	p.T.Helper()
	worker := &jobs.RenderUpload{Store: p.Store, Blobs: p.Deps.Blobs, Box: p.Deps.Box, Renderer: p.Deps.Renderer}
	var ids []int64
	if err := p.DB.Raw("SELECT id FROM uploads WHERE state = 'waiting' AND blob_key LIKE '__/%'").Scan(&ids).Error; err != nil {
		p.T.Fatal(err)
	}
	for _, id := range ids {
		if err := worker.Work(context.Background(), &river.Job[models.RenderUpload]{Args: models.RenderUpload{UploadID: id}}); err != nil {
			p.T.Fatal(err)
		}
	}
}

// StartFiles is a portal that takes files, with somebody who sends them.
func StartFiles(t *testing.T) (*Portal, models.User, *Client) {
	t.Helper()
	p := Start(t, WithFiles(t))
	p.AddReference()
	p.addCertificateType()
	u := p.AddUser(models.Seeker, "Suparmi")
	return p, u, p.As(u)
}

// CertificateValues fill in the form of a new certificate.
func CertificateValues() url.Values {
	return url.Values{"token": {uuid.NewString()}, "type": {"BNSP"}, "holder": {"Suparmi"}, "issuer": {"LSP Las"}, "number": {"12/2025"},
		"issued.day": {"31"}, "issued.month": {"1"}, "issued.year": {"2025"}}
}
