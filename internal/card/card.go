// Package card draws a few numbers as a picture, for the gallery of a phone that has no line when they are needed.
package card

import (
	"bytes"
	"fmt"
	"image"
	"image/color"
	"image/draw"
	"image/png"
	"strings"
	"sync"

	"golang.org/x/image/font"
	"golang.org/x/image/font/gofont/gobold"
	"golang.org/x/image/font/gofont/goregular"
	"golang.org/x/image/font/opentype"
	"golang.org/x/image/math/fixed"
)

// Number is one number of a card: who answers, the number, and a word about it.
type Number struct {
	Who, Number, Note string
}

const (
	width  = 720
	margin = 40
	shades = 8 // of grey: enough for letters, and a small file
)

// A style is how a text is written.
type style struct {
	bold   bool
	size   float64
	height int // of a line
	above  int // free space before the text
}

var (
	heading = style{bold: true, size: 44, height: 54, above: 24}
	who     = style{size: 28, height: 36, above: 36}
	number  = style{bold: true, size: 44, height: 54}
	note    = style{size: 24, height: 32}
)

// fonts are read once: the regular one and the bold one.
var fonts = sync.OnceValues(func() (map[bool]*opentype.Font, error) {
	read := map[bool]*opentype.Font{}
	for bold, file := range map[bool][]byte{false: goregular.TTF, true: gobold.TTF} {
		f, err := opentype.Parse(file)
		if err != nil {
			return nil, fmt.Errorf("card: %w", err)
		}
		read[bold] = f
	}
	return read, nil
})

// A text is a line of the card with its place.
type text struct {
	face font.Face
	line string
	base int
}

// PNG draws a card, as wide as phones show it and as high as it has to be.
func PNG(title string, numbers []Number) ([]byte, error) {
	read, err := fonts()
	if err != nil {
		return nil, err
	}
	var texts []text
	var faces []font.Face
	defer func() {
		for _, f := range faces {
			_ = f.Close() // never fails
		}
	}()
	y := margin / 2
	add := func(s style, words string) error {
		if words == "" {
			return nil
		}
		face, err := opentype.NewFace(read[s.bold], &opentype.FaceOptions{Size: s.size, DPI: 72, Hinting: font.HintingFull})
		if err != nil {
			return fmt.Errorf("card: %w", err)
		}
		faces = append(faces, face)
		y += s.above
		for _, line := range wrap(face, words) {
			y += s.height
			texts = append(texts, text{face, line, y - s.height/4})
		}
		return nil
	}
	if err := add(heading, title); err != nil {
		return nil, err
	}
	for _, n := range numbers {
		for _, part := range []struct {
			style style
			words string
		}{{who, n.Who}, {number, n.Number}, {note, n.Note}} {
			if err := add(part.style, part.words); err != nil {
				return nil, err
			}
		}
	}
	return drawn(texts, y+margin)
}

// wrap breaks words into lines that fit; a word that is wider than the card is broken too.
func wrap(face font.Face, words string) (lines []string) {
	const room = fixed.Int26_6((width - 2*margin) << 6)
	line := ""
	for _, word := range strings.Fields(words) {
		if longer := strings.TrimSpace(line + " " + word); font.MeasureString(face, longer) <= room {
			line = longer
			continue
		}
		if line != "" {
			lines = append(lines, line)
		}
		rest := []rune(word)
		for font.MeasureString(face, string(rest)) > room {
			cut := len(rest) / 2
			for ; cut > 1 && font.MeasureString(face, string(rest[:cut])) > room; cut /= 2 {
			}
			lines, rest = append(lines, string(rest[:cut])), rest[cut:]
		}
		line = string(rest)
	}
	return append(lines, line)
}

// drawn puts the lines on paper.
func drawn(texts []text, height int) ([]byte, error) {
	paper := image.NewGray(image.Rect(0, 0, width, height))
	draw.Draw(paper, paper.Bounds(), image.White, image.Point{}, draw.Src)
	for _, t := range texts {
		d := font.Drawer{Dst: paper, Src: image.Black, Face: t.face, Dot: fixed.P(margin, t.base)}
		d.DrawString(t.line)
	}
	var greys color.Palette
	for i := range shades {
		greys = append(greys, color.Gray{Y: uint8(i * 255 / (shades - 1))})
	}
	small := image.NewPaletted(paper.Bounds(), greys)
	for i, y := range paper.Pix {
		small.Pix[i] = uint8((int(y)*(shades-1) + 127) / 255)
	}
	var file bytes.Buffer
	encoder := png.Encoder{CompressionLevel: png.BestCompression}
	err := encoder.Encode(&file, small)
	return file.Bytes(), err
}
