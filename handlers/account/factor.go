package account

import (
	"net/http"
	"strings"

	"naikkelas/handlers/web"
	"naikkelas/internal/totp"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// Keys of the session while the app is set up: the secret that waits for its first code,
// and the recovery codes that are shown once; both sealed.
const (
	secretKey   = "secret"
	recoveryKey = "recovery"
)

// codeCheck compares with the app's clock, which is the portal's.
func (d *desk) codeCheck(secret, code string, last, offset int64) (step, drift int64, ok bool) {
	return totp.Check(secret, code, d.Store.Now(), last, offset)
}

// factorForm answers GET /masuk/kode.
func (d *desk) factorForm(c web.Context) error {
	u := d.CurrentUser(c)
	if !u.HasSecondFactor() {
		return d.Redirect(c, urls.SecondFactorSetup())
	}
	return d.Render(c, http.StatusOK, account.Factor(account.FactorPage{}))
}

// passFactor answers POST /masuk/kode.
func (d *desk) passFactor(c web.Context) error {
	u := d.CurrentUser(c)
	if !u.HasSecondFactor() {
		return d.Redirect(c, urls.SecondFactorSetup())
	}
	var page account.FactorPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.Render(c, status, account.Factor(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		if err := d.Store.PassFactor(c.Request().Context(), u, page.Form.Code, d.codeCheck); err != nil {
			return web.Next{}, err
		}
		next := web.To(d.takeNext(c, web.HomeOf(u.Role)))
		return next, d.StartSession(c, models.SessionStart{User: &u, SecondFactor: true, Data: d.CarryDraft(c)})
	})
}

// setupForm answers GET /masuk/pasang-kode. The secret stays the same until it is confirmed,
// so that a second look shows the same picture.
func (d *desk) setupForm(c web.Context) error {
	secret, err := d.pendingSecret(c)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, account.Setup(setupPage(secret, account.SetupPage{})))
}

func setupPage(secret string, p account.SetupPage) account.SetupPage {
	var groups []string
	for s := secret; s != ""; {
		n := min(4, len(s))
		groups, s = append(groups, s[:n]), s[n:]
	}
	p.Secret, p.QR = strings.Join(groups, " "), urls.SecondFactorPicture()
	return p
}

// pendingSecret is the secret that waits in the session, or a new one. Whoever has passed
// the app already may set up another; whoever has an app but did not pass it may not.
func (d *desk) pendingSecret(c web.Context) (string, error) {
	if d.CurrentUser(c).HasSecondFactor() && d.SessionRow(c).SecondFactorAt == nil {
		return "", models.ErrForbidden
	}
	if sealed := d.Remembered(c, secretKey); sealed != "" {
		plain, err := d.Store.OpenDraft(sealed)
		return string(plain), err
	}
	secret := totp.NewSecret()
	sealed, err := d.Store.SealDraft([]byte(secret))
	if err != nil {
		return "", err
	}
	return secret, d.Remember(c, secretKey, sealed)
}

// setupPicture answers GET /masuk/pasang-kode.svg: the QR code for the app.
func (d *desk) setupPicture(c web.Context) error {
	secret, err := d.pendingSecret(c)
	if err != nil {
		return err
	}
	uri, err := totp.URI(secret, "Naik Kelas", d.CurrentUser(c).Name)
	if err != nil {
		return err
	}
	svg, err := totp.SVG(uri, "")
	if err != nil {
		return err
	}
	return c.Blob(http.StatusOK, "image/svg+xml", svg)
}

// setUpFactor answers POST /masuk/pasang-kode: the first right code turns the app on.
func (d *desk) setUpFactor(c web.Context) error {
	u := d.CurrentUser(c)
	secret, err := d.pendingSecret(c)
	if err != nil {
		return err
	}
	page := setupPage(secret, account.SetupPage{})
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.Render(c, status, account.Setup(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		codes, err := d.Store.SetUpFactor(c.Request().Context(), u, secret, page.Form.Code, d.codeCheck)
		if err != nil {
			return web.Next{}, err
		}
		sealed, err := d.Store.SealDraft([]byte(strings.Join(codes, "\n")))
		if err != nil {
			return web.Next{}, err
		}
		data := d.CarryDraft(c)
		data[recoveryKey], data[nextKey] = sealed, d.takeNext(c, web.HomeOf(u.Role))
		return web.To(urls.RecoveryCodes()), d.StartSession(c, models.SessionStart{User: &u, SecondFactor: true, Data: data})
	})
}

// showRecoveryCodes answers GET /masuk/kode-cadangan, until the person goes on.
func (d *desk) showRecoveryCodes(c web.Context) error {
	plain, err := d.Store.OpenDraft(d.Remembered(c, recoveryKey))
	if err != nil || len(plain) == 0 {
		return d.Redirect(c, web.HomeOf(d.CurrentUser(c).Role))
	}
	return d.Render(c, http.StatusOK, account.RecoveryCodes(account.RecoveryCodesPage{Codes: strings.Split(string(plain), "\n")}))
}

// confirmRecoveryCodes answers POST /masuk/kode-cadangan: the person wrote them down.
func (d *desk) confirmRecoveryCodes(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.To(d.takeNext(c, web.HomeOf(d.CurrentUser(c).Role))), d.Remember(c, recoveryKey, "")
	})
}
