// Package imports shows spreadsheets between their arrival and the decision about them.
package imports

import (
	"context"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family imports.problem.* imports.refused.*

// UploadPage takes a spreadsheet.
type UploadPage struct {
	Errors form.Errors
}

// A Problem is something wrong with a row, in words for the page.
type Problem struct{ Column, Key, Value string }

// A Row is a row of the preview.
type Row struct {
	Number   int
	Title    string
	Note     string
	Problems []Problem
}

// A Question is a column of dates that can be read two ways.
type Question struct{ Code, Heading, Example, Answer string }

// PreviewPage shows what a spreadsheet of programmes would become.
type PreviewPage struct {
	Import    models.Import
	Rows      []Row
	Refused   int
	Questions []Question
	Unknown   []string
	Errors    form.Errors
}

func (p PreviewPage) good() int { return len(p.Rows) - p.Refused }

// saved says whether the decision has been made.
func (p PreviewPage) saved() bool { return p.Import.State == "saved" }

// mostShown is how many rows the page shows; every refused row is shown whatever their number.
const mostShown = 50

// shown are all refused rows, and the first good ones.
func shown(rows []Row) (refused, good []Row) {
	for _, r := range rows {
		if len(r.Problems) > 0 {
			refused = append(refused, r)
		} else if len(good) < mostShown {
			good = append(good, r)
		}
	}
	return refused, good
}

func problemText(ctx context.Context, p Problem) string {
	return p.Column + ": " + i18n.T(ctx, "imports.problem."+p.Key, "Value", p.Value)
}

// A Field is something that a list can say of an institution, and the column that says it.
type Field struct {
	Code, Heading string
	Column        int // 0-based, -1 for none
}

// MappingPage says which column of a list of institutions is which, and shows the outcome.
type MappingPage struct {
	Import  models.Import
	Columns []string // names of the sheet's columns
	Sample  [][]string
	Fields  []Field
	Rows    []Row
	Refused int
	Known   int
	Errors  form.Errors
}

func (p MappingPage) options() []components.Option {
	list := make([]components.Option, len(p.Columns))
	for i, name := range p.Columns {
		list[i] = components.Option{Value: strconv.Itoa(i), Label: name}
	}
	return list
}

// good counts the rows that would be saved; those that are known already are not among Rows.
func (p MappingPage) good() int { return len(p.Rows) - p.Refused }
