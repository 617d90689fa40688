package blob

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"gocloud.dev/blob"
	"gocloud.dev/blob/driver"
)

// A stuckDisk takes no byte until it is let go.
type stuckDisk struct {
	driver.Bucket
	let     chan struct{}
	dropped chan error
}

func (d *stuckDisk) NewTypedWriter(ctx context.Context, _, _ string, _ *driver.WriterOptions) (driver.Writer, error) {
	return &stuckWriter{ctx: ctx, disk: d}, nil
}

func (d *stuckDisk) Close() error { return nil }

type stuckWriter struct {
	ctx  context.Context
	disk *stuckDisk
}

func (w *stuckWriter) Write(p []byte) (int, error) { <-w.disk.let; return len(p), nil }

func (w *stuckWriter) Close() error {
	w.disk.dropped <- w.ctx.Err()
	return w.ctx.Err()
}

// A disk that takes no more holds nobody, and what it took of a file is dropped once it goes on.
func TestF154FolderThatTakesNothingMore(t *testing.T) {
	disk := &stuckDisk{let: make(chan struct{}), dropped: make(chan error, 1)}
	s := &Store{bucket: blob.NewBucket(disk), limits: Limits{Idle: 100 * time.Millisecond}, folder: t.TempDir()}
	done := make(chan error, 1)
	go func() { done <- s.Put(t.Context(), "new", strings.NewReader(strings.Repeat("x", 3*partSize))) }()
	select {
	case err := <-done:
		if !errors.Is(err, ErrUnavailable) || s.Failing() == nil {
			t.Errorf("got %v", err)
		}
	case <-time.After(5 * time.Second):
		t.Fatal("still writing")
	}
	close(disk.let)
	if err := <-disk.dropped; !errors.Is(err, context.Canceled) {
		t.Errorf("the part of a file was kept: %v", err)
	}
}
