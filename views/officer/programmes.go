package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/manage"
	"naikkelas/views/programme"
)

//i18n:family publication.fault.*

// ProgrammesPage lists the programmes that wait for approval.
type ProgrammesPage struct {
	Programmes []models.WaitingProgramme
	Scheduled  []models.WaitingProgramme // approved, until their moment
}

// ReturnForm sends a programme back.
type ReturnForm struct {
	Version int    `form:"version"`
	Reason  string `form:"reason"`
	Note    string `form:"note"`
}

// ProgrammePage is one programme that waits.
type ProgrammePage struct {
	models.SubmitPreview
	Lists   manage.Lists // of a change, to call what differs by its words
	Events  []models.ProgrammeEvent
	Texts   map[string]models.ReasonCode // of every reason
	Reasons []models.ReasonCode
	Form    ReturnForm
	Errors  form.Errors
	Stale   bool // somebody else was faster
	Edits   []models.Edit
}

// events are the listing's history: which step, who took it, and why.
func (p ProgrammePage) events(ctx context.Context) []components.Event {
	list := make([]components.Event, len(p.Events))
	for i, e := range p.Events {
		text := e.Note
		if r, ok := p.Texts[e.ReasonCode]; ok {
			text = strings.TrimSpace(r.Text.In(i18n.Of(ctx)) + "\n" + e.Note)
		}
		//i18n:family manage.programme_state.*
		list[i] = components.Event{
			Title: i18n.T(ctx, "manage.programme_state."+string(e.ToState)), Text: text,
			When: i18n.Near(ctx, ambient.From(ctx).Now, e.At) + " · " + e.ActorName, ISO: e.At.Format(time.RFC3339),
		}
	}
	return list
}

// matters is when a programme was sent, or from when one that is approved is public.
func matters(ctx context.Context, p models.Programme) string {
	at := p.SubmittedAt
	if p.Scheduled() {
		at = p.PublishAt
	}
	if at == nil {
		return ""
	}
	return i18n.Near(ctx, ambient.From(ctx).Now, *at)
}

// touched says whom a change concerns, and what they will read.
func (p ProgrammePage) touched(ctx context.Context) components.TouchedProps {
	t := components.TouchedProps{Whom: i18n.T(ctx, "manage.step.nobody")}
	if t.Subject, t.Letter = manage.ChangeLetter(ctx, p.SubmitPreview); t.Letter != "" {
		t.Whom = i18n.T(ctx, "manage.step.people", "Count", p.People)
	}
	return t
}

// approves is what the button says: from a moment ahead, or at once.
func (p ProgrammePage) approves(ctx context.Context) string {
	if at := p.Draft.Programme.PublishAt; at != nil && at.After(ambient.From(ctx).Now) {
		return i18n.T(ctx, "officer.programme.approve_for", "When", i18n.Instant(ctx, *at))
	}
	return i18n.T(ctx, "officer.programme.publish")
}

func (p ProgrammePage) facts(ctx context.Context) []components.Fact {
	c := p.Draft.Content
	funding := ""
	if c.Funding != nil {
		funding = *c.Funding
	}
	if funding == models.FundingSelfPaid && len(c.Costs) == 0 {
		funding = "" // that nothing is paid has to be said by a line
	}
	facts := []components.Fact{
		{Label: i18n.T(ctx, "officer.col.institution"), Text: p.Draft.Institution.Name},
		{Label: i18n.T(ctx, "application.fact.cost"), Text: programme.Cost(ctx, c.Total(), funding)},
		{Label: i18n.T(ctx, "officer.programme.outcome"), Text: programme.Outcome(ctx, c.OutcomeTraining, c.OutcomeBNSP)},
	}
	if c.HoursJP != nil && c.Days != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "officer.programme.length"), Text: programme.Length(ctx, *c.HoursJP, *c.Days)})
	}
	if at := p.Draft.Programme.PublishAt; at != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "officer.programme.moment"), Text: i18n.Instant(ctx, *at)})
	}
	return facts
}

// intakes are the intakes that go out with the programme, in one line each.
func (p ProgrammePage) intakes(ctx context.Context) string {
	var lines []string
	for _, in := range p.Draft.Intakes {
		line := programme.IntakeName(ctx, in.Intake)
		if in.ClosesAt != nil {
			line += ": " + i18n.Instant(ctx, *in.ClosesAt)
		}
		lines = append(lines, line)
	}
	return strings.Join(lines, "\n")
}
