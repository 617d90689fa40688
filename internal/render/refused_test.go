package render_test

import (
	"bytes"
	"context"
	"errors"
	"syscall"
	"testing"
	"time"

	"naikkelas/internal/render"
)

// More large photos at once than there are children: all are good, and those for which nobody was free are told apart
// from bad ones. Who has no one waiting, as a job, waits for its turn.
func TestF121FullQueueIsNoFaultOfTheFile(t *testing.T) {
	r := renderer(t, "render", func(o *render.Options) { o.MaxParallel, o.Patience = 1, 50*time.Millisecond })
	file := photo(t)
	inside, leave := make(chan struct{}), make(chan struct{})
	held := make(chan error, 1)
	go func() {
		_, err := r.Pages(t.Context(), jpegType, bytes.NewReader(file), func(render.Page) error {
			close(inside)
			<-leave
			return nil
		})
		held <- err
	}()
	<-inside
	for range 3 {
		if _, err := r.Convert(t.Context(), jpegType, bytes.NewReader(file)); !errors.Is(err, render.ErrBusy) {
			t.Errorf("converted beside another: %v, want %v", err, render.ErrBusy)
		}
		_, err := r.Inspect(t.Context(), pdfType, bytes.NewReader(document(1, "")))
		if _, ofFile := errors.AsType[render.Failure](err); ofFile || !errors.Is(err, render.ErrBusy) {
			t.Errorf("inspected beside another: %v, want %v", err, render.ErrBusy)
		}
	}
	gone, end := context.WithCancel(t.Context())
	end()
	if _, err := r.Inspect(gone, jpegType, bytes.NewReader(file)); !errors.Is(err, context.Canceled) {
		t.Errorf("whoever left got %v", err)
	}
	waited := make(chan error, 1)
	go func() {
		_, err := r.Pages(t.Context(), jpegType, bytes.NewReader(file), func(render.Page) error { return nil })
		waited <- err
	}()
	close(leave)
	if err := errors.Join(<-held, <-waited); err != nil {
		t.Error(err)
	}
	if _, err := r.Convert(t.Context(), jpegType, bytes.NewReader(file)); err != nil {
		t.Errorf("afterwards: %v", err)
	}
}

// A PDF whose one stream is broken opens, and its page is white: that is told. A package, whose papers are files behind
// a cover, is refused; a paper that only carries a file is not.
func TestF128F129PagesThatShowNothing(t *testing.T) {
	r := renderer(t, "render", nil)
	broken := bytes.Replace(document(1, ""), []byte("/MediaBox"), []byte("/Contents 9 0 R/MediaBox"), 1)
	for name, c := range map[string]struct {
		mediaType string
		file      []byte
	}{"broken stream": {pdfType, broken}, "empty page": {pdfType, document(1, "")}, "red photo": {jpegType, photo(t)}} {
		got, _, err := pages(t, r, c.mediaType, c.file)
		if err != nil || len(got) != 1 || !got[0].Blank {
			t.Errorf("%s: %d pages, %v, or it is not told that nothing is on it", name, len(got), err)
		}
	}
	carries := "/Names<</EmbeddedFiles<</Names[(a)<</Type/Filespec/F(a)/EF<<>>>>]>>>>"
	if info, err := r.Inspect(t.Context(), pdfType, bytes.NewReader(document(1, carries))); err != nil || !info.Features.EmbeddedFiles {
		t.Errorf("a paper that carries a file: %+v, %v", info, err)
	}
	for _, view := range []string{"/Collection<</View/D>>", "/Collection<</View/T/Schema<<>>>>"} {
		_, err := r.Inspect(t.Context(), pdfType, bytes.NewReader(document(2, carries+view)))
		_, _, drawn := pages(t, r, pdfType, document(2, carries+view))
		if !errors.Is(err, render.ErrPackage) || !errors.Is(drawn, render.ErrPackage) {
			t.Errorf("a package: %v, %v", err, drawn)
		}
	}
}

// A disk without room for what was compiled is told apart from a file that is wrong.
func TestF126NoRoomIsNoFaultOfTheFile(t *testing.T) {
	full := renderer(t, "", func(o *render.Options) {
		o.Command = []string{"/bin/sh", "-c", "echo 'write /cache/x: no space left on device' >&2; exit 1"}
	})
	for what, err := range map[string]error{
		"warming": full.Warm(t.Context()),
		"a PDF":   errorOf(full.Inspect(t.Context(), pdfType, bytes.NewReader(document(1, "")))),
		"a photo": errorOf(full.Inspect(t.Context(), jpegType, bytes.NewReader(photo(t)))),
	} {
		if _, ofFile := errors.AsType[render.Failure](err); ofFile || !errors.Is(err, syscall.ENOSPC) {
			t.Errorf("%s: %v, want no room", what, err)
		}
	}
}

func errorOf(_ render.Info, err error) error { return err }
