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

// codeKey holds the token of the code that the person waits for, and nextKey where they go
// once they are in.
const (
	codeKey = "code"
	nextKey = "next"
)

// registerForm answers GET /daftar.
func (d *desk) registerForm(c web.Context) error {
	if u := d.Visitor(c); u != nil {
		return d.Redirect(c, web.HomeOf(u.Role))
	}
	if err := d.rememberNext(c); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.Register(account.RegisterPage{PhoneCodes: d.Settings.PhoneCodes}))
}

// register answers POST /daftar. The answer is the same whether the address is known.
func (d *desk) register(c web.Context) error {
	page := account.RegisterPage{PhoneCodes: d.Settings.PhoneCodes}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(d.Settings.PhoneCodes)
	again := func(status int) error { return d.Render(c, status, account.Register(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		hash, err := d.hash(ctx, page.Form.Password)
		if err != nil {
			return web.Next{}, err
		}
		login, err := models.ParseAddress(page.Form.Login)
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
		return web.To(urls.RegisterCode()), d.Remember(c, codeKey, token)
	})
}

// registerCodeForm answers GET /daftar/kode.
func (d *desk) registerCodeForm(c web.Context) error {
	return d.codePage(c, http.StatusOK, registerCode())
}

// registerCode is the page that asks for the code of a registration.
func registerCode() account.CodePage {
	return account.CodePage{Action: urls.RegisterCode(), Back: urls.Register()}
}

// codePage shows a page that asks for six digits, or leads back when none are awaited.
func (d *desk) codePage(c web.Context, status int, page account.CodePage) error {
	code, err := d.Store.CodeByToken(c.Request().Context(), d.Remembered(c, codeKey))
	if errors.Is(err, models.ErrNotFound) {
		return d.Redirect(c, page.Back)
	}
	if err != nil {
		return err
	}
	page.Address, page.Channel, page.ResendAt = code.Address, code.Channel, code.ResendAt()
	return d.Render(c, status, account.Code(page))
}

// confirmRegistration answers POST /daftar/kode: the account is made and signed in.
func (d *desk) confirmRegistration(c web.Context) error {
	page := registerCode()
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.codePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		u, err := d.Store.ConfirmRegistration(c.Request().Context(), d.Remembered(c, codeKey), page.Form.Code)
		if err != nil {
			return web.Next{}, err
		}
		next := web.Said(d.takeNext(c, web.HomeOf(u.Role)), "account.register.done")
		return next, d.StartSession(c, models.SessionStart{User: &u})
	})
}

// resendCode answers POST /kode/kirim-ulang for whichever code is awaited.
func (d *desk) resendCode(c web.Context) error {
	ctx := c.Request().Context()
	token := d.Remembered(c, codeKey)
	code, err := d.Store.CodeByToken(ctx, token)
	if errors.Is(err, models.ErrNotFound) {
		return d.Redirect(c, urls.SignIn())
	}
	if err != nil {
		return err
	}
	path, again := d.awaiting(c, code.Purpose)
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return web.Said(path, "account.code.resent"), d.Store.ResendCode(ctx, token, string(i18n.Of(ctx)))
	})
}

// awaiting is the page that asks for a code of the purpose: its path, and how it is shown.
func (d *desk) awaiting(c web.Context, purpose string) (path string, show func(status int) error) {
	switch purpose {
	case "recover":
		return urls.RecoverCode(), func(status int) error { return d.recoverCodePage(c, status, account.RecoverCodePage{}) }
	case "change_address":
		return urls.ChangeAddressCode(), func(status int) error { return d.codePage(c, status, changeAddressCode()) }
	}
	return urls.RegisterCode(), func(status int) error { return d.codePage(c, status, registerCode()) }
}

// matching compares a typed password with a hash that the Store finds; an unknown name has an
// empty one and takes as long.
func (d *desk) matching(ctx context.Context, plain string) func(hash string) (bool, error) {
	return func(hash string) (bool, error) {
		if hash == "" {
			return false, d.Passwords.Waste(ctx, plain)
		}
		return d.Passwords.Matches(ctx, plain, hash)
	}
}

// hash makes the hash of a new password; the rule that it breaks refuses the form.
func (d *desk) hash(ctx context.Context, plain string) (string, error) {
	hash, err := d.Passwords.Hash(ctx, plain)
	switch {
	case errors.Is(err, password.ErrShort):
		err = &models.Refusal{Key: "account.password.short", Field: "password"}
	case errors.Is(err, password.ErrLong):
		err = &models.Refusal{Key: "account.password.long", Field: "password"}
	case errors.Is(err, password.ErrCommon):
		err = &models.Refusal{Key: "account.password.common", Field: "password"}
	}
	return hash, err
}
