package help

import (
	"context"
	"errors"
	"strings"

	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/views/help"
)

func (d *desk) knownHotlines(ctx context.Context) ([]models.Hotline, error) {
	return d.hotlines.Of(d.Portal, func() ([]models.Hotline, error) { return d.Store.Hotlines(ctx) })
}

func (d *desk) missionCountries(ctx context.Context) ([]models.Country, error) {
	return d.missions.Of(d.Portal, func() ([]models.Country, error) { return d.Store.MissionCountries(ctx) })
}

func (d *desk) knownPlaces(ctx context.Context) ([]models.Office, error) {
	return d.places.Of(d.Portal, func() ([]models.Office, error) { return d.Store.Places(ctx) })
}

// chosen is the country that an address names, nil where it names none that we know.
func (d *desk) chosen(c web.Context) (*models.CountryContacts, error) {
	return d.contactsIn(c.Request().Context(), strings.ToUpper(strings.TrimSpace(c.QueryParam("negara"))))
}

// contactsIn is whom somebody in a country calls, nil where there is no mission.
func (d *desk) contactsIn(ctx context.Context, code string) (*models.CountryContacts, error) {
	if code == "" {
		return nil, nil
	}
	contacts, err := d.Store.ContactsIn(ctx, code)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return &contacts, err
}

// main answers GET /bantuan: the help page of the whole portal.
func (d *desk) main(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	var p help.MainPage
	var err error
	if p.Chosen, err = d.chosen(c); err != nil {
		return nil, err
	}
	if p.Countries, err = d.missionCountries(ctx); err != nil {
		return nil, err
	}
	if p.Hotlines, err = d.knownHotlines(ctx); err != nil {
		return nil, err
	}
	p.Places, err = d.knownPlaces(ctx)
	return help.Main(p), err
}

// countryList answers GET /bantuan/negara.
func (d *desk) countryList(c web.Context) (templ.Component, error) {
	list, err := d.missionCountries(c.Request().Context())
	return help.Countries(list), err
}

// country answers GET /bantuan/negara/:country: whom to call from there.
func (d *desk) country(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	contacts, err := d.Store.ContactsIn(ctx, c.Param("country"))
	if err != nil {
		return nil, err
	}
	hotlines, err := d.knownHotlines(ctx)
	return help.Country(help.CountryPage{Contacts: contacts, Hotlines: hotlines}), err
}

// placeList answers GET /bantuan/tempat.
func (d *desk) placeList(c web.Context) (templ.Component, error) {
	list, err := d.knownPlaces(c.Request().Context())
	return help.Places(list), err
}

// safely answers GET /bantuan/aman.
func (d *desk) safely(web.Context) (templ.Component, error) { return help.Safely(), nil }
