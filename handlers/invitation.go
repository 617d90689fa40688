package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/views/account"
)

// invitationForm answers GET /undangan/:token. Looking uses nothing up: mail scanners look too.
func (h *Handlers) invitationForm(c echo.Context) error {
	return h.invitationPage(c, http.StatusOK, account.InvitationPage{})
}

func (h *Handlers) invitationPage(c echo.Context, status int, page account.InvitationPage) (err error) {
	if page.Invitation, err = h.Store.InvitationByToken(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	page.Token = c.Param("token")
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	return h.render(c, status, account.Invitation(page))
}

// acceptInvitation answers POST /undangan/:token: the account is made with the chosen password and
// signed in; its second factor comes next where the role needs one.
func (h *Handlers) acceptInvitation(c echo.Context) error {
	var page account.InvitationPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.invitationPage(c, http.StatusUnprocessableEntity, page)
	}
	hash, err := h.Passwords.Hash(ctx, page.Form.Password)
	if err != nil {
		if err := passwordRefusal(err, "password", &page.Errors); err != nil {
			return err
		}
		return h.invitationPage(c, http.StatusUnprocessableEntity, page)
	}
	u, err := h.Store.AcceptInvitation(ctx, c.Param("token"), hash)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.invitationPage(c, http.StatusUnprocessableEntity, page)
	}
	return h.enter(c, u, false)
}
