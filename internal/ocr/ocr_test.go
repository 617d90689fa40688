package ocr_test

import (
	"bytes"
	"context"
	"errors"
	"image"
	"image/draw"
	"image/jpeg"
	"os"
	"slices"
	"strings"
	"testing"
	"time"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
	"pgregory.net/rapid"

	"naikkelas/internal/ocr"
)

// TestMain lets the test program be the child.
func TestMain(m *testing.M) {
	if len(os.Args) == 2 && os.Args[1] == "ocr" {
		os.Exit(ocr.Main())
	}
	os.Exit(m.Run())
}

func reader() ocr.Reader {
	return ocr.Reader{Command: []string{os.Args[0], "ocr"}, Timeout: time.Minute}
}

// page draws lines of text as a printer would.
func page(t *testing.T, lines ...string) []byte {
	t.Helper()
	f, err := opentype.Parse(goregular.TTF)
	if err != nil {
		t.Fatal(err)
	}
	face, err := opentype.NewFace(f, &opentype.FaceOptions{Size: 36, DPI: 72})
	if err != nil {
		t.Fatal(err)
	}
	img := image.NewRGBA(image.Rect(0, 0, 1200, 120+70*len(lines)))
	draw.Draw(img, img.Bounds(), image.White, image.Point{}, draw.Src)
	for i, line := range lines {
		pen := font.Drawer{Dst: img, Src: image.Black, Face: face, Dot: fixed.P(80, 100+70*i)}
		pen.DrawString(line)
	}
	var b bytes.Buffer
	if err := jpeg.Encode(&b, img, nil); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func TestPageIsRead(t *testing.T) {
	text, err := reader().Read(t.Context(), page(t, "SERTIFIKAT KOMPETENSI", "Nomor : 72201/7543/2025",
		"diberikan kepada SUPARMI", "Jakarta, 12 Januari 2025", "berlaku sampai 12-01-2028"))
	if err != nil {
		t.Fatal(err)
	}
	if !strings.Contains(text, "SUPARMI") {
		t.Errorf("the page reads %q", text)
	}
	h := ocr.Find(text)
	var days []string
	for _, day := range h.Days {
		days = append(days, day.Format(time.DateOnly))
	}
	if h.Name != "SUPARMI" || h.Number != "72201/7543/2025" || !slices.Equal(days, []string{"2025-01-12", "2028-01-12"}) {
		t.Errorf("hints %+v of %q", h, text)
	}
}

func TestReadingEndsWithItsTime(t *testing.T) {
	short := reader()
	short.Timeout = time.Millisecond
	if _, err := short.Read(t.Context(), page(t, "SERTIFIKAT")); !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
	if _, err := reader().Read(t.Context(), []byte("no image")); err == nil {
		t.Error("words were read from no image")
	}
	t.Setenv("PATH", t.TempDir())
	if _, err := reader().Read(t.Context(), page(t, "SERTIFIKAT")); !errors.Is(err, ocr.ErrMissing) {
		t.Errorf("without the program: %v", err)
	}
}

func TestHints(t *testing.T) {
	for text, want := range map[string]ocr.Hints{
		"No. Reg. : ABC.123/X-9\n": {Number: "ABC.123/X-9"},
		"Nomor Sertifikat 12/2025": {Number: "12/2025"},
		"Nomor telepon kantor":     {},
		"lahir 31 Februari 1990":   {},
		"5 Mei 2024, 05/05/2024":   {Days: []time.Time{time.Date(2024, 5, 5, 0, 0, 0, 0, time.UTC)}},
		"13/13/2024 dan 1-2-2024":  {Days: []time.Time{time.Date(2024, 2, 1, 0, 0, 0, 0, time.UTC)}},
		"":                         {},
	} {
		got := ocr.Find(text)
		if got.Number != want.Number || len(got.Days) != len(want.Days) || len(got.Days) == 1 && !got.Days[0].Equal(want.Days[0]) {
			t.Errorf("%q: got %+v, want %+v", text, got, want)
		}
	}
}

// Whatever a page says, hints are few, short, and days of the calendar.
func TestHintsStaySmall(t *testing.T) {
	rapid.Check(t, func(t *rapid.T) {
		h := ocr.Find(rapid.String().Draw(t, "text") + rapid.StringMatching(`(\d{1,2}[-/]\d{1,2}[-/]\d{4} ?){0,9}`).Draw(t, "days"))
		if len(h.Days) > 4 || len(h.Number) > 41 {
			t.Fatalf("%+v", h)
		}
	})
}

func TestNamesAreFound(t *testing.T) {
	for text, want := range map[string]string{
		"Nama : Nur'aini\nNomor : 1":                           "Nur'aini",
		"NAMA PESERTA: SRI  WAHYUNI, S.T.\n":                   "SRI WAHYUNI, S.T",
		"Diberikan kepada:\n\n  Budi Santoso\nSebagai peserta": "Budi Santoso",
		"This is to certify that\nANI\nhas passed":             "ANI",
		"Nama lembaga pelatihan":                               "",
		"Sertifikat atas nama perusahaan":                      "",
		"Nama: 12345":                                          "",
	} {
		if got := ocr.Find(text).Name; got != want {
			t.Errorf("%q: %q, want %q", text, got, want)
		}
	}
}
