package public

import (
	"context"
	"strings"
	"time"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/programme"
)

// ProgrammePage is one programme with all that a person must know before they apply. Preview
// is set when staff look at a draft: then nothing can be applied for.
type ProgrammePage struct {
	models.ProgrammeDetail
	Preview bool
}

// value is what a pointer holds, the zero value for none: drafts leave fields open.
func value[T any](p *T) T {
	if p == nil {
		var zero T
		return zero
	}
	return *p
}

func (p ProgrammePage) crumbs(ctx context.Context) []components.Crumb {
	crumbs := []components.Crumb{{Label: i18n.T(ctx, "public.catalogue.title"), Href: ambient.Href(ctx, urls.Programmes())}}
	if p.Sector.Code != "" {
		crumbs = append(crumbs, components.Crumb{Label: p.Sector.Name.In(i18n.Of(ctx)), Href: inSector(p.Sector.Code).href(ctx)})
	}
	return append(crumbs, components.Crumb{Label: p.Programme.Title})
}

func (p ProgrammePage) city() string {
	if p.Regency == nil {
		return ""
	}
	return city(p.Regency.Name)
}

// costSaid says whether the institution has said what the programme costs: who pays, and, where that is the
// participant, at least one line, be it of nothing.
func (p ProgrammePage) costSaid() bool {
	return p.Programme.Funding != nil && (*p.Programme.Funding != models.FundingSelfPaid || len(p.Costs) > 0) ||
		p.Programme.CostTotal > 0
}

func (p ProgrammePage) cost(ctx context.Context) string {
	if !p.costSaid() {
		return programme.Unsaid(ctx)
	}
	return programme.Cost(ctx, p.Programme.CostTotal, fundingOf(p))
}

func (p ProgrammePage) facts(ctx context.Context) []components.Fact {
	pr := p.Programme
	facts := []components.Fact{
		{Label: i18n.T(ctx, "public.fact.cost"), Text: p.cost(ctx)},
		{Label: i18n.T(ctx, "public.fact.length"), Text: programme.Length(ctx, value(pr.HoursJP), value(pr.Days))},
		{Label: i18n.T(ctx, "public.fact.outcome"), Text: programme.Outcome(ctx, pr.OutcomeTraining, pr.OutcomeBNSP)},
	}
	if pr.Method != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.fact.method"), Text: programme.Method(ctx, *pr.Method)})
	}
	if pr.Place != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.fact.place"), Text: pr.Place})
	}
	if pr.MobileUnit {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.fact.mobile"), Text: i18n.T(ctx, "components.yes")})
	}
	if c := p.city(); c != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.fact.city"), Text: c})
	}
	if p.Occupation != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.fact.occupation"), Text: p.Occupation.Name.In(i18n.Of(ctx))})
	}
	if pr.KKNILevel != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.fact.kkni"), Text: i18n.Number(ctx, *pr.KKNILevel)})
	}
	return facts
}

// mapLink is where the street is looked up on a map, empty without a street. Whoever presses it goes there; no page of ours
// asks it for anything.
func (p ProgrammePage) mapLink() templ.SafeURL {
	if p.Programme.Address == "" {
		return ""
	}
	where := strings.TrimSuffix(p.Programme.Address+", "+p.city(), ", ")
	return templ.SafeURL(urls.WithQuery("https://www.openstreetmap.org/search", "query", where))
}

// hours explains lesson hours in minutes and in hours of a clock.
func (p ProgrammePage) hours(ctx context.Context) string {
	minutes := p.Programme.MinutesPerJP
	return i18n.T(ctx, "public.programme.hours", "Minutes", minutes, "Clock", i18n.Number(ctx, value(p.Programme.HoursJP)*minutes/60))
}

// requirements are the conditions in whole sentences; the institution's own follow them.
func (p ProgrammePage) requirements(ctx context.Context) []string {
	pr := p.Programme
	var list []string
	switch {
	case pr.AgeMin != nil && pr.AgeMax != nil:
		list = append(list, i18n.T(ctx, "public.require.age_between", "Min", *pr.AgeMin, "Max", *pr.AgeMax))
	case pr.AgeMin != nil:
		list = append(list, i18n.T(ctx, "public.require.age_min", "Min", *pr.AgeMin))
	}
	if p.Education.Rank > 0 {
		list = append(list, i18n.T(ctx, "public.require.education", "Level", p.Education.Name.In(i18n.Of(ctx))))
	} else {
		list = append(list, i18n.T(ctx, "public.require.no_education"))
	}
	if pr.RequiresDKI {
		list = append(list, i18n.T(ctx, "public.require.resident"))
	} else {
		list = append(list, i18n.T(ctx, "public.require.anywhere"))
	}
	for _, c := range p.Certificates {
		list = append(list, i18n.T(ctx, "public.require.certificate", "Name", c.Name.In(i18n.Of(ctx))))
	}
	return list
}

// sortedIntakes are the intakes as people look for them: those that take or will take
// applications by their closing, then the others, newest first.
func (p ProgrammePage) sortedIntakes(now time.Time) (coming, past []models.PublicIntake) {
	for _, in := range p.Intakes {
		if w := p.window(in, now); w == models.Open || w == models.NotYetOpen {
			coming = append([]models.PublicIntake{in}, coming...)
		} else {
			past = append(past, in)
		}
	}
	return coming, past
}

// window is where an intake stands; a preview shows how it will be.
func (p ProgrammePage) window(in models.PublicIntake, now time.Time) models.Window {
	if p.Preview {
		return in.Window(now)
	}
	return p.Window(in.Intake, now)
}

// loudness fills the button of the intake that closes first; a page has one filled button.
func (p ProgrammePage) loudness(in models.PublicIntake, now time.Time) components.ButtonKind {
	coming, _ := p.sortedIntakes(now)
	for _, first := range coming {
		if p.Takes(first.Intake, now) && first.Ref != in.Ref {
			return components.Line
		} else if first.Ref == in.Ref {
			break
		}
	}
	return components.Primary
}

func intakeFacts(ctx context.Context, in models.PublicIntake) []components.Fact {
	var facts []components.Fact
	date := func(key string, at *time.Time) {
		if at != nil {
			facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: i18n.DateLong(ctx, *at)})
		}
	}
	if in.OpensAt != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.intake.opens"), Text: i18n.Instant(ctx, *in.OpensAt)})
	}
	if in.ClosesAt != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.intake.closes"), Text: i18n.Instant(ctx, *in.ClosesAt)})
	}
	date("public.intake.test", in.TestOn)
	date("public.intake.announce", in.AnnounceOn)
	date("public.intake.starts", in.StartsOn)
	date("public.intake.ends", in.EndsOn)
	if rule := in.AbsenceRule(ctx); rule != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "intake.absence_label"), Text: rule})
	}
	if class := in.Class(ctx); class != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.intake.class"), Text: class})
	}
	facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.fact.seats"), Text: seats(ctx, in)})
	return append(facts, components.Fact{Label: i18n.T(ctx, "public.intake.selection"), Text: programme.Selection(ctx, in.Selection)})
}

// seats says how many there are and, where the first to come get them, how many are left.
func seats(ctx context.Context, in models.PublicIntake) string {
	text := i18n.T(ctx, "public.intake.seats", "Count", in.Quota)
	if in.ReserveSeats > 0 {
		text += i18n.T(ctx, "public.intake.reserve", "Count", in.ReserveSeats)
	}
	if in.Selection == models.ByFirstCome {
		if in.SeatsLeft() == 0 {
			return text + ". " + i18n.T(ctx, "public.intake.full")
		}
		return text + ". " + i18n.T(ctx, "unit.seats_left", "Count", in.SeatsLeft())
	}
	return text
}

// fundingText says who pays, nothing while that is open.
func (p ProgrammePage) fundingText(ctx context.Context) string {
	if p.Programme.Funding == nil {
		return ""
	}
	return programme.Funding(ctx, *p.Programme.Funding)
}

// fundingOf is the code of who pays; a draft that leaves it open is shown as paid by the participant.
func fundingOf(p ProgrammePage) string {
	if p.Programme.Funding == nil {
		return models.FundingSelfPaid
	}
	return *p.Programme.Funding
}
