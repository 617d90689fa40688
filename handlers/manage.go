package handlers

import (
	"errors"
	"net/http"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
	"naikkelas/views/public"
)

// manageHome answers GET /kelola.
func (h *Handlers) manageHome(c echo.Context) error {
	ctx, u := c.Request().Context(), h.currentUser(c)
	institution, err := h.Store.OwnInstitution(ctx, u)
	if err != nil {
		return err
	}
	work, err := h.Store.Work(ctx, u)
	if err != nil {
		return err
	}
	note, err := h.Store.LastInstitutionNote(ctx, u)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, manage.Home(manage.HomePage{Institution: institution, Work: work, Note: note}))
}

// manageInstitutionForm answers GET /kelola/lembaga.
func (h *Handlers) manageInstitutionForm(c echo.Context) error {
	i, err := h.Store.OwnInstitution(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	page := manage.InstitutionPage{Institution: i, Form: manage.InstitutionForm{Version: i.Version, About: i.About, Phone: i.Phone, Email: i.Email, Website: i.Website, Complaint: i.ComplaintContact}}
	return h.render(c, http.StatusOK, manage.Institution(page))
}

// saveInstitution answers POST /kelola/lembaga.
func (h *Handlers) saveInstitution(c echo.Context) error {
	var page manage.InstitutionPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), h.currentUser(c)
	var err error
	if page.Institution, err = h.Store.OwnInstitution(ctx, u); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); !page.Errors.Any() {
		err := h.Store.SaveInstitution(ctx, u, page.Form.Version, page.Form.Input())
		if err == nil {
			return h.done(c, "profile.saved", urls.ManageInstitution())
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.render(c, http.StatusUnprocessableEntity, manage.Institution(page))
}

// manageProgrammes answers GET /kelola/program.
func (h *Handlers) manageProgrammes(c echo.Context) error {
	return h.programmesPage(c, http.StatusOK, manage.ProgrammesPage{Token: uuid.NewString()})
}

func (h *Handlers) programmesPage(c echo.Context, status int, page manage.ProgrammesPage) error {
	ctx, u := c.Request().Context(), h.currentUser(c)
	var after int64
	if ref := c.QueryParam("sesudah"); ref != "" {
		d, err := h.Store.OwnProgramme(ctx, u, ref)
		if err != nil {
			return err
		}
		after = d.Programme.ID
	}
	var err error
	if page.Programmes, err = h.Store.OwnProgrammes(ctx, u, after); err != nil {
		return err
	}
	page.More = len(page.Programmes) == models.OwnProgrammesPage
	return h.render(c, status, manage.Programmes(page))
}

// createProgramme answers POST /kelola/program.
func (h *Handlers) createProgramme(c echo.Context) error {
	var f struct {
		Token string `form:"token"`
		Title string `form:"title"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	p, err := h.Store.CreateProgramme(c.Request().Context(), h.currentUser(c), validToken(f.Token), f.Title)
	if err == nil {
		return h.redirect(c, urls.ManageEditProgramme(p.Ref))
	}
	page := manage.ProgrammesPage{Token: uuid.NewString(), Title: f.Title}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	return h.programmesPage(c, http.StatusUnprocessableEntity, page)
}

// manageProgramme answers GET /kelola/program/:programme.
func (h *Handlers) manageProgramme(c echo.Context) error {
	return h.programmePage(c, http.StatusOK, manage.ProgrammePage{})
}

func (h *Handlers) programmePage(c echo.Context, status int, page manage.ProgrammePage) error {
	ctx := c.Request().Context()
	var err error
	if page.Draft, err = h.Store.OwnProgramme(ctx, h.currentUser(c), c.Param("programme")); err != nil {
		return err
	}
	if page.Reason, err = h.reason(c, page.Draft.Programme.RefusalCode); err != nil {
		return err
	}
	return h.render(c, status, manage.Programme(page))
}

// reason finds a reason by its code, nil for none.
func (h *Handlers) reason(c echo.Context, code string) (*models.ReasonCode, error) {
	if code == "" {
		return nil, nil
	}
	texts, err := h.Store.ReasonTexts(c.Request().Context())
	if r, ok := texts[code]; ok {
		return &r, err
	}
	return nil, err
}

// editProgrammeForm answers GET /kelola/program/:programme/ubah.
func (h *Handlers) editProgrammeForm(c echo.Context) error {
	ctx := c.Request().Context()
	d, err := h.Store.OwnProgramme(ctx, h.currentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	if !d.Editable() {
		return h.redirect(c, urls.ManageProgramme(d.Programme.Ref))
	}
	return h.editProgrammePage(c, http.StatusOK, manage.EditPage{Draft: d, Form: manage.FormOf(ctx, d)})
}

func (h *Handlers) editProgrammePage(c echo.Context, status int, page manage.EditPage) (err error) {
	ctx := c.Request().Context()
	l := &page.Lists
	var errs [6]error
	l.Sectors, errs[0] = h.Store.Sectors(ctx)
	l.Occupations, errs[1] = h.Store.Occupations(ctx)
	l.Education, errs[2] = h.Store.EducationLevels(ctx)
	l.Certificates, errs[3] = h.Store.CertificateTypes(ctx)
	l.Regencies, errs[4] = h.Store.JakartaRegencies(ctx)
	l.Countries, errs[5] = h.Store.Countries(ctx)
	if err := errors.Join(errs[:]...); err != nil {
		return err
	}
	return h.render(c, status, manage.Edit(page))
}

// saveProgramme answers POST /kelola/program/:programme/ubah.
func (h *Handlers) saveProgramme(c echo.Context) error {
	var page manage.EditPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u, ref := c.Request().Context(), h.currentUser(c), c.Param("programme")
	var err error
	if page.Draft, err = h.Store.OwnProgramme(ctx, u, ref); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); !page.Errors.Any() {
		err := h.Store.SaveProgramme(ctx, u, ref, page.Form.Version, page.Form.Content())
		if err == nil {
			return h.done(c, "profile.saved", urls.ManageProgramme(ref))
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.editProgrammePage(c, http.StatusUnprocessableEntity, page)
}

// previewProgramme answers GET /kelola/program/:programme/pratinjau: as a seeker will see it.
func (h *Handlers) previewProgramme(c echo.Context) error {
	d, err := h.Store.OwnProgramme(c.Request().Context(), h.currentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	return h.preview(c, d)
}

func (h *Handlers) preview(c echo.Context, d models.ProgrammeDraft) error {
	detail, err := h.Store.Preview(c.Request().Context(), d)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, public.Programme(public.ProgrammePage{ProgrammeDetail: detail, Preview: true}))
}

// submitProgramme answers POST /kelola/program/:programme/ajukan. What is missing is listed with links.
func (h *Handlers) submitProgramme(c echo.Context) error {
	return h.programmeAct(c, "manage.programme.submitted", h.Store.SubmitProgramme)
}

// closeProgramme answers POST /kelola/program/:programme/tutup.
func (h *Handlers) closeProgramme(c echo.Context) error {
	return h.programmeAct(c, "manage.programme.closed", h.Store.CloseProgramme)
}

// newIntakeForm answers GET /kelola/program/:programme/angkatan.
func (h *Handlers) newIntakeForm(c echo.Context) error {
	d, err := h.Store.OwnProgramme(c.Request().Context(), h.currentUser(c), c.Param("programme"))
	if err != nil {
		return err
	}
	page := manage.IntakePage{Programme: d.Programme, Form: manage.IntakeForm{Number: nextNumber(d.Intakes), Selection: string(models.ByTest), EnrolDays: "3", Reserve: "2", Quota: "16"}}
	return h.render(c, http.StatusOK, manage.Intake(page))
}

// addIntake answers POST /kelola/program/:programme/angkatan.
func (h *Handlers) addIntake(c echo.Context) error {
	var page manage.IntakePage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u, ref := c.Request().Context(), h.currentUser(c), c.Param("programme")
	d, err := h.Store.OwnProgramme(ctx, u, ref)
	if err != nil {
		return err
	}
	page.Programme = d.Programme
	if page.Errors = page.Form.Check(); !page.Errors.Any() {
		_, err := h.Store.AddIntake(ctx, u, ref, page.Form.Input())
		if err == nil {
			return h.done(c, "profile.saved", urls.ManageProgramme(ref))
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.render(c, http.StatusUnprocessableEntity, manage.Intake(page))
}

// editIntakeForm answers GET /kelola/angkatan/:intake.
func (h *Handlers) editIntakeForm(c echo.Context) error {
	in, p, err := h.Store.OwnIntake(c.Request().Context(), h.currentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, manage.Intake(manage.IntakePage{Programme: p, Intake: &in, Form: manage.IntakeFormOf(in.Intake)}))
}

// saveIntake answers POST /kelola/angkatan/:intake.
func (h *Handlers) saveIntake(c echo.Context) error {
	var page manage.IntakePage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), h.currentUser(c)
	in, p, err := h.Store.OwnIntake(ctx, u, c.Param("intake"))
	if err != nil {
		return err
	}
	page.Intake, page.Programme = &in, p
	if page.Errors = page.Form.Check(); !page.Errors.Any() {
		err := h.Store.SaveIntake(ctx, u, in.Ref, page.Form.Version, page.Form.Input())
		if err == nil {
			return h.done(c, "profile.saved", urls.ManageProgramme(p.Ref))
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.render(c, http.StatusUnprocessableEntity, manage.Intake(page))
}

// cancelIntake answers POST /kelola/angkatan/:intake/batal.
func (h *Handlers) cancelIntake(c echo.Context) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), h.currentUser(c)
	_, p, err := h.Store.OwnIntake(ctx, u, c.Param("intake"))
	if err != nil {
		return err
	}
	if err := h.Store.CancelIntake(ctx, u, c.Param("intake"), f.Version); err != nil {
		return err
	}
	return h.done(c, "manage.intake.cancelled", urls.ManageProgramme(p.Ref))
}
