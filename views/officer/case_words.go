package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

//i18n:family case.urgency.* case.door.* case.actor.* case.channel.* case.hours.* case.part.* case.event.* case.outcome.*
//i18n:family case.trafficking.* case.danger.*

func urgencyWord(ctx context.Context, u protection.Urgency) string {
	return i18n.T(ctx, "case.urgency."+string(u))
}

func doorWord(ctx context.Context, d protection.Door) string {
	return i18n.T(ctx, "case.door."+string(d))
}

func channelWord(ctx context.Context, c protection.Channel) string {
	return i18n.T(ctx, "case.channel."+string(c))
}

func traffickingWord(ctx context.Context, code string) string {
	return i18n.T(ctx, "case.trafficking."+code)
}

// urgencyTag shows how urgent a case is; only life is red.
func urgencyTag(ctx context.Context, u protection.Urgency) components.TagProps {
	kind := map[protection.Urgency]components.TagKind{
		protection.UrgencyLife: components.TagRefused, protection.UrgencyUrgent: components.TagFix, protection.UrgencyNormal: components.TagPlain,
	}[u]
	return components.TagProps{Kind: kind, Label: urgencyWord(ctx, u)}
}

// actorWord says who must act, the holder by name.
func actorWord(ctx context.Context, a protection.Actor, lead string) string {
	if a == protection.ActorLead && lead != "" {
		return lead
	}
	if a == protection.ActorNobody {
		return i18n.T(ctx, "case.actor.nobody")
	}
	return i18n.T(ctx, "case.actor."+string(a))
}

func actorOptions(ctx context.Context, lead string) (list []components.Option) {
	for _, a := range []protection.Actor{
		protection.ActorLead, protection.ActorHead, protection.ActorPerson, protection.ActorPartner, protection.ActorExternal,
	} {
		list = append(list, components.Option{Value: string(a), Label: actorWord(ctx, a, lead)})
	}
	return list
}

// hoursWords are the hours at which somebody may be reached.
func hoursWords(ctx context.Context, hours []string) string {
	words := make([]string, len(hours))
	for i, h := range hours {
		words[i] = i18n.T(ctx, "case.hours."+h)
	}
	return strings.Join(words, ", ")
}

// countryWord is the country of a case, or that nobody knows it.
func countryWord(ctx context.Context, name string) string {
	if name == "" {
		return i18n.T(ctx, "case.country_unknown")
	}
	return name
}

// partWord says what somebody is to the case, in their own word where there is one.
func partWord(ctx context.Context, p protection.DeskPerson) string {
	word := i18n.T(ctx, "case.part."+string(p.Part))
	if p.Relation != "" {
		word += ", " + p.Relation
	}
	return word
}

func personName(ctx context.Context, p protection.DeskPerson) string {
	if p.Name != "" {
		return p.Name
	}
	return i18n.T(ctx, "case.unnamed")
}

// eventTitle says what happened.
func eventTitle(ctx context.Context, e protection.DeskEvent) string {
	switch {
	case e.Kind == protection.EventContacted && e.Reached != nil && *e.Reached:
		return i18n.T(ctx, "case.contact_reached", "Channel", i18n.T(ctx, "case.channel."+e.Channel))
	case e.Kind == protection.EventContacted:
		return i18n.T(ctx, "case.contact_missed", "Channel", i18n.T(ctx, "case.channel."+e.Channel))
	case e.Kind == protection.EventClosed, e.Kind == protection.EventAsked:
		return i18n.T(ctx, "case.event."+e.Kind) + ": " + i18n.T(ctx, "case.outcome."+e.Detail)
	case e.Kind == protection.EventHomePlanned:
		return i18n.T(ctx, "case.event."+e.Kind) + ": " + i18n.T(ctx, "case.home.kind."+e.Detail)
	case e.Kind == protection.EventHomeStep:
		step, state, _ := strings.Cut(e.Detail, ":")
		return i18n.T(ctx, "case.home.step."+step) + ": " + i18n.T(ctx, "case.home.state."+state)
	case e.Kind == protection.EventTrafficking:
		return traffickingWord(ctx, e.Detail)
	case e.Kind == protection.EventUrgency:
		from, to, _ := strings.Cut(e.Detail, ":")
		return i18n.T(ctx, "case.urgency_changed", "From", urgencyWord(ctx, protection.Urgency(from)),
			"To", urgencyWord(ctx, protection.Urgency(to)))
	}
	return i18n.T(ctx, "case.event."+e.Kind)
}

// atPlace is the clock where somebody is.
func atPlace(ctx context.Context, at time.Time, zone *time.Location) string {
	if i18n.Of(ctx) == i18n.EN {
		return at.In(zone).Format("15:04")
	}
	return at.In(zone).Format("15.04")
}

// near is an instant as seen from now.
func near(ctx context.Context, at time.Time) string { return i18n.Near(ctx, ambient.From(ctx).Now, at) }
