package web

import (
	"net/http"
	"net/url"
	"slices"
	"strings"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
)

// gates are the checks in front of one route: size of the body, then who may come in. Behind them the address of a
// refused form shows its page.
func (p *Portal) gates(r Route) []echo.MiddlewareFunc {
	list := []echo.MiddlewareFunc{limitBody(r.Body)}
	if r.Who != nil {
		list = append(list, p.require(r))
	}
	if r.Again != NothingAgain {
		list = append(list, p.confirmed(r))
	}
	return append(list, p.answered)
}

// require lets only the roles of the route in, with the right that it asks for and their second factor where they need
// one. Nobody signed in is sent to sign in and comes back; what was typed is kept.
func (p *Portal) require(r Route) echo.MiddlewareFunc {
	return func(next Handler) Handler {
		return func(c Context) error {
			u := p.Visitor(c)
			if u == nil {
				return p.sendToSignIn(c)
			}
			if !slices.Contains(r.Who, u.Role) || r.If != nil && !r.If(*u) {
				return models.ErrForbidden
			}
			return p.admit(c, *u, next)
		}
	}
}

// admit lets somebody of the right role through once they have passed their second factor
// and replaced a password from a counter slip; only the pages for doing so are open before.
func (p *Portal) admit(c Context, u models.User, next Handler) error {
	path := c.Path()
	if u.NeedsSecondFactor() && p.SessionRow(c).SecondFactorAt == nil && !strings.HasPrefix(path, urls.SignInPattern) {
		return p.sendToSecondFactor(c, u)
	}
	if u.MustSetPassword && path != urls.ChangePasswordPattern {
		return p.Redirect(c, urls.ChangePassword())
	}
	if err := p.dropSentDraft(c); err != nil {
		return err
	}
	return next(c)
}

// confirmed lets somebody through who showed a short while ago that they are who they are; others do so first, and
// come back. What a form without secrets sent is kept meanwhile.
func (p *Portal) confirmed(r Route) echo.MiddlewareFunc {
	return func(next Handler) Handler {
		return func(c Context) error {
			u := p.CurrentUser(c)
			if p.SessionRow(c).Confirmed(p.Store.Now()) || r.Again == FactorAgain && !u.HasSecondFactor() {
				return next(c)
			}
			back := c.Request().URL.RequestURI()
			if c.Request().Method == http.MethodPost && r.Again == PasswordAgain && !strings.HasPrefix(c.Path(), urls.SignInPattern) {
				if err := p.keepDraft(c, u.ID); err != nil {
					return err
				}
				back = urls.Resume()
			}
			return p.Redirect(c, urls.WithQuery(urls.Confirm(), "lanjut", back))
		}
	}
}

// sendToSignIn leads somebody who is not signed in to the form, and back afterwards. What a
// form sent is kept in the session, sealed, for the same person alone (bug reports P042, P045).
func (p *Portal) sendToSignIn(c Context) error {
	r := c.Request()
	if r.Method == http.MethodGet {
		return p.Redirect(c, urls.WithQuery(urls.SignIn(), "lanjut", r.URL.RequestURI()))
	}
	if err := p.saveDraft(c); err != nil {
		return err
	}
	return p.Redirect(c, urls.SignIn())
}

// sendToSecondFactor leads to the app's code, or to its setup.
func (p *Portal) sendToSecondFactor(c Context, u models.User) error {
	if u.HasSecondFactor() {
		return p.Redirect(c, urls.SecondFactor())
	}
	return p.Redirect(c, urls.SecondFactorSetup())
}

// HomeOf is the first page of a role.
func HomeOf(role models.Role) string {
	switch role {
	case models.Officer:
		return urls.OfficerQueue()
	case models.Staff, models.Owner:
		return urls.Manage()
	case models.Partner:
		return urls.Partner()
	case models.Admin:
		return urls.Admin()
	}
	return urls.Me()
}

// IsLocal says whether a path stays on this portal: one slash at the start, no second one,
// no backslash or control character that a browser would read as one.
func IsLocal(path string) bool {
	u, err := url.Parse(path)
	return err == nil && u.Scheme == "" && u.Host == "" && strings.HasPrefix(path, "/") &&
		!strings.HasPrefix(path, "//") && !strings.ContainsAny(path, "\\\r\n\t\x00")
}
