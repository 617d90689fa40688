package picture

import (
	"image"
	"image/color"
	"math/rand/v2"
	"testing"
)

// paper is a page of a light with noise, on which so many pixels are written in another one.
func paper(light, noise, ink int, written uint8) *image.RGBA {
	random := rand.New(rand.NewPCG(1, 2))
	img := image.NewRGBA(image.Rect(0, 0, 800, 1000))
	for i := range 800 * 1000 {
		l := uint8(max(0, min(255, light+random.IntN(2*noise+1)-noise)))
		img.SetRGBA(i%800, i/800, color.RGBA{l, l, l, 255})
	}
	for i := range ink {
		img.SetRGBA(100+i%300, 500+i/300, color.RGBA{written, written, written, 255})
	}
	return img
}

func TestF128PageOfOneColourIsBlank(t *testing.T) {
	for name, c := range map[string]struct {
		img  *image.RGBA
		want bool
	}{
		"white":                            {paper(255, 0, 0, 0), true},
		"blank back of a sheet, scanned":   {paper(235, 8, 20, 60), true},
		"photo in the dark":                {paper(12, 10, 300, 255), true},
		"black":                            {paper(0, 0, 0, 0), true},
		"one line of small text":           {paper(255, 0, 400, 0), false},
		"faint pencil on grey paper":       {paper(200, 6, 900, 160), false},
		"photo with a lamp":                {paper(20, 10, 30000, 250), false},
		"white text on a coloured heading": {paper(90, 4, 500, 255), false},
	} {
		if got := Blank(c.img); got != c.want {
			t.Errorf("%s: blank is %v", name, got)
		}
	}
}
