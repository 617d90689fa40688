package officer

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	way "naikkelas/models/journey"
	"naikkelas/views/journey"
	"naikkelas/views/officer"
)

// awayRoutes are the departures that officers keep for people, and the check-ins that nobody answered.
func (d *desk) awayRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.OverdueCheckinsPattern, d.overdueCheckins, web.Officers),
		web.Get(urls.OfficerDeparturePattern, d.departure, web.Officers),
		web.Post(urls.OfficerDeparturePattern, d.beginDeparture, web.Officers),
		web.Get(urls.OfficerDepartureOffPattern, d.departureOffForm, web.Officers),
		web.Post(urls.OfficerDepartureOffPattern, d.departureOff, web.Officers),
		web.Post(urls.OfficerDepartureSaidPattern, d.departureSaid, web.Officers),
		web.Get(urls.OfficerDeparturePartPattern, d.departurePart, web.Officers),
		web.Post(urls.OfficerDeparturePartPattern, d.saveDeparture, web.Officers),
	}
}

// overdueCheckins answers GET /petugas/kabar.
func (d *desk) overdueCheckins(c web.Context) error {
	ctx := c.Request().Context()
	list, err := d.Journey.OverdueCheckins(ctx, d.CurrentUser(c))
	if err != nil {
		return err
	}
	countries, err := d.Store.Countries(ctx)
	if err != nil {
		return err
	}
	page := officer.OverduePage{List: list, Countries: countries, Longest: c.QueryParam("urut") == "lama"}
	if page.Longest {
		slices.SortStableFunc(list, func(a, b way.OverdueCheckin) int { return a.Since.Compare(b.Since) })
	}
	return d.Render(c, http.StatusOK, officer.OverdueCheckins(page))
}

// departure answers GET /petugas/loket/:person/berangkat.
func (d *desk) departure(c web.Context) error {
	return d.departurePage(c, http.StatusOK, journey.DeparturePage{})
}

func (d *desk) departurePage(c web.Context, status int, page journey.DeparturePage) error {
	page, err := d.readDeparture(c, page)
	if err != nil {
		return err
	}
	if page.Checkin, page.Heard, err = d.Journey.CheckinOf(c.Request().Context(), d.CurrentUser(c), page.OfficerOf); err != nil {
		return err
	}
	if page.Token == "" {
		page.Token = uuid.NewString()
	}
	return d.Render(c, status, officer.Departure(page))
}

// readDeparture puts what is kept of a person into a page.
func (d *desk) readDeparture(c web.Context, page journey.DeparturePage) (_ journey.DeparturePage, err error) {
	ctx := c.Request().Context()
	page.OfficerOf = c.Param("person")
	if page.Open, err = d.Journey.Departure(ctx, d.CurrentUser(c), page.OfficerOf); err != nil {
		return page, err
	}
	if agency := page.Open.Said.Agency; agency != "" {
		if page.Licence, err = d.Journey.FindLicence(ctx, agency); err != nil {
			return page, err
		}
	}
	page.Countries, err = d.Store.Countries(ctx)
	return page, err
}

// beginDeparture answers POST /petugas/loket/:person/berangkat.
func (d *desk) beginDeparture(c web.Context) error {
	var form journey.BeginForm
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	var page journey.DeparturePage
	again := func(status int) error { return d.departurePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("person")
		err := d.Journey.BeginDeparture(c.Request().Context(), d.CurrentUser(c), ref, form.Source, form.Abroad != "")
		return web.To(urls.OfficerDeparturePart(ref, journey.PartWhere)), err
	})
}

// departurePart answers GET /petugas/loket/:person/berangkat/:part.
func (d *desk) departurePart(c web.Context) error {
	page, err := d.partOf(c)
	if err != nil {
		return err
	}
	page.Form = journey.DepartureFormOf(page.Open)
	return d.Render(c, http.StatusOK, officer.DeparturePart(page))
}

// partOf reads a person's departure for a page of its form.
func (d *desk) partOf(c web.Context) (page journey.DeparturePage, err error) {
	page.Part = c.Param("part")
	if !slices.Contains(journey.Parts(), page.Part) {
		return page, models.ErrNotFound
	}
	page, err = d.readDeparture(c, page)
	if err == nil && page.Open.ID == 0 {
		err = models.ErrNotFound
	}
	return page, err
}

// saveDeparture answers POST /petugas/loket/:person/berangkat/:part.
func (d *desk) saveDeparture(c web.Context) error {
	page, err := d.partOf(c)
	if err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, officer.DeparturePart(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		in := page.Form.Onto(page.Part, page.Kept())
		err := d.Journey.SaveDeparture(c.Request().Context(), d.CurrentUser(c), page.OfficerOf, page.Form.Version, in)
		return web.To(page.Next()), err
	})
}

// departureOffForm answers GET /petugas/loket/:person/berangkat/batal.
func (d *desk) departureOffForm(c web.Context) error {
	page, err := d.readDeparture(c, journey.DeparturePage{})
	if err != nil {
		return err
	}
	if page.Open.ID == 0 || page.Open.Gone() {
		return models.ErrNotFound
	}
	return d.Render(c, http.StatusOK, officer.DepartureOff(page))
}

// departureOff answers POST /petugas/loket/:person/berangkat/batal.
func (d *desk) departureOff(c web.Context) error {
	var act journey.VersionForm
	if err := web.ReadForm(c, &act); err != nil {
		return err
	}
	again := func(status int) error { return d.departurePage(c, status, journey.DeparturePage{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		ref := c.Param("person")
		err := d.Journey.CallOff(c.Request().Context(), d.CurrentUser(c), ref, act.Version)
		return web.Said(urls.OfficerDeparture(ref), "departure.off.done"), err
	})
}

// departureSaid answers POST /petugas/loket/:person/berangkat/kata-kantor.
func (d *desk) departureSaid(c web.Context) error {
	var page journey.DeparturePage
	if err := web.ReadForm(c, &page.Said); err != nil {
		return err
	}
	page.Errors, page.Token = page.Said.Check(), web.ValidToken(page.Said.Token)
	again := func(status int) error { return d.departurePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("person")
		err := d.Journey.RecordConfirmation(c.Request().Context(), d.CurrentUser(c), ref, page.Said.Confirmation())
		return web.Said(urls.OfficerDeparture(ref), "departure.said.kept"), err
	})
}
