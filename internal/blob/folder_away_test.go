package blob_test

import (
	"errors"
	"os"
	"path/filepath"
	"strings"
	"syscall"
	"testing"

	"naikkelas/internal/blob"
)

// A folder whose disk does not answer holds nobody: here a pipe without a writer stands for such a disk.
func TestF154FolderThatHangs(t *testing.T) {
	folder := t.TempDir()
	pipe := filepath.Join(folder, "kept")
	if err := syscall.Mkfifo(pipe, 0o600); err != nil {
		t.Fatal(err)
	}
	s, err := blob.OpenWithin(t.Context(), "file://"+folder, quick)
	if err != nil {
		t.Fatal(err)
	}
	err = soon(t, "Get", func() error { return read(t.Context(), s, "kept") })
	if !errors.Is(err, blob.ErrUnavailable) || s.Failing() == nil {
		t.Errorf("a file that does not open: %v", err)
	}
	silent, err := os.OpenFile(pipe, os.O_RDWR, 0) // lets the one who was left behind go, and gives nothing to read
	if err != nil {
		t.Fatal(err)
	}
	defer silent.Close()
	err = soon(t, "Get", func() error { return read(t.Context(), s, "kept") })
	if !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("a file that does not read: %v", err)
	}
	put(t, s, "other", "x")
	if got := get(t, s, "other"); got != "x" || s.Failing() != nil {
		t.Errorf("%q, %v", got, s.Failing())
	}
}

// A folder that is gone, or has become something else, is a store that is away; its files are not lost.
func TestF154FolderThatIsGone(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "blobs")
	s := open(t, "file://"+folder)
	put(t, s, "ab/cd", "x")
	if err := os.Rename(folder, folder+".away"); err != nil {
		t.Fatal(err)
	}
	if err := read(t.Context(), s, "ab/cd"); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("Get without the folder: %v", err)
	}
	if err := os.WriteFile(folder, nil, 0o600); err != nil {
		t.Fatal(err)
	}
	for what, err := range map[string]error{
		"Get": read(t.Context(), s, "ab/cd"), "Put": s.Put(t.Context(), "ab/ef", strings.NewReader("x")), "Check": s.Check(t.Context()),
	} {
		if !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("%s where the folder is a file: %v", what, err)
		}
	}
	if err := errors.Join(os.Remove(folder), os.Rename(folder+".away", folder)); err != nil {
		t.Fatal(err)
	}
	if err := s.Check(t.Context()); err != nil || get(t, s, "ab/cd") != "x" {
		t.Errorf("with the folder back: %v", err)
	}
}
