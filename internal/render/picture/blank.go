package picture

import "image"

const (
	// sameLight is how far a pixel may be from the commonest light to be the same colour: noise of a scanner and of
	// JPEG is less.
	sameLight = 24
	// inkMost is one in how many pixels a blank page may have of something else, as specks: a line of small text on a
	// large page has ten times as much.
	inkMost = 20000
	// darkLight is up to which light a pixel is dark, and darkMost one in how many may be lighter.
	darkLight = 40
	darkMost  = 1000
)

// Blank says whether a page has one colour, but for noise, or is too dark for anything to be read.
func Blank(img *image.RGBA) bool {
	var light [256]int
	for y := range img.Rect.Dy() {
		row := img.Pix[y*img.Stride : y*img.Stride+4*img.Rect.Dx()]
		for i := 0; i < len(row); i += 4 {
			light[(299*int(row[i])+587*int(row[i+1])+114*int(row[i+2]))/1000]++
		}
	}
	all := img.Rect.Dx() * img.Rect.Dy()
	commonest, dark := 0, 0
	for l, n := range light {
		if n > light[commonest] {
			commonest = l
		}
		if l <= darkLight {
			dark += n
		}
	}
	same := 0
	for l := max(0, commonest-sameLight); l <= min(255, commonest+sameLight); l++ {
		same += light[l]
	}
	return all-same <= all/inkMost || all-dark <= all/darkMost
}
