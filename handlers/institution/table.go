package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// listApplicants answers GET /kelola/angkatan/:intake/pendaftar.
func (d *desk) listApplicants(c web.Context) (err error) {
	page, ctx := manage.ApplicantsPage{Form: manage.TableFormOf(c.QueryParams())}, c.Request().Context()
	if page.Table, err = d.Store.Applicants(ctx, d.CurrentUser(c), c.Param("intake"), page.Form.Query()); err != nil {
		return err
	}
	if page.Levels, err = d.Store.EducationLevels(ctx); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Applicants(page))
}

// chooseApplicants answers GET /kelola/angkatan/:intake/pilih: whom an act is for, before it is done.
func (d *desk) chooseApplicants(c web.Context) error {
	page := manage.ChoosePage{Form: manage.SelectFormOf(c.QueryParams())}
	if len(page.Form.Applications) == 0 && page.Form.All == "" {
		page.Errors.Add("applications", models.ErrNobodyChosen.Key)
	}
	return d.choosePage(c, http.StatusOK, page)
}

func (d *desk) choosePage(c web.Context, status int, page manage.ChoosePage) (err error) {
	ctx := c.Request().Context()
	page.Check, err = d.Store.CheckSelection(ctx, d.CurrentUser(c), c.Param("intake"), page.Form.Act, page.Form.Chosen())
	if err != nil {
		return err
	}
	if page.Reasons, err = d.Store.Reasons(ctx, models.RecordNotSelected); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	return d.Render(c, status, manage.Choose(page))
}

// inviteApplicants answers POST /kelola/angkatan/:intake/undang.
func (d *desk) inviteApplicants(c web.Context) error {
	return d.selectApplicants(c, func(f *manage.SelectForm) { f.Act = models.SelectInvited })
}

// recordApplicants answers POST /kelola/angkatan/:intake/putuskan.
func (d *desk) recordApplicants(c web.Context) error {
	return d.selectApplicants(c, func(*manage.SelectForm) {})
}

// selectApplicants does an act for many. Where all went well the table says so, else a page of its own says what did not.
func (d *desk) selectApplicants(c web.Context, set func(*manage.SelectForm)) error {
	var page manage.ChoosePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	set(&page.Form)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.choosePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		intake := c.Param("intake")
		run, err := d.Store.Select(c.Request().Context(), d.CurrentUser(c), intake, page.Form.Input(web.ValidToken(page.Form.Token)))
		switch {
		case err != nil || !run.Whole():
			return web.To(urls.ManageSelection(intake, run.Ref)), err
		case run.Act == models.SelectInvited:
			return web.Said(urls.ManageApplicants(intake), "manage.invite.sent"), nil
		}
		return web.Said(urls.ManageApplicants(intake), "selection.recorded", "Count", len(run.Targets)), nil
	})
}

// showSelection answers GET /kelola/angkatan/:intake/hasil/:run.
func (d *desk) showSelection(c web.Context) (err error) {
	var page manage.SelectionPage
	page.Run, page.Intake, page.Programme, err = d.Store.Selection(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), c.Param("run"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Selection(page))
}

// addNote answers POST /kelola/pendaftar/:application/catatan.
func (d *desk) addNote(c web.Context) error {
	var page manage.ApplicantPage
	if err := web.ReadForm(c, &page.Note); err != nil {
		return err
	}
	again := func(status int) error { return d.applicantPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.AddNote(c.Request().Context(), d.CurrentUser(c), ref, web.ValidToken(page.Note.Token), page.Note.Text)
		return web.SaidAt(urls.ManageApplicant(ref), "catatan", "selection.note_saved"), err
	})
}
