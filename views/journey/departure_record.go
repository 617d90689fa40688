package journey

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/journey"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// facts are what is known of a part, and unknown the names of what is not.
func (p DeparturePage) facts(ctx context.Context, part string) (known []components.Fact, unknown []string) {
	f := DepartureFormOf(p.Open)
	texts := map[string]string{
		"city": f.City, "flight": f.Flight, "job": f.Job, "employer": f.Employer, "agency": f.Agency, "address": f.Address,
		"promised": f.Promised, "contacts": f.Contacts, "hours_a_day": f.HoursADay, "days_off": f.DaysOff,
		"country": countryName(ctx, p.Countries, f.Country), "leaves_on": dayIn(ctx, p.Open.LeavesOn), "left_on": dayIn(ctx, p.Open.LeftOn),
		"works_from": dayIn(ctx, p.Open.WorksFrom), "contract_from": dayIn(ctx, p.Open.ContractFrom),
		"contract_to": dayIn(ctx, p.Open.ContractTo),
		"visa_until":  dayIn(ctx, p.Open.VisaUntil), "passport_until": dayIn(ctx, p.Open.PassportUntil),
		"wage": strings.TrimSpace(f.WageCurrency + " " + f.Wage),
	}
	if f.Route != "" {
		texts["route"] = i18n.T(ctx, "departure.route."+f.Route)
	}
	if f.VisaKind != "" {
		texts["visa_kind"] = i18n.T(ctx, "departure.visa."+f.VisaKind)
	}
	for _, name := range fieldsOf[part] {
		if name == "wage_currency" || name == "leaves_on" && texts[name] == "" && p.Open.Gone() {
			continue
		}
		label := i18n.T(ctx, "departure.field."+name)
		if texts[name] == "" {
			unknown = append(unknown, label)
			continue
		}
		known = append(known, components.Fact{Label: label, Text: texts[name]})
	}
	return known, unknown
}

// partView is a part of a record: what is known of it, and what is not.
type partView struct {
	part    string
	known   []components.Fact
	unknown []string
}

func (p DeparturePage) parts(ctx context.Context) (list []partView) {
	for _, part := range Parts() {
		known, unknown := p.facts(ctx, part)
		list = append(list, partView{part, known, unknown})
	}
	return list
}

// known is all that is known of a departure that is open beside the one that is shown.
func (p DeparturePage) known(ctx context.Context, other journey.OpenDeparture) (list []components.Fact) {
	p.Open = other
	for _, v := range p.parts(ctx) {
		list = append(list, v.known...)
	}
	return list
}

// main is the one thing to do next: the first part of which nothing is known, then check-ins, where the person keeps none.
func (p DeparturePage) main(ctx context.Context) Link {
	for _, v := range p.parts(ctx) {
		if len(v.known) == 0 {
			label := i18n.T(ctx, "departure.fill", "Part", i18n.T(ctx, "departure.part."+v.part))
			return Link{Label: label, Href: ambient.Href(ctx, p.part(v.part))}
		}
	}
	if p.OfficerOf == "" && p.Checkin == journey.CheckinOff {
		return Link{Label: i18n.T(ctx, "checkin.set"), Href: ambient.Href(ctx, urls.MyCheckinSet())}
	}
	return Link{}
}

// joinedText says that a joined account has a part in what is shown.
func (p DeparturePage) joinedText(ctx context.Context) string {
	if p.OfficerOf != "" {
		return i18n.T(ctx, "departure.joined_theirs")
	}
	return i18n.T(ctx, "departure.joined")
}

// checkinText says how the check-in of the reader stands.
func (p DeparturePage) checkinText(ctx context.Context) string {
	switch p.Checkin {
	case journey.CheckinOff:
		return i18n.T(ctx, "departure.checkin_off")
	case journey.CheckinOn:
		return i18n.T(ctx, "checkin.short")
	}
	return i18n.T(ctx, "checkin.state."+p.Checkin)
}
