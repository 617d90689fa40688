package sheet

import (
	"bufio"
	"io"
	"unicode/utf8"
)

// fieldCap is the most fields one record may have, empty ones included: as many
// as a spreadsheet has columns.
const fieldCap = 16_384

// records splits decoded CSV text the way spreadsheet programs do, which
// encoding/csv does not: lines may end in CR alone, blank lines count as rows,
// and a quotation mark in the wrong place is kept as it stands.
type records struct {
	in        *bufio.Reader
	separator byte
	limits    Options
	number    int    // of the record being read, from 1
	field     []byte // reused from field to field
	letters   int    // in field
	column    int    // of the field being read, from 1
}

// ending is what stood behind a field.
type ending int

const (
	endField ending = iota
	endLine
	endFile
)

// next reads one record. io.EOF means that there is none left.
func (s *records) next() ([]string, error) {
	if _, err := s.in.Peek(1); err != nil {
		return nil, err
	}
	s.number++
	var fields []string
	for s.column = 1; ; s.column++ {
		end, err := s.readField()
		if err != nil {
			return nil, err
		}
		fields = append(fields, string(s.field))
		if end != endField {
			return fields, nil
		}
		if len(fields) >= fieldCap {
			return nil, &Refusal{Reason: ReasonTooManyColumns, Row: s.number}
		}
	}
}

// readField reads up to the next separator or line end into s.field.
func (s *records) readField() (ending, error) {
	s.field, s.letters = s.field[:0], 0
	for {
		b, err := s.in.ReadByte()
		if err == io.EOF {
			return endFile, nil
		}
		if err != nil {
			return 0, err
		}
		if b == '"' && allSpaces(s.field) {
			s.field = s.field[:0]
			if err := s.readQuoted(); err != nil {
				return 0, err
			}
			return s.readRest()
		}
		if end, done := s.endAt(b); done {
			return end, nil
		}
		if err := s.keep(b); err != nil {
			return 0, err
		}
	}
}

// readQuoted reads to the closing quotation mark; a doubled one stands for itself.
func (s *records) readQuoted() error {
	started := s.number
	for {
		b, err := s.in.ReadByte()
		if err == io.EOF {
			return &Refusal{Reason: ReasonQuote, Row: started, Column: s.column}
		}
		if err != nil {
			return err
		}
		if b == '"' {
			if next, _ := s.in.Peek(1); len(next) == 0 || next[0] != '"' {
				return nil
			}
			if _, err := s.in.Discard(1); err != nil {
				return err
			}
		}
		if err := s.keep(b); err != nil {
			return err
		}
	}
}

// readRest reads what stands between a closing quotation mark and the end of
// the field: nothing, spaces that are dropped, or stray text that is kept.
func (s *records) readRest() (ending, error) {
	quoted := len(s.field)
	for {
		b, err := s.in.ReadByte()
		if err != nil && err != io.EOF {
			return 0, err
		}
		end, done := endFile, err == io.EOF
		if !done {
			end, done = s.endAt(b)
		}
		if done {
			if allSpaces(s.field[quoted:]) {
				s.field = s.field[:quoted]
			}
			return end, nil
		}
		if err := s.keep(b); err != nil {
			return 0, err
		}
	}
}

// endAt says whether b ends a field outside quotation marks, and eats the LF of a CRLF.
func (s *records) endAt(b byte) (ending, bool) {
	switch b {
	case s.separator:
		return endField, true
	case '\n':
		return endLine, true
	case '\r':
		if next, _ := s.in.Peek(1); len(next) == 1 && next[0] == '\n' {
			_, _ = s.in.Discard(1) // the byte was just peeked
		}
		return endLine, true
	}
	return 0, false
}

// keep adds one byte to the field within the limits.
func (s *records) keep(b byte) error {
	if b == 0 {
		return &Refusal{Reason: ReasonEncoding, Row: s.number, Column: s.column}
	}
	s.field = append(s.field, b)
	if utf8.RuneStart(b) {
		s.letters++
	}
	if s.letters > s.limits.MaxCell {
		return &Refusal{Reason: ReasonTooLarge, Row: s.number, Column: s.column}
	}
	return nil
}

// allSpaces says whether nothing but spaces was read so far.
func allSpaces(b []byte) bool {
	for _, c := range b {
		if c != ' ' {
			return false
		}
	}
	return true
}
