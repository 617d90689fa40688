// Package picture turns a photo or scan into the two images that people look at:
// upright, in sRGB on white, without any metadata. It trusts nothing in the file
// and is meant to run where memory and time are limited from outside.
package picture

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/draw"
	imagejpeg "image/jpeg"
	"image/png"
	"io"

	"github.com/gen2brain/heic"
	"github.com/kovidgoyal/imaging"
	"github.com/kovidgoyal/imaging/jpeg"
	"golang.org/x/image/webp"
)

// Sizes of the made images: the longer side in pixels, and the JPEG quality.
const (
	ViewSide      = 2000
	ThumbnailSide = 320
	quality       = 85
)

// Errors of Decode, beside those of a reader.
var (
	// ErrUnreadable is a picture that is cut off, broken or of an unknown kind.
	ErrUnreadable = errors.New("picture cannot be read")
	// ErrDimensions is a picture that declares more pixels than allowed.
	ErrDimensions = errors.New("picture has too many pixels")
)

// Limits bound the pixels that a picture may declare.
type Limits struct {
	Pixels int `json:"pixels"` // width times height
	Side   int `json:"side"`   // longer side
}

// A format can be decoded.
type format struct {
	config func(io.Reader) (image.Config, error)
	decode func(io.Reader) (image.Image, error)
	turned bool // decode has undone the way the camera was held
}

// formats maps media types to decoders. The JPEG decoder is the standard one with
// more ways of subsampling; of an animated PNG the standard one shows the still. The
// HEIC decoder is WebAssembly (libheif, LGPL) and turns the picture upright itself.
var formats = map[string]format{
	"image/jpeg": {config: jpeg.DecodeConfig, decode: jpeg.Decode},
	"image/png":  {config: png.DecodeConfig, decode: png.Decode},
	"image/webp": {config: webp.DecodeConfig, decode: webp.Decode},
	"image/heic": {config: heic.DecodeConfig, decode: heic.Decode, turned: true},
}

// Decode reads a picture whole and returns it upright on white, at most ViewSide
// pixels long. Only missing or wrong pixels fail; wrong metadata is ignored.
func Decode(mediaType string, data []byte, limits Limits) (*image.RGBA, error) {
	f, ok := formats[mediaType]
	if !ok {
		return nil, fmt.Errorf("%w: %s", ErrUnreadable, mediaType)
	}
	declared, err := f.config(bytes.NewReader(data))
	if err != nil || declared.Width <= 0 || declared.Height <= 0 {
		return nil, fmt.Errorf("%w: header: %w", ErrUnreadable, err)
	}
	if declared.Width > limits.Side || declared.Height > limits.Side || declared.Width > limits.Pixels/declared.Height {
		return nil, ErrDimensions
	}
	img, err := f.decode(bytes.NewReader(data))
	if err != nil {
		return nil, fmt.Errorf("%w: %w", ErrUnreadable, err)
	}
	m := readMetadata(data)
	if f.turned {
		m.orientation = 1
	}
	if cmyk, ok := img.(*image.CMYK); ok {
		img = m.toSRGB(shrinkCMYK(cmyk)) // before inks become light, which forgets the profile
	} else {
		img = m.toSRGB(shrink(img, ViewSide))
	}
	return onWhite(upright(shrink(img, ViewSide), m.orientation)), nil
}

// Encode makes the view image and the thumbnail as JPEG files.
func Encode(img image.Image) (view, thumbnail []byte, err error) {
	if view, err = encode(shrink(img, ViewSide)); err != nil {
		return nil, nil, err
	}
	thumbnail, err = encode(shrink(img, ThumbnailSide))
	return view, thumbnail, err
}

// encode writes pixels and nothing else: the encoder knows no metadata.
func encode(img image.Image) ([]byte, error) {
	var b bytes.Buffer
	if err := imagejpeg.Encode(&b, onWhite(img), &imagejpeg.Options{Quality: quality}); err != nil {
		return nil, fmt.Errorf("encode a view image: %w", err)
	}
	return b.Bytes(), nil
}

// shrink fits an image into a square; a smaller one is left alone.
func shrink(img image.Image, side int) image.Image {
	if b := img.Bounds(); b.Dx() <= side && b.Dy() <= side {
		return img
	}
	return imaging.Fit(img, side, side, imaging.CatmullRom)
}

// shrinkCMYK averages whole blocks of inks so that the profile, which is slow, is
// applied to less than twice ViewSide. Nothing else here knows four channels.
func shrinkCMYK(src *image.CMYK) *image.CMYK {
	b := src.Bounds()
	n := max(b.Dx(), b.Dy()) / ViewSide
	if n < 2 || b.Dx() < n || b.Dy() < n {
		return src
	}
	dst := image.NewCMYK(image.Rect(0, 0, b.Dx()/n, b.Dy()/n))
	for i := range dst.Pix {
		x, y, ink := i%dst.Stride/4*n, i/dst.Stride*n, i%4
		sum := 0
		for dy := range n {
			row := src.Pix[(y+dy)*src.Stride+4*x+ink:]
			for dx := range n {
				sum += int(row[4*dx])
			}
		}
		dst.Pix[i] = uint8(sum / (n * n))
	}
	return dst
}

// onWhite puts an image on white paper, which is where certificates come from.
func onWhite(img image.Image) *image.RGBA {
	if rgba, ok := img.(*image.RGBA); ok && rgba.Opaque() {
		return rgba
	}
	src := imaging.AsNRGBA(img)
	dst := image.NewRGBA(image.Rect(0, 0, src.Bounds().Dx(), src.Bounds().Dy()))
	draw.Draw(dst, dst.Bounds(), image.White, image.Point{}, draw.Src)
	draw.Draw(dst, dst.Bounds(), src, src.Bounds().Min, draw.Over)
	return dst
}
