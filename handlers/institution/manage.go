package institution

import (
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// manageHome answers GET /kelola.
func (d *desk) manageHome(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	institution, err := d.Store.OwnInstitution(ctx, u)
	if err != nil {
		return err
	}
	state := models.ApplicationState(c.QueryParam("keadaan"))
	work, err := d.Store.Work(ctx, u, state)
	if err != nil {
		return err
	}
	note, err := d.Store.LastInstitutionNote(ctx, u)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Home(manage.HomePage{Institution: institution, Work: work, Note: note, State: state}))
}

// manageInstitutionForm answers GET /kelola/lembaga.
func (d *desk) manageInstitutionForm(c web.Context) error {
	i, err := d.Store.OwnInstitution(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Institution(manage.InstitutionPage{Institution: i, Form: manage.InstitutionFormOf(i)}))
}

// saveInstitution answers POST /kelola/lembaga.
func (d *desk) saveInstitution(c web.Context) error {
	var page manage.InstitutionPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.institutionAgain(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		return web.Said(urls.ManageInstitution(), "profile.saved"), d.Store.SaveInstitution(ctx, u, page.Form.Version, page.Form.Input())
	})
}

// institutionAgain shows the form again. Where somebody else was faster it says who and what, and the next press
// decides over what is kept now.
func (d *desk) institutionAgain(c web.Context, status int, page manage.InstitutionPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Institution, err = d.Store.OwnInstitution(ctx, u); err != nil {
		return err
	}
	if page.Stale {
		page.Edits, err = d.Store.EditsSince(ctx, u, models.EditInstitution, page.Institution.ID, page.Form.Version)
		if err != nil {
			return err
		}
		page.Form.Version = page.Institution.Version
	}
	return d.Render(c, status, manage.Institution(page))
}

// manageProgrammes answers GET /kelola/program.
func (d *desk) manageProgrammes(c web.Context) error {
	return d.programmesPage(c, http.StatusOK, manage.ProgrammesPage{Token: uuid.NewString()})
}

func (d *desk) programmesPage(c web.Context, status int, page manage.ProgrammesPage) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	var after *models.Programme
	if ref := c.QueryParam("sesudah"); ref != "" {
		draft, err := d.Store.OwnProgramme(ctx, u, ref)
		if err != nil {
			return err
		}
		after = &draft.Programme
	}
	var err error
	page.Filter = models.OwnFilter{List: c.QueryParam("daftar"), Text: c.QueryParam("q")}
	if page.Programmes, err = d.Store.OwnProgrammes(ctx, u, page.Filter, after); err != nil {
		return err
	}
	if page.Reasons, err = d.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	page.More = len(page.Programmes) == models.OwnProgrammesPage
	return d.Render(c, status, manage.Programmes(page))
}

// createProgramme answers POST /kelola/program.
func (d *desk) createProgramme(c web.Context) error {
	var f struct {
		Token string `form:"token"`
		Title string `form:"title"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	page := manage.ProgrammesPage{Token: uuid.NewString(), Title: f.Title}
	again := func(status int) error { return d.programmesPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		p, err := d.Store.CreateProgramme(c.Request().Context(), d.CurrentUser(c), web.ValidToken(f.Token), f.Title)
		return web.To(urls.ManageSection(p.Ref, manage.Sections()[0].Slug)), err
	})
}

// manageProgramme answers GET /kelola/program/:programme.
func (d *desk) manageProgramme(c web.Context) error {
	return d.programmePage(c, http.StatusOK, manage.ProgrammePage{})
}

func (d *desk) programmePage(c web.Context, status int, page manage.ProgrammePage) error {
	return d.programmePageOf(c, status, c.Param("programme"), page)
}

func (d *desk) programmePageOf(c web.Context, status int, ref string, page manage.ProgrammePage) (err error) {
	if page.Draft, err = d.Store.OwnProgramme(c.Request().Context(), d.CurrentUser(c), ref); err != nil {
		return err
	}
	if page.Reason, err = d.reason(c, page.Draft.Programme.RefusalCode); err != nil {
		return err
	}
	return d.Render(c, status, manage.Programme(page))
}

// reason finds a reason by its code, nil for none.
func (d *desk) reason(c web.Context, code string) (*models.ReasonCode, error) {
	if code == "" {
		return nil, nil
	}
	texts, err := d.Store.ReasonTexts(c.Request().Context())
	if r, ok := texts[code]; ok {
		return &r, err
	}
	return nil, err
}

// editProgrammeForm answers GET /kelola/program/:programme/ubah.
func (d *desk) editProgrammeForm(c web.Context) error {
	ctx := c.Request().Context()
	draft, err := d.Store.OwnProgramme(ctx, d.CurrentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	if !draft.Editable() {
		return d.Redirect(c, urls.ManageProgramme(draft.Programme.Ref))
	}
	return d.editProgrammePage(c, http.StatusOK, manage.EditPage{Draft: draft, Form: manage.FormOf(ctx, draft)})
}

func (d *desk) editProgrammePage(c web.Context, status int, page manage.EditPage) (err error) {
	if page.Lists, err = d.ProgrammeLists(c, page.Form.Regency); err != nil {
		return err
	}
	return d.Render(c, status, manage.Edit(page))
}

// saveProgramme answers POST /kelola/program/:programme/ubah.
func (d *desk) saveProgramme(c web.Context) error {
	var page manage.EditPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("programme")
	var err error
	if page.Draft, err = d.Store.OwnProgramme(ctx, u, ref); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	next := urls.ManageProgramme(ref)
	if rows, err := moreRows(c); err != nil {
		return err
	} else if rows != "" {
		next = urls.ManageEditProgramme(ref) + "#f-" + rows
	}
	again := func(status int) error { return d.editProgrammeAgain(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		return web.Said(next, "profile.saved"), d.saveContent(ctx, u, ref, page.Form)
	})
}

// editProgrammeAgain shows the form of a programme again, as institutionAgain does.
func (d *desk) editProgrammeAgain(c web.Context, status int, page manage.EditPage) (err error) {
	if !page.Stale {
		return d.editProgrammePage(c, status, page)
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Draft, err = d.Store.OwnProgramme(ctx, u, c.Param("programme")); err != nil {
		return err
	}
	page.Edits, err = d.Store.EditsSince(ctx, u, models.EditProgramme, page.Draft.Programme.ID, page.Form.Version)
	if err != nil {
		return err
	}
	page.Form.Version = page.Draft.Programme.Version
	return d.editProgrammePage(c, status, page)
}

// previewProgramme answers GET /kelola/program/:programme/pratinjau: as a seeker will see it.
func (d *desk) previewProgramme(c web.Context) error {
	draft, err := d.Store.OwnProgramme(c.Request().Context(), d.CurrentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	return d.Preview(c, draft)
}

// newIntakeForm answers GET /kelola/program/:programme/angkatan.
func (d *desk) newIntakeForm(c web.Context) error {
	draft, err := d.Store.OwnProgramme(c.Request().Context(), d.CurrentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	form := manage.IntakeForm{Number: nextNumber(draft.Intakes), Selection: string(models.ByTest), EnrolDays: "3", Reserve: "2", Quota: "16"}
	return d.Render(c, http.StatusOK, manage.Intake(manage.IntakePage{Programme: draft.Programme, Form: form}))
}

// addIntake answers POST /kelola/program/:programme/angkatan.
func (d *desk) addIntake(c web.Context) error {
	var page manage.IntakePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("programme")
	draft, err := d.Store.OwnProgramme(ctx, u, ref)
	if err != nil {
		return err
	}
	page.Programme, page.Errors = draft.Programme, page.Form.Check()
	again := func(status int) error { return d.Render(c, status, manage.Intake(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		_, err := d.Store.AddIntake(ctx, u, ref, page.Form.Input())
		return web.Said(urls.ManageProgramme(ref), "profile.saved"), err
	})
}

// editIntakeForm answers GET /kelola/angkatan/:intake.
func (d *desk) editIntakeForm(c web.Context) error {
	in, p, err := d.Store.OwnIntake(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Intake(manage.IntakePage{Programme: p, Intake: &in, Form: manage.IntakeFormOf(in.Intake)}))
}

// saveIntake answers POST /kelola/angkatan/:intake.
func (d *desk) saveIntake(c web.Context) error {
	var page manage.IntakePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	in, p, err := d.Store.OwnIntake(ctx, u, c.Param("intake"))
	if err != nil {
		return err
	}
	var sure manage.Sure
	if err := web.ReadForm(c, &sure); err != nil {
		return err
	}
	page.Intake, page.Programme, page.Errors = &in, p, page.Form.Check()
	again := func(status int) error { return d.intakeAgain(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.SaveIntake(ctx, u, in.Ref, page.Form.Version, page.Form.Input(), sure.Told != "")
		return web.Said(urls.ManageProgramme(p.Ref), "profile.saved"), err
	})
}

// intakeAgain shows the form of an intake again, or, where nothing is wrong but that people have to be told, whom the
// change concerns and what they will read.
func (d *desk) intakeAgain(c web.Context, status int, page manage.IntakePage) error {
	if page.Stale {
		return d.intakeOvertaken(c, status, page)
	}
	if !page.Concerns() {
		return d.Render(c, status, manage.Intake(page))
	}
	change := manage.ChangePage{IntakePage: page, Values: c.Request().PostForm}
	var err error
	change.Lines, change.People, err = d.Store.ChangePreview(c.Request().Context(), d.CurrentUser(c), page.Intake.Ref, page.Form.Input())
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Change(change))
}

// intakeOvertaken shows the form of an intake again that somebody else saved first, as institutionAgain does.
func (d *desk) intakeOvertaken(c web.Context, status int, page manage.IntakePage) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	in, _, err := d.Store.OwnIntake(ctx, u, page.Intake.Ref)
	if err != nil {
		return err
	}
	page.Intake = &in
	if page.Edits, err = d.Store.EditsSince(ctx, u, models.EditIntake, in.ID, page.Form.Version); err != nil {
		return err
	}
	page.Form.Version = in.Version
	return d.Render(c, status, manage.Intake(page))
}
