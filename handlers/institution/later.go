package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/manage"
)

// laterForm answers GET /kelola/pendaftar/:application/angkatan-lain?ke=: where the person could go, and what it would do.
func (d *desk) laterForm(c web.Context) error {
	return d.laterPage(c, http.StatusOK, manage.LaterPage{Form: manage.LaterForm{Intake: c.QueryParam("ke")}})
}

func (d *desk) laterPage(c web.Context, status int, page manage.LaterPage) (err error) {
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("application")
	if page.Applicant, page.Offer, _, err = d.Store.Applicant(ctx, u, ref); err != nil {
		return err
	}
	if page.Choice, err = d.Store.LaterIntakes(ctx, u, ref); err != nil {
		return err
	}
	return d.Render(c, status, manage.Later(page))
}

// offerLater answers POST /kelola/pendaftar/:application/angkatan-lain.
func (d *desk) offerLater(c web.Context) error {
	var page manage.LaterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.laterPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		ref, f := c.Param("application"), page.Form
		err := d.Store.OfferDeferral(c.Request().Context(), d.CurrentUser(c), ref, f.Intake, f.Version, f.Text)
		return web.Said(urls.ManageApplicant(ref), "defer.offered_done"), err
	})
}

// takeBackLater answers POST /kelola/pendaftar/:application/angkatan-lain/batal.
func (d *desk) takeBackLater(c web.Context) error {
	var page manage.LaterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.laterPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.TakeBackDeferral(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Text)
		return web.Said(urls.ManageApplicant(ref), "defer.back_done"), err
	})
}
