package render_test

import (
	"bytes"
	"context"
	"encoding/binary"
	"errors"
	"fmt"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"runtime"
	"slices"
	"strings"
	"sync"
	"syscall"
	"testing"
	"time"

	"naikkelas/internal/render"
)

// TestMain lets this program be the child, or a child that misbehaves.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 {
		switch os.Args[1] {
		case "render":
			os.Exit(render.Main())
		case "hang":
			hang()
		case "spin":
			for {
				runtime.Gosched()
			}
		case "panic":
			panic("a decoder's mistake")
		case "flood":
			os.Stdout.WriteString("\xff\xff\xff\xff")
			hang()
		case "liar":
			header := `{"failure":"<b>anything</b>"}`
			os.Stdout.Write(append(binary.BigEndian.AppendUint32(nil, uint32(len(header))), header...))
			hang()
		case "spy":
			fmt.Fprintf(os.Stderr, "environment %q", os.Environ())
			os.Exit(1)
		}
	}
	os.Exit(m.Run())
}

// hang neither reads nor ends, and asks to be left alone.
func hang() {
	for {
		syscall.Pause()
	}
}

// renderer starts children of a kind. The compiled PDFium is shared by all tests of
// the machine.
func renderer(t *testing.T, kind string, change func(*render.Options)) *render.Renderer {
	t.Helper()
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	opts := render.Options{
		Command: []string{os.Args[0], kind}, CPU: time.Minute, Longest: 5 * time.Minute, MaxParallel: 2,
		CacheDir: filepath.Join(dir, "naikkelas-test", "pdfium"), Limits: render.DefaultLimits(),
	}
	if change != nil {
		change(&opts)
	}
	opts.Limits.Memory *= memoryFactor
	return render.New(opts)
}

const (
	jpegType = "image/jpeg"
	pngType  = "image/png"
	pdfType  = "application/pdf"
)

// photo is a red JPEG that says where it was taken and lies on its side.
func photo(t *testing.T) []byte {
	t.Helper()
	img := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for i := range 64 * 32 {
		img.Set(i%64, i/64, color.RGBA{R: 255, A: 255})
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	segment := "Exif\x00\x00II*\x00\x08\x00\x00\x00\x01\x00\x12\x01\x03\x00\x01\x00\x00\x00\x06\x00\x00\x00GPS at home"
	head := append([]byte("\xff\xd8\xff\xe1\x00"), byte(len(segment)+2))
	return append(append(head, segment...), b.Bytes()[2:]...)
}

// large is a PNG of few bytes and 36 megapixels, which take 144 MB.
func large(t *testing.T) []byte {
	t.Helper()
	var b bytes.Buffer
	fast := png.Encoder{CompressionLevel: png.BestSpeed}
	img := image.NewNRGBA(image.Rect(0, 0, 6000, 6000)) // transparent, so that four channels are written
	if err := fast.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

// document is a PDF whose pages are 100 by 200 points.
func document(pages int, catalogue string) []byte {
	objects := []string{
		"<</Type/Catalog/Pages 2 0 R" + catalogue + ">>",
		fmt.Sprintf("<</Type/Pages/Kids[%s]/Count %d>>", strings.Repeat("3 0 R ", pages), pages),
		"<</Type/Page/Parent 2 0 R/MediaBox[0 0 100 200]>>",
	}
	var b, table strings.Builder
	b.WriteString("%PDF-1.7\n")
	for i, object := range objects {
		fmt.Fprintf(&table, "%010d 00000 n \n", b.Len())
		fmt.Fprintf(&b, "%d 0 obj\n%s\nendobj\n", i+1, object)
	}
	start := b.Len()
	fmt.Fprintf(&b, "xref\n0 4\n0000000000 65535 f \n%strailer\n<</Root 1 0 R/Size 4>>\nstartxref\n%d\n%%%%EOF\n", &table, start)
	return []byte(b.String())
}

// pages collects what a file becomes.
func pages(t *testing.T, r *render.Renderer, mediaType string, file []byte) ([]render.Page, render.Info, error) {
	t.Helper()
	var got []render.Page
	info, err := r.Pages(t.Context(), mediaType, bytes.NewReader(file), func(p render.Page) error {
		got = append(got, p)
		return nil
	})
	return got, info, err
}

// check says whether the images of a page are what its numbers say.
func check(t *testing.T, p render.Page, number, width, height, thumbW, thumbH int) {
	t.Helper()
	if p.Number != number || p.Width != width || p.Height != height {
		t.Errorf("page %d of %d by %d, want page %d of %d by %d", p.Number, p.Width, p.Height, number, width, height)
	}
	view, err := jpeg.DecodeConfig(bytes.NewReader(p.View))
	if err != nil || view.Width != width || view.Height != height {
		t.Errorf("view of %d by %d, %v", view.Width, view.Height, err)
	}
	thumbnail, err := jpeg.DecodeConfig(bytes.NewReader(p.Thumbnail))
	if err != nil || thumbnail.Width != thumbW || thumbnail.Height != thumbH {
		t.Errorf("thumbnail of %d by %d, %v; want %d by %d", thumbnail.Width, thumbnail.Height, err, thumbW, thumbH)
	}
}

func TestPhotoBecomesAPage(t *testing.T) {
	got, info, err := pages(t, renderer(t, "render", nil), jpegType, photo(t))
	if err != nil || len(got) != 1 || info != (render.Info{Pages: 1}) {
		t.Fatalf("got %d pages, %+v, %v", len(got), info, err)
	}
	check(t, got[0], 1, 32, 64, 32, 64)
	for _, leak := range []string{"GPS", "Exif"} {
		if bytes.Contains(got[0].View, []byte(leak)) || bytes.Contains(got[0].Thumbnail, []byte(leak)) {
			t.Errorf("an image carries %q", leak)
		}
	}
}

func TestDocumentBecomesPages(t *testing.T) {
	r := renderer(t, "render", nil)
	got, info, err := pages(t, r, pdfType, document(3, "/OpenAction<</S/JavaScript/JS(1)>>"))
	if err != nil || len(got) != 3 || info.Pages != 3 {
		t.Fatalf("got %d pages, %+v, %v", len(got), info, err)
	}
	if f := info.Features; !f.JavaScript || f.Launch || f.EmbeddedFiles {
		t.Errorf("features are %+v", f)
	}
	for i, p := range got {
		check(t, p, i+1, 1000, 2000, 160, 320)
	}
	inspected, err := r.Inspect(t.Context(), pdfType, bytes.NewReader(document(3, "/OpenAction<</S/JavaScript/JS(1)>>")))
	if err != nil || inspected != info {
		t.Errorf("inspected: %+v, %v; want %+v", inspected, err, info)
	}
}

// Pages that were made already are left out; what the file is is told all the same.
func TestPagesFromTheFirstThatIsMissing(t *testing.T) {
	r := renderer(t, "render", nil)
	for _, c := range []struct {
		mediaType string
		file      []byte
		first     int
		want      []int
		pages     int
	}{
		{pdfType, document(4, ""), 3, []int{3, 4}, 4},
		{pdfType, document(4, ""), 5, nil, 4},
		{jpegType, photo(t), 1, []int{1}, 1},
		{jpegType, photo(t), 2, nil, 1},
	} {
		var got []int
		info, err := r.PagesFrom(t.Context(), c.mediaType, bytes.NewReader(c.file), c.first, func(p render.Page) error {
			if got = append(got, p.Number); p.Took < 0 {
				t.Errorf("page %d took %s", p.Number, p.Took)
			}
			return nil
		})
		if err != nil || !slices.Equal(got, c.want) || info.Pages != c.pages {
			t.Errorf("%s from %d: pages %v of %d, %v", c.mediaType, c.first, got, info.Pages, err)
		}
	}
}

// Who has no time to wait leaves PDFium compiling for the next one; a failure lets the next one try.
func TestCompilingGoesOnWithoutWhoAskedForIt(t *testing.T) {
	ended, end := context.WithCancel(t.Context())
	end()
	r := renderer(t, "render", nil)
	if err := r.Warm(ended); !errors.Is(err, context.Canceled) {
		t.Errorf("without time: %v", err)
	}
	if err := r.Warm(t.Context()); err != nil {
		t.Error(err)
	}
	broken := renderer(t, "", func(o *render.Options) { o.Command = []string{"/bin/false"} })
	for range 2 {
		if err := broken.Warm(t.Context()); err == nil || errors.Is(err, context.Canceled) {
			t.Errorf("without a child: %v", err)
		}
	}
}

func TestFailures(t *testing.T) {
	whole := photo(t)
	r := renderer(t, "render", nil)
	few := func(o *render.Options) { o.Limits.Pixels = 64*32 - 1 }
	little := func(o *render.Options) { o.Limits.Memory = 64 << 20 }
	for _, test := range []struct {
		name, mediaType string
		r               *render.Renderer
		file            []byte
		want            error
	}{
		{"cut photo", jpegType, r, whole[:len(whole)-60], render.ErrUnreadable},
		{"text called PDF", pdfType, r, []byte("%PDF-1.7\nbukan"), render.ErrUnreadable},
		{"empty file", pngType, r, nil, render.ErrUnreadable},
		{"long document", pdfType, r, document(31, ""), render.ErrTooManyPages},
		{"too many pixels", jpegType, renderer(t, "render", few), whole, render.ErrDimensions},
		{"too much memory", pngType, renderer(t, "render", little), large(t), outOfMemory},
		{"decoder that panics", jpegType, renderer(t, "panic", nil), whole, render.ErrCrashed},
		{"child that floods", jpegType, renderer(t, "flood", nil), whole, render.ErrCrashed},
		{"child that lies", jpegType, renderer(t, "liar", nil), whole, render.ErrCrashed},
	} {
		if got, _, err := pages(t, test.r, test.mediaType, test.file); !errors.Is(err, test.want) || len(got) > 0 {
			t.Errorf("pages of %s: got %d pages, %v; want %v", test.name, len(got), err, test.want)
		}
		if _, err := test.r.Inspect(t.Context(), test.mediaType, bytes.NewReader(test.file)); !errors.Is(err, test.want) {
			t.Errorf("inspect %s: got %v, want %v", test.name, err, test.want)
		}
	}
}

func TestLargestPictureFitsTheMemory(t *testing.T) {
	if got, _, err := pages(t, renderer(t, "render", nil), pngType, large(t)); err != nil || len(got) != 1 {
		t.Errorf("got %d pages, %v", len(got), err)
	}
}

// As many pages as are allowed, each of the commonest size, fit the memory one after the other.
func TestThirtyPagesFitTheMemory(t *testing.T) {
	paper := bytes.Replace(document(30, ""), []byte("[0 0 100 200]"), []byte("[0 0 595 842]"), 1)
	if got, _, err := pages(t, renderer(t, "render", nil), pdfType, paper); err != nil || len(got) != 30 {
		t.Errorf("got %d pages, %v", len(got), err)
	}
}

func TestTroubleIsNoFailureOfTheFile(t *testing.T) {
	isFailure := func(err error) bool {
		_, ok := errors.AsType[render.Failure](err)
		return ok
	}
	missing := renderer(t, "render", func(o *render.Options) { o.Command = []string{"/no/such/program"} })
	if _, _, err := pages(t, missing, jpegType, photo(t)); err == nil || isFailure(err) {
		t.Errorf("no program: got %v", err)
	}
	noCache := renderer(t, "render", func(o *render.Options) { o.CacheDir = "/proc/no/such/folder" })
	if _, _, err := pages(t, noCache, pdfType, document(1, "")); err == nil || isFailure(err) {
		t.Errorf("no cache: got %v", err)
	}
	if _, _, err := pages(t, renderer(t, "panic", nil), pdfType, document(1, "")); err == nil || isFailure(err) {
		t.Errorf("PDFium that does not compile: got %v", err)
	}
	_, err := renderer(t, "render", nil).Inspect(t.Context(), jpegType, brokenReader{})
	if !errors.Is(err, errStorage) {
		t.Errorf("no file: got %v", err)
	}
}

var errStorage = errors.New("storage is away")

type brokenReader struct{}

func (brokenReader) Read([]byte) (int, error) { return 0, errStorage }

func TestChildSeesNoEnvironment(t *testing.T) {
	t.Setenv("KEYSET", "secret")
	_, _, err := pages(t, renderer(t, "spy", nil), jpegType, photo(t))
	if err == nil || !strings.HasSuffix(err.Error(), "environment []") {
		t.Errorf("the child saw: %v", err)
	}
}

func TestCallerEndsAChild(t *testing.T) {
	ctx, cancel := context.WithCancel(t.Context())
	time.AfterFunc(50*time.Millisecond, cancel)
	_, err := renderer(t, "hang", nil).Inspect(ctx, jpegType, bytes.NewReader(photo(t)))
	if !errors.Is(err, context.Canceled) {
		t.Errorf("cancelled: got %v", err)
	}
	_, err = renderer(t, "render", nil).Pages(t.Context(), pdfType, bytes.NewReader(document(30, "")),
		func(render.Page) error { return errStorage })
	if !errors.Is(err, errStorage) {
		t.Errorf("page refused: got %v", err)
	}
}

func TestTwentyAtOnceStayWithinTheLimit(t *testing.T) {
	r := renderer(t, "render", nil)
	file := photo(t)
	var mu sync.Mutex
	inside, most := 0, 0
	meet := make(chan struct{})
	var wg sync.WaitGroup
	for range 20 {
		wg.Go(func() {
			_, err := r.Pages(t.Context(), jpegType, bytes.NewReader(file), func(render.Page) error {
				mu.Lock()
				inside++
				most = max(most, inside)
				mu.Unlock()
				select { // each waits for another one, so two are there at least
				case meet <- struct{}{}:
				case <-meet:
				}
				mu.Lock()
				inside--
				mu.Unlock()
				return nil
			})
			if err != nil {
				t.Error(err)
			}
		})
	}
	wg.Wait()
	if most != 2 {
		t.Errorf("%d children at once, want 2", most)
	}
}
