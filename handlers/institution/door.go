package institution

import (
	"encoding/json"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/static"
	"naikkelas/views/ambient"
	"naikkelas/views/manage"
)

// doorForm answers GET /kelola/angkatan/:intake/sesi/:session/pintu: who came, to be ticked on a phone.
func (d *desk) doorForm(c web.Context) error {
	return d.doorPage(c, http.StatusOK, manage.SessionPage{})
}

func (d *desk) doorPage(c web.Context, status int, page manage.SessionPage) error {
	if err := d.readSession(c, &page); err != nil {
		return err
	}
	page.Token = web.ValidToken(page.Token)
	return d.Render(c, status, manage.Door(page))
}

// recordDoor answers POST /kelola/angkatan/:intake/sesi/:session/pintu.
func (d *desk) recordDoor(c web.Context) error {
	var f manage.DoorForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	page := manage.SessionPage{Absent: f.Absent, Token: web.ValidToken(f.Token)}
	again := func(status int) error { return d.doorPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		intake, ref := c.Param("intake"), c.Param("session")
		err := d.Store.RecordDoor(c.Request().Context(), d.CurrentUser(c), intake, ref, page.Token, f.Numbers())
		return web.Said(urls.TestSession(intake, ref), "presence.done"), err // the page has the way back
	})
}

// undoDoor answers POST /kelola/angkatan/:intake/sesi/:session/tarik.
func (d *desk) undoDoor(c web.Context) error {
	var page manage.SessionPage
	again := func(status int) error { return d.sessionPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		intake, ref := c.Param("intake"), c.Param("session")
		return web.Said(urls.TestSession(intake, ref), "presence.undone"), d.Store.UndoDoor(c.Request().Context(), d.CurrentUser(c), intake, ref)
	})
}

// doorWorker answers GET /kelola/angkatan/:intake/sesi/:session/pintu/sw.js: the script that keeps the list of one session's
// door on a phone, with what it keeps and until when. It names nobody, and is there on that day alone.
func (d *desk) doorWorker(c web.Context) error {
	ctx, intake, ref := c.Request().Context(), c.Param("intake"), c.Param("session")
	_, _, session, err := d.Store.TestSessionOf(ctx, d.CurrentUser(c), intake, ref)
	if err != nil {
		return err
	}
	until, ok := session.DoorKeptUntil(ambient.From(ctx).Now)
	if !ok {
		return models.ErrNotFound
	}
	page := ambient.Href(ctx, urls.TestDoor(intake, ref))
	kept, err := json.Marshal(struct {
		Page  string   `json:"page"`
		Until int64    `json:"until"`
		Files []string `json:"files"`
	}{page, until.UnixMilli(), []string{static.Path("help.css"), static.Path("doorlist.js"), static.Path("favicon.svg")}})
	if err != nil {
		return err
	}
	load, err := json.Marshal(static.Path("doorworker.js"))
	if err != nil {
		return err
	}
	c.Response().Header().Set("Service-Worker-Allowed", page)
	return c.Blob(http.StatusOK, "text/javascript; charset=utf-8", []byte("self.kept = "+string(kept)+";\nimportScripts("+string(load)+");\n"))
}
