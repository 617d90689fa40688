package public

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// paperRoutes are where anybody looks a paper up that they were shown. Nobody writes down who looked: the log has the route
// alone, and there is no row of it.
func (d *desk) paperRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.CheckPattern, d.checkPaperForm, web.Anyone),
		web.Post(urls.CheckPattern, d.checkPaper, web.Anyone),
		web.Get(urls.CheckedPaperPattern, d.checkedPaper, web.Anyone),
	}
}

// checkPaperForm answers GET /cek.
func (d *desk) checkPaperForm(c web.Context) error {
	return d.paperPage(c, http.StatusOK, public.CheckPaperPage{})
}

// checkPaper answers POST /cek: a code that was typed leads to the page of its paper, as the QR code does.
func (d *desk) checkPaper(c web.Context) error {
	var page public.CheckPaperPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.paperPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.To(urls.CheckedPaper(models.PaperCode(page.Form.Code))), nil
	})
}

// checkedPaper answers GET /cek/:code. Codes that are wrong, none at all, or ended get the same page.
func (d *desk) checkedPaper(c web.Context) error {
	paper, err := d.Store.CheckPaper(c.Request().Context(), c.Param("code"))
	if errors.Is(err, models.ErrNotFound) {
		return d.paperPage(c, http.StatusNotFound, public.CheckPaperPage{Unknown: true})
	}
	if err != nil {
		return err
	}
	return d.paperPage(c, http.StatusOK, public.CheckPaperPage{Paper: &paper})
}

func (d *desk) paperPage(c web.Context, status int, page public.CheckPaperPage) error {
	c.Response().Header().Set("X-Robots-Tag", "noindex")
	return d.Render(c, status, public.CheckPaper(page))
}
