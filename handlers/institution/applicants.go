package institution

import (
	"net/http"
	"strconv"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// nextNumber is the number after the highest intake's.
func nextNumber(intakes []models.PublicIntake) string {
	highest := 0
	for _, in := range intakes {
		highest = max(highest, in.Number)
	}
	return strconv.Itoa(highest + 1)
}

// showApplicant answers GET /kelola/pendaftar/:application.
func (d *desk) showApplicant(c web.Context) error {
	return d.applicantPage(c, http.StatusOK, manage.ApplicantPage{})
}

// askOutcome answers GET /kelola/pendaftar/:application/catat?hasil=: what the person will read of it.
func (d *desk) askOutcome(c web.Context) error {
	page := manage.ApplicantPage{Form: manage.RecordForm{What: c.QueryParam("hasil"), Reason: c.QueryParam("alasan")}}
	return d.applicantPage(c, http.StatusOK, page)
}

// applicantPage shows an applicant, or the page before the outcome that is in the form.
func (d *desk) applicantPage(c web.Context, status int, page manage.ApplicantPage) (err error) {
	ctx := c.Request().Context()
	page.Applicant, page.Offer, page.Events, err = d.Store.Applicant(ctx, d.CurrentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	if page.Texts, err = d.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	page.Reasons = map[string][]models.ReasonCode{}
	for _, kind := range []string{models.RecordNotSelected, models.RecordDropped} {
		if page.Reasons[kind], err = d.Store.Reasons(ctx, kind); err != nil {
			return err
		}
	}
	if page.Notes, err = d.Store.Notes(ctx, d.CurrentUser(c), c.Param("application")); err != nil {
		return err
	}
	page.Note.Token = web.ValidToken(page.Note.Token)
	if page.Asks() {
		return d.Render(c, status, manage.Record(page))
	}
	if page.Form.What != "assessment" { // what was typed of a test stays, else what is kept
		page.Form = manage.RecordFormOf(page.Applicant.Application)
	}
	return d.Render(c, status, manage.Applicant(page))
}

// recordOutcome answers POST /kelola/pendaftar/:application.
func (d *desk) recordOutcome(c web.Context) error {
	var page manage.ApplicantPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.applicantPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		return web.Said(urls.ManageApplicant(c.Param("application")), "manage.record.done"), d.record(c, page.Form)
	})
}

func (d *desk) record(c web.Context, f manage.RecordForm) error {
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("application")
	if f.What != "assessment" {
		return d.Store.Record(ctx, u, ref, models.Outcome{What: f.What, Version: f.Version, Reason: f.Reason, Text: f.Text, Why: f.Why})
	}
	in := models.AssessmentInput{Outcome: f.Assessment, LSP: f.LSP, Place: f.Place, Number: f.Number, Version: f.Version}
	if day, ok := f.On.Time(); ok {
		in.On = &day
	}
	return d.Store.RecordAssessment(ctx, u, ref, in)
}

// recallOutcome answers POST /kelola/pendaftar/:application/tarik: it was a mistake, and nobody has read of it.
func (d *desk) recallOutcome(c web.Context) error {
	var page manage.ApplicantPage
	if err := web.ReadForm(c, &page.Recall); err != nil {
		return err
	}
	again := func(status int) error { return d.applicantPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.RecallFor(c.Request().Context(), d.CurrentUser(c), ref, page.Recall.Why)
		return web.Said(urls.ManageApplicant(ref), "manage.pending_recalled"), err
	})
}
