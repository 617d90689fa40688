package handlers

import (
	"net/http"

	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/application"
)

// listApplications answers GET /saya/pendaftaran.
func (h *Handlers) listApplications(c echo.Context) error {
	list, err := h.Store.OwnApplications(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, application.List(application.ListPage{Applications: list}))
}

// showApplication answers GET /saya/pendaftaran/:application.
func (h *Handlers) showApplication(c echo.Context) error {
	page := application.StatusPage{Message: application.MessageForm{Token: uuid.NewString()}}
	if err := h.fillStatusPage(c, &page); err != nil {
		return err
	}
	if err := h.Store.ReadMessages(c.Request().Context(), h.currentUser(c), page.Application.Ref); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, application.Status(page))
}

func (h *Handlers) fillStatusPage(c echo.Context, page *application.StatusPage) (err error) {
	ctx := c.Request().Context()
	if page.Application, err = h.Store.OwnApplication(ctx, h.currentUser(c), c.Param("application")); err != nil {
		return err
	}
	if page.Reasons, err = h.Store.ReasonTexts(ctx); err != nil {
		return err
	}
	page.Types, err = h.certificateTypes(c)
	return err
}

// askOfficers answers POST /saya/pendaftaran/:application/tanya.
func (h *Handlers) askOfficers(c echo.Context) error {
	var page application.StatusPage
	if err := readForm(c, &page.Message); err != nil {
		return err
	}
	if page.Message.Token == "" || uuid.Validate(page.Message.Token) != nil {
		page.Message.Token = uuid.NewString()
	}
	ref := c.Param("application")
	page.Errors = page.Message.Check()
	if !page.Errors.Any() {
		err := h.Store.Ask(c.Request().Context(), h.currentUser(c), ref, page.Message.Token, page.Message.Text)
		if err != nil {
			return err
		}
		return h.done(c, "application.message.sent", urls.Application(ref))
	}
	if err := h.fillStatusPage(c, &page); err != nil {
		return err
	}
	return h.render(c, http.StatusUnprocessableEntity, application.Status(page))
}

// withdrawForm answers GET /saya/pendaftaran/:application/batal.
func (h *Handlers) withdrawForm(c echo.Context) error {
	var page application.WithdrawPage
	if err := h.fillWithdrawPage(c, &page); err != nil {
		return err
	}
	if !page.Application.State.CanBecome(models.Withdrawn) {
		return h.redirect(c, urls.Application(page.Application.Ref))
	}
	return h.render(c, http.StatusOK, application.Withdraw(page))
}

func (h *Handlers) fillWithdrawPage(c echo.Context, page *application.WithdrawPage) (err error) {
	ctx := c.Request().Context()
	if page.Application, err = h.Store.OwnApplication(ctx, h.currentUser(c), c.Param("application")); err != nil {
		return err
	}
	page.Reasons, err = h.Store.Reasons(ctx, "withdraw")
	return err
}

// withdraw answers POST /saya/pendaftaran/:application/batal.
func (h *Handlers) withdraw(c echo.Context) error {
	var page application.WithdrawPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("application")
	err := h.Store.Withdraw(c.Request().Context(), h.currentUser(c), ref, page.Form.Reason, page.Form.Note)
	if err == nil {
		return h.done(c, "application.withdraw.done", urls.Application(ref))
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	if err := h.fillWithdrawPage(c, &page); err != nil {
		return err
	}
	return h.render(c, http.StatusUnprocessableEntity, application.Withdraw(page))
}

// contestForm answers GET /saya/pendaftaran/:application/keberatan.
func (h *Handlers) contestForm(c echo.Context) error {
	v, err := h.Store.OwnApplication(c.Request().Context(), h.currentUser(c), c.Param("application"))
	if err != nil {
		return err
	}
	if v.ContestUntil() == nil {
		return h.redirect(c, urls.Application(v.Ref))
	}
	return h.render(c, http.StatusOK, application.Contest(application.ContestPage{Application: v}))
}

// contest answers POST /saya/pendaftaran/:application/keberatan.
func (h *Handlers) contest(c echo.Context) error {
	var page application.ContestPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx, ref := c.Request().Context(), c.Param("application")
	err := h.Store.Contest(ctx, h.currentUser(c), ref, page.Form.Text)
	if err == nil {
		return h.done(c, "application.contest.done", urls.Application(ref))
	}
	if err := refusal(err, &page.Errors); err != nil {
		return err
	}
	if page.Application, err = h.Store.OwnApplication(ctx, h.currentUser(c), ref); err != nil {
		return err
	}
	return h.render(c, http.StatusUnprocessableEntity, application.Contest(page))
}

// printApplication answers GET /saya/pendaftaran/:application/cetak.
func (h *Handlers) printApplication(c echo.Context) error {
	var page application.StatusPage
	if err := h.fillStatusPage(c, &page); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, application.Print(page))
}
