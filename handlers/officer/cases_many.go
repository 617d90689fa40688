package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/views/officer"
)

// assignCases answers POST /petugas/kasus/tugaskan with the list, above which stands what became of each case.
func (d *desk) assignCases(c web.Context) error {
	var page officer.CasesPage
	if err := web.ReadForm(c, &page.Many); err != nil {
		return err
	}
	again := func(status int) error { return d.casesPage(c, status, page, page.Form.Filter()) }
	done, err := d.Protection.AssignMany(c.Request().Context(), d.CurrentUser(c), page.Many.Presses(), page.Many.Officer, page.Many.Why)
	if err != nil {
		return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) { return web.Next{}, err })
	}
	page.Assigned, page.Many = done, officer.ManyForm{}
	return again(http.StatusOK)
}
