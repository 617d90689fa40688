package sheet

import (
	"bytes"
	"encoding/xml"
	"errors"
	"io"
	"strconv"
	"strings"
	"time"
	"unicode/utf16"
)

// sharedLimit is the most bytes of text that the shared strings may hold: they
// are the only part of a workbook kept in memory.
const sharedLimit = 48 << 20

// loadShared reads the shared strings once.
func (s *xlsxSource) loadShared() error {
	f := s.parts[s.strings]
	if s.shared != nil || f == nil {
		return nil
	}
	rc, err := f.Open()
	if err != nil {
		return &Refusal{Reason: ReasonDamaged}
	}
	defer func() { _ = rc.Close() }() // only read from
	in := newDecoder(rc)
	shared, total := []string{}, 0
	for {
		tok, err := in.RawToken()
		if errors.Is(err, io.EOF) {
			s.shared = shared
			return nil
		}
		if err != nil {
			return damaged(err, 0)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "si" {
			continue
		}
		c, err := collect(in, "si", s.limits.MaxCell)
		if err != nil && !errors.Is(err, errLong) {
			return damaged(err, 0)
		}
		// The slice's own 16 bytes count too: a bomb of empty strings is one as well.
		if total += len(c.text) + 16; err != nil || total > sharedLimit {
			return &Refusal{Reason: ReasonTooLarge}
		}
		shared = append(shared, unescape(c.text))
	}
}

// newDecoder is a decoder for a part's stream. The guard keeps one endless text
// from being buffered whole.
func newDecoder(r io.Reader) *xml.Decoder {
	return xml.NewDecoder(&guard{r: r})
}

// guard ends a stream that has gone on too long without any markup.
type guard struct {
	r   io.Reader
	run int // bytes since the last <
}

// runLimit is far above the longest text of one cell with all letters escaped.
const runLimit = 1 << 20

// Read passes bytes on and refuses the run that is too long.
func (g *guard) Read(p []byte) (int, error) {
	n, err := g.r.Read(p)
	if i := bytes.LastIndexByte(p[:n], '<'); i >= 0 {
		g.run = n - i
	} else {
		g.run += n
	}
	if g.run > runLimit {
		return 0, &Refusal{Reason: ReasonTooLarge}
	}
	return n, err
}

// unescape undoes the way in which workbooks write letters that XML lacks:
// _x000D_ is a carriage return, and _x005F_ protects an underscore.
func unescape(s string) string {
	if !strings.Contains(s, "_x") {
		return s
	}
	var b strings.Builder
	for i := 0; i < len(s); {
		if r, ok := escaped(s[i:]); ok {
			b.WriteRune(r)
			i += len("_x0000_")
			continue
		}
		b.WriteByte(s[i])
		i++
	}
	return b.String()
}

// escaped reads one _xHHHH_ at the beginning of s. Halves of surrogate pairs and
// NUL are no letters and stay as they are written.
func escaped(s string) (rune, bool) {
	if len(s) < 7 || s[0] != '_' || s[1] != 'x' || s[6] != '_' {
		return 0, false
	}
	n, err := strconv.ParseUint(s[2:6], 16, 16)
	if err != nil || n == 0 || utf16.IsSurrogate(rune(n)) {
		return 0, false
	}
	return rune(n), true
}

// isoTime reads the dates that strict workbooks store as text.
func isoTime(s string) (time.Time, bool) {
	for _, layout := range []string{"2006-01-02T15:04:05.999999999", "2006-01-02T15:04:05Z07:00", time.DateOnly} {
		if t, err := time.Parse(layout, strings.TrimSpace(s)); err == nil {
			return time.Date(t.Year(), t.Month(), t.Day(), t.Hour(), t.Minute(), t.Second(), 0, time.UTC), true
		}
	}
	return time.Time{}, false
}
