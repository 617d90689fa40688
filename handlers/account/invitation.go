package account

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/views/account"
)

// invitationForm answers GET /undangan/:token. Looking uses nothing up: mail scanners look too.
func (d *desk) invitationForm(c web.Context) error {
	return d.invitationPage(c, http.StatusOK, account.InvitationPage{})
}

func (d *desk) invitationPage(c web.Context, status int, page account.InvitationPage) (err error) {
	if page.Invitation, err = d.Store.InvitationByToken(c.Request().Context(), c.Param("token")); err != nil {
		return err
	}
	page.Token = c.Param("token")
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	return d.Render(c, status, account.Invitation(page))
}

// acceptInvitation answers POST /undangan/:token: the account is made with the chosen password and
// signed in; its second factor comes next where the role needs one.
func (d *desk) acceptInvitation(c web.Context) error {
	var page account.InvitationPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return d.invitationPage(c, http.StatusUnprocessableEntity, page)
	}
	hash, err := d.Passwords.Hash(ctx, page.Form.Password)
	if err != nil {
		if err := passwordRefusal(err, "password", &page.Errors); err != nil {
			return err
		}
		return d.invitationPage(c, http.StatusUnprocessableEntity, page)
	}
	u, err := d.Store.AcceptInvitation(ctx, c.Param("token"), hash)
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.invitationPage(c, http.StatusUnprocessableEntity, page)
	}
	return d.enter(c, u, false)
}
