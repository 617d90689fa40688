package filetype

import (
	"strings"

	"github.com/gabriel-vasile/mimetype"
)

// A Reason says why a file is refused. It is the last part of a message key.
type Reason string

// Reasons of a refusal.
const (
	Empty      Reason = "empty"
	TooLarge   Reason = "too_large"
	Dimensions Reason = "dimensions" // the picture declares too many pixels
	Damaged    Reason = "damaged"    // the header is cut off or wrong
	SVG        Reason = "svg"
	HTML       Reason = "html"
	Office     Reason = "office"
	Archive    Reason = "archive"
	TIFF       Reason = "tiff"
	Executable Reason = "executable"
	GIF        Reason = "gif"
	AVIF       Reason = "avif"
	HEVC       Reason = "heic" // of a kind that is not decoded here
	Text       Reason = "text"
	Video      Reason = "video" // moving pictures, where a recording is taken
	Unknown    Reason = "unknown"
)

// Reasons lists every reason, for a test that each has its words.
func Reasons() []Reason {
	return []Reason{
		Empty, TooLarge, Dimensions, Damaged, SVG, HTML, Office, Archive,
		TIFF, Executable, GIF, AVIF, HEVC, Text, Video, Unknown,
	}
}

// A Refusal is a file that the portal cannot use.
type Refusal struct{ Reason Reason }

// Error names the reason.
func (r *Refusal) Error() string { return "file refused: " + string(r.Reason) }

func refuse(reason Reason) error { return &Refusal{Reason: reason} }

// reasons maps a media type to the words that help its owner. A type without a row
// takes the reason of the wider type it belongs to, so that every document inside
// a zip is at least an archive and every source code at least a text.
var reasons = map[string]Reason{
	"image/svg+xml":       SVG,
	"text/html":           HTML,
	"image/tiff":          TIFF,
	"image/gif":           GIF,
	"image/avif":          AVIF,
	"image/heic":          HEVC,
	"image/heic-sequence": HEVC,
	"image/heif":          HEVC,
	"image/heif-sequence": HEVC,
	"text/plain":          Text,

	"application/xhtml+xml": HTML,

	"application/x-ole-storage":                                                 Office,
	"text/rtf":                                                                  Office,
	"application/vnd.oasis.opendocument.text":                                   Office,
	"application/vnd.oasis.opendocument.spreadsheet":                            Office,
	"application/vnd.oasis.opendocument.presentation":                           Office,
	"application/vnd.openxmlformats-officedocument.wordprocessingml.document":   Office,
	"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet":         Office,
	"application/vnd.openxmlformats-officedocument.presentationml.presentation": Office,

	"application/zip":                   Archive,
	"application/vnd.rar":               Archive,
	"application/x-7z-compressed":       Archive,
	"application/gzip":                  Archive,
	"application/x-tar":                 Archive,
	"application/x-xz":                  Archive,
	"application/x-bzip2":               Archive,
	"application/zstd":                  Archive,
	"application/vnd.ms-cab-compressed": Archive,

	"application/vnd.microsoft.portable-executable": Executable,
	"application/x-elf":                             Executable,
	"application/x-mach-binary":                     Executable,
	"application/vnd.android.package-archive":       Executable,
	"application/java-archive":                      Executable,
	"application/x-java-applet":                     Executable,
	"application/x-ms-installer":                    Executable,
	"application/x-ms-shortcut":                     Executable,
	"application/vnd.debian.binary-package":         Executable,
	"application/x-rpm":                             Executable,
	"application/wasm":                              Executable,
	"text/x-shellscript":                            Executable,
}

// reasonOf finds the narrowest reason for a type.
func reasonOf(m *mimetype.MIME) Reason {
	for ; m != nil; m = m.Parent() {
		mediaType, _, _ := strings.Cut(m.String(), ";")
		if reason, ok := reasons[mediaType]; ok {
			return reason
		}
	}
	return Unknown
}
