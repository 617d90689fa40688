// Package blob keeps sealed files outside the database: in a folder (file://) or in an
// S3-compatible store (s3://). It knows neither what is in a file nor whose it is.
package blob

import (
	"context"
	"crypto/rand"
	"encoding/hex"
	"errors"
	"fmt"
	"io"
	"net/url"
	"os"
	"regexp"
	"strings"
	"time"

	"gocloud.dev/blob"
)

var (
	// ErrNotFound means that nothing is kept under the key.
	ErrNotFound = errors.New("blob: not found")
	// ErrKey means that a key is not of the form that Put allows.
	ErrKey = errors.New("blob: bad key")
)

// keys has no dot, so that no key can be one of the folder store's temporary files
// (key.1a2b.tmp) or climb out of the folder.
var keys = regexp.MustCompile(`^[a-z0-9]+([/_-][a-z0-9]+)*$`)

// Store is an open blob store. It is safe for concurrent use.
type Store struct {
	bucket *blob.Bucket
	limits Limits
	folder string // empty for S3
	health health
}

// Open connects to a store. The URL is file:///absolute/folder, file://./relative/folder
// or s3://bucket?region=...&endpoint=...&use_path_style=true, whose credentials come from
// where the AWS SDK looks for them. A folder is made when it is missing, for its owner only.
// A store of S3 is not asked yet: the portal starts without it.
func Open(ctx context.Context, rawURL string) (*Store, error) {
	return OpenWithin(ctx, rawURL, DefaultLimits())
}

// OpenWithin is Open with other limits.
func OpenWithin(ctx context.Context, rawURL string, limits Limits) (*Store, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errors.New("open blob store: not a URL")
	}
	s := &Store{limits: limits}
	switch u.Scheme {
	case "file":
		s.bucket, s.folder, err = openFolder(ctx, *u)
	case "s3":
		s.bucket, err = openS3(ctx, u, limits)
	default:
		return nil, fmt.Errorf("open blob store: scheme %q is neither file nor s3", u.Scheme)
	}
	if err != nil {
		return nil, fmt.Errorf("open blob store: %w", err)
	}
	return s, nil
}

// Close releases the store.
func (s *Store) Close() error { return s.bucket.Close() }

// Folders is over how many folders NewKey spreads its keys.
const Folders = 256

// Folder is the prefix that the keys of one of the Folders share, counted from 0.
func Folder(n int) string { return fmt.Sprintf("%02x/", n) }

// NewKey makes a random key of 128 bits behind a two-letter folder, so that no folder
// grows to millions of files: 7f/7f03...
func NewKey() string {
	var random [16]byte
	_, _ = rand.Read(random[:]) // never fails, see crypto/rand
	name := hex.EncodeToString(random[:])
	return name[:2] + "/" + name
}

// Put keeps all of r under the key, replacing what was there. Nobody sees a part of
// it: when r fails, or the context ends first, the key stays as it was. A key is made
// of a-z and 0-9, with single "/", "-" and "_" between them.
func (s *Store) Put(ctx context.Context, key string, r io.Reader) error {
	if !keys.MatchString(key) {
		return fmt.Errorf("put blob: %w", ErrKey)
	}
	source := &source{r: r}
	put := s.put
	if s.folder != "" {
		put = s.putInFolder
	}
	err := put(ctx, key, source)
	if source.err != nil {
		return fmt.Errorf("put blob %s: %w", key, source.err)
	}
	if err := s.wrote(ctx, err); err != nil {
		return fmt.Errorf("put blob %s: %w", key, err)
	}
	return nil
}

// A source remembers that it was the one that failed, and not the store.
type source struct {
	r   io.Reader
	err error
}

// Read reads on.
func (s *source) Read(p []byte) (int, error) {
	n, err := s.r.Read(p)
	if err != nil && err != io.EOF {
		s.err = err
	}
	return n, err
}

// put writes a blob. When it cannot be whole, it is dropped.
func (s *Store) put(ctx context.Context, key string, r io.Reader) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var file *os.File // of a folder store, nil for others
	w, err := s.bucket.NewWriter(ctx, key, &blob.WriterOptions{
		ContentType: "application/octet-stream", // sealed: there is nothing to sniff
		BeforeWrite: func(as func(any) bool) error { as(&file); return nil },
	})
	if err != nil {
		return err
	}
	_, err = io.Copy(w, r)
	if err == nil && file != nil {
		err = file.Sync() // the database will soon promise that the file exists
	}
	if err != nil {
		cancel()      // closing after this drops what was written
		_ = w.Close() // says only that it was cancelled
		return err
	}
	return w.Close()
}

// Get opens what is kept under the key; the caller closes it. Reading ends early with
// an error when the context ends, and with ErrUnavailable when the store breaks off.
func (s *Store) Get(ctx context.Context, key string) (io.ReadCloser, error) {
	if !keys.MatchString(key) {
		return nil, fmt.Errorf("get blob: %w", ErrKey)
	}
	open := func() (io.ReadCloser, error) { return s.bucket.NewReader(ctx, key, nil) }
	var r io.ReadCloser
	var err error
	if s.folder != "" {
		r, err = s.openInFolder(ctx, open)
	} else {
		r, err = open()
	}
	if err := s.read(ctx, err); err != nil {
		return nil, fmt.Errorf("get blob %s: %w", key, err)
	}
	return &reader{ctx: ctx, store: s, key: key, from: r}, nil
}

// A reader reads a blob and notes when the store breaks off.
type reader struct {
	ctx   context.Context
	store *Store
	key   string
	from  io.ReadCloser
}

// Read reads on.
func (r *reader) Read(p []byte) (int, error) {
	n, err := r.from.Read(p)
	if err == nil || err == io.EOF {
		return n, err
	}
	return n, fmt.Errorf("read blob %s: %w", r.key, r.store.read(r.ctx, err))
}

// Close ends the reading.
func (r *reader) Close() error { return r.from.Close() }

// Exists says whether something is kept under the key.
func (s *Store) Exists(ctx context.Context, key string) (bool, error) {
	if !keys.MatchString(key) {
		return false, fmt.Errorf("look for blob: %w", ErrKey)
	}
	there, err := step(ctx, s, func() (bool, error) { return s.bucket.Exists(ctx, key) })
	if err := s.read(ctx, err); err != nil {
		return false, fmt.Errorf("look for blob %s: %w", key, err)
	}
	return there, nil
}

// Delete removes what is kept under the key. Removing what is not there is no error,
// so that a job can be repeated.
func (s *Store) Delete(ctx context.Context, key string) error {
	if !keys.MatchString(key) {
		return fmt.Errorf("delete blob: %w", ErrKey)
	}
	_, err := step(ctx, s, func() (struct{}, error) { return struct{}{}, s.bucket.Delete(ctx, key) })
	if err = s.named(ctx, err); err != nil && !errors.Is(err, ErrNotFound) {
		return fmt.Errorf("delete blob %s: %w", key, err)
	}
	return nil
}

// List calls f for each key that starts with the prefix, in the order of the keys,
// with the time of its last Put. It stops at the first error and returns it.
func (s *Store) List(ctx context.Context, prefix string, f func(key string, modified time.Time) error) error {
	// A folder store fails on a prefix that would leave the folder; no key has a dot.
	if strings.Contains(prefix, ".") {
		return fmt.Errorf("list blobs: %w", ErrKey)
	}
	all := s.bucket.List(&blob.ListOptions{Prefix: prefix})
	for {
		object, err := step(ctx, s, func() (*blob.ListObject, error) { return all.Next(ctx) })
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err := s.read(ctx, err); err != nil {
			return fmt.Errorf("list blobs: %w", err)
		}
		if !keys.MatchString(object.Key) {
			continue // a file still being written, or nothing of ours
		}
		if err := f(object.Key, object.ModTime); err != nil {
			return err
		}
	}
}
