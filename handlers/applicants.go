package handlers

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// programmeAct makes one step of a programme and leads back to it; what is refused is shown there.
func (h *Handlers) programmeAct(c echo.Context, done string, act func(ctx context.Context, u models.User, ref string, version int) error) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := readForm(c, &f); err != nil {
		return err
	}
	ref := c.Param("programme")
	err := act(c.Request().Context(), h.currentUser(c), ref, f.Version)
	if err == nil {
		return h.done(c, done, urls.ManageProgramme(ref))
	}
	var page manage.ProgrammePage
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	return h.programmePage(c, http.StatusUnprocessableEntity, page)
}

// nextNumber is the number after the highest intake's.
func nextNumber(intakes []models.PublicIntake) string {
	highest := 0
	for _, in := range intakes {
		highest = max(highest, in.Number)
	}
	return strconv.Itoa(highest + 1)
}

// listApplicants answers GET /kelola/angkatan/:intake/pendaftar.
func (h *Handlers) listApplicants(c echo.Context) error {
	return h.applicantsPage(c, http.StatusOK, manage.ApplicantsPage{})
}

func (h *Handlers) applicantsPage(c echo.Context, status int, page manage.ApplicantsPage) (err error) {
	page.Intake, page.Programme, page.Applicants, err = h.Store.Applicants(c.Request().Context(), h.currentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return h.render(c, status, manage.Applicants(page))
}

// inviteApplicants answers POST /kelola/angkatan/:intake/undang.
func (h *Handlers) inviteApplicants(c echo.Context) error {
	var page manage.ApplicantsPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); !page.Errors.Any() {
		err := h.Store.Invite(c.Request().Context(), h.currentUser(c), c.Param("intake"), page.Form.Applications, page.Form.At(), page.Form.Place)
		if err == nil {
			return h.done(c, "manage.invite.sent", urls.ManageApplicants(c.Param("intake")))
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.applicantsPage(c, http.StatusUnprocessableEntity, page)
}

// showApplicant answers GET /kelola/pendaftar/:application.
func (h *Handlers) showApplicant(c echo.Context) error {
	return h.applicantPage(c, http.StatusOK, manage.ApplicantPage{})
}

func (h *Handlers) applicantPage(c echo.Context, status int, page manage.ApplicantPage) (err error) {
	ctx := c.Request().Context()
	page.Applicant, page.Offer, page.Events, err = h.Store.Applicant(ctx, h.currentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	page.Reasons = map[string][]models.ReasonCode{}
	for _, kind := range []string{models.RecordNotSelected, models.RecordDropped} {
		if page.Reasons[kind], err = h.Store.Reasons(ctx, kind); err != nil {
			return err
		}
	}
	return h.render(c, status, manage.Applicant(page))
}

// recordOutcome answers POST /kelola/pendaftar/:application.
func (h *Handlers) recordOutcome(c echo.Context) error {
	var page manage.ApplicantPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	err := h.record(c, page.Form)
	if err == nil {
		return h.done(c, "manage.record.done", urls.ManageApplicant(c.Param("application")))
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	if page.Stale = errors.Is(err, models.ErrStale); page.Stale {
		page.Errors = nil
		return h.applicantPage(c, http.StatusConflict, page)
	}
	return h.applicantPage(c, http.StatusUnprocessableEntity, page)
}

func (h *Handlers) record(c echo.Context, f manage.RecordForm) error {
	ctx, u, ref := c.Request().Context(), h.currentUser(c), c.Param("application")
	if f.What != "assessment" {
		return h.Store.Record(ctx, u, ref, models.Outcome{What: f.What, Version: f.Version, Reason: f.Reason, Text: f.Text})
	}
	in := models.AssessmentInput{Outcome: f.Assessment, LSP: f.LSP, Version: f.Version}
	if day, ok := f.On.Time(); ok {
		in.On = &day
	}
	return h.Store.RecordAssessment(ctx, u, ref, in)
}
