package account

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// changeAddressForm answers GET /akun/kontak.
func (d *desk) changeAddressForm(c web.Context) error {
	page := account.ChangeAddressPage{User: d.CurrentUser(c), PhoneCodes: d.Settings.PhoneCodes}
	page.Form.Address, _ = d.typedBefore(c)
	return d.Render(c, http.StatusOK, account.ChangeAddress(page))
}

// startChangeAddress answers POST /akun/kontak: a code goes to the new address.
func (d *desk) startChangeAddress(c web.Context) error {
	page := account.ChangeAddressPage{User: d.CurrentUser(c), PhoneCodes: d.Settings.PhoneCodes}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(d.Settings.PhoneCodes)
	again := func(status int) error { return d.Render(c, status, account.ChangeAddress(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		to, err := models.ParseAddress(page.Form.Address)
		if err != nil {
			return web.Next{}, err
		}
		token, err := d.Store.StartChangeAddress(c.Request().Context(), page.User, to)
		if err != nil {
			return web.Next{}, err
		}
		return d.awaitCode(c, waiting{Token: token, Path: urls.ChangeAddressCode(), Login: page.Form.Address})
	})
}

// changeAddressCodeForm answers GET /akun/kontak/kode.
func (d *desk) changeAddressCodeForm(c web.Context) error {
	return d.codePage(c, http.StatusOK, urls.ChangeAddressCode(), account.CodePage{})
}

// confirmChangeAddress answers POST /akun/kontak/kode. Other sessions end.
func (d *desk) confirmChangeAddress(c web.Context) error {
	var page account.CodePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.codePage(c, status, urls.ChangeAddressCode(), page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		w, err := d.opened(c, urls.ChangeAddressCode())
		if err != nil {
			return web.Next{}, err
		}
		err = d.Store.ConfirmChangeAddress(c.Request().Context(), d.CurrentUser(c), d.SessionRow(c).TokenHash, w.Token, page.Form.Code)
		return web.Said(urls.Account(), "account.address.changed"), err
	})
}

// stopContactForm answers GET /kontak-lama/:token. Looking changes nothing: mail scanners look too.
func (d *desk) stopContactForm(c web.Context) error {
	change, err := d.Store.ContactChangeByToken(c.Request().Context(), c.Param("token"))
	if errors.Is(err, models.ErrNotFound) {
		return d.Render(c, http.StatusGone, account.StopContactGone())
	}
	if err != nil {
		return err
	}
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	return d.Render(c, http.StatusOK, account.StopContact(account.StopContactPage{Token: c.Param("token"), Change: change}))
}

// stopContact answers POST /kontak-lama/:token: the old contact is back, and a new password is made with it.
func (d *desk) stopContact(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.Said(urls.Recover(), "account.stop.done"), d.Store.StopContactChange(c.Request().Context(), c.Param("token"))
	})
}
