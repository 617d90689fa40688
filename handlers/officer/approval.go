package officer

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listWaitingProgrammes answers GET /petugas/program.
func (d *desk) listWaitingProgrammes(c web.Context) error {
	list, err := d.Store.WaitingProgrammes(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Programmes(officer.ProgrammesPage{Programmes: list}))
}

// showWaitingProgramme answers GET /petugas/program/:programme.
func (d *desk) showWaitingProgramme(c web.Context) error {
	return d.waitingProgrammePage(c, http.StatusOK, officer.ProgrammePage{})
}

func (d *desk) waitingProgrammePage(c web.Context, status int, page officer.ProgrammePage) (err error) {
	ctx := c.Request().Context()
	if page.Draft, err = d.Store.ProgrammeForOfficer(ctx, d.CurrentUser(c), c.Param("programme")); err != nil {
		return err
	}
	if page.Reasons, err = d.Store.Reasons(ctx, "programme_refused"); err != nil {
		return err
	}
	return d.Render(c, status, officer.Programme(page))
}

// previewWaitingProgramme answers GET /petugas/program/:programme/pratinjau.
func (d *desk) previewWaitingProgramme(c web.Context) error {
	draft, err := d.Store.ProgrammeForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	return d.Preview(c, draft)
}

// publishProgramme answers POST /petugas/program/:programme/terbitkan.
func (d *desk) publishProgramme(c web.Context) error {
	var page officer.ProgrammePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	err := d.Store.PublishProgramme(c.Request().Context(), d.CurrentUser(c), c.Param("programme"), page.Form.Version)
	return d.afterApproval(c, page, err, "officer.programme.published")
}

// returnProgramme answers POST /petugas/program/:programme/kembalikan.
func (d *desk) returnProgramme(c web.Context) error {
	var page officer.ProgrammePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	f := page.Form
	err := d.Store.ReturnProgramme(c.Request().Context(), d.CurrentUser(c), c.Param("programme"), f.Version, f.Reason, f.Note)
	return d.afterApproval(c, page, err, "officer.programme.returned")
}

func (d *desk) afterApproval(c web.Context, page officer.ProgrammePage, err error, done string) error {
	if err == nil {
		return d.Done(c, done, urls.OfficerProgrammes())
	}
	if err := web.Refusal(err, &page.Errors); err != nil {
		return err
	}
	if page.Stale = errors.Is(err, models.ErrStale); page.Stale {
		page.Errors = nil
		return d.waitingProgrammePage(c, http.StatusConflict, page)
	}
	return d.waitingProgrammePage(c, http.StatusUnprocessableEntity, page)
}
