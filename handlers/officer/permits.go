package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/officer"
)

// listLicenceChanges answers GET /petugas/perubahan-izin.
func (d *desk) listLicenceChanges(c web.Context) error {
	list, err := d.Store.LicenceChanges(c.Request().Context(), d.CurrentUser(c), c.QueryParam("sesudah"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.LicenceChanges(officer.LicenceChangesPage{List: list}))
}

// showLicenceChange answers GET /petugas/perubahan-izin/:change: old beside new.
func (d *desk) showLicenceChange(c web.Context) error {
	return d.licenceChangePage(c, http.StatusOK, officer.LicenceChangePage{})
}

func (d *desk) licenceChangePage(c web.Context, status int, page officer.LicenceChangePage) (err error) {
	if page.File, err = d.Store.LicenceChangeForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("change")); err != nil {
		return err
	}
	return d.Render(c, status, officer.LicenceChange(page))
}

// licenceStep answers GET /petugas/perubahan-izin/:change/langkah?ke=: what the owners will read.
func (d *desk) licenceStep(c web.Context) error {
	return d.licenceStepPage(c, http.StatusOK, officer.LicenceChangePage{Form: officer.RequestStepForm{To: c.QueryParam("ke")}})
}

func (d *desk) licenceStepPage(c web.Context, status int, page officer.LicenceChangePage) (err error) {
	if page.File, err = d.Store.LicenceChangeForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("change")); err != nil {
		return err
	}
	if !page.Asks() {
		return d.Render(c, status, officer.LicenceChange(page))
	}
	return d.Render(c, status, officer.LicenceStep(page))
}

// decideLicenceChange answers POST /petugas/perubahan-izin/:change/langkah.
func (d *desk) decideLicenceChange(c web.Context) error {
	var page officer.LicenceChangePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	ref := c.Param("change")
	again := func(status int) error { return d.licenceStepPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.DecideLicenceChange(c.Request().Context(), d.CurrentUser(c), ref, page.Decision())
		return web.Said(urls.LicenceChange(ref), "join.licence.done"), err
	})
}
