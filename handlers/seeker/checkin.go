package seeker

import (
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/journey"
)

// checkin answers GET /saya/kabar.
func (d *desk) checkin(c web.Context) error {
	own, err := d.Journey.OwnCheckin(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, journey.Checkin(journey.CheckinPage{Own: own}))
}

// checkinForm answers GET /saya/kabar/atur.
func (d *desk) checkinForm(c web.Context) error {
	own, err := d.Journey.OwnCheckin(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, journey.CheckinSet(journey.CheckinPage{Own: own, Form: journey.CheckinFormOf(own)}))
}

// switchOn answers POST /saya/kabar/atur. The word that was typed stands on no page again.
func (d *desk) switchOn(c web.Context) error {
	var page journey.CheckinPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	in := page.Form.Input()
	page.Errors, page.Form.Word = page.Form.Check(), ""
	again := func(status int) (err error) {
		if page.Own, err = d.Journey.OwnCheckin(c.Request().Context(), d.CurrentUser(c)); err != nil {
			return err
		}
		return d.Render(c, status, journey.CheckinSet(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.MyCheckin(), "checkin.on_now"), d.Journey.SwitchOn(c.Request().Context(), d.CurrentUser(c), in)
	})
}

// switchOff answers POST /saya/kabar/mati.
func (d *desk) switchOff(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.Said(urls.MyCheckin(), "checkin.off.done"), d.Journey.SwitchOff(c.Request().Context(), d.CurrentUser(c))
	})
}

// quiet answers POST /saya/kabar/jeda.
func (d *desk) quiet(c web.Context) error {
	var page journey.CheckinPage
	if err := web.ReadForm(c, &page.Quiet); err != nil {
		return err
	}
	page.Errors = page.Quiet.Check()
	again := func(status int) (err error) {
		if page.Own, err = d.Journey.OwnCheckin(c.Request().Context(), d.CurrentUser(c)); err == nil && page.Own.ID == 0 {
			err = models.ErrNotFound // nothing can be paused
		}
		if err != nil {
			return err
		}
		return d.Render(c, status, journey.Checkin(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		from, until := page.Quiet.Days()
		return web.Said(urls.MyCheckin(), "checkin.quiet.done"), d.Journey.Quiet(c.Request().Context(), d.CurrentUser(c), from, until)
	})
}

// relatives answers GET /saya/keluarga.
func (d *desk) relatives(c web.Context) error {
	return d.relativesPage(c, http.StatusOK, journey.RelativesPage{Form: journey.RelativeForm{Language: "id"}})
}

func (d *desk) relativesPage(c web.Context, status int, page journey.RelativesPage) (err error) {
	if page.List, err = d.Journey.Relatives(c.Request().Context(), d.CurrentUser(c)); err != nil {
		return err
	}
	page.Base, page.Form.Token = d.Settings.BaseURL, web.ValidToken(page.Form.Token)
	if page.Form.Token == "" {
		page.Form.Token = uuid.NewString()
	}
	return d.Render(c, status, journey.Relatives(page))
}

// trust answers POST /saya/keluarga.
func (d *desk) trust(c web.Context) error {
	var page journey.RelativesPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.relativesPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.Trust(c.Request().Context(), d.CurrentUser(c), page.Form.Input())
		return web.Said(urls.Relatives(), "relative.added"), err
	})
}

// grant answers POST /saya/keluarga/:relative.
func (d *desk) grant(c web.Context) error {
	var f journey.RelativeForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	again := func(status int) error { return d.relativesPage(c, status, journey.RelativesPage{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Journey.Grant(c.Request().Context(), d.CurrentUser(c), c.Param("relative"), f.Version,
			f.May(journey.SeesStation), f.May(journey.SeesPlace), f.May(journey.SeesPapers))
		return web.Said(urls.Relatives(), "relative.saved"), err
	})
}

// withdrawRelative answers POST /saya/keluarga/:relative/cabut.
func (d *desk) withdrawRelative(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		err := d.Journey.Withdraw(c.Request().Context(), d.CurrentUser(c), c.Param("relative"))
		return web.Said(urls.Relatives(), "relative.withdrawn"), err
	})
}
