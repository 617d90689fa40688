package officer

import (
	"errors"
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listReports answers GET /petugas/laporan: those that wait, or with keadaan=selesai those that were handled. A
// number in the address leads to the report that has it, in whatever state.
func (d *desk) listReports(c web.Context) (err error) {
	page := officer.ReportsPage{Handled: c.QueryParam("keadaan") == officer.HandledReports}
	page.Number = strings.ToUpper(strings.TrimSpace(c.QueryParam("nomor")))
	if page.Number != "" {
		found, err := d.Store.ReportForOfficer(c.Request().Context(), d.CurrentUser(c), models.ReportNumber(page.Number))
		if err == nil {
			return d.Redirect(c, urls.OfficerReport(found.Ref))
		}
		if !errors.Is(err, models.ErrNotFound) {
			return err
		}
	}
	list := d.Store.OpenReports
	if page.Handled {
		list = d.Store.HandledReports
	}
	if page.List, err = list(c.Request().Context(), d.CurrentUser(c), c.QueryParam("sesudah")); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Reports(page))
}

// showReport answers GET /petugas/laporan/:report.
func (d *desk) showReport(c web.Context) error {
	return d.reportPage(c, http.StatusOK, officer.ReportPage{})
}

func (d *desk) reportPage(c web.Context, status int, page officer.ReportPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Report, err = d.Store.ReportForOfficer(ctx, u, c.Param("report")); err != nil {
		return err
	}
	if page.Events, err = d.Store.ReportEvents(ctx, u, page.Report.Ref); err != nil {
		return err
	}
	return d.Render(c, status, officer.Report(page))
}

// handleReport answers POST /petugas/laporan/:report: what was done closes the report.
func (d *desk) handleReport(c web.Context) error {
	var page officer.ReportPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.reportPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		ref := c.Param("report")
		err := d.Store.HandleReport(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Note, page.Form.Answer)
		return web.Said(urls.OfficerReports(), "officer.report.done", "Ref", ref), err
	})
}

// reopenReport answers POST /petugas/laporan/:report/buka.
func (d *desk) reopenReport(c web.Context) error {
	var page officer.ReportPage
	if err := web.ReadForm(c, &page.Reopen); err != nil {
		return err
	}
	again := func(status int) error { return d.reportPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		ref := c.Param("report")
		err := d.Store.ReopenReport(c.Request().Context(), d.CurrentUser(c), ref, page.Reopen.Why)
		return web.Said(urls.OfficerReport(ref), "officer.report.reopened"), err
	})
}
