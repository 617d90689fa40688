package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
)

//i18n:family officer.desk.* officer.act.*

// DecisionCheckPage is what an officer looks at before a decision is made: what the person will read, and when.
type DecisionCheckPage struct {
	File    ApplicationPage
	Preview models.DecisionPreview
}

// reads is the application as its person will see it.
func reads(p ApplicationPage, v models.ApplicationView) application.StatusPage {
	types := map[string]models.CertificateType{}
	for _, c := range p.Application.Views {
		types[c.TypeCode] = c.Type
	}
	return application.StatusPage{Application: v, Reasons: p.Texts, Types: types}
}

// announcedAt says when a decision becomes known: the hour, with the day where it is another one.
func announcedAt(ctx context.Context, at time.Time) string {
	if record.DayOf(at) != record.DayOf(ambient.From(ctx).Now) {
		return i18n.Instant(ctx, at)
	}
	return i18n.T(ctx, "officer.announce.at", "Clock", i18n.Clock(ctx, at))
}

// hidden are the fields of the decision that is looked at, for the form that makes it.
func (f DecisionForm) hidden() (list [][2]string) {
	add := func(name, value string) {
		if value != "" {
			list = append(list, [2]string{name, value})
		}
	}
	add("outcome", f.Outcome)
	add("reason", f.Reason)
	add("text", f.Text)
	add("without", f.Without)
	add("despite", f.Despite)
	add("fix_by.day", f.FixBy.Day)
	add("fix_by.month", f.FixBy.Month)
	add("fix_by.year", f.FixBy.Year)
	for i, row := range f.Fixes {
		add(fixName(i, "target"), row.Target)
		add(fixName(i, "reason"), row.Reason)
		add(fixName(i, "note"), row.Note)
	}
	return list
}

// touches says whom the decision concerns beside the person.
func (p DecisionCheckPage) touches(ctx context.Context) string {
	switch p.Preview.State {
	case models.Accepted:
		return i18n.T(ctx, "officer.announce.touches_seat")
	case models.Reserve:
		return i18n.T(ctx, "officer.announce.touches_reserve")
	case models.Verified:
		return i18n.T(ctx, "officer.announce.touches_institution")
	}
	return i18n.T(ctx, "officer.announce.touches_one")
}

// deskEvents is the desk's own history of a file, as a timeline.
func deskEvents(ctx context.Context, list []models.DeskEvent, texts map[string]models.ReasonCode) []components.Event {
	now := ambient.From(ctx).Now
	events := make([]components.Event, len(list))
	for i, e := range list {
		who := e.ActorName
		if who == "" {
			who = i18n.T(ctx, "application.role.system")
		}
		events[i] = components.Event{
			Title: i18n.T(ctx, "officer.desk."+e.What), Text: deskNote(ctx, e, texts),
			When: i18n.Near(ctx, now, e.At) + " · " + who, ISO: e.At.Format(time.RFC3339),
		}
	}
	return events
}

func deskNote(ctx context.Context, e models.DeskEvent, texts map[string]models.ReasonCode) string {
	switch e.What {
	case models.DeskDecided, models.DeskRecalled:
		act, why, given := strings.Cut(e.Note, "\n")
		text := i18n.T(ctx, "officer.act."+act)
		if given {
			text += ": " + why
		}
		return text
	case models.DeskAgreed, models.DeskSame, models.DeskOther:
		_, why, _ := strings.Cut(e.Note, "\n")
		return why
	case models.DeskAsked:
		return texts[e.Note].Text.In(i18n.Of(ctx))
	case models.DeskVoid:
		return i18n.T(ctx, e.Note)
	}
	return e.Note
}
