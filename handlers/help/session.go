package help

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// The name of the help session's cookie, which has nothing to do with an account; it goes when the browser is closed.
const (
	cookieName       = "bantuan"
	secureCookieName = "__Host-bantuan"
)

func (d *desk) cookie(c web.Context, token string, age int) *http.Cookie {
	secure := d.OverHTTPS(c.Request())
	name := cookieName
	if secure {
		name = secureCookieName
	}
	return &http.Cookie{Name: name, Value: token, Path: "/", HttpOnly: true, Secure: secure, SameSite: http.SameSiteLaxMode, MaxAge: age}
}

// token is that of the browser's help session, empty without one.
func (d *desk) token(c web.Context) string {
	cookie, err := c.Request().Cookie(d.cookie(c, "", 0).Name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

func (d *desk) keepToken(c web.Context, token string) {
	http.SetCookie(c.Response(), d.cookie(c, token, 0))
}

func (d *desk) dropToken(c web.Context) { http.SetCookie(c.Response(), d.cookie(c, "", -1)) }

// entered leads whoever has no help session, or none any more, to number and PIN.
func (d *desk) entered(handle web.Handler) web.Handler {
	return func(c web.Context) error {
		err := handle(c)
		if errors.Is(err, models.ErrNotFound) {
			return d.Redirect(c, urls.HelpEnter())
		}
		return err
	}
}
