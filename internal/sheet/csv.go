package sheet

import (
	"bufio"
	"bytes"
	"errors"
	"io"
	"slices"
	"strings"

	"golang.org/x/text/encoding"
)

// csvSource reads one CSV again and again.
type csvSource struct {
	r         io.ReaderAt
	size      int64
	head      []byte
	enc       Encoding
	separator byte
	hint      bool // the first line is Excel's "sep=;", which it does not count as a row
	limits    Options
}

// openCSV finds encoding and separator. A file of white space only is refused as empty.
func openCSV(r io.ReaderAt, size int64, name string, head []byte, o Options) (*Book, error) {
	b := &Book{Name: name, Format: CSV, Encoding: o.Encoding, limits: o}
	if b.Encoding == "" {
		var err error
		if b.Encoding, b.Guessed, err = encodingOf(r, size, head); err != nil {
			return nil, err
		}
	} else if !slices.Contains(Encodings, b.Encoding) {
		return nil, &Refusal{Reason: ReasonEncoding}
	}
	src := csvSource{r: r, size: size, head: head, enc: b.Encoding, limits: o}
	opening, whole, err := src.opening()
	if err != nil {
		return nil, err
	}
	if len(bytes.TrimSpace(opening)) == 0 && whole {
		return nil, &Refusal{Reason: ReasonEmpty}
	}
	hint := separatorHint(opening)
	src.hint = hint != 0
	switch {
	case o.Separator != 0 && strings.ContainsRune(separators, o.Separator):
		src.separator = byte(o.Separator)
	case hint != 0:
		src.separator = hint
	default:
		src.separator = separatorOf(opening, whole, strings.HasSuffix(strings.ToLower(name), ".tsv"))
	}
	b.Separator = rune(src.separator)
	b.source = src
	return b, nil
}

// opening decodes the first part of the file; whole says that it is all of it.
func (s csvSource) opening() (text []byte, whole bool, err error) {
	const limit = 64 << 10
	text, err = io.ReadAll(io.LimitReader(decode(s.r, s.size, s.head, s.enc), limit))
	if errors.Is(err, encoding.ErrInvalidUTF8) {
		return nil, false, &Refusal{Reason: ReasonEncoding}
	}
	return text, len(text) < limit, err
}

// rows reads all records; the sheet's name has no meaning here.
func (s csvSource) rows(_ string, f func(Row) error) error {
	rec := records{in: bufio.NewReaderSize(decode(s.r, s.size, s.head, s.enc), 32<<10), separator: s.separator, limits: s.limits}
	if s.hint {
		if _, err := rec.next(); err != nil {
			return err
		}
		rec.number = 0
	}
	for {
		fields, err := rec.next()
		if errors.Is(err, io.EOF) {
			return nil
		}
		if err != nil {
			return rec.refusal(err)
		}
		cells := make([]Cell, len(fields))
		for i, text := range fields {
			cells[i] = TextCell(unguard(text))
		}
		cells = trimRow(cells)
		if len(cells) > s.limits.MaxColumns {
			return &Refusal{Reason: ReasonTooManyColumns, Row: rec.number}
		}
		if cells == nil {
			continue
		}
		if err := f(Row{Number: rec.number, Cells: cells}); err != nil {
			return err
		}
	}
}

// layout is nothing: a CSV has no other than its cells.
func (csvSource) layout(string) layout { return layout{} }

// refusal turns a decoding error into the reason, with the row reached.
func (s *records) refusal(err error) error {
	if errors.Is(err, encoding.ErrInvalidUTF8) {
		return &Refusal{Reason: ReasonEncoding, Row: s.number}
	}
	return err
}
