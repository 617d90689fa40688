package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/manage"
)

// news answers GET /kelola/kabar: which letters come to the acting person, and when.
func (d *desk) news(c web.Context) error {
	paces, err := d.Store.NewsChoices(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.News(manage.NewsPage{Self: d.CurrentUser(c), Form: manage.NewsFormOf(paces)}))
}

// chooseNews answers POST /kelola/kabar.
func (d *desk) chooseNews(c web.Context) error {
	page := manage.NewsPage{Self: d.CurrentUser(c)}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.Render(c, status, manage.News(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.ManageNews(), "manage.news.saved"), d.Store.ChooseNews(c.Request().Context(), page.Self, page.Form.Chosen())
	})
}
