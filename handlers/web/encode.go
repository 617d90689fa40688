package web

import (
	"bytes"
	"compress/gzip"
	"net/http"
	"strconv"
	"strings"
	"sync"

	"github.com/andybalholm/brotli"
	"github.com/labstack/echo/v4"

	"naikkelas/static"
)

// An answer shorter than this is not worth packing.
const worthPacking = 512

// How hard answers are packed: one that is made for one reader quickly, one that is kept for
// many as small as it gets in some milliseconds.
const (
	brotliQuick, brotliCached = 4, 9
	gzipQuick, gzipCached     = 4, 7
)

var (
	brotliWriters = sync.Pool{New: func() any { return brotli.NewWriterLevel(nil, brotliQuick) }}
	gzipWriters   = sync.Pool{New: func() any { w, _ := gzip.NewWriterLevel(nil, gzipQuick); return w }}
)

// send writes an answer that is whole in memory, packed if the browser takes that.
func send(c Context, status int, contentType string, body []byte) error {
	header := c.Response().Header()
	header.Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
	if len(body) < worthPacking {
		return c.Blob(status, contentType, body)
	}
	var packed bytes.Buffer
	switch accepted := acceptedCodings(c.Request()); {
	case static.Accepts(accepted, "br"):
		w := brotliWriters.Get().(*brotli.Writer)
		defer brotliWriters.Put(w)
		w.Reset(&packed)
		if err := finish(w, body); err != nil {
			return err
		}
		header.Set(echo.HeaderContentEncoding, "br")
	case static.Accepts(accepted, "gzip"):
		w := gzipWriters.Get().(*gzip.Writer)
		defer gzipWriters.Put(w)
		w.Reset(&packed)
		if err := finish(w, body); err != nil {
			return err
		}
		header.Set(echo.HeaderContentEncoding, "gzip")
	default:
		return c.Blob(status, contentType, body)
	}
	header.Set(echo.HeaderContentLength, strconv.Itoa(packed.Len()))
	return c.Blob(status, contentType, packed.Bytes())
}

func acceptedCodings(r *http.Request) string {
	return strings.Join(r.Header.Values(echo.HeaderAcceptEncoding), ",")
}

// packer is what both codings' writers are.
type packer interface {
	Write([]byte) (int, error)
	Close() error
}

func finish(w packer, body []byte) error {
	if _, err := w.Write(body); err != nil {
		return err
	}
	return w.Close()
}

// packBrotli and packGzip pack an answer that is kept for many.
func packBrotli(body []byte) ([]byte, error) {
	var b bytes.Buffer
	err := finish(brotli.NewWriterLevel(&b, brotliCached), body)
	return b.Bytes(), err
}

func packGzip(body []byte) ([]byte, error) {
	var b bytes.Buffer
	w, err := gzip.NewWriterLevel(&b, gzipCached)
	if err != nil {
		return nil, err
	}
	err = finish(w, body)
	return b.Bytes(), err
}
