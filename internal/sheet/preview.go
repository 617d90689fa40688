package sheet

import (
	"errors"
	"strings"
	"unicode/utf8"
)

// sampleRows is how many rows of data a Preview shows.
const sampleRows = 5

// previewRows is how many rows that hold something are looked at to find a header.
const previewRows = headerRows + sampleRows

// nameLimit is the longest text, in letters, that can be a column's name; longer
// ones are titles or explanations.
const nameLimit = 120

// A Preview is what a person needs to say which column is which: the likely
// header and the first rows below it.
type Preview struct {
	Sheet   string
	Row     int // number of the header row
	Columns []Column
	Sample  []Row // at most 5, as wide as Columns
}

// Mapping makes the mapping that a person chose: columns holds for each wanted
// column its 0-based index, or -1. The other named columns become Unknown.
func (p Preview) Mapping(columns []int) Mapping {
	m := Mapping{Sheet: p.Sheet, Row: p.Row, Width: len(p.Columns), Columns: columns}
	used := map[int]bool{}
	for _, i := range columns {
		used[i] = true
	}
	for _, c := range p.Columns {
		if !used[c.Index] && c.Name != "" {
			m.Unknown = append(m.Unknown, c)
		}
	}
	return m
}

// Preview finds the first row that can be a header: words rather than numbers,
// no two alike, and at least half as many as the fullest of the first rows has
// cells. When the options named no sheet, the first visible sheet that has such
// a row is shown, and the Book then reads it. ReasonHeaderNotFound means that
// there is none, ReasonEmpty that no row of data follows.
func (b *Book) Preview() (Preview, error) {
	sheets := b.Sheets
	if b.chosen || b.Format == CSV {
		sheets = []string{b.Sheet}
	}
	var first error
	for _, name := range sheets {
		p, err := b.previewOf(name)
		if err == nil {
			b.Sheet = name
			return p, nil
		}
		if r, ok := errors.AsType[*Refusal](err); !ok || r.Reason != ReasonEmpty && r.Reason != ReasonHeaderNotFound {
			return Preview{}, err
		}
		if first == nil {
			first = err
		}
	}
	return Preview{}, first
}

// previewOf looks at one sheet.
func (b *Book) previewOf(sheet string) (Preview, error) {
	var rows []Row
	err := b.rowsOf(sheet, func(row Row) error {
		if rows = append(rows, row); len(rows) == previewRows {
			return errFound
		}
		return nil
	})
	if err != nil && !errors.Is(err, errFound) {
		return Preview{}, err
	}
	if len(rows) < 2 {
		return Preview{}, &Refusal{Reason: ReasonEmpty}
	}
	fullest := 0
	for _, row := range rows {
		fullest = max(fullest, filled(row))
	}
	for i, row := range rows[:min(len(rows), headerRows)] {
		if isHeader(row, fullest) && i == len(rows)-1 {
			return Preview{}, &Refusal{Reason: ReasonEmpty}
		}
		if isHeader(row, fullest) {
			return previewAt(sheet, row, rows[i+1:]), nil
		}
	}
	return Preview{}, &Refusal{Reason: ReasonHeaderNotFound}
}

// previewAt makes the preview of a header and the rows below. A column without
// a name is shown when one of those rows has something in it.
func previewAt(sheet string, header Row, below []Row) Preview {
	below = below[:min(len(below), sampleRows)]
	width := len(header.Cells)
	for _, row := range below {
		width = max(width, len(row.Cells))
	}
	p := Preview{Sheet: sheet, Row: header.Number}
	for i := range width {
		p.Columns = append(p.Columns, Column{Index: i, Name: header.Cell(i).Value()})
	}
	for _, row := range below {
		p.Sample = append(p.Sample, Mapping{Width: width}.fit(row))
	}
	return p
}

// filled counts the cells that hold something.
func filled(row Row) int {
	n := 0
	for _, c := range row.Cells {
		if !c.Blank() {
			n++
		}
	}
	return n
}

// isHeader says whether a row reads like column names.
func isHeader(row Row, fullest int) bool {
	n, words := 0, 0
	seen := map[string]bool{}
	for _, c := range row.Cells {
		name := c.Value()
		if name == "" {
			continue
		}
		n++
		seen[foldName(name)] = true
		if utf8.RuneCountInString(name) > nameLimit {
			return false
		}
		if c.Kind == KindText && !isNumeric(name) {
			words++
		}
	}
	return n >= min(2, fullest) && n*2 >= fullest && words*5 >= n*4 && len(seen)*10 >= n*9
}

// isNumeric says whether a text holds digits and signs of numbers only.
func isNumeric(s string) bool {
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789.,-+%/ ") == ""
}
