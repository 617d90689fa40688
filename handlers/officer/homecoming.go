package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/form"
	viewjourney "naikkelas/views/journey"
	"naikkelas/views/officer"
)

// journeyRoutes are who waits in Jakarta for their departure, and who came back and is not heard of.
func (d *desk) journeyRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.StaysPattern, d.stays, web.Officers),
		web.Get(urls.StayForPattern, d.stayFor, web.Officers),
		web.Post(urls.StayForPattern, d.saveStayFor, web.Officers),
		web.Get(urls.HomecomingsPattern, d.homecomings, web.Officers),
		web.Post(urls.FollowupLookedPattern, d.followupLooked, web.Officers),
	}
}

// stays answers GET /petugas/singgah.
func (d *desk) stays(c web.Context) error {
	list, err := d.Journey.Stays(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Stays(officer.StaysPage{Stays: list}))
}

// stayFor answers GET /petugas/loket/:person/singgah.
func (d *desk) stayFor(c web.Context) error { return d.stayForPage(c, http.StatusOK, nil, nil) }

// stayForPage shows the form: with what was typed, or without it with what is kept.
func (d *desk) stayForPage(c web.Context, status int, typed *viewjourney.StayForm, errs form.Errors) error {
	stay, err := d.Journey.StayOf(c.Request().Context(), d.CurrentUser(c), c.Param("person"))
	if err != nil {
		return err
	}
	page := officer.StayForPage{Form: viewjourney.StayFormOf(stay), Hidden: stay.Hidden, Errors: errs}
	if typed != nil {
		page.Form = *typed
	}
	person, err := d.Store.PersonForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("person"))
	if err != nil {
		return err
	}
	page.Person = person.User
	return d.Render(c, status, officer.StayFor(page))
}

// saveStayFor answers POST /petugas/loket/:person/singgah.
func (d *desk) saveStayFor(c web.Context) error {
	var f viewjourney.StayForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	errs := f.Check(true)
	again := func(status int) error { return d.stayForPage(c, status, &f, errs) }
	return d.Act(c, web.Form{Errors: &errs, Again: again}, func() (web.Next, error) {
		ref := c.Param("person")
		err := d.Journey.RegisterStay(c.Request().Context(), d.CurrentUser(c), ref, f.Version, f.Stay())
		return web.Said(urls.CounterPerson(ref), "transit.saved"), err
	})
}

// homecomings answers GET /petugas/pulang.
func (d *desk) homecomings(c web.Context) error {
	list, err := d.Journey.Unheard(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Homecomings(officer.HomecomingsPage{Rows: list}))
}

// followupLooked answers POST /petugas/pulang/:followup.
func (d *desk) followupLooked(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		err := d.Journey.LookedHome(c.Request().Context(), d.CurrentUser(c), c.Param("followup"))
		return web.Said(urls.Homecomings(), "homecoming.looked"), err
	})
}
