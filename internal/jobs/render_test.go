package jobs

import (
	"bytes"
	"context"
	"crypto/sha256"
	"database/sql"
	"image"
	"image/jpeg"
	"image/png"
	"os"
	"path/filepath"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"github.com/riverqueue/river/riverdriver/riverdatabasesql"
	"gorm.io/gorm"

	"naikkelas/internal/blob"
	"naikkelas/internal/render"
	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models"
)

// TestMain lets the test program be the child that decodes files.
func TestMain(m *testing.M) {
	if len(os.Args) > 1 && os.Args[1] == "render" {
		os.Exit(render.Main())
	}
	os.Exit(m.Run())
}

type fixture struct {
	*RenderUpload
	db    *gorm.DB
	owner models.User
}

func newFixture(t *testing.T) fixture {
	t.Helper()
	db, _ := testdb.Open(t)
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
	w := &RenderUpload{
		Store: models.NewStore(db, time.Now, box, inserter), Blobs: blobs, Box: box,
		Renderer: render.New(render.Options{Command: []string{os.Args[0], "render"}, Timeout: time.Minute, MaxParallel: 1, CacheDir: t.TempDir(), Limits: render.DefaultLimits()}),
	}
	f := fixture{RenderUpload: w, db: db, owner: models.User{Role: models.Seeker}}
	err = db.Raw(`INSERT INTO users (ref, role, name, email, password_hash, language, created_at, updated_at)
		VALUES ('PK-1', 'seeker', 'Ani', 'ani@contoh.example', '-', 'id', now(), now()) RETURNING id`).Scan(&f.owner.ID).Error
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
	u, _, err := f.Store.AddUpload(t.Context(), f.owner, models.NewUpload{Purpose: "certificate", Name: "ijazah", MediaType: mediaType, Size: int64(len(content)), SHA256: sum[:], BlobKey: key})
	if err != nil {
		t.Fatal(err)
	}
	return u
}

func (f fixture) work(t *testing.T, u models.Upload) models.Upload {
	t.Helper()
	if err := f.Work(context.Background(), &river.Job[models.RenderUpload]{Args: models.RenderUpload{UploadID: u.ID}}); err != nil {
		t.Fatal(err)
	}
	after, err := f.Store.Upload(t.Context(), f.owner, u.Ref)
	if err != nil {
		t.Fatal(err)
	}
	return after
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
