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
	hotlines  web.Fact[[]models.Hotline]
	countries web.Fact[[]models.Country]
	missions  web.Fact[[]models.Country] // with a mission
	places    web.Fact[[]models.Office]
}

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{Portal: p}
	return []web.Route{
		get(urls.HelpPattern, d.Public(d.main, help.Params()...)),
		get(urls.HelpCountriesPattern, d.Public(d.countryList)),
		get(urls.HelpCountryPattern, d.Public(d.country)),
		get(urls.PlacesPattern, d.Public(d.placeList)),
		get(urls.HelpSafelyPattern, d.Public(d.safely)),
		get(urls.HelpWritePattern, d.form),
		post(urls.HelpWritePattern, d.tell),
		get(urls.HelpReceiptPattern, d.entered(d.receipt)),
		get(urls.HelpEnterPattern, d.enterForm),
		post(urls.HelpEnterPattern, d.enter),
		get(urls.HelpAnswersPattern, d.entered(d.answers)),
		post(urls.HelpMessagePattern, d.entered(d.write)),
		get(urls.HelpMorePattern, d.entered(d.moreForm)),
		post(urls.HelpMorePattern, d.entered(d.more)),
		get(urls.HelpReachPattern, d.entered(d.reachForm)),
		post(urls.HelpReachPattern, d.entered(d.reach)),
		get(urls.HelpStopPattern, d.entered(d.stopForm)),
		post(urls.HelpStopPattern, d.entered(d.stop)),
		get(urls.HelpCopyPattern, d.entered(d.copy)),
		get(urls.HelpConsentPattern, d.consented(d.consent)),
		post(urls.HelpConsentPattern, d.consented(d.withdraw)),
		get(urls.HelpWorkerPattern, d.worker()),
		get(urls.HelpLeavePattern, d.leave),
		get(urls.HelpLeftPattern, d.left),
	}
}

// get is a route to a help page, which may play and record sound.
func get(pattern string, handle web.Handler) web.Route {
	return web.Get(pattern, recording(handle), web.Anyone)
}

// post is a route for what a form of a help page sends.
func post(pattern string, handle web.Handler) web.Route {
	return web.Post(pattern, recording(handle), web.Anyone)
}

func recording(handle web.Handler) web.Handler {
	return func(c web.Context) error {
		web.MayRecord(c)
		return handle(c)
	}
}
