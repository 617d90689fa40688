package officer

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/officer"
)

// weighDecision answers POST /petugas/pendaftaran/:application/periksa: what the decision will do, or the file with
// what keeps it from being made. With change in the form it is the file with what was typed.
func (d *desk) weighDecision(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if page.Form.Change != "" {
		return d.officerApplication(c, http.StatusOK, page)
	}
	page.Errors = page.Form.Check()
	return d.showWeighed(c, page)
}

func (d *desk) showWeighed(c web.Context, page officer.ApplicationPage) error {
	if page.Errors.Any() {
		return d.applicationAct(c, &page, nil)
	}
	preview, err := d.Store.PreviewDecision(c.Request().Context(), d.CurrentUser(c), c.Param("application"), page.Form.Decision())
	if len(record.RefusalsIn(err)) > 0 {
		return d.applicationAct(c, &page, func() (web.Next, error) { return web.Next{}, err })
	}
	if err != nil {
		return err
	}
	if err := d.fillOfficerApplication(c, &page); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.DecisionCheck(officer.DecisionCheckPage{File: page, Preview: preview}))
}

// decideApplication answers POST /petugas/pendaftaran/:application/putuskan.
func (d *desk) decideApplication(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	return d.applicationAct(c, &page, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.Decide(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Decision())
		if err != nil {
			return web.Next{}, err
		}
		return d.afterDecision(c, page.Form, ref)
	})
}

// afterDecision says what was decided, and leads to the next file where the officer wants that.
func (d *desk) afterDecision(c web.Context, f officer.DecisionForm, ref string) (web.Next, error) {
	if f.Next == "" {
		return web.Said(urls.OfficerQueue(), "officer.decide.done", "Ref", ref), nil
	}
	within := officer.KeptFilter(d.Remembered(c, filterKey))
	next, err := d.Store.TakeNextApplication(c.Request().Context(), d.CurrentUser(c), within.Filter())
	switch {
	case errors.Is(err, models.ErrNotFound):
		return web.Said(within.Path(), "officer.decide.done_last", "Ref", ref), nil
	case err != nil: // the decision stands all the same
		d.Logged(c, err)
		return web.Said(urls.OfficerQueue(), "officer.decide.done", "Ref", ref), nil
	}
	return web.Said(urls.OfficerApplication(next), "officer.decide.done", "Ref", ref), nil
}

// recallDecision answers POST /petugas/pendaftaran/:application/tarik.
func (d *desk) recallDecision(c web.Context) error {
	return d.applicationAct(c, &officer.ApplicationPage{}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.Recall(c.Request().Context(), d.CurrentUser(c), ref)
		return web.Said(urls.OfficerApplication(ref), "officer.announce.recalled"), err
	})
}

// lookAgain answers POST /petugas/pendaftaran/:application/cek-lagi.
func (d *desk) lookAgain(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Look); err != nil {
		return err
	}
	return d.applicationAct(c, &page, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.LookAgain(c.Request().Context(), d.CurrentUser(c), ref, page.Look.Outcome == "renew", page.Look.Note)
		return web.Said(urls.OfficerApplication(ref), "officer.again.done"), err
	})
}

// takeOver answers POST /petugas/pendaftaran/:application/ambil-alih.
func (d *desk) takeOver(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Over); err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("application")
	return d.takenAgain(c, page, d.Store.TakeOver(c.Request().Context(), d.CurrentUser(c), ref, page.Over.Why))
}

// agree answers POST /petugas/pendaftaran/:application/setuju.
func (d *desk) agree(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Agreement); err != nil {
		return err
	}
	return d.applicationAct(c, &page, func() (web.Next, error) {
		ref, f := c.Param("application"), page.Agreement
		err := d.Store.Agree(c.Request().Context(), d.CurrentUser(c), ref, f.Reason, f.Why)
		return web.Said(urls.OfficerApplication(ref), "officer.agree.done"), err
	})
}

// decideAlike answers POST /petugas/pendaftaran/:application/orang-sama.
func (d *desk) decideAlike(c web.Context) error {
	var page officer.ApplicationPage
	if err := web.ReadForm(c, &page.Alike); err != nil {
		return err
	}
	// Who was faster decided about the other account, not about the file: the page shows that where it is asked.
	again := func(status int) error { return d.officerApplication(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.DecideAlike(c.Request().Context(), d.CurrentUser(c), ref, page.Alike.Decision())
		return web.SaidAt(urls.OfficerApplication(ref), "orang-sama", "officer.alike.done"), err
	})
}
