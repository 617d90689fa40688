package admin

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/admin"
)

// giveDutyForm answers GET /admin/akun/:worker/tugas.
func (d *desk) giveDutyForm(c web.Context) error {
	return d.dutyPage(c, http.StatusOK, admin.DutyPage{})
}

// dutyPage shows the form that gives a duty, or the one that ends the duty that the address names.
func (d *desk) dutyPage(c web.Context, status int, page admin.DutyPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Worker, err = d.Store.Worker(ctx, u, c.Param("worker")); err != nil {
		return err
	}
	if page.Worker.Role != models.Officer {
		return models.ErrNotFound
	}
	if page.Duties, err = d.Store.DutiesOf(ctx, u, page.Worker); err != nil {
		return err
	}
	if duty := c.Param("duty"); duty != "" {
		held, ok := page.Held(models.Duty(duty))
		if !ok {
			return models.ErrNotFound
		}
		return d.Render(c, status, admin.EndDuty(page, held))
	}
	return d.Render(c, status, admin.GiveDuty(page))
}

// giveDuty answers POST /admin/akun/:worker/tugas.
func (d *desk) giveDuty(c web.Context) error {
	var page admin.DutyPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.dutyPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref, duty := c.Param("worker"), models.Duty(page.Form.Duty)
		err := d.Store.GiveDuty(c.Request().Context(), d.CurrentUser(c), ref, duty, page.Form.Reason)
		if errors.Is(err, models.ErrDutyHeld) {
			return web.Told(urls.AdminWorker(ref), "info", models.ErrDutyHeld.Key), nil
		}
		return web.Said(urls.AdminWorker(ref), "admin.duty.given"), err
	})
}

// endDutyForm answers GET /admin/akun/:worker/tugas/:duty.
func (d *desk) endDutyForm(c web.Context) error {
	return d.dutyPage(c, http.StatusOK, admin.DutyPage{})
}

// endDuty answers POST /admin/akun/:worker/tugas/:duty.
func (d *desk) endDuty(c web.Context) error {
	var page admin.DutyPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.dutyPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref, duty := c.Param("worker"), models.Duty(c.Param("duty"))
		err := d.Store.EndDuty(c.Request().Context(), d.CurrentUser(c), ref, duty, page.Form.Reason)
		return web.Said(urls.AdminWorker(ref), "admin.duty.ended"), err
	})
}
