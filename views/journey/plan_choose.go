package journey

import (
	"context"
	"slices"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// WayForm is how somebody says that they mean to leave.
type WayForm struct {
	Route      string `form:"route"`
	Country    string `form:"country"`
	Scheme     string `form:"scheme"`
	Occupation string `form:"occupation"`
}

// Way is the form as the Store takes it.
func (f WayForm) Way() journey.Way {
	return journey.Way{Route: f.Route, Country: f.Country, Scheme: f.Scheme, Occupation: f.Occupation}
}

// WayFormOf is the form of a plan that there is.
func WayFormOf(p journey.Plan) WayForm { return WayForm{p.Route, p.Country, p.Scheme, p.Occupation} }

// ChoosePage is where somebody says how they mean to leave. Open says that there is a plan already, Paid that payments are kept of
// one that was closed.
type ChoosePage struct {
	Form   WayForm
	Ways   journey.Ways
	Open   bool
	Home   bool // they are noted as back, which a new plan closes
	Paid   bool
	Errors form.Errors
}

func entryOptions(ctx context.Context, list []journey.Entry) []components.Option {
	options := make([]components.Option, len(list))
	for i, e := range list {
		options[i] = components.Option{Value: e.Code, Label: planText(ctx, e.Name), Hint: planText(ctx, e.Note)}
	}
	return options
}

// schemes are the permit systems, each with its country.
func (p ChoosePage) schemes(ctx context.Context) []components.Option {
	options := make([]components.Option, len(p.Ways.Schemes))
	for i, e := range p.Ways.Schemes {
		options[i] = components.Option{Value: e.Code, Label: planText(ctx, e.Name)}
		if at := slices.IndexFunc(p.Ways.Countries, func(c models.Country) bool { return c.Code == e.Country }); at >= 0 {
			options[i].Label += " (" + planText(ctx, p.Ways.Countries[at].Name) + ")"
		}
	}
	return options
}

func (p ChoosePage) occupations(ctx context.Context) []components.Option {
	options := make([]components.Option, len(p.Ways.Occupations))
	for i, o := range p.Ways.Occupations {
		options[i] = components.Option{Value: o.Code, Label: planText(ctx, o.Name)}
	}
	return options
}

// ProposePage asks three plain questions and names the routes to which the answers lead. Parts are the questions with their
// answers; Chosen is what was answered, by part.
type ProposePage struct {
	Parts  map[string][]journey.Question
	Chosen map[string]string
	Routes []journey.Entry
	Sure   bool
	Sent   bool // the button was pressed, with or without an answer
}

// ProposeSent is the name of the query that says that the button was pressed.
const ProposeSent = "lihat"

// questionParts are the three questions in their order.
func questionParts() []string {
	return []string{journey.PartPlace, journey.PartWho, journey.PartBefore}
}

// ProposeParams are the names of the query that the page knows.
func ProposeParams() []string { return questionParts() }

// notKnown is what is chosen by who does not know.
const notKnown = "unknown"

func (p ProposePage) options(ctx context.Context, part string) []components.Option {
	var options []components.Option
	for _, q := range p.Parts[part] {
		options = append(options, components.Option{Value: q.Code, Label: planText(ctx, q.Text)})
	}
	return append(options, components.Option{Value: notKnown, Label: i18n.T(ctx, "plan.propose.unknown")})
}

// Says are the answers as the rules take them: of a question that was answered, the other answers are no.
func (p ProposePage) Says() map[string]journey.Answer {
	says := map[string]journey.Answer{}
	for part, list := range p.Parts {
		chosen := p.Chosen[part]
		if !slices.ContainsFunc(list, func(q journey.Question) bool { return q.Code == chosen }) {
			continue
		}
		for _, q := range list {
			says[q.Code] = journey.No
		}
		says[chosen] = journey.Yes
	}
	return says
}

// Answered says whether anything was answered.
func (p ProposePage) Answered() bool { return len(p.Chosen) > 0 }

// LeaveForm is the day on which somebody means to leave, empty for none.
type LeaveForm struct {
	Departs form.Date `form:"departs"`
}

// Check says what is wrong with it.
func (f LeaveForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("departs", f.Departs.Check())
	return errs
}

// Day is the day, nil for none.
func (f LeaveForm) Day() *time.Time { return plannedDay(f.Departs) }

// plannedDay is a day that may be missing.
func plannedDay(d form.Date) *time.Time {
	t, ok := d.Time()
	if !ok {
		return nil
	}
	return &t
}

// plannedDate shows a day that may be missing.
func plannedDate(t *time.Time) form.Date {
	if t == nil {
		return form.Date{}
	}
	return form.DateOf(*t)
}

// LeavePage sets the day on which somebody means to leave.
type LeavePage struct {
	Form   LeaveForm
	Errors form.Errors
}

// AskPage asks what rules need to know.
type AskPage struct {
	Questions []journey.Question
	Says      map[string]journey.Answer
	Errors    form.Errors
}

func (p AskPage) options(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: string(journey.Yes), Label: i18n.T(ctx, "components.yes")}, {Value: string(journey.No), Label: i18n.T(ctx, "components.no")},
		{Value: string(journey.Unknown), Label: i18n.T(ctx, "plan.ask.unknown")},
	}
}

// CalendarPage gives a private address to somebody's calendar. Address is shown once, right after it was made; Since is since when
// there is one.
type CalendarPage struct {
	Address string
	Since   *time.Time
}

// PrintPage is the list on paper.
type PrintPage struct {
	PlanPage
}

// printedRows are needs as rows of paper.
func (p PlanPage) printedRows(ctx context.Context, lines []journey.PlanLine) []components.SummaryRow {
	var rows []components.SummaryRow
	for _, l := range lines {
		says := p.rowSays(ctx, l)
		switch l.Item.State {
		case journey.Done, journey.NotNeeded:
			says = finishedSays(ctx, p, l)
		case journey.UnderWay, journey.Expired:
			says = stateTag(ctx, l).Label + ". " + says
		}
		for _, f := range recordedFacts(ctx, l.Item, p.Files[l.Item.ID]) {
			says += "\n" + f.Label + ": " + f.Text
		}
		rows = append(rows, components.SummaryRow{Label: needName(ctx, l), Text: says + "\n" + ruleSource(ctx, l.Need)})
	}
	return rows
}
