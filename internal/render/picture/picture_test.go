package picture_test

import (
	"bytes"
	"encoding/binary"
	"errors"
	"hash/crc32"
	"image"
	"image/color"
	"image/jpeg"
	"image/png"
	"io"
	"testing"

	"naikkelas/internal/render/picture"
)

var limits = picture.Limits{Pixels: 40_000_000, Side: 20_000}

var (
	red   = color.RGBA{R: 255, A: 255}
	green = color.RGBA{G: 255, A: 255}
	blue  = color.RGBA{B: 255, A: 255}
	white = color.RGBA{R: 255, G: 255, B: 255, A: 255}
)

// corners is a picture of 64 by 32 pixels: red and green above, blue and white below.
func corners() *image.RGBA {
	img := image.NewRGBA(image.Rect(0, 0, 64, 32))
	for y := range 32 {
		for x := range 64 {
			img.SetRGBA(x, y, [][]color.RGBA{{red, green}, {blue, white}}[y/16][x/32])
		}
	}
	return img
}

func encoded(t *testing.T, encode func(io.Writer) error) []byte {
	t.Helper()
	var b bytes.Buffer
	if err := encode(&b); err != nil {
		t.Fatal(err)
	}
	return b.Bytes()
}

func jpegOf(t *testing.T, img image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return jpeg.Encode(w, img, &jpeg.Options{Quality: 95}) })
}

func pngOf(t *testing.T, img image.Image) []byte {
	return encoded(t, func(w io.Writer) error { return png.Encode(w, img) })
}

// exif is an EXIF block that says how the camera was held and where.
func exif(order binary.AppendByteOrder, orientation uint16) []byte {
	block := []byte("II*\x00")
	if order == binary.AppendByteOrder(binary.BigEndian) {
		block = []byte("MM\x00*")
	}
	block = order.AppendUint32(block, 8)
	block = order.AppendUint16(block, 2)
	for _, entry := range []struct{ tag, value uint16 }{{0x0103, 6}, {0x0112, orientation}} {
		block = order.AppendUint16(block, entry.tag)
		block = order.AppendUint16(block, 3)
		block = order.AppendUint32(block, 1)
		block = order.AppendUint16(block, entry.value)
		block = order.AppendUint16(block, 0)
	}
	return append(block, "GPS 6.2088 S 106.8456 E"...)
}

// withSegment puts a segment after the start of a JPEG.
func withSegment(file []byte, marker byte, segment []byte) []byte {
	head := binary.BigEndian.AppendUint16([]byte{0xff, 0xd8, 0xff, marker}, uint16(len(segment)+2))
	return append(append(head, segment...), file[2:]...)
}

// withChunk puts a chunk after the header of a PNG.
func withChunk(file []byte, name string, data []byte) []byte {
	chunk := append([]byte(name), data...)
	out := binary.BigEndian.AppendUint32(bytes.Clone(file[:33]), uint32(len(data)))
	out = append(out, chunk...)
	out = binary.BigEndian.AppendUint32(out, crc32.ChecksumIEEE(chunk))
	return append(out, file[33:]...)
}

func decode(t *testing.T, mediaType string, file []byte) *image.RGBA {
	t.Helper()
	img, err := picture.Decode(mediaType, file, limits)
	if err != nil {
		t.Fatal(err)
	}
	return img
}

// near says whether a pixel has a colour, give or take what JPEG does to it.
func near(img image.Image, x, y int, want color.RGBA) bool {
	got := color.RGBAModel.Convert(img.At(x, y)).(color.RGBA)
	far := func(a, b uint8) bool { return max(a, b)-min(a, b) > 24 }
	return !far(got.R, want.R) && !far(got.G, want.G) && !far(got.B, want.B)
}

func TestPicturesStandUpright(t *testing.T) {
	// What stands in the upper corners when the stored picture is shown the way
	// its orientation asks for (EXIF 2.32, tag 274).
	for orientation, want := range map[uint16][2]color.RGBA{
		0: {red, green}, 1: {red, green}, 2: {green, red}, 3: {white, blue}, 4: {blue, white},
		5: {red, blue}, 6: {blue, red}, 7: {white, green}, 8: {green, white}, 9: {red, green},
	} {
		for _, order := range []binary.AppendByteOrder{binary.LittleEndian, binary.BigEndian} {
			block := exif(order, orientation)
			for mediaType, file := range map[string][]byte{
				"image/jpeg": withSegment(jpegOf(t, corners()), 0xe1, append([]byte("Exif\x00\x00"), block...)),
				"image/png":  withChunk(pngOf(t, corners()), "eXIf", block),
			} {
				img := decode(t, mediaType, file)
				size := image.Pt(64, 32)
				if orientation >= 5 && orientation <= 8 {
					size = image.Pt(32, 64)
				}
				if img.Bounds().Size() != size {
					t.Errorf("%s, orientation %d: size %v, want %v", mediaType, orientation, img.Bounds().Size(), size)
				}
				if !near(img, 4, 4, want[0]) || !near(img, size.X-5, 4, want[1]) {
					t.Errorf("%s, orientation %d, %v: corners %v and %v, want %v", mediaType, orientation, order,
						img.At(4, 4), img.At(size.X-5, 4), want)
				}
			}
		}
	}
}

func TestWrongMetadataDoesNotMatter(t *testing.T) {
	good := jpegOf(t, corners())
	for name, file := range map[string][]byte{
		"EXIF cut off":           withSegment(good, 0xe1, []byte("Exif\x00\x00II*")),
		"EXIF points away":       withSegment(good, 0xe1, []byte("Exif\x00\x00II*\x00\xff\xff\xff\xff")),
		"EXIF promises too much": withSegment(good, 0xe1, []byte("Exif\x00\x00MM\x00*\x00\x00\x00\x08\xff\xff")),
		"no colour profile":      withSegment(good, 0xe2, []byte("ICC_PROFILE\x00\x01\x01nonsense")),
		"half a colour profile":  withSegment(good, 0xe2, []byte("ICC_PROFILE\x00\x01\x02nonsense")),
	} {
		if img := decode(t, "image/jpeg", file); !near(img, 4, 4, red) {
			t.Errorf("%s: corner is %v", name, img.At(4, 4))
		}
	}
}

func TestOnlyPixelsAreMade(t *testing.T) {
	block := append([]byte("Exif\x00\x00"), exif(binary.LittleEndian, 1)...)
	file := withSegment(jpegOf(t, corners()), 0xe1, block)
	file = withSegment(file, 0xfe, []byte("<?php phpinfo(); ?>"))
	view, thumbnail, err := picture.Encode(decode(t, "image/jpeg", file))
	if err != nil {
		t.Fatal(err)
	}
	for name, made := range map[string][]byte{"view": view, "thumbnail": thumbnail} {
		for at := 2; made[at+1] != 0xda; at += 2 + int(binary.BigEndian.Uint16(made[at+2:])) {
			// Quantisation, frame and Huffman tables; no application segment or comment.
			if marker := made[at+1]; marker != 0xdb && marker != 0xc0 && marker != 0xc4 {
				t.Errorf("%s has a segment %#x", name, marker)
			}
		}
		for _, leak := range []string{"GPS", "Exif", "php"} {
			if bytes.Contains(made, []byte(leak)) {
				t.Errorf("%s carries %q", name, leak)
			}
		}
	}
}

func TestSizesOfMadeImages(t *testing.T) {
	for _, test := range []struct{ width, height, viewW, viewH, thumbW, thumbH int }{
		{3000, 1500, 2000, 1000, 320, 160},
		{1500, 3000, 1000, 2000, 160, 320},
		{100, 50, 100, 50, 100, 50}, // never enlarged
		{9000, 2, 2000, 1, 320, 1},
	} {
		img := decode(t, "image/png", pngOf(t, image.NewGray(image.Rect(0, 0, test.width, test.height))))
		view, thumbnail, err := picture.Encode(img)
		if err != nil {
			t.Fatal(err)
		}
		v, err := jpeg.DecodeConfig(bytes.NewReader(view))
		if err != nil || v.Width != test.viewW || v.Height != test.viewH {
			t.Errorf("%d by %d: view is %d by %d, %v", test.width, test.height, v.Width, v.Height, err)
		}
		th, err := jpeg.DecodeConfig(bytes.NewReader(thumbnail))
		if err != nil || th.Width != test.thumbW || th.Height != test.thumbH {
			t.Errorf("%d by %d: thumbnail is %d by %d, %v", test.width, test.height, th.Width, th.Height, err)
		}
	}
}

func TestTransparencyIsWhite(t *testing.T) {
	img := image.NewNRGBA(image.Rect(0, 0, 20, 10))
	img.SetNRGBA(3, 3, color.NRGBA{R: 255, A: 255})
	img.SetNRGBA(5, 5, color.NRGBA{R: 255, A: 128})
	got := decode(t, "image/png", pngOf(t, img))
	if !near(got, 0, 0, white) || !near(got, 3, 3, red) || !near(got, 5, 5, color.RGBA{R: 255, G: 127, B: 127}) {
		t.Errorf("got %v, %v, %v", got.At(0, 0), got.At(3, 3), got.At(5, 5))
	}
}

func TestDeepAndPalettedPNG(t *testing.T) {
	deep := image.NewNRGBA64(image.Rect(0, 0, 8, 8))
	paletted := image.NewPaletted(image.Rect(0, 0, 8, 8), color.Palette{white, color.RGBA{}, red})
	grey := image.NewGray16(image.Rect(0, 0, 8, 8))
	for i := range 64 {
		deep.Set(i%8, i/8, red)
		paletted.Set(i%8, i/8, red)
		grey.SetGray16(i%8, i/8, color.Gray16{Y: 0xffff})
	}
	if img := decode(t, "image/png", pngOf(t, deep)); !near(img, 4, 4, red) {
		t.Errorf("16 bits: %v", img.At(4, 4))
	}
	if img := decode(t, "image/png", pngOf(t, paletted)); !near(img, 4, 4, red) {
		t.Errorf("palette: %v", img.At(4, 4))
	}
	if img := decode(t, "image/png", pngOf(t, grey)); !near(img, 4, 4, white) {
		t.Errorf("grey of 16 bits: %v", img.At(4, 4))
	}
}

func TestFailures(t *testing.T) {
	whole := jpegOf(t, corners())
	wholePNG := pngOf(t, corners())
	for _, test := range []struct {
		name, mediaType string
		file            []byte
		want            error
	}{
		{"cut JPEG", "image/jpeg", whole[:len(whole)-40], picture.ErrUnreadable},
		{"cut PNG", "image/png", wholePNG[:len(wholePNG)-30], picture.ErrUnreadable},
		{"PNG called JPEG", "image/jpeg", wholePNG, picture.ErrUnreadable},
		{"nothing", "image/png", nil, picture.ErrUnreadable},
		{"unknown type", "image/gif", whole, picture.ErrUnreadable},
		{"too many pixels", "image/png", pngOf(t, image.NewGray(image.Rect(0, 0, 20_001, 1))), picture.ErrDimensions},
	} {
		if _, err := picture.Decode(test.mediaType, test.file, limits); !errors.Is(err, test.want) {
			t.Errorf("%s: got %v, want %v", test.name, err, test.want)
		}
	}
	few := picture.Limits{Pixels: 64*32 - 1, Side: 64}
	if _, err := picture.Decode("image/jpeg", whole, few); !errors.Is(err, picture.ErrDimensions) {
		t.Errorf("one pixel too many: got %v", err)
	}
}
