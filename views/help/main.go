package help

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

// MainPage is the help page of the whole portal: numbers, doors, places. Chosen is the country that somebody is in, nil
// where they chose none.
type MainPage struct {
	Chosen    *models.CountryContacts
	Countries []models.Country // with a mission, to choose from
	Hotlines  []models.Hotline
	Places    []models.Office
}

// Params are the names of the query that the page knows.
func Params() []string { return []string{"negara"} }

// mostCalls is how many numbers are large buttons where no country is chosen, mostPlaces how many places stand on the
// first page.
const (
	mostCalls  = 4
	mostPlaces = 2
)

// country is the code of the chosen country, empty for none.
func (p MainPage) country() string {
	if p.Chosen == nil {
		return ""
	}
	return p.Chosen.Country.Code
}

// calls are the numbers to call now.
func (p MainPage) calls(ctx context.Context) []call {
	if p.Chosen == nil {
		var calls []call
		for _, h := range first(p.Hotlines, mostCalls) {
			calls = append(calls, hotlineCall(ctx, h))
		}
		return calls
	}
	calls := missionCalls(ctx, p.Chosen.Missions)
	for _, h := range fromAbroad(p.Hotlines) {
		calls = append(calls, hotlineCall(ctx, h))
	}
	return calls
}

// others are the numbers that are no large button above.
func (p MainPage) others(ctx context.Context) []call {
	shown := map[string]bool{}
	for _, c := range p.calls(ctx) {
		shown[c.href] = true
	}
	var calls []call
	for _, h := range p.Hotlines {
		if c := hotlineCall(ctx, h); !shown[c.href] {
			calls = append(calls, c)
		}
	}
	return calls
}

// being says that the numbers of the mission in the chosen country are being checked.
func (p MainPage) being() bool { return p.Chosen != nil && len(p.Chosen.Missions) == 0 }

// A way in is one of the four doors to the form.
type wayIn struct{ icon, title, text, href string }

func (p MainPage) doors(ctx context.Context) []wayIn {
	in := func(door string) string { return ambient.Href(ctx, urls.HelpWriteIn(door, p.country())) }
	return []wayIn{
		{"globe", i18n.T(ctx, "door.way.abroad"), "", in(Abroad)},
		{"users", i18n.T(ctx, "door.way.family"), "", in(Family)},
		{"house", i18n.T(ctx, "door.way.returning"), "", in(Returning)},
		{"map-pin", i18n.T(ctx, "door.way.nearby"), i18n.T(ctx, "door.way.nearby_text"), in(Nearby)},
	}
}
