package handlers

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

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
func (h *Handlers) registerForm(c echo.Context) error {
	if u := h.visitor(c); u != nil {
		return h.redirect(c, homeOf(u.Role))
	}
	if err := h.rememberNext(c); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, account.Register(account.RegisterPage{PhoneCodes: h.Settings.PhoneCodes}))
}

// register answers POST /daftar. The answer is the same whether the address is known.
func (h *Handlers) register(c echo.Context) error {
	page := account.RegisterPage{PhoneCodes: h.Settings.PhoneCodes}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	page.Errors = page.Form.Check(h.Settings.PhoneCodes)
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, account.Register(page))
	}
	hash, err := h.Passwords.Hash(ctx, page.Form.Password)
	if err != nil {
		if err := passwordRefusal(err, "password", &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, account.Register(page))
	}
	token, err := h.Store.Register(ctx, models.Registration{
		Name: page.Form.CleanName(), Login: models.ParseLogin(page.Form.Login), PasswordHash: hash,
		Language: string(i18n.Of(ctx)), PhoneMessages: page.Form.PhoneMessages != "",
	})
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusTooManyRequests, account.Register(page))
	}
	if err := h.remember(c, codeKey, token); err != nil {
		return err
	}
	return h.redirect(c, urls.RegisterCode())
}

// registerCodeForm answers GET /daftar/kode.
func (h *Handlers) registerCodeForm(c echo.Context) error {
	return h.codeForm(c, urls.Register(), account.CodePage{Action: urls.RegisterCode(), Back: urls.Register()})
}

// codeForm shows the page that asks for six digits, or leads back when none are awaited.
func (h *Handlers) codeForm(c echo.Context, back string, page account.CodePage) error {
	code, err := h.Store.CodeByToken(c.Request().Context(), h.remembered(c, codeKey))
	if errors.Is(err, models.ErrNotFound) {
		return h.redirect(c, back)
	}
	if err != nil {
		return err
	}
	page.Address, page.Channel, page.ResendAt = code.Address, code.Channel, code.ResendAt()
	status := http.StatusOK
	if page.Errors.Any() {
		status = http.StatusUnprocessableEntity
	}
	return h.render(c, status, account.Code(page))
}

// confirmRegistration answers POST /daftar/kode: the account is made and signed in.
func (h *Handlers) confirmRegistration(c echo.Context) error {
	page := account.CodePage{Action: urls.RegisterCode(), Back: urls.Register()}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	u, err := h.Store.ConfirmRegistration(c.Request().Context(), h.remembered(c, codeKey), page.Form.Code)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.codeForm(c, urls.Register(), page)
	}
	next := h.takeNext(c, homeOf(u.Role))
	if err := h.startSession(c, models.SessionStart{User: &u}); err != nil {
		return err
	}
	if err := h.flash(c, "success", "account.register.done"); err != nil {
		return err
	}
	return h.redirect(c, next)
}

// resendCode answers POST /kode/kirim-ulang for whichever code is awaited.
func (h *Handlers) resendCode(c echo.Context) error {
	ctx := c.Request().Context()
	token := h.remembered(c, codeKey)
	code, err := h.Store.CodeByToken(ctx, token)
	if errors.Is(err, models.ErrNotFound) {
		return h.redirect(c, urls.SignIn())
	}
	if err != nil {
		return err
	}
	kind, key := "success", "account.code.resent"
	if err := h.Store.ResendCode(ctx, token, string(i18n.Of(ctx))); err != nil {
		refused, ok := errors.AsType[*models.Refusal](err)
		if !ok {
			return err
		}
		kind, key = "warning", refused.Key
	}
	if err := h.flash(c, kind, key); err != nil {
		return err
	}
	return h.redirect(c, codePage(code.Purpose))
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
func (h *Handlers) matching(ctx context.Context, plain string) func(hash string) (bool, error) {
	return func(hash string) (bool, error) {
		if hash == "" {
			return false, h.Passwords.Waste(ctx, plain)
		}
		return h.Passwords.Matches(ctx, plain, hash)
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
