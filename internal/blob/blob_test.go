package blob_test

import (
	"bytes"
	"context"
	"errors"
	"io"
	"io/fs"
	"net"
	"os"
	"os/exec"
	"path/filepath"
	"regexp"
	"slices"
	"strings"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"pgregory.net/rapid"

	"naikkelas/internal/blob"
)

// onEach runs a test on both kinds of store.
func onEach(t *testing.T, test func(t *testing.T, s *blob.Store)) {
	t.Run("file", func(t *testing.T) {
		test(t, open(t, "file://"+filepath.Join(t.TempDir(), "blobs")))
	})
	t.Run("s3", func(t *testing.T) { test(t, openS3(t)) })
}

func TestKeptFilesComeBack(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		for _, size := range []int{0, 1, 100_000, 6 << 20} { // the last is sent to S3 in parts
			content := bytes.Repeat([]byte{'x', 0}, size/2+1)[:size]
			key := blob.NewKey()
			put(t, s, key, string(content))
			if got := get(t, s, key); got != string(content) {
				t.Errorf("%d bytes came back as %d", size, len(got))
			}
		}
	})
}

func TestPutReplaces(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		put(t, s, "a/b", "first, longer")
		put(t, s, "a/b", "second")
		if got := get(t, s, "a/b"); got != "second" {
			t.Errorf("got %q", got)
		}
	})
}

// A file can be made anew out of itself, in its own place, and who reads it meanwhile reads what was there.
func TestPutReplacesWhatItReads(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		content := strings.Repeat("first ", 1<<20) // is sent to S3 in parts
		put(t, s, "a/b", content)
		reading, err := s.Get(t.Context(), "a/b")
		if err != nil {
			t.Fatal(err)
		}
		defer reading.Close()
		source, err := s.Get(t.Context(), "a/b")
		if err != nil {
			t.Fatal(err)
		}
		defer source.Close()
		if err := s.Put(t.Context(), "a/b", io.MultiReader(strings.NewReader("again "), source)); err != nil {
			t.Fatal(err)
		}
		if got := get(t, s, "a/b"); got != "again "+content {
			t.Errorf("%d bytes, want %d", len(got), len(content)+6)
		}
		if got, err := io.ReadAll(reading); err != nil || string(got) != content {
			t.Errorf("who was reading got %d bytes, %v", len(got), err)
		}
	})
}

func TestAbsentIsNotFound(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		put(t, s, "ab/cd", "x")
		for _, key := range []string{blob.NewKey(), "ab"} {
			if _, err := s.Get(t.Context(), key); !errors.Is(err, blob.ErrNotFound) {
				t.Errorf("Get(%s): %v", key, err)
			}
			if there, err := s.Exists(t.Context(), key); there || err != nil {
				t.Errorf("Exists(%s): %v, %v", key, there, err)
			}
		}
	})
}

func TestDelete(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		key := blob.NewKey()
		put(t, s, key, "x")
		for range 2 { // a repeated job deletes twice
			if err := s.Delete(t.Context(), key); err != nil {
				t.Fatal(err)
			}
			if there, err := s.Exists(t.Context(), key); there || err != nil {
				t.Errorf("after deleting: %v, %v", there, err)
			}
		}
	})
}

func TestFailedPutLeavesNothing(t *testing.T) {
	broken := errors.New("upload broke off")
	onEach(t, func(t *testing.T, s *blob.Store) {
		half := func() io.Reader {
			return io.MultiReader(strings.NewReader(strings.Repeat("half ", 2<<20)), iotest.ErrReader(broken))
		}
		put(t, s, "kept", "old")
		for _, key := range []string{"new", "kept"} {
			if err := s.Put(t.Context(), key, half()); !errors.Is(err, broken) {
				t.Errorf("Put(%s): %v", key, err)
			}
		}
		if got := get(t, s, "kept"); got != "old" {
			t.Errorf("a failed Put replaced the content by %d bytes", len(got))
		}
		if keys := list(t, s, ""); !slices.Equal(keys, []string{"kept"}) {
			t.Errorf("kept: %v", keys)
		}
	})
}

func TestCancelledPutLeavesNothing(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		ctx, cancel := context.WithCancel(t.Context())
		r := io.MultiReader(strings.NewReader("begun"), readerFunc(func([]byte) (int, error) {
			cancel()
			return 0, io.EOF
		}))
		if err := s.Put(ctx, "new", r); !errors.Is(err, context.Canceled) {
			t.Errorf("got %v", err)
		}
		if keys := list(t, s, ""); len(keys) != 0 {
			t.Errorf("kept: %v", keys)
		}
	})
}

// While a file is written, neither Get nor List knows of it.
func TestUnfinishedPutIsInvisible(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		looked := false
		r := io.MultiReader(strings.NewReader("begun"), readerFunc(func([]byte) (int, error) {
			looked = true
			if _, err := s.Get(t.Context(), "new"); !errors.Is(err, blob.ErrNotFound) {
				t.Errorf("Get: %v", err)
			}
			if keys := list(t, s, ""); len(keys) != 0 {
				t.Errorf("List: %v", keys)
			}
			return 0, io.EOF
		}))
		if err := s.Put(t.Context(), "new", r); err != nil || !looked {
			t.Fatal(err, looked)
		}
		if got := get(t, s, "new"); got != "begun" {
			t.Errorf("got %q", got)
		}
	})
}

func TestList(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		before := time.Now().Add(-time.Minute)
		for _, key := range []string{"b/2", "a/1", "b/1", "bc"} {
			put(t, s, key, "x")
		}
		for prefix, want := range map[string][]string{
			"": {"a/1", "b/1", "b/2", "bc"}, "b/": {"b/1", "b/2"}, "b": {"b/1", "b/2", "bc"}, "none": nil,
		} {
			if got := list(t, s, prefix); !slices.Equal(got, want) {
				t.Errorf("List(%q) = %v, want %v", prefix, got, want)
			}
		}
		stop, calls := errors.New("enough"), 0
		err := s.List(t.Context(), "", func(_ string, modified time.Time) error {
			calls++
			if modified.Before(before) {
				t.Errorf("modified %v", modified)
			}
			return stop
		})
		if !errors.Is(err, stop) || calls != 1 {
			t.Errorf("stopped after %d calls with %v", calls, err)
		}
	})
}

func TestBadKeys(t *testing.T) {
	onEach(t, func(t *testing.T, s *blob.Store) {
		for _, key := range []string{"", "/", "../x", "a/../../x", "a//b", "a/", "/a", "a.tmp", "A", "a b", "a\x00", "a\n"} {
			_, getErr := s.Get(t.Context(), key)
			_, existsErr := s.Exists(t.Context(), key)
			for name, err := range map[string]error{
				"Put": s.Put(t.Context(), key, strings.NewReader("x")), "Get": getErr,
				"Exists": existsErr, "Delete": s.Delete(t.Context(), key),
			} {
				if !errors.Is(err, blob.ErrKey) {
					t.Errorf("%s(%q): %v", name, key, err)
				}
			}
		}
		if err := s.List(t.Context(), "../", nil); !errors.Is(err, blob.ErrKey) {
			t.Errorf("List: %v", err)
		}
	})
}

// The folder holds the blobs and nothing else, readable by its owner only.
func TestFolderHoldsOnlyBlobs(t *testing.T) {
	folder := filepath.Join(t.TempDir(), "deep", "blobs")
	s := open(t, "file://"+folder)
	put(t, s, "ab/cd", "x")
	_ = s.Put(t.Context(), "ab/ef", iotest.ErrReader(errors.New("broke off")))
	var files []string
	err := filepath.WalkDir(folder, func(path string, entry fs.DirEntry, err error) error {
		if err != nil {
			return err
		}
		if !entry.IsDir() {
			files = append(files, strings.TrimPrefix(path, folder+"/"))
			return nil
		}
		if info, err := entry.Info(); err != nil || info.Mode().Perm() != 0o700 {
			t.Errorf("%s: %v, %v", path, info.Mode(), err)
		}
		return nil
	})
	if err != nil || !slices.Equal(files, []string{"ab/cd"}) {
		t.Errorf("files %v, %v", files, err)
	}
}

func TestRelativeFolder(t *testing.T) {
	t.Chdir(t.TempDir())
	put(t, open(t, "file://./sub/blobs"), "a", "x")
	if _, err := os.Stat("sub/blobs/a"); err != nil {
		t.Error(err)
	}
}

func TestOpenRefuses(t *testing.T) {
	for _, url := range []string{"", "blobs", "mem://", "gs://bucket", "://", "file:///dev/null"} {
		if s, err := blob.Open(t.Context(), url); err == nil {
			t.Errorf("%q opened", url)
			_ = s.Close()
		}
	}
}

func TestNewKey(t *testing.T) {
	form := regexp.MustCompile(`^([0-9a-f]{2})/([0-9a-f]{32})$`)
	seen := map[string]bool{}
	for range 1000 {
		key := blob.NewKey()
		parts := form.FindStringSubmatch(key)
		if parts == nil || !strings.HasPrefix(parts[2], parts[1]) || seen[key] {
			t.Fatalf("key %q", key)
		}
		seen[key] = true
	}
}

// A folder store behaves like a map, whatever is done in which order.
func TestStoreIsAMap(t *testing.T) {
	s := open(t, "file://"+filepath.Join(t.TempDir(), "blobs"))
	model := map[string]string{}
	rapid.Check(t, func(t *rapid.T) {
		key := rapid.SampledFrom([]string{"a/1", "a/2", "b", "c-d"}).Draw(t, "key")
		switch rapid.IntRange(0, 2).Draw(t, "act") {
		case 0:
			model[key] = rapid.String().Draw(t, "content")
			if err := s.Put(t.Context(), key, strings.NewReader(model[key])); err != nil {
				t.Fatal(err)
			}
		case 1:
			delete(model, key)
			if err := s.Delete(t.Context(), key); err != nil {
				t.Fatal(err)
			}
		}
		want, there := model[key]
		r, err := s.Get(t.Context(), key)
		if !there {
			if !errors.Is(err, blob.ErrNotFound) {
				t.Fatalf("absent %s: %v", key, err)
			}
			return
		}
		if err != nil {
			t.Fatal(err)
		}
		defer r.Close()
		if got, err := io.ReadAll(r); err != nil || string(got) != want {
			t.Fatalf("%s holds %q, %v; want %q", key, got, err, want)
		}
	})
}

type readerFunc func([]byte) (int, error)

func (f readerFunc) Read(p []byte) (int, error) { return f(p) }

func open(t *testing.T, url string) *blob.Store {
	t.Helper()
	s, err := blob.Open(t.Context(), url)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// gateway is the S3 server that `make test` builds, from the folder of this package.
const gateway = "../../.local/tools/versitygw"

// openS3 opens a bucket of a real S3 server, which ends with the test.
func openS3(t *testing.T) *blob.Store {
	t.Helper()
	program, err := filepath.Abs(gateway)
	if err != nil {
		t.Fatal(err)
	}
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	address := listener.Addr().String()
	_ = listener.Close()
	root := t.TempDir()
	if err := os.Mkdir(filepath.Join(root, "blobs"), 0o755); err != nil { // a bucket is a folder of it
		t.Fatal(err)
	}
	server := exec.Command(program, "--port", address, "--access", "test", "--secret", "testtest", "--quiet", "posix", root)
	var log bytes.Buffer
	server.Stdout, server.Stderr = &log, &log
	server.SysProcAttr = &syscall.SysProcAttr{Pdeathsig: syscall.SIGKILL}
	if err := server.Start(); err != nil {
		t.Fatalf("start the S3 server (make test builds it): %v", err)
	}
	t.Cleanup(func() { _ = server.Process.Kill(); _ = server.Wait() })
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for late := time.After(30 * time.Second); ; {
		if conn, err := net.Dial("tcp", address); err == nil {
			_ = conn.Close()
			break
		}
		select {
		case <-tick.C:
		case <-late:
			t.Fatalf("the S3 server does not answer: %s", &log)
		}
	}
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "testtest")
	return open(t, "s3://blobs?region=us-east-1&use_path_style=true&endpoint=http://"+address)
}
