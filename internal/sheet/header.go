package sheet

import (
	"strings"
	"unicode"
	"unicode/utf8"
)

// headerRows is how many rows that hold something are searched for the header.
const headerRows = 20

// nameLimit is the longest text, in letters, that can be a column's name; longer
// ones are titles or explanations.
const nameLimit = 120

// A Column is one column of a sheet.
type Column struct {
	Index  int    // 0-based
	Name   string // as written in the header; "" when the header is empty there
	Key    string // tells it from the sheet's other columns by its name, whatever their order
	Hidden bool
}

// Letter is the column's name in a spreadsheet program, such as C.
func (c Column) Letter() string { return ColumnLetter(c.Index) }

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

// guess reads a row as if it were the header: for each wanted column its index, or -1. The first of two columns of
// the same meaning is taken.
func guess(row Row, names map[string]int, wanted int) (columns []int, hits int) {
	columns = make([]int, wanted)
	for i := range columns {
		columns[i] = -1
	}
	for i, cell := range row.Cells {
		name := cell.Value()
		wanted, known := names[foldName(name)]
		if !known {
			wanted, known = names[foldName(withoutBrackets(name))]
		}
		if name != "" && known && columns[wanted] < 0 {
			columns[wanted] = i
			hits++
		}
	}
	return columns, hits
}

// headerAt finds the header among the first rows: the row that names most of the wanted columns, two at least where
// two are wanted, or else the first that reads like column names. It gives -1 when there is none.
func headerAt(rows []Row, names map[string]int, wanted int) int {
	best, most := -1, min(wanted, 2)-1
	fullest := 0
	for i, row := range rows {
		if i < headerRows {
			if _, hits := guess(row, names, wanted); hits > most {
				best, most = i, hits
			}
		}
		if i < headerRows+5 {
			fullest = max(fullest, filled(row))
		}
	}
	if best >= 0 {
		return best
	}
	for i, row := range rows[:min(len(rows), headerRows)] {
		if isHeader(row, fullest) {
			return i
		}
	}
	return -1
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

// isHeader says whether a row reads like column names: words rather than numbers, most of them different, and at least half
// as many as the fullest of the first rows has cells.
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
	return n >= min(2, fullest) && n*2 >= fullest && words*5 >= n*4 && len(seen)*3 >= n*2
}

// isNumeric says whether a text holds digits and signs of numbers only.
func isNumeric(s string) bool {
	return strings.ContainsAny(s, "0123456789") && strings.Trim(s, "0123456789.,-+%/ ") == ""
}
