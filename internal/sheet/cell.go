package sheet

import (
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/intext"
)

// Kind is what the file itself says a cell holds. All cells of a CSV that hold
// something are text.
type Kind int

// The kinds of cells. A formula has the kind of its last computed value.
const (
	KindEmpty Kind = iota
	KindText
	KindNumber
	KindDate
	KindBoolean
	KindFormula // a formula whose result the file does not hold, or could not be worked out
)

// A Cell is one value of a row. The zero Cell is empty.
type Cell struct {
	Kind   Kind
	Text   string    // text as stored; a number as its code is shown, without exponent; 2006-01-02 [15:04:05]; TRUE; #DIV/0!
	Number float64   // of a number, and the serial of a date; Excel keeps only 15 digits
	Time   time.Time // of a date: its wall clock, in UTC

	base1904 bool // serials of this workbook count from 1904
}

// TextCell makes a text cell; "" makes an empty one.
func TextCell(s string) Cell {
	if s == "" {
		return Cell{}
	}
	return Cell{Kind: KindText, Text: s}
}

// NumberCell makes a number cell.
func NumberCell(n int64) Cell {
	return Cell{Kind: KindNumber, Text: strconv.FormatInt(n, 10), Number: float64(n)}
}

// DateCell makes a cell of a day.
func DateCell(t time.Time) Cell {
	day := time.Date(t.Year(), t.Month(), t.Day(), 0, 0, 0, 0, time.UTC)
	return Cell{Kind: KindDate, Text: day.Format(time.DateOnly), Number: serialOf(day), Time: day}
}

// BoolCell makes a boolean cell.
func BoolCell(b bool) Cell {
	if b {
		return Cell{Kind: KindBoolean, Text: "TRUE", Number: 1}
	}
	return Cell{Kind: KindBoolean, Text: "FALSE"}
}

// Value is the cell's text as a record should hold it: what intext lets through, no space at the ends, no-break
// spaces made plain, line ends made \n, and "" for the marks that people put where they have nothing ("-", "--",
// "null", "n/a").
func (c Cell) Value() string {
	s := strings.TrimSpace(spaces.Replace(intext.Text(c.Text)))
	switch strings.ToLower(s) {
	case "-", "--", "---", "–", "—", "null", "n/a":
		return ""
	}
	return s
}

// brokenFormulas are what spreadsheet programs show in place of a result, as they also write it into a CSV.
var brokenFormulas = map[string]bool{
	"#div/0!": true, "#ref!": true, "#name?": true, "#value!": true, "#num!": true, "#null!": true, "#n/a": true,
	"#spill!": true, "#calc!": true,
}

// Broken says whether the cell is a formula that gives no value: what it should hold is not in the file.
func (c Cell) Broken() bool {
	return c.Kind == KindFormula || c.Kind == KindText && brokenFormulas[strings.ToLower(c.Value())]
}

// Blank says whether the cell holds nothing that a record should keep.
func (c Cell) Blank() bool { return c.Value() == "" }

// spaces makes the kinds of white space found in pasted text plain.
var spaces = strings.NewReplacer("\u00a0", " ", "\u202f", " ", "\u2007", " ")

// A Row is one row that holds something.
type Row struct {
	Number int    // as the spreadsheet program numbers it, from 1
	Cells  []Cell // without empty cells at the end
	Hidden bool   // by hand, by a filter or in a closed group
}

// Cell is the cell at the 0-based index, empty when the row is shorter or the
// index is negative.
func (r Row) Cell(i int) Cell {
	if i < 0 || i >= len(r.Cells) {
		return Cell{}
	}
	return r.Cells[i]
}

// trimRow cuts the empty cells at the end; a row of nothing but white space and marks for nothing becomes nil,
// which readers leave out.
func trimRow(cells []Cell) []Cell {
	end := len(cells)
	for end > 0 && cells[end-1].Kind == KindEmpty {
		end--
	}
	for _, c := range cells[:end] {
		if !c.Blank() {
			return cells[:end]
		}
	}
	return nil
}

// ColumnLetter is the spreadsheet's name of the 0-based column: 0 is A, 26 is AA.
func ColumnLetter(index int) string {
	name := ""
	for n := index + 1; n > 0; n = (n - 1) / 26 {
		name = string(rune('A'+(n-1)%26)) + name
	}
	return name
}
