package admin

import (
	"net/http"
	"strconv"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/admin"
)

// adminHome answers GET /admin: who works here, who is invited, and what needs an eye.
func (d *desk) adminHome(c web.Context) error { return d.homePage(c, http.StatusOK) }

func (d *desk) homePage(c web.Context, status int) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page := admin.HomePage{Self: u}
	if page.Workers, err = d.Store.Workers(ctx, u, c.QueryParam("sesudah")); err != nil {
		return err
	}
	if page.Invitations, err = d.Store.OpenInvitations(ctx, u); err != nil {
		return err
	}
	failed, err := d.Store.FailedNotices(ctx, u)
	if err != nil {
		return err
	}
	page.Failed = len(failed)
	if page.HolidaysMissing, err = d.Store.HolidaysMissing(ctx); err != nil {
		return err
	}
	return d.Render(c, status, admin.Home(page))
}

// inviteForm answers GET /admin/undangan.
func (d *desk) inviteForm(c web.Context) error {
	return d.invitePage(c, http.StatusOK, admin.InvitePage{})
}

func (d *desk) invitePage(c web.Context, status int, page admin.InvitePage) error {
	list, err := d.Store.InstitutionNames(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	page.Institutions = list
	return d.Render(c, status, admin.Invite(page))
}

// invite answers POST /admin/undangan.
func (d *desk) invite(c web.Context) error {
	var page admin.InvitePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.invitePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		next := web.Said(urls.Admin(), "admin.invite.letter", "Email", record.FoldEmail(page.Form.Email),
			"Sender", d.Settings.MailFrom, "Subject", i18n.T(i18n.With(c.Request().Context(), i18n.ID), "mail.invitation.subject"))
		return next, d.Store.InviteUser(c.Request().Context(), d.CurrentUser(c), page.Form.Input())
	})
}

// revokeInvitation answers POST /admin/undangan/:invitation/batalkan.
func (d *desk) revokeInvitation(c web.Context) error {
	again := func(status int) error { return d.homePage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.RevokeInvitation(c.Request().Context(), d.CurrentUser(c), c.Param("invitation"))
		return web.Said(urls.Admin(), "admin.invite.revoked"), err
	})
}

// showWorker answers GET /admin/akun/:worker.
func (d *desk) showWorker(c web.Context) error {
	return d.workerPage(c, http.StatusOK, admin.WorkerPage{})
}

func (d *desk) workerPage(c web.Context, status int, page admin.WorkerPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Worker, err = d.Store.Worker(ctx, u, c.Param("worker")); err != nil {
		return err
	}
	if page.Reset, err = d.Store.OpenFactorReset(ctx, u, page.Worker); err != nil {
		return err
	}
	if page.Duties, err = d.Store.DutiesOf(ctx, u, page.Worker); err != nil {
		return err
	}
	page.Self, page.Asked = page.Worker.ID == u.ID, page.Reset.AskedBy == u.ID
	return d.Render(c, status, admin.Worker(page))
}

// resetFactor answers POST /admin/akun/:worker/kode-masuk: one administrator asks, another one approves.
func (d *desk) resetFactor(c web.Context) error {
	var page admin.WorkerPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.workerPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx, ref := c.Request().Context(), c.Param("worker")
		if page.Form.Act == admin.ApproveReset {
			return web.Said(urls.AdminWorker(ref), "admin.reset.done"), d.Store.ApproveFactorReset(ctx, d.CurrentUser(c), ref)
		}
		err := d.Store.AskFactorReset(ctx, d.CurrentUser(c), ref, page.Form.Reason, page.Form.Present != "")
		return web.Said(urls.AdminWorker(ref), "admin.reset.asked"), err
	})
}

// closeWorker answers POST /admin/akun/:worker.
func (d *desk) closeWorker(c web.Context) error {
	again := func(status int) error { return d.workerPage(c, status, admin.WorkerPage{}) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.CloseWorker(c.Request().Context(), d.CurrentUser(c), c.Param("worker"))
		return web.Said(urls.Admin(), "admin.worker.closed"), err
	})
}

// failedNotices answers GET /admin/pesan.
func (d *desk) failedNotices(c web.Context) error { return d.noticesPage(c, http.StatusOK) }

func (d *desk) noticesPage(c web.Context, status int) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	failed, err := d.Store.FailedNotices(ctx, u)
	if err != nil {
		return err
	}
	held, err := d.Store.HeldNotices(ctx, u)
	if err != nil {
		return err
	}
	return d.Render(c, status, admin.Notices(admin.NoticesPage{Failed: failed, Held: int(held)}))
}

// settleHeldNotices answers POST /admin/pesan/ditahan: letters that a restore has held leave, or are dropped.
func (d *desk) settleHeldNotices(c web.Context) error {
	var f struct {
		Act string `form:"tindakan"`
	}
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	again := func(status int) error { return d.noticesPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		release := f.Act == admin.ReleaseHeld
		n, err := d.Store.SettleHeldNotices(c.Request().Context(), d.CurrentUser(c), release)
		said := "admin.held.dropped"
		if release {
			said = "admin.held.released"
		}
		return web.Said(urls.AdminNotices(), said, "Count", n), err
	})
}

// retryNotice answers POST /admin/pesan/:notice/kirim-ulang.
func (d *desk) retryNotice(c web.Context) error {
	id, err := strconv.ParseInt(c.Param("notice"), 10, 64)
	if err != nil {
		return models.ErrNotFound
	}
	again := func(status int) error { return d.noticesPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return web.Said(urls.AdminNotices(), "admin.notice.retried"), d.Store.RetryNotice(c.Request().Context(), d.CurrentUser(c), id)
	})
}
