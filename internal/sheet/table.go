package sheet

import "strconv"

// A Table is one sheet read whole: its likely header and the rows below it. Reason says why it is none.
type Table struct {
	Sheet   string   // "" for a CSV
	Header  int      // number of the header row; 0 when there is none
	Columns []Column // up to the last one that has a name or holds something
	Guess   []int    // for each wanted column the index of the one that is called so, or -1
	Hits    int      // how many of the wanted columns are there
	Rows    []Row    // below the header
	Reason  Reason   // ReasonHeaderNotFound or ReasonEmpty; "" for a table
}

// Tables reads every visible sheet, or the one that the options named. Each wanted column is a list of names that
// people give it; letter case, spaces, punctuation and remarks in brackets do not matter. Rows above the header are
// titles. What merged cells show, every cell under them has.
func (b *Book) Tables(want [][]string) ([]Table, error) {
	sheets := b.Sheets
	if b.chosen || b.Format == CSV {
		sheets = []string{b.Sheet}
	}
	names := aliases(want)
	var list []Table
	cells := 0
	for _, name := range sheets {
		var rows []Row
		err := b.rowsOf(name, func(row Row) error {
			if cells += len(row.Cells); cells > tableCells {
				return &Refusal{Reason: ReasonTooLarge, Row: row.Number}
			}
			rows = append(rows, row)
			return nil
		})
		if err != nil {
			return nil, err
		}
		list = append(list, tableOf(name, rows, b.source.layout(name), names, len(want)))
	}
	return list, nil
}

// tableCells is how many cells all tables of a file may have: they are held in memory, empty ones between others too.
const tableCells = 600_000

// tableOf makes a table of one sheet's rows.
func tableOf(sheet string, rows []Row, l layout, names map[string]int, wanted int) Table {
	l.fill(rows)
	t := Table{Sheet: sheet}
	at := headerAt(rows, names, wanted)
	switch {
	case len(rows) < 2 && at < 0, len(rows) == 0:
		t.Reason = ReasonEmpty
		return t
	case at < 0:
		t.Reason = ReasonHeaderNotFound
		return t
	}
	t.Header = rows[at].Number
	t.Guess, t.Hits = guess(rows[at], names, wanted)
	t.Rows = rows[at+1:]
	if len(t.Rows) == 0 {
		t.Reason = ReasonEmpty
	}
	width := len(rows[at].Cells)
	for _, row := range t.Rows {
		width = max(width, len(row.Cells))
	}
	t.Columns = columnsOf(rows[at], width, l)
	return t
}

// columnsOf names the columns. A second one of the same name gets a number, one without a name its letter.
func columnsOf(header Row, width int, l layout) []Column {
	times := map[string]int{}
	columns := make([]Column, width)
	for i := range columns {
		c := Column{Index: i, Name: header.Cell(i).Value(), Hidden: l.hides(i)}
		c.Key = foldName(c.Name)
		times[c.Key]++
		switch n := times[c.Key]; {
		case c.Key == "":
			c.Key = "@" + c.Letter()
		case n > 1:
			c.Key += "#" + strconv.Itoa(n)
		}
		columns[i] = c
	}
	return columns
}
