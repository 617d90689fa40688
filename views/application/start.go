package application

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/programme"
)

// StartPage shows what an intake asks for and how the person stands, before they begin.
type StartPage struct {
	Fit models.Fit
}

func (p StartPage) open(ctx context.Context) bool { return p.Fit.Offer.Takes(ambient.From(ctx).Now) }

// offerFacts are what somebody must know of an intake before applying.
func offerFacts(ctx context.Context, o models.Offer) []components.Fact {
	facts := []components.Fact{
		{Label: i18n.T(ctx, "application.fact.institution"), Text: o.Institution.Name},
		{Label: i18n.T(ctx, "application.fact.cost"), Text: programme.Cost(ctx, o.Programme.CostTotal, deref(o.Programme.Funding))},
		{Label: i18n.T(ctx, "application.fact.selection"), Text: programme.Selection(ctx, o.Intake.Selection)},
	}
	if o.Intake.StartsOn != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "application.fact.starts"), Text: i18n.DateLong(ctx, *o.Intake.StartsOn)})
	}
	if o.Intake.ClosesAt != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "application.fact.closes"), Text: i18n.Instant(ctx, *o.Intake.ClosesAt)})
	}
	return facts
}

func deref(s *string) string {
	if s == nil {
		return ""
	}
	return *s
}

// requirementTasks are the requirements as lines with their states, each with a link to where
// it can be filled in.
func requirementTasks(ctx context.Context, f models.Fit) []components.Task {
	names := NamesOf(ctx, f.Offer)
	tasks := make([]components.Task, len(f.Requirements))
	for i, r := range f.Requirements {
		text, state := Requirement(ctx, r, names)
		tasks[i] = components.Task{Title: text, Tag: components.TagProps{Kind: metKind(r.Met), Label: state}}
		if r.Met != models.MetYes {
			tasks[i].Hint = i18n.T(ctx, "eligibility."+r.Code+".help")
			tasks[i].Href = ambient.Href(ctx, requirementPath(r.Code))
		}
	}
	return tasks
}

func requirementPath(code string) string {
	if code == "certificate" {
		return urls.Certificates()
	}
	return urls.Profile()
}

func metKind(m models.Met) components.TagKind {
	switch m {
	case models.MetYes:
		return components.TagOpen
	case models.MetNo:
		return components.TagRefused
	}
	return components.TagFix
}
