package main

import (
	"bytes"
	"image"
	"image/color"
	"image/draw"
	"image/jpeg"

	xdraw "golang.org/x/image/draw"
	"golang.org/x/image/font"
	"golang.org/x/image/font/basicfont"
	"golang.org/x/image/math/fixed"
)

// demoPicture draws a sheet of paper with some lines on it, as large as a phone's photo of a card.
// The letters are small ones blown up: plainly drawn, never to be taken for a real paper.
func demoPicture(lines ...string) ([]byte, error) {
	small := image.NewRGBA(image.Rect(0, 0, 300, 190))
	draw.Draw(small, small.Bounds(), image.NewUniform(color.RGBA{0xe8, 0xf1, 0xf2, 0xff}), image.Point{}, draw.Src)
	for i, line := range lines {
		ink := image.NewUniform(color.RGBA{0x0a, 0x4a, 0x57, 0xff})
		pen := font.Drawer{Dst: small, Src: ink, Face: basicfont.Face7x13, Dot: fixed.P(12, 28+i*22)}
		pen.DrawString(line)
	}
	large := image.NewRGBA(image.Rect(0, 0, 1200, 760))
	xdraw.NearestNeighbor.Scale(large, large.Bounds(), small, small.Bounds(), draw.Src, nil)
	var b bytes.Buffer
	err := jpeg.Encode(&b, large, &jpeg.Options{Quality: 80})
	return b.Bytes(), err
}
