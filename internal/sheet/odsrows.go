package sheet

import (
	"encoding/xml"
	"strconv"
	"strings"
	"unicode/utf8"
)

// odsStream is one reading of a sheet.
type odsStream struct {
	in      *xml.Decoder
	limits  Options
	number  int // of the row being read
	at      int // 0-based column of the cell being read
	columns int // columns that were described so far
	cells   []Cell
	layout  layout
}

// find reads up to the beginning of a table by its place among those that are in no cell.
func (s *odsStream) find(place int) error {
	depth := 0
	for {
		tok, err := s.in.RawToken()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if odsName(t.Name) != "table:table" {
				continue
			}
			if depth++; depth > 1 {
				continue
			}
			if place--; place < 0 {
				return nil
			}
		case xml.EndElement:
			if odsName(t.Name) == "table:table" {
				depth--
			}
		}
	}
}

// skip passes over an element with all in it.
func (s *odsStream) skip(e xml.StartElement) error {
	for depth := 1; depth > 0; {
		tok, err := s.in.RawToken()
		if err != nil {
			return damaged(err, s.number)
		}
		switch t := tok.(type) {
		case xml.StartElement:
			if t.Name == e.Name {
				depth++
			}
		case xml.EndElement:
			if t.Name == e.Name {
				depth--
			}
		}
	}
	return nil
}

// column learns whether columns are hidden.
func (s *odsStream) column(e xml.StartElement) {
	n := repeats(e, "table:number-columns-repeated")
	if odsHidden(e) && len(s.layout.hidden) < fieldCap {
		s.layout.hidden = append(s.layout.hidden, span{s.columns, s.columns + n - 1})
	}
	s.columns = min(s.columns+n, 1<<20)
}

func odsHidden(e xml.StartElement) bool {
	shown := odsAttribute(e, "table:visibility")
	return shown == "collapse" || shown == "filter"
}

// emit reads a row and gives it as often as it stands there. Blank rows only count.
func (s *odsStream) emit(e xml.StartElement, f func(Row) error) error {
	s.number++
	s.cells, s.at = nil, 0
	if err := s.row(); err != nil {
		return damaged(err, s.number)
	}
	n, cells := repeats(e, "table:number-rows-repeated"), trimRow(s.cells)
	if cells == nil {
		s.number = min(s.number+n-1, 1<<20)
		return nil
	}
	for i := range n {
		if i > 0 {
			s.number++
			cells = append([]Cell(nil), cells...) // each row is its receiver's own
		}
		if err := f(Row{Number: s.number, Cells: cells, Hidden: odsHidden(e)}); err != nil {
			return err
		}
	}
	return nil
}

// row reads the cells up to the row's end.
func (s *odsStream) row() error {
	for {
		tok, err := s.in.RawToken()
		if err != nil {
			return err
		}
		switch t := tok.(type) {
		case xml.StartElement:
			switch odsName(t.Name) {
			case "table:table-cell", "table:covered-table-cell":
				if err := s.cell(t); err != nil {
					return err
				}
			}
		case xml.EndElement:
			if odsName(t.Name) == "table:table-row" {
				return nil
			}
		}
	}
}

// cell reads a cell and puts it at its column, as often as it stands there. What a merged range covers, no person sees.
func (s *odsStream) cell(e xml.StartElement) error {
	text, err := s.text(e)
	if err != nil {
		return err
	}
	n := repeats(e, "table:number-columns-repeated")
	covered := e.Name.Local == "covered-table-cell"
	c := s.value(e, text)
	if c.Kind == KindEmpty || covered {
		s.at = min(s.at+n, 1<<20)
		return nil
	}
	if s.at+n > s.limits.MaxColumns {
		return &Refusal{Reason: ReasonTooManyColumns, Row: s.number, Column: s.at + 1}
	}
	s.merge(e)
	for len(s.cells) < s.at {
		s.cells = append(s.cells, Cell{})
	}
	for range n {
		s.cells = append(s.cells, c)
	}
	s.at += n
	return nil
}

// merge learns of a merged range that begins with this cell.
func (s *odsStream) merge(e xml.StartElement) {
	wide, high := repeats(e, "table:number-columns-spanned"), repeats(e, "table:number-rows-spanned")
	if wide*high > 1 && len(s.layout.merged) < mergesLimit {
		s.layout.merged = append(s.layout.merged, merge{s.number, s.number + high - 1, s.at, s.at + wide - 1})
	}
}

// value is what a cell holds by its type.
func (s *odsStream) value(e xml.StartElement, text string) Cell {
	kind := odsAttribute(e, "office:value-type")
	broken := odsAttribute(e, "calcext:value-type") == "error" || odsAttribute(e, "table:formula") != "" && kind == ""
	switch {
	case broken && text == "":
		return Cell{Kind: KindFormula, Text: "="}
	case broken:
		return Cell{Kind: KindFormula, Text: text}
	}
	switch kind {
	case "float", "percentage", "currency":
		digits, n, ok := number(strings.TrimSpace(odsAttribute(e, "office:value")))
		if !ok {
			return TextCell(text)
		}
		if masked(text, digits) {
			digits = text
		}
		return Cell{Kind: KindNumber, Text: digits, Number: n}
	case "date":
		if t, ok := isoTime(odsAttribute(e, "office:date-value")); ok && t.Year() > 0 && t.Year() < 10_000 {
			return dateCell(serialOf(t), t, false)
		}
	case "boolean":
		return BoolCell(odsAttribute(e, "office:boolean-value") == "true")
	case "string":
		if whole := odsAttribute(e, "office:string-value"); whole != "" && utf8.RuneCountInString(whole) <= s.limits.MaxCell {
			return TextCell(whole)
		}
	}
	return TextCell(text)
}

// masked says whether a number is shown with zeros before it, as codes are: 0012.
func masked(text, digits string) bool {
	return len(text) > len(digits) && strings.Trim(text, "0123456789") == "" && strings.TrimLeft(text, "0") == strings.TrimLeft(digits, "0")
}

// text is what a cell shows: its paragraphs, each on a line. Remarks and pictures beside it are left out, and so is a table
// inside it.
func (s *odsStream) text(e xml.StartElement) (string, error) {
	t := odsText{limit: s.limits.MaxCell}
	for {
		tok, err := s.in.RawToken()
		if err != nil {
			return "", err
		}
		switch el := tok.(type) {
		case xml.StartElement:
			switch name := odsName(el.Name); {
			case name == "office:annotation", el.Name.Space == "draw", name == "table:table":
				if err := s.skip(el); err != nil {
					return "", err
				}
			default:
				t.start(name, el)
			}
		case xml.EndElement:
			if el.Name == e.Name {
				return t.b.String(), nil
			}
			t.end(odsName(el.Name))
		case xml.CharData:
			if t.inside > 0 {
				t.add(string(el), 1)
			}
		}
		if t.letters > t.limit {
			return "", &Refusal{Reason: ReasonTooLarge, Row: s.number, Column: s.at + 1}
		}
	}
}

// odsText collects the text of a cell.
type odsText struct {
	b          strings.Builder
	paragraphs int
	inside     int // paragraphs that are open
	letters    int
	limit      int
}

func (t *odsText) start(name string, e xml.StartElement) {
	switch name {
	case "text:p", "text:h":
		if t.paragraphs++; t.paragraphs > 1 {
			t.add("\n", 1)
		}
		t.inside++
	case "text:s":
		n, err := strconv.Atoi(odsAttribute(e, "text:c"))
		if err != nil {
			n = 1
		}
		t.add(" ", n)
	case "text:tab":
		t.add("\t", 1)
	case "text:line-break":
		t.add("\n", 1)
	}
}

func (t *odsText) end(name string) {
	if name == "text:p" || name == "text:h" {
		t.inside--
	}
}

// add adds a text some times; of what is too long only the length is kept.
func (t *odsText) add(text string, times int) {
	if times < 0 || times > t.limit {
		times = t.limit + 1
	}
	if t.letters += utf8.RuneCountInString(text) * times; t.letters <= t.limit {
		t.b.WriteString(strings.Repeat(text, times))
	}
}
