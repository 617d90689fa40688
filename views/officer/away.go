package officer

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
)

// OverduePage lists the check-ins of which the desk must know.
type OverduePage struct {
	List      []journey.OverdueCheckin
	Countries []models.Country
}

func (p OverduePage) country(ctx context.Context, o journey.OverdueCheckin) string {
	for _, c := range p.Countries {
		if c.Code == o.Country {
			return "(" + c.Name.In(i18n.Of(ctx)) + ")"
		}
	}
	return ""
}

// text says since when nothing was heard, what was done, and when a case will be made.
func (p OverduePage) text(ctx context.Context, o journey.OverdueCheckin) string {
	if o.StuckWhy != "" {
		return i18n.T(ctx, "checkin.stuck."+o.StuckWhy)
	}
	text := []string{i18n.T(ctx, "checkin.overdue.since", "When", i18n.Instant(ctx, o.Since))}
	for _, done := range []struct {
		is  bool
		key string
	}{{o.Missing, "checkin.missing"}, {o.Reminded, "checkin.overdue.reminded"}, {o.Relative, "checkin.overdue.relative"}} {
		if done.is {
			text = append(text, i18n.T(ctx, done.key))
		}
	}
	return strings.Join(append(text, i18n.T(ctx, "checkin.overdue.case", "When", i18n.Instant(ctx, o.CaseAt))), " ")
}

func sourceOptions(ctx context.Context) (list []components.Option) {
	for _, source := range journey.Sources() {
		list = append(list, components.Option{Value: source, Label: i18n.T(ctx, "departure.source."+source)})
	}
	return list
}
