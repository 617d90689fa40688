package jobs

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"
	"log/slog"
	"net/http"
	"net/http/httptest"
	"sync"
	"sync/atomic"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
	"naikkelas/internal/testdb"
	"naikkelas/models"
)

// breakingStore is a store of S3 that breaks off in the middle of as many files as breaks says.
func breakingStore(t *testing.T) (store *blob.Store, breaks *atomic.Int64) {
	t.Helper()
	breaks = &atomic.Int64{}
	var objects sync.Map
	server := httptest.NewServer(http.HandlerFunc(func(w http.ResponseWriter, r *http.Request) {
		body, _ := io.ReadAll(r.Body)
		if r.Method == http.MethodPut {
			objects.Store(r.URL.Path, body)
			return
		}
		kept, there := objects.Load(r.URL.Path)
		if !there {
			w.WriteHeader(http.StatusNotFound)
			return
		}
		content := kept.([]byte)
		w.Header().Set("Last-Modified", "Wed, 25 Nov 2026 05:00:00 GMT")
		w.Header().Set("Content-Length", fmt.Sprint(len(content)))
		if breaks.Add(-1) >= 0 {
			_, _ = w.Write(content[:len(content)/2])
			_ = http.NewResponseController(w).Flush()
			panic(http.ErrAbortHandler)
		}
		_, _ = w.Write(content)
	}))
	t.Cleanup(server.Close)
	t.Setenv("AWS_ACCESS_KEY_ID", "test")
	t.Setenv("AWS_SECRET_ACCESS_KEY", "testtest")
	limits := blob.Limits{Connect: time.Second, Idle: time.Second}
	store, err := blob.OpenWithin(t.Context(), "s3://blobs?region=us-east-1&use_path_style=true&endpoint="+server.URL, limits)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = store.Close() })
	return store, breaks
}

// A file whose store breaks off while it is scanned or opened is neither clean nor refused: it waits, and is
// opened when the store is back (F154).
func TestF154FileWaitsForTheStore(t *testing.T) {
	testdb.Alone(t) // the store takes its keys from the environment
	f := newFixture(t)
	f.Log = slog.New(slog.DiscardHandler)
	var breaks *atomic.Int64
	f.Blobs, breaks = breakingStore(t)
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 400, 300))); err != nil {
		t.Fatal(err)
	}
	u := f.upload(t, "image/png", file.Bytes())
	try := func() error {
		return f.Work(t.Context(), &river.Job[models.RenderUpload]{Args: models.RenderUpload{UploadID: u.ID}})
	}
	breaks.Store(1)
	if err := try(); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("opening a file whose store breaks off: %v", err)
	}
	f.Scanner = fakeDaemon(t, "stream: OK")
	breaks.Store(1) // once only: what was scanned by half would open whole
	if err := try(); !errors.Is(err, blob.ErrUnavailable) {
		t.Errorf("scanning a file whose store breaks off: %v", err)
	}
	if waiting, err := f.Store.Upload(t.Context(), f.owner, u.Ref); err != nil || waiting.State != models.UploadWaiting {
		t.Errorf("the file is %s %s, %v", waiting.State, waiting.Refusal, err)
	}
	if after := f.work(t, u); after.State != models.UploadReady {
		t.Errorf("with the store back: %s %s", after.State, after.Refusal)
	}
}
