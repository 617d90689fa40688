package admin

import (
	"net/http"
	"strconv"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/admin"
)

// adminHome answers GET /admin: who works here, who is invited, and what needs an eye.
func (d *desk) adminHome(c web.Context) (err error) {
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
	return d.Render(c, http.StatusOK, admin.Home(page))
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
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return d.invitePage(c, http.StatusUnprocessableEntity, page)
	}
	if err := d.Store.InviteUser(c.Request().Context(), d.CurrentUser(c), page.Form.Input()); err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.invitePage(c, http.StatusUnprocessableEntity, page)
	}
	return d.Done(c, "admin.invite.sent", urls.Admin(), "Email", record.FoldEmail(page.Form.Email))
}

// revokeInvitation answers POST /admin/undangan/:invitation/batalkan.
func (d *desk) revokeInvitation(c web.Context) error {
	err := d.Store.RevokeInvitation(c.Request().Context(), d.CurrentUser(c), c.Param("invitation"))
	return d.AfterAct(c, err, "admin.invite.revoked", urls.Admin())
}

// showWorker answers GET /admin/akun/:worker.
func (d *desk) showWorker(c web.Context) error {
	u := d.CurrentUser(c)
	w, err := d.Store.Worker(c.Request().Context(), u, c.Param("worker"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, admin.Worker(admin.WorkerPage{Worker: w, Self: w.ID == u.ID}))
}

// closeWorker answers POST /admin/akun/:worker.
func (d *desk) closeWorker(c web.Context) error {
	if err := d.Store.CloseWorker(c.Request().Context(), d.CurrentUser(c), c.Param("worker")); err != nil {
		return err
	}
	return d.Done(c, "admin.worker.closed", urls.Admin())
}

// failedNotices answers GET /admin/pesan.
func (d *desk) failedNotices(c web.Context) error {
	list, err := d.Store.FailedNotices(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, admin.Notices(list))
}

// retryNotice answers POST /admin/pesan/:notice/kirim-ulang.
func (d *desk) retryNotice(c web.Context) error {
	id, err := strconv.ParseInt(c.Param("notice"), 10, 64)
	if err != nil {
		return models.ErrNotFound
	}
	return d.AfterAct(c, d.Store.RetryNotice(c.Request().Context(), d.CurrentUser(c), id), "admin.notice.retried", urls.AdminNotices())
}
