package application

import (
	"context"
	"slices"

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
	if rule := o.Intake.AbsenceRule(ctx); rule != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "intake.absence_label"), Text: rule})
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
		if r.Code == models.SectionGuardian && r.Met == models.MetNo {
			state = i18n.T(ctx, "eligibility.state.unknown") // there is nothing else to it than filling it in
		}
		tasks[i] = components.Task{Title: text, Tag: components.TagProps{Kind: metKind(r), Label: state}}
		if r.Met != models.MetYes {
			tasks[i].Hint = i18n.T(ctx, "eligibility."+r.Code+".help")
			tasks[i].Href = ambient.Href(ctx, fromFit(f, requirementPath(r)))
		}
	}
	return tasks
}

// requirementSections are the parts of the profile in which requirements are filled in.
var requirementSections = map[string]string{
	"age": models.SectionIdentity, "education": models.SectionEducation, "residence": models.SectionAddress,
	"guardian": models.SectionGuardian,
}

// requirementPath leads to the part in which a requirement is met.
func requirementPath(r models.Requirement) string {
	if r.Code == "certificate" {
		return urls.WithQuery(urls.NewCertificate(), "jenis", r.Certificate)
	}
	return urls.ProfilePart(requirementSections[r.Code])
}

// fromFit is a page that leads back to the application, where one is begun.
func fromFit(f models.Fit, path string) string {
	if f.Application == nil || !f.Application.Editable() {
		return path
	}
	return urls.WithQuery(path, ambient.ApplyingParam, f.Application.Ref)
}

// metKind is red only for what nobody can fill in or send any more.
func metKind(r models.Requirement) components.TagKind {
	switch {
	case r.Met == models.MetYes:
		return components.TagPlain
	case r.Met == models.MetNo && !r.Mendable():
		return components.TagRefused
	}
	return components.TagYours
}

// livesElsewhere says whether the address on the KTP is what keeps somebody out.
func livesElsewhere(f models.Fit) bool {
	return slices.ContainsFunc(f.Requirements, func(r models.Requirement) bool { return r.Code == "residence" && r.Met == models.MetNo })
}
