// Package programme holds the words for programmes and intakes that pages of several areas
// show, so that seekers, institutions and officers read the same.
package programme

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
)

// Keys that are put together here from stored codes.
//
//i18n:family programme.window.* programme.funding.* programme.method.* programme.session.* programme.selection.* programme.kind.*

// WindowTag says where an intake stands, which is w, with the instant that matters next, as seen at now.
func WindowTag(ctx context.Context, in models.Intake, w models.Window, now time.Time) components.TagProps {
	switch {
	case w == models.Open && in.ClosesAt != nil:
		return components.TagProps{Kind: components.TagOpen, Label: i18n.T(ctx, "programme.until", "When", day(ctx, now, *in.ClosesAt))}
	case w == models.NotYetOpen && in.OpensAt != nil:
		return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "programme.opens", "When", day(ctx, now, *in.OpensAt))}
	case w == models.Running:
		return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "programme.window.running")}
	}
	return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "programme.window."+string(w))}
}

// NextIntakeTag says where a programme's next intake stands.
func NextIntakeTag(ctx context.Context, l models.ProgrammeRow) components.TagProps {
	if l.OpensAt == nil {
		return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "programme.no_intake")}
	}
	in := models.Intake{State: models.IntakePublished, OpensAt: l.OpensAt, ClosesAt: l.ClosesAt}
	return WindowTag(ctx, in, in.Window(l.SeenAt), l.SeenAt) // the catalogue lists only what takes applications
}

// day names a near day with its time, any other by its date.
func day(ctx context.Context, now, at time.Time) string {
	if i18n.IsNear(now, at) {
		return i18n.Near(ctx, now, at)
	}
	return i18n.DayShort(ctx, at)
}

// Cost says what a participant pays: the sum, or that it is free and who pays.
func Cost(ctx context.Context, total int64, funding string) string {
	if total > 0 {
		return i18n.Rupiah(ctx, total)
	}
	switch funding {
	case "":
		return Unsaid(ctx) // nobody said yet that it costs nothing
	case models.FundingSelfPaid:
		return i18n.T(ctx, "programme.free")
	}
	return i18n.T(ctx, "programme.free_by", "Who", i18n.T(ctx, "programme.funding."+funding+".short"))
}

// Funding says in full where the money comes from.
func Funding(ctx context.Context, code string) string {
	return i18n.T(ctx, "programme.funding."+code)
}

// Unsaid stands where an institution has filled nothing in yet.
func Unsaid(ctx context.Context) string { return i18n.T(ctx, "programme.unsaid") }

// Length says how long a programme is: lesson hours and days, as far as they are known (0 for not).
func Length(ctx context.Context, hours, days int) string {
	switch {
	case hours == 0 && days == 0:
		return Unsaid(ctx)
	case hours == 0:
		return i18n.T(ctx, "unit.days", "Count", days)
	case days == 0:
		return i18n.T(ctx, "programme.hours", "Hours", i18n.Number(ctx, hours))
	}
	return i18n.T(ctx, "programme.length", "Hours", i18n.Number(ctx, hours), "Days", i18n.T(ctx, "unit.days", "Count", days))
}

// Outcome says in one line which papers a programme leads to.
func Outcome(ctx context.Context, training, bnsp bool) string {
	switch {
	case training && bnsp:
		return i18n.T(ctx, "programme.outcome.both")
	case bnsp:
		return i18n.T(ctx, "programme.outcome.bnsp")
	case training:
		return i18n.T(ctx, "programme.outcome.training")
	}
	return i18n.T(ctx, "programme.outcome.none")
}

// Method says where lessons take place.
func Method(ctx context.Context, code string) string {
	return i18n.T(ctx, "programme.method."+code)
}

// IntakeName names an intake by its number and, where there are several, its time of day.
func IntakeName(ctx context.Context, in models.Intake) string {
	name := i18n.T(ctx, "programme.intake", "N", in.Number)
	if in.Session != "" {
		name += ", " + i18n.T(ctx, "programme.session."+in.Session)
	}
	return name
}

// Selection says how seats are given.
func Selection(ctx context.Context, s models.Selection) string {
	return i18n.T(ctx, "programme.selection."+string(s))
}

// Kind says what sort of institution it is.
func Kind(ctx context.Context, code string) string {
	return i18n.T(ctx, "programme.kind."+code)
}
