package jobs

import (
	"bytes"
	"image"
	"image/draw"
	"image/png"
	"log/slog"
	"os"
	"slices"
	"testing"
	"time"

	"github.com/riverqueue/river"
	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"

	"naikkelas/internal/ocr"
	"naikkelas/internal/testdb"
	"naikkelas/models"
)

// certificatePicture is a printed certificate.
func certificatePicture(t *testing.T) []byte {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 36, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewRGBA(image.Rect(0, 0, 1000, 380))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for i, line := range []string{"SERTIFIKAT", "Nomor : 72201/7543/2025", "diberikan kepada SUPARMI", "Jakarta, 12 Januari 2025"} {
		pen := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(60, 80+80*i)}
		pen.DrawString(line)
	}
	var b bytes.Buffer
	if err := png.Encode(&b, img); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestCertificateIsReadAsAHint(t *testing.T) {
	testdb.Alone(t) // it takes programs out of the environment
	f := newFixture(t)
	worker := &readUpload{Deps: Deps{
		Store: f.Store, Blobs: f.Blobs, Box: f.Box, Log: slog.New(slog.DiscardHandler),
		Words: ocr.Reader{Command: []string{os.Args[0], "ocr"}, Timeout: time.Minute},
	}}
	u := f.upload(t, "image/png", certificatePicture(t))
	read := func() models.Upload {
		if err := worker.Work(t.Context(), &river.Job[models.ReadUpload]{Args: models.ReadUpload{UploadID: u.ID}}); err != nil {
			t.Fatal(err)
		}
		after, err := f.Store.Upload(t.Context(), f.owner, u.Ref)
		if err != nil {
			t.Fatal(err)
		}
		return after
	}
	if before := read(); before.HintNumber != "" {
		t.Errorf("read before there was an image: %+v", before)
	}
	f.work(t, u)
	after := read()
	if after.HintName != "SUPARMI" || after.HintNumber != "72201/7543/2025" || !slices.Equal(after.HintDays, []string{"2025-01-12"}) {
		t.Errorf("read %q, %q", after.HintNumber, after.HintDays)
	}
	t.Setenv("PATH", t.TempDir())
	read() // without the program nothing happens, and nothing fails
}
