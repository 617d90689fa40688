package blob

import (
	"context"
	"errors"
	"io"
	"net/url"
	"path/filepath"
	"time"

	"gocloud.dev/blob"
	_ "gocloud.dev/blob/fileblob" // file://
)

// openFolder opens the folder of a URL, and says which it is.
func openFolder(ctx context.Context, u url.URL) (*blob.Bucket, string, error) {
	q := u.Query()
	q.Set("create_dir", "true")
	q.Set("dir_file_mode", "0700")
	q.Set("no_tmp_dir", "true") // renaming from another disk would fail
	q.Set("metadata", "skip")   // no file of its own beside each blob
	u.RawQuery = q.Encode()
	bucket, err := blob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, "", err
	}
	folder, err := filepath.Abs(u.Host + u.Path)
	return bucket, folder, err
}

// A folder may lie on another machine's disk. The kernel holds whoever asks for as long as that machine is
// silent, and hears of no deadline: each step is made by a goroutine of its own, which is left behind when it
// takes too long, with nothing that anybody else still uses.

// step makes one step of a store: of a folder, within its limits; of S3, whose connections keep to them.
func step[T any](ctx context.Context, s *Store, do func() (T, error)) (T, error) {
	if s.folder == "" {
		return do()
	}
	return within(ctx, s.limits.Idle, do, func(T) {})
}

// within waits for do, and hands what it gives too late to late.
func within[T any](ctx context.Context, limit time.Duration, do func() (T, error), late func(T)) (T, error) {
	type outcome struct {
		value T
		err   error
	}
	done := make(chan outcome, 1)
	go func() {
		value, err := do()
		done <- outcome{value, err}
	}()
	timer := time.NewTimer(limit)
	defer timer.Stop()
	err := errStalled
	select {
	case o := <-done:
		return o.value, o.err
	case <-timer.C:
	case <-ctx.Done():
		err = ctx.Err()
	}
	go func() {
		if o := <-done; o.err == nil {
			late(o.value)
		}
	}()
	var nothing T
	return nothing, err
}

// putInFolder hands r over in parts, each of which must be taken within the limits. Reading r takes as long as
// it takes.
func (s *Store) putInFolder(ctx context.Context, key string, r io.Reader) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel() // one that was left behind drops what it wrote
	parts, w := io.Pipe()
	done := make(chan error, 1)
	go func() {
		err := s.put(ctx, key, parts)
		_ = parts.CloseWithError(errors.Join(err, io.ErrClosedPipe)) // nobody is to write to it any more
		done <- err
	}()
	watch := time.AfterFunc(s.limits.Idle, func() { _ = parts.CloseWithError(errStalled) })
	defer watch.Stop()
	if err := handOver(w, r, watch, s.limits.Idle); errors.Is(err, errStalled) {
		return err
	}
	_, err := within(ctx, s.limits.Idle, func() (struct{}, error) { return struct{}{}, <-done }, func(struct{}) {})
	return err
}

// handOver writes r to a pipe, whose other end the watch closes when a part is not taken in time.
func handOver(w *io.PipeWriter, r io.Reader, watch *time.Timer, limit time.Duration) error {
	part := make([]byte, partSize)
	for {
		watch.Stop()
		n, err := r.Read(part)
		watch.Reset(limit)
		if n > 0 {
			if _, err := w.Write(part[:n]); err != nil {
				return err
			}
		}
		if err != nil {
			return w.CloseWithError(err) // io.EOF is the end
		}
	}
}

// partSize is how much of a file travels between the store and its caller at once.
const partSize = 256 << 10

// openInFolder opens a file, which is closed when it opens too late.
func (s *Store) openInFolder(ctx context.Context, open func() (io.ReadCloser, error)) (io.ReadCloser, error) {
	r, err := within(ctx, s.limits.Idle, open, func(r io.ReadCloser) { _ = r.Close() })
	if err != nil {
		return nil, err
	}
	return &folderReader{ctx: ctx, from: r, limit: s.limits.Idle}, nil
}

// A folderReader reads through a part of its own, so that a reading that is left behind writes to nobody.
type folderReader struct {
	ctx   context.Context
	from  io.ReadCloser
	limit time.Duration
	part  []byte // read, and not handed out yet
	err   error  // what comes after it
	lost  bool   // somebody still reads who was left behind, and closes the file
}

// Read reads on.
func (f *folderReader) Read(p []byte) (int, error) {
	if len(f.part) == 0 && f.err == nil {
		f.fill()
	}
	n := copy(p, f.part)
	f.part = f.part[n:]
	if len(f.part) > 0 || n > 0 {
		return n, nil
	}
	return 0, f.err
}

func (f *folderReader) fill() {
	type outcome struct {
		part []byte
		err  error
	}
	got, err := within(f.ctx, f.limit, func() (outcome, error) {
		part := make([]byte, partSize)
		n, err := f.from.Read(part)
		return outcome{part[:n], err}, nil
	}, func(outcome) { _ = f.from.Close() })
	if f.part, f.err = got.part, got.err; err != nil {
		f.err, f.lost = err, true
	}
}

// Close ends the reading.
func (f *folderReader) Close() error {
	if f.lost {
		return nil
	}
	return f.from.Close()
}
