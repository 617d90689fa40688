package jobs

import (
	"bytes"
	"context"
	"encoding/binary"
	"encoding/json"
	"fmt"
	"io"
	"os"
	"runtime"
	"slices"
	"strings"
	"testing"
	"time"

	"gorm.io/gorm"

	"naikkelas/internal/render"
	"naikkelas/models"
)

// stall is a child that gives two pages and then works for ever, where there are more.
func stall() int {
	out := os.Stdout
	answers, child, err := os.Pipe()
	if err != nil {
		return 1
	}
	os.Stdout = child
	go func() {
		defer child.Close()
		render.Main()
	}()
	for pages := 0; ; pages++ {
		var length uint32
		if binary.Read(answers, binary.BigEndian, &length) != nil {
			return 0
		}
		header := make([]byte, length)
		var frame struct {
			Page *struct{ View, Thumbnail int64 }
		}
		if _, err := io.ReadFull(answers, header); err != nil || json.Unmarshal(header, &frame) != nil {
			return 1
		}
		if frame.Page == nil {
			_, _ = out.Write(slices.Concat(binary.BigEndian.AppendUint32(nil, length), header))
			return 0
		}
		if pages == 2 {
			for {
				runtime.Gosched()
			}
		}
		_, _ = out.Write(slices.Concat(binary.BigEndian.AppendUint32(nil, length), header))
		_, _ = io.CopyN(out, answers, frame.Page.View+frame.Page.Thumbnail)
	}
}

// document is a PDF of empty pages.
func document(pages int) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R>>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Repeat("3 0 R ", pages), pages),
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]>>",
	}
	var b, table strings.Builder
	b.WriteString("%PDF-1.7\n")
	for i, object := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	fmt.Fprintf(&b, "xref\n0 4\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n", &table, b.Len())
	return []byte(b.String())
}

// made lists the keys of the pages that are in their place.
func (f fixture) made(t *testing.T, u models.Upload) (keys []string) {
	t.Helper()
	if err := f.db.Raw("SELECT view_key FROM upload_pages WHERE upload_id = ? ORDER BY number", u.ID).Scan(&keys).Error; err != nil {
		t.Fatal(err)
	}
	return keys
}

// shown is how many pages the owner sees.
func (f fixture) shown(t *testing.T, u models.Upload) int {
	t.Helper()
	pages, err := f.Store.UploadPages(t.Context(), f.owner, u.Ref)
	if err != nil {
		t.Fatal(err)
	}
	return len(pages)
}

// F139: what ends a step in the middle of a long document costs one page. Those that were made are kept,
// and nobody sees them before the document is whole.
func TestF139PagesThatWereMadeAreKept(t *testing.T) {
	f := newFixture(t)
	if err := f.Renderer.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	u := f.upload(t, "application/pdf", document(5))
	ctx, end := context.WithCancel(t.Context())
	err := f.db.Callback().Create().Before("gorm:create").Register("test:end", func(tx *gorm.DB) {
		if page, ok := tx.Statement.Dest.(*models.UploadPage); ok && page.Number == 3 {
			end()
		}
	})
	if err != nil {
		t.Fatal(err)
	}
	for ctx.Err() == nil { // on a slow machine a step ends by itself before the third page
		if !f.step(ctx, t, u) {
			t.Fatal("a step that was cut off was the last")
		}
	}
	before := f.made(t, u)
	if len(before) != 2 || f.shown(t, u) != 0 {
		t.Fatalf("%d pages are made and %d shown, want 2 and none", len(before), f.shown(t, u))
	}
	if after := f.work(t, u); after.State != models.UploadReady {
		t.Fatalf("%s %s", after.State, after.Refusal)
	}
	if keys := f.made(t, u); len(keys) != 5 || !slices.Equal(keys[:2], before) || f.shown(t, u) != 5 {
		t.Errorf("the pages are %v, of which %v were there; %d are shown", keys, before, f.shown(t, u))
	}
}

// A document that takes longer than one child may work is made by several, one after another.
func TestSlowDocumentIsMadeByOneChildAfterAnother(t *testing.T) {
	f := newFixture(t)
	f.Renderer = newRenderer("stall", 6*time.Second)
	if err := f.Renderer.Warm(t.Context()); err != nil {
		t.Fatal(err)
	}
	u := f.upload(t, "application/pdf", document(3))
	if !f.step(t.Context(), t, u) {
		t.Fatalf("the first child was the last, with the pages %v", f.made(t, u))
	}
	first := f.made(t, u)
	if len(first) == 0 || len(first) == 3 {
		t.Fatalf("%d pages by the first child", len(first))
	}
	after, all := f.work(t, u), f.made(t, u)
	if after.State != models.UploadReady || len(all) != 3 || !slices.Equal(all[:len(first)], first) || f.shown(t, u) != 3 {
		t.Errorf("%s %s, pages %v after %v, %d are shown", after.State, after.Refusal, all, first, f.shown(t, u))
	}
}

// A document whose pages take longer than a minute in all is refused, and they go.
func TestDocumentOfTooMuchWorkIsRefused(t *testing.T) {
	f := newFixture(t)
	u := f.upload(t, "application/pdf", document(3))
	took := int(mostDrawing.Milliseconds()) + 1
	page := models.UploadPage{UploadID: u.ID, Number: 1, ViewKey: "v", ThumbKey: "t", Width: 1, Height: 1, DrawnMS: took}
	if err := f.Store.AddUploadPage(t.Context(), page); err != nil {
		t.Fatal(err)
	}
	if after := f.work(t, u); after.State != models.UploadRefused || after.Refusal != string(render.ErrTimeout) || len(f.made(t, u)) != 0 {
		t.Errorf("%s %s with %d pages", after.State, after.Refusal, len(f.made(t, u)))
	}
}

// A picture whose only page is there already, because the process ended before it could say so, becomes ready.
func TestPictureWithItsPageBecomesReady(t *testing.T) {
	f := newFixture(t)
	u := f.upload(t, "image/png", certificatePicture(t))
	plain := bytes.NewReader(certificatePicture(t))
	_, err := f.Renderer.Pages(t.Context(), "image/png", plain, func(p render.Page) error { return f.drawing().keep(t.Context(), u.ID, p) })
	if err != nil {
		t.Fatal(err)
	}
	if after := f.work(t, u); after.State != models.UploadReady || f.shown(t, u) != 1 {
		t.Errorf("%s %s with %d pages", after.State, after.Refusal, f.shown(t, u))
	}
}
