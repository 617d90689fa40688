package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// manyForm answers GET /kelola/program-sekaligus: what would become of each programme that was ticked, or of all within the
// list's filter. After the press it shows how each of them stands then.
func (d *desk) manyForm(c web.Context) error {
	page := manage.ReadMany(c.QueryParams())
	if page.All {
		refs, err := d.Store.OwnProgrammeRefs(c.Request().Context(), d.CurrentUser(c), page.Filter)
		if err != nil {
			return err
		}
		page.Refs = refs
	}
	return d.manyPage(c, http.StatusOK, page)
}

func (d *desk) manyPage(c web.Context, status int, page manage.ManyPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Drafts, err = d.Store.ManyProgrammes(ctx, u, page.Refs); err != nil {
		return err
	}
	if page.What == manage.ManyClose {
		if page.Ends, err = d.Store.CloseManyPreview(ctx, u, page.Refs); err != nil {
			return err
		}
	}
	return d.Render(c, status, manage.Many(page))
}

// doMany answers POST /kelola/program-sekaligus.
func (d *desk) doMany(c web.Context) error {
	var f manage.ManyForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	page := f.Page()
	again := func(status int) error { return d.manyPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		done, refused, err := d.manyAct(c, page.What, f)
		if err != nil {
			return web.Next{}, err
		}
		if done == 0 {
			if len(refused) > 0 {
				return web.To(page.Path()), nil
			}
			return web.Next{}, models.ErrNonePicked
		}
		return web.Said(page.Path(), page.Done(), "Count", done), nil
	})
}

// manyAct does what was asked for with the programmes that were chosen.
func (d *desk) manyAct(c web.Context, what string, f manage.ManyForm) (done int, refused []error, err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	switch what {
	case manage.ManyDelete:
		return d.Store.DeleteMany(ctx, u, f.Picked())
	case manage.ManyClose:
		return d.Store.CloseMany(ctx, u, f.Picked(), f.Reason)
	}
	return d.Store.SubmitMany(ctx, u, f.Picked())
}
