package account

import (
	"encoding/json"
	"fmt"
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/refdata"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// accountHome answers GET /akun.
func (d *desk) accountHome(c web.Context) error {
	return d.Render(c, http.StatusOK, account.Home(account.HomePage{User: d.CurrentUser(c)}))
}

// setLanguage answers POST /akun: letters and messages come in the language that was chosen.
func (d *desk) setLanguage(c web.Context) error {
	var form account.LanguageForm
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		next := web.Said(urls.Account(), "account.language.done")
		return next, d.Store.SetLanguage(c.Request().Context(), d.CurrentUser(c), form.Language)
	})
}

// changePasswordForm answers GET /akun/kata-sandi.
func (d *desk) changePasswordForm(c web.Context) error {
	u := d.CurrentUser(c)
	return d.Render(c, http.StatusOK, account.ChangePassword(account.ChangePasswordPage{User: u, Forced: u.MustSetPassword}))
}

// changePassword answers POST /akun/kata-sandi. All sessions end, this one starts anew.
func (d *desk) changePassword(c web.Context) error {
	u := d.CurrentUser(c)
	page := account.ChangePasswordPage{User: u, Forced: u.MustSetPassword}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	page.Errors.Refuse("password", newPassword(page.Form.Password, ownNames(u)...))
	again := func(status int) error { return d.Render(c, status, account.ChangePassword(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		hash, err := d.hash(ctx, page.Form.Password)
		if err != nil {
			return web.Next{}, err
		}
		if err := d.Store.ChangePassword(ctx, u, d.matching(ctx, page.Form.Old), hash); err != nil {
			return web.Next{}, err
		}
		u.MustSetPassword = false
		err = d.StartSession(c, models.SessionStart{User: &u, SecondFactor: d.SessionRow(c).SecondFactorAt != nil})
		return web.Said(urls.Account(), "account.password.changed"), err
	})
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
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		ctx, u, next := c.Request().Context(), d.CurrentUser(c), web.Said(urls.Sessions(), "account.sessions.ended")
		if n := form.Number(); n != 0 {
			return next, d.Store.EndSessionByID(ctx, u, n)
		}
		return next, d.Store.EndOtherSessions(ctx, u.ID, d.SessionRow(c).TokenHash)
	})
}

// listConsents answers GET /akun/persetujuan.
func (d *desk) listConsents(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	list, err := d.Store.Consents(ctx, u)
	if err != nil {
		return err
	}
	sharings, err := d.Store.Sharings(ctx, u)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.Consents(account.ConsentsPage{Consents: list, Sharings: sharings}))
}

// setSharing answers POST /akun/persetujuan/:institution: whether it may see the person.
func (d *desk) setSharing(c web.Context) error {
	var form account.SharingForm
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		given, said := form.Given == "yes", "account.sharing.stopped"
		if given {
			said = "account.sharing.shared"
		}
		return web.Said(urls.Consents(), said), d.Store.SetSharing(c.Request().Context(), d.CurrentUser(c), c.Param("institution"), given)
	})
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
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		err := d.Store.SetConsent(c.Request().Context(), d.CurrentUser(c), form.Kind, form.Given == "yes")
		return web.Said(urls.Consents(), "account.consents.saved"), err
	})
}

// agreed answers GET /akun/persetujuan/teks/:consent: the words as they were agreed to.
func (d *desk) agreed(c web.Context) error {
	ctx := c.Request().Context()
	consent, institution, err := d.Store.Consent(ctx, d.CurrentUser(c), c.Param("consent"))
	if err != nil {
		return err
	}
	texts, err := refdata.ConsentTexts()
	if err != nil {
		return err
	}
	page := account.AgreedPage{Consent: consent}
	names := strings.NewReplacer("{operator}", d.Settings.Operator, "{institution}", institution)
	for _, t := range texts {
		if t.Version == consent.Version && t.Kind == consent.Kind {
			page.Words = append(page.Words, names.Replace(t.Text.In(string(i18n.Of(ctx)))))
		}
	}
	if len(page.Words) == 0 {
		return fmt.Errorf("no words of %s are kept in version %s", consent.Kind, consent.Version)
	}
	return d.Render(c, http.StatusOK, account.Agreed(page))
}

// myData answers GET /akun/data-saya: everything, to read.
func (d *desk) myData(c web.Context) error {
	parts, err := d.Store.MyData(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	names, err := d.Store.DataNames(c.Request().Context())
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.MyData(account.MyDataPage{Parts: parts, Names: names}))
}

// myDataFile answers GET /akun/data-saya.json: everything, as a file to keep.
func (d *desk) myDataFile(c web.Context) error {
	parts, err := d.Store.CopyMyData(c.Request().Context(), d.CurrentUser(c))
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
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, account.Close(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		if err := d.Store.CloseAccount(ctx, page.User, d.matching(ctx, page.Form.Password)); err != nil {
			return web.Next{}, err
		}
		return web.Said(urls.Home(), "account.close.done"), d.LeaveSession(c)
	})
}
