package institution

import (
	"context"
	"errors"
	"net/http"
	"strconv"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// programmeAct makes one step of a programme and leads back to it; what is refused is shown there.
func (d *desk) programmeAct(c web.Context, done string, act func(ctx context.Context, u models.User, ref string, version int) error) error {
	var f struct {
		Version int `form:"version"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	ref := c.Param("programme")
	err := act(c.Request().Context(), d.CurrentUser(c), ref, f.Version)
	if err == nil {
		return d.Done(c, done, urls.ManageProgramme(ref))
	}
	var page manage.ProgrammePage
	if err := web.Refusal(err, &page.Errors); err != nil {
		return err
	}
	return d.programmePage(c, http.StatusUnprocessableEntity, page)
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
func (d *desk) listApplicants(c web.Context) error {
	return d.applicantsPage(c, http.StatusOK, manage.ApplicantsPage{})
}

func (d *desk) applicantsPage(c web.Context, status int, page manage.ApplicantsPage) (err error) {
	page.Intake, page.Programme, page.Applicants, err = d.Store.Applicants(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Applicants(page))
}

// inviteApplicants answers POST /kelola/angkatan/:intake/undang.
func (d *desk) inviteApplicants(c web.Context) error {
	var page manage.ApplicantsPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); !page.Errors.Any() {
		err := d.Store.Invite(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), page.Form.Applications, page.Form.At(), page.Form.Place)
		if err == nil {
			return d.Done(c, "manage.invite.sent", urls.ManageApplicants(c.Param("intake")))
		}
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return d.applicantsPage(c, http.StatusUnprocessableEntity, page)
}

// showApplicant answers GET /kelola/pendaftar/:application.
func (d *desk) showApplicant(c web.Context) error {
	return d.applicantPage(c, http.StatusOK, manage.ApplicantPage{})
}

func (d *desk) applicantPage(c web.Context, status int, page manage.ApplicantPage) (err error) {
	ctx := c.Request().Context()
	page.Applicant, page.Offer, page.Events, err = d.Store.Applicant(ctx, d.CurrentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	page.Reasons = map[string][]models.ReasonCode{}
	for _, kind := range []string{models.RecordNotSelected, models.RecordDropped} {
		if page.Reasons[kind], err = d.Store.Reasons(ctx, kind); err != nil {
			return err
		}
	}
	return d.Render(c, status, manage.Applicant(page))
}

// recordOutcome answers POST /kelola/pendaftar/:application.
func (d *desk) recordOutcome(c web.Context) error {
	var page manage.ApplicantPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	err := d.record(c, page.Form)
	if err == nil {
		return d.Done(c, "manage.record.done", urls.ManageApplicant(c.Param("application")))
	}
	if err := web.Refusal(err, &page.Errors); err != nil {
		return err
	}
	if page.Stale = errors.Is(err, models.ErrStale); page.Stale {
		page.Errors = nil
		return d.applicantPage(c, http.StatusConflict, page)
	}
	return d.applicantPage(c, http.StatusUnprocessableEntity, page)
}

func (d *desk) record(c web.Context, f manage.RecordForm) error {
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("application")
	if f.What != "assessment" {
		return d.Store.Record(ctx, u, ref, models.Outcome{What: f.What, Version: f.Version, Reason: f.Reason, Text: f.Text})
	}
	in := models.AssessmentInput{Outcome: f.Assessment, LSP: f.LSP, Version: f.Version}
	if day, ok := f.On.Time(); ok {
		in.On = &day
	}
	return d.Store.RecordAssessment(ctx, u, ref, in)
}
