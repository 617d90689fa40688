package application

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// PrintPage is an application on paper, to be read where there is no screen.
type PrintPage struct {
	StatusPage
	Sent    Sent
	Address string // of the application's page, whole, as people type it
}

// facts are what an office asks for first: whose application it is, where it stands, when and where.
func (p PrintPage) facts(ctx context.Context) []components.SummaryRow {
	v := p.Application
	var part sentPart
	part.add(i18n.T(ctx, "application.check.name"), ambient.From(ctx).User.Name)
	part.add(i18n.T(ctx, "application.print.state"), StateTag(ctx, v.Application).Label)
	if v.SubmittedAt != nil {
		part.add(i18n.T(ctx, "application.fact.sent"), i18n.Instant(ctx, *v.SubmittedAt))
	}
	part.add(i18n.T(ctx, "application.print.test"), p.test(ctx))
	if day := v.Offer.Intake.StartsOn; day != nil {
		part.add(i18n.T(ctx, "application.fact.starts"), i18n.DateLong(ctx, *day))
	}
	part.add(i18n.T(ctx, "application.print.place"), p.place())
	in := v.Offer.Institution
	part.add(i18n.T(ctx, "application.fact.institution"), Listed(in.Name, in.Street, p.Sent.regency(deref(in.RegencyCode))))
	part.add(i18n.T(ctx, "application.print.phone"), Listed(in.Phone, in.Email))
	return part.Rows
}

// test says when and where the test is or was: as invited, else as planned.
func (p PrintPage) test(ctx context.Context) string {
	in := p.Application.Offer.Intake
	switch {
	case p.Application.TestAt != nil:
		return Listed(i18n.Instant(ctx, *p.Application.TestAt), p.Application.TestPlace)
	case in.Selection == models.ByTest && in.TestOn != nil:
		return i18n.DateLong(ctx, *in.TestOn)
	}
	return ""
}

// place is where the course is.
func (p PrintPage) place() string {
	o := p.Application.Offer.Programme
	return Listed(o.Place, p.Sent.regency(deref(o.RegencyCode)))
}

// own is what the person said of the application itself: with which certificates, why, and what they declared; why
// they object, or why they left.
func (p PrintPage) own(ctx context.Context) sentPart {
	v := p.Application
	var part sentPart
	part.add(i18n.T(ctx, "application.step.certificates"), certificateLines(ctx, p.StatusPage))
	part.add(i18n.T(ctx, "application.step.motivation"), v.Motivation)
	var said []string
	for _, code := range v.Statements {
		said = append(said, i18n.T(ctx, "application.statement."+code, "Institution", v.Offer.Institution.Name))
	}
	part.add(i18n.T(ctx, "application.check.statements"), strings.Join(said, "\n"))
	if at := v.ContestedAt; at != nil {
		part.add(i18n.T(ctx, "application.print.contest"), i18n.Instant(ctx, *at)+"\n"+v.ContestText)
	}
	if e := ledHere(v); e != nil && v.State == models.Withdrawn {
		why := reasonOf(ctx, p.Reasons, e.ReasonCode, e.Note, e.ActorRole)
		part.add(i18n.T(ctx, "application.print.withdrawn"), i18n.Instant(ctx, e.At)+"\n"+reasonText(why))
	}
	return part
}

// parts are the answers of the profile, which go with every application.
func (p PrintPage) parts(ctx context.Context) []sentPart {
	list := p.Sent.profile(ctx, p.Application)
	var filled []sentPart
	for _, part := range list {
		if len(part.Rows) > 0 {
			filled = append(filled, part)
		}
	}
	return filled
}
