package account

import (
	"encoding/json"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// accountHome answers GET /akun.
func (d *desk) accountHome(c web.Context) error {
	return d.Render(c, http.StatusOK, account.Home(account.HomePage{User: d.CurrentUser(c)}))
}

// changePasswordForm answers GET /akun/kata-sandi.
func (d *desk) changePasswordForm(c web.Context) error {
	return d.Render(c, http.StatusOK, account.ChangePassword(account.ChangePasswordPage{User: d.CurrentUser(c), Forced: d.CurrentUser(c).MustSetPassword}))
}

// changePassword answers POST /akun/kata-sandi. All sessions end, this one starts anew.
func (d *desk) changePassword(c web.Context) error {
	u := d.CurrentUser(c)
	page := account.ChangePasswordPage{User: u, Forced: u.MustSetPassword}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	page.Errors = page.Form.Check()
	if page.Errors.Any() {
		return d.Render(c, http.StatusUnprocessableEntity, account.ChangePassword(page))
	}
	hash, err := d.Passwords.Hash(ctx, page.Form.Password)
	if err != nil {
		if err := passwordRefusal(err, "password", &page.Errors); err != nil {
			return err
		}
		return d.Render(c, http.StatusUnprocessableEntity, account.ChangePassword(page))
	}
	err = d.Store.ChangePassword(ctx, u, d.matching(ctx, page.Form.Old), hash)
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.Render(c, http.StatusUnprocessableEntity, account.ChangePassword(page))
	}
	u.MustSetPassword = false
	if err := d.StartSession(c, models.SessionStart{User: &u, SecondFactor: d.SessionRow(c).SecondFactorAt != nil}); err != nil {
		return err
	}
	return d.Done(c, "account.password.changed", urls.Account())
}

// changeAddressForm answers GET /akun/kontak.
func (d *desk) changeAddressForm(c web.Context) error {
	return d.Render(c, http.StatusOK, account.ChangeAddress(account.ChangeAddressPage{User: d.CurrentUser(c), PhoneCodes: d.Settings.PhoneCodes}))
}

// startChangeAddress answers POST /akun/kontak: a code goes to the new address.
func (d *desk) startChangeAddress(c web.Context) error {
	page := account.ChangeAddressPage{User: d.CurrentUser(c), PhoneCodes: d.Settings.PhoneCodes}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(d.Settings.PhoneCodes)
	to := models.ParseLogin(page.Form.Address)
	if channel, _ := to.Channel(); channel == "" {
		page.Errors.Add("address", "account.login.wrong")
	}
	if page.Errors.Any() {
		return d.Render(c, http.StatusUnprocessableEntity, account.ChangeAddress(page))
	}
	token, err := d.Store.StartChangeAddress(c.Request().Context(), page.User, to)
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.Render(c, http.StatusTooManyRequests, account.ChangeAddress(page))
	}
	if err := d.Remember(c, codeKey, token); err != nil {
		return err
	}
	return d.Redirect(c, urls.ChangeAddressCode())
}

// changeAddressCodeForm answers GET /akun/kontak/kode.
func (d *desk) changeAddressCodeForm(c web.Context) error {
	return d.codeForm(c, urls.ChangeAddress(), account.CodePage{Action: urls.ChangeAddressCode(), Back: urls.ChangeAddress()})
}

// confirmChangeAddress answers POST /akun/kontak/kode.
func (d *desk) confirmChangeAddress(c web.Context) error {
	page := account.CodePage{Action: urls.ChangeAddressCode(), Back: urls.ChangeAddress()}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	err := d.Store.ConfirmChangeAddress(c.Request().Context(), d.CurrentUser(c), d.Remembered(c, codeKey), page.Form.Code)
	if err != nil {
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
		return d.codeForm(c, urls.ChangeAddress(), page)
	}
	return d.Done(c, "account.address.changed", urls.Account())
}

// listSessions answers GET /akun/perangkat.
func (d *desk) listSessions(c web.Context) error {
	list, err := d.Store.Sessions(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.Sessions(account.SessionsPage{Sessions: list, Current: d.SessionRow(c).ID}))
}

// endSessions answers POST /akun/perangkat: one device, or all but this one.
func (d *desk) endSessions(c web.Context) error {
	var form account.EndSessionForm
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	var err error
	if n := form.Number(); n != 0 {
		err = d.Store.EndSessionByID(ctx, u, n)
	} else {
		err = d.Store.EndOtherSessions(ctx, u.ID, d.SessionRow(c).TokenHash)
	}
	if err != nil {
		return err
	}
	return d.Done(c, "account.sessions.ended", urls.Sessions())
}

// listConsents answers GET /akun/persetujuan.
func (d *desk) listConsents(c web.Context) error {
	list, err := d.Store.Consents(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.Consents(account.ConsentsPage{Consents: list}))
}

// setConsent answers POST /akun/persetujuan: one consent is given or withdrawn.
func (d *desk) setConsent(c web.Context) error {
	var form account.ConsentForm
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	if !form.Known() {
		return web.ErrBadForm
	}
	if err := d.Store.SetConsent(c.Request().Context(), d.CurrentUser(c), form.Kind, form.Given == "yes"); err != nil {
		return err
	}
	return d.Done(c, "account.consents.saved", urls.Consents())
}

// myData answers GET /akun/data-saya.
func (d *desk) myData(c web.Context) error {
	return d.Render(c, http.StatusOK, account.MyData(account.MyDataPage{}))
}

// myDataFile answers GET /akun/data-saya.json: everything, as a file to keep.
func (d *desk) myDataFile(c web.Context) error {
	parts, err := d.Store.MyData(c.Request().Context(), d.CurrentUser(c))
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
	c.Response().Header().Set("Content-Disposition", `attachment; filename="data-saya-naik-kelas.json"`)
	return c.Blob(http.StatusOK, "application/json", b)
}

// closeAccountForm answers GET /akun/hapus.
func (d *desk) closeAccountForm(c web.Context) error {
	return d.Render(c, http.StatusOK, account.Close(account.ClosePage{User: d.CurrentUser(c)}))
}

// closeAccount answers POST /akun/hapus.
func (d *desk) closeAccount(c web.Context) error {
	page := account.ClosePage{User: d.CurrentUser(c)}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ctx := c.Request().Context()
	page.Errors = page.Form.Check()
	if !page.Errors.Any() {
		err := d.Store.CloseAccount(ctx, d.CurrentUser(c), d.matching(ctx, page.Form.Password))
		if err == nil {
			return d.accountClosed(c)
		}
		if err := web.Refusal(err, &page.Errors); err != nil {
			return err
		}
	}
	return d.Render(c, http.StatusUnprocessableEntity, account.Close(page))
}

// accountClosed leaves the closed account's session behind: its row is gone already.
func (d *desk) accountClosed(c web.Context) error {
	if err := d.LeaveSession(c); err != nil {
		return err
	}
	return d.Done(c, "account.close.done", urls.Home())
}
