package handlers

import (
	"encoding/json"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// accountHome answers GET /akun.
func (h *Handlers) accountHome(c echo.Context) error {
	return h.render(c, http.StatusOK, account.Home(account.HomePage{User: h.currentUser(c)}))
}

// changePasswordForm answers GET /akun/kata-sandi.
func (h *Handlers) changePasswordForm(c echo.Context) error {
	return h.render(c, http.StatusOK, account.ChangePassword(account.ChangePasswordPage{User: h.currentUser(c), Forced: h.currentUser(c).MustSetPassword}))
}

// changePassword answers POST /akun/kata-sandi. All sessions end, this one starts anew.
func (h *Handlers) changePassword(c echo.Context) error {
	u := h.currentUser(c)
	page := account.ChangePasswordPage{User: u, Forced: u.MustSetPassword}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	page.Errors = page.Form.Check()
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, account.ChangePassword(page))
	}
	hash, err := h.Passwords.Hash(ctx, page.Form.Password)
	if err != nil {
		if err := passwordRefusal(err, "password", &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, account.ChangePassword(page))
	}
	err = h.Store.ChangePassword(ctx, u, h.matching(ctx, page.Form.Old), hash)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, account.ChangePassword(page))
	}
	u.MustSetPassword = false
	if err := h.startSession(c, models.SessionStart{User: &u, SecondFactor: h.sessionRow(c).SecondFactorAt != nil}); err != nil {
		return err
	}
	return h.done(c, "account.password.changed", urls.Account())
}

// done keeps a sentence for the next page and leads there.
func (h *Handlers) done(c echo.Context, key, path string, args ...any) error {
	if err := h.flash(c, "success", key, args...); err != nil {
		return err
	}
	return h.redirect(c, path)
}

// changeAddressForm answers GET /akun/kontak.
func (h *Handlers) changeAddressForm(c echo.Context) error {
	return h.render(c, http.StatusOK, account.ChangeAddress(account.ChangeAddressPage{User: h.currentUser(c), PhoneCodes: h.Settings.PhoneCodes}))
}

// startChangeAddress answers POST /akun/kontak: a code goes to the new address.
func (h *Handlers) startChangeAddress(c echo.Context) error {
	page := account.ChangeAddressPage{User: h.currentUser(c), PhoneCodes: h.Settings.PhoneCodes}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(h.Settings.PhoneCodes)
	to := models.ParseLogin(page.Form.Address)
	if channel, _ := to.Channel(); channel == "" {
		page.Errors.Add("address", "account.login.wrong")
	}
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, account.ChangeAddress(page))
	}
	token, err := h.Store.StartChangeAddress(c.Request().Context(), page.User, to)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusTooManyRequests, account.ChangeAddress(page))
	}
	if err := h.remember(c, codeKey, token); err != nil {
		return err
	}
	return h.redirect(c, urls.ChangeAddressCode())
}

// changeAddressCodeForm answers GET /akun/kontak/kode.
func (h *Handlers) changeAddressCodeForm(c echo.Context) error {
	return h.codeForm(c, urls.ChangeAddress(), account.CodePage{Action: urls.ChangeAddressCode(), Back: urls.ChangeAddress()})
}

// confirmChangeAddress answers POST /akun/kontak/kode.
func (h *Handlers) confirmChangeAddress(c echo.Context) error {
	page := account.CodePage{Action: urls.ChangeAddressCode(), Back: urls.ChangeAddress()}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	err := h.Store.ConfirmChangeAddress(c.Request().Context(), h.currentUser(c), h.remembered(c, codeKey), page.Form.Code)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.codeForm(c, urls.ChangeAddress(), page)
	}
	return h.done(c, "account.address.changed", urls.Account())
}

// listSessions answers GET /akun/perangkat.
func (h *Handlers) listSessions(c echo.Context) error {
	list, err := h.Store.Sessions(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, account.Sessions(account.SessionsPage{Sessions: list, Current: h.sessionRow(c).ID}))
}

// endSessions answers POST /akun/perangkat: one device, or all but this one.
func (h *Handlers) endSessions(c echo.Context) error {
	var form account.EndSessionForm
	if err := readForm(c, &form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), h.currentUser(c)
	var err error
	if n := form.Number(); n != 0 {
		err = h.Store.EndSessionByID(ctx, u, n)
	} else {
		err = h.Store.EndOtherSessions(ctx, u.ID, h.sessionRow(c).TokenHash)
	}
	if err != nil {
		return err
	}
	return h.done(c, "account.sessions.ended", urls.Sessions())
}

// listConsents answers GET /akun/persetujuan.
func (h *Handlers) listConsents(c echo.Context) error {
	list, err := h.Store.Consents(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, account.Consents(account.ConsentsPage{Consents: list}))
}

// setConsent answers POST /akun/persetujuan: one consent is given or withdrawn.
func (h *Handlers) setConsent(c echo.Context) error {
	var form account.ConsentForm
	if err := readForm(c, &form); err != nil {
		return err
	}
	if !form.Known() {
		return echo.NewHTTPError(http.StatusBadRequest)
	}
	if err := h.Store.SetConsent(c.Request().Context(), h.currentUser(c), form.Kind, form.Given == "yes"); err != nil {
		return err
	}
	return h.done(c, "account.consents.saved", urls.Consents())
}

// myData answers GET /akun/data-saya.
func (h *Handlers) myData(c echo.Context) error {
	return h.render(c, http.StatusOK, account.MyData(account.MyDataPage{}))
}

// myDataFile answers GET /akun/data-saya.json: everything, as a file to keep.
func (h *Handlers) myDataFile(c echo.Context) error {
	parts, err := h.Store.MyData(c.Request().Context(), h.currentUser(c))
	if err != nil {
		return err
	}
	whole := make(map[string]json.RawMessage, len(parts))
	for _, p := range parts {
		whole[p.Name] = p.Rows
	}
	b, err := json.MarshalIndent(whole, "", "  ")
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	c.Response().Header().Set(echo.HeaderContentDisposition, `attachment; filename="data-saya-naik-kelas.json"`)
	return c.Blob(http.StatusOK, echo.MIMEApplicationJSON, b)
}

// closeAccountForm answers GET /akun/hapus.
func (h *Handlers) closeAccountForm(c echo.Context) error {
	return h.render(c, http.StatusOK, account.Close(account.ClosePage{User: h.currentUser(c)}))
}

// closeAccount answers POST /akun/hapus.
func (h *Handlers) closeAccount(c echo.Context) error {
	page := account.ClosePage{User: h.currentUser(c)}
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	page.Errors = page.Form.Check()
	if !page.Errors.Any() {
		err := h.Store.CloseAccount(ctx, h.currentUser(c), h.matching(ctx, page.Form.Password))
		if err == nil {
			return h.accountClosed(c)
		}
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return h.render(c, http.StatusUnprocessableEntity, account.Close(page))
}

// accountClosed leaves the closed account's session behind: its row is gone already.
func (h *Handlers) accountClosed(c echo.Context) error {
	if err := h.endSession(c); err != nil {
		return err
	}
	sess := h.session(c)
	delete(sess.Values, rowKey)
	sess.Options.MaxAge = 0
	return h.done(c, "account.close.done", urls.Home())
}
