package picture

import (
	"bytes"
	"encoding/binary"
	"image"

	"github.com/kovidgoyal/imaging"
	"github.com/kovidgoyal/imaging/prism/meta/autometa"
	"github.com/kovidgoyal/imaging/prism/meta/icc"
)

// metadata is the little of a file's metadata that changes how it looks.
type metadata struct {
	orientation int          // of EXIF, 1 to 8; 1 is upright
	profile     *icc.Profile // nil is sRGB
}

// readMetadata never fails: phones and editors write wrong metadata round good
// pictures, and a person cannot repair it.
func readMetadata(data []byte) metadata {
	m := metadata{orientation: 1}
	md, _, err := autometa.Load(bytes.NewReader(data))
	if err != nil || md == nil {
		return m
	}
	m.orientation = orientationOf(md.ExifData())
	if profile, err := md.ICCProfile(); err == nil {
		m.profile = profile
	}
	return m
}

// toSRGB applies the colour profile; an image whose profile does not fit is taken
// as it is.
func (m metadata) toSRGB(img image.Image) image.Image {
	if m.profile == nil {
		return img
	}
	converted, err := imaging.ConvertToSRGB(m.profile, icc.RelativeColorimetricRenderingIntent, true, img)
	if err != nil || converted == nil {
		return img
	}
	return converted
}

// Numbers of TIFF 6.0 and EXIF 2.32 that an orientation is found by.
const (
	tagOrientation = 0x0112
	typeShort      = 3
	ifdEntry       = 12 // bytes of one entry of an image file directory
)

// orientationOf looks for the orientation in the first directory of an EXIF block
// and answers 1 when there is none. It reads that one tag, so that a block that is
// wrong elsewhere still turns the picture.
func orientationOf(exif []byte) int {
	exif = bytes.TrimPrefix(exif, []byte("Exif\x00\x00"))
	var order binary.ByteOrder
	switch {
	case bytes.HasPrefix(exif, []byte("II*\x00")):
		order = binary.LittleEndian
	case bytes.HasPrefix(exif, []byte("MM\x00*")):
		order = binary.BigEndian
	default:
		return 1
	}
	if len(exif) < 8 {
		return 1
	}
	at := uint64(order.Uint32(exif[4:]))
	if at+2 > uint64(len(exif)) {
		return 1
	}
	entries := exif[at+2:]
	for range order.Uint16(exif[at:]) {
		if len(entries) < ifdEntry {
			return 1
		}
		if order.Uint16(entries) == tagOrientation && order.Uint16(entries[2:]) == typeShort {
			if o := int(order.Uint16(entries[8:])); o >= 1 && o <= 8 {
				return o
			}
			return 1
		}
		entries = entries[ifdEntry:]
	}
	return 1
}

// upright undoes the way the camera was held.
func upright(img image.Image, orientation int) image.Image {
	switch orientation {
	case 2:
		return imaging.FlipH(img)
	case 3:
		return imaging.Rotate180(img)
	case 4:
		return imaging.FlipV(img)
	case 5:
		return imaging.Transpose(img)
	case 6:
		return imaging.Rotate270(img)
	case 7:
		return imaging.Transverse(img)
	case 8:
		return imaging.Rotate90(img)
	}
	return img
}
