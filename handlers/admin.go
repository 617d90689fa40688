package handlers

import (
	"net/http"
	"strconv"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/admin"
	viewform "naikkelas/views/form"
)

// adminHome answers GET /admin: who works here, who is invited, and what needs an eye.
func (h *Handlers) adminHome(c echo.Context) (err error) {
	ctx, u := c.Request().Context(), h.currentUser(c)
	page := admin.HomePage{Self: u}
	if page.Workers, err = h.Store.Workers(ctx, u, c.QueryParam("sesudah")); err != nil {
		return err
	}
	if page.Invitations, err = h.Store.OpenInvitations(ctx, u); err != nil {
		return err
	}
	failed, err := h.Store.FailedNotices(ctx, u)
	if err != nil {
		return err
	}
	page.Failed = len(failed)
	if page.HolidaysMissing, err = h.Store.HolidaysMissing(ctx); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, admin.Home(page))
}

// inviteForm answers GET /admin/undangan.
func (h *Handlers) inviteForm(c echo.Context) error {
	return h.invitePage(c, http.StatusOK, admin.InvitePage{})
}

func (h *Handlers) invitePage(c echo.Context, status int, page admin.InvitePage) error {
	list, err := h.Store.InstitutionNames(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	page.Institutions = list
	return h.render(c, status, admin.Invite(page))
}

// invite answers POST /admin/undangan.
func (h *Handlers) invite(c echo.Context) error {
	var page admin.InvitePage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.invitePage(c, http.StatusUnprocessableEntity, page)
	}
	if err := h.Store.InviteUser(c.Request().Context(), h.currentUser(c), page.Form.Input()); err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.invitePage(c, http.StatusUnprocessableEntity, page)
	}
	return h.done(c, "admin.invite.sent", urls.Admin(), "Email", record.FoldEmail(page.Form.Email))
}

// revokeInvitation answers POST /admin/undangan/:invitation/batalkan.
func (h *Handlers) revokeInvitation(c echo.Context) error {
	err := h.Store.RevokeInvitation(c.Request().Context(), h.currentUser(c), c.Param("invitation"))
	return h.afterAct(c, err, "admin.invite.revoked", urls.Admin())
}

// afterAct leads on after a button without a form: a rule's no is said on the next page.
func (h *Handlers) afterAct(c echo.Context, err error, done, path string) error {
	var errs viewform.Errors
	if err == nil {
		return h.done(c, done, path)
	}
	if err := refusal(err, &errs); err != nil {
		return err
	}
	if err := h.flash(c, "error", errs[0].Key); err != nil {
		return err
	}
	return h.redirect(c, path)
}

// showWorker answers GET /admin/akun/:worker.
func (h *Handlers) showWorker(c echo.Context) error {
	u := h.currentUser(c)
	w, err := h.Store.Worker(c.Request().Context(), u, c.Param("worker"))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, admin.Worker(admin.WorkerPage{Worker: w, Self: w.ID == u.ID}))
}

// closeWorker answers POST /admin/akun/:worker.
func (h *Handlers) closeWorker(c echo.Context) error {
	if err := h.Store.CloseWorker(c.Request().Context(), h.currentUser(c), c.Param("worker")); err != nil {
		return err
	}
	return h.done(c, "admin.worker.closed", urls.Admin())
}

// failedNotices answers GET /admin/pesan.
func (h *Handlers) failedNotices(c echo.Context) error {
	list, err := h.Store.FailedNotices(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, admin.Notices(list))
}

// retryNotice answers POST /admin/pesan/:notice/kirim-ulang.
func (h *Handlers) retryNotice(c echo.Context) error {
	id, err := strconv.ParseInt(c.Param("notice"), 10, 64)
	if err != nil {
		return models.ErrNotFound
	}
	return h.afterAct(c, h.Store.RetryNotice(c.Request().Context(), h.currentUser(c), id), "admin.notice.retried", urls.AdminNotices())
}
