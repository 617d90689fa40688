package web

import (
	"bytes"
	"context"
	"errors"
	"io"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/blob"
	"naikkelas/internal/i18n"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/sheet"
	"naikkelas/models"
	"naikkelas/views/imports"
)

// BodySheet is the largest spreadsheet with its form.
const BodySheet = importsheet.MostBytes

// PostedSheet reads the spreadsheet of the form's field file.
func PostedSheet(c Context) (content []byte, name string, err error) {
	var nothing struct{}
	if err := ReadForm(c, &nothing); err != nil {
		return nil, "", err
	}
	form := c.Request().MultipartForm
	if form == nil || len(form.File["file"]) == 0 {
		return nil, "", &models.Refusal{Key: "imports.none", Field: "file"}
	}
	header := form.File["file"][0]
	file, err := header.Open()
	if err != nil {
		return nil, "", err
	}
	defer file.Close()
	content, err = io.ReadAll(io.LimitReader(file, BodySheet))
	return content, header.Filename, err
}

// ReceiveSheet takes the spreadsheet of the form's field file, sealed. look counts its rows and gives what cannot be read,
// which refuses it; most is how many rows it may have.
func (p *Portal) ReceiveSheet(
	c Context, most int, look func(content []byte, name string) (rows int, err error),
) (models.Import, error) {
	content, name, err := PostedSheet(c)
	if err != nil {
		return models.Import{}, err
	}
	ctx := c.Request().Context()
	rows, err := look(content, name)
	if err := SheetRefusal(ctx, err, most); err != nil {
		return models.Import{}, err
	}
	key := blob.NewKey()
	sealed := p.Box.SealReader(bytes.NewReader(content), models.OriginalPlace(key))
	defer sealed.Close()
	if err := p.Blobs.Put(ctx, key, sealed); err != nil {
		return models.Import{}, p.NotStored(c, err, "file")
	}
	return p.Store.CreateImport(ctx, p.CurrentUser(c), name, key, rows)
}

// SheetRefusal says why a spreadsheet is not read, in words for the field file; any other error stays what it is.
func SheetRefusal(ctx context.Context, err error, most int) error {
	r, ok := errors.AsType[*sheet.Refusal](err)
	if !ok {
		return err
	}
	count := ""
	if r.Count > 0 {
		count = i18n.Number(ctx, r.Count)
	}
	return &models.Refusal{Key: "imports.refused." + string(r.Reason), Field: "file", Args: []any{
		"Row", r.Row, "Rows", count, "Most", i18n.Number(ctx, most), "Found", r.Found,
	}}
}

// Imports reads spreadsheets that arrived.
func (p *Portal) Imports() importsheet.Desk {
	return importsheet.Desk{Store: p.Store, Blobs: p.Blobs, Box: p.Box}
}

// ImportProblems are what is wrong with a row, for its page.
func ImportProblems(list []importsheet.Problem) []imports.Problem {
	out := make([]imports.Problem, len(list))
	for i, p := range list {
		out[i] = imports.Problem{Row: p.Row, Column: p.Column, Key: p.Key, Value: p.Value}
	}
	return out
}

// ImportFacts are the values of a row as they were read, for its page.
func ImportFacts(ctx context.Context, values []importsheet.Value) []imports.Fact {
	out := make([]imports.Fact, 0, len(values))
	for _, v := range values {
		f := imports.Fact{Label: v.Heading, Text: importText(ctx, v), Assumed: v.Assumed}
		if v.Raw != "" && !strings.EqualFold(v.Raw, f.Text) && !(v.Money != nil && digitsOf(v.Raw) == digitsOf(f.Text)) {
			f.Written = v.Raw
		}
		out = append(out, f)
	}
	return out
}

// digitsOf are the digits of an amount.
func digitsOf(text string) string {
	return strings.Map(func(r rune) rune {
		if r >= '0' && r <= '9' {
			return r
		}
		return -1
	}, text)
}

// importText is a value as people read it.
func importText(ctx context.Context, v importsheet.Value) string {
	switch {
	case v.Date != nil:
		return i18n.Date(ctx, *v.Date)
	case v.Money != nil:
		return i18n.Rupiah(ctx, *v.Money)
	case v.Yes != nil && *v.Yes:
		return i18n.T(ctx, "imports.option.yes")
	case v.Yes != nil:
		return i18n.T(ctx, "imports.option.no")
	case v.Key != "":
		//i18n:family imports.option.*
		return i18n.T(ctx, "imports.option."+v.Key)
	case v.Name.ID != "":
		return v.Name.In(i18n.Of(ctx))
	}
	return v.Text
}

// ImportQuestions are what a file leaves open, for its page.
func ImportQuestions(ctx context.Context, list []importsheet.Question) []imports.Question {
	out := make([]imports.Question, len(list))
	for i, q := range list {
		asked := imports.Question{
			Name: q.Name, Kind: q.Kind, Heading: q.Heading, Values: q.Values, Rows: q.Rows, Answer: q.Answer, Optional: q.Optional,
		}
		for _, o := range q.Options {
			asked.Options = append(asked.Options, imports.Option{Value: o.Value, Label: optionLabel(ctx, o)})
		}
		if q.Optional && q.Answer == "" {
			asked.Answer = q.Options[0].Value
		}
		out[i] = asked
	}
	return out
}

func optionLabel(ctx context.Context, o importsheet.Option) string {
	if o.Key == "" {
		return o.Name.In(i18n.Of(ctx))
	}
	args := make([]any, len(o.Args))
	for i, a := range o.Args {
		args[i] = a
		switch v := a.(type) {
		case time.Time:
			args[i] = i18n.Date(ctx, v)
		case int64:
			args[i] = i18n.Rupiah(ctx, v)
		}
	}
	return i18n.T(ctx, "imports.option."+o.Key, args...)
}

// ImportLayout is how a file is laid out, for its page.
func ImportLayout(l importsheet.Layout) imports.Layout {
	out := imports.Layout{Dropped: l.Dropped()}
	for _, c := range l.Columns {
		out.Columns = append(out.Columns, imports.MapColumn{
			Key: c.Key, Name: c.Name, Code: c.Code, Samples: c.Samples, Twice: c.Twice, Hidden: c.Hidden,
		})
	}
	for _, s := range l.Sheets {
		out.Sheets = append(out.Sheets, imports.SheetNote{Name: s.Name, Rows: s.Rows, Why: s.Why})
	}
	return out
}

// PostedAnswers are those of a form's fields that a file asks for.
func PostedAnswers(c Context, names []string) (map[string]string, error) {
	var nothing struct{}
	if err := ReadForm(c, &nothing); err != nil {
		return nil, err
	}
	answers := map[string]string{}
	for _, name := range names {
		answers[name] = c.Request().PostForm.Get(name)
	}
	return answers, nil
}

// QuestionNames are the fields of questions.
func QuestionNames(list []importsheet.Question) []string {
	names := make([]string, len(list))
	for i, q := range list {
		names[i] = q.Name
	}
	return names
}

// ImportFields are what a list can say, for the page that maps its columns.
func ImportFields(codes, headings []string) []imports.Field {
	list := make([]imports.Field, len(codes))
	for i, code := range codes {
		list[i] = imports.Field{Name: importsheet.ColumnAnswer(code), Code: code, Heading: headings[i]}
	}
	return list
}

// PostedColumns says for each code which of the file's columns was chosen, "" for none.
func PostedColumns(c Context, codes []string, l importsheet.Layout) (map[string]string, error) {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = importsheet.ColumnAnswer(code)
	}
	answers, err := PostedAnswers(c, names)
	for name, key := range answers {
		if !slices.ContainsFunc(l.Columns, func(col importsheet.MapColumn) bool { return col.Key == key }) {
			answers[name] = ""
		}
	}
	return answers, err
}
