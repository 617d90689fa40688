package jobs

import (
	"bytes"
	"errors"
	"image"
	"image/png"
	"io"
	"log/slog"
	"os"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/blob"
	"naikkelas/internal/seal"
	"naikkelas/models"
)

// put seals something into the store of files and gives its key.
func (f fixture) putSealed(t *testing.T, text string, place func(string) seal.Place) string {
	t.Helper()
	key := blob.NewKey()
	r := f.Box.SealReader(strings.NewReader(text), place(key))
	defer r.Close()
	if err := f.Blobs.Put(t.Context(), key, r); err != nil {
		t.Fatal(err)
	}
	return key
}

// sealedFilesOf has a file of every kind in the store, by key, with its place.
func (f fixture) sealedFilesOf(t *testing.T) map[string]seal.Place {
	t.Helper()
	var file bytes.Buffer
	if err := png.Encode(&file, image.NewGray(image.Rect(0, 0, 400, 300))); err != nil {
		t.Fatal(err)
	}
	u := f.work(t, f.upload(t, "image/png", file.Bytes()))
	page, err := f.Store.UploadPage(t.Context(), f.owner, u.Ref, 1)
	if err != nil {
		t.Fatal(err)
	}
	sheet := f.putSealed(t, "a;sheet", models.OriginalPlace)
	if _, err := f.Store.CreateImport(t.Context(), models.User{ID: f.owner.ID, Role: models.Officer}, "daftar.csv", sheet, 0); err != nil {
		t.Fatal(err)
	}
	part := f.putSealed(t, "a piece", models.PartPlace)
	partial, err := f.Store.StartPartial(t.Context(), f.owner, "other", "foto.jpg", 100)
	if err == nil {
		err = f.Store.AddPart(t.Context(), f.owner, partial, 0, 7, part)
	}
	if err != nil {
		t.Fatal(err)
	}
	return map[string]seal.Place{
		u.BlobKey:    models.OriginalPlace(u.BlobKey),
		page.ViewKey: models.ImagePlace(page.ViewKey), page.ThumbKey: models.ImagePlace(page.ThumbKey),
		sheet: models.OriginalPlace(sheet), part: models.PartPlace(part),
	}
}

// opened are the contents of files, as a Box opens them; "" for one that it does not open.
func (f fixture) opened(t *testing.T, box *seal.Box, files map[string]seal.Place) map[string]string {
	t.Helper()
	contents := map[string]string{}
	for key, place := range files {
		sealed, err := f.Blobs.Get(t.Context(), key)
		if err != nil {
			t.Fatal(err)
		}
		plain, err := box.UnsealReader(sealed, place)
		if err == nil {
			var b []byte
			if b, err = io.ReadAll(plain); err == nil {
				contents[key] = string(b)
			}
		}
		if err != nil && !errors.Is(err, seal.ErrUnseal) {
			t.Fatal(err)
		}
		sealed.Close()
	}
	return contents
}

// newKeys changes the keys at once.
func (f fixture) newKeys(t *testing.T) {
	t.Helper()
	if _, err := seal.AddKeys(f.keys); err != nil {
		t.Fatal(err)
	}
	if err := seal.UseKeys(f.keys); err != nil {
		t.Fatal(err)
	}
	if _, err := f.Box.Reread(); err != nil {
		t.Fatal(err)
	}
}

func (f fixture) resealer() Deps {
	return Deps{Store: f.Store, Blobs: f.Blobs, Box: f.Box, Log: slog.New(slog.DiscardHandler)}
}

// resealAll works until nothing is to be done or something fails; what rests rests no more.
func (f fixture) resealAll(t *testing.T, d Deps) error {
	t.Helper()
	for range 100 {
		more, err := d.reseal(t.Context())
		if err != nil {
			return err
		}
		rested := f.db.Exec("UPDATE reseals SET begun_at = begun_at - interval '1 hour' WHERE begun_at > ?", time.Now().Add(-time.Minute))
		if rested.Error != nil {
			t.Fatal(rested.Error)
		}
		if !more && rested.RowsAffected == 0 {
			return nil
		}
	}
	t.Fatal("there is no end")
	return nil
}

func TestFilesAreSealedAgain(t *testing.T) {
	f := newFixture(t)
	files := f.sealedFilesOf(t)
	broken := f.upload(t, "image/png", []byte("will be cut short"))
	gone := f.upload(t, "image/png", []byte("will be gone"))
	if err := f.Blobs.Put(t.Context(), broken.BlobKey, strings.NewReader("cut")); err != nil {
		t.Fatal(err)
	}
	if err := f.Blobs.Delete(t.Context(), gone.BlobKey); err != nil {
		t.Fatal(err)
	}
	before, err := os.ReadFile(f.keys)
	if err != nil {
		t.Fatal(err)
	}
	old, err := seal.Open(string(before))
	if err != nil {
		t.Fatal(err)
	}
	contents := f.opened(t, old, files)

	// Somebody reads a file all the while.
	var slow string
	for key := range files {
		slow = key
	}
	reading, err := f.Blobs.Get(t.Context(), slow)
	if err != nil {
		t.Fatal(err)
	}
	defer reading.Close()

	f.newKeys(t)
	if err := f.resealAll(t, f.resealer()); err != nil {
		t.Fatal(err)
	}
	if left := f.opened(t, old, files); len(left) > 0 {
		t.Errorf("%d files are under the old key", len(left))
	}
	after := f.opened(t, f.Box, files)
	for key, want := range contents {
		if want == "" || after[key] != want {
			t.Errorf("%s: %d bytes, want %d", key, len(after[key]), len(want))
		}
	}
	plain, err := f.Box.UnsealReader(reading, files[slow])
	if err != nil {
		t.Fatal(err)
	}
	if b, err := io.ReadAll(plain); err != nil || string(b) != contents[slow] {
		t.Errorf("who was reading got %d bytes, %v", len(b), err)
	}

	f.restIsAsItWas(t, gone.BlobKey, broken.BlobKey)
}

// restIsAsItWas says that what did not open is counted and stays as it was, and that what was gone stays gone.
func (f fixture) restIsAsItWas(t *testing.T, gone, broken string) {
	t.Helper()
	var r struct{ Unopened, Open int }
	err := f.db.Raw("SELECT sum(unopened) AS unopened, count(*) FILTER (WHERE done_at IS NULL) AS open FROM reseals").Scan(&r).Error
	if err != nil || r.Unopened != 1 || r.Open != 0 {
		t.Errorf("%d do not open and %d are not done, %v", r.Unopened, r.Open, err)
	}
	if there, err := f.Blobs.Exists(t.Context(), gone); err != nil || there {
		t.Errorf("a file that was gone is there again: %v, %v", there, err)
	}
	if sealed, err := f.Blobs.Get(t.Context(), broken); err != nil {
		t.Error(err)
	} else if b, err := io.ReadAll(sealed); errors.Join(err, sealed.Close()) != nil || string(b) != "cut" {
		t.Errorf("a file that does not open became %q, %v", b, err)
	}
}

// A store of files that fails ends the step; the next one begins with the same file.
func TestFailingStoreIsTriedAgain(t *testing.T) {
	f := newFixture(t)
	f.sealedFilesOf(t)
	f.newKeys(t)
	w := f.resealer()
	closed, err := blob.Open(t.Context(), "file://"+t.TempDir())
	if err != nil {
		t.Fatal(err)
	}
	if err := closed.Close(); err != nil {
		t.Fatal(err)
	}
	w.Blobs = closed
	if err := f.resealAll(t, w); err == nil {
		t.Error("nobody is told of a store that fails")
	}
	var cursor int64
	err = f.db.Raw("SELECT cursor FROM reseals WHERE what = 'files of uploads' AND done_at IS NULL").Scan(&cursor).Error
	if err != nil || cursor != 0 {
		t.Errorf("it went on to %d, %v", cursor, err)
	}
	if err := f.resealAll(t, f.resealer()); err != nil {
		t.Error(err)
	}
}

func TestFileIsSealedAgainOnce(t *testing.T) {
	f := newFixture(t)
	files := f.sealedFilesOf(t)
	f.newKeys(t)
	for key, place := range files {
		for _, want := range []bool{true, false} {
			if changed, err := f.resealer().resealFile(t.Context(), key, place); err != nil || changed != want {
				t.Errorf("%s: changed %v, want %v, %v", key, changed, want, err)
			}
		}
	}
}
