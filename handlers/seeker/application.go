package seeker

import (
	"context"
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/message"
)

// listApplications answers GET /saya/pendaftaran.
func (d *desk) listApplications(c web.Context) error {
	own, other, err := d.Store.OwnAndOtherApplications(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, application.List(application.ListPage{Applications: own, Other: other}))
}

// showApplication answers GET /saya/pendaftaran/:application.
func (d *desk) showApplication(c web.Context) error {
	page := application.StatusPage{Message: message.Form{Token: uuid.NewString()}}
	if err := d.fillStatusPage(c, &page); err != nil {
		return err
	}
	if err := d.Store.ReadMessages(c.Request().Context(), d.CurrentUser(c), page.Application.Ref); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, application.Status(page))
}

func (d *desk) fillStatusPage(c web.Context, page *application.StatusPage) (err error) {
	ctx := c.Request().Context()
	if page.Application, err = d.Store.OwnApplication(ctx, d.CurrentUser(c), c.Param("application")); err != nil {
		return err
	}
	if page.Reasons, err = d.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	page.Days = page.Application.Days
	page.Types, err = d.CertificateTypes(c)
	return err
}

// askOfficers answers POST /saya/pendaftaran/:application/tanya.
func (d *desk) askOfficers(c web.Context) error {
	var page application.StatusPage
	if err := web.ReadForm(c, &page.Message); err != nil {
		return err
	}
	page.Message.Token = web.ValidToken(page.Message.Token)
	page.Errors = page.Message.Check()
	again := func(status int) error {
		if err := d.fillStatusPage(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, application.Status(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.Ask(c.Request().Context(), d.CurrentUser(c), ref, page.Message.Token, page.Message.Text)
		return web.Said(urls.Application(ref), "application.message.sent"), err
	})
}

// withdrawForm answers GET /saya/pendaftaran/:application/batal.
func (d *desk) withdrawForm(c web.Context) error {
	var page application.WithdrawPage
	if err := d.fillWithdrawPage(c, &page); err != nil {
		return err
	}
	if !application.CanLeave(page.Application.State) {
		return d.Redirect(c, urls.Application(page.Application.Ref))
	}
	return d.Render(c, http.StatusOK, application.Withdraw(page))
}

func (d *desk) fillWithdrawPage(c web.Context, page *application.WithdrawPage) (err error) {
	ctx := c.Request().Context()
	if page.Application, err = d.Store.OwnApplication(ctx, d.CurrentUser(c), c.Param("application")); err != nil {
		return err
	}
	page.Reasons, err = d.Store.Reasons(ctx, "withdraw")
	return err
}

// withdraw answers POST /saya/pendaftaran/:application/batal.
func (d *desk) withdraw(c web.Context) error {
	var page application.WithdrawPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error {
		if err := d.fillWithdrawPage(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, application.Withdraw(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.Withdraw(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Reason, page.Form.Note)
		return web.Said(urls.Application(ref), "application.withdraw.done"), err
	})
}

// confirmSeat answers POST /saya/pendaftaran/:application/ambil-kursi.
func (d *desk) confirmSeat(c web.Context) error {
	return d.statusAct(c, func(ctx context.Context, u models.User, ref string) (string, error) {
		return "application.confirm.done", d.Store.ConfirmSeat(ctx, u, ref)
	})
}

// answerTest answers POST /saya/pendaftaran/:application/tes: whether the person comes.
func (d *desk) answerTest(c web.Context) error {
	var f struct {
		Answer models.TestAnswer `form:"answer"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	return d.statusAct(c, func(ctx context.Context, u models.User, ref string) (string, error) {
		said := "application.test.coming_done"
		if f.Answer == models.AnswerCannot {
			said = "application.test.cannot_done"
		}
		return said, d.Store.AnswerTest(ctx, u, ref, f.Answer)
	})
}

// takeOtherSession answers POST /saya/pendaftaran/:application/tes/sesi-lain.
func (d *desk) takeOtherSession(c web.Context) error {
	var f struct {
		Session string `form:"session"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	return d.statusAct(c, func(ctx context.Context, u models.User, ref string) (string, error) {
		return "application.test.coming_done", d.Store.TakeOtherSession(ctx, u, ref, f.Session)
	})
}

// statusAct makes one step of an own application and leads back to it with a word; what is refused is shown there.
func (d *desk) statusAct(c web.Context, act func(ctx context.Context, u models.User, ref string) (said string, err error)) error {
	var page application.StatusPage
	page.Message.Token = uuid.NewString()
	again := func(status int) error {
		if err := d.fillStatusPage(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, application.Status(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		said, err := act(c.Request().Context(), d.CurrentUser(c), ref)
		return web.Said(urls.Application(ref), said), err
	})
}

// carryDraft answers POST /saya/pendaftaran/:application/pindah: what was never sent moves to the intake that was pressed.
func (d *desk) carryDraft(c web.Context) error {
	var to application.CarryForm
	if err := web.ReadForm(c, &to); err != nil {
		return err
	}
	page := application.StatusPage{Message: message.Form{Token: uuid.NewString()}}
	again := func(status int) error {
		if err := d.fillStatusPage(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, application.Status(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("application")
		err := d.Store.CarryDraft(c.Request().Context(), d.CurrentUser(c), ref, to.Intake)
		return web.Said(urls.Application(ref), "application.carry.done"), err
	})
}

// contestForm answers GET /saya/pendaftaran/:application/keberatan.
func (d *desk) contestForm(c web.Context) error {
	var page application.ContestPage
	if err := d.fillContest(c, &page); err != nil {
		return err
	}
	if page.Application.ContestUntil() == nil {
		return d.Redirect(c, urls.Application(page.Application.Ref))
	}
	return d.Render(c, http.StatusOK, application.Contest(page))
}

func (d *desk) fillContest(c web.Context, page *application.ContestPage) (err error) {
	ctx := c.Request().Context()
	if page.Application, err = d.Store.OwnApplication(ctx, d.CurrentUser(c), c.Param("application")); err != nil {
		return err
	}
	page.Days = page.Application.Days
	page.Reasons, err = d.Store.ReasonTexts(ctx)
	return err
}

// contest answers POST /saya/pendaftaran/:application/keberatan.
func (d *desk) contest(c web.Context) error {
	var page application.ContestPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("application")
	again := func(status int) error {
		if err := d.fillContest(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, application.Contest(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.Application(ref), "application.contest.done"), d.Store.Contest(ctx, u, ref, page.Form.Text)
	})
}

// printApplication answers GET /saya/pendaftaran/:application/cetak.
func (d *desk) printApplication(c web.Context) error {
	var page application.PrintPage
	if err := d.fillStatusPage(c, &page.StatusPage); err != nil {
		return err
	}
	var err error
	if page.Sent, err = d.sent(c); err != nil {
		return err
	}
	page.Address = d.Settings.BaseURL + ambient.Href(c.Request().Context(), urls.Application(page.Application.Ref))
	return d.Render(c, http.StatusOK, application.Print(page))
}
