package picture_test

import (
	"encoding/binary"
	"image"
	"image/color"
	"math/bits"
	"testing"
)

// cmykJPEG writes by hand a JPEG of 8n by 8 pixels in one mixture of inks, turned
// over as Adobe's programs store them. Every block has its mean and nothing else.
func cmykJPEG(n int, inks [4]uint8) []byte {
	segment := func(out []byte, marker byte, data ...byte) []byte {
		out = append(out, 0xff, marker)
		return append(binary.BigEndian.AppendUint16(out, uint16(len(data)+2)), data...)
	}
	quantisation := make([]byte, 65)
	for i := 1; i < 65; i++ {
		quantisation[i] = 1
	}
	// DC: twelve codes of four bits, each its own number of bits. AC: code 0 ends a block.
	dc := append(make([]byte, 17), 0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11)
	dc[4] = 12
	ac := append(append([]byte{0x10}, 1), make([]byte, 16)...)
	width := binary.BigEndian.AppendUint16(nil, uint16(8*n))
	out := []byte{0xff, 0xd8}
	out = segment(out, 0xee, append([]byte("Adobe"), 0, 100, 0, 0, 0, 0, 0)...)
	out = segment(out, 0xdb, quantisation...)
	out = segment(out, 0xc0, 8, 0, 8, width[0], width[1], 4,
		1, 0x11, 0, 2, 0x11, 0, 3, 0x11, 0, 4, 0x11, 0)
	out = segment(out, 0xc4, dc...)
	out = segment(out, 0xc4, ac...)
	out = segment(out, 0xda, 4, 1, 0, 2, 0, 3, 0, 4, 0, 0, 63, 0)

	var w bitWriter
	for block := range n {
		for _, ink := range inks {
			diff := 0 // from the block before
			if block == 0 {
				diff = 8 * (int(255-ink) - 128)
			}
			size := bits.Len(uint(max(diff, -diff)))
			w.write(size, 4)
			if diff < 0 {
				diff += 1<<size - 1
			}
			w.write(diff, size)
			w.write(0, 1)
		}
	}
	w.write(0x7f, 7)
	return append(append(out, w.out...), 0xff, 0xd9)
}

// bitWriter writes the entropy coded part of a JPEG.
type bitWriter struct {
	out  []byte
	byte uint
	n    int
}

func (w *bitWriter) write(value, count int) {
	for i := count - 1; i >= 0; i-- {
		w.byte = w.byte<<1 | uint(value>>i)&1
		if w.n++; w.n == 8 {
			w.out = append(w.out, byte(w.byte))
			if byte(w.byte) == 0xff {
				w.out = append(w.out, 0)
			}
			w.byte, w.n = 0, 0
		}
	}
}

func TestInksBecomeLight(t *testing.T) {
	for _, test := range []struct {
		name string
		inks [4]uint8
		want color.RGBA
	}{
		{"paper", [4]uint8{}, white},
		{"cyan", [4]uint8{255, 0, 0, 0}, color.RGBA{G: 255, B: 255, A: 255}},
		{"red", [4]uint8{0, 255, 255, 0}, red},
		{"black", [4]uint8{0, 0, 0, 255}, color.RGBA{A: 255}},
	} {
		// The wide one goes through the averaging of inks.
		for n, size := range map[int]image.Point{1: image.Pt(8, 8), 751: image.Pt(2000, 1)} {
			img := decode(t, "image/jpeg", cmykJPEG(n, test.inks))
			if !near(img, 3, 0, test.want) {
				t.Errorf("%s: got %v, want %v", test.name, img.At(3, 0), test.want)
			}
			if img.Bounds().Size() != size {
				t.Errorf("%s: size %v, want %v", test.name, img.Bounds().Size(), size)
			}
		}
	}
}
