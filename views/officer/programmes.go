package officer

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
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
	Reasons []models.ReasonCode
	Form    ReturnForm
	Errors  form.Errors
	Stale   bool // somebody else was faster
	Edits   []models.Edit
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
