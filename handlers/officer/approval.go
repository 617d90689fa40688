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
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	var page officer.ProgrammesPage
	var err error
	if page.Programmes, err = d.Store.WaitingProgrammes(ctx, u); err != nil {
		return err
	}
	if page.Scheduled, err = d.Store.ScheduledProgrammes(ctx, u); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Programmes(page))
}

// showWaitingProgramme answers GET /petugas/program/:programme.
func (d *desk) showWaitingProgramme(c web.Context) error {
	return d.waitingProgrammePage(c, http.StatusOK, officer.ProgrammePage{})
}

func (d *desk) waitingProgrammePage(c web.Context, status int, page officer.ProgrammePage) (err error) {
	ctx := c.Request().Context()
	if page.SubmitPreview, err = d.Store.HandedOver(ctx, d.CurrentUser(c), c.Param("programme")); err != nil {
		return err
	}
	if page.Draft.Pending() {
		regency := ""
		if code := page.Draft.Content.RegencyCode; code != nil {
			regency = *code
		}
		if page.Lists, err = d.ProgrammeLists(c, regency); err != nil {
			return err
		}
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
	return d.programmeAct(c, func(ref string, f officer.ReturnForm) (string, error) {
		at, err := d.Store.PublishProgramme(c.Request().Context(), d.CurrentUser(c), ref, f.Version)
		if at != nil {
			return "officer.programme.approved", err
		}
		return "officer.programme.published", err
	})
}

// returnProgramme answers POST /petugas/program/:programme/kembalikan.
func (d *desk) returnProgramme(c web.Context) error {
	return d.programmeAct(c, func(ref string, f officer.ReturnForm) (string, error) {
		err := d.Store.ReturnProgramme(c.Request().Context(), d.CurrentUser(c), ref, f.Version, f.Reason, f.Note)
		return "officer.programme.returned", err
	})
}

// programmeAct decides the programme in the address and leads back to those that wait; act gives what is said there.
func (d *desk) programmeAct(c web.Context, act func(ref string, f officer.ReturnForm) (done string, err error)) error {
	var page officer.ProgrammePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.waitingProgrammePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		done, err := act(c.Param("programme"), page.Form)
		return web.Said(urls.OfficerProgrammes(), done), err
	})
}
