package officer

import (
	"net/http"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
	"naikkelas/views/officer"
)

// rosterRoutes are who is on duty for people in trouble. Who may read and keep it is for the Store.
func (d *desk) rosterRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.RosterPattern, d.roster, web.Officers),
		web.Post(urls.RosterPattern, d.addShift, web.Officers),
		web.Get(urls.ShiftPattern, d.shift, web.Officers),
		web.Post(urls.ShiftPattern, d.endShift, web.Officers),
	}
}

// roster answers GET /petugas/jaga: the week of the day in the address, else this one.
func (d *desk) roster(c web.Context) error {
	page := officer.RosterPage{Form: officer.ShiftForm{Token: web.ValidToken("")}}
	return d.rosterPage(c, http.StatusOK, page)
}

func (d *desk) rosterPage(c web.Context, status int, page officer.RosterPage) (err error) {
	page.Today = d.Dated.Today()
	day := page.Today
	if asked, err := time.Parse(time.DateOnly, c.QueryParam("minggu")); err == nil && asked.Year() >= 2000 && asked.Year() <= 2100 {
		day = record.DateDay(asked)
	}
	if page.Roster, err = d.Protection.Roster(c.Request().Context(), d.CurrentUser(c), day); err != nil {
		return err
	}
	return d.Render(c, status, officer.RosterWeek(page))
}

// addShift answers POST /petugas/jaga.
func (d *desk) addShift(c web.Context) error {
	var page officer.RosterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.rosterPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		shift := page.Form.Shift()
		err := d.Protection.AddShift(c.Request().Context(), d.CurrentUser(c), shift)
		return web.Said(urls.RosterWeek(record.DayOf(shift.StartsAt).Date().Format(time.DateOnly)), "roster.added"), err
	})
}

// shift answers GET /petugas/jaga/:shift: before it is taken off the roster, or ends now.
func (d *desk) shift(c web.Context) error { return d.shiftPage(c, http.StatusOK, officer.ShiftPage{}) }

func (d *desk) shiftPage(c web.Context, status int, page officer.ShiftPage) (err error) {
	if page.Shift, err = d.Protection.Shift(c.Request().Context(), d.CurrentUser(c), c.Param("shift")); err != nil {
		return err
	}
	return d.Render(c, status, officer.EndShift(page))
}

// endShift answers POST /petugas/jaga/:shift.
func (d *desk) endShift(c web.Context) error {
	var page officer.ShiftPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.shiftPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		f := page.Form
		err := d.Protection.EndShift(c.Request().Context(), d.CurrentUser(c), c.Param("shift"), f.Why, f.SeenEnd())
		return web.Said(urls.Roster(), "roster.ended"), err
	})
}
