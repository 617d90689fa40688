package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// OverduePage lists the check-ins of which the desk must know.
type OverduePage struct {
	List      []journey.OverdueCheckin
	Longest   bool // who has been silent longest stands first, else whose case comes first
	Countries []models.Country
}

// An order is a way to sort the list.
type order struct {
	label, href string
	now         bool
}

func (p OverduePage) orders(ctx context.Context) []order {
	return []order{
		{i18n.T(ctx, "checkin.overdue.by_case"), ambient.Href(ctx, urls.OverdueCheckins()), !p.Longest},
		{i18n.T(ctx, "checkin.overdue.by_silence"), ambient.Href(ctx, urls.WithQuery(urls.OverdueCheckins(), "urut", "lama")), p.Longest},
	}
}

// late is for how many whole days nothing was heard of somebody who was asked.
func (p OverduePage) late(ctx context.Context, o journey.OverdueCheckin) int {
	if o.StuckWhy != "" {
		return 0
	}
	return int(ambient.From(ctx).Now.Sub(o.Since) / (24 * time.Hour))
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
