package importsheet

import (
	"slices"
	"strconv"

	"naikkelas/internal/sheet"
	"naikkelas/models"
)

// joiner makes programmes of lines: the rows of one programme, told by its code, by its name, or by standing below it
// without one, are one listing with several intakes.
type joiner struct {
	list    []*joined
	byCode  map[string]*joined
	byTitle map[string][]*joined
	sheet   string
	before  *joined // the listing above in the same sheet
}

// joined is a programme with its lines; the first says what it is.
type joined struct {
	sheet string
	lines []line
	said  map[string]string // what the first says, folded, by code
}

// next begins another sheet.
func (j *joiner) next(sheet string) { j.sheet, j.before = sheet, nil }

// last is the listing above, nil at the beginning of a sheet.
func (j *joiner) last() *joined { return j.before }

// add reads a row and finds its programme.
func (j *joiner) add(r *reader, cells []sheet.Cell) {
	l := r.programme()
	l.cells = cells
	to, why := j.place(l)
	switch {
	case why != "":
		r.fail(why, "twice")
	case to == nil && l.content.Title == "":
		r.fail("title", "blank")
	}
	if to == nil {
		to = j.start(l, why != "")
	}
	to.lines = append(to.lines, l)
	j.before = to
}

// place finds the listing that a line belongs to, nil for one of its own. why is the column that says the same as an
// earlier row without being another intake of it.
func (j *joiner) place(l line) (to *joined, why string) {
	if l.content.Title == "" && l.code == "" {
		if j.before != nil && l.intake != nil && !l.saysProgramme() {
			return j.before, ""
		}
		return nil, ""
	}
	if other := j.byCode[fold(l.code)]; l.code != "" && other != nil {
		first := other.lines[0]
		if l.content.Title != "" && fold(first.content.Title) != fold(l.content.Title) || !other.agrees(l) || other.has(l.intake) {
			return nil, "code"
		}
		return other, ""
	}
	if l.code != "" || l.content.Title == "" {
		return nil, ""
	}
	for _, other := range j.byTitle[fold(l.content.Title)] {
		if other.agrees(l) {
			if other.has(l.intake) {
				return nil, "title"
			}
			return other, ""
		}
	}
	return nil, ""
}

// start makes a listing of its own of a line; one that says the same as another is not found again.
func (j *joiner) start(l line, double bool) *joined {
	g := &joined{sheet: j.sheet, said: map[string]string{}}
	for _, v := range l.values {
		g.said[v.Code] = fold(v.Raw)
	}
	j.list = append(j.list, g)
	if double {
		return g
	}
	if j.byCode == nil {
		j.byCode, j.byTitle = map[string]*joined{}, map[string][]*joined{}
	}
	if l.code != "" {
		j.byCode[fold(l.code)] = g
	}
	title := fold(l.content.Title)
	j.byTitle[title] = append(j.byTitle[title], g)
	return g
}

// has says whether a listing has an intake already: one with the same dates and number, or none where there is none.
func (g *joined) has(in *models.ImportedIntake) bool {
	if in == nil {
		return true
	}
	for _, l := range g.lines {
		if l.intake != nil && in.SameRun(*l.intake) {
			return true
		}
	}
	return false
}

// saysProgramme says whether the line has a value for anything else than an intake.
func (l line) saysProgramme() bool {
	for _, v := range l.values {
		if v.Raw != "" && !intakeCodes[v.Code] {
			return true
		}
	}
	return false
}

// agrees says whether a later line says nothing else of the programme than the first one does.
func (g *joined) agrees(later line) bool {
	for _, v := range later.values {
		if v.Raw != "" && v.Code != "code" && !intakeCodes[v.Code] && g.said[v.Code] != fold(v.Raw) {
			return false
		}
	}
	return true
}

// done gives the programmes in the order of the file.
func (j *joiner) done() []ProgrammeRow {
	rows := make([]ProgrammeRow, len(j.list))
	for i, g := range j.list {
		rows[i] = g.row()
	}
	return rows
}

// row makes the programme of the lines. Intakes without a number get the next one.
func (g *joined) row() ProgrammeRow {
	first := g.lines[0]
	row := ProgrammeRow{Sheet: g.sheet, Import: models.ImportedProgramme{Code: first.code, Content: first.content}}
	for _, v := range first.values {
		if v.Raw != "" && !intakeCodes[v.Code] {
			row.Import.Says = append(row.Import.Says, v.Code)
		}
	}
	taken := map[int]bool{}
	for _, l := range g.lines {
		if l.intake != nil && l.intake.Number > 0 {
			if taken[l.intake.Number] {
				l.fail("number", "twice")
			}
			taken[l.intake.Number] = true
		}
	}
	for n, l := range g.lines {
		if l.intake != nil {
			l.number(taken)
			row.Import.Intakes = append(row.Import.Intakes, *l.intake)
		}
		for _, v := range l.values {
			if n == 0 || intakeCodes[v.Code] {
				row.Values = append(row.Values, v)
			}
		}
		row.Numbers = append(row.Numbers, l.row.Number)
		row.Cells = append(row.Cells, l.cells)
		row.Problems = append(row.Problems, l.problems...)
	}
	inOrder(row.Values, programmeColumns)
	return row
}

// inOrder sorts values as the columns stand in the template.
func inOrder(values []Value, columns []column) {
	slices.SortStableFunc(values, func(a, b Value) int { return index(columns, a.Code) - index(columns, b.Code) })
}

// number gives an intake without a number the next that is free, and lists what the row said of it.
func (l line) number(taken map[int]bool) {
	for _, v := range l.values {
		if v.Raw != "" && intakeCodes[v.Code] {
			l.intake.Says = append(l.intake.Says, v.Code)
		}
	}
	if l.intake.Number > 0 {
		return
	}
	n := 1
	for taken[n] {
		n++
	}
	taken[n] = true
	l.intake.Number = n
	l.assume("number", "default", Value{Text: strconv.Itoa(n)})
}
