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
	ctx := c.Request().Context()
	page.Errors = page.Form.Check(d.Settings.PhoneCodes)
	if page.Errors.Any() {
		return d.Render(c, http.StatusUnprocessableEntity, account.Register(page))
	}
	hash, err := d.Passwords.Hash(ctx, page.Form.Password)
	if err != nil {
		if err := passwordRefusal(err, "password", &page.Errors); err != nil {
			return err
		}
		return d.Render(c, http.StatusUnprocessableEntity, account.Register(page))
	}
	token, err := d.Store.Register(ctx, models.Registration{
		Name: page.Form.CleanName(), Login: models.ParseLogin(page.Form.Login), PasswordHash: hash,
		Language: string(i18n.Of(ctx)), PhoneMessages: page.Form.PhoneMessages != "",
	})
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.Render(c, http.StatusTooManyRequests, account.Register(page))
	}
	if err := d.Remember(c, codeKey, token); err != nil {
		return err
	}
	return d.Redirect(c, urls.RegisterCode())
}

// registerCodeForm answers GET /daftar/kode.
func (d *desk) registerCodeForm(c web.Context) error {
	return d.codeForm(c, urls.Register(), account.CodePage{Action: urls.RegisterCode(), Back: urls.Register()})
}

// codeForm shows the page that asks for six digits, or leads back when none are awaited.
func (d *desk) codeForm(c web.Context, back string, page account.CodePage) error {
	code, err := d.Store.CodeByToken(c.Request().Context(), d.Remembered(c, codeKey))
	if errors.Is(err, models.ErrNotFound) {
		return d.Redirect(c, back)
	}
	if err != nil {
		return err
	}
	page.Address, page.Channel, page.ResendAt = code.Address, code.Channel, code.ResendAt()
	status := http.StatusOK
	if page.Errors.Any() {
		status = http.StatusUnprocessableEntity
	}
	return d.Render(c, status, account.Code(page))
}

// confirmRegistration answers POST /daftar/kode: the account is made and signed in.
func (d *desk) confirmRegistration(c web.Context) error {
	page := account.CodePage{Action: urls.RegisterCode(), Back: urls.Register()}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	u, err := d.Store.ConfirmRegistration(c.Request().Context(), d.Remembered(c, codeKey), page.Form.Code)
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.codeForm(c, urls.Register(), page)
	}
	next := d.takeNext(c, web.HomeOf(u.Role))
	if err := d.StartSession(c, models.SessionStart{User: &u}); err != nil {
		return err
	}
	if err := d.Flash(c, "success", "account.register.done"); err != nil {
		return err
	}
	return d.Redirect(c, next)
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
	kind, key := "success", "account.code.resent"
	if err := d.Store.ResendCode(ctx, token, string(i18n.Of(ctx))); err != nil {
		refused, ok := errors.AsType[*models.Refusal](err)
		if !ok {
			return err
		}
		kind, key = "warning", refused.Key
	}
	if err := d.Flash(c, kind, key); err != nil {
		return err
	}
	return d.Redirect(c, codePage(code.Purpose))
}

// codePage is the page that asks for a code of the purpose.
func codePage(purpose string) string {
	switch purpose {
	case "recover":
		return urls.RecoverCode()
	case "change_address":
		return urls.ChangeAddressCode()
	}
	return urls.RegisterCode()
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

// passwordRefusal turns the rule that a new password broke into the form's error.
func passwordRefusal(err error, field string, errs interface{ Add(string, string, ...any) }) error {
	switch {
	case errors.Is(err, password.ErrShort):
		errs.Add(field, "account.password.short")
	case errors.Is(err, password.ErrLong):
		errs.Add(field, "account.password.long")
	case errors.Is(err, password.ErrCommon):
		errs.Add(field, "account.password.common")
	default:
		return err
	}
	return nil
}
