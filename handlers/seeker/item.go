package seeker

import (
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	view "naikkelas/views/journey"
)

// calendarKey keeps the address of a calendar, sealed, until its page was shown once.
const calendarKey = "calendar"

// itemPage loads one need with its history and the files that can prove it.
func (d *desk) itemPage(c web.Context, page *view.ItemPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.List, page.Line, err = d.Journey.OwnItem(ctx, u, c.Param("item")); err != nil {
		return err
	}
	if page.Files, page.Certificates, err = d.Journey.FilesOf(ctx, page.List.ID); err != nil {
		return err
	}
	if page.Line.Health {
		return nil
	}
	page.Library, err = d.Journey.Receipts(ctx, u)
	return err
}

// showItem answers GET /saya/siap/:item.
func (d *desk) showItem(c web.Context) error {
	var page view.ItemPage
	if err := d.itemPage(c, &page); err != nil {
		return err
	}
	page.Form = view.ItemFormOf(page.Line.Item, page.Files[page.Line.Item.ID])
	return d.Render(c, http.StatusOK, view.Item(page))
}

// itemAct is what a form on an item's page does; what is wrong is said there.
func (d *desk) itemAct(c web.Context, page *view.ItemPage, said string, act func() error) error {
	again := func(status int) error {
		if err := d.itemPage(c, page); err != nil {
			return err
		}
		if page.Form.State == "" && page.Form.Number == "" { // the other form was sent
			version := page.Form.Version
			page.Form = view.ItemFormOf(page.Line.Item, page.Files[page.Line.Item.ID])
			page.Form.Version = version
		}
		return d.Render(c, status, view.Item(*page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.ReadinessItem(c.Param("item")), said), act()
	})
}

// recordItem answers POST /saya/siap/:item.
func (d *desk) recordItem(c web.Context) error {
	var page view.ItemPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	return d.itemAct(c, &page, "item.saved", func() error {
		return d.Journey.Record(c.Request().Context(), d.CurrentUser(c), c.Param("item"), page.Form.Input())
	})
}

// itemNotNeeded answers POST /saya/siap/:item/tidak-perlu.
func (d *desk) itemNotNeeded(c web.Context) error {
	var page view.ItemPage
	if err := web.ReadForm(c, &page.Reason); err != nil {
		return err
	}
	page.Form.Version = page.Reason.Version
	page.Errors = page.Reason.Check()
	return d.itemAct(c, &page, "item.not_needed.done", func() error {
		reason := strings.TrimSpace(page.Reason.Reason)
		return d.Journey.MarkNotNeeded(c.Request().Context(), d.CurrentUser(c), c.Param("item"), reason, page.Reason.Version)
	})
}

// reopenItem answers POST /saya/siap/:item/buka.
func (d *desk) reopenItem(c web.Context) error {
	var page view.ItemPage
	var f view.VersionForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	page.Form.Version = f.Version
	return d.itemAct(c, &page, "item.reopened", func() error {
		return d.Journey.Reopen(c.Request().Context(), d.CurrentUser(c), c.Param("item"), f.Version)
	})
}

// itemSeen answers POST /saya/siap/:item/dibaca.
func (d *desk) itemSeen(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		err := d.Journey.SawChange(c.Request().Context(), d.CurrentUser(c), c.Param("item"))
		return web.Said(urls.ReadinessItem(c.Param("item")), "item.seen"), err
	})
}

// calendarPage answers GET /saya/siap/kalender. An address that was just made is shown once.
func (d *desk) calendarPage(c web.Context) error {
	var page view.CalendarPage
	if sealed := d.Remembered(c, calendarKey); sealed != "" {
		token, err := d.Store.OpenDraft(sealed)
		if err != nil {
			return err
		}
		page.Address = d.Settings.BaseURL + urls.Calendar(string(token))
		if err := d.Remember(c, calendarKey, ""); err != nil {
			return err
		}
	}
	var err error
	if page.Since, err = d.Journey.CalendarSince(c.Request().Context(), d.CurrentUser(c)); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, view.CalendarAddress(page))
}

// makeCalendar answers POST /saya/siap/kalender.
func (d *desk) makeCalendar(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		token, err := d.Journey.MakeCalendar(c.Request().Context(), d.CurrentUser(c))
		if err != nil {
			return web.Next{}, err
		}
		sealed, err := d.Store.SealDraft([]byte(token))
		if err != nil {
			return web.Next{}, err
		}
		return web.To(urls.ReadinessCalendar()), d.Remember(c, calendarKey, sealed)
	})
}

// endCalendar answers POST /saya/siap/kalender/akhiri.
func (d *desk) endCalendar(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.Said(urls.ReadinessCalendar(), "plan.calendar.ended"), d.Journey.EndCalendar(c.Request().Context(), d.CurrentUser(c))
	})
}
