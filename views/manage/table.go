package manage

import (
	"context"
	"net/url"
	"slices"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family selection.list.* selection.sort.* selection.column.*

// How the boxes of a page stand when it opens.
const (
	tickedPage = "halaman" // those of the page are ticked
	tickedAll  = "semua"   // everybody whom the filter finds is meant
)

// TableForm is what an address says of an intake's table.
type TableForm struct {
	Filter  models.ApplicantFilter
	Lowest  string // the lowest score, as it was typed
	Sort    string
	Down    bool
	Columns []string
	Ticked  string
	Cursor  string
	First   int // the number of the first row, for the list on paper
}

// TableFormOf reads it from an address.
func TableFormOf(query url.Values) TableForm {
	f := TableForm{
		Filter: models.ApplicantFilter{List: query.Get("daftar"), Text: query.Get("q"), Education: query.Get("pendidikan")},
		Lowest: query.Get("nilai"), Sort: query.Get("urut"), Down: query.Get("turun") != "",
		Ticked: query.Get("pilih"), Cursor: query.Get("sesudah"), First: 1,
	}
	if !slices.Contains(models.ApplicantLists, f.Filter.List) {
		f.Filter.List = ""
	}
	if !slices.Contains(models.ApplicantSorts(), f.Sort) {
		f.Sort = ""
	}
	f.Filter.Lowest = lowest(f.Lowest)
	if n, err := strconv.Atoi(query.Get("nomor")); err == nil && n > 0 && n < 1_000_000 {
		f.First = n
	}
	for _, column := range columns {
		if slices.Contains(query["kolom"], column) {
			f.Columns = append(f.Columns, column)
		}
	}
	if f.Columns == nil {
		f.Columns = usualColumns
	}
	return f
}

// Query is what the Store is asked.
func (f TableForm) Query() models.ApplicantQuery {
	return models.ApplicantQuery{Filter: f.Filter, Sort: f.Sort, Down: f.Down, Cursor: f.Cursor}
}

// columns are what can be shown of each applicant beside name and state.
var columns = []string{"score", "age", "education", "phone", "certificates", "sent"}

var usualColumns = []string{"score", "age", "education", "phone", "certificates"}

// lowest is a typed score as the Store takes it, empty where it is no number.
func lowest(typed string) string {
	n, ok := readDecimal(typed)
	if !ok {
		return ""
	}
	return strconv.FormatFloat(n, 'f', -1, 64)
}

// path is the table of an intake as the form says.
func (f TableForm) path(intake string) string {
	pairs := []string{"daftar", f.Filter.List, "q", f.Filter.Text, "pendidikan", f.Filter.Education, "nilai", f.Lowest, "urut", f.Sort}
	if f.Down {
		pairs = append(pairs, "turun", "ya")
	}
	if !slices.Equal(f.Columns, usualColumns) {
		for _, column := range f.Columns {
			pairs = append(pairs, "kolom", column)
		}
	}
	pairs = append(pairs, "pilih", f.Ticked, "sesudah", f.Cursor)
	if f.First > 1 {
		pairs = append(pairs, "nomor", strconv.Itoa(f.First))
	}
	return urls.WithQuery(urls.ManageApplicants(intake), pairs...)
}

// ApplicantsPage is a page of the table of an intake's applicants.
type ApplicantsPage struct {
	Table  models.ApplicantTable
	Levels []models.EducationLevel
	Form   TableForm
}

// with is the address of the table with something else in it, from its first page.
func (p ApplicantsPage) with(change func(f *TableForm)) string {
	f := p.Form
	f.Cursor, f.Ticked, f.First = "", "", 1
	change(&f)
	return f.path(p.Table.Intake.Ref)
}

func (p ApplicantsPage) ticking(how string) string {
	f := p.Form
	f.Ticked = how
	return f.path(p.Table.Intake.Ref)
}

func (p ApplicantsPage) next() string {
	f := p.Form
	f.Cursor, f.First, f.Ticked = p.Table.Next, f.First+len(p.Table.Items), ""
	if f.Cursor == "" {
		return ""
	}
	return f.path(p.Table.Intake.Ref)
}

func (p ApplicantsPage) levelOptions(ctx context.Context) []components.Option {
	return options(p.Levels, func(l models.EducationLevel) (string, string) { return l.Code, l.Name.In(i18n.Of(ctx)) })
}

func columnOptions(ctx context.Context) []components.Option {
	return options(columns, func(code string) (string, string) { return code, i18n.T(ctx, "selection.column."+code) })
}

func sortOptions(ctx context.Context) []components.Option {
	return options(models.ApplicantSorts(), func(code string) (string, string) { return code, i18n.T(ctx, "selection.sort."+code) })
}

// condition says in words what "all" are.
func (p ApplicantsPage) condition(ctx context.Context) string {
	f := p.Form.Filter
	text := ""
	add := func(part string) {
		if text != "" {
			text += ", "
		}
		text += part
	}
	if f.List != "" {
		add(i18n.T(ctx, "selection.list."+f.List))
	}
	if f.Text != "" {
		add("“" + f.Text + "”")
	}
	if f.Lowest != "" {
		add(i18n.T(ctx, "scoring.from", "Lowest", p.Form.Lowest))
	}
	if i := slices.IndexFunc(p.Levels, func(l models.EducationLevel) bool { return l.Code == f.Education }); i >= 0 {
		add(p.Levels[i].Name.In(i18n.Of(ctx)))
	}
	return text
}

// acts are what can be done for many of the list that is shown.
func (p ApplicantsPage) acts() (list []string) {
	here := func(states ...models.ApplicationState) bool {
		return slices.ContainsFunc(states, func(s models.ApplicationState) bool {
			return p.Table.Counts[string(s)] > 0 && (p.Form.Filter.List == "" || p.Form.Filter.List == string(s))
		})
	}
	test := p.Table.Intake.Selection == models.ByTest
	if test && here(models.Verified, models.Invited, models.Absent) {
		list = append(list, models.SelectInvited)
	}
	if here(models.Invited) {
		list = append(list, models.RecordAttended, models.RecordAbsent)
	}
	if here(models.Attended, models.Reserve) || here(models.Verified) {
		list = append(list, models.RecordAccepted)
	}
	if here(models.Attended) || here(models.Verified) {
		list = append(list, models.RecordReserve)
	}
	if here(models.Attended, models.Reserve) || here(models.Verified) {
		list = append(list, models.RecordNotSelected)
	}
	return list
}

// columns are those that the table shows; scores only where there are criteria.
func (p ApplicantsPage) columns() []string {
	if len(p.Table.Scoring.Criteria) > 0 {
		return p.Form.Columns
	}
	return slices.DeleteFunc(slices.Clone(p.Form.Columns), func(column string) bool { return column == "score" })
}

func (p ApplicantsPage) heads(ctx context.Context) []components.Column {
	list := []components.Column{{Label: i18n.T(ctx, "manage.col.name")}}
	for _, column := range p.columns() {
		list = append(list, components.Column{Label: i18n.T(ctx, "selection.column."+column), Number: column == "age"})
	}
	return append(list, components.Column{Label: i18n.T(ctx, "manage.col.state")})
}

// columnText is what stands in a column of the table.
func columnText(ctx context.Context, column string, a models.Applicant, scoring models.Scoring) string {
	switch column {
	case "score":
		return scoreText(ctx, a, scoring)
	case "education":
		return orNone(ctx, a.Education.In(i18n.Of(ctx)))
	case "phone":
		return phone(ctx, a)
	case "certificates":
		return certificates(ctx, a)
	}
	if a.FirstSubmittedAt == nil {
		return orNone(ctx, "")
	}
	return i18n.Date(ctx, *a.FirstSubmittedAt)
}

// allLabel says whom "all" are.
func (p ApplicantsPage) allLabel(ctx context.Context) string {
	if condition := p.condition(ctx); condition != "" {
		return i18n.T(ctx, "selection.tick_all_where", "Count", p.Table.Found, "Where", condition)
	}
	return i18n.T(ctx, "selection.tick_all", "Count", p.Table.Found)
}

func pagerHref(ctx context.Context, path string) string {
	if path == "" {
		return ""
	}
	return ambient.Href(ctx, path)
}
