// Package help is for people in trouble and those around them: whom to call, where to go, and the form. Nobody needs an
// account.
package help

import (
	"net/http"
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/receive"
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
	files     receive.Desk
	parts     *web.Pieces
}

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{Portal: p}
	d.files = receive.Desk{Store: d.Store, Protection: d.Protection, Blobs: d.Blobs, Box: d.Box, Renderer: d.Renderer, Log: d.Log}
	d.parts = d.NewPieces(urls.HelpParts(), func(c web.Context) web.Sender { return giver{d, d.token(c), c.RealIP()} })
	return slices.Concat(d.fileRoutes(), d.awayRoutes(), []web.Route{
		get(urls.HelpPattern, d.Public(d.main, help.Params()...)),
		get(urls.HelpCountriesPattern, d.Public(d.countryList)),
		get(urls.HelpCountryPattern, d.Public(d.country)),
		get(urls.HelpCardPattern, d.card()),
		get(urls.PlacesPattern, d.Public(d.placeList)),
		get(urls.HelpSafelyPattern, d.Public(d.safely)),
		get(urls.HelpWritePattern, d.form),
		post(urls.HelpWritePattern, d.tell).UpTo(bodyWithFile),
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
		post(urls.HelpAfterPattern, d.entered(d.after)),
		get(urls.HelpTiePattern, d.entered(d.tieForm)),
		post(urls.HelpTiePattern, d.entered(d.tie)),
		get(urls.HelpCopyPattern, d.entered(d.copy)),
		get(urls.HelpHomePattern, d.entered(d.home)),
		get(urls.HelpConsentPattern, d.consented(d.consent)),
		post(urls.HelpConsentPattern, d.consented(d.withdraw)),
		get(urls.HelpWorkerPattern, d.worker()),
		get(urls.HelpLeavePattern, d.leave),
		get(urls.HelpLeftPattern, d.left),
	})
}

// fileRoutes are photos, files and recordings of whoever is at the help pages.
func (d *desk) fileRoutes() []web.Route {
	by := func(method, pattern string, handle web.Handler) web.Route {
		return web.By(method, pattern, d.entered(handle), web.Anyone)
	}
	return []web.Route{
		get(urls.HelpFilesPattern, d.entered(d.giveForm)),
		post(urls.HelpFilesPattern, d.entered(d.give)).UpTo(bodyWithFile),
		get(urls.HelpFilePattern, d.entered(d.ownFile)),
		get(urls.HelpFileThumbPattern, d.entered(d.ownThumb)),
		post(urls.HelpFileGonePattern, d.entered(d.removeFile)),
		by(http.MethodPost, urls.HelpPartsPattern, d.parts.Begin),
		by(http.MethodHead, urls.HelpPartPattern, d.parts.Ask),
		by(http.MethodPatch, urls.HelpPartPattern, d.parts.Take).UpTo(models.LargestPart),
		by(http.MethodPost, urls.HelpPartDonePattern, d.parts.Finish),
		by(http.MethodDelete, urls.HelpPartPattern, d.parts.Drop),
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
