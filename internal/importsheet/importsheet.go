// Package importsheet turns the rows of spreadsheets into programmes and institutions. It guesses
// nothing: what cannot be read is named by row, column and reason, what was assumed is marked, and
// what can be read two ways is asked, once for a file.
package importsheet

import (
	"errors"
	"slices"
	"strconv"
	"time"
	"unicode/utf8"

	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// A Problem is something in a row that keeps it from being taken. Column is the heading as people
// read it, Key the last part of the sentence imports.problem.<key>, Value what stood there.
type Problem struct {
	Row    int
	Column string
	Key    string
	Value  string
	Asked  bool // an answer to a question solves it
}

// A Value is what one cell became: the one of its fields that is set. Raw is what stood there; with
// Assumed, the last part of imports.assumed.<key>, nothing stood there or more was read than stood there.
type Value struct {
	Code    string
	Heading string
	Raw     string
	Text    string
	Name    models.Text
	Key     string // of the sentence imports.option.<key>
	Date    *time.Time
	Money   *int64
	Yes     *bool
	Assumed string
}

// Lists are the codes that words in a sheet can mean.
type Lists struct {
	Sectors   []models.Sector
	Education []models.EducationLevel
	Regencies []models.Regency

	Occupations  []models.Occupation
	Certificates []models.CertificateType
	Countries    []models.Country
}

// reader reads one row's cells and collects what they became and what is wrong with them.
type reader struct {
	columns  []column
	grid     grid
	row      sheet.Row
	orders   map[string]sheet.Order
	words    map[string]words
	answers  map[string]string
	asked    *questions
	values   []Value
	problems []Problem
}

// A column is a wanted column: its code, its heading in our template, and what else people call it.
type column struct {
	code    string
	heading string
	also    []string
	units   []string // words that may stand beside its numbers
	date    bool
}

// index finds a wanted column by its code.
func index(columns []column, code string) int {
	return slices.IndexFunc(columns, func(c column) bool { return c.code == code })
}

func (r *reader) heading(code string) string { return r.columns[index(r.columns, code)].heading }

func (r *reader) cell(code string) sheet.Cell {
	return r.row.Cell(r.grid.columns[index(r.columns, code)])
}

// said says whether the row has a value for a column.
func (r *reader) said(code string) bool { return !r.cell(code).Blank() }

func (r *reader) fail(code, key string) { r.problem(code, key, false) }

func (r *reader) problem(code, key string, asked bool) {
	r.problems = append(r.problems, Problem{
		Row: r.row.Number, Column: r.heading(code), Key: key, Value: r.cell(code).Value(), Asked: asked,
	})
}

// failWith names a problem of the sheet package; a blank cell is no problem by itself.
func (r *reader) failWith(code string, err error) {
	key := sheet.ProblemUnreadable
	if e, ok := errors.AsType[*sheet.ValueError](err); ok {
		key = e.Problem
	}
	if key != sheet.ProblemBlank {
		r.problem(code, string(key), key == sheet.ProblemDateUnclear)
	}
}

// read keeps what a cell became.
func (r *reader) read(code string, v Value) {
	v.Code, v.Heading, v.Raw = code, r.heading(code), r.cell(code).Value()
	r.values = append(r.values, v)
}

func (r *reader) text(code string, most int) string {
	cell := r.cell(code)
	value := cell.Value()
	switch {
	case value == "":
		return ""
	case cell.Broken():
		r.fail(code, string(sheet.ProblemFormula))
	case utf8.RuneCountInString(value) > most:
		r.fail(code, "too_long")
	default:
		r.read(code, Value{Text: value})
	}
	return value
}

func (r *reader) number(code string, within models.Range) *int {
	cell := r.cell(code)
	if cell.Blank() {
		return nil
	}
	n, err := sheet.Integer(cell, r.columns[index(r.columns, code)].units...)
	if p, ok := errors.AsType[*sheet.ValueError](err); ok && p.Problem == sheet.ProblemUnreadable {
		r.fail(code, "not_a_number")
		return nil
	}
	if err != nil {
		r.failWith(code, err)
		return nil
	}
	if n < within.Min || n > within.Max {
		r.fail(code, "out_of_range")
		return nil
	}
	v := int(n)
	r.read(code, Value{Text: strconv.Itoa(v)})
	return &v
}

// money reads an amount. One so small that its thousands may have been left out is asked about.
func (r *reader) money(code string) int64 {
	cell := r.cell(code)
	if cell.Blank() {
		return 0
	}
	n, err := sheet.Money(cell)
	if err != nil {
		r.failWith(code, err)
		return 0
	}
	if n > models.RupiahMost {
		r.fail(code, "out_of_range")
		return 0
	}
	if n > 0 && n < smallCost {
		name := code + "-small"
		switch r.asked.smallCost(name, r.heading(code), cell.Value(), n) {
		case "as_is":
		case "thousands":
			n *= 1000
		case answerReject:
			r.fail(code, string(sheet.ProblemUnreadable))
		default:
			r.problem(code, "asked", true)
		}
	}
	r.read(code, Value{Money: &n})
	return n
}

func (r *reader) date(code string) *time.Time {
	cell := r.cell(code)
	if cell.Blank() {
		return nil
	}
	day, err := sheet.Date(cell, r.orders[code])
	if err != nil {
		r.failWith(code, err)
		return nil
	}
	v := Value{Date: &day}
	if cell.Kind == sheet.KindText && !hasYear(cell.Value()) {
		v.Assumed = "century"
	}
	r.read(code, v)
	return &day
}

// hasYear says whether a year of four digits stands in a text.
func hasYear(text string) bool {
	run := 0
	for _, c := range text + " " {
		switch {
		case c >= '0' && c <= '9':
			run++
		case run == 4:
			return true
		default:
			run = 0
		}
	}
	return false
}

// yes reads ya or tidak; blank is what it is when nothing is said.
func (r *reader) yes(code string, blank bool) bool {
	cell := r.cell(code)
	if cell.Blank() {
		r.values = append(r.values, Value{Code: code, Heading: r.heading(code), Yes: &blank, Assumed: "default"})
		return blank
	}
	v, err := sheet.YesNo(cell)
	if p, ok := errors.AsType[*sheet.ValueError](err); ok && p.Problem == sheet.ProblemUnreadable {
		switch r.asked.word(code, r.heading(code), cell.Value(), yesNo) {
		case "yes":
			v = true
		case "no":
			v = false
		case answerReject:
			r.fail(code, "unknown_word")
			return blank
		default:
			r.problem(code, "asked", true)
			return blank
		}
	} else if err != nil {
		r.failWith(code, err)
		return blank
	}
	r.read(code, Value{Yes: &v})
	return v
}

// word finds the code that a cell's word means, nil for a blank cell. A word that is not known, or that means several
// things, is asked about.
func (r *reader) word(code string) *string {
	cell := r.cell(code)
	value, known := cell.Value(), r.words[code]
	if value == "" {
		return nil
	}
	if cell.Broken() {
		r.fail(code, string(sheet.ProblemFormula))
		return nil
	}
	meant, ok := r.meant(code, value)
	switch {
	case !ok:
		return nil
	case meant == "":
		r.read(code, Value{Assumed: "left_open"})
		return nil
	}
	r.read(code, known.value(meant))
	return &meant
}

// meant finds the code that a word means, empty where nothing is to stand in its place. A word that is not known, or that
// means several things, is asked about.
func (r *reader) meant(code, value string) (meant string, ok bool) {
	list := r.words[code].meaning(value)
	if len(list) == 1 {
		return list[0], true
	}
	switch answer := r.asked.word(code, r.heading(code), value, r.words[code].options(list)); answer {
	case answerReject:
		r.fail(code, "unknown_word")
	case answerNone:
		return "", true
	case "":
		r.problem(code, "asked", true)
	default:
		return answer, true
	}
	return "", false
}
