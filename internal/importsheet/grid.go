package importsheet

import (
	"io"
	"slices"
	"strconv"
	"strings"

	"naikkelas/internal/sheet"
)

// A File is a spreadsheet with what its sender answered. Known are the headings of the sender's earlier files, folded
// as in sheet.Column.Key, with the codes that they were given.
type File struct {
	Content io.ReaderAt
	Size    int64
	Name    string
	Answers map[string]string
	Known   map[string]string
}

// RemarksHeading names the column that says, in rows that are handed back, why they were refused. It is the
// same in every language and means nothing here, so that a file that comes back repaired carries none of it in.
const RemarksHeading = "Catatan Naik Kelas"

// remarksOfOld is what that column was called in files that people may still have.
const remarksOfOld = "Catatan dari Naik Kelas"

// ColumnAnswer is the name of the answer that says which column holds a code.
func ColumnAnswer(code string) string { return "col-" + code }

// A MapColumn is a column of the file, for the page on which a person says which is which.
type MapColumn struct {
	Key     string
	Name    string // as written, or the letter of a column without a heading
	Samples []string
	Code    string // what it is read as; "" when it is not taken
	Twice   bool   // its heading is also another column's
	Hidden  bool
}

// A SheetNote says of one sheet of the file how many rows were read, or why none.
type SheetNote struct {
	Name string
	Rows int
	Why  string // the last part of imports.sheet.<why>; "" when it was read
}

// Layout is how a file is laid out.
type Layout struct {
	Columns []MapColumn
	Sheets  []SheetNote
	// Sure says that enough headings are known to go on without asking.
	Sure bool
}

// Dropped are the names of columns that nothing is taken from though they hold something.
func (l Layout) Dropped() []string {
	var list []string
	for _, c := range l.Columns {
		if c.Code == "" && len(c.Samples) > 0 {
			list = append(list, c.Name)
		}
	}
	return list
}

// grid is one sheet with the column of each wanted value.
type grid struct {
	sheet.Table
	at      int // of the sheet in the file
	columns []int
}

// opened is a file whose sheets are read.
type opened struct {
	Layout
	grids   []grid
	guessed bool // its letters
}

// mostOpened is how many rows a file may have to be looked at at all.
const mostOpened = 12_000

// open reads the sheets of a file that hold tables and finds the columns.
func open(f File, columns []column, most int) (opened, error) {
	var o opened
	book, err := sheet.Open(f.Content, f.Size, f.Name, sheet.Options{MaxBytes: 5 << 20, MaxRows: mostOpened})
	if err != nil {
		return o, err
	}
	tables, err := book.Tables(wanted(columns, f.Known))
	if err != nil {
		return o, err
	}
	o.guessed = book.Guessed
	count := 0
	for i, t := range tables {
		if t.Reason != "" {
			o.Sheets = append(o.Sheets, SheetNote{Name: t.Sheet, Why: string(t.Reason)})
			continue
		}
		if len(tables) > 1 && t.Hits < 2 && anyHits(tables) && !answered(f.Answers) {
			o.Sheets = append(o.Sheets, SheetNote{Name: t.Sheet, Why: "no_columns"})
			continue
		}
		o.Sheets = append(o.Sheets, SheetNote{Name: t.Sheet, Rows: len(t.Rows)})
		g := grid{Table: t, at: i, columns: mapped(t, columns, f)}
		o.grids = append(o.grids, g)
		count += len(t.Rows)
	}
	for _, name := range book.HiddenSheets {
		o.Sheets = append(o.Sheets, SheetNote{Name: name, Why: "hidden"})
	}
	switch {
	case count > most:
		return o, &sheet.Refusal{Reason: sheet.ReasonTooManyRows, Count: count}
	case len(o.grids) == 0:
		return o, noTable(tables)
	}
	o.describe(columns)
	o.Sure = o.sure(columns, f)
	return o, nil
}

func anyHits(tables []sheet.Table) bool {
	return slices.ContainsFunc(tables, func(t sheet.Table) bool { return t.Reason == "" && t.Hits >= 2 })
}

// answered says whether a person said which column is which.
func answered(answers map[string]string) bool {
	for name := range answers {
		if strings.HasPrefix(name, ColumnAnswer("")) {
			return true
		}
	}
	return false
}

// noTable refuses a file without a table by the reason that helps most.
func noTable(tables []sheet.Table) error {
	r := &sheet.Refusal{Reason: sheet.ReasonEmpty}
	for _, t := range tables {
		if t.Reason == sheet.ReasonHeaderNotFound {
			r.Reason = t.Reason
		}
	}
	return r
}

// readsLikeData refuses a file in whose header nothing is known and something is a number or a date: then the first
// row is data, and the headings are missing.
func (o opened) readsLikeData() error {
	var names []string
	for _, g := range o.grids {
		if g.Hits > 0 || slices.ContainsFunc(g.columns, func(i int) bool { return i >= 0 }) {
			return nil
		}
		for _, c := range g.Columns {
			if c.Name != "" {
				names = append(names, c.Name)
			}
		}
	}
	if !slices.ContainsFunc(names, isData) {
		return nil
	}
	return &sheet.Refusal{Reason: sheet.ReasonHeaderNotFound, Found: strings.Join(names[:min(len(names), 8)], ", ")}
}

// isData says whether a text is a number, an amount or a date, which no heading is.
func isData(text string) bool {
	cell := sheet.TextCell(text)
	_, count := sheet.Integer(cell)
	_, amount := sheet.Money(cell)
	_, date := sheet.Date(cell, sheet.DayFirst)
	return count == nil || amount == nil || date == nil
}

// wanted are the names of the columns, with what a sender's earlier files called them.
func wanted(columns []column, known map[string]string) [][]string {
	list := make([][]string, len(columns))
	for i, c := range columns {
		list[i] = append([]string{c.heading, c.code}, c.also...)
		for key, code := range known {
			if code == c.code { // a heading that is known as nothing has no code
				list[i] = append(list[i], key)
			}
		}
	}
	return list
}

// mapped finds the column of each wanted value: by the answer, by the sender's earlier files, by its name.
func mapped(t sheet.Table, columns []column, f File) []int {
	list := slices.Clone(t.Guess)
	for _, c := range t.Columns {
		code, known := f.Known[c.Key]
		if !known {
			continue
		}
		for j, taken := range list {
			if taken == c.Index {
				list[j] = -1
			}
		}
		if i := index(columns, code); i >= 0 {
			list[i] = c.Index
		}
	}
	for i, c := range columns {
		key, ok := f.Answers[ColumnAnswer(c.code)]
		if !ok {
			continue
		}
		list[i] = slices.IndexFunc(t.Columns, func(col sheet.Column) bool { return key != "" && col.Key == key })
	}
	return list
}

// describe lists the columns of all sheets, by key.
func (o *opened) describe(columns []column) {
	for _, g := range o.grids {
		codes := map[int]string{}
		for i, at := range g.columns {
			if at >= 0 {
				codes[at] = columns[i].code
			}
		}
		for _, c := range g.Columns {
			if name := fold(c.Name); name == fold(RemarksHeading) || name == fold(remarksOfOld) {
				continue
			}
			samples := samplesOf(g.Rows, c.Index)
			if c.Name == "" && len(samples) == 0 {
				continue
			}
			i := slices.IndexFunc(o.Columns, func(m MapColumn) bool { return m.Key == c.Key })
			if i < 0 {
				name := c.Name
				if name == "" {
					name = c.Letter()
				}
				o.Columns = append(o.Columns, MapColumn{Key: c.Key, Name: name, Code: codes[c.Index], Samples: samples,
					Hidden: c.Hidden})
			}
		}
	}
	o.markTwice()
}

// markTwice marks columns whose heading stands over another one too, and gives them their letter or number.
func (o *opened) markTwice() {
	for i := range o.Columns {
		base, number, again := strings.Cut(o.Columns[i].Key, "#")
		if !again {
			continue
		}
		o.Columns[i].Twice = true
		o.Columns[i].Name += " (" + number + ")"
		if first := slices.IndexFunc(o.Columns, func(m MapColumn) bool { return m.Key == base }); first >= 0 {
			o.Columns[first].Twice = true
		}
	}
}

// sampleCount is how many values of a column are shown.
const sampleCount = 3

func samplesOf(rows []sheet.Row, column int) []string {
	var list []string
	for _, row := range rows {
		if v := row.Cell(column).Value(); v != "" && !slices.Contains(list, v) {
			if list = append(list, v); len(list) == sampleCount {
				break
			}
		}
	}
	return list
}

// sure says whether a person need not be asked which column is which: they said so, or the first wanted column is there
// and at least half of the named columns are known.
func (o opened) sure(columns []column, f File) bool {
	if answered(f.Answers) {
		return true
	}
	named, known := 0, 0
	for _, c := range o.Columns {
		if c.Key != "no" && c.Key != "nomor" && !strings.HasPrefix(c.Key, "@") {
			named++
		}
		if c.Code != "" {
			known++
		}
	}
	title := slices.ContainsFunc(o.Columns, func(c MapColumn) bool { return c.Code == columns[0].code })
	return title && known*2 >= named
}

// leave drops the sheets, hidden rows and hidden columns that the answers leave out, and asks about them.
func (o *opened) leave(q *questions) {
	takes := []Option{{Value: "take", Key: "take"}, {Value: "leave", Key: "leave"}}
	var kept []grid
	for _, g := range o.grids {
		if len(o.grids) > 1 {
			next := Question{Name: "sheet-" + strconv.Itoa(g.at), Kind: "sheet", Heading: g.Sheet, Options: takes, Optional: true}
			if q.ask(next, "") == "leave" {
				o.Sheets[slices.IndexFunc(o.Sheets,
					func(n SheetNote) bool { return n.Name == g.Sheet })] = SheetNote{Name: g.Sheet, Why: "left_out"}
				continue
			}
		}
		kept = append(kept, g)
	}
	o.grids = kept
	for i := range o.grids {
		g := &o.grids[i]
		var seen []sheet.Row
		for _, row := range g.Rows {
			if !row.Hidden || q.ask(Question{Name: "hidden-rows", Kind: "hidden_rows", Options: takes}, firstText(row)) != "leave" {
				seen = append(seen, row)
			}
		}
		g.Rows = seen
		for j, at := range g.columns {
			if at < 0 || !g.Columns[at].Hidden {
				continue
			}
			if q.ask(Question{Name: "hidden-columns", Kind: "hidden_columns", Options: takes}, g.Columns[at].Name) == "leave" {
				g.columns[j] = -1
			}
		}
	}
	if o.guessed {
		o.askLetters(q)
	}
}

// askLetters shows what depends on the guessed letters.
func (o *opened) askLetters(q *questions) {
	next := Question{Name: "letters", Kind: "letters", Options: []Option{{Value: "yes", Key: "letters_yes"}, {Value: "no",
		Key: "letters_no"}}}
	for _, g := range o.grids {
		for _, row := range g.Rows {
			for _, c := range row.Cells {
				if strings.ContainsFunc(c.Value(), func(r rune) bool { return r >= 0xc0 }) {
					q.ask(next, c.Value())
				}
			}
		}
	}
	q.ask(next, "")
}

// firstText is the first cell that says more than a running number.
func firstText(row sheet.Row) string {
	for _, c := range row.Cells {
		if v := c.Value(); v != "" && strings.Trim(v, "0123456789.") != "" {
			return v
		}
	}
	return ""
}
