package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// cancelForm answers GET /kelola/angkatan/:intake/batal: whom it touches, before anything is done.
func (d *desk) cancelForm(c web.Context) error {
	return d.cancelPage(c, http.StatusOK, manage.CancelPage{})
}

func (d *desk) cancelPage(c web.Context, status int, page manage.CancelPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Intake, page.Programme, page.Preview, err = d.Store.CancelPreview(ctx, u, c.Param("intake"))
	if err == nil && page.Stale {
		page.Edits, err = d.Store.EditsSince(ctx, u, models.EditIntake, page.Intake.ID, page.Form.Version)
	}
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Cancel(page))
}

// cancelIntake answers POST /kelola/angkatan/:intake/batal.
func (d *desk) cancelIntake(c web.Context) error {
	var page manage.CancelPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("intake")
	_, p, err := d.Store.OwnIntake(ctx, u, ref)
	if err != nil {
		return err
	}
	again := func(status int) error { return d.cancelPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.CancelIntake(ctx, u, ref, page.Form.Version, page.Form.Reason)
		done := web.Undoable(urls.ManageProgramme(p.Ref), "manage.intake.cancelled", urls.ManageResumeIntake(ref), "manage.intake.resume")
		return done, err
	})
}

// resumeIntake answers POST /kelola/angkatan/:intake/lanjutkan: it was not meant, and nobody has been told.
func (d *desk) resumeIntake(c web.Context) error {
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("intake")
	_, p, err := d.Store.OwnIntake(ctx, u, ref)
	if err != nil {
		return err
	}
	var page manage.ProgrammePage
	again := func(status int) error { return d.programmePageOf(c, status, p.Ref, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.ManageProgramme(p.Ref), "manage.intake.resumed"), d.Store.ResumeIntake(ctx, u, ref)
	})
}

// closeForm answers GET /kelola/program/:programme/tutup.
func (d *desk) closeForm(c web.Context) error {
	return d.closePage(c, http.StatusOK, manage.ClosePage{})
}

func (d *desk) closePage(c web.Context, status int, page manage.ClosePage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Draft, page.Preview, err = d.Store.ClosePreview(ctx, u, c.Param("programme"))
	if err == nil && page.Stale {
		page.Edits, err = d.Store.EditsSince(ctx, u, models.EditProgramme, page.Draft.Programme.ID, page.Form.Version)
	}
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Close(page))
}

// closeProgramme answers POST /kelola/program/:programme/tutup.
func (d *desk) closeProgramme(c web.Context) error {
	var page manage.ClosePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.closePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		ref := c.Param("programme")
		err := d.Store.CloseProgramme(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Version, page.Form.Reason)
		done := web.Undoable(urls.ManageProgramme(ref), "manage.programme.closed", urls.ManageReopenProgramme(ref), "manage.programme.reopen")
		return done, err
	})
}
