package seeker

import (
	"context"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
)

// laterForm answers GET /saya/pendaftaran/:application/angkatan-lain: what can be asked, was asked or is offered.
func (d *desk) laterForm(c web.Context) error {
	return d.laterPage(c, http.StatusOK, application.LaterPage{})
}

func (d *desk) laterPage(c web.Context, status int, page application.LaterPage) (err error) {
	ctx := c.Request().Context()
	page.Application, err = d.Store.OwnApplication(ctx, d.CurrentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	if status == http.StatusOK && !page.Possible(ambient.From(ctx).Now) {
		return d.Redirect(c, urls.Application(page.Application.Ref))
	}
	return d.Render(c, status, application.Later(page))
}

// askLater answers POST /saya/pendaftaran/:application/angkatan-lain.
func (d *desk) askLater(c web.Context) error {
	return d.laterAct(c, "defer.asked_done", func(ctx context.Context, u models.User, ref, why string) error {
		return d.Store.AskDeferral(ctx, u, ref, why)
	})
}

// takeLater answers POST /saya/pendaftaran/:application/angkatan-lain/ambil.
func (d *desk) takeLater(c web.Context) error {
	return d.laterAct(c, "defer.moved_done", func(ctx context.Context, u models.User, ref, _ string) error {
		return d.Store.ConfirmDeferral(ctx, u, ref)
	})
}

// stayHere answers POST /saya/pendaftaran/:application/angkatan-lain/tetap.
func (d *desk) stayHere(c web.Context) error {
	return d.laterAct(c, "defer.stay_done", func(ctx context.Context, u models.User, ref, _ string) error {
		return d.Store.DeclineDeferral(ctx, u, ref)
	})
}

// laterAct makes one step about a later intake and leads to the application with a word; what is refused is shown here.
func (d *desk) laterAct(c web.Context, said string, act func(ctx context.Context, u models.User, ref, why string) error) error {
	var page application.LaterPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.laterPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		return web.Said(urls.Application(ref), said), act(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Text)
	})
}
