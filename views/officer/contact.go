package officer

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
)

// dates are by when the desk decides, and what of the intake a decision must know.
func (p ApplicationPage) dates(ctx context.Context) []components.Fact {
	a, in := p.Application, p.Application.Offer.Intake
	var facts []components.Fact
	add := func(key, text string) {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: text})
	}
	if a.ReviewBy != nil {
		add("officer.fact.review_by", i18n.Instant(ctx, *a.ReviewBy))
	}
	if a.State == models.NeedsFix && a.ApplicationView.Application.FixBy != nil {
		add("officer.decide.fix_by", i18n.Instant(ctx, *a.ApplicationView.Application.FixBy))
	}
	if in.ClosesAt != nil {
		add("officer.fact.closes", i18n.Instant(ctx, *in.ClosesAt))
	}
	if in.StartsOn != nil {
		text := i18n.Date(ctx, *in.StartsOn)
		if in.EndsOn != nil {
			text += " - " + i18n.Date(ctx, *in.EndsOn)
		}
		add("officer.fact.course", text)
	}
	return facts
}

// contact is how the person is reached, and a guardian of somebody who is not of age.
func (p ApplicationPage) contact(ctx context.Context) []components.Fact {
	c := p.Contact
	var facts []components.Fact
	for _, f := range [][2]string{
		{"account.home.phone", models.ShownAddress(c.Phone)}, {"account.home.email", c.Email}, {"account.home.username", c.Username},
	} {
		if f[1] != "" {
			facts = append(facts, components.Fact{Label: i18n.T(ctx, f[0]), Text: f[1]})
		}
	}
	if c.Phone == "" && c.Email == "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "officer.contact.title"), Text: i18n.T(ctx, "officer.contact.none")})
	}
	if c.Guardian != "" {
		facts = append(facts, components.Fact{
			Label: i18n.T(ctx, "officer.contact.guardian"), Text: c.Guardian + ", " + models.ShownAddress(c.GuardianPhone),
		})
	}
	return facts
}

// sent are the person's other applications, each with its state.
func (p ApplicationPage) sent(ctx context.Context) []components.Row {
	rows := make([]components.Row, len(p.Application.Sent))
	for i, a := range p.Application.Sent {
		rows[i] = components.Row{
			Label: application.Name(ctx, a.ProgrammeTitle, models.Intake{Number: a.IntakeNumber, Session: a.IntakeSession}),
			Href:  ambient.Href(ctx, urls.OfficerApplication(a.Ref)), Note: a.Ref + " · " + a.InstitutionName,
			Tag: application.StateTag(ctx, a.Application),
		}
	}
	return rows
}

// printed are the facts of the file as they stand on paper.
func (p ApplicationPage) printed(ctx context.Context) []components.SummaryRow {
	rows := []components.SummaryRow{
		{Label: i18n.T(ctx, "officer.col.name"), Text: p.Application.Profile.User.Name},
		{Label: i18n.T(ctx, "officer.col.state"), Text: application.StateTag(ctx, p.Application.Application).Label},
	}
	paper := p
	paper.NIK = "" // a whole number stands on no paper
	for _, f := range append(paper.facts(ctx), p.dates(ctx)...) {
		rows = append(rows, components.SummaryRow{Label: f.Label, Text: f.Text})
	}
	for _, r := range requirementRows(ctx, p) {
		rows = append(rows, components.SummaryRow{Label: r.Label, Text: r.Tag.Label})
	}
	return rows
}
