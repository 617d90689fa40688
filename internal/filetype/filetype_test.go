package filetype_test

import (
	"archive/zip"
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/gif"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"naikkelas/internal/filetype"
)

// small is a picture of 30 by 20 pixels.
var small = image.NewRGBA(image.Rect(0, 0, 30, 20))

func encoded(t *testing.T, encode func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegFile(t *testing.T) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, small, nil) })
}

// pngHead is a PNG that ends after its header, which declares any size.
func pngHead(width, height uint32) []byte {
	chunk := []byte("IHDR")
	chunk = binary.BigEndian.AppendUint32(chunk, width)
	chunk = binary.BigEndian.AppendUint32(chunk, height)
	chunk = append(chunk, 8, 2, 0, 0, 0)
	file := append([]byte("\x89PNG\r\n\x1a\n"), 0, 0, 0, 13)
	return binary.BigEndian.AppendUint32(append(file, chunk...), crc32.ChecksumIEEE(chunk))
}

// zipFile holds one empty file of each name.
func zipFile(t *testing.T, names ...string) []byte {
	return encoded(t, func(w io.Writer) error {
		z := zip.NewWriter(w)
		for _, name := range names {
			if _, err := z.Create(name); err != nil {
				return err
			}
		}
		return z.Close()
	})
}

// webpFile is one clear pixel, without loss.
var webpFile = []byte("RIFF\x1a\x00\x00\x00WEBPVP8L\x0d\x00\x00\x00\x2f\x00\x00\x00\x10\x07\x10\x11\x11\x88\x88\xfe\x07\x00")

// box is the first box of a HEIC, AVIF or MP4 file of a brand.
func box(brand string) []byte {
	return []byte("\x00\x00\x00\x18ftyp" + brand + "\x00\x00\x00\x00" + brand + "mif1")
}

func inspect(file []byte) (filetype.Info, error) {
	return filetype.Inspect(bytes.NewReader(file), int64(len(file)), filetype.DefaultLimits())
}

func TestAcceptedTypes(t *testing.T) {
	pngFile := encoded(t, func(w io.Writer) error { return png.Encode(w, small) })
	for _, test := range []struct {
		name string
		file []byte
		want filetype.Info
	}{
		{"JPEG", jpegFile(t), filetype.Info{MediaType: filetype.JPEG, Extension: ".jpg", Width: 30, Height: 20}},
		{"PNG", pngFile, filetype.Info{MediaType: filetype.PNG, Extension: ".png", Width: 30, Height: 20}},
		{"WebP", webpFile, filetype.Info{MediaType: filetype.WebP, Extension: ".webp", Width: 1, Height: 1}},
		{"HEIC", box("heic"), filetype.Info{MediaType: filetype.HEIC, Extension: ".heic"}},
		{"HEIF", box("mif1"), filetype.Info{MediaType: filetype.HEIC, Extension: ".heic"}},
		{"photo as a phone takes it", append(jpegFile(t), make([]byte, 6<<20)...),
			filetype.Info{MediaType: filetype.JPEG, Extension: ".jpg", Width: 30, Height: 20}},
		{"PDF", []byte("%PDF-1.4\n"), filetype.Info{MediaType: filetype.PDF, Extension: ".pdf"}},
		{"largest picture", pngHead(20_000, 2_000), filetype.Info{MediaType: filetype.PNG, Extension: ".png", Width: 20_000, Height: 2_000}},
	} {
		test.want.Size = int64(len(test.file))
		got, err := inspect(test.file)
		if err != nil || got != test.want {
			t.Errorf("%s: got %+v, %v; want %+v", test.name, got, err, test.want)
		}
	}
}

// Readers allow something before a PDF, and mail programs and scanners put it there.
func TestF130SomethingStandsBeforeAPDF(t *testing.T) {
	for _, before := range []string{
		"\r\n", "   ", "\ufeff", "junk\n", "Content-Type: application/pdf\r\nDari: kantor\r\n\r\n", "\x00\x01\x02",
	} {
		file := []byte(before + "%PDF-1.4\n")
		if got, err := inspect(file); err != nil || got.MediaType != filetype.PDF || got.Size != int64(len(file)) {
			t.Errorf("%q before it: %+v, %v", before, got, err)
		}
	}
}

func TestRefusals(t *testing.T) {
	gifFile := encoded(t, func(w io.Writer) error { return gif.Encode(w, small, nil) })
	for _, test := range []struct {
		name string
		file []byte
		want filetype.Reason
	}{
		{"nothing", nil, filetype.Empty},
		{"too large", make([]byte, 20<<20+1), filetype.TooLarge},
		{"too large a PDF", append([]byte("%PDF-1.4\n"), make([]byte, 5<<20)...), filetype.TooLarge},
		{"bomb", pngHead(65_535, 65_535), filetype.Dimensions},
		{"long side", pngHead(20_001, 10), filetype.Dimensions},
		{"one row too many", pngHead(20_000, 2_001), filetype.Dimensions},
		{"size that overflows", pngHead(1<<31-1, 1<<31-1), filetype.Damaged}, // by the decoder itself
		{"no width", pngHead(0, 10), filetype.Damaged},
		{"cut PNG", pngHead(10, 10)[:20], filetype.Damaged},
		{"cut JPEG", jpegFile(t)[:30], filetype.Damaged},
		{"wrong JPEG", append([]byte("\xff\xd8\xff\xe0"), make([]byte, 1000)...), filetype.Damaged},
		{"PDF behind the first kilobyte", append(bytes.Repeat([]byte(" "), 1100), "%PDF-1.4\n"...), filetype.Text},
		{"HTML with a PDF behind", []byte("<html><script>alert(1)</script>\n%PDF-1.4\n"), filetype.HTML},
		{"zip with a PDF behind", append(zipFile(t, "a"), "%PDF-1.4\n"...), filetype.Archive},
		{"SVG", []byte(`<svg xmlns="http://www.w3.org/2000/svg"><script>alert(1)</script></svg>`), filetype.SVG},
		{"SVG after XML", []byte(`<?xml version="1.0"?><svg xmlns="http://www.w3.org/2000/svg"/>`), filetype.SVG},
		{"HTML", []byte("<html><script>alert(1)</script>"), filetype.HTML},
		{"GIF", gifFile, filetype.GIF},
		{"GIF with script", []byte("GIF89a/*<script>*/"), filetype.GIF},
		{"TIFF", []byte("II*\x00\x08\x00\x00\x00"), filetype.TIFF},
		{"HEIC sequence", box("hevc"), filetype.HEVC},
		{"AVIF", box("avif"), filetype.AVIF},
		{"cut WebP", []byte("RIFF\x24\x00\x00\x00WEBPVP8 "), filetype.Damaged},
		{"other RIFF", []byte("RIFF\x24\x00\x00\x00WAVEfmt "), filetype.Unknown},
		{"Word", zipFile(t, "[Content_Types].xml", "word/document.xml"), filetype.Office},
		{"old Word", append([]byte("\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"), make([]byte, 600)...), filetype.Office},
		{"RTF", []byte(`{\rtf1 ijazah}`), filetype.Office},
		{"zip", zipFile(t, "ijazah.jpg"), filetype.Archive},
		{"RAR", []byte("Rar!\x1a\x07\x00"), filetype.Archive},
		{"Windows program", []byte("MZ\x90\x00"), filetype.Executable},
		{"Linux program", append([]byte("\x7fELF\x02\x01\x01"), make([]byte, 60)...), filetype.Executable},
		{"script", []byte("#!/bin/sh\nid\n"), filetype.Executable},
		{"Android", zipFile(t, "AndroidManifest.xml", "classes.dex"), filetype.Executable},
		{"text", []byte("Ijazah saya ada di rumah."), filetype.Text},
		{"bytes", []byte{1, 2, 3, 4, 5, 6}, filetype.Unknown},
	} {
		_, err := inspect(test.file)
		refusal, ok := errors.AsType[*filetype.Refusal](err)
		if !ok || refusal.Reason != test.want {
			t.Errorf("%s: got %v, want reason %s", test.name, err, test.want)
		}
	}
}

// broken is a reader whose storage fails after the head.
type broken struct{ *bytes.Reader }

var errStorage = errors.New("storage is away")

func (b broken) Read(p []byte) (int, error) {
	if b.Reader.Size()-int64(b.Reader.Len()) > 3 {
		return 0, errStorage
	}
	return b.Reader.Read(p[:min(4, len(p))])
}

func TestStorageThatFailsIsNoRefusal(t *testing.T) {
	file := jpegFile(t)
	_, err := filetype.Inspect(broken{bytes.NewReader(file)}, int64(len(file)), filetype.DefaultLimits())
	if !errors.Is(err, errStorage) {
		t.Errorf("got %v, want %v", err, errStorage)
	}
}

func FuzzInspect(f *testing.F) {
	f.Add([]byte("%PDF-1.4\n"))
	f.Add(pngHead(10, 10))
	f.Add([]byte("\xff\xd8\xff\xe0"))
	limits := filetype.DefaultLimits()
	f.Fuzz(func(t *testing.T, file []byte) {
		info, err := inspect(file)
		if _, refused := errors.AsType[*filetype.Refusal](err); err != nil && !refused {
			t.Fatalf("a file in memory cannot fail to be read: %v", err)
		}
		if info.Width > limits.Side || info.Height > limits.Side || info.Width*info.Height > limits.Pixels {
			t.Fatalf("accepted %d by %d pixels", info.Width, info.Height)
		}
	})
}
