package institution

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models/record"
	"naikkelas/views/manage"
)

// team answers GET /kelola/tim: who works here, and for owners who is invited.
func (d *desk) team(c web.Context) error { return d.teamPage(c, http.StatusOK) }

func (d *desk) teamPage(c web.Context, status int) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page := manage.TeamPage{Self: u}
	if page.People, err = d.Store.Team(ctx, u); err != nil {
		return err
	}
	if u.Owns() {
		if page.Invitations, err = d.Store.TeamInvitations(ctx, u); err != nil {
			return err
		}
	}
	return d.Render(c, status, manage.Team(page))
}

// inviteColleagueForm answers GET /kelola/tim/undang.
func (d *desk) inviteColleagueForm(c web.Context) error {
	return d.Render(c, http.StatusOK, manage.InviteColleague(manage.ColleaguePage{}))
}

// inviteColleague answers POST /kelola/tim/undang.
func (d *desk) inviteColleague(c web.Context) error {
	var page manage.ColleaguePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	f := page.Form
	page.Errors = f.CheckInvitation()
	again := func(status int) error { return d.Render(c, status, manage.InviteColleague(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		next := web.Said(urls.Team(), "admin.invite.letter", "Email", record.FoldEmail(f.Email),
			"Sender", d.Settings.MailFrom, "Subject", i18n.T(i18n.With(c.Request().Context(), i18n.ID), "mail.invitation.subject"))
		return next, d.Store.InviteColleague(c.Request().Context(), d.CurrentUser(c), f.Name, f.Email, f.Given())
	})
}

// revokeColleague answers POST /kelola/tim/undangan/:invitation/batalkan.
func (d *desk) revokeColleague(c web.Context) error {
	again := func(status int) error { return d.teamPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.RevokeColleague(c.Request().Context(), d.CurrentUser(c), c.Param("invitation"))
		return web.Said(urls.Team(), "admin.invite.revoked"), err
	})
}

// inviteAgain answers POST /kelola/tim/undangan/:invitation/kirim-ulang.
func (d *desk) inviteAgain(c web.Context) error {
	again := func(status int) error { return d.teamPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.InviteAgain(c.Request().Context(), d.CurrentUser(c), c.Param("invitation"))
		return web.Said(urls.Team(), "manage.team.invited_again"), err
	})
}

// colleague answers GET /kelola/tim/orang/:colleague.
func (d *desk) colleague(c web.Context) error {
	return d.colleaguePage(c, http.StatusOK, manage.ColleaguePage{})
}

// colleaguePage shows somebody with what they may do; what was typed stays.
func (d *desk) colleaguePage(c web.Context, status int, page manage.ColleaguePage) (err error) {
	u := d.CurrentUser(c)
	if page.Colleague, err = d.Store.Colleague(c.Request().Context(), u, c.Param("colleague")); err != nil {
		return err
	}
	if page.Self = page.Colleague.ID == u.ID; page.Form.Role == "" {
		page.Form = manage.ColleagueFormOf(page.Colleague)
	}
	return d.Render(c, status, manage.Colleague(page))
}

// changeRights answers POST /kelola/tim/orang/:colleague.
func (d *desk) changeRights(c web.Context) error {
	var page manage.ColleaguePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.colleaguePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Store.ChangeRights(c.Request().Context(), d.CurrentUser(c), c.Param("colleague"), page.Form.Seen, page.Form.Given())
		return web.Said(urls.Team(), "manage.team.changed"), err
	})
}

// endAccessForm answers GET /kelola/tim/orang/:colleague/akhiri: what they will read, before anything is done.
func (d *desk) endAccessForm(c web.Context) error {
	return d.endAccessPage(c, http.StatusOK, manage.ColleaguePage{})
}

func (d *desk) endAccessPage(c web.Context, status int, page manage.ColleaguePage) (err error) {
	u := d.CurrentUser(c)
	if page.Colleague, err = d.Store.Colleague(c.Request().Context(), u, c.Param("colleague")); err != nil {
		return err
	}
	page.Self = page.Colleague.ID == u.ID
	return d.Render(c, status, manage.EndAccess(page))
}

// endAccess answers POST /kelola/tim/orang/:colleague/akhiri. Who ends their own is signed out with that.
func (d *desk) endAccess(c web.Context) error {
	var page manage.ColleaguePage
	again := func(status int) error { return d.endAccessPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Store.EndAccess(c.Request().Context(), d.CurrentUser(c), c.Param("colleague"))
		return web.Said(urls.Team(), "manage.team.ended"), err
	})
}

// unlockColleague answers POST /kelola/tim/orang/:colleague/buka.
func (d *desk) unlockColleague(c web.Context) error {
	again := func(status int) error { return d.teamPage(c, status) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		err := d.Store.Unlock(c.Request().Context(), d.CurrentUser(c), c.Param("colleague"))
		return web.Said(urls.Team(), "manage.team.unlocked"), err
	})
}
