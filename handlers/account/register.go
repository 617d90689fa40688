package account

import (
	"context"
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/password"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// registerForm answers GET /daftar.
func (d *desk) registerForm(c web.Context) error {
	if u := d.Visitor(c); u != nil {
		return d.Redirect(c, web.HomeOf(u.Role))
	}
	page := account.RegisterPage{PhoneCodes: d.Settings.PhoneCodes}
	page.Form.Next = wantNext(c, "")
	var err error
	if page.For, err = d.wantedCourse(c, page.Form.Next); err != nil {
		return err
	}
	login, token := d.typedBefore(c)
	page.Form.Login = login
	if token != "" {
		r, err := d.Store.WaitingRegistration(c.Request().Context(), token)
		if err != nil && !errors.Is(err, models.ErrNotFound) {
			return err
		}
		page.Form.Name = r.Name
	}
	return d.Render(c, http.StatusOK, account.Register(page))
}

// register answers POST /daftar. The answer is the same whether the address is known.
func (d *desk) register(c web.Context) error {
	page := account.RegisterPage{PhoneCodes: d.Settings.PhoneCodes}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(d.Settings.PhoneCodes)
	page.Errors.Refuse("password", newPassword(page.Form.Password, page.Form.Name, page.Form.Login))
	again := func(status int) error { return d.Render(c, status, account.Register(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		login, err := models.ParseAddress(page.Form.Login)
		if err != nil {
			return web.Next{}, err
		}
		hash, err := d.hash(ctx, page.Form.Password)
		if err != nil {
			return web.Next{}, err
		}
		token, err := d.Store.Register(ctx, models.Registration{
			Name: page.Form.CleanName(), Login: login, PasswordHash: hash,
			Language: string(i18n.Of(ctx)), PhoneMessages: page.Form.PhoneMessages != "",
		})
		if err != nil {
			return web.Next{}, err
		}
		return d.awaitCode(c, waiting{Token: token, Path: urls.RegisterCode(), Login: page.Form.Login, Next: wantNext(c, page.Form.Next)})
	})
}

// registerCodeForm answers GET /daftar/kode.
func (d *desk) registerCodeForm(c web.Context) error {
	return d.codePage(c, http.StatusOK, urls.RegisterCode(), account.CodePage{})
}

// confirmRegistration answers POST /daftar/kode: the account is made and signed in.
func (d *desk) confirmRegistration(c web.Context) error {
	var page account.CodePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.codePage(c, status, urls.RegisterCode(), page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		w, err := d.opened(c, urls.RegisterCode())
		if err != nil {
			return web.Next{}, err
		}
		u, err := d.Store.ConfirmRegistration(c.Request().Context(), w.Token, page.Form.Code)
		if err != nil {
			return web.Next{}, err
		}
		next := web.To(web.HomeOf(u.Role)) // which greets who is new
		if w.Next != "" {
			next = web.Said(w.Next, "account.register.done")
		}
		return next, d.StartSession(c, models.SessionStart{User: &u})
	})
}

// matching compares a typed password with a hash that the Store finds; an unknown name has an
// empty one and takes as long.
func (d *desk) matching(ctx context.Context, plain string) models.Matcher {
	return func(hash string) (bool, string, error) {
		if hash == "" {
			return false, "", d.Passwords.Waste(ctx, plain)
		}
		right, err := d.Passwords.Matches(ctx, plain, hash)
		if err != nil || !right {
			return false, "", err
		}
		again, err := d.Passwords.Renew(ctx, plain, hash)
		return true, again, err
	}
}

// hash makes the hash of a new password; the rule that it breaks refuses the form.
func (d *desk) hash(ctx context.Context, plain string) (string, error) {
	hash, err := d.Passwords.Hash(ctx, plain)
	return hash, refusedPassword(err)
}

// newPassword says which rule a new password of somebody with these names breaks, so that all fields of a form are
// judged at once.
func newPassword(plain string, own ...string) error {
	if plain == "" {
		return nil
	}
	return refusedPassword(password.Check(plain, own...))
}

// ownNames are what nobody takes as a password of theirs.
func ownNames(u models.User) []string {
	list := []string{u.Name}
	for _, w := range u.Ways() {
		list = append(list, w.Address)
	}
	return list
}

func refusedPassword(err error) error {
	switch {
	case errors.Is(err, password.ErrShort):
		return &models.Refusal{Key: "account.password.short", Field: "password"}
	case errors.Is(err, password.ErrLong):
		return &models.Refusal{Key: "account.password.long", Field: "password"}
	case errors.Is(err, password.ErrCommon):
		return &models.Refusal{Key: "account.password.common", Field: "password"}
	}
	return err
}
