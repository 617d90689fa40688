package sheet

import (
	"errors"
	"strings"
	"unicode"
)

// headerRows is how many rows that hold something are searched for the header.
const headerRows = 20

// A Column is one named column of a sheet.
type Column struct {
	Index int    // 0-based
	Name  string // as written in the header; "" when the header is empty there
}

// Letter is the column's name in a spreadsheet program, such as C.
func (c Column) Letter() string { return ColumnLetter(c.Index) }

// A Mapping says which column holds which wanted value. Header makes one; a
// person may make another on the column page, from a Preview.
type Mapping struct {
	Sheet    string   // "" for a CSV
	Row      int      // number of the header row; data begins below it
	Width    int      // columns up to the last one with a name
	Columns  []int    // for each wanted column its 0-based index, or -1
	Unknown  []Column // named columns that nothing asked for
	Repeated []Column // columns whose name an earlier column had already taken
}

// Cell is the row's cell for the wanted column, empty when the sheet lacks it.
func (m Mapping) Cell(row Row, wanted int) Cell {
	return row.Cell(m.Columns[wanted])
}

// Has says whether the sheet has the wanted column.
func (m Mapping) Has(wanted int) bool { return m.Columns[wanted] >= 0 }

// errFound ends a reading that has seen what it needed.
var errFound = errors.New("found")

// Header finds the first of the first 20 rows in which enough of the wanted
// columns are named: at least two and at least a third of them (all, when fewer
// than two are wanted). Each wanted column is a list of names that people give
// it; letter case, spaces, punctuation and remarks in brackets do not matter.
// Rows above are titles. When the options named no sheet, the visible sheets are
// searched in order and the Book then reads the one found.
//
// ReasonHeaderNotFound means that no row fits, ReasonEmpty that there is no row
// of data below; in that case the Mapping is filled in all the same.
func (b *Book) Header(want [][]string) (Mapping, error) {
	sheets := b.Sheets
	if b.chosen || b.Format == CSV {
		sheets = []string{b.Sheet}
	}
	names := aliases(want)
	var empty *Mapping
	reason := ReasonEmpty
	for _, name := range sheets {
		m, rows, err := b.headerOf(name, names, len(want))
		switch {
		case err != nil:
			return Mapping{}, err
		case m != nil && rows > 0:
			b.Sheet = name
			return *m, nil
		case m != nil && empty == nil:
			empty = m
		case m == nil && rows > 1:
			reason = ReasonHeaderNotFound
		}
	}
	if empty != nil {
		b.Sheet = empty.Sheet
		return *empty, &Refusal{Reason: ReasonEmpty}
	}
	return Mapping{}, &Refusal{Reason: reason}
}

// headerOf searches one sheet. rows counts those below the header, or without a
// header all, as far as was read.
func (b *Book) headerOf(sheet string, names map[string]int, wanted int) (m *Mapping, rows int, err error) {
	enough := min(wanted, max(2, (wanted+2)/3))
	err = b.rowsOf(sheet, func(row Row) error {
		if rows++; m != nil {
			return errFound
		}
		found, hits := match(row, names, wanted)
		if hits >= enough && hits > 0 {
			found.Sheet = sheet
			m, rows = &found, 0
			return nil
		}
		if rows >= headerRows {
			return errFound
		}
		return nil
	})
	if errors.Is(err, errFound) {
		err = nil
	}
	return m, rows, err
}

// aliases indexes the wanted names, folded.
func aliases(want [][]string) map[string]int {
	names := map[string]int{}
	for i, list := range want {
		for _, name := range list {
			if folded := foldName(name); folded != "" {
				if _, taken := names[folded]; !taken {
					names[folded] = i
				}
			}
		}
	}
	return names
}

// match reads a row as if it were the header.
func match(row Row, names map[string]int, wanted int) (m Mapping, hits int) {
	m = Mapping{Row: row.Number, Columns: make([]int, wanted)}
	for i := range m.Columns {
		m.Columns[i] = -1
	}
	for i, cell := range row.Cells {
		name := cell.Value()
		if name == "" {
			continue
		}
		m.Width = i + 1
		wanted, known := names[foldName(name)]
		if !known {
			wanted, known = names[foldName(withoutBrackets(name))]
		}
		switch {
		case !known:
			m.Unknown = append(m.Unknown, Column{Index: i, Name: name})
		case m.Columns[wanted] >= 0:
			m.Repeated = append(m.Repeated, Column{Index: i, Name: name})
		default:
			m.Columns[wanted] = i
			hits++
		}
	}
	return m, hits
}

// foldName keeps letters and digits only, in lower case.
func foldName(s string) string {
	return strings.Map(func(r rune) rune {
		if unicode.IsLetter(r) || unicode.IsDigit(r) {
			return unicode.ToLower(r)
		}
		return -1
	}, s)
}

// withoutBrackets drops remarks such as "(Rp)" from a column's name.
func withoutBrackets(s string) string {
	open := strings.IndexAny(s, "([")
	if open <= 0 {
		return s
	}
	end := strings.LastIndexAny(s, ")]")
	if end < open {
		return s[:open]
	}
	return s[:open] + s[end+1:]
}

// Body calls f for each row below the mapping's header, padded to the header's
// width; what stands to the right of that is in Row.Extra.
func (b *Book) Body(m Mapping, f func(Row) error) error {
	return b.rowsOf(m.Sheet, func(row Row) error {
		if row.Number <= m.Row {
			return nil
		}
		return f(m.fit(row))
	})
}

// fit makes a row as wide as the header.
func (m Mapping) fit(row Row) Row {
	for len(row.Cells) < m.Width {
		row.Cells = append(row.Cells, Cell{})
	}
	for _, c := range row.Cells[m.Width:] {
		if !c.Blank() {
			row.Extra = append(row.Extra, c)
		}
	}
	row.Cells = row.Cells[:m.Width]
	return row
}
