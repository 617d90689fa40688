package help

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

//i18n:family case.home.own.*

// homeTitle says in the first line what the page of a plan is: that they are home, that they will be, or what comes after a
// death.
func homeTitle(ctx context.Context, h protection.OwnHome) string {
	switch {
	case h.Kind == protection.ReturnDeath:
		return i18n.T(ctx, "case.home.own.death")
	case h.Arrived && h.Mine:
		return i18n.T(ctx, "case.home.own.back")
	case h.Mine:
		return i18n.T(ctx, "case.home.own.plan")
	}
	return i18n.T(ctx, "case.home.own.plan_of")
}

// homeWords are what is known of a step: paper, flight, when, where, who, and who said so.
func homeWords(ctx context.Context, step protection.HomeStep) string {
	var words []string
	add := func(text string) {
		if text != "" {
			words = append(words, text)
		}
	}
	if step.Choice != "" {
		add(i18n.T(ctx, "case.home.choice."+step.Choice))
	}
	add(step.Number)
	if step.At != nil {
		add(instant(ctx, *step.At))
	}
	add(step.Place)
	add(step.Who)
	return strings.Join(words, " · ")
}

// homeSource says of which day a word on a step is, and whose.
func homeSource(ctx context.Context, step protection.HomeStep) string {
	if step.SaidOn == nil {
		return ""
	}
	day := i18n.Date(ctx, record.DateDay(*step.SaidOn).Start())
	if step.Source == "" {
		return day
	}
	return day + " · " + i18n.T(ctx, "case.home.source_is", "Source", step.Source)
}

// homeMark is the class of a step: done, now, or not yet.
func homeMark(step protection.HomeStep) string {
	switch step.State {
	case protection.StepDone, "fit", "fit_escorted", "accepted", protection.StepDeclined:
		return "done"
	case protection.StepNeeded:
		return ""
	}
	return "due"
}

// homeNext are the next steps of who is back, or of a family after a death, as the endings of their keys.
func homeNext(h protection.OwnHome) []string {
	switch {
	case h.Kind == protection.ReturnDeath:
		return []string{"death_body", "death_papers", "death_insurance", "death_rights", "death_ask"}
	case h.Arrived && h.Mine:
		return []string{"next_wages", "next_care", "next_insurance", "next_work", "next_ask"}
	}
	return nil
}
