package sheet

import (
	"encoding/xml"
	"sort"
	"strconv"
	"strings"
)

// mergesLimit is the most merged ranges of one sheet that are looked at.
const mergesLimit = 5000

// layout is what a sheet says beside its cells.
type layout struct {
	hidden []span  // columns, 0-based, both included
	merged []merge // in the order of the file
}

type span struct{ from, to int }

// merge is a merged range: rows from 1, columns from 0, all included.
type merge struct{ top, bottom, left, right int }

// add learns from the elements around the rows.
func (l *layout) add(e xml.StartElement) {
	switch e.Name.Local {
	case "col":
		from, err := strconv.Atoi(attribute(e, "min"))
		to, err2 := strconv.Atoi(attribute(e, "max"))
		if err == nil && err2 == nil && isTrue(attribute(e, "hidden")) && len(l.hidden) < fieldCap {
			l.hidden = append(l.hidden, span{from - 1, to - 1})
		}
	case "mergeCell":
		first, last, ok := strings.Cut(attribute(e, "ref"), ":")
		left, top, ok1 := placeOf(first)
		right, bottom, ok2 := placeOf(last)
		if ok && ok1 && ok2 && top <= bottom && left <= right && len(l.merged) < mergesLimit {
			l.merged = append(l.merged, merge{top, bottom, left, right})
		}
	}
}

// hides says whether a column is hidden.
func (l layout) hides(column int) bool {
	for _, s := range l.hidden {
		if column >= s.from && column <= s.to {
			return true
		}
	}
	return false
}

// fill gives what a merged range shows to every cell that it covers: a person sees one value beside several rows,
// or one heading over several columns.
func (l layout) fill(rows []Row) {
	left := fillMost
	for _, m := range l.merged {
		first := sort.Search(len(rows), func(i int) bool { return rows[i].Number >= m.top })
		if first == len(rows) || rows[first].Number != m.top {
			continue
		}
		value := rows[first].Cell(m.left)
		if value.Kind == KindEmpty {
			continue
		}
		for i := first; i < len(rows) && rows[i].Number <= m.bottom; i++ {
			for column := m.left; column <= m.right && column < len(rows[first].Cells)+fillBeyond; column++ {
				if left--; left < 0 {
					return
				}
				if rows[i].Cell(column).Kind == KindEmpty {
					rows[i].set(column, value)
				}
			}
		}
	}
}

// fillMost is how many cells of one sheet are filled at most.
const fillMost = 200_000

// fillBeyond is how far to the right of its row's last cell a merged range is filled.
const fillBeyond = 16

// set puts a cell at the 0-based column.
func (r *Row) set(column int, c Cell) {
	for len(r.Cells) <= column {
		r.Cells = append(r.Cells, Cell{})
	}
	r.Cells[column] = c
}

// placeOf reads a cell's name: C7 is column 2, row 7.
func placeOf(name string) (column, row int, ok bool) {
	column, ok = columnOf(name)
	row, err := strconv.Atoi(strings.TrimLeft(strings.ToUpper(name), "ABCDEFGHIJKLMNOPQRSTUVWXYZ"))
	return column, row, ok && err == nil
}

// isTrue reads a switch as workbooks write it.
func isTrue(s string) bool { return s == "1" || s == "true" }
