// Package help is for people in trouble and those around them: whom to call, where to go, and the form. Nobody needs an
// account.
package help

import (
	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/help"
)

// The desk is what the handlers of this package share.
type desk struct {
	*web.Portal
	exits     exitPages
	hotlines  web.Fact[[]models.Hotline]
	countries web.Fact[[]models.Country] // with a mission
	places    web.Fact[[]models.Office]
}

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{Portal: p, exits: noExits{}}
	return []web.Route{
		get(urls.HelpPattern, d.Public(d.main, help.Params()...)),
		get(urls.HelpCountriesPattern, d.Public(d.countryList)),
		get(urls.HelpCountryPattern, d.Public(d.country)),
		get(urls.PlacesPattern, d.Public(d.placeList)),
		get(urls.HelpSafelyPattern, d.Public(d.safely)),
		get(urls.HelpWritePattern, d.form),
		get(urls.HelpLeavePattern, d.leave),
	}
}

// get is a route to a help page, which may play and record sound.
func get(pattern string, handle web.Handler) web.Route {
	return web.Get(pattern, func(c web.Context) error {
		web.MayRecord(c)
		return handle(c)
	}, web.Anyone)
}
