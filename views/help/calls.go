// Package help holds the pages for people in trouble and those around them.
package help

import (
	"context"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record/dated"
	"naikkelas/views/public"
)

// A call is a number as a large button: who answers there, and one plain line about it.
type call struct {
	icon, href  string
	who, number string
	note        string
	checked     string // when somebody made sure of it
}

// The ways to reach a number.
const (
	byPhone    = "phone"
	byWhatsApp = "message-circle"
)

// numberCall is a number with its country that is called or written to.
func numberCall(way, number, who string) call {
	plain := dated.PlainNumber(number)
	href := "tel:" + plain
	if way == byWhatsApp {
		href = "https://wa.me/" + strings.TrimPrefix(plain, "+")
	}
	return call{icon: way, href: href, who: who, number: number}
}

// hotlineCall is one of the numbers that officers keep for everybody.
func hotlineCall(ctx context.Context, h models.Hotline) call {
	return call{
		icon: public.HotlineIcon(h), href: public.HotlineAddress(h), who: h.Name.In(i18n.Of(ctx)), number: public.HotlineNumber(h),
		note: h.Note.In(i18n.Of(ctx)), checked: public.Checked(ctx, h),
	}
}

// foreignMinistry is how the codes of the foreign ministry's numbers begin: whoever is abroad without a mission's
// number calls there first.
const foreignMinistry = "KEMLU"

// fromAbroad are the numbers that can be called from any country, the foreign ministry's first.
func fromAbroad(list []models.Hotline) []models.Hotline {
	calls := slices.Clone(public.AbroadCalls(list))
	slices.SortStableFunc(calls, func(a, b models.Hotline) int { return rank(a) - rank(b) })
	return calls
}

func rank(h models.Hotline) int {
	if strings.HasPrefix(h.Code, foreignMinistry) {
		return 0
	}
	return 1
}

// missionCalls are the numbers of a country's missions: both ways of the only one, or the surest of each of several.
func missionCalls(ctx context.Context, missions []models.Mission) []call {
	var calls []call
	for _, m := range missions {
		own := callsOf(ctx, m)
		if len(missions) > 1 && len(own) > 1 {
			own = own[:1]
		}
		calls = append(calls, own...)
	}
	return calls
}

// callsOf are a mission's first number of each kind: at any hour, in writing, and of the office where there is no other.
func callsOf(ctx context.Context, m models.Mission) []call {
	var calls []call
	add := func(way, text, note string) {
		if numbers := models.MissionNumbers(text); len(numbers) > 0 {
			c := numberCall(way, numbers[0], m.Name)
			c.note, c.checked = strings.Join(compact(note, m.Note.In(i18n.Of(ctx))), " "), public.CheckedIn(ctx, m.CheckedOn)
			calls = append(calls, c)
		}
	}
	add(byPhone, m.Emergency, i18n.T(ctx, "door.call.any_hour"))
	add(byWhatsApp, m.WhatsApp, i18n.T(ctx, "door.call.write"))
	if len(calls) == 0 {
		add(byPhone, m.Phone, i18n.T(ctx, "door.call.office"))
	}
	return calls
}

// compact leaves out what says nothing.
func compact(texts ...string) []string {
	return slices.DeleteFunc(texts, func(text string) bool { return text == "" })
}

// first are at most so many.
func first[T any](list []T, most int) []T { return list[:min(most, len(list))] }
