package account

import (
	"cmp"
	"errors"
	"fmt"
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// signInForm answers GET /masuk. A look writes nothing: where it leads stands in the form.
func (d *desk) signInForm(c web.Context) error {
	if u := d.Visitor(c); u != nil {
		return d.Redirect(c, web.HomeOf(u.Role))
	}
	page := account.SignInPage{Interrupted: d.HasDraft(c)}
	page.Form.Next = wantNext(c, "")
	var err error
	if page.For, err = d.wantedCourse(c, page.Form.Next); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.SignIn(page))
}

// signIn answers POST /masuk.
func (d *desk) signIn(c web.Context) error {
	var page account.SignInPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	page.Interrupted = d.HasDraft(c)
	page.Form.Next = wantNext(c, page.Form.Next)
	again := func(status int) (err error) {
		if page.For, err = d.wantedCourse(c, page.Form.Next); err != nil {
			return err
		}
		return d.Render(c, status, account.SignIn(page))
	}
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
		to, err := d.enter(c, u, page.Form.OwnDevice != "", page.Form.Next)
		if err != nil {
			return web.Next{}, err
		}
		refused, err := d.Store.AddressRefused(ctx, u)
		if refused {
			return web.Told(to, "warning", "account.address_refused"), err
		}
		return web.To(to), err
	})
}

// enter starts the session of somebody whose password was right and says where that leads: to the second
// factor, to a forced new password, to what was interrupted, or to where they wanted to go.
func (d *desk) enter(c web.Context, u models.User, ownDevice bool, wanted string) (to string, err error) {
	next := cmp.Or(wanted, web.HomeOf(u.Role))
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

// wantedCourse is the title of the course that somebody is on the way to apply for, by the page that they want to
// open; empty for other pages.
func (d *desk) wantedCourse(c web.Context, next string) (string, error) {
	path, _, _ := strings.Cut(next, "?")
	path, _ = urls.CutEnglish(path)
	ref, found := strings.CutPrefix(path, urls.Apply(""))
	if !found || ref == "" {
		return "", nil
	}
	offer, err := d.Store.Offer(c.Request().Context(), ref)
	if errors.Is(err, models.ErrNotFound) {
		return "", nil
	}
	return offer.Programme.Title, err
}

// signOut answers POST /keluar. Signing out twice is no error. Who wants to come back as somebody else is led to the
// form for that.
func (d *desk) signOut(c web.Context) error {
	var leave account.SignOutForm
	if err := web.ReadForm(c, &leave); err != nil {
		return err
	}
	if err := d.EndSession(c); err != nil {
		return err
	}
	c.Response().Header().Set("Clear-Site-Data", `"cache"`)
	if next := wantNext(c, leave.Next); next != "" {
		return d.Redirect(c, urls.WithQuery(urls.SignIn(), "lanjut", next))
	}
	return d.Redirect(c, urls.Home())
}

// resumeForm answers GET /masuk/lanjut: everything that was typed, to send again. It stays until it is sent.
func (d *desk) resumeForm(c web.Context) error {
	home := web.HomeOf(d.CurrentUser(c).Role)
	draft, ok := d.OwnDraft(c)
	if !ok {
		return d.Redirect(c, home)
	}
	page := account.ResumePage{Action: draft.Path, Values: draft.Values, Files: draft.Files, Home: home}
	return d.Render(c, http.StatusOK, account.Resume(page))
}

// stay answers GET /masuk/tetap, which a page asks for when its reader presses to stay: like every answer it moves the
// end of the session, and it says for how many seconds without a press, and for how many at most.
func (d *desk) stay(c web.Context) error {
	c.Response().Header().Set("Cache-Control", "no-store")
	idle, most := d.SessionLeft(c)
	return c.String(http.StatusOK, fmt.Sprintf("%d %d", int(idle.Seconds()), int(most.Seconds())))
}

// dropResume answers POST /masuk/lanjut: what was interrupted is not sent.
func (d *desk) dropResume(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.To(web.HomeOf(d.CurrentUser(c).Role)), d.DropDraft(c)
	})
}

// takeNext is where to go now, or fallback.
func (d *desk) takeNext(c web.Context, fallback string) string {
	return cmp.Or(d.Remembered(c, nextKey), fallback)
}

// recoverForm answers GET /lupa-sandi.
func (d *desk) recoverForm(c web.Context) error {
	var page account.RecoverPage
	page.Form.Login, _ = d.typedBefore(c)
	return d.Render(c, http.StatusOK, account.Recover(page))
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
		return d.awaitCode(c, waiting{Token: token, Path: urls.RecoverCode(), Login: page.Form.Login})
	})
}

// recoverCodeForm answers GET /lupa-sandi/kode.
func (d *desk) recoverCodeForm(c web.Context) error {
	return d.recoverCodePage(c, http.StatusOK, account.RecoverCodePage{})
}

func (d *desk) recoverCodePage(c web.Context, status int, page account.RecoverCodePage) error {
	state, err := d.codeState(c, urls.RecoverCode())
	if errors.Is(err, models.ErrNotFound) {
		return d.Redirect(c, urls.Recover())
	}
	if err != nil {
		return err
	}
	if page.CodeState = state; state.Spent {
		page.Errors = nil // the page itself says it, and has no field any more
	}
	return d.Render(c, status, account.RecoverCode(page))
}

// recoverPassword answers POST /lupa-sandi/kode: the new password holds, all sessions end.
func (d *desk) recoverPassword(c web.Context) error {
	var page account.RecoverCodePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	page.Errors.Refuse("password", newPassword(page.Form.Password))
	again := func(status int) error { return d.recoverCodePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		w, err := d.opened(c, urls.RecoverCode())
		if err != nil {
			return web.Next{}, err
		}
		ctx := c.Request().Context()
		hash, err := d.hash(ctx, page.Form.Password)
		if err != nil {
			return web.Next{}, err
		}
		u, err := d.Store.RecoverPassword(ctx, w.Token, page.Form.Code, page.Form.BirthDate(), hash)
		if err != nil {
			return web.Next{}, err
		}
		to, err := d.enter(c, u, false, "")
		return web.Said(to, "account.recover.done"), err
	})
}
