package render_test

import (
	"errors"
	"os"
	"testing"
	"time"

	"naikkelas/internal/render"
)

// second is enough of the processor for a photo, also with the race detector.
func second(o *render.Options) { o.CPU = time.Second }

// A child that is stopped for longer than it may use the processor, as on a machine that is busy with other things,
// makes the images of a good file all the same, and the wait is not counted as work.
func TestGoodFileIsShownByAChildThatHadToWait(t *testing.T) {
	r := renderer(t, "", func(o *render.Options) {
		second(o)
		const stopped = `(until grep -q "^State:.T" /proc/$$/status; do :; done; sleep 1.5; kill -CONT $$) & kill -STOP $$; exec "$0" render`
		o.Command = []string{"/bin/sh", "-c", stopped, os.Args[0]}
	})
	start := time.Now()
	got, _, err := pages(t, r, jpegType, photo(t))
	if err != nil || len(got) != 1 {
		t.Fatalf("got %d pages, %v", len(got), err)
	}
	if took := time.Since(start); took < 1500*time.Millisecond || got[0].Took <= 0 || got[0].Took > time.Second {
		t.Errorf("the page took %s of the processor in %s", got[0].Took, took)
	}
}

func TestSpinningChildIsEndedByItsProcessorTime(t *testing.T) {
	if _, _, err := pages(t, renderer(t, "spin", second), jpegType, photo(t)); !errors.Is(err, render.ErrTimeout) {
		t.Errorf("got %v, want %v", err, render.ErrTimeout)
	}
}

// A child that waits for ever is ended too, but that is not the fault of its file.
func TestHangingChildrenAreKilled(t *testing.T) {
	short := func(o *render.Options) { o.Longest = 50 * time.Millisecond }
	_, _, err := pages(t, renderer(t, "hang", short), jpegType, photo(t))
	if _, ofFile := errors.AsType[render.Failure](err); ofFile || !errors.Is(err, render.ErrStalled) {
		t.Errorf("child: got %v, want %v", err, render.ErrStalled)
	}
	// A grandchild that would hold the pipes open is of the same group.
	r := renderer(t, "", func(o *render.Options) {
		short(o)
		o.Command = []string{"/bin/sh", "-c", "sleep 600 & wait"}
	})
	start := time.Now()
	if _, _, err := pages(t, r, jpegType, photo(t)); !errors.Is(err, render.ErrStalled) {
		t.Errorf("grandchild: got %v, want %v", err, render.ErrStalled)
	}
	if took := time.Since(start); took > time.Minute {
		t.Errorf("the grandchild lived on: %v", took)
	}
}
