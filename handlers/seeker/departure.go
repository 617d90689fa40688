package seeker

import (
	"net/http"
	"slices"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/journey"
)

// awayRoutes are leaving, being away, and whom somebody trusts meanwhile.
func (d *desk) awayRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.DeparturePattern, d.departure, web.Seekers),
		web.Post(urls.DeparturePattern, d.beginDeparture, web.Seekers),
		web.Get(urls.DepartureReportedPattern, d.reportedForm, web.Seekers),
		web.Post(urls.DepartureReportedPattern, d.reported, web.Seekers),
		web.Get(urls.DepartureOffPattern, d.departureOffForm, web.Seekers),
		web.Post(urls.DepartureOffPattern, d.departureOff, web.Seekers),
		web.Post(urls.DepartureSaidPattern, d.departureSaid, web.Seekers),
		web.Get(urls.DeparturePartPattern, d.departurePart, web.Seekers),
		web.Post(urls.DeparturePartPattern, d.saveDeparture, web.Seekers),
		web.Get(urls.MyCheckinPattern, d.checkin, web.Seekers),
		web.Get(urls.MyCheckinSetPattern, d.checkinForm, web.Seekers),
		web.Post(urls.MyCheckinSetPattern, d.switchOn, web.Seekers),
		web.Post(urls.MyCheckinOffPattern, d.switchOff, web.Seekers),
		web.Post(urls.MyCheckinQuietPattern, d.quiet, web.Seekers),
		web.Get(urls.RelativesPattern, d.relatives, web.Seekers),
		web.Post(urls.RelativesPattern, d.trust, web.Seekers),
		web.Post(urls.RelativeGrantPattern, d.grant, web.Seekers),
		web.Post(urls.RelativeWithdrawPattern, d.withdrawRelative, web.Seekers),
	}
}

// departure answers GET /saya/berangkat.
func (d *desk) departure(c web.Context) error {
	return d.departurePage(c, http.StatusOK, journey.DeparturePage{})
}

func (d *desk) departurePage(c web.Context, status int, page journey.DeparturePage) error {
	page, err := d.readDeparture(c, page)
	if err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Checkin, _, err = d.Journey.CheckinOf(ctx, u, ""); err != nil {
		return err
	}
	page.Abroad = c.QueryParam("luar") != ""
	if page.Token == "" {
		page.Token = uuid.NewString()
	}
	return d.Render(c, status, journey.Departure(page))
}

// readDeparture puts what is kept into a page.
func (d *desk) readDeparture(c web.Context, page journey.DeparturePage) (_ journey.DeparturePage, err error) {
	ctx := c.Request().Context()
	if page.Open, err = d.Journey.Departure(ctx, d.CurrentUser(c), ""); err != nil {
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

// beginDeparture answers POST /saya/berangkat.
func (d *desk) beginDeparture(c web.Context) error {
	var form journey.BeginForm
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		err := d.Journey.BeginDeparture(c.Request().Context(), d.CurrentUser(c), "", "", form.Abroad != "")
		return web.To(urls.DeparturePart(journey.PartWhere)), err
	})
}

// departurePart answers GET /saya/berangkat/:part.
func (d *desk) departurePart(c web.Context) error {
	page, err := d.ownPart(c)
	if err != nil {
		return err
	}
	page.Form = journey.DepartureFormOf(page.Open)
	return d.Render(c, http.StatusOK, journey.DeparturePart(page))
}

// ownPart reads the departure for a page of its form; who keeps none has no such page.
func (d *desk) ownPart(c web.Context) (page journey.DeparturePage, err error) {
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

// saveDeparture answers POST /saya/berangkat/:part.
func (d *desk) saveDeparture(c web.Context) error {
	page, err := d.ownPart(c)
	if err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, journey.DeparturePart(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		in := page.Form.Onto(page.Part, page.Kept())
		err := d.Journey.SaveDeparture(c.Request().Context(), d.CurrentUser(c), "", page.Form.Version, in)
		return web.To(page.Next()), err
	})
}

// reportedForm answers GET /saya/berangkat/lapor-diri.
func (d *desk) reportedForm(c web.Context) error {
	return d.reportedPage(c, http.StatusOK, journey.ReportedPage{})
}

func (d *desk) reportedPage(c web.Context, status int, page journey.ReportedPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Open, err = d.Journey.Departure(ctx, u, ""); err != nil {
		return err
	}
	if page.Open.ID == 0 {
		return models.ErrNotFound
	}
	if page.Library, err = d.Store.ReusableUploads(ctx, u); err != nil {
		return err
	}
	return d.Render(c, status, journey.Reported(page))
}

// reported answers POST /saya/berangkat/lapor-diri.
func (d *desk) reported(c web.Context) error {
	var page journey.ReportedPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.reportedPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.RegisteredAbroad(c.Request().Context(), d.CurrentUser(c), page.Form.Day(), page.Form.Upload)
		return web.Said(urls.Departure(), "departure.reported.kept"), err
	})
}

// departureOffForm answers GET /saya/berangkat/batal.
func (d *desk) departureOffForm(c web.Context) error {
	page, err := d.readDeparture(c, journey.DeparturePage{})
	if err != nil {
		return err
	}
	if page.Open.ID == 0 || page.Open.Gone() {
		return models.ErrNotFound
	}
	return d.Render(c, http.StatusOK, journey.DepartureOff(page))
}

// departureOff answers POST /saya/berangkat/batal.
func (d *desk) departureOff(c web.Context) error {
	var act journey.VersionForm
	if err := web.ReadForm(c, &act); err != nil {
		return err
	}
	again := func(status int) error { return d.departurePage(c, status, journey.DeparturePage{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Journey.CallOff(c.Request().Context(), d.CurrentUser(c), "", act.Version)
		return web.Said(urls.Departure(), "departure.off.done"), err
	})
}

// departureSaid answers POST /saya/berangkat/kata-kantor.
func (d *desk) departureSaid(c web.Context) error {
	var page journey.DeparturePage
	if err := web.ReadForm(c, &page.Said); err != nil {
		return err
	}
	page.Errors, page.Token = page.Said.Check(), web.ValidToken(page.Said.Token)
	again := func(status int) error { return d.departurePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.RecordConfirmation(c.Request().Context(), d.CurrentUser(c), "", page.Said.Confirmation())
		return web.Said(urls.Departure(), "departure.said.kept"), err
	})
}
