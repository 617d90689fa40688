package journey

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models/journey"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family licence.kind.* licence.state.*

// hitKind is how strongly a name on a list stands out: never as good news.
func hitKind(ctx context.Context, h journey.LicenceHit) components.NoticeKind {
	switch {
	case !h.Same:
		return components.NoticeInfo
	case h.State == "revoked", h.State == "suspended", h.State == "ended", h.Over(record.DayOf(ambient.From(ctx).Now)):
		return components.NoticeAlarm
	}
	return components.NoticeInfo
}

// hitText is what the list says of the licence.
func hitText(ctx context.Context, h journey.LicenceHit) string {
	text := i18n.T(ctx, "licence.state."+h.State)
	if h.State == "other" {
		text = i18n.T(ctx, "licence.as_written", "Text", h.StateSaid)
	}
	switch {
	case h.ValidUntil != nil && h.Over(record.DayOf(ambient.From(ctx).Now)):
		text += " " + i18n.T(ctx, "licence.over", "Day", i18n.Date(ctx, *h.ValidUntil))
	case h.ValidUntil != nil:
		text += " " + i18n.T(ctx, "licence.until", "Day", i18n.Date(ctx, *h.ValidUntil))
	case h.ValidSaid != "":
		text += " " + i18n.T(ctx, "licence.until", "Day", h.ValidSaid)
	}
	if h.Number != "" {
		text += " " + i18n.T(ctx, "licence.number", "Number", h.Number)
	}
	return text
}

// day is the day of the list on which somebody stands.
func listDay(ctx context.Context, a journey.LicenceAnswer, h journey.LicenceHit) string {
	for _, l := range a.Lists {
		if l.ID == h.ListID {
			kind := i18n.T(ctx, "licence.kind."+l.Kind)
			return i18n.T(ctx, "licence.from_list", "Kind", kind, "Day", i18n.Date(ctx, l.ListedOn), "Source", l.Source)
		}
	}
	return ""
}

// same says whether the very name stands on a list.
func same(a journey.LicenceAnswer) bool { return len(a.Hits) > 0 && a.Hits[0].Same }
