package officer

import (
	"context"
	"net/url"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
	way "naikkelas/views/journey"
)

// LinesForm is what the list of people by station shows, as it stands in the address.
type LinesForm struct {
	Station journey.Station
	Country string
	After   string
}

// ReadLinesForm reads an address; without a station it is the one before which most people are: the identity.
func ReadLinesForm(v url.Values) LinesForm {
	f := LinesForm{Station: journey.Station(v.Get("stasiun")), Country: v.Get("negara"), After: v.Get("sesudah")}
	if f.Station.Place() == 0 {
		f.Station = journey.StationIdentity
	}
	return f
}

func (f LinesForm) path(after string) string {
	return urls.WithQuery(urls.OfficerLines(), "stasiun", string(f.Station), "negara", f.Country, "sesudah", after)
}

// LinesPage is the officers' list of people by station.
type LinesPage struct {
	Form      LinesForm
	Page      journey.LinePage
	Counts    []journey.StationCount
	Countries []models.Country
}

// people counts those at a station, of the country that is chosen.
func (p LinesPage) people(s journey.Station) (n int) {
	for _, c := range p.Counts {
		if c.Station == s && (p.Form.Country == "" || c.Country == p.Form.Country) {
			n += c.People
		}
	}
	return n
}

// stations are the choices, each with its count.
func (p LinesPage) stations(ctx context.Context) []components.Option {
	var options []components.Option
	for _, s := range journey.Stations {
		label := way.StationName(ctx, s) + " (" + i18n.Number(ctx, p.people(s)) + ")"
		options = append(options, components.Option{Value: string(s), Label: label})
	}
	return options
}

// countries are those in which somebody is or to which somebody means to go.
func (p LinesPage) countries(ctx context.Context) []components.Option {
	var options []components.Option
	for _, c := range p.Countries {
		if slices.ContainsFunc(p.Counts, func(n journey.StationCount) bool { return n.Country == c.Code }) {
			options = append(options, components.Option{Value: c.Code, Label: c.Name.In(i18n.Of(ctx))})
		}
	}
	return options
}

// country is the name of a code; none for somebody of whom nobody knows it.
func (p LinesPage) country(ctx context.Context, code string) string {
	i := slices.IndexFunc(p.Countries, func(c models.Country) bool { return c.Code == code })
	if i < 0 {
		return i18n.T(ctx, "account.home.none")
	}
	return p.Countries[i].Name.In(i18n.Of(ctx))
}
