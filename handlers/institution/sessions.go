package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/manage"
)

// listSessions answers GET /kelola/angkatan/:intake/sesi.
func (d *desk) listSessions(c web.Context) error {
	return d.sessionsPage(c, http.StatusOK, manage.SessionsPage{})
}

func (d *desk) sessionsPage(c web.Context, status int, page manage.SessionsPage) (err error) {
	page.Intake, page.Programme, page.List, err = d.Store.TestSessions(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Sessions(page))
}

// addSession answers POST /kelola/angkatan/:intake/sesi.
func (d *desk) addSession(c web.Context) error {
	var page manage.SessionsPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.sessionsPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		intake := c.Param("intake")
		err := d.Store.AddTestSession(c.Request().Context(), d.CurrentUser(c), intake, page.Form.Input())
		return web.Said(urls.TestSessions(intake), "session.added"), err
	})
}

// readSession reads a session with its people into its page.
func (d *desk) readSession(c web.Context, page *manage.SessionPage) (err error) {
	page.Intake, page.Programme, page.Session, page.People, err = d.Store.SessionPeople(
		c.Request().Context(), d.CurrentUser(c), c.Param("intake"), c.Param("session"))
	return err
}

// showSession answers GET /kelola/angkatan/:intake/sesi/:session.
func (d *desk) showSession(c web.Context) error {
	return d.sessionPage(c, http.StatusOK, manage.SessionPage{})
}

func (d *desk) sessionPage(c web.Context, status int, page manage.SessionPage) error {
	if err := d.readSession(c, &page); err != nil {
		return err
	}
	return d.Render(c, status, manage.Session(page))
}

// changeSessionForm answers GET /kelola/angkatan/:intake/sesi/:session/ubah: whom it touches, before anything is done.
func (d *desk) changeSessionForm(c web.Context) error {
	var page manage.SessionPage
	if err := d.readSession(c, &page); err != nil {
		return err
	}
	page.Form = manage.SessionFormOf(page.Session.TestSession)
	return d.Render(c, http.StatusOK, manage.ChangeSession(page))
}

// changeSession answers POST /kelola/angkatan/:intake/sesi/:session/ubah.
func (d *desk) changeSession(c web.Context) error {
	var page manage.SessionPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error {
		if err := d.readSession(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, manage.ChangeSession(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		intake, ref := c.Param("intake"), c.Param("session")
		err := d.Store.ChangeTestSession(c.Request().Context(), d.CurrentUser(c), intake, ref, page.Form.Version, page.Form.Input())
		return web.Said(urls.TestSession(intake, ref), "session.changed"), err
	})
}

// cancelSessionForm answers GET /kelola/angkatan/:intake/sesi/:session/batal.
func (d *desk) cancelSessionForm(c web.Context) error {
	return d.cancelSessionPage(c, http.StatusOK, manage.SessionPage{})
}

func (d *desk) cancelSessionPage(c web.Context, status int, page manage.SessionPage) error {
	if err := d.readSession(c, &page); err != nil {
		return err
	}
	return d.Render(c, status, manage.CancelSession(page))
}

// cancelSession answers POST /kelola/angkatan/:intake/sesi/:session/batal.
func (d *desk) cancelSession(c web.Context) error {
	var f manage.CancelSessionForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	page := manage.SessionPage{Reason: f.Reason, Errors: f.Check()}
	again := func(status int) error { return d.cancelSessionPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		intake, ref := c.Param("intake"), c.Param("session")
		err := d.Store.CancelTestSession(c.Request().Context(), d.CurrentUser(c), intake, ref, f.Version, f.Reason)
		return web.Said(urls.TestSession(intake, ref), "session.cancel_done"), err
	})
}
