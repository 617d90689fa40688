package public

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/programme"
)

// city is the short name of a city or regency: Jakarta Timur.
func city(name string) string {
	for _, kind := range []string{"Kota Administrasi ", "Kabupaten Administrasi "} {
		name = strings.TrimPrefix(name, kind)
	}
	return name
}

// programmePlace names the institution and, unless its name says it already, the city.
func programmePlace(l models.ProgrammeRow) string {
	place := city(l.RegencyName)
	if place == "" || strings.Contains(l.InstitutionName, place) {
		return l.InstitutionName
	}
	return l.InstitutionName + " · " + place
}

func programmeCard(ctx context.Context, l models.ProgrammeRow, level int) components.CardProps {
	card := components.CardProps{
		Title: l.Title, Lang: institutional(ctx), Level: level, Href: ambient.Href(ctx, urls.Programme(l.Ref)),
		Note: programmePlace(l), Tag: programme.NextIntakeTag(ctx, l),
		Facts: []components.Fact{
			{Label: i18n.T(ctx, "public.fact.length"), Text: programme.Length(ctx, l.HoursJP, l.Days)},
			{Label: i18n.T(ctx, "public.fact.cost"), Text: programme.Cost(ctx, l.CostTotal, l.Funding)},
		},
	}
	if l.Quota != nil {
		card.Facts = append(card.Facts, components.Fact{Label: i18n.T(ctx, "public.fact.seats"), Text: i18n.Number(ctx, *l.Quota)})
	} else {
		card.Facts = append(card.Facts, components.Fact{Label: i18n.T(ctx, "public.fact.method"), Text: programme.Method(ctx, l.Method)})
	}
	outcome := programme.Outcome(ctx, l.OutcomeTraining, l.OutcomeBNSP)
	card.Facts = append(card.Facts, components.Fact{Label: i18n.T(ctx, "public.fact.outcome"), Text: outcome})
	return card
}

// institutional marks a text that an institution wrote, in Indonesian whatever the reader's
// language.
func institutional(ctx context.Context) string {
	if i18n.Of(ctx) == i18n.EN {
		return string(i18n.ID)
	}
	return ""
}

// lines splits a text that holds one thing a line.
func lines(text string) []string {
	var list []string
	for line := range strings.Lines(text) {
		if line = strings.TrimSpace(line); line != "" {
			list = append(list, line)
		}
	}
	return list
}
