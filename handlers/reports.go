package handlers

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listReports answers GET /petugas/laporan.
func (h *Handlers) listReports(c echo.Context) error {
	list, err := h.Store.OpenReports(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, officer.Reports(list))
}

// showReport answers GET /petugas/laporan/:report.
func (h *Handlers) showReport(c echo.Context) error {
	return h.reportPage(c, http.StatusOK, officer.ReportPage{})
}

func (h *Handlers) reportPage(c echo.Context, status int, page officer.ReportPage) (err error) {
	if page.Report, err = h.Store.ReportForOfficer(c.Request().Context(), h.currentUser(c), c.Param("report")); err != nil {
		return err
	}
	return h.render(c, status, officer.Report(page))
}

// handleReport answers POST /petugas/laporan/:report: what was done closes the report.
func (h *Handlers) handleReport(c echo.Context) error {
	var page officer.ReportPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	err := h.Store.HandleReport(c.Request().Context(), h.currentUser(c), c.Param("report"), page.Form.Note)
	if err == nil {
		return h.done(c, "officer.report.done", urls.OfficerReports(), "Ref", c.Param("report"))
	}
	if page.Stale = errors.Is(err, models.ErrStale); page.Stale {
		return h.reportPage(c, http.StatusConflict, page)
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	return h.reportPage(c, http.StatusUnprocessableEntity, page)
}
