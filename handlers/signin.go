package handlers

import (
	"errors"
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// homeOf is the first page of a role.
func homeOf(role models.Role) string {
	switch role {
	case models.Officer:
		return urls.OfficerQueue()
	case models.Staff, models.Owner:
		return urls.Manage()
	case models.Admin:
		return urls.Admin()
	}
	return urls.Me()
}

// signInForm answers GET /masuk.
func (h *Handlers) signInForm(c echo.Context) error {
	if u := h.visitor(c); u != nil {
		return h.redirect(c, homeOf(u.Role))
	}
	if err := h.rememberNext(c); err != nil {
		return err
	}
	return h.render(c, http.StatusOK, account.SignIn(account.SignInPage{Interrupted: h.remembered(c, draftKey) != ""}))
}

// signIn answers POST /masuk.
func (h *Handlers) signIn(c echo.Context) error {
	var page account.SignInPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, account.SignIn(page))
	}
	ctx := c.Request().Context()
	u, err := h.Store.SignIn(ctx, models.ParseLogin(page.Form.Login), h.matching(ctx, page.Form.Password))
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusUnprocessableEntity, account.SignIn(page))
	}
	return h.enter(c, u, page.Form.OwnDevice != "")
}

// enter starts the session of somebody whose password was right and leads on: to the second
// factor, to a forced new password, to what was interrupted, or to where they wanted to go.
func (h *Handlers) enter(c echo.Context, u models.User, ownDevice bool) error {
	next := h.takeNext(c, homeOf(u.Role))
	data := models.SessionData{}
	if draft := h.remembered(c, draftKey); draft != "" {
		data[draftKey] = draft
		next = urls.Resume()
	}
	data[nextKey] = next
	if err := h.startSession(c, models.SessionStart{User: &u, OwnDevice: ownDevice, Data: data}); err != nil {
		return err
	}
	switch {
	case u.MustSetPassword:
		next = urls.ChangePassword()
	case u.NeedsSecondFactor() && u.HasSecondFactor():
		next = urls.SecondFactor()
	case u.NeedsSecondFactor():
		next = urls.SecondFactorSetup()
	}
	return h.redirect(c, next)
}

// signOut answers POST /keluar. Signing out twice is no error.
func (h *Handlers) signOut(c echo.Context) error {
	if err := h.endSession(c); err != nil {
		return err
	}
	c.Response().Header().Set("Clear-Site-Data", `"cache"`)
	return h.redirect(c, urls.Home())
}

// rememberNext keeps where ?lanjut= leads, when it is a page of this portal.
func (h *Handlers) rememberNext(c echo.Context) error {
	next := c.QueryParam("lanjut")
	if next == "" || !isLocal(next) {
		return nil
	}
	return h.remember(c, nextKey, next)
}

// takeNext is where to go now, or fallback.
func (h *Handlers) takeNext(c echo.Context, fallback string) string {
	if next := h.remembered(c, nextKey); next != "" {
		return next
	}
	return fallback
}

// isLocal says whether a path stays on this portal: one slash at the start, no second one,
// no backslash or control character that a browser would read as one.
func isLocal(path string) bool {
	u, err := url.Parse(path)
	return err == nil && u.Scheme == "" && u.Host == "" && strings.HasPrefix(path, "/") &&
		!strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\r\n\t\x00")
}

// sendToSignIn leads somebody who is not signed in to the form, and back afterwards. What a
// form sent is kept in the session, sealed, for the same person alone (bug reports P042, P045).
func (h *Handlers) sendToSignIn(c echo.Context) error {
	r := c.Request()
	if r.Method == http.MethodGet {
		return h.redirect(c, urls.WithQuery(urls.SignIn(), "lanjut", r.URL.RequestURI()))
	}
	if err := h.saveDraft(c); err != nil {
		return err
	}
	return h.redirect(c, urls.SignIn())
}

// sendToSecondFactor leads to the app's code, or to its setup.
func (h *Handlers) sendToSecondFactor(c echo.Context, u models.User) error {
	if u.HasSecondFactor() {
		return h.redirect(c, urls.SecondFactor())
	}
	return h.redirect(c, urls.SecondFactorSetup())
}

// recoverForm answers GET /lupa-sandi.
func (h *Handlers) recoverForm(c echo.Context) error {
	return h.render(c, http.StatusOK, account.Recover(account.RecoverPage{}))
}

// startRecovery answers POST /lupa-sandi; the answer is the same for known and unknown names.
func (h *Handlers) startRecovery(c echo.Context) error {
	var page account.RecoverPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	if page.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, account.Recover(page))
	}
	ctx := c.Request().Context()
	token, err := h.Store.StartRecovery(ctx, models.ParseLogin(page.Form.Login), string(i18n.Of(ctx)))
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.render(c, http.StatusTooManyRequests, account.Recover(page))
	}
	if err := h.remember(c, codeKey, token); err != nil {
		return err
	}
	return h.redirect(c, urls.RecoverCode())
}

// recoverCodeForm answers GET /lupa-sandi/kode.
func (h *Handlers) recoverCodeForm(c echo.Context) error {
	return h.recoverCodePage(c, account.RecoverCodePage{})
}

func (h *Handlers) recoverCodePage(c echo.Context, page account.RecoverCodePage) error {
	code, err := h.Store.CodeByToken(c.Request().Context(), h.remembered(c, codeKey))
	if errors.Is(err, models.ErrNotFound) {
		return h.redirect(c, urls.Recover())
	}
	if err != nil {
		return err
	}
	page.Channel, page.ResendAt = code.Channel, code.ResendAt()
	status := http.StatusOK
	if page.Errors.Any() {
		status = http.StatusUnprocessableEntity
	}
	return h.render(c, status, account.RecoverCode(page))
}

// recoverPassword answers POST /lupa-sandi/kode: the new password holds, all sessions end.
func (h *Handlers) recoverPassword(c echo.Context) error {
	var page account.RecoverCodePage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	if page.Errors.Any() {
		return h.recoverCodePage(c, page)
	}
	ctx := c.Request().Context()
	hash, err := h.Passwords.Hash(ctx, page.Form.Password)
	if err != nil {
		if err := passwordRefusal(err, "password", &page.Errors); err != nil {
			return err
		}
		return h.recoverCodePage(c, page)
	}
	u, err := h.Store.RecoverPassword(ctx, h.remembered(c, codeKey), page.Form.Code, page.Form.BirthDate(), hash)
	if err != nil {
		if err := refusal(err, &page.Errors); err != nil {
			return err
		}
		return h.recoverCodePage(c, page)
	}
	if err := h.flash(c, "success", "account.recover.done"); err != nil {
		return err
	}
	return h.enter(c, u, false)
}
