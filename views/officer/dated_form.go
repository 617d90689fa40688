package officer

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// DatedForm is what a row is to say. What the columns of the table say is read apart, into Says.
type DatedForm struct {
	From    form.Date     `form:"from"`
	To      form.Date     `form:"to"`
	Why     string        `form:"why"`
	Code    string        `form:"code"` // of a new row
	Checked string        `form:"checked"`
	Token   string        `form:"token"`
	Seen    DatedSeenForm `form:"seen"`
	Says    dated.Values
}

// DatedColumns are the names of the fields that a table adds to the form.
func DatedColumns(t dated.Table) []string {
	names := make([]string, len(t.Fields))
	for i, f := range t.Fields {
		names[i] = f.Column
	}
	return names
}

// DatedFormOf fills the form with the draft, or else with what was published, from today on and up to the day on which
// it would end anyway.
func DatedFormOf(r DatedRow, token string) DatedForm {
	f := DatedForm{From: form.DateOf(r.Today.Date()), Token: token, Says: dated.Values{"public": "true"}, Seen: DatedSeenOf(r)}
	v, ok := r.On(r.Today)
	if !ok {
		v, ok = r.Newest()
	}
	if ok {
		f.Says = v.Says
		if last, _ := r.Newest(); v.ValidTo != nil && last.ID == v.ID && !r.Today.After(record.DateDay(*v.ValidTo)) {
			f.To = form.DateOf(*v.ValidTo)
		}
	}
	d := r.Draft
	if d == nil {
		return f
	}
	f.Why, f.To = d.Why, form.Date{}
	if d.ValidTo != nil {
		f.To = form.DateOf(*d.ValidTo)
	}
	if d.Checked {
		f.Checked = "ya"
	}
	if !d.Ends {
		f.Says = d.Says
		if record.DateDay(d.ValidFrom).After(r.Today) {
			f.From = form.DateOf(d.ValidFrom)
		}
	}
	return f
}

// Check looks at the days alone; the Store knows what the columns take.
func (f DatedForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("from", f.From.CheckRequired())
	errs.Add("to", f.To.Check())
	return errs
}

// CheckEnd looks at the last day alone.
func (f DatedForm) CheckEnd() form.Errors {
	var errs form.Errors
	errs.Add("to", f.To.CheckRequired())
	return errs
}

// Wish is the form as the Store takes it.
func (f DatedForm) Wish() dated.Wish {
	w := dated.Wish{Says: f.Says, Why: f.Why, Checked: f.Checked != "", Seen: f.Seen.Seen(), Code: f.Code, Token: f.Token}
	w.From, _ = f.From.Time()
	if to, ok := f.To.Time(); ok {
		w.To = &to
	}
	return w
}

// DatedActForm carries what an officer saw of a row when they pressed. Alone is not empty where nothing is left of it.
type DatedActForm struct {
	Seen  DatedSeenForm `form:"seen"`
	Holds int           `form:"holds"` // the version that holds
	Gap   string        `form:"gap"`   // not empty where the times in which nothing holds are meant
	Alone string        `form:"alone"`
}

// DatedFormPage is the form for a row, an empty Code makes a new one. Stale says that a colleague was faster.
type DatedFormPage struct {
	DatedRow
	Code      string
	Form      DatedForm
	Errors    form.Errors
	Stale     bool
	Countries []models.Country
	NamesOf   map[string][]dated.Name // by the table that a field names
}

// back is where the form was come to from.
func (p DatedFormPage) back() string {
	if p.Code == "" {
		return urls.DatedList(p.Table.Slug)
	}
	return urls.DatedRow(p.Table.Slug, p.Code)
}

// action is where the form is sent.
func (p DatedFormPage) action() string {
	if p.Code == "" {
		return urls.DatedNew(p.Table.Slug)
	}
	return urls.DatedEdit(p.Table.Slug, p.Code)
}

// heading is the title of the form.
func (p DatedFormPage) heading(ctx context.Context) string {
	if p.Code == "" {
		return i18n.T(ctx, "dated.new", "Table", tableName(ctx, p.Table.Slug))
	}
	return i18n.T(ctx, "dated.edit", "Name", p.title(ctx))
}

// options are what a field of choices offers.
func (p DatedFormPage) options(ctx context.Context, f dated.Field) (list []components.Option) {
	if f.Kind == dated.Country {
		for _, c := range p.Countries {
			list = append(list, components.Option{Value: c.Code, Label: c.Name.In(i18n.Of(ctx))})
		}
		return list
	}
	for _, n := range p.NamesOf[f.Of] {
		list = append(list, components.Option{Value: n.Code, Label: namedCode(n)})
	}
	for _, choice := range f.Choices {
		list = append(list, components.Option{Value: choice, Label: i18n.T(ctx, "dated.choice."+choice)})
	}
	return list
}

// namedCode is a row's name with its code, where they are not the same.
func namedCode(n dated.Name) string {
	if n.Title == n.Code {
		return n.Code
	}
	return n.Title + " (" + n.Code + ")"
}

// empty is what a field of choices says while nothing is chosen.
func (p DatedFormPage) empty(ctx context.Context, f dated.Field) string {
	if f.Optional {
		return i18n.T(ctx, "dated.any")
	}
	return i18n.T(ctx, "dated.choose")
}

// columnHint says how a kind of value is typed, empty where everybody knows.
func columnHint(ctx context.Context, f dated.Field) string {
	if f.Hint {
		return i18n.T(ctx, "dated.hint."+f.Column)
	}
	if f.Kind == dated.Phones || f.Kind == dated.Web || f.Kind == dated.Number {
		return i18n.T(ctx, "dated.hint."+string(f.Kind))
	}
	return ""
}
