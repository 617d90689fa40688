package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
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
