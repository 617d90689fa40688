// Package render makes the images of uploaded files that people look at. The
// decoding of hostile bytes happens in a child process of the same program, which
// has little memory, little time, no environment and is thrown away after one
// file; what comes back is freshly encoded JPEG.
package render

import (
	"context"
	"errors"
	"fmt"
	"io"
	"sync"
	"syscall"
	"time"

	"naikkelas/internal/render/pdf"
)

// A Failure is a file that cannot be shown, or the child's end. Its text is the
// last part of a message key.
type Failure string

// Failures that Pages and Inspect answer with, to be told apart by errors.Is.
const (
	ErrUnreadable   Failure = "unreadable"     // cut off, broken, or not what it says
	ErrLocked       Failure = "locked"         // opens only with a password
	ErrTooManyPages Failure = "too_many_pages" // more than Limits.Pages
	ErrDimensions   Failure = "dimensions"     // declares more pixels than Limits
	ErrTimeout      Failure = "timeout"        // took more of the processor than Options.CPU
	ErrMemory       Failure = "memory"         // needed more than Limits.Memory
	ErrCrashed      Failure = "crashed"        // the child ended in another way
	ErrLaunch       Failure = "launch"         // a PDF that starts a program when it is opened
	ErrPackage      Failure = "package"        // a PDF whose papers are files inside, behind a cover
)

// Failures lists every failure, for a test that each has its words.
func Failures() []Failure {
	return []Failure{ErrUnreadable, ErrLocked, ErrTooManyPages, ErrDimensions, ErrTimeout, ErrMemory, ErrCrashed, ErrLaunch, ErrPackage}
}

// Error names the failure.
func (f Failure) Error() string { return "render: " + string(f) }

// ErrStalled is a child that was not done within Options.Longest and had not used up its processor time: it waited
// for a machine that is busy, which says nothing about the file.
var ErrStalled = errors.New("render: the child was not done in time")

// ErrBusy is a file for which no child was free while its sender waited, see Options.Patience: it may be the best of
// files. It can be kept and looked into later.
var ErrBusy = errors.New("render: no child was free in time")

// Limits bound one file.
type Limits struct {
	Pages  int   // of a PDF
	Pixels int   // width times height that a picture declares
	Side   int   // longer side that a picture declares, in pixels
	Memory int64 // data of the child, in bytes
}

// DefaultLimits are 30 pages, 40 megapixels, 20,000 pixels a side and 512 MB.
func DefaultLimits() Limits {
	return Limits{Pages: 30, Pixels: 40_000_000, Side: 20_000, Memory: 512 << 20}
}

// Options make a Renderer.
type Options struct {
	// Command starts the child: a program that calls Main, with its arguments.
	Command []string
	// CPU is how much time of the processor one file may take. Waiting does not count, neither for a free child
	// nor for the processor nor for the caller of Pages.
	CPU time.Duration
	// Longest is when a child is ended that has not used up CPU, counted from its start. It is
	// there for children that wait for ever, so it is generous.
	Longest time.Duration
	// Patience is how long Inspect and Convert, whose caller has somebody waiting, wait for a free child and for PDFium
	// to be compiled. Zero is without end, as Pages waits.
	Patience time.Duration
	// MaxParallel is how many children may run at once.
	MaxParallel int
	// CacheDir keeps the compiled PDFium; it may be shared by many processes.
	CacheDir string
	Limits   Limits
}

// A Renderer starts children, as many at once as it may. It is safe for use by
// many goroutines.
type Renderer struct {
	opts Options
	free chan struct{} // holds one value for each running child

	compiling sync.Mutex
	compiled  *compilation // nil before the first
}

// A compilation of PDFium is under way until done is closed.
type compilation struct {
	done chan struct{}
	err  error
}

// New makes a Renderer; it starts nothing yet.
func New(opts Options) *Renderer {
	return &Renderer{opts: opts, free: make(chan struct{}, opts.MaxParallel)}
}

// A Page is one page as people see it: upright, on white, without metadata.
type Page struct {
	Number        int // from 1; a picture is page 1
	Width, Height int // pixels of View
	View          []byte
	Thumbnail     []byte
	Blank         bool // one colour, or too dark to read anything
	// Took is the time of the processor that the child used since it started or the page before
	// arrived. The child draws on meanwhile, so pages that arrive together share it unevenly.
	Took time.Duration
}

// Info is what a file is, beside its pages.
type Info struct {
	Pages    int          `json:"pages"`
	Features pdf.Features `json:"features"` // all false for a picture
}

// Pages makes the images of a file of a media type that internal/filetype accepts
// and hands over each page as it is ready. An error, a Failure or the error of page,
// may come after some pages: they are then to be forgotten.
func (r *Renderer) Pages(ctx context.Context, mediaType string, file io.Reader, page func(Page) error) (Info, error) {
	return r.PagesFrom(ctx, mediaType, file, 1, page)
}

// PagesFrom does as Pages, but leaves out the pages before the first, which were made already. Options.CPU
// is then the time of the rest.
func (r *Renderer) PagesFrom(ctx context.Context, mediaType string, file io.Reader, first int, page func(Page) error) (Info, error) {
	return r.do(ctx, r.job(taskPages, mediaType, first), 0, file, page)
}

// Inspect reads a file as Pages would, but makes no images: it answers in a moment
// whether a PDF is locked, broken or too long, and whether a picture is whole.
func (r *Renderer) Inspect(ctx context.Context, mediaType string, file io.Reader) (Info, error) {
	return r.do(ctx, r.job(taskInspect, mediaType, 1), r.opts.Patience, file, nil)
}

// Convert makes one JPEG of a picture: the image that Pages would make of it.
func (r *Renderer) Convert(ctx context.Context, mediaType string, file io.Reader) ([]byte, error) {
	var view []byte
	keep := func(p Page) error { view = p.View; return nil }
	_, err := r.do(ctx, r.job(taskPages, mediaType, 1), r.opts.Patience, file, keep)
	return view, err
}

// do works a job, for which the caller waits so long; zero is without end.
func (r *Renderer) do(ctx context.Context, j job, patience time.Duration, file io.Reader, page func(Page) error) (Info, error) {
	waiting, stop := within(ctx, patience)
	defer stop()
	if j.MediaType == mediaPDF {
		if err := r.Warm(waiting); err != nil {
			return Info{}, tooBusy(ctx, waiting, err)
		}
	}
	return r.run(ctx, waiting, j, bounds{cpu: r.opts.CPU, longest: r.opts.Longest}, file, page)
}

// within ends after so long, and never by itself for zero.
func within(ctx context.Context, patience time.Duration) (context.Context, context.CancelFunc) {
	if patience == 0 {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, patience)
}

// tooBusy names what ended because the caller waited long enough, and not because they left.
func tooBusy(ctx, waiting context.Context, err error) error {
	if ctx.Err() == nil && waiting.Err() != nil {
		return ErrBusy
	}
	return err
}

// Compiling PDFium is the one thing that is slow and large, and needs no file.
const compileMemory = 2 << 30

var compileBounds = bounds{cpu: 5 * time.Minute, longest: 20 * time.Minute}

// Warm compiles PDFium into the cache folder unless it is there already. The first
// PDF does it too; a start or a build that does it spares that one the wait. It goes
// on when ctx ends, so that who has little time finds it done the next time.
func (r *Renderer) Warm(ctx context.Context) error {
	r.compiling.Lock()
	c := r.compiled
	if c == nil {
		c = &compilation{done: make(chan struct{})}
		r.compiled = c
		go r.compile(context.WithoutCancel(ctx), c)
	}
	r.compiling.Unlock()
	select {
	case <-c.done:
		return c.err
	case <-ctx.Done():
		return fmt.Errorf("wait for PDFium to be compiled: %w", ctx.Err())
	}
}

// compile makes way for another try when it fails. How it failed is told and not handed on: no Failure of it is
// one of the file that waits.
func (r *Renderer) compile(ctx context.Context, c *compilation) {
	defer close(c.done)
	j := r.job(taskCompile, "", 1)
	j.Limits.Memory = compileMemory
	if _, err := r.run(ctx, ctx, j, compileBounds, nil, nil); err != nil {
		c.err = fmt.Errorf("compile PDFium: %s", err.Error())
		if errors.Is(err, syscall.ENOSPC) {
			c.err = fmt.Errorf("compile PDFium: %w", err)
		}
		r.compiling.Lock()
		defer r.compiling.Unlock()
		r.compiled = nil
	}
}
