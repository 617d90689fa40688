// Package imports shows spreadsheets between their arrival and the decision about them.
package imports

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family imports.problem.* imports.refused.* imports.ask.* imports.aside.* imports.assumed.* imports.sheet.*
//i18n:family imports.outcome.* imports.locked.* imports.state.* imports.run.phase.* imports.run.title.*

// UploadPage takes a spreadsheet.
type UploadPage struct {
	Errors  form.Errors
	Most    int // rows
	Earlier []models.Import
}

// A Problem is something wrong with a row, in words for the page.
type Problem struct {
	Row                int
	Column, Key, Value string
}

// A Fact is one value of a row as it was read. Written is what stood there where that is something else, Assumed says
// why it is there though it did not stand there so.
type Fact struct{ Label, Text, Written, Assumed string }

// The outcomes of a row beside those of models.ImportOutcome.
const (
	Waiting = models.StagedWaiting
	Refused = models.StagedRefused
)

// A Row is a row of the preview, or the rows of one programme.
type Row struct {
	Label    string
	Title    string
	Runs     int // intakes
	Outcome  string
	Facts    []Fact
	Problems []Problem
	Ref      string   // of what is there already
	There    string   // its title
	Changes  []string // headings of what would become another
	Public   bool     // a new intake would be public at once
	Why      string   // of what is locked
}

// A Question is something that the file leaves open.
type Question struct {
	Name, Kind, Heading string
	Values              []string
	Rows                int
	Options             []Option
	Answer              string
	Optional            bool
}

// An Option is an answer in words.
type Option struct{ Value, Label string }

// options are a question's answers for a list or radios.
func (q Question) options() []components.Option {
	list := make([]components.Option, len(q.Options))
	for i, o := range q.Options {
		list[i] = components.Option{Value: o.Value, Label: o.Label}
	}
	return list
}

// text asks the question.
func (q Question) text(ctx context.Context) string {
	quoted := ""
	for i, v := range q.Values {
		if i > 0 {
			quoted += ", "
		}
		quoted += "“" + v + "”"
	}
	return i18n.T(ctx, "imports.ask."+q.Kind, "Column", q.Heading, "Values", quoted, "Rows", q.Rows)
}

// An Aside is a row that reads like no listing.
type Aside struct {
	Name, Label, Why, Text string
	Taken                  bool
}

// A MapColumn is a column of the file.
type MapColumn struct {
	Key, Name, Code string
	Samples         []string
	Twice, Hidden   bool
}

// A SheetNote says how many rows of a sheet were read, or why none.
type SheetNote struct {
	Name string
	Rows int
	Why  string
}

// Layout is how a file is laid out.
type Layout struct {
	Columns []MapColumn
	Sheets  []SheetNote
	Dropped []string
}

// twice are the columns whose heading stands over more than one.
func (l Layout) twice() (names []string) {
	for _, c := range l.Columns {
		if c.Twice {
			names = append(names, c.Name)
		}
	}
	return names
}

// options are the columns to choose from, with what stands in them.
func (l Layout) options() []components.Option {
	list := make([]components.Option, len(l.Columns))
	for i, c := range l.Columns {
		list[i] = components.Option{Value: c.Key, Label: c.Name}
		if len(c.Samples) > 0 {
			list[i].Label += " (" + cut(c.Samples[0]) + ")"
		}
	}
	return list
}

// cut shortens a sample.
func cut(text string) string {
	if runes := []rune(text); len(runes) > 30 {
		return string(runes[:30]) + "…"
	}
	return text
}

// chosen is the key of the column that is read as a code.
func (l Layout) chosen(code string) string {
	i := slices.IndexFunc(l.Columns, func(c MapColumn) bool { return c.Code == code })
	if i < 0 {
		return ""
	}
	return l.Columns[i].Key
}

// A Field is something that a list can say.
type Field struct{ Name, Code, Heading string }

// ColumnsPage asks which column of a list of programmes is which.
type ColumnsPage struct {
	Import models.Import
	Layout Layout
	Fields []Field
	Errors form.Errors
}

// PreviewPage shows what a spreadsheet of programmes would become. Of a long one, Rows are a part of the good ones, Todo the
// first of those that need something done, and After is the place of the last row where there are more.
type PreviewPage struct {
	Import    models.Import
	Layout    Layout
	Rows      []Row
	Todo      []Row
	After     string
	Counts    map[string]int // by outcome
	Questions []Question
	Open      int // questions without an answer
	Aside     []Aside
	Number    int // of the page of rows that is shown
	Most      int
	Errors    form.Errors
}

// count is how many rows would have an outcome.
func (p PreviewPage) count(outcome models.ImportOutcome) int { return p.Counts[string(outcome)] }

// good counts the rows without problems.
func (p PreviewPage) good() (n int) {
	for outcome, count := range p.Counts {
		if outcome != Refused && outcome != Waiting {
			n += count
		}
	}
	return n
}

// kept counts the rows that would be saved.
func (p PreviewPage) kept() int { return p.count(models.ImportNew) + p.count(models.ImportChanged) }

// unsaved counts the rows that cannot be.
func (p PreviewPage) unsaved() int { return p.Counts[Refused] + p.count(models.ImportLocked) }

// saved says whether the decision has been made.
func (p PreviewPage) saved() bool { return p.Import.State != "uploaded" }

// title says whether there is something to decide yet.
func (p PreviewPage) title(ctx context.Context) string {
	if p.saved() {
		return i18n.T(ctx, "imports.saved_title")
	}
	return i18n.T(ctx, "imports.preview")
}

// mostShown is how many rows one page shows; every row with a problem is shown whatever their number.
const mostShown = 50

// shown are all rows that need something done, and one page of the others. pages says of how many.
func shown(rows []Row, number int) (todo, good []Row, pages int) {
	for _, r := range rows {
		if r.Outcome == Refused || r.Outcome == Waiting || r.Outcome == string(models.ImportLocked) {
			todo = append(todo, r)
		} else {
			good = append(good, r)
		}
	}
	pages = max(1, (len(good)+mostShown-1)/mostShown)
	number = min(max(1, number), pages)
	return todo, good[(number-1)*mostShown : min(len(good), number*mostShown)], pages
}

func problemText(ctx context.Context, p Problem) string {
	return p.Column + ": " + i18n.T(ctx, "imports.problem."+p.Key, "Value", p.Value)
}

// text is a fact's value with what stood there.
func (f Fact) text(ctx context.Context) string {
	if f.Written == "" {
		return f.Text
	}
	return i18n.T(ctx, "imports.written", "Text", f.Text, "Written", f.Written)
}

// outcomeTag shows what would become of a row.
func outcomeTag(ctx context.Context, outcome string) components.TagProps {
	kinds := map[string]components.TagKind{
		string(models.ImportLocked): components.TagRefused, Refused: components.TagRefused, Waiting: components.TagYours,
	}
	return components.TagProps{Kind: kinds[outcome], Label: i18n.T(ctx, "imports.outcome."+outcome)}
}

// outcome says what became of an upload so far.
func outcome(ctx context.Context, i models.Import) string {
	if i.State == "uploaded" && i.Run.Working() {
		return i18n.T(ctx, "imports.run.phase."+i.Run.Phase)
	}
	return i18n.T(ctx, "imports.state."+i.State, "Saved", i.Saved, "Refused", i.Bad)
}

// MappingPage says which column of a list of institutions is which, and shows the outcome.
type MappingPage struct {
	Import    models.Import
	Layout    Layout
	Fields    []Field
	Source    string
	Questions []Question
	Open      int
	Rows      []Row
	Refused   int
	Known     int
	Number    int
	Errors    form.Errors
}

// good counts the rows that would be saved.
func (p MappingPage) good() (n int) {
	for _, r := range p.Rows {
		if r.Outcome == string(models.ImportNew) {
			n++
		}
	}
	return n
}
