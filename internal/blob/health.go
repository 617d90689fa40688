package blob

import (
	"context"
	"errors"
	"fmt"
	"io"
	"os"
	"slices"
	"strings"
	"sync"
	"syscall"

	"github.com/aws/smithy-go"
	"gocloud.dev/gcerrors"
)

// ErrUnavailable means that the store does not do what it is there for: it cannot be reached, does not answer,
// breaks off, is full, or turns us away. Whoever asks may try again later.
var ErrUnavailable = errors.New("blob: the store is unavailable")

// ErrFull is a store that has no room left: it is unavailable for what is written, and people who run the portal must
// make room.
var ErrFull = fmt.Errorf("%w: no room is left", ErrUnavailable)

// health is what became of the last try to read and of the last try to write. A store that can be read may
// still be full.
type health struct {
	mu               sync.Mutex
	reading, writing error
	written          bool // somebody has tried
}

// read names what became of reading, and remembers whether the store answered. Callers who stopped waiting say
// nothing about it.
func (s *Store) read(ctx context.Context, err error) error {
	err = s.named(ctx, err)
	if err == nil || errors.Is(err, ErrNotFound) || errors.Is(err, ErrUnavailable) {
		s.health.note(&s.health.reading, unlessMissing(err))
	}
	return err
}

// wrote is read for writing, where nothing can be missing but the place for it.
func (s *Store) wrote(ctx context.Context, err error) error {
	if err = s.named(ctx, err); errors.Is(err, ErrNotFound) {
		err = told(ErrUnavailable, err)
	}
	if err == nil || errors.Is(err, ErrUnavailable) {
		s.health.note(&s.health.writing, err)
	}
	return err
}

// named gives an error the name by which callers know it.
func (s *Store) named(ctx context.Context, err error) error {
	switch {
	case err == nil:
		return nil
	case ctx.Err() != nil:
		return told(ctx.Err(), err)
	case gcerrors.Code(err) == gcerrors.NotFound && !s.placeMissing(err):
		return ErrNotFound
	case full(err):
		return told(ErrFull, err)
	}
	return told(ErrUnavailable, err)
}

// fullCodes are what stores of S3 call having no room.
var fullCodes = []string{"XMinioStorageFull", "InsufficientStorage", "InsufficientCapacity", "QuotaExceeded"}

// full says whether a store has no room.
func full(err error) bool {
	if errors.Is(err, syscall.ENOSPC) || errors.Is(err, syscall.EDQUOT) {
		return true
	}
	answer, ok := errors.AsType[smithy.APIError](err)
	return ok && slices.Contains(fullCodes, answer.ErrorCode())
}

// told is an error of a kind whose cause is told and not handed on: a broken connection looks like the end of a
// file to some.
func told(kind, cause error) error { return fmt.Errorf("%w: %s", kind, cause.Error()) }

// placeMissing tells a store without our bucket or folder from one without a file.
func (s *Store) placeMissing(err error) bool {
	if s.folder != "" {
		_, missing := os.Stat(s.folder)
		return missing != nil
	}
	answer, ok := errors.AsType[smithy.APIError](err)
	return ok && answer.ErrorCode() == "NoSuchBucket"
}

func unlessMissing(err error) error {
	if errors.Is(err, ErrNotFound) {
		return nil
	}
	return err
}

func (h *health) note(what *error, err error) {
	h.mu.Lock()
	defer h.mu.Unlock()
	*what = err
	h.written = h.written || what == &h.writing
}

// Failing is why the store could not be read or written the last time that somebody tried, nil when it could.
func (s *Store) Failing() error {
	s.health.mu.Lock()
	defer s.health.mu.Unlock()
	return errors.Join(s.health.reading, s.health.writing)
}

// probeKey is where Check writes. It is nobody's file, and is deleted at once.
const probeKey = "probe"

// Check asks the store whether it answers, and returns what Failing says then. As long as it was never written
// or is failing, it must take a file and give it back.
func (s *Store) Check(ctx context.Context) error {
	s.health.mu.Lock()
	sound := s.health.written && s.health.reading == nil && s.health.writing == nil
	s.health.mu.Unlock()
	if sound {
		if _, err := s.Exists(ctx, probeKey); err == nil {
			return s.Failing()
		}
	}
	if err := s.Put(ctx, probeKey, strings.NewReader("probe")); err != nil {
		return s.Failing()
	}
	if r, err := s.Get(ctx, probeKey); err == nil {
		_, _ = io.Copy(io.Discard, r) // noted by r
		_ = r.Close()
	}
	_ = s.Delete(ctx, probeKey) // what stays behind is found as an orphan
	return s.Failing()
}
