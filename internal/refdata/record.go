package refdata

import (
	"bytes"
	"encoding/csv"
	"errors"
	"fmt"
	"io"
	"slices"
	"strconv"
	"strings"
	"time"
)

// record is one row while it is read. Its methods ask for columns by name and
// note what is wrong; read turns the notes into one error.
type record struct {
	file   string
	line   int
	cells  map[string]string
	asked  map[string]bool
	code   string
	faults []error
}

// read parses a table and makes one T of each row. It reports every fault of
// the first faulty row: a column nobody asks for, a column that is missing, a
// cell that is not what its reader wants, or a code that an earlier row has.
func read[T any](file string, body []byte, row func(*record) T) ([]T, error) {
	table, lines, err := parse(file, body)
	if err != nil {
		return nil, err
	}
	out := make([]T, 0, len(lines)-1)
	seen := map[string]int{}
	for i, cells := range table[1:] {
		r := &record{file: file, line: lines[i+1], cells: map[string]string{}, asked: map[string]bool{}}
		for c, column := range table[0] {
			r.cells[column] = cells[c]
		}
		out = append(out, row(r))
		r.finish(table[0])
		if first, twice := seen[r.code]; twice {
			r.fail("code", fmt.Sprintf("%q is already on line %d", r.code, first))
		}
		seen[r.code] = r.line
		if len(r.faults) > 0 {
			return nil, errors.Join(r.faults...)
		}
	}
	return out, nil
}

// parse splits a table into rows of equal length and gives the line of each.
func parse(file string, body []byte) (table [][]string, lines []int, err error) {
	in := csv.NewReader(bytes.NewReader(body))
	for {
		cells, err := in.Read()
		if errors.Is(err, io.EOF) {
			break
		}
		if err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		line, _ := in.FieldPos(0)
		table, lines = append(table, cells), append(lines, line)
	}
	if len(table) < 2 {
		return nil, nil, fmt.Errorf("%s: no rows", file)
	}
	header := slices.Clone(table[0])
	slices.Sort(header)
	if len(slices.Compact(header)) != len(table[0]) {
		return nil, nil, fmt.Errorf("%s: a column name is there twice", file)
	}
	return table, lines, nil
}

func (r *record) fail(column, fault string) {
	r.faults = append(r.faults, fmt.Errorf("%s:%d: %s: %s", r.file, r.line, column, fault))
}

// finish notes the columns that the row has and its type does not.
func (r *record) finish(header []string) {
	for _, column := range header {
		if !r.asked[column] {
			r.fail(column, "unknown column")
		}
	}
}

// optional reads a cell that may be empty.
func (r *record) optional(column string) string {
	r.asked[column] = true
	cell, ok := r.cells[column]
	if !ok {
		r.fail(column, "missing column")
	}
	if strings.TrimSpace(cell) != cell || strings.Contains(cell, "  ") {
		r.fail(column, fmt.Sprintf("stray space in %q", cell))
	}
	return cell
}

// text reads a cell that must not be empty.
func (r *record) text(column string) string {
	cell := r.optional(column)
	if cell == "" {
		r.fail(column, "empty")
	}
	return cell
}

// key reads the column that tells the rows apart.
func (r *record) key(column string) string {
	r.code = r.text(column)
	return r.code
}

// words reads a wording that must be there in both languages.
func (r *record) words(column string) Text {
	return Text{ID: r.text(column + "_id"), EN: r.text(column + "_en")}
}

// someWords reads a wording that is there in both languages or in neither.
func (r *record) someWords(column string) Text {
	t := Text{ID: r.optional(column + "_id"), EN: r.optional(column + "_en")}
	if (t.ID == "") != (t.EN == "") {
		r.fail(column, "worded in one language only")
	}
	return t
}

// list reads values separated by semicolons; an empty cell is an empty list.
func (r *record) list(column string) []string {
	cell := r.optional(column)
	if cell == "" {
		return nil
	}
	values := strings.Split(cell, ";")
	for i, value := range values {
		if value == "" || strings.TrimSpace(value) != value {
			r.fail(column, fmt.Sprintf("stray semicolon or space in %q", cell))
		}
		if slices.Contains(values[:i], value) {
			r.fail(column, fmt.Sprintf("%q is there twice", value))
		}
	}
	return values
}

// number reads a whole number.
func (r *record) number(column string) int {
	n, err := strconv.Atoi(r.text(column))
	if err != nil {
		r.fail(column, "not a whole number")
	}
	return n
}

// someNumber reads a whole number above zero, or 0 from an empty cell.
func (r *record) someNumber(column string) int {
	if r.optional(column) == "" {
		return 0
	}
	n := r.number(column)
	if n <= 0 {
		r.fail(column, "not above zero")
	}
	return n
}

// flag reads yes or no.
func (r *record) flag(column string) bool {
	return oneOf(r, column, "yes", "no") == "yes"
}

// date reads a day such as 2025-04-01, or the zero time from an empty cell.
func (r *record) date(column string) time.Time {
	cell := r.optional(column)
	if cell == "" {
		return time.Time{}
	}
	day, err := time.Parse(time.DateOnly, cell)
	if err != nil {
		r.fail(column, "not a date such as 2025-04-01")
	}
	return day
}

// oneOf reads a cell that must be one of the given values.
func oneOf[T ~string](r *record, column string, allowed ...T) T {
	value := T(r.optional(column))
	if !slices.Contains(allowed, value) {
		r.fail(column, fmt.Sprintf("%q is none of %q", value, allowed))
	}
	return value
}
