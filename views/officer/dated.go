package officer

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
	"naikkelas/models/record/dated"
	"naikkelas/views/components"
)

//i18n:family dated.table.* dated.about.* dated.column.* dated.choice.* dated.hint.*

// DatedTablesPage lists the tables, what waits for somebody, and what has to be checked again.
type DatedTablesPage struct {
	Tables   []dated.Table
	Names    DatedNames
	Waiting  []dated.Task
	Overdue  []dated.Task
	MayWrite bool
	Holes    []journey.Hole // rules of which no version holds
}

// overdueIn are the rows of a table that have to be checked again.
func (p DatedTablesPage) overdueIn(t dated.Table) (list []dated.Task) {
	for _, task := range p.Overdue {
		if task.Table == t.Slug {
			list = append(list, task)
		}
	}
	return list
}

// title is how the row of a task is called.
func (p DatedTablesPage) title(ctx context.Context, task dated.Task) string {
	i := slices.IndexFunc(p.Tables, func(t dated.Table) bool { return t.Slug == task.Table })
	if i < 0 {
		return task.Code
	}
	return p.Names.titled(ctx, p.Tables[i], task.Says)
}

// tableKey is a table's name in addresses as keys of sentences are written.
func tableKey(slug string) string { return strings.ReplaceAll(slug, "-", "_") }

func tableName(ctx context.Context, slug string) string {
	return i18n.T(ctx, "dated.table."+tableKey(slug))
}

// DatedFilter is what stands in the address of a list: a day, written 2026-11-30, whether drafts count, and of which route and
// country rows are looked for.
type DatedFilter struct {
	Day            string
	Drafts         bool
	Route, Country string
}

// DatedListPage is one table as it holds on a day.
type DatedListPage struct {
	Table    dated.Table
	Names    DatedNames
	Rows     []dated.Row
	Today    record.Day
	Filter   DatedFilter
	MayWrite bool
}

// On is the day of the list: the one that the address names, else today.
func (p DatedListPage) On() record.Day {
	if day, err := time.Parse(time.DateOnly, p.Filter.Day); err == nil && day.Year() >= 1900 && day.Year() <= 2100 {
		return record.DateDay(day)
	}
	return p.Today
}

// has says whether the table has a column.
func (p DatedListPage) has(column string) bool {
	return slices.ContainsFunc(p.Table.Fields, func(f dated.Field) bool { return f.Column == column })
}

// routeColumn is the column that names the route or the routes of a row, empty where there is none.
func (p DatedListPage) routeColumn() string {
	for _, column := range []string{"route", "routes"} {
		if p.has(column) {
			return column
		}
	}
	return ""
}

// used are the codes that the rows name in a column.
func (p DatedListPage) used(column string) (codes []string) {
	for _, r := range p.Rows {
		codes = append(codes, strings.Split(r.Says[column], "\n")...)
	}
	return codes
}

// shown are the rows of the route and the country that were asked for.
func (p DatedListPage) shown() (rows []dated.Row) {
	for _, r := range p.Rows {
		of := func(column, code string) bool {
			return code == "" || slices.Contains(strings.Split(r.Says[column], "\n"), code)
		}
		if of(p.routeColumn(), p.Filter.Route) && of("country_code", p.Filter.Country) {
			rows = append(rows, r)
		}
	}
	return rows
}

// listColumns are the columns that a list shows beside the title: what tells rows apart.
func listColumns(t dated.Table) []string {
	return map[string][]string{
		"hotlines": {"number", "url"},
		"missions": {"country_code", "emergency", "whatsapp"},
		"offices":  {"kind", "address", "phone"},

		"case_types": {"urgency", "sensitive"},
		"case_terms": {"hours"},
		"exit_pages": {"url"},
		"duty_hours": {"hours_id"},

		"offer_signs":    {"topic", "rank", "countries"},
		"routes":         {"placed_by_id"},
		"schemes":        {"country_code", "routes"},
		"documents":      {"part", "certificate_types"},
		"facts":          {"part"},
		"document_rules": {"variant", "route", "country_code", "scheme", "grade"},
		"lead_times":     {"label_id", "country_code", "days_min", "days_max", "cost_min", "cost_max"},
		"charges":        {"kind", "routes", "ceiling"},
		"support_offers": {"kind", "says_id", "province", "source"},
		"certifiers":     {"occupations", "certificate_types", "source"},
	}[t.Name]
}

// datedHeads are the columns of a list.
func datedHeads(ctx context.Context, t dated.Table) []components.Column {
	columns := []components.Column{{Label: columnName(ctx, t, t.Title)}}
	for _, c := range listColumns(t) {
		columns = append(columns, components.Column{Label: columnName(ctx, t, c)})
	}
	return append(columns, components.Column{Label: i18n.T(ctx, "dated.checked")}, components.Column{Label: i18n.T(ctx, "dated.state")})
}

// DatedRow is a row with its history, for the pages that show it.
type DatedRow struct {
	dated.History
	Table    dated.Table
	Names    DatedNames
	Today    record.Day
	MayWrite bool
}

// title is how the row is called now; a draft's name where nothing is published.
func (r DatedRow) title(ctx context.Context) string {
	if v, ok := r.On(r.Today); ok {
		return r.Names.titled(ctx, r.Table, v.Says)
	}
	if v, ok := r.Newest(); ok {
		return r.Names.titled(ctx, r.Table, v.Says)
	}
	if r.Draft != nil {
		return r.Names.titled(ctx, r.Table, r.Draft.Says)
	}
	return ""
}

// endable says whether the row can be given a last day: it holds without one, and nothing else waits.
func (r DatedRow) endable() bool {
	v, ok := r.Newest()
	return ok && !r.Table.Fixed && v.ValidTo == nil && (r.Draft == nil || r.Draft.Ends)
}

// DatedSeenForm is what a form or a button carries of the row that it stands on.
type DatedSeenForm struct {
	Change  int `form:"change"`
	Version int `form:"version"`
}

// DatedSeenOf is what stands on the page of a row.
func DatedSeenOf(r DatedRow) DatedSeenForm {
	seen := r.Seen()
	return DatedSeenForm{Change: int(seen.Change), Version: seen.Version}
}

// Seen is the form as the Store takes it.
func (f DatedSeenForm) Seen() dated.Seen {
	return dated.Seen{Change: int64(f.Change), Version: f.Version}
}

// DatedRowPage shows one row.
type DatedRowPage struct {
	DatedRow
	Code     string
	Reader   models.User
	Audience *RuleAudience  // of the draft of a rule; nil for others
	NewHoles []journey.Hole // that publishing the draft makes
}

// wordsStayed says that the draft changes when something is needed, and not the words that say so to people.
func (p DatedRowPage) wordsStayed() bool {
	was := p.Before()
	return p.Draft != nil && !p.Draft.Ends && was != nil && p.Draft.Says["condition"] != "" &&
		was["condition"] != p.Draft.Says["condition"] && was["why_id"] == p.Draft.Says["why_id"]
}

// mayPublish says whether the reader may publish the draft, or has to leave it to another.
func (p DatedRowPage) mayPublish() bool {
	return !p.Table.Second || p.Draft.WrittenBy == nil || *p.Draft.WrittenBy != p.Reader.ID
}

// alone says that nothing is left of the row without its draft.
func (p DatedRowPage) alone() string {
	if len(p.Versions) == 0 {
		return "ya"
	}
	return ""
}

// later are the versions that hold from a later day on, earlier those that hold no more.
func (p DatedRowPage) later() (list []dated.Version) {
	for _, v := range p.Versions {
		if record.DateDay(v.ValidFrom).After(p.Today) {
			list = append(list, v)
		}
	}
	slices.Reverse(list)
	return list
}

// A datedDifference is a column that a draft changes.
type datedDifference struct{ Label, Was, Is string }

// differences are what the draft changes against what holds on its first day, all columns of a new row.
func (p DatedRowPage) differences(ctx context.Context) (list []datedDifference) {
	now, _ := p.On(record.DateDay(p.Draft.ValidFrom))
	for _, f := range p.Table.Fields {
		was, is := p.Names.text(ctx, f, now.Says[f.Column]), p.Names.text(ctx, f, p.Draft.Says[f.Column])
		if was != is {
			list = append(list, datedDifference{columnName(ctx, p.Table, f.Column), was, is})
		}
	}
	return list
}

// facts are what a version says, without what it leaves empty.
func (r DatedRow) facts(ctx context.Context, says dated.Values) (list []components.SummaryRow) {
	for _, f := range r.Table.Fields {
		if text := r.Names.text(ctx, f, says[f.Column]); text != "" {
			list = append(list, components.SummaryRow{Label: columnName(ctx, r.Table, f.Column), Text: text})
		}
	}
	return list
}

func columnName(ctx context.Context, t dated.Table, column string) string {
	return i18n.T(ctx, "dated.column."+t.Name+"."+column)
}

// period says from when to when a version holds.
func period(ctx context.Context, from time.Time, to *time.Time) string {
	if to == nil {
		return i18n.T(ctx, "dated.from_on", "From", i18n.Date(ctx, from))
	}
	return i18n.T(ctx, "dated.from_to", "From", i18n.Date(ctx, from), "To", i18n.Date(ctx, *to))
}

// overdue says whether somebody has to make sure of a version again.
func (p DatedRowPage) overdue(v dated.Version) bool { return p.Table.Overdue(v, p.Today) }

// pastTitle says what became of a change.
func (p DatedRowPage) pastTitle(ctx context.Context, c dated.Change) string {
	switch {
	case c.State == dated.Dropped:
		return i18n.T(ctx, "dated.was_dropped")
	case c.Ends:
		return i18n.T(ctx, "dated.ends_on", "Day", i18n.Date(ctx, *c.ValidTo))
	}
	return period(ctx, c.ValidFrom, c.ValidTo)
}

// pastWho says who wrote a change and who decided about it.
func (p DatedRowPage) pastWho(ctx context.Context, c dated.Change) string {
	writer, decider := c.Writer, c.Decider
	for _, name := range []*string{&writer, &decider} {
		if *name == "" {
			*name = i18n.T(ctx, "dated.release")
		}
	}
	return i18n.T(ctx, "dated.by_two", "Writer", writer, "Decider", decider, "When", i18n.Instant(ctx, *c.DecidedAt))
}
