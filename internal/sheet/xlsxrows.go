package sheet

import (
	"encoding/xml"
	"errors"
	"io"
	"math"
	"strconv"
	"strings"
	"unicode/utf8"
)

// rows streams one sheet, and learns its layout when it comes to the end.
func (s *xlsxSource) rows(sheet string, f func(Row) error) error {
	if err := s.loadShared(); err != nil {
		return err
	}
	rc, err := s.parts[s.sheets[sheet]].Open()
	if err != nil {
		return &Refusal{Reason: ReasonDamaged}
	}
	defer func() { _ = rc.Close() }() // only read from
	st := stream{xlsxSource: s, in: newDecoder(rc)}
	for {
		tok, err := st.in.RawToken()
		if errors.Is(err, io.EOF) {
			s.layouts[sheet] = st.layout
			return nil
		}
		if err != nil {
			return damaged(err, st.number)
		}
		start, ok := tok.(xml.StartElement)
		if !ok || start.Name.Local != "row" {
			st.layout.add(start)
			continue
		}
		if err := st.readRow(start); err != nil {
			return damaged(err, st.number)
		}
		cells := trimRow(st.cells)
		if cells == nil {
			continue
		}
		if err := f(Row{Number: st.number, Cells: cells, Hidden: isTrue(attribute(start, "hidden"))}); err != nil {
			return err
		}
	}
}

// layout is what the sheet says beside its cells.
func (s *xlsxSource) layout(sheet string) layout { return s.layouts[sheet] }

// stream is one reading of a sheet.
type stream struct {
	*xlsxSource
	in     *xml.Decoder
	number int    // of the row being read
	column int    // 0-based, of the cell being read
	cells  []Cell // of the row being read
	layout layout // as far as it was read
}

// damaged makes an error of zip or XML the reason, with the row reached.
func damaged(err error, row int) error {
	if r, ok := errors.AsType[*Refusal](err); ok {
		return r
	}
	return &Refusal{Reason: ReasonDamaged, Row: row}
}

// readRow reads the cells up to the row's end.
func (s *stream) readRow(start xml.StartElement) error {
	s.number++
	if n, err := strconv.Atoi(attribute(start, "r")); err == nil && n > 0 && n <= 1<<20 {
		s.number = n
	}
	s.cells, s.column = nil, -1
	for {
		tok, err := s.in.RawToken()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local != "c" {
				continue
			}
			cell, err := s.readCell(t)
			if err != nil {
				return err
			}
			if err := s.put(cell); err != nil {
				return err
			}
		case xml.EndElement:
			if t.Name.Local == "row" {
				return nil
			}
		}
	}
}

// put sets a cell that holds something at its column.
func (s *stream) put(cell Cell) error {
	if cell.Kind == KindEmpty {
		return nil
	}
	if s.column >= s.limits.MaxColumns {
		return &Refusal{Reason: ReasonTooManyColumns, Row: s.number, Column: s.column + 1}
	}
	for len(s.cells) <= s.column {
		s.cells = append(s.cells, Cell{})
	}
	s.cells[s.column] = cell
	return nil
}

// readCell reads one c element and moves to its column.
func (s *stream) readCell(start xml.StartElement) (Cell, error) {
	var kind, style string
	s.column++
	for _, a := range start.Attr {
		switch a.Name.Local {
		case "r":
			if col, ok := columnOf(a.Value); ok {
				s.column = col
			}
		case "t":
			kind = a.Value
		case "s":
			style = a.Value
		}
	}
	c, err := s.readContent("c")
	if err != nil {
		return Cell{}, err
	}
	if c.text == "" {
		if c.formula && !c.value {
			return Cell{Kind: KindFormula, Text: "="}, nil
		}
		return Cell{}, nil
	}
	n, err := strconv.Atoi(style)
	if err != nil || n < 0 || n >= len(s.styles) {
		return s.cellOf(kind, c.text, plainStyle)
	}
	return s.cellOf(kind, c.text, s.styles[n])
}

// plainStyle is that of a cell without one.
var plainStyle = style{}

// cellOf gives a stored value its kind.
func (s *stream) cellOf(kind, text string, st style) (Cell, error) {
	switch kind {
	case "s":
		i, err := strconv.Atoi(strings.TrimSpace(text))
		if err != nil || i < 0 || i >= len(s.shared) {
			return Cell{}, &Refusal{Reason: ReasonDamaged, Row: s.number, Column: s.column + 1}
		}
		return TextCell(s.shared[i]), nil
	case "b":
		return BoolCell(text == "1" || text == "true"), nil
	case "str", "inlineStr":
		return TextCell(unescape(text)), nil
	case "e":
		return Cell{Kind: KindFormula, Text: unescape(text)}, nil
	case "d":
		if t, ok := isoTime(text); ok {
			return dateCell(serialOf(t), t, s.base1904), nil
		}
		return TextCell(text), nil
	}
	digits, n, ok := number(strings.TrimSpace(text))
	if !ok {
		return TextCell(text), nil
	}
	if st.date {
		if t, ok := dateOf(n, s.base1904); ok {
			return dateCell(n, t, s.base1904), nil
		}
	}
	return Cell{Kind: KindNumber, Text: shown(st.mask, digits, n), Number: n, base1904: s.base1904}, nil
}

// content is what stands inside an element.
type content struct {
	text    string // the value (v) or text (t), over the runs of a rich text, without East Asian reading aids (rPh)
	value   bool   // there is a v, though it may be empty
	formula bool   // there is an f
}

// readContent collects what stands inside an element of a sheet.
func (s *stream) readContent(element string) (content, error) {
	c, err := collect(s.in, element, s.limits.MaxCell)
	if errors.Is(err, errLong) {
		return content{}, &Refusal{Reason: ReasonTooLarge, Row: s.number, Column: s.column + 1}
	}
	return c, err
}

// errLong says that a text is longer than a cell may be.
var errLong = errors.New("text longer than a cell")

// collect is readContent for any decoder standing behind the start of element.
func collect(in *xml.Decoder, element string, limit int) (c content, err error) {
	var first string
	var more strings.Builder
	inText, skipped, letters := false, 0, 0
	for {
		tok, err := in.RawToken()
		if err != nil {
			return content{}, err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name.Local == "rPh" {
				skipped++
			}
			c.value, c.formula = c.value || t.Name.Local == "v", c.formula || t.Name.Local == "f"
			inText = skipped == 0 && (t.Name.Local == "v" || t.Name.Local == "t")
		case xml.EndElement:
			if t.Name.Local == "rPh" {
				skipped--
			}
			inText = false
			if t.Name.Local == element {
				c.text = first + more.String()
				return c, nil
			}
		case xml.CharData:
			if !inText {
				continue
			}
			if letters += utf8.RuneCount(t); letters > limit {
				return content{}, errLong
			}
			if first == "" {
				first = string(t)
			} else {
				more.Write(t)
			}
		}
	}
}

// number reads a stored number: its digits as a person would write them, and its
// value. Whole numbers keep all digits that are there; fractions get the 15
// digits that Excel shows.
func number(raw string) (digits string, value float64, ok bool) {
	value, err := strconv.ParseFloat(raw, 64)
	if err != nil || math.IsInf(value, 0) || math.IsNaN(value) {
		return "", 0, false
	}
	whole := strings.TrimLeft(raw, "-")
	if strings.Trim(whole, "0123456789") == "" && !strings.HasPrefix(whole, "0") {
		return raw, value, true
	}
	if math.Abs(value) >= 1e21 {
		return raw, value, true
	}
	if value == math.Trunc(value) {
		return strconv.FormatFloat(value, 'f', 0, 64), value, true
	}
	shown, err := strconv.ParseFloat(strconv.FormatFloat(value, 'g', 15, 64), 64)
	if err != nil {
		return "", 0, false
	}
	return strconv.FormatFloat(shown, 'f', -1, 64), value, true
}

// columnOf reads the letters of a cell's name: "C7" is column 2.
func columnOf(name string) (int, bool) {
	n := 0
	for i := 0; i < len(name); i++ {
		b := name[i] &^ 0x20
		if b < 'A' || b > 'Z' {
			return n - 1, i > 0
		}
		if n = n*26 + int(b-'A') + 1; n > fieldCap {
			return 0, false
		}
	}
	return 0, false
}

// attribute is the value of an attribute, or "".
func attribute(e xml.StartElement, name string) string {
	for _, a := range e.Attr {
		if a.Name.Local == name && a.Name.Space == "" {
			return a.Value
		}
	}
	return ""
}
