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
	_ "gocloud.dev/blob/fileblob" // file://
	_ "gocloud.dev/blob/s3blob"   // s3://
	"gocloud.dev/gcerrors"
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
}

// Open connects to a store. The URL is file:///absolute/folder, file://./relative/folder
// or s3://bucket?region=...&endpoint=...&use_path_style=true, whose credentials come from
// where the AWS SDK looks for them. A folder is made when it is missing, for its owner only.
func Open(ctx context.Context, rawURL string) (*Store, error) {
	u, err := url.Parse(rawURL)
	if err != nil {
		return nil, errors.New("open blob store: not a URL")
	}
	switch u.Scheme {
	case "file":
		q := u.Query()
		q.Set("create_dir", "true")
		q.Set("dir_file_mode", "0700")
		q.Set("no_tmp_dir", "true") // renaming from another disk would fail
		q.Set("metadata", "skip")   // no file of its own beside each blob
		u.RawQuery = q.Encode()
	case "s3":
	default:
		return nil, fmt.Errorf("open blob store: scheme %q is neither file nor s3", u.Scheme)
	}
	bucket, err := blob.OpenBucket(ctx, u.String())
	if err != nil {
		return nil, fmt.Errorf("open blob store: %w", err)
	}
	return &Store{bucket: bucket}, nil
}

// Close releases the store.
func (s *Store) Close() error { return s.bucket.Close() }

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
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	var file *os.File // of a folder store, nil for others
	w, err := s.bucket.NewWriter(ctx, key, &blob.WriterOptions{
		ContentType: "application/octet-stream", // sealed: there is nothing to sniff
		BeforeWrite: func(as func(any) bool) error { as(&file); return nil },
	})
	if err != nil {
		return fmt.Errorf("put blob %s: %w", key, err)
	}
	_, err = io.Copy(w, r)
	if err == nil && file != nil {
		err = file.Sync() // the database will soon promise that the file exists
	}
	if err != nil {
		cancel()      // closing after this drops what was written
		_ = w.Close() // says only that it was cancelled
		return fmt.Errorf("put blob %s: %w", key, err)
	}
	if err := w.Close(); err != nil {
		return fmt.Errorf("put blob %s: %w", key, err)
	}
	return nil
}

// Get opens what is kept under the key; the caller closes it. Reading ends early with
// an error when the context ends.
func (s *Store) Get(ctx context.Context, key string) (io.ReadCloser, error) {
	if !keys.MatchString(key) {
		return nil, fmt.Errorf("get blob: %w", ErrKey)
	}
	r, err := s.bucket.NewReader(ctx, key, nil)
	if err != nil {
		return nil, fmt.Errorf("get blob %s: %w", key, known(err))
	}
	return r, nil
}

// Exists says whether something is kept under the key.
func (s *Store) Exists(ctx context.Context, key string) (bool, error) {
	if !keys.MatchString(key) {
		return false, fmt.Errorf("look for blob: %w", ErrKey)
	}
	there, err := s.bucket.Exists(ctx, key)
	if err != nil {
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
	if err := known(s.bucket.Delete(ctx, key)); err != nil && !errors.Is(err, ErrNotFound) {
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
		object, err := all.Next(ctx)
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
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

// known names the one failure that callers tell apart.
func known(err error) error {
	if gcerrors.Code(err) == gcerrors.NotFound {
		return ErrNotFound
	}
	return err
}
