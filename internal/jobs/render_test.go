package jobs

import (
	"bufio"
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"errors"
	"fmt"
	"image"
	"image/jpeg"
	"image/png"
	"log/slog"
	"net"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/blob"
	"naikkelas/internal/ocr"
	"naikkelas/internal/render"
	"naikkelas/internal/scan"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
	"naikkelas/models/record"
)

// TestMain lets the test program be the child that decodes files, one that never ends with them, or another
// process that works jobs.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "stall" {
		os.Exit(stall())
	}
	if len(os.Args) > 3 && os.Args[1] == "hang" {
		fmt.Fprintln(os.Stderr, hang(os.Args[2], os.Args[3]))
		os.Exit(1)
	}
	if len(os.Args) > 1 && os.Args[1] == "render" {
		os.Exit(render.Main())
	}
	if len(os.Args) > 1 && os.Args[1] == "ocr" {
		os.Exit(ocr.Main())
	}
	os.Exit(m.Run())
}

// newRenderer starts this program as its children. The compiled PDFium is kept between runs.
func newRenderer(child string, cpu time.Duration) *render.Renderer {
	dir, err := os.UserCacheDir()
	if err != nil {
		dir = os.TempDir()
	}
	limits := render.DefaultLimits()
	limits.Memory *= 8 // room for what the race detector shadows
	return render.New(render.Options{Command: []string{os.Args[0], child}, CPU: cpu, Longest: 5 * time.Minute, MaxParallel: 1,
		CacheDir: filepath.Join(dir, "naikkelas-test", "pdfium"), Limits: limits})
}

type fixture struct {
	*RenderUpload
	database testdb.Database
	db       *gorm.DB
	pool     *pgxpool.Pool
	kernel   *record.DB
	keys     string
	owner    models.User
}

// newFixture is for a test that from here on runs beside others.
func newFixture(t *testing.T) fixture {
	t.Helper()
	testdb.Beside(t)
	database := testdb.New(t)
	db, pool := testdb.OpenDSN(t, database.AppDSN)
	sqldb, err := db.DB()
	if err != nil {
		t.Fatal(err)
	}
	keys := filepath.Join(t.TempDir(), "keyset.json")
	if err := seal.Generate(keys); err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(keys)
	if err != nil {
		t.Fatal(err)
	}
	inserter, err := river.NewClient[*sql.Tx](riverdatabasesql.New(sqldb), &river.Config{})
	if err != nil {
		t.Fatal(err)
	}
	blobs, err := blob.Open(t.Context(), "file://"+t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { blobs.Close() })
	kernel := record.New(db, time.Now, box, inserter)
	w := &RenderUpload{
		Store: models.NewStore(kernel), Blobs: blobs, Box: box,
		Renderer: newRenderer("render", time.Minute),
	}
	f := fixture{RenderUpload: w, database: database, db: db, pool: pool, kernel: kernel, keys: keys}
	f.owner.Role = models.Seeker
	err = db.Raw(`INSERT INTO users (ref, role, name, email, password_hash, language, created_at, updated_at)
		VALUES ('PK-1', 'seeker', 'Ani', 'ani@contoh.example', '-', 'id', now(), now())
		RETURNING id`).Scan(&f.owner.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	return f
}

func (f fixture) upload(t *testing.T, mediaType string, content []byte) models.Upload {
	t.Helper()
	key := blob.NewKey()
	r := f.Box.SealReader(bytes.NewReader(content), models.OriginalPlace(key))
	defer r.Close()
	if err := f.Blobs.Put(t.Context(), key, r); err != nil {
		t.Fatal(err)
	}
	sum := sha256.Sum256(content)
	kept, err := f.Store.AddUploads(t.Context(), f.owner, models.NewUpload{
		Purpose: "certificate", Name: "ijazah", MediaType: mediaType, Size: int64(len(content)), SHA256: sum[:], BlobKey: key,
	})
	if err != nil {
		t.Fatal(err)
	}
	return kept[0]
}

// step does one step for a file and says whether there is more to do.
func (f fixture) step(ctx context.Context, t *testing.T, u models.Upload) (more bool) {
	t.Helper()
	err := f.Work(ctx, &river.Job[models.RenderUpload]{Args: models.RenderUpload{UploadID: u.ID}})
	if _, more = errors.AsType[*river.JobSnoozeError](err); !more && err != nil {
		t.Fatal(err)
	}
	return more
}

// work does all steps for a file.
func (f fixture) work(t *testing.T, u models.Upload) models.Upload {
	t.Helper()
	for f.step(context.Background(), t, u) {
	}
	after, err := f.Store.Upload(t.Context(), f.owner, u.Ref)
	if err != nil {
		t.Fatal(err)
	}
	return after
}

// fakeDaemon answers every file with one verdict, as clamd does.
func fakeDaemon(t *testing.T, verdict string) *scan.Scanner {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { listener.Close() })
	go func() {
		for {
			conn, err := listener.Accept()
			if err != nil {
				return
			}
			end := make([]byte, 4)
			for r := bufio.NewReader(conn); !bytes.Equal(end, make([]byte, 4)) || r.Buffered() > 0; {
				b, err := r.ReadByte()
				if err != nil {
					break
				}
				end = append(end[1:], b)
			}
			_, _ = conn.Write([]byte(verdict + "\x00"))
			_ = conn.Close()
		}
	}()
	s, err := scan.New(listener.Addr().String())
	if err != nil {
		t.Fatal(err)
	}
	return s
}

// What the scanner finds is refused before anything opens it, and its bytes go to nobody; without a
// verdict the file waits.
func TestNothingIsOpenedBeforeTheScan(t *testing.T) {
	f := newFixture(t)
	f.Log = slog.New(slog.DiscardHandler)
	u := f.upload(t, "image/jpeg", []byte("\xff\xd8\xff not even one"))
	f.Scanner = fakeDaemon(t, "stream: Uji FOUND")
	if after := f.work(t, u); after.State != models.UploadRefused || after.Refusal != "virus" {
		t.Errorf("after a find: %s %s", after.State, after.Refusal)
	}
	if _, err := f.Store.Original(t.Context(), f.owner, u.Ref); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("the bytes of a find: %v, want not found", err)
	}
	waiting := f.upload(t, "image/jpeg", []byte("\xff\xd8\xff another"))
	f.Scanner = fakeDaemon(t, "INSTREAM size limit exceeded. ERROR")
	err := f.Work(t.Context(), &river.Job[models.RenderUpload]{Args: models.RenderUpload{UploadID: waiting.ID}})
	if !errors.Is(err, scan.ErrDaemon) {
		t.Errorf("without a verdict: %v", err)
	}
	officer := models.User{ID: f.owner.ID, Role: models.Officer}
	if err := f.Store.OpenFiles(t.Context(), officer, waiting.Ref, "Ditanyakan di loket."); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Store.Original(t.Context(), officer, waiting.Ref); !errors.Is(err, models.ErrNotFound) {
		t.Errorf("the bytes of a file that was not scanned, for an officer: %v, want not found", err)
	}
	f.Scanner = fakeDaemon(t, "stream: OK")
	if after := f.work(t, waiting); after.Refusal != "unreadable" {
		t.Errorf("after a clean scan: %s %s, want it opened", after.State, after.Refusal)
	}
}

func TestUploadBecomesSealedImages(t *testing.T) {
	f := newFixture(t)
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 400, 300))); err != nil {
		t.Fatal(err)
	}
	u := f.upload(t, "image/png", file.Bytes())
	for range 2 { // a job may run twice
		if after := f.work(t, u); after.State != models.UploadReady {
			t.Fatalf("state %s %s", after.State, after.Refusal)
		}
	}
	page, err := f.Store.UploadPage(t.Context(), f.owner, u.Ref, 1)
	if err != nil {
		t.Fatal(err)
	}
	sealed, err := f.Blobs.Get(t.Context(), page.ViewKey)
	if err != nil {
		t.Fatal(err)
	}
	defer sealed.Close()
	plain, err := f.Box.UnsealReader(sealed, models.ImagePlace(page.ViewKey))
	if err != nil {
		t.Fatal(err)
	}
	made, err := jpeg.Decode(plain)
	if err != nil || made.Bounds().Dx() != page.Width {
		t.Errorf("%v, page %+v", err, page)
	}
}

func TestUnreadableUploadIsRefusedWithItsReason(t *testing.T) {
	f := newFixture(t)
	u := f.upload(t, "image/png", []byte("\x89PNG\r\n\x1a\nrusak"))
	if after := f.work(t, u); after.State != models.UploadRefused || after.Refusal != string(render.ErrUnreadable) {
		t.Errorf("state %s %q", after.State, after.Refusal)
	}
}
