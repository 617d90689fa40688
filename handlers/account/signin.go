package account

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// signInForm answers GET /masuk.
func (d *desk) signInForm(c web.Context) error {
	if u := d.Visitor(c); u != nil {
		return d.Redirect(c, web.HomeOf(u.Role))
	}
	if err := d.rememberNext(c); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.SignIn(account.SignInPage{Interrupted: d.HasDraft(c)}))
}

// signIn answers POST /masuk.
func (d *desk) signIn(c web.Context) error {
	var page account.SignInPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, account.SignIn(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		login, err := models.ParseLogin(page.Form.Login)
		if err != nil {
			return web.Next{}, err
		}
		u, err := d.Store.SignIn(ctx, login, d.matching(ctx, page.Form.Password))
		if err != nil {
			return web.Next{}, err
		}
		to, err := d.enter(c, u, page.Form.OwnDevice != "")
		return web.To(to), err
	})
}

// enter starts the session of somebody whose password was right and says where that leads: to the second
// factor, to a forced new password, to what was interrupted, or to where they wanted to go.
func (d *desk) enter(c web.Context, u models.User, ownDevice bool) (to string, err error) {
	next := d.takeNext(c, web.HomeOf(u.Role))
	data := d.CarryDraft(c)
	if d.HasDraft(c) {
		next = urls.Resume()
	}
	data[nextKey] = next
	if err := d.StartSession(c, models.SessionStart{User: &u, OwnDevice: ownDevice, Data: data}); err != nil {
		return "", err
	}
	switch {
	case u.MustSetPassword:
		next = urls.ChangePassword()
	case u.NeedsSecondFactor() && u.HasSecondFactor():
		next = urls.SecondFactor()
	case u.NeedsSecondFactor():
		next = urls.SecondFactorSetup()
	}
	return next, nil
}

// signOut answers POST /keluar. Signing out twice is no error.
func (d *desk) signOut(c web.Context) error {
	if err := d.EndSession(c); err != nil {
		return err
	}
	c.Response().Header().Set("Clear-Site-Data", `"cache"`)
	return d.Redirect(c, urls.Home())
}

// resumeForm answers GET /masuk/lanjut: everything that was typed, to send again.
func (d *desk) resumeForm(c web.Context) error {
	home := web.HomeOf(d.CurrentUser(c).Role)
	draft, ok, err := d.TakeDraft(c)
	if err != nil {
		return err
	}
	if !ok {
		return d.Redirect(c, home)
	}
	return d.Render(c, http.StatusOK, account.Resume(account.ResumePage{Action: draft.Path, Values: draft.Values, Home: home}))
}

// rememberNext keeps where ?lanjut= leads, when it is a page of this portal.
func (d *desk) rememberNext(c web.Context) error {
	next := c.QueryParam("lanjut")
	if next == "" || !web.IsLocal(next) {
		return nil
	}
	return d.Remember(c, nextKey, next)
}

// takeNext is where to go now, or fallback.
func (d *desk) takeNext(c web.Context, fallback string) string {
	if next := d.Remembered(c, nextKey); next != "" {
		return next
	}
	return fallback
}

// recoverForm answers GET /lupa-sandi.
func (d *desk) recoverForm(c web.Context) error {
	return d.Render(c, http.StatusOK, account.Recover(account.RecoverPage{}))
}

// startRecovery answers POST /lupa-sandi; the answer is the same for known and unknown names.
func (d *desk) startRecovery(c web.Context) error {
	var page account.RecoverPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, account.Recover(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		login, err := models.ParseLogin(page.Form.Login)
		if err != nil {
			return web.Next{}, err
		}
		token, err := d.Store.StartRecovery(ctx, login, string(i18n.Of(ctx)))
		if err != nil {
			return web.Next{}, err
		}
		return web.To(urls.RecoverCode()), d.Remember(c, codeKey, token)
	})
}

// recoverCodeForm answers GET /lupa-sandi/kode.
func (d *desk) recoverCodeForm(c web.Context) error {
	return d.recoverCodePage(c, http.StatusOK, account.RecoverCodePage{})
}

func (d *desk) recoverCodePage(c web.Context, status int, page account.RecoverCodePage) error {
	code, err := d.Store.CodeByToken(c.Request().Context(), d.Remembered(c, codeKey))
	if errors.Is(err, models.ErrNotFound) {
		return d.Redirect(c, urls.Recover())
	}
	if err != nil {
		return err
	}
	page.Channel, page.ResendAt = code.Channel, code.ResendAt()
	return d.Render(c, status, account.RecoverCode(page))
}

// recoverPassword answers POST /lupa-sandi/kode: the new password holds, all sessions end.
func (d *desk) recoverPassword(c web.Context) error {
	var page account.RecoverCodePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.recoverCodePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		hash, err := d.hash(ctx, page.Form.Password)
		if err != nil {
			return web.Next{}, err
		}
		u, err := d.Store.RecoverPassword(ctx, d.Remembered(c, codeKey), page.Form.Code, page.Form.BirthDate(), hash)
		if err != nil {
			return web.Next{}, err
		}
		to, err := d.enter(c, u, false)
		return web.Said(to, "account.recover.done"), err
	})
}
