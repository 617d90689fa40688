package institution

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/manage"
)

// announceForm answers GET /kelola/angkatan/:intake/umumkan: what will become known, before it does.
func (d *desk) announceForm(c web.Context) error {
	return d.announcePage(c, http.StatusOK, manage.AnnouncePage{Form: manage.AnnounceForm{Moment: manage.MomentForm{When: manage.MomentNow}}})
}

func (d *desk) announcePage(c web.Context, status int, page manage.AnnouncePage) (err error) {
	page.Check, err = d.Store.CheckAnnouncement(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Announce(page))
}

// announceIntake answers POST /kelola/angkatan/:intake/umumkan.
func (d *desk) announceIntake(c web.Context) error {
	var page manage.AnnouncePage
	if err := errors.Join(web.ReadForm(c, &page.Form), web.ReadForm(c, &page.Form.Moment)); err != nil {
		return err
	}
	page.Errors = page.Form.Moment.Check()
	again := func(status int) error { return d.announcePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		intake := c.Param("intake")
		err := d.Store.AskAnnouncement(c.Request().Context(), d.CurrentUser(c), intake, page.Form.Seen, page.Form.Moment.At())
		return web.Undoable(urls.ManageAnnounce(intake), "announce.done", urls.ManageUnannounce(intake), "announce.take_back"), err
	})
}

// unannounceIntake answers POST /kelola/angkatan/:intake/umumkan/tarik: it was too soon, and nobody has been told.
func (d *desk) unannounceIntake(c web.Context) error {
	page := manage.AnnouncePage{Form: manage.AnnounceForm{Moment: manage.MomentForm{When: manage.MomentNow}}}
	again := func(status int) error { return d.announcePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		intake := c.Param("intake")
		err := d.Store.TakeBackAnnouncement(c.Request().Context(), d.CurrentUser(c), intake)
		return web.Said(urls.ManageAnnounce(intake), "announce.taken_back"), err
	})
}
