package web

import (
	"context"
	"errors"
	"log/slog"
	"maps"
	"net/http"
	"strings"
	"sync"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"naikkelas/internal/forwarded"
	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

const (
	bodySmall = 256 << 10
	// csp allows nothing inline. data: images are the small icons that daisyUI's stylesheet holds.
	csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; object-src 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

// middleware is the chain around every route, outermost first.
func (p *Portal) middleware(e *echo.Echo) {
	e.Pre(p.securityHeaders, incoming, language) // what is refused at the door has them too
	e.Use(middleware.RequestID())
	e.Use(p.logRequests())
	e.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{DisableStackAll: true, LogErrorFunc: p.logPanic}))
	e.Use(p.limitAddress())
	e.Use(p.pace())
	e.Use(onlyChosen)
	e.Use(p.crossOrigin())
	e.Use(p.origin)
	e.Use(p.loadSession)
	e.Use(p.ambience)
	e.Use(p.limitPages())
	e.Use(refuseUnsound)
}

// language takes the /en prefix off the path and notes the language; it is the same page. The
// path is changed in place, because the router looks at the request that it was given.
func language(next Handler) Handler {
	return func(c Context) error {
		r := c.Request()
		lang := i18n.ID
		if rest, ok := urls.CutEnglish(r.URL.Path); ok {
			lang = i18n.EN
			r.URL.Path, r.URL.RawPath = rest, ""
		}
		c.SetRequest(r.WithContext(i18n.With(r.Context(), lang)))
		return next(c)
	}
}

// onlyChosen leads from the address that a form without scripts makes, with all that was left open in it, to the one
// that people may share: with what was chosen alone.
func onlyChosen(next Handler) Handler {
	return func(c Context) error {
		r := c.Request()
		// A path such as //host would lead away from here.
		if r.Method != http.MethodGet || r.URL.RawQuery == "" || !IsLocal(r.URL.EscapedPath()) {
			return next(c)
		}
		query := r.URL.Query()
		chosen := maps.Clone(query)
		maps.DeleteFunc(chosen, func(_ string, values []string) bool { return strings.Join(values, "") == "" })
		if len(chosen) == len(query) {
			return next(c)
		}
		to := ambient.Href(r.Context(), r.URL.EscapedPath())
		if len(chosen) > 0 {
			to += "?" + chosen.Encode()
		}
		return c.Redirect(http.StatusSeeOther, to)
	}
}

func (p *Portal) logRequests() echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		LogMethod: true, LogRoutePath: true, LogStatus: true, LogLatency: true, LogRequestID: true, LogError: true, HandleError: true,
		LogValuesFunc: func(c Context, v middleware.RequestLoggerValues) error {
			if p.Observe != nil {
				p.Observe(v.Method, v.RoutePath, v.Status, v.Latency)
			}
			level := slog.LevelInfo
			if v.Status >= 500 {
				level = slog.LevelError
			}
			p.Log.LogAttrs(c.Request().Context(), level, "request", slog.String("id", v.RequestID), slog.String("method", v.Method),
				slog.String("route", v.RoutePath), slog.Int("status", v.Status), slog.Duration("took", v.Latency))
			return nil
		},
	})
}

func (p *Portal) logPanic(c Context, err error, stack []byte) error {
	p.Log.ErrorContext(c.Request().Context(), "panic", "id", requestID(c), "err", err, "stack", string(stack))
	return err
}

func requestID(c Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

func (p *Portal) securityHeaders(next Handler) Handler {
	return func(c Context) error {
		header := c.Response().Header()
		header.Set(echo.HeaderCacheControl, notKept) // public pages say otherwise
		header.Set("Content-Security-Policy", csp)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Cross-Origin-Resource-Policy", "same-origin")
		header.Set("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
		if p.Settings.Production || forwarded.HTTPS(c.Request()) {
			header.Set("Strict-Transport-Security", p.hsts())
		}
		return next(c)
	}
}

// hsts keeps browsers to https for a year: on this host, and on those below it where the city has decided that.
func (p *Portal) hsts() string {
	if p.Settings.HSTSBelow {
		return "max-age=31536000; includeSubDomains"
	}
	return "max-age=31536000"
}

// crossOrigin refuses a POST that another site or sub-domain made the browser send. The address that people use
// is trusted under whatever name the request reaches us.
func (p *Portal) crossOrigin() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	if err := protection.AddTrustedOrigin(p.Settings.BaseURL); err != nil {
		p.Log.Error("forms are taken under the host of the request alone", "err", err)
	}
	return func(next Handler) Handler {
		return func(c Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return echo.NewHTTPError(http.StatusForbidden).SetInternal(err)
			}
			return next(c)
		}
	}
}

// MayPlay lets a page play sound of this portal: that of a case alone may.
func MayPlay(c Context) {
	c.Response().Header().Set("Content-Security-Policy", csp+"; media-src 'self'")
}

// MayRecord lets a page play and record sound, and keep itself for when there is no line: the help pages alone may.
func MayRecord(c Context) {
	header := c.Response().Header()
	header.Set("Content-Security-Policy", csp+"; media-src 'self' blob:; worker-src 'self'")
	header.Set("Permissions-Policy", "geolocation=(), microphone=(self), camera=(self)")
}

// warnOfProxies gives what is to be done when forwarded headers do not count: under https one line in the log,
// because the proxy that takes https in is not named then, and all its visitors share its address.
func (p *Portal) warnOfProxies() func() {
	if !p.Settings.Production {
		return func() {}
	}
	return sync.OnceFunc(func() {
		p.Log.Warn("forwarded headers do not count, because TRUSTED_PROXIES does not name who sent them: " +
			"if that was your proxy, name it, or all its visitors share one address")
	})
}

// loadSession reads the session when the browser sent its cookie. A failing database is an
// error page, never a signed-out look.
func (p *Portal) loadSession(next Handler) Handler {
	return func(c Context) error {
		if _, err := p.sessions.Get(c.Request(), CookieName); err != nil {
			return err
		}
		return next(c)
	}
}

// ambience puts what every page shows into the context, once.
func (p *Portal) ambience(next Handler) Handler {
	return func(c Context) error {
		r := c.Request()
		a := ambient.Ambient{
			Lang: i18n.Of(r.Context()), Path: r.URL.Path, Query: r.URL.RawQuery, Flash: p.flashes(c),
			Operator: p.Settings.Operator, Demo: p.Settings.Demo, Now: p.Store.Now(),
			Hotlines: p.footerHotlines(r.Context()),
		}
		if u := p.Visitor(c); u != nil {
			a.SessionLeft, a.SessionEnds = p.SessionLeft(c)
			a.User = &ambient.User{
				Name: u.Name, Role: string(u.Role), Home: HomeOf(u.Role), Desk: u.Role != models.Seeker,
				Edits: u.Edits(), Selects: u.Selects(),
			}
			var err error
			if a.Applying, err = p.applying(c, *u); err != nil {
				return err
			}
		}
		c.SetRequest(r.WithContext(ambient.With(r.Context(), a)))
		return next(c)
	}
}

// applying finds the application from which a seeker came, by the address; nil when there is none that they
// are still filling in.
func (p *Portal) applying(c Context, u models.User) (*ambient.Applying, error) {
	ref := c.QueryParam(ambient.ApplyingParam)
	if ref == "" || u.Role != models.Seeker {
		return nil, nil
	}
	a, err := p.Store.OpenApplication(c.Request().Context(), u, ref)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return &ambient.Applying{
		Ref: a.Ref, Title: a.ProgrammeTitle, Mending: a.State == models.NeedsFix,
		Checks: c.QueryParam(ambient.CheckParam) == ambient.CheckValue,
	}, err
}

// limitBody caps the request's body, where it may have files far behind what is kept of it, see slimmer, and removes
// the temporary files of a multipart form, which net/http forgets when a middleware has copied the request.
func limitBody(most int64) echo.MiddlewareFunc {
	if most == 0 {
		most = bodySmall
	}
	hard := most
	if most > models.LargestPart {
		hard = bodyHard
	}
	return func(next Handler) Handler {
		return func(c Context) error {
			c.SetRequest(c.Request().WithContext(withRoom(c.Request().Context(), most)))
			r := c.Request()
			r.Body = http.MaxBytesReader(c.Response(), r.Body, hard)
			defer func() {
				if form := c.Request().MultipartForm; form != nil {
					_ = form.RemoveAll()
				}
			}()
			return next(c)
		}
	}
}

// Logged says once per request that something failed inside.
func (p *Portal) Logged(c Context, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	p.Log.ErrorContext(c.Request().Context(), "request failed", "id", requestID(c), "route", c.Path(), "err", err)
}
