package render

import (
	"encoding/binary"
	"encoding/json"
	"errors"
	"fmt"
	"io"
)

// A task is what a child is started for.
type task string

const (
	taskPages   task = "pages"
	taskInspect task = "inspect"
	taskCompile task = "compile"
)

const mediaPDF = "application/pdf"

// A job is the first line of a child's input, as JSON; the file follows.
type job struct {
	Task      task   `json:"task"`
	MediaType string `json:"media_type"`
	CacheDir  string `json:"cache_dir"`
	Limits    Limits `json:"limits"`
	First     int    `json:"first"` // page to begin with, from 1
}

// job fills in what a task needs.
func (r *Renderer) job(t task, mediaType string, first int) job {
	return job{Task: t, MediaType: mediaType, CacheDir: r.opts.CacheDir, Limits: r.opts.Limits, First: first}
}

// A frame is one answer of a child: the length of a JSON header in four bytes, the
// header, and for a page its two images. The last frame has Done or Failure.
type frame struct {
	Page    *pageHeader `json:"page,omitempty"`
	Done    *Info       `json:"done,omitempty"`
	Failure Failure     `json:"failure,omitempty"`
}

type pageHeader struct {
	Number    int `json:"number"`
	Width     int `json:"width"`
	Height    int `json:"height"`
	View      int `json:"view"`      // bytes
	Thumbnail int `json:"thumbnail"` // bytes

	Blank bool `json:"blank,omitempty"`
}

// Bounds of a frame: the parent believes no length that a child could not mean.
const (
	maxHeader = 4 << 10
	maxImage  = 16 << 20
)

var errFrame = errors.New("answer of the child is out of bounds")

// writeFrame sends a frame and the images that belong to it.
func writeFrame(w io.Writer, f frame, images ...[]byte) error {
	header, err := json.Marshal(f)
	if err != nil {
		return fmt.Errorf("write a frame: %w", err)
	}
	out := binary.BigEndian.AppendUint32(nil, uint32(len(header)))
	for _, part := range append([][]byte{out, header}, images...) {
		if _, err := w.Write(part); err != nil {
			return fmt.Errorf("write a frame: %w", err)
		}
	}
	return nil
}

// readFrame receives a frame and, when it has one, its page.
func readFrame(r io.Reader) (frame, Page, error) {
	var length [4]byte
	if _, err := io.ReadFull(r, length[:]); err != nil {
		return frame{}, Page{}, err
	}
	n := binary.BigEndian.Uint32(length[:])
	if n > maxHeader {
		return frame{}, Page{}, errFrame
	}
	header := make([]byte, n)
	if _, err := io.ReadFull(r, header); err != nil {
		return frame{}, Page{}, err
	}
	var f frame
	if err := json.Unmarshal(header, &f); err != nil {
		return frame{}, Page{}, fmt.Errorf("%w: %w", errFrame, err)
	}
	if f.Page == nil {
		return f, Page{}, nil
	}
	p := f.Page
	if p.View < 0 || p.View > maxImage || p.Thumbnail < 0 || p.Thumbnail > maxImage {
		return frame{}, Page{}, errFrame
	}
	images := make([]byte, p.View+p.Thumbnail)
	if _, err := io.ReadFull(r, images); err != nil {
		return frame{}, Page{}, err
	}
	return f, Page{
		Number: p.Number, Width: p.Width, Height: p.Height,
		View: images[:p.View:p.View], Thumbnail: images[p.View:], Blank: p.Blank,
	}, nil
}
