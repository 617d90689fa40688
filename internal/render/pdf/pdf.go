// Package pdf draws the pages of a PDF with PDFium, which runs as WebAssembly: it
// sees one block of memory and no file, clock or network of the machine. It is
// meant to run in a process of its own, because a hostile file can still use up
// time and memory.
package pdf

import (
	"context"
	"errors"
	"fmt"
	"image"
	"io"
	"math"
	"time"

	"github.com/klippa-app/go-pdfium"
	"github.com/klippa-app/go-pdfium/enums"
	pdfiumerrors "github.com/klippa-app/go-pdfium/errors"
	"github.com/klippa-app/go-pdfium/references"
	"github.com/klippa-app/go-pdfium/requests"
	"github.com/klippa-app/go-pdfium/webassembly"
	"github.com/tetratelabs/wazero"
	"github.com/tetratelabs/wazero/api"
	"github.com/tetratelabs/wazero/experimental"
)

// Errors of Open and Draw.
var (
	// ErrUnreadable is a file or page that PDFium cannot make sense of.
	ErrUnreadable = errors.New("PDF cannot be read")
	// ErrLocked is a file that opens only with a password. One whose password
	// only forbids printing or copying opens without.
	ErrLocked = errors.New("PDF is locked with a password")
)

// An Engine is a compiled PDFium. It is made for one goroutine.
type Engine struct {
	cache wazero.CompilationCache
	pool  pdfium.Pool
}

// NewEngine loads PDFium. With a warm cache in the folder it takes 0.2 s; the first
// time the code is compiled into it, which takes seconds and 350 MB.
func NewEngine(ctx context.Context, cacheDir string) (*Engine, error) {
	cache, err := wazero.NewCompilationCacheWithDir(cacheDir)
	if err != nil {
		return nil, fmt.Errorf("open the cache of compiled code: %w", err)
	}
	// PDFium's error handling is compiled to WebAssembly exceptions.
	runtime := wazero.NewRuntimeConfig().
		WithCoreFeatures(api.CoreFeaturesV2 | experimental.CoreFeaturesExceptionHandling).
		WithCompilationCache(cache)
	pool, err := webassembly.Init(webassembly.Config{
		Context:  experimental.WithMemoryAllocator(ctx, experimental.MemoryAllocatorFunc(allocate)),
		MaxIdle:  1,
		MaxTotal: 1,
		// Without this the machine's root folder would be mounted.
		FSConfig:      wazero.NewFSConfig(),
		RuntimeConfig: runtime,
		Stdout:        io.Discard,
		Stderr:        io.Discard,
	})
	if err != nil {
		return nil, errors.Join(fmt.Errorf("load PDFium: %w", err), cache.Close(ctx))
	}
	return &Engine{cache: cache, pool: pool}, nil
}

// Close frees the engine.
func (e *Engine) Close() error {
	return errors.Join(e.pool.Close(), e.cache.Close(context.Background()))
}

// A Document is an open PDF.
type Document struct {
	pdfium pdfium.Pdfium
	ref    references.FPDF_DOCUMENT
	form   *references.FPDF_FORMHANDLE
}

// opening bounds the wait for an instance of PDFium, which nothing else holds.
const opening = time.Minute

// Open reads a PDF. A file that is not one is ErrUnreadable, one that needs a
// password ErrLocked.
func (e *Engine) Open(data []byte) (*Document, error) {
	instance, err := e.pool.GetInstance(opening)
	if err != nil {
		return nil, fmt.Errorf("start PDFium: %w", err)
	}
	doc, err := instance.OpenDocument(&requests.OpenDocument{File: &data})
	if err != nil {
		reason := ErrUnreadable
		// A certificate instead of a password is an encryption PDFium does not know.
		if errors.Is(err, pdfiumerrors.ErrPassword) || errors.Is(err, pdfiumerrors.ErrSecurity) {
			reason = ErrLocked
		}
		return nil, errors.Join(fmt.Errorf("%w: %w", reason, err), instance.Close())
	}
	return &Document{pdfium: instance, ref: doc.Document}, nil
}

// Close frees the document.
func (d *Document) Close() error { return d.pdfium.Close() }

// Pages counts the pages.
func (d *Document) Pages() (int, error) {
	count, err := d.pdfium.FPDF_GetPageCount(&requests.FPDF_GetPageCount{Document: d.ref})
	if err != nil {
		return 0, fmt.Errorf("%w: count pages: %w", ErrUnreadable, err)
	}
	if count.PageCount < 1 {
		return 0, fmt.Errorf("%w: no pages", ErrUnreadable)
	}
	return count.PageCount, nil
}

// Check finds every page, so that a page that is none is known before the first one
// is drawn. What stands on the pages is not looked at.
func (d *Document) Check(pages int) error {
	for i := range pages {
		if _, err := d.pdfium.GetPageSize(&requests.GetPageSize{Page: d.page(i)}); err != nil {
			return fmt.Errorf("%w: page %d: %w", ErrUnreadable, i+1, err)
		}
	}
	return nil
}

func (d *Document) page(index int) requests.Page {
	return requests.Page{ByIndex: &requests.PageByIndex{Document: d.ref, Index: index}}
}

// Draw paints a page, counted from 0, upright on white. The longer side is side
// pixels, however large or small the page says it is.
func (d *Document) Draw(index, side int) (*image.RGBA, error) {
	img, err := d.draw(d.page(index), side)
	if err != nil {
		return nil, fmt.Errorf("%w: page %d: %w", ErrUnreadable, index+1, err)
	}
	return img, nil
}

func (d *Document) draw(page requests.Page, side int) (*image.RGBA, error) {
	size, err := d.pdfium.GetPageSize(&requests.GetPageSize{Page: page})
	if err != nil {
		return nil, err
	}
	width, height := fit(size.Width, size.Height, side)
	made, err := d.pdfium.FPDFBitmap_Create(&requests.FPDFBitmap_Create{Width: width, Height: height})
	if err != nil {
		return nil, err
	}
	defer d.pdfium.FPDFBitmap_Destroy(&requests.FPDFBitmap_Destroy{Bitmap: made.Bitmap})
	if _, err := d.pdfium.FPDFBitmap_FillRect(&requests.FPDFBitmap_FillRect{
		Bitmap: made.Bitmap, Width: width, Height: height, Color: white,
	}); err != nil {
		return nil, err
	}
	const flags = enums.FPDF_RENDER_FLAG_ANNOT | enums.FPDF_RENDER_FLAG_REVERSE_BYTE_ORDER
	if _, err := d.pdfium.FPDF_RenderPageBitmap(&requests.FPDF_RenderPageBitmap{
		Bitmap: made.Bitmap, Page: page, SizeX: width, SizeY: height, Flags: flags,
	}); err != nil {
		return nil, err
	}
	if err := d.drawForm(made.Bitmap, page, width, height, flags); err != nil {
		return nil, err
	}
	return d.pixels(made.Bitmap, width, height)
}

// white is the paper, as PDFium writes a colour: alpha, red, green, blue.
const white = 0xFFFFFFFF

// fit scales a page of any size in points to a longer side in pixels.
func fit(width, height float64, side int) (int, int) {
	longest := max(width, height)
	if !(width > 0 && height > 0) || math.IsInf(longest, 0) {
		return side, side
	}
	scaled := func(points float64) int {
		return min(max(int(math.Round(points/longest*float64(side))), 1), side)
	}
	return scaled(width), scaled(height)
}

// pixels copies a bitmap out of PDFium's memory. PDFium leaves the fourth byte of
// a bitmap without transparency undefined.
func (d *Document) pixels(bitmap references.FPDF_BITMAP, width, height int) (*image.RGBA, error) {
	buffer, err := d.pdfium.FPDFBitmap_GetBuffer(&requests.FPDFBitmap_GetBuffer{Bitmap: bitmap})
	if err != nil {
		return nil, err
	}
	img := image.NewRGBA(image.Rect(0, 0, width, height))
	if len(buffer.Buffer) != len(img.Pix) {
		return nil, fmt.Errorf("bitmap of %d bytes instead of %d", len(buffer.Buffer), len(img.Pix))
	}
	copy(img.Pix, buffer.Buffer)
	for i := 3; i < len(img.Pix); i += 4 {
		img.Pix[i] = 0xFF
	}
	return img, nil
}
