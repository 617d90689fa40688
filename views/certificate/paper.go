package certificate

import (
	"context"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// PaperFacts are what stands on the paper of a passed course beside name and programme.
func PaperFacts(ctx context.Context, c models.CourseCertificate) []components.Fact {
	dates := i18n.T(ctx, "paper.dates_text", "Start", i18n.Date(ctx, *c.StartsOn), "End", i18n.Date(ctx, *c.EndsOn))
	hours := i18n.T(ctx, "paper.hours_text", "Hours", strconv.Itoa(c.HoursJP), "Minutes", strconv.Itoa(c.MinutesPerJP))
	facts := []components.Fact{
		{Label: i18n.T(ctx, "paper.number"), Text: c.Ref},
		{Label: i18n.T(ctx, "paper.issued_on"), Text: i18n.Date(ctx, c.IssuedAt)},
		{Label: i18n.T(ctx, "paper.dates"), Text: dates},
		{Label: i18n.T(ctx, "paper.hours"), Text: hours},
		{Label: i18n.T(ctx, "paper.institution"), Text: c.InstitutionName},
	}
	if c.InstitutionLicence != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "paper.licence"), Text: c.InstitutionLicence})
	}
	return facts
}

//i18n:family paper.state.* paper.standing.*

// PaperStanding says whether a paper holds, since when, and which other one took its place.
func PaperStanding(ctx context.Context, c models.CourseCertificate) string {
	return i18n.T(ctx, "paper.standing."+string(c.State), "When", i18n.Date(ctx, c.Since()), "Number", c.ReplacedBy)
}

// PaperTag is where a paper stands.
func PaperTag(ctx context.Context, c models.CourseCertificate) components.TagProps {
	kind := components.TagOpen
	if !c.Valid() {
		kind = components.TagRefused
	}
	since := c.Since()
	return components.TagProps{Kind: kind, Label: i18n.T(ctx, "paper.state."+string(c.State)), When: components.Since(ctx, &since)}
}

// paperFacts are those of a paper in its person's library, with why it holds no more.
func paperFacts(ctx context.Context, c models.CourseCertificate) []components.Fact {
	facts := PaperFacts(ctx, c)
	if c.Valid() {
		return facts
	}
	return append(facts,
		components.Fact{Label: i18n.T(ctx, "paper.standing"), Text: PaperStanding(ctx, c)},
		components.Fact{Label: i18n.T(ctx, "paper.reason"), Text: c.EndReason})
}

// lookedUp is the address at which anybody looks a paper up, empty for one that nobody can.
func (p ListPage) lookedUp(ctx context.Context, c models.CourseCertificate) string {
	if path := p.Links[c.Ref]; path != "" {
		return ambient.Href(ctx, path)
	}
	return ""
}
