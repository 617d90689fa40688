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
	"naikkelas/views/programme"
)

//i18n:family publication.fault.*

// ProgrammesPage lists the programmes that wait for approval.
type ProgrammesPage struct {
	Programmes []models.WaitingProgramme
}

// ReturnForm sends a programme back.
type ReturnForm struct {
	Version int    `form:"version"`
	Reason  string `form:"reason"`
	Note    string `form:"note"`
}

// ProgrammePage is one programme that waits.
type ProgrammePage struct {
	Draft   models.ProgrammeDraft
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

// waits says whether the programme still waits for an officer.
func (p ProgrammePage) waits() bool {
	d := p.Draft.Programme
	return d.State == models.ProgrammeSubmitted || d.PendingState != nil && *d.PendingState == "submitted"
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
