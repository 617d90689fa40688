package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// newCase answers GET /petugas/kasus/baru: for somebody who calls or comes, or with laporan= of a report, which fills
// the form in.
func (d *desk) newCase(c web.Context) error {
	var page officer.NewCasePage
	if ref := c.QueryParam("laporan"); ref != "" {
		report, err := d.Store.ReportForOfficer(c.Request().Context(), d.CurrentUser(c), ref)
		if err != nil {
			return err
		}
		page.Form = officer.CaseOf(report)
	}
	return d.newCasePage(c, http.StatusOK, page)
}

func (d *desk) newCasePage(c web.Context, status int, page officer.NewCasePage) (err error) {
	page.Form.Token = web.ValidToken(page.Form.Token)
	bar, err := d.Protection.AtDesk(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	if !bar.May {
		return models.ErrNotFound
	}
	if page.Countries, err = d.Store.Countries(c.Request().Context()); err != nil {
		return err
	}
	return d.Render(c, status, officer.NewCase(page))
}

// openCase answers POST /petugas/kasus/baru. Number and PIN are shown once, on the page that answers; the same form
// again shows them again.
func (d *desk) openCase(c web.Context) error {
	ctx := c.Request().Context()
	var page officer.NewCasePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	countries, err := d.Store.Countries(ctx)
	if err != nil {
		return err
	}
	again := func(status int) error { return d.newCasePage(c, status, page) }
	if page.Errors = page.Form.Check(countries); page.Errors.Any() {
		return again(http.StatusUnprocessableEntity)
	}
	page.Ref, page.PIN, err = d.Protection.OpenAtDesk(ctx, d.CurrentUser(c), page.Form.Filing(string(i18n.ID)), page.Form.Source(ctx))
	if err != nil {
		return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) { return web.Next{}, err })
	}
	return again(http.StatusOK)
}

// casePeople answers GET /petugas/kasus/:case/orang.
func (d *desk) casePeople(c web.Context) error {
	return d.casePeoplePage(c, http.StatusOK, officer.CasePersonPage{})
}

func (d *desk) casePeoplePage(c web.Context, status int, page officer.CasePersonPage) error {
	page.Form.Token = web.ValidToken(page.Form.Token)
	if err := d.fillCase(c, &page.CasePage, false); err != nil {
		return err
	}
	return d.Render(c, status, officer.CasePeople(page))
}

// addCasePerson answers POST /petugas/kasus/:case/orang.
func (d *desk) addCasePerson(c web.Context) error {
	var page officer.CasePersonPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	ref := c.Param("case")
	again := func(status int) error { return d.casePeoplePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Protection.AddPerson(c.Request().Context(), d.CurrentUser(c), page.Form.Press(ref), page.Form.Person())
		return web.Said(urls.Case(ref), "case.done.person"), err
	})
}
