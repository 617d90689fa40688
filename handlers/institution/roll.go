package institution

import (
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/manage"
)

// rollForm answers GET /kelola/angkatan-berikut: what the next batches of the programmes that were ticked would be, or of
// all within the list's filter.
func (d *desk) rollForm(c web.Context) error {
	page := manage.ReadRoll(c.QueryParams())
	page.Form.Token = uuid.NewString()
	if page.All {
		refs, err := d.Store.OwnProgrammeRefs(c.Request().Context(), d.CurrentUser(c), page.Filter)
		if err != nil {
			return err
		}
		page.Form.Refs = refs
	}
	return d.rollPage(c, http.StatusOK, page)
}

func (d *desk) rollPage(c web.Context, status int, page manage.RollPage) (err error) {
	page.Plan, err = d.Store.PlanRoll(c.Request().Context(), d.CurrentUser(c), page.Form.Refs, page.Form.By())
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Roll(page))
}

// roll answers POST /kelola/angkatan-berikut.
func (d *desk) roll(c web.Context) error {
	var page manage.RollPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.rollPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		roll, err := d.Store.Roll(c.Request().Context(), d.CurrentUser(c), page.Form.Input())
		return web.To(urls.ManageRolled(roll.Ref)), err
	})
}

// rolled answers GET /kelola/angkatan-berikut/:roll.
func (d *desk) rolled(c web.Context) error {
	roll, err := d.Store.RollOf(c.Request().Context(), d.CurrentUser(c), c.Param("roll"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Rolled(roll))
}
