package public

import (
	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/views/public"
)

// helpCountries answers GET /bantuan/negara.
func (d *desk) helpCountries(c web.Context) (templ.Component, error) {
	list, err := d.Store.MissionCountries(c.Request().Context())
	return public.HelpCountries(list), err
}

// helpCountry answers GET /bantuan/negara/:country: whom to call from there.
func (d *desk) helpCountry(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	contacts, err := d.Store.ContactsIn(ctx, c.Param("country"))
	if err != nil {
		return nil, err
	}
	hotlines, err := d.knownHotlines(ctx)
	return public.HelpCountry(public.HelpCountryPage{Contacts: contacts, Hotlines: hotlines}), err
}

// places answers GET /bantuan/tempat.
func (d *desk) places(c web.Context) (templ.Component, error) {
	list, err := d.Store.Places(c.Request().Context())
	return public.Places(list), err
}
