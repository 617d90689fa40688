package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listWaitingProgrammes answers GET /petugas/program.
func (d *desk) listWaitingProgrammes(c web.Context) error {
	list, err := d.Store.WaitingProgrammes(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Programmes(officer.ProgrammesPage{Programmes: list}))
}

// showWaitingProgramme answers GET /petugas/program/:programme.
func (d *desk) showWaitingProgramme(c web.Context) error {
	return d.waitingProgrammePage(c, http.StatusOK, officer.ProgrammePage{})
}

func (d *desk) waitingProgrammePage(c web.Context, status int, page officer.ProgrammePage) (err error) {
	ctx := c.Request().Context()
	if page.Draft, err = d.Store.ProgrammeForOfficer(ctx, d.CurrentUser(c), c.Param("programme")); err != nil {
		return err
	}
	if page.Reasons, err = d.Store.Reasons(ctx, "programme_refused"); err != nil {
		return err
	}
	if page.Stale {
		page.Edits, err = d.Store.EditsSince(ctx, d.CurrentUser(c), models.EditProgramme, page.Draft.Programme.ID, page.Form.Version)
		if err != nil {
			return err
		}
	}
	if page.Events, err = d.Store.ProgrammeEvents(ctx, d.CurrentUser(c), page.Draft.Programme); err != nil {
		return err
	}
	if page.Texts, err = d.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	return d.Render(c, status, officer.Programme(page))
}

// previewWaitingProgramme answers GET /petugas/program/:programme/pratinjau.
func (d *desk) previewWaitingProgramme(c web.Context) error {
	draft, err := d.Store.ProgrammeForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	return d.Preview(c, draft)
}

// publishProgramme answers POST /petugas/program/:programme/terbitkan.
func (d *desk) publishProgramme(c web.Context) error {
	return d.programmeAct(c, "officer.programme.published", func(ref string, f officer.ReturnForm) error {
		return d.Store.PublishProgramme(c.Request().Context(), d.CurrentUser(c), ref, f.Version)
	})
}

// returnProgramme answers POST /petugas/program/:programme/kembalikan.
func (d *desk) returnProgramme(c web.Context) error {
	return d.programmeAct(c, "officer.programme.returned", func(ref string, f officer.ReturnForm) error {
		return d.Store.ReturnProgramme(c.Request().Context(), d.CurrentUser(c), ref, f.Version, f.Reason, f.Note)
	})
}

// programmeAct decides the programme in the address and leads back to those that wait.
func (d *desk) programmeAct(c web.Context, done string, act func(ref string, f officer.ReturnForm) error) error {
	var page officer.ProgrammePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.waitingProgrammePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		return web.Said(urls.OfficerProgrammes(), done), act(c.Param("programme"), page.Form)
	})
}
