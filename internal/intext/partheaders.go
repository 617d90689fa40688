package intext

import (
	"bufio"
	"bytes"
	"errors"
	"io"
)

// longestPartLine is how much of a line in front of a part is looked at as one.
const longestPartLine = 8 << 10

// partHeaders passes a multipart body on and takes control signs out of the lines in front of its parts. A name of a
// file may hold them, and the parser would refuse the whole form for it.
type partHeaders struct {
	in       *bufio.Reader
	boundary []byte // with the two dashes in front
	inside   bool   // of the lines in front of a part
	begun    bool   // the next byte begins a line
	ready    []byte // what was read and not passed on
	failed   error  // what ended the body
}

// PartHeaders reads a multipart body without control signs in the lines in front of its parts.
func PartHeaders(body io.Reader, boundary string) io.Reader {
	return &partHeaders{in: bufio.NewReaderSize(body, longestPartLine), boundary: []byte("--" + boundary), begun: true}
}

// Read gives the body, line by line.
func (p *partHeaders) Read(into []byte) (int, error) {
	for len(p.ready) == 0 {
		if p.failed != nil {
			return 0, p.failed
		}
		line, err := p.in.ReadSlice('\n')
		if !errors.Is(err, bufio.ErrBufferFull) { // a long line comes in pieces
			p.failed = err
		}
		p.ready = p.clean(line)
	}
	n := copy(into, p.ready)
	p.ready = p.ready[n:]
	return n, nil
}

// clean is a line, or a part of a long one, as it is passed on. It may change what it was given.
func (p *partHeaders) clean(line []byte) []byte {
	starts := p.begun
	p.begun = bytes.HasSuffix(line, []byte("\n"))
	switch {
	case !p.inside:
		p.inside = starts && bytes.HasPrefix(line, p.boundary)
		return line
	case starts && len(bytes.TrimRight(line, "\r\n")) == 0:
		p.inside = false
		return line
	}
	kept := line[:0]
	for i, b := range line {
		end := b == '\n' || b == '\r' && i+1 < len(line) && line[i+1] == '\n'
		if end || b == '\t' || b >= ' ' && b != 0x7f {
			kept = append(kept, b)
		}
	}
	return kept
}
