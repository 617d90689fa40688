package officer

import (
	"net/http"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
	"naikkelas/views/officer"
)

// newPIN answers POST /petugas/kasus/:case/langkah/pin. The new PIN stands on the page that answers and nowhere else; the
// same form again gives none.
func (d *desk) newPIN(c web.Context, page officer.CaseStepPage) error {
	again := func(status int) error {
		if err := d.fillStep(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, officer.CaseStep(page))
	}
	f := page.Form
	pin, err := d.Protection.NewPIN(c.Request().Context(), d.CurrentUser(c), f.Press(c.Param("case")), f.Person, f.How, f.Why)
	if err != nil || pin == "" {
		return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
			return web.Said(urls.Case(c.Param("case")), "case.safe.pin_shown"), err
		})
	}
	page.NewPIN = pin
	return again(http.StatusOK)
}

// caseFigures answers GET /petugas/kasus/angka: the figures of the month in the address, else of the last one.
func (d *desk) caseFigures(c web.Context) error {
	var month record.Day
	if asked, err := time.Parse("2006-01", c.QueryParam("bulan")); err == nil {
		month = record.DateDay(asked)
	}
	figures, err := d.Protection.CaseFigures(c.Request().Context(), d.CurrentUser(c), month)
	if err != nil {
		return err
	}
	types, err := d.Protection.CaseTypes(c.Request().Context())
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.CaseFigures(officer.CaseFiguresPage{Figures: figures, Types: types}))
}
