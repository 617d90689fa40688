package institution

import (
	"context"
	"errors"
	"net/http"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// A programmeStep is done with an own programme of a reference, as its form says.
type programmeStep func(ctx context.Context, u models.User, ref string, f manage.StepForm) error

// ofVersion is a step for which the form says nothing but the version.
func ofVersion(act func(ctx context.Context, u models.User, ref string, version int) error) programmeStep {
	return func(ctx context.Context, u models.User, ref string, f manage.StepForm) error {
		return act(ctx, u, ref, f.Version)
	}
}

// fromMoment is a step that is taken from a moment on.
func fromMoment(act func(ctx context.Context, u models.User, ref string, version int, at *time.Time) error) programmeStep {
	return func(ctx context.Context, u models.User, ref string, f manage.StepForm) error {
		return act(ctx, u, ref, f.Version, f.Moment.At())
	}
}

// stepForm shows the page before a step of a programme; a step that its state does not have leads to the programme.
func (d *desk) stepForm(c web.Context, step string) error {
	page := manage.StepPage{Step: step}
	if err := d.readStep(c, &page); err != nil {
		return err
	}
	if !page.Possible() {
		return d.Redirect(c, urls.ManageProgramme(page.Hand.Draft.Programme.Ref))
	}
	return d.Render(c, http.StatusOK, manage.Step(page))
}

// readStep reads what the page of a step shows.
func (d *desk) readStep(c web.Context, page *manage.StepPage) (err error) {
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("programme")
	if page.Step == manage.StepReopen {
		page.Hand.Draft, page.Going, err = d.Store.ReopenPreview(ctx, u, ref)
	} else {
		page.Hand, err = d.Store.SubmitPreview(ctx, u, ref)
	}
	if err != nil {
		return err
	}
	page.Lists, err = d.ProgrammeLists(c, manage.FormOf(ctx, page.Hand.Draft).Regency)
	return err
}

// stepAct takes a step of a programme. What is refused is shown on its page, and where somebody else was faster who and
// what.
func (d *desk) stepAct(c web.Context, step string, next web.Next, act programmeStep) error {
	page := manage.StepPage{Step: step}
	if err := errors.Join(web.ReadForm(c, &page.Form), web.ReadForm(c, &page.Form.Moment)); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Errors = page.Form.Moment.Check()
	again := func(status int) error {
		err := d.readStep(c, &page)
		if err == nil && page.Stale {
			page.Edits, err = d.Store.EditsSince(ctx, u, models.EditProgramme, page.Hand.Draft.Programme.ID, page.Form.Version)
		}
		if err != nil {
			return err
		}
		return d.Render(c, status, manage.Step(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		return next, act(ctx, u, c.Param("programme"), page.Form)
	})
}

// handOverForm answers GET /kelola/program/:programme/ajukan: all of it once more, and of a change of what is public
// whom it concerns and what they will read.
func (d *desk) handOverForm(c web.Context) error { return d.stepForm(c, manage.StepSubmit) }

// submitProgramme answers POST /kelola/program/:programme/ajukan. What is missing is listed with links.
func (d *desk) submitProgramme(c web.Context) error {
	ref := c.Param("programme")
	done := web.Undoable(urls.ManageProgramme(ref), "manage.programme.submitted", urls.ManageWithdraw(ref), "manage.step.withdraw.do")
	return d.stepAct(c, manage.StepSubmit, done, fromMoment(d.Store.SubmitProgramme))
}

// momentForm answers GET /kelola/program/:programme/waktu-terbit.
func (d *desk) momentForm(c web.Context) error { return d.stepForm(c, manage.StepSchedule) }

// chooseMoment answers POST /kelola/program/:programme/waktu-terbit.
func (d *desk) chooseMoment(c web.Context) error {
	done := web.Said(urls.ManageProgramme(c.Param("programme")), "manage.step.schedule.done")
	return d.stepAct(c, manage.StepSchedule, done, fromMoment(d.Store.ScheduleProgramme))
}

// withdrawForm answers GET /kelola/program/:programme/tarik.
func (d *desk) withdrawForm(c web.Context) error { return d.stepForm(c, manage.StepWithdraw) }

// withdrawProgramme answers POST /kelola/program/:programme/tarik.
func (d *desk) withdrawProgramme(c web.Context) error {
	done := web.Said(urls.ManageProgramme(c.Param("programme")), "manage.step.withdraw.done")
	return d.stepAct(c, manage.StepWithdraw, done, ofVersion(d.Store.WithdrawProgramme))
}

// reopenForm answers GET /kelola/program/:programme/buka-lagi.
func (d *desk) reopenForm(c web.Context) error { return d.stepForm(c, manage.StepReopen) }

// reopenProgramme answers POST /kelola/program/:programme/buka-lagi.
func (d *desk) reopenProgramme(c web.Context) error {
	done := web.Said(urls.ManageProgramme(c.Param("programme")), "manage.programme.reopened")
	return d.stepAct(c, manage.StepReopen, done, ofVersion(d.Store.ReopenProgramme))
}

// discardForm answers GET /kelola/program/:programme/buang-perubahan.
func (d *desk) discardForm(c web.Context) error { return d.stepForm(c, manage.StepDiscard) }

// discardChange answers POST /kelola/program/:programme/buang-perubahan.
func (d *desk) discardChange(c web.Context) error {
	done := web.Said(urls.ManageProgramme(c.Param("programme")), "manage.change.discarded")
	return d.stepAct(c, manage.StepDiscard, done, ofVersion(d.Store.DiscardChange))
}

// deleteForm answers GET /kelola/program/:programme/hapus.
func (d *desk) deleteForm(c web.Context) error { return d.stepForm(c, manage.StepDelete) }

// deleteProgramme answers POST /kelola/program/:programme/hapus.
func (d *desk) deleteProgramme(c web.Context) error {
	return d.stepAct(c, manage.StepDelete, web.Said(urls.ManageProgrammes(), "manage.programme.deleted"), ofVersion(d.Store.DeleteProgramme))
}
