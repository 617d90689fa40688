package handlers

import (
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"

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
func (h *Handlers) codeCheck(secret, code string, last int64) (int64, bool) {
	return totp.Check(secret, code, h.Store.Now(), last)
}

// factorForm answers GET /masuk/kode.
func (h *Handlers) factorForm(c echo.Context) error {
	u := h.currentUser(c)
	if !u.HasSecondFactor() {
		return h.redirect(c, urls.SecondFactorSetup())
	}
	return h.render(c, http.StatusOK, account.Factor(account.FactorPage{}))
}

// passFactor answers POST /masuk/kode.
func (h *Handlers) passFactor(c echo.Context) error {
	u := h.currentUser(c)
	if !u.HasSecondFactor() {
		return h.redirect(c, urls.SecondFactorSetup())
	}
	var page account.FactorPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	err := h.Store.PassFactor(c.Request().Context(), u, page.Form.Code, h.codeCheck)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, account.Factor(page))
	}
	next := h.takeNext(c, homeOf(u.Role))
	if err := h.startSession(c, models.SessionStart{User: &u, SecondFactor: true, Data: h.carriedDraft(c)}); err != nil {
		return err
	}
	return h.redirect(c, next)
}

// carriedDraft keeps an interrupted form over the change of session.
func (h *Handlers) carriedDraft(c echo.Context) models.SessionData {
	data := models.SessionData{}
	if draft := h.remembered(c, draftKey); draft != "" {
		data[draftKey] = draft
	}
	return data
}

// setupForm answers GET /masuk/pasang-kode. The secret stays the same until it is confirmed,
// so that a second look shows the same picture.
func (h *Handlers) setupForm(c echo.Context) error {
	secret, err := h.pendingSecret(c)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, account.Setup(setupPage(secret, account.SetupPage{})))
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
func (h *Handlers) pendingSecret(c echo.Context) (string, error) {
	if h.currentUser(c).HasSecondFactor() && h.sessionRow(c).SecondFactorAt == nil {
		return "", models.ErrForbidden
	}
	if sealed := h.remembered(c, secretKey); sealed != "" {
		plain, err := h.Store.OpenDraft(sealed)
		return string(plain), err
	}
	secret := totp.NewSecret()
	sealed, err := h.Store.SealDraft([]byte(secret))
	if err != nil {
		return "", err
	}
	return secret, h.remember(c, secretKey, sealed)
}

// setupPicture answers GET /masuk/pasang-kode.svg: the QR code for the app.
func (h *Handlers) setupPicture(c echo.Context) error {
	secret, err := h.pendingSecret(c)
	if err != nil {
		return err
	}
	uri, err := totp.URI(secret, "Naik Kelas", h.currentUser(c).Name)
	if err != nil {
		return err
	}
	svg, err := totp.SVG(uri, "")
	if err != nil {
		return err
	}
	c.Response().Header().Set("Cache-Control", "no-store")
	return c.Blob(http.StatusOK, "image/svg+xml", svg)
}

// setUpFactor answers POST /masuk/pasang-kode: the first right code turns the app on.
func (h *Handlers) setUpFactor(c echo.Context) error {
	u := h.currentUser(c)
	secret, err := h.pendingSecret(c)
	if err != nil {
		return err
	}
	page := setupPage(secret, account.SetupPage{})
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	codes, err := h.Store.SetUpFactor(c.Request().Context(), u, secret, page.Form.Code, h.codeCheck)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, account.Setup(page))
	}
	sealed, err := h.Store.SealDraft([]byte(strings.Join(codes, "\n")))
	if err != nil {
		return err
	}
	data := h.carriedDraft(c)
	data[recoveryKey], data[nextKey] = sealed, h.takeNext(c, homeOf(u.Role))
	if err := h.startSession(c, models.SessionStart{User: &u, SecondFactor: true, Data: data}); err != nil {
		return err
	}
	return h.redirect(c, urls.RecoveryCodes())
}

// showRecoveryCodes answers GET /masuk/kode-cadangan, until the person goes on.
func (h *Handlers) showRecoveryCodes(c echo.Context) error {
	plain, err := h.Store.OpenDraft(h.remembered(c, recoveryKey))
	if err != nil || len(plain) == 0 {
		return h.redirect(c, homeOf(h.currentUser(c).Role))
	}
	return h.render(c, http.StatusOK, account.RecoveryCodes(account.RecoveryCodesPage{Codes: strings.Split(string(plain), "\n")}))
}

// confirmRecoveryCodes answers POST /masuk/kode-cadangan: the person wrote them down.
func (h *Handlers) confirmRecoveryCodes(c echo.Context) error {
	if err := h.remember(c, recoveryKey, ""); err != nil {
		return err
	}
	return h.redirect(c, h.takeNext(c, homeOf(h.currentUser(c).Role)))
}
