// Package filetype says what an uploaded file is by looking into it, never by its
// name or by what the browser claims, and refuses at once what the portal cannot
// use. It reads headers only: nothing is decoded here, so a small file that
// declares a huge picture costs no memory.
package filetype

import (
	"bytes"
	"errors"
	"fmt"
	"image"
	"image/png"
	"io"

	"github.com/gabriel-vasile/mimetype"
	"github.com/kovidgoyal/imaging/jpeg"
	"golang.org/x/image/webp"
)

// Media types of the files that are accepted.
const (
	PDF  = "application/pdf"
	JPEG = "image/jpeg"
	PNG  = "image/png"
	WebP = "image/webp"
	HEIC = "image/heic"
)

// An accepted type is known by the bytes it begins with. Only before a PDF's may something stand.
type accepted struct {
	mediaType string
	extension string
	signature string
	second    signature // further on, of formats that begin with a length
	// config reads the declared size; nil when the type declares none.
	config func(io.Reader) (image.Config, error)
}

var acceptedTypes = []accepted{
	{mediaType: PDF, extension: ".pdf", signature: "%PDF-"},
	// The decoder of internal/render, because the standard one knows fewer
	// ways of subsampling: what is accepted here must be readable there.
	{mediaType: JPEG, extension: ".jpg", signature: "\xff\xd8\xff", config: jpeg.DecodeConfig},
	{mediaType: PNG, extension: ".png", signature: "\x89PNG\r\n\x1a\n", config: png.DecodeConfig},
	{mediaType: WebP, extension: ".webp", signature: "RIFF", second: signature{8, []string{"WEBP"}}, config: webp.DecodeConfig},
	// The size of a HEIC stands deep inside: the child that decodes it looks there first.
	{mediaType: HEIC, extension: ".heic", signature: "\x00\x00",
		second: signature{4, []string{"ftypheic", "ftypheix", "ftypheim", "ftypheis", "ftypmif1"}}},
}

// A signature is one of several texts at a place.
type signature struct {
	at    int
	texts []string
}

func (s signature) in(head []byte) bool {
	for _, text := range s.texts {
		if len(head) >= s.at && bytes.HasPrefix(head[s.at:], []byte(text)) {
			return true
		}
	}
	return len(s.texts) == 0
}

// Limits bound what a file may be.
type Limits struct {
	Bytes  int64 // size of a PDF
	Photo  int64 // size of a picture, which is made smaller here
	Pixels int   // width times height that a picture declares
	Side   int   // longer side that a picture declares, in pixels
}

// DefaultLimits fit a scanned certificate and a phone's photo as it is: 5 MB and 20 MB, 40 megapixels
// and 20,000 pixels a side.
func DefaultLimits() Limits {
	return Limits{Bytes: 5 << 20, Photo: 20 << 20, Pixels: 40_000_000, Side: 20_000}
}

// Info is what a file says of itself.
type Info struct {
	MediaType string // one of the constants above
	Extension string // with its dot, the usual one of the media type
	Size      int64  // bytes
	// Width and Height are the declared pixels before any turning; zero for a PDF or HEIC.
	Width, Height int
}

// MustConvert says whether the portal keeps a smaller JPEG instead of the file: a photo that is larger
// than a document may be, or of a kind that officers' programs do not all open.
func (i Info) MustConvert(limits Limits) bool {
	return i.MediaType == HEIC || i.MediaType == WebP || i.Size > limits.Bytes
}

// sniffed is how many bytes are enough to name a type that is refused.
const sniffed = 3072

// Inspect names the type of a file of size bytes and checks what it declares. What
// the portal cannot use is a *Refusal; another error is the reader's own. The
// reader is left at an unknown place.
func Inspect(r io.ReadSeeker, size int64, limits Limits) (Info, error) {
	switch {
	case size == 0:
		return Info{}, refuse(Empty)
	case size > max(limits.Bytes, limits.Photo):
		return Info{}, refuse(TooLarge)
	}
	head, err := io.ReadAll(io.LimitReader(r, sniffed))
	if err != nil {
		return Info{}, fmt.Errorf("read the head of a file: %w", err)
	}
	for _, t := range acceptedTypes {
		if bytes.HasPrefix(head, []byte(t.signature)) && t.second.in(head) {
			return t.inspect(r, size, limits)
		}
	}
	// A PDF may begin within the first kilobyte, as readers allow: mail programs and scanners put a line end, spaces or
	// lines of text there. Where something else stands, such as a web page, the file is that, so that nothing is two
	// types at once.
	const within = 1024
	before, _, behind := bytes.Cut(head[:min(len(head), within)], []byte(acceptedTypes[0].signature))
	if !behind {
		before = head
	}
	reason := reasonOf(mimetype.Detect(before))
	if behind && (reason == Text || reason == Unknown) {
		return acceptedTypes[0].inspect(r, size, limits)
	}
	return Info{}, refuse(reason)
}

// inspect checks what a file of an accepted type declares.
func (t accepted) inspect(r io.ReadSeeker, size int64, limits Limits) (Info, error) {
	info := Info{MediaType: t.mediaType, Extension: t.extension, Size: size}
	if most := map[bool]int64{true: limits.Bytes, false: limits.Photo}[t.mediaType == PDF]; size > most {
		return Info{}, refuse(TooLarge)
	}
	if t.config == nil {
		return info, nil
	}
	if _, err := r.Seek(0, io.SeekStart); err != nil {
		return Info{}, fmt.Errorf("rewind a file: %w", err)
	}
	read := &watched{r: r}
	declared, err := t.config(io.LimitReader(read, size))
	switch {
	case read.failed != nil:
		return Info{}, fmt.Errorf("read the header of a file: %w", read.failed)
	case err != nil, declared.Width <= 0, declared.Height <= 0:
		return Info{}, refuse(Damaged)
	case declared.Width > limits.Side, declared.Height > limits.Side,
		declared.Width > limits.Pixels/declared.Height:
		return Info{}, refuse(Dimensions)
	}
	info.Width, info.Height = declared.Width, declared.Height
	return info, nil
}

// watched tells a reader that failed from a header that is wrong.
type watched struct {
	r      io.Reader
	failed error
}

// Read reads from the file and keeps its error.
func (w *watched) Read(p []byte) (int, error) {
	n, err := w.r.Read(p)
	if err != nil && !errors.Is(err, io.EOF) {
		w.failed = err
	}
	return n, err
}
