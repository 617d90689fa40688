package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listWaitingProgrammes answers GET /petugas/program.
func (h *Handlers) listWaitingProgrammes(c echo.Context) error {
	list, err := h.Store.WaitingProgrammes(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.Programmes(officer.ProgrammesPage{Programmes: list}))
}

// showWaitingProgramme answers GET /petugas/program/:programme.
func (h *Handlers) showWaitingProgramme(c echo.Context) error {
	return h.waitingProgrammePage(c, http.StatusOK, officer.ProgrammePage{})
}

func (h *Handlers) waitingProgrammePage(c echo.Context, status int, page officer.ProgrammePage) (err error) {
	ctx := c.Request().Context()
	if page.Draft, err = h.Store.ProgrammeForOfficer(ctx, h.currentUser(c), c.Param("programme")); err != nil {
		return err
	}
	if page.Reasons, err = h.Store.Reasons(ctx, "programme_refused"); err != nil {
		return err
	}
	return h.render(c, status, officer.Programme(page))
}

// previewWaitingProgramme answers GET /petugas/program/:programme/pratinjau.
func (h *Handlers) previewWaitingProgramme(c echo.Context) error {
	d, err := h.Store.ProgrammeForOfficer(c.Request().Context(), h.currentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	return h.preview(c, d)
}

// publishProgramme answers POST /petugas/program/:programme/terbitkan.
func (h *Handlers) publishProgramme(c echo.Context) error {
	var page officer.ProgrammePage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	err := h.Store.PublishProgramme(c.Request().Context(), h.currentUser(c), c.Param("programme"), page.Form.Version)
	return h.afterApproval(c, page, err, "officer.programme.published")
}

// returnProgramme answers POST /petugas/program/:programme/kembalikan.
func (h *Handlers) returnProgramme(c echo.Context) error {
	var page officer.ProgrammePage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	f := page.Form
	err := h.Store.ReturnProgramme(c.Request().Context(), h.currentUser(c), c.Param("programme"), f.Version, f.Reason, f.Note)
	return h.afterApproval(c, page, err, "officer.programme.returned")
}

func (h *Handlers) afterApproval(c echo.Context, page officer.ProgrammePage, err error, done string) error {
	if err == nil {
		return h.done(c, done, urls.OfficerProgrammes())
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	if page.Stale = errors.Is(err, models.ErrStale); page.Stale {
		page.Errors = nil
		return h.waitingProgrammePage(c, http.StatusConflict, page)
	}
	return h.waitingProgrammePage(c, http.StatusUnprocessableEntity, page)
}
