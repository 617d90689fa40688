package account

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
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
	if page.Over = page.Invitation.Over(d.Store.Now()); page.Over != "" {
		status = http.StatusGone
	}
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
	page.Errors = page.Form.Check()
	page.Errors.Refuse("password", newPassword(page.Form.Password))
	again := func(status int) error { return d.invitationPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		hash, err := d.hash(ctx, page.Form.Password)
		if err != nil {
			return web.Next{}, err
		}
		u, err := d.Store.AcceptInvitation(ctx, c.Param("token"), hash, string(i18n.Of(ctx)))
		if err != nil {
			return web.Next{}, err
		}
		to, err := d.enter(c, u, false, "")
		return web.To(to), err
	})
}
