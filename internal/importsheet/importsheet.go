// Package importsheet turns the rows of spreadsheets into programmes and institutions. It guesses
// nothing: what cannot be read is named by row, column and reason, and dates that can be read two
// ways are asked.
package importsheet

import (
	"errors"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// A Problem is something in a row that keeps it from being taken. Column is the heading as people
// read it, Key the last part of the sentence imports.problem.<key>, Value what stood there.
type Problem struct {
	Column string
	Key    string
	Value  string
}

// Lists are the codes that words in a sheet can mean.
type Lists struct {
	Sectors   []models.Sector
	Education []models.EducationLevel
	Regencies []models.Regency
}

// reader reads one row's cells and collects what is wrong with them.
type reader struct {
	columns  []column
	mapping  sheet.Mapping
	orders   map[string]sheet.Order
	lists    Lists
	row      sheet.Row
	problems []Problem
}

// A column is a wanted column: its code, its heading in our template, and what else people call it.
type column struct {
	code    string
	heading string
	also    []string
	date    bool
}

func wanted(columns []column) [][]string {
	list := make([][]string, len(columns))
	for i, c := range columns {
		list[i] = append([]string{c.heading, c.code}, c.also...)
	}
	return list
}

func (r *reader) index(code string) int {
	return slices.IndexFunc(r.columns, func(c column) bool { return c.code == code })
}

func (r *reader) cell(code string) sheet.Cell { return r.mapping.Cell(r.row, r.index(code)) }

func (r *reader) fail(code, key string) {
	r.problems = append(r.problems, Problem{Column: r.columns[r.index(code)].heading, Key: key, Value: r.cell(code).Value()})
}

// failWith names a problem of the sheet package; a blank cell is no problem by itself.
func (r *reader) failWith(code string, err error) {
	p, ok := problemOf(err)
	if !ok {
		r.fail(code, string(sheet.ProblemUnreadable))
		return
	}
	if p != sheet.ProblemBlank {
		r.fail(code, string(p))
	}
}

func problemOf(err error) (sheet.Problem, bool) {
	e, ok := errors.AsType[*sheet.ValueError](err)
	if !ok {
		return "", false
	}
	return e.Problem, true
}

func (r *reader) text(code string, most int) string {
	value := r.cell(code).Value()
	if utf8.RuneCountInString(value) > most {
		r.fail(code, "too_long")
	}
	return value
}

func (r *reader) number(code string, within models.Range) *int {
	cell := r.cell(code)
	if cell.Blank() {
		return nil
	}
	n, err := sheet.Integer(cell)
	if err != nil {
		r.failWith(code, err)
		return nil
	}
	if n < within.Min || n > within.Max {
		r.fail(code, "out_of_range")
		return nil
	}
	v := int(n)
	return &v
}

func (r *reader) money(code string) int64 {
	cell := r.cell(code)
	if cell.Blank() {
		return 0
	}
	n, err := sheet.Money(cell)
	if err != nil {
		r.failWith(code, err)
	}
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
	return &day
}

// yes reads ya or tidak; blank is what it is when nothing is said.
func (r *reader) yes(code string, blank bool) bool {
	cell := r.cell(code)
	if cell.Blank() {
		return blank
	}
	v, err := sheet.YesNo(cell)
	if err != nil {
		r.failWith(code, err)
	}
	return v
}

// word finds the code that a cell's word means, nil for a blank cell.
func (r *reader) word(code string, words map[string]string) *string {
	value := r.cell(code).Value()
	if value == "" {
		return nil
	}
	if found, ok := words[fold(value)]; ok {
		return &found
	}
	r.fail(code, "unknown_word")
	return nil
}

// fold makes words comparable: case, punctuation and doubled spaces do not matter.
func fold(text string) string {
	return strings.Join(strings.FieldsFunc(strings.ToLower(text), func(r rune) bool {
		return !(r >= 'a' && r <= 'z' || r >= '0' && r <= '9')
	}), " ")
}

func sectorWords(list []models.Sector) map[string]string {
	words := map[string]string{}
	for _, s := range list {
		words[fold(s.Code)], words[fold(s.Name.ID)], words[fold(s.Name.EN)] = s.Code, s.Code, s.Code
	}
	return words
}

func educationWords(list []models.EducationLevel) map[string]string {
	words := map[string]string{}
	for _, l := range list {
		for _, name := range append(strings.Split(l.Name.ID, ","), l.Code, l.Name.ID, l.Name.EN) {
			words[fold(name)] = l.Code
		}
	}
	return words
}

// writtenKinds are the ways in which lists write that a regency is a city (true) or none, before its name.
var writtenKinds = map[bool][]string{
	true:  {"kota ", "kota adm ", "kota administrasi "},
	false: {"kab ", "kabupaten ", "kab adm ", "kabupaten administrasi "},
}

// regencyWords knows a regency by its name with and without its kind, as public lists write it.
func regencyWords(list []models.Regency) map[string]string {
	words := map[string]string{}
	for _, r := range list {
		name := fold(r.Name)
		words[name], words[fold(r.Code)] = r.Code, r.Code
		bare := name
		for _, kind := range []string{"kota administrasi ", "kabupaten administrasi ", "kota adm ", "kab adm ", "kota ", "kabupaten ", "kab "} {
			if rest, ok := strings.CutPrefix(name, kind); ok {
				bare = rest
				for _, written := range writtenKinds[strings.HasPrefix(kind, "kota")] {
					words[written+rest] = r.Code
				}
				break
			}
		}
		if strings.HasPrefix(name, "kab") || r.Jakarta {
			if _, taken := words[bare]; !taken {
				words[bare] = r.Code
			}
		}
		words["kota "+bare] = firstOf(words["kota "+bare], r.Code, r.Jakarta)
	}
	delete(words, "")
	return words
}

// firstOf keeps an earlier meaning, and adds one for the cities of Jakarta only.
func firstOf(earlier, code string, jakarta bool) string {
	if earlier != "" || !jakarta {
		return earlier
	}
	return code
}
