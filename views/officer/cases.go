package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// CasesForm are tab and filters as they stand in the address.
type CasesForm struct {
	Tab     string
	Country string
	Kind    string
	Urgency string
	Door    string
	Office  string
	After   string
}

// ReadCasesForm reads them from an address.
func ReadCasesForm(get func(string) string) CasesForm {
	return CasesForm{Tab: get("bagian"), Country: get("negara"), Kind: get("jenis"), Urgency: get("urgensi"), Door: get("asal"),
		Office: get("kantor"), After: get("sesudah")}
}

// Filter is the form as the Store takes it.
func (f CasesForm) Filter() protection.CaseFilter {
	return protection.CaseFilter{
		Tab: protection.Tab(f.Tab), Country: f.Country, Kind: f.Kind, Urgency: f.Urgency, Door: f.Door, Office: f.Office,
		After: f.After,
	}
}

func (f CasesForm) path(tab protection.Tab, after string) string {
	return urls.WithQuery(urls.Cases(), "bagian", string(tab), "negara", f.Country, "jenis", f.Kind, "urgensi", f.Urgency, "asal", f.Door,
		"kantor", f.Office, "sesudah", after)
}

// narrows says that a filter is set.
func (f CasesForm) narrows() bool {
	return f.Country+f.Kind+f.Urgency+f.Door+f.Office != ""
}

// CasesPage is the desk of cases, or what a search found (Searched).
type CasesPage struct {
	Form      CasesForm
	Desk      protection.CaseDesk
	Kinds     []protection.CaseType
	Countries []models.Country
	Offices   []models.PartnerOffice
	Officers  []record.User
	OnDuty    []protection.Shift
	Next      *protection.Shift
	Searched  bool
	Words     string // that were sought
	Many      ManyForm
	Errors    form.Errors
	Assigned  []protection.Assigned // what became of those that were just assigned
}

// tab is the part that is shown: all that is open where the address names none.
func (p CasesPage) tab() protection.Tab {
	for _, t := range protection.Tabs() {
		if string(t) == p.Form.Tab {
			return t
		}
	}
	return protection.TabOpen
}

// tabs are the parts in the order of the desk: what is open at first, by its hour.
func (p CasesPage) tabs() []protection.Tab {
	list := []protection.Tab{protection.TabOpen}
	for _, t := range protection.Tabs() {
		if t != protection.TabOpen && (t != protection.TabAfter || p.Desk.Counts[t] > 0) {
			list = append(list, t)
		}
	}
	return list
}

//i18n:family case.tab.*

func (p CasesPage) tabLabel(ctx context.Context, t protection.Tab) string {
	label := i18n.T(ctx, "case.tab."+string(t))
	if n := p.Desk.Counts[t]; n > 0 {
		label += " (" + i18n.Number(ctx, n) + ")"
	}
	return label
}

// A caseGroup is what stands in a list under one heading.
type caseGroup struct {
	Title string
	Rows  []protection.CaseRow
}

// groups are the rows of the page by their hour: late, today, later, without one; ended ones together.
func (p CasesPage) groups(ctx context.Context) (list []caseGroup) {
	now := ambient.From(ctx).Now
	for _, r := range p.Desk.Rows {
		title := i18n.T(ctx, "case.group.later")
		switch {
		case r.Closed():
			title = i18n.T(ctx, "case.group.closed")
		case r.DueAt == nil:
			title = i18n.T(ctx, "case.group.undated")
		case r.DueAt.Before(now):
			title = i18n.T(ctx, "case.group.late")
		case record.DayOf(*r.DueAt) == record.DayOf(now):
			title = i18n.T(ctx, "case.group.today")
		}
		if len(list) == 0 || list[len(list)-1].Title != title {
			list = append(list, caseGroup{Title: title})
		}
		list[len(list)-1].Rows = append(list[len(list)-1].Rows, r)
	}
	return list
}

// kindNames are the kinds of a case in words, what was ended meanwhile by its code.
func kindNames(ctx context.Context, types []protection.CaseType, codes []string) string {
	names := make([]string, len(codes))
	for i, code := range codes {
		names[i] = code
		for _, t := range types {
			if t.Code == code {
				names[i] = t.Name.In(i18n.Of(ctx))
			}
		}
	}
	return strings.Join(names, ", ")
}

func (p CasesPage) kinds(ctx context.Context, r protection.CaseRow) string {
	if len(r.Kinds) == 0 {
		return i18n.T(ctx, "case.kind_none")
	}
	return kindNames(ctx, p.Kinds, r.Kinds)
}

func (p CasesPage) countryOptions(ctx context.Context) (list []components.Option) {
	for _, c := range p.Countries {
		list = append(list, components.Option{Value: c.Code, Label: c.Name.In(i18n.Of(ctx))})
	}
	return list
}

func (p CasesPage) kindOptions(ctx context.Context) (list []components.Option) {
	return kindOptions(ctx, p.Kinds)
}

func kindOptions(ctx context.Context, types []protection.CaseType) (list []components.Option) {
	for _, t := range types {
		list = append(list, components.Option{Value: t.Code, Label: t.Name.In(i18n.Of(ctx))})
	}
	return list
}

func (p CasesPage) officeOptions() (list []components.Option) {
	for _, o := range p.Offices {
		list = append(list, components.Option{Value: o.Ref, Label: o.Name})
	}
	return list
}

func urgencyOptions(ctx context.Context) (list []components.Option) {
	for _, u := range protection.Urgencies() {
		list = append(list, components.Option{Value: string(u), Label: urgencyWord(ctx, u)})
	}
	return list
}

func doorOptions(ctx context.Context) (list []components.Option) {
	for _, d := range append(protection.Doors(), protection.DoorDesk, protection.DoorCheckin) {
		list = append(list, components.Option{Value: string(d), Label: doorWord(ctx, d)})
	}
	return list
}

// span is how long a time is, in the largest unit that it fills.
func span(ctx context.Context, d time.Duration) string {
	switch {
	case d < time.Hour:
		return i18n.T(ctx, "case.span.minutes", "Count", int(d/time.Minute))
	case d < 48*time.Hour:
		return i18n.T(ctx, "case.span.hours", "Count", int(d/time.Hour))
	}
	return i18n.Days(ctx, int(d/(24*time.Hour)))
}

// toGo says how much is left until an hour, or by how much it is missed.
func toGo(ctx context.Context, due time.Time) string {
	left := due.Sub(ambient.From(ctx).Now)
	if left < 0 {
		return i18n.T(ctx, "case.late_by", "Span", span(ctx, -left))
	}
	return i18n.T(ctx, "case.left", "Span", span(ctx, left))
}

func late(ctx context.Context, c protection.Case) bool {
	return c.DueAt != nil && !c.Closed() && c.DueAt.Before(ambient.From(ctx).Now)
}

// duty says who is on duty now, and who is next.
func (p CasesPage) duty(ctx context.Context) string {
	now := i18n.T(ctx, "roster.nobody")
	if len(p.OnDuty) > 0 {
		now = i18n.T(ctx, "roster.now") + " " + RosterPage{Roster: protection.Roster{Now: p.OnDuty}}.now(ctx)
	}
	if p.Next == nil {
		return now + "."
	}
	return now + ". " + i18n.T(ctx, "roster.next") + " " + p.Next.Officer.Name + ", " + near(ctx, p.Next.StartsAt) + "."
}

func (p CasesPage) title(ctx context.Context) string {
	if p.Searched {
		return i18n.T(ctx, "officer.queue.found")
	}
	return i18n.T(ctx, "case.nav")
}

func (p CasesPage) columns(ctx context.Context) (list []components.Column) {
	if p.mayAssign() {
		list = append(list, components.Column{Label: i18n.T(ctx, "case.many.pick"), Hidden: true})
	}
	for _, label := range []string{
		i18n.T(ctx, "officer.col.number"), i18n.T(ctx, "case.due"), i18n.T(ctx, "case.country"), i18n.T(ctx, "case.kind"),
		i18n.T(ctx, "case.urgency"), i18n.T(ctx, "case.turn"), i18n.T(ctx, "case.safe"), i18n.T(ctx, "case.lead"),
	} {
		list = append(list, components.Column{Label: label})
	}
	return list
}
