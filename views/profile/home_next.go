package profile

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
	way "naikkelas/views/journey"
)

//i18n:family line.step.* line.step_text.* line.step_link.*

// isNew says that the person has an account and began nothing yet.
func (p HomePage) isNew() bool {
	return p.Line.Untouched() && p.Profile.Profile.Version == 0 && len(p.Applications) == 0 && len(p.Certificates) == 0
}

// who is the person's name, and the country that they have in mind or are in.
func (p HomePage) who(ctx context.Context) string {
	if p.Line.CountryName == "" {
		return p.Profile.User.Name
	}
	return p.Profile.User.Name + " · " + p.Line.CountryName
}

// A beginning is one of the answers to where somebody wants to begin.
type beginning struct{ icon, title, text, href string }

func beginnings(ctx context.Context) []beginning {
	return []beginning{
		{"graduation-cap", i18n.T(ctx, "line.first.skill"), i18n.T(ctx, "line.first.skill_text"), ambient.Href(ctx, urls.Programmes())},
		{"file-text", i18n.T(ctx, "line.first.papers"), i18n.T(ctx, "line.first.papers_text"), ambient.Href(ctx, urls.Readiness())},
		{"life-buoy", i18n.T(ctx, "line.first.help"), i18n.T(ctx, "line.first.help_text"), ambient.Href(ctx, urls.Help())},
	}
}

// elsewhere are the ways onto the line for who is not at its beginning.
func elsewhere(ctx context.Context) []way.Link {
	return []way.Link{
		{Label: i18n.T(ctx, "line.first.away"), Href: ambient.Href(ctx, urls.WithQuery(urls.Departure(), "luar", "1"))},
		{Label: i18n.T(ctx, "line.first.home"), Href: ambient.Href(ctx, urls.Homecoming())},
		{Label: i18n.T(ctx, "line.first.transit"), Href: ambient.Href(ctx, urls.Transit())},
	}
}

// next is the one thing to do. An application or a certificate that waits for its person comes before what the station asks.
func (p HomePage) next(ctx context.Context) way.Next {
	if l, ok := p.application(ambient.From(ctx).Now); ok {
		return p.nextOfApplication(ctx, l)
	}
	early := p.Line.Station.Place() <= journey.StationSkill.Place()
	if early && !p.complete() {
		return way.Next{
			Title: i18n.T(ctx, "profile.home.fill"), Text: i18n.T(ctx, "profile.home.fill_text", "Done", p.done(), "Total", len(p.Sections)),
			Main:  way.Link{Label: i18n.T(ctx, "profile.home.fill_link"), Href: ambient.Href(ctx, urls.Profile())},
			Other: way.Link{Label: i18n.T(ctx, "profile.home.search"), Href: ambient.Href(ctx, urls.Programmes())},
		}.By(ctx, "you").Free(ctx)
	}
	if c, ok := p.certificate(); ok && (early || c.State != models.CertificateDraft) {
		return way.Next{
			Tag: certificate.StateTag(ctx, c), Title: i18n.T(ctx, "profile.home.certificate."+waitsAs(c)),
			Text: i18n.T(ctx, "profile.home.certificate_text."+waitsAs(c)),
			Main: way.Link{Label: i18n.T(ctx, "profile.home.certificate_link"), Href: ambient.Href(ctx, urls.Certificate(c.Ref))},
		}.By(ctx, "officer").Free(ctx)
	}
	if early && p.running(ambient.From(ctx).Now) {
		return p.usual(ctx, way.Next{
			Title: i18n.T(ctx, "profile.home.follow"), Text: i18n.T(ctx, "profile.home.follow_text"),
			Other: way.Link{Label: i18n.T(ctx, "profile.home.all_applications"), Href: ambient.Href(ctx, urls.Applications())},
		}.By(ctx, "officer").Free(ctx))
	}
	return p.nextOfStation(ctx)
}

// nextOfApplication is an application that waits for its seeker, with its deadline where it has one.
func (p HomePage) nextOfApplication(ctx context.Context, l models.ApplicationRow) way.Next {
	n := way.Next{Main: way.Link{Label: i18n.T(ctx, "profile.home.application_link"), Href: ambient.Href(ctx, urls.Application(l.Ref))}}
	if l.Shut(ambient.From(ctx).Now) {
		n.Title, n.Text = i18n.T(ctx, "profile.home.shut"), l.ProgrammeTitle+". "+i18n.T(ctx, "profile.home.shut_text")
		return n
	}
	n.Tag, n.Title = application.StateTag(ctx, l.Application), i18n.T(ctx, "profile.home.application."+string(l.State))
	n.Text = l.ProgrammeTitle + "."
	if t := deadline(l); t != nil {
		n.Before, n.Deadline = i18n.T(ctx, "profile.home.deadline."+string(l.State)), i18n.Instant(ctx, *t)
	}
	by := "officer"
	if l.State == models.Accepted || l.State == models.Invited {
		by = "institution"
	}
	return n.By(ctx, by)
}

// nextOfStation is what the station now asks of somebody for whom nothing waits.
func (p HomePage) nextOfStation(ctx context.Context) way.Next {
	step, to, by := string(p.Line.Station), "", "others"
	other := way.Link{}
	switch p.Line.Station {
	case journey.StationSkill:
		to, by = urls.Programmes(), "institution"
		other = way.Link{Label: i18n.T(ctx, "line.add_certificate"), Href: ambient.Href(ctx, urls.Certificates())}
	case journey.StationReady:
		to = urls.Readiness()
		if p.Line.Plan.Needed > 0 {
			step = "ready_begun"
		}
	case journey.StationAway:
		to = urls.Departure()
	case journey.StationWorking:
		to, by = urls.Departure(), "you"
		other = way.Link{Label: i18n.T(ctx, "line.came_back"), Href: ambient.Href(ctx, urls.Homecoming())}
		if p.Line.WorkingOn != nil {
			step, to = "at_work", urls.Homecoming()
			other = way.Link{Label: i18n.T(ctx, "line.first.help"), Href: ambient.Href(ctx, urls.Help())}
		}
	case journey.StationRise:
		to, by = urls.Homecoming(), "you"
		if p.Line.RiseOn != nil {
			step, to = "risen", urls.Readiness()
		}
	default: // the profile is whole and nobody compared it with the card yet: that comes with an application
		step, to, by = "identity", urls.Programmes(), "officer"
	}
	n := way.Next{
		Title: i18n.T(ctx, "line.step."+step),
		Text:  i18n.T(ctx, "line.step_text."+step, "Done", p.Line.Plan.Done, "Needed", p.Line.Plan.Needed),
		Main:  way.Link{Label: i18n.T(ctx, "line.step_link."+step), Href: ambient.Href(ctx, to)}, Other: other,
	}.By(ctx, by)
	if p.Line.Station.Place() <= journey.StationSkill.Place() {
		n = n.Free(ctx)
	}
	if p.Line.Station == journey.StationReady && p.Need != nil {
		return way.NextNeed(ctx, *p.Need, n)
	}
	if p.Line.RiseOn != nil {
		return n
	}
	return p.usual(ctx, n)
}

// usual adds how long the station takes.
func (p HomePage) usual(ctx context.Context, n way.Next) way.Next {
	n.Usual, n.UsualNote = way.UsualTime(ctx, p.Line.Usual)
	return n
}

// mine is what belongs to the person, and the way to help.
func (p HomePage) mine(ctx context.Context) []components.Row {
	return []components.Row{
		{
			Label: i18n.T(ctx, "profile.overview.title"), Href: ambient.Href(ctx, urls.Profile()),
			Note: i18n.T(ctx, "profile.home.sections", "Done", p.done(), "Total", len(p.Sections)),
		},
		{
			Label: i18n.T(ctx, "profile.home.certificates"), Href: ambient.Href(ctx, urls.Certificates()),
			Note: i18n.T(ctx, "profile.home.certificates_count", "Count", len(p.Certificates)),
		},
		{Label: i18n.T(ctx, "profile.home.files"), Href: ambient.Href(ctx, urls.Uploads())},
		{Label: i18n.T(ctx, "interest.title"), Href: ambient.Href(ctx, urls.Interest())},
		{Label: i18n.T(ctx, "plan.title"), Href: ambient.Href(ctx, urls.Readiness())},
		{Label: i18n.T(ctx, "departure.title"), Href: ambient.Href(ctx, urls.Departure())},
		{Label: i18n.T(ctx, "checkin.title"), Href: ambient.Href(ctx, urls.MyCheckin())},
		{Label: i18n.T(ctx, "homecoming.title"), Href: ambient.Href(ctx, urls.Homecoming())},
		{Label: i18n.T(ctx, "profile.home.account"), Href: ambient.Href(ctx, urls.Account())},
		{Label: i18n.T(ctx, "profile.home.help_link"), Href: ambient.Href(ctx, urls.Help())},
	}
}
