package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listOfficerInstitutions answers GET /petugas/lembaga.
func (h *Handlers) listOfficerInstitutions(c echo.Context) (err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	page := officer.InstitutionsPage{Form: officer.ReadInstitutionsForm(c.QueryParams())}
	if page.Counts, err = h.Store.InstitutionCounts(ctx, u); err != nil {
		return err
	}
	f := page.Form
	if page.Page, err = h.Store.InstitutionsForOfficer(ctx, u, f.State, f.Text, f.After); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.Institutions(page))
}

// showOfficerInstitution answers GET /petugas/lembaga/:institution.
func (h *Handlers) showOfficerInstitution(c echo.Context) error {
	return h.officerInstitutionPage(c, http.StatusOK, officer.InstitutionPage{})
}

func (h *Handlers) officerInstitutionPage(c echo.Context, status int, page officer.InstitutionPage) (err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	if page.Institution, err = h.Store.InstitutionForOfficer(ctx, u, c.Param("institution")); err != nil {
		return err
	}
	if page.Events, err = h.Store.InstitutionEvents(ctx, u, page.Institution); err != nil {
		return err
	}
	return h.render(c, status, officer.Institution(page))
}

// decideInstitution answers POST /petugas/lembaga/:institution: the officer verifies, suspends or
// revokes it.
func (h *Handlers) decideInstitution(c echo.Context) error {
	var page officer.InstitutionPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	err := h.Store.DecideInstitution(c.Request().Context(), h.currentUser(c), c.Param("institution"), page.Form.Decision())
	if err == nil {
		return h.done(c, "officer.institution.done", urls.OfficerInstitution(c.Param("institution")))
	}
	if errors.Is(err, models.ErrStale) || errors.Is(err, models.ErrNotNow) {
		page.Stale = true
		return h.officerInstitutionPage(c, http.StatusConflict, page)
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	return h.officerInstitutionPage(c, http.StatusUnprocessableEntity, page)
}
