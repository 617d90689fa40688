package web

import (
	"bytes"
	"compress/gzip"
	"io"
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

// How hard answers are packed: as far as a person does not wait for it.
const (
	brotliLevel = 5
	gzipLevel   = 5
)

// The codings in which answers are packed, as headers name them.
const (
	codingBrotli = "br"
	codingGzip   = "gzip"
)

// packers are pools of writers by coding: a new one costs more than what it packs.
var packers = map[string]*sync.Pool{
	codingBrotli: {New: func() any { return brotli.NewWriterLevel(nil, brotliLevel) }},
	codingGzip:   {New: func() any { w, _ := gzip.NewWriterLevel(nil, gzipLevel); return w }},
}

// packer is what the writers of all codings are.
type packer interface {
	io.WriteCloser
	Reset(into io.Writer)
}

// pack packs an answer.
func pack(coding string, body []byte) ([]byte, error) {
	w := packers[coding].Get().(packer)
	defer packers[coding].Put(w)
	packed := bytes.NewBuffer(make([]byte, 0, len(body)/4))
	w.Reset(packed)
	if _, err := w.Write(body); err != nil {
		return nil, err
	}
	if err := w.Close(); err != nil {
		return nil, err
	}
	return packed.Bytes(), nil
}

// codingFor is the coding in which an answer goes out, empty for as it is.
func codingFor(r *http.Request, body []byte) string {
	if len(body) < worthPacking {
		return ""
	}
	accepted := acceptedCodings(r)
	for _, coding := range []string{codingBrotli, codingGzip} {
		if static.Accepts(accepted, coding) {
			return coding
		}
	}
	return ""
}

// send writes an answer that is whole in memory, packed if the browser takes that.
func send(c Context, status int, contentType string, body []byte) error {
	c.Response().Header().Add(echo.HeaderVary, echo.HeaderAcceptEncoding)
	coding := codingFor(c.Request(), body)
	if coding == "" {
		return c.Blob(status, contentType, body)
	}
	packed, err := pack(coding, body)
	if err != nil {
		return err
	}
	return sendPacked(c, status, contentType, coding, packed)
}

func sendPacked(c Context, status int, contentType, coding string, packed []byte) error {
	c.Response().Header().Set(echo.HeaderContentEncoding, coding)
	c.Response().Header().Set(echo.HeaderContentLength, strconv.Itoa(len(packed)))
	return c.Blob(status, contentType, packed)
}

func acceptedCodings(r *http.Request) string {
	return strings.Join(r.Header.Values(echo.HeaderAcceptEncoding), ",")
}
