package blob_test

import (
	"bytes"
	"context"
	"errors"
	"fmt"
	"io"
	"net"
	"net/http"
	"net/http/httptest"
	"strings"
	"sync"
	"sync/atomic"
	"syscall"
	"testing"
	"testing/iotest"
	"time"

	"naikkelas/internal/blob"
	"naikkelas/internal/testdb/wire"
)

// quick are limits that let a test wait for them.
var quick = blob.Limits{Connect: 300 * time.Millisecond, Idle: 300 * time.Millisecond}

// A fakeS3 keeps objects in memory as an S3 server does, as long as nothing is wrong with it. wrong answers a
// request in its place when it returns true.
type fakeS3 struct {
	mu      sync.Mutex
	objects map[string][]byte
	wrong   func(w http.ResponseWriter, r *http.Request) bool
}

func (f *fakeS3) fails(wrong func(w http.ResponseWriter, r *http.Request) bool) {
	f.mu.Lock()
	defer f.mu.Unlock()
	f.wrong = wrong
}

// ServeHTTP answers the few requests that the tests send.
func (f *fakeS3) ServeHTTP(w http.ResponseWriter, r *http.Request) {
	f.mu.Lock()
	wrong := f.wrong
	f.mu.Unlock()
	if wrong != nil && wrong(w, r) {
		return
	}
	body, _ := io.ReadAll(r.Body)
	f.mu.Lock()
	defer f.mu.Unlock()
	object, there := f.objects[r.URL.Path]
	switch {
	case r.Method == http.MethodPut:
		f.objects[r.URL.Path] = body
	case r.Method == http.MethodDelete:
		delete(f.objects, r.URL.Path)
		w.WriteHeader(http.StatusNoContent)
	case r.URL.Query().Has("list-type"):
		fmt.Fprint(w, `<ListBucketResult><Name>blobs</Name></ListBucketResult>`)
	case !there:
		refuse(w, http.StatusNotFound, "NoSuchKey")
	default:
		w.Header().Set("Last-Modified", "Wed, 25 Nov 2026 05:00:00 GMT")
		_, _ = w.Write(object)
	}
}

func refuse(w http.ResponseWriter, status int, code string) {
	w.WriteHeader(status)
	fmt.Fprintf(w, "<Error><Code>%s</Code></Error>", code)
}

// startS3 starts a fake server, with a wire to it and a store that is opened through the wire.
func startS3(t *testing.T) (*fakeS3, *wire.Wire, *blob.Store) {
	t.Helper()
	f := &fakeS3{objects: map[string][]byte{}}
	server := httptest.NewServer(f)
	w := wire.New(t, "tcp", server.Listener.Addr().String())
	t.Cleanup(func() { w.Refuse(); server.CloseClientConnections(); server.Close() })
	return f, w, openAt(t, w.Address())
}

func openAt(t *testing.T, address string) *blob.Store {
	t.Helper()
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "testtest")
	s, err := blob.OpenWithin(t.Context(), "s3://blobs?region=us-east-1&use_path_style=true&endpoint=http://"+address, quick)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = s.Close() })
	return s
}

// everyUse is each thing that can be asked of a store.
func everyUse(ctx context.Context, s *blob.Store) map[string]func() error {
	return map[string]func() error{
		"Put":    func() error { return s.Put(ctx, "kept", strings.NewReader("new")) },
		"Get":    func() error { return read(ctx, s, "kept") },
		"Exists": func() error { _, err := s.Exists(ctx, "kept"); return err },
		"Delete": func() error { return s.Delete(ctx, "kept") },
		"List":   func() error { return s.List(ctx, "", func(string, time.Time) error { return nil }) },
	}
}

func read(ctx context.Context, s *blob.Store, key string) error {
	r, err := s.Get(ctx, key)
	if err != nil {
		return err
	}
	_, err = io.Copy(io.Discard, r)
	return errors.Join(err, r.Close())
}

// soon fails the test when f takes longer than somebody waits for a page.
func soon(t *testing.T, what string, f func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-time.After(8 * time.Second):
		t.Fatalf("%s: still waiting", what)
	}
	return nil
}

// allUnavailable fails the test unless every use of the store ends soon and says that the store is away.
func allUnavailable(t *testing.T, s *blob.Store) {
	t.Helper()
	for what, f := range everyUse(t.Context(), s) {
		if err := soon(t, what, f); !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("%s: %v, want unavailable", what, err)
		}
	}
	if !errors.Is(s.Failing(), blob.ErrUnavailable) {
		t.Errorf("the store is not known to fail: %v", s.Failing())
	}
}

// allWell fails the test unless every use of the store succeeds.
func allWell(t *testing.T, s *blob.Store) {
	t.Helper()
	for _, what := range []string{"Put", "Exists", "Get", "List", "Delete"} {
		if err := everyUse(t.Context(), s)[what](); err != nil {
			t.Errorf("%s: %v", what, err)
		}
	}
	if err := s.Failing(); err != nil {
		t.Errorf("a sound store is said to fail: %v", err)
	}
}

func TestF154StoreThatRefuses(t *testing.T) {
	_, w, s := startS3(t)
	allWell(t, s)
	w.Refuse()
	allUnavailable(t, s)
}

// A store that takes connections and says nothing, new or open ones.
func TestF154StoreThatHangs(t *testing.T) {
	_, w, s := startS3(t)
	allWell(t, s)
	w.Hold()
	allUnavailable(t, s)
	allUnavailable(t, openAt(t, w.Address()))
	w.Free()
	allWell(t, s)
}

// A store that does not even take connections, as behind a network that drops everything.
func TestF154StoreThatCannotBeReached(t *testing.T) {
	fd, err := syscall.Socket(syscall.AF_INET, syscall.SOCK_STREAM, 0)
	if err != nil {
		t.Fatal(err)
	}
	defer syscall.Close(fd)
	if err := errors.Join(syscall.Bind(fd, &syscall.SockaddrInet4{Addr: [4]byte{127, 0, 0, 1}}), syscall.Listen(fd, 0)); err != nil {
		t.Fatal(err)
	}
	name, err := syscall.Getsockname(fd)
	if err != nil {
		t.Fatal(err)
	}
	address := fmt.Sprintf("127.0.0.1:%d", name.(*syscall.SockaddrInet4).Port)
	for { // until its queue is full, and the next connection hears nothing
		conn, err := net.DialTimeout("tcp", address, 100*time.Millisecond)
		if err != nil {
			break
		}
		defer conn.Close()
	}
	allUnavailable(t, openAt(t, address))
}

// A store that breaks off, or falls silent, in the middle of a file.
func TestF154StoreThatDiesInATransfer(t *testing.T) {
	f, _, s := startS3(t)
	whole := bytes.Repeat([]byte("isi berkas "), 100_000)
	put(t, s, "kept", string(whole))
	over := make(chan struct{})
	t.Cleanup(func() { close(over) })
	for name, end := range map[string]func(){
		"breaks off": func() { panic(http.ErrAbortHandler) }, "falls silent": func() { <-over },
	} {
		f.fails(func(w http.ResponseWriter, r *http.Request) bool {
			if r.Method == http.MethodPut {
				_, _ = io.CopyN(io.Discard, r.Body, 1000)
			} else {
				w.Header().Set("Content-Length", fmt.Sprint(len(whole)))
				_, _ = w.Write(whole[:len(whole)/2])
				_ = http.NewResponseController(w).Flush()
			}
			end()
			return true
		})
		err := soon(t, "Get", func() error { return read(t.Context(), s, "kept") })
		if !errors.Is(err, blob.ErrUnavailable) || errors.Is(err, io.ErrUnexpectedEOF) {
			t.Errorf("a reading that %s: %v, want unavailable", name, err)
		}
		err = soon(t, "Put", func() error { return s.Put(t.Context(), "new", bytes.NewReader(whole)) })
		if !errors.Is(err, blob.ErrUnavailable) {
			t.Errorf("a writing that %s: %v, want unavailable", name, err)
		}
		if !errors.Is(s.Failing(), blob.ErrUnavailable) {
			t.Errorf("%s: not known to fail", name)
		}
	}
	f.fails(nil)
	if got := get(t, s, "kept"); got != string(whole) {
		t.Errorf("%d bytes came back of %d", len(got), len(whole))
	}
	if there, err := s.Exists(t.Context(), "new"); there || err != nil {
		t.Errorf("half a file is there: %v, %v", there, err)
	}
}

// A store that is slow and moves is waited for, far longer than one that is silent.
func TestF154SlowStoreIsWaitedFor(t *testing.T) {
	f := &fakeS3{objects: map[string][]byte{}}
	server := httptest.NewUnstartedServer(f)
	server.Config.ConnContext = func(ctx context.Context, conn net.Conn) context.Context {
		_ = conn.(*net.TCPConn).SetReadBuffer(64 << 10) // what waits there has moved
		return ctx
	}
	server.Start()
	t.Cleanup(server.Close)
	s := openAt(t, server.Listener.Addr().String())
	whole := bytes.Repeat([]byte{'x'}, 8<<20)
	const parts = 8
	pace := func(f func(part int)) {
		tick := time.NewTicker(quick.Idle / 3)
		defer tick.Stop()
		for part := range parts {
			<-tick.C
			f(part)
		}
	}
	f.fails(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method == http.MethodPut {
			pace(func(int) { _, _ = io.CopyN(io.Discard, r.Body, int64(len(whole)/parts)) })
			return false
		}
		w.Header().Set("Content-Length", fmt.Sprint(len(whole)))
		pace(func(part int) {
			_, _ = w.Write(whole[part*len(whole)/parts : (part+1)*len(whole)/parts])
			_ = http.NewResponseController(w).Flush()
		})
		return true
	})
	begun := time.Now()
	if err := s.Put(t.Context(), "slow", bytes.NewReader(whole)); err != nil {
		t.Errorf("a slow writing: %v", err)
	}
	if got := get(t, s, "slow"); len(got) != len(whole) {
		t.Errorf("%d bytes of %d", len(got), len(whole))
	}
	if took := time.Since(begun); took < 4*quick.Idle {
		t.Errorf("took %v: not slow enough to prove anything", took)
	}
}

// What a store may answer that is no fault of a file (F154: SlowDown, changed keys, a clock that is off, a
// bucket that may not be written).
func TestF154StoreThatAnswersWithARefusal(t *testing.T) {
	answers := map[string]int{
		"SlowDown": 503, "InvalidAccessKeyId": 403, "RequestTimeTooSkewed": 403, "AccessDenied": 403, "NoSuchBucket": 404, "InternalError": 500,
	}
	for code, status := range answers {
		f, _, s := startS3(t)
		f.fails(func(w http.ResponseWriter, r *http.Request) bool { refuse(w, status, code); return true })
		for _, what := range []string{"Put", "Get", "List"} {
			if err := soon(t, what, everyUse(t.Context(), s)[what]); !errors.Is(err, blob.ErrUnavailable) {
				t.Errorf("%s after %s: %v", what, code, err)
			}
		}
	}
}

// One hiccup is nobody's business.
func TestStoreIsAskedAgainAtOnce(t *testing.T) {
	f, _, s := startS3(t)
	var asked atomic.Int64
	f.fails(func(w http.ResponseWriter, r *http.Request) bool {
		if asked.Add(1) > 1 {
			return false
		}
		refuse(w, http.StatusServiceUnavailable, "SlowDown")
		return true
	})
	allWell(t, s)
}

// Whoever stops waiting, and a file that cannot be read, say nothing about the store.
func TestStoreIsNotBlamedForOthers(t *testing.T) {
	_, w, s := startS3(t)
	ctx, stop := context.WithCancel(t.Context())
	w.Hold()
	time.AfterFunc(quick.Idle/3, stop)
	if err := soon(t, "Put", func() error { return s.Put(ctx, "new", strings.NewReader("x")) }); !errors.Is(err, context.Canceled) {
		t.Errorf("given up: %v", err)
	}
	w.Free()
	broken := errors.New("upload broke off")
	err := s.Put(t.Context(), "new", io.MultiReader(strings.NewReader("x"), iotest.ErrReader(broken)))
	if !errors.Is(err, broken) || errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("a file that cannot be read: %v", err)
	}
	if _, err := s.Get(t.Context(), "none"); !errors.Is(err, blob.ErrNotFound) {
		t.Errorf("a file that is not there: %v", err)
	}
	if err := s.Failing(); err != nil {
		t.Errorf("said to fail: %v", err)
	}
}

// Check finds a store that can be read and not written, and finds out when it is well again; a sound one is
// only asked.
func TestF154CheckProvesTheStore(t *testing.T) {
	f, w, s := startS3(t)
	var written atomic.Int64
	var full atomic.Bool
	full.Store(true)
	f.fails(func(w http.ResponseWriter, r *http.Request) bool {
		if r.Method != http.MethodPut {
			return false
		}
		written.Add(1)
		if full.Load() {
			refuse(w, http.StatusForbidden, "AccessDenied")
		}
		return full.Load()
	})
	if err := s.Check(t.Context()); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("a store that cannot be written: %v", err)
	}
	if err := read(t.Context(), s, "none"); !errors.Is(err, blob.ErrNotFound) || s.Failing() == nil {
		t.Errorf("reading made a full store well: %v, %v", err, s.Failing())
	}
	full.Store(false)
	if err := s.Check(t.Context()); err != nil || s.Failing() != nil {
		t.Errorf("well again: %v", err)
	}
	put(t, s, "probe", "one that a crash has left behind, or a store that tells nobody what is not there")
	before := written.Load()
	if err := s.Check(t.Context()); err != nil || written.Load() > before {
		t.Errorf("a sound store: %v, written %d times", err, written.Load()-before)
	}
	w.Hold()
	if err := soon(t, "Check", func() error { return s.Check(t.Context()) }); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("a store that hangs: %v", err)
	}
}
