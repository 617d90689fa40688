package handlers

import (
	"context"
	"errors"
	"log/slog"
	"net/http"
	"strings"

	"github.com/labstack/echo/v4"
	"github.com/labstack/echo/v4/middleware"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
)

const (
	bodySmall = 256 << 10
	// csp allows nothing inline. data: images are the small icons that daisyUI's stylesheet holds.
	csp = "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; " +
		"form-action 'self'; base-uri 'none'; frame-ancestors 'none'; manifest-src 'self'"
)

// middleware is the chain around every route, outermost first.
func (h *Handlers) middleware(e *echo.Echo) {
	e.Pre(language)
	e.Use(middleware.RequestID())
	e.Use(h.logRequests())
	e.Use(middleware.RecoverWithConfig(middleware.RecoverConfig{DisableStackAll: true, LogErrorFunc: h.logPanic}))
	e.Use(h.securityHeaders)
	e.Use(h.limitAddress())
	e.Use(h.crossOrigin())
	e.Use(h.loadSession)
	e.Use(h.ambience)
	e.Use(h.limitPages())
}

// language takes the /en prefix off the path and notes the language; it is the same page. The
// path is changed in place, because the router looks at the request that it was given.
func language(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
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

func (h *Handlers) logRequests() echo.MiddlewareFunc {
	return middleware.RequestLoggerWithConfig(middleware.RequestLoggerConfig{
		LogMethod: true, LogRoutePath: true, LogStatus: true, LogLatency: true, LogRequestID: true, LogError: true, HandleError: true,
		LogValuesFunc: func(c echo.Context, v middleware.RequestLoggerValues) error {
			if h.Observe != nil {
				h.Observe(v.Method, v.RoutePath, v.Status, v.Latency)
			}
			level := slog.LevelInfo
			if v.Status >= 500 {
				level = slog.LevelError
			}
			h.Log.LogAttrs(c.Request().Context(), level, "request", slog.String("id", v.RequestID), slog.String("method", v.Method),
				slog.String("route", v.RoutePath), slog.Int("status", v.Status), slog.Duration("took", v.Latency))
			return nil
		},
	})
}

func (h *Handlers) logPanic(c echo.Context, err error, stack []byte) error {
	h.Log.ErrorContext(c.Request().Context(), "panic", "id", requestID(c), "err", err, "stack", string(stack))
	return err
}

func requestID(c echo.Context) string { return c.Response().Header().Get(echo.HeaderXRequestID) }

func (h *Handlers) securityHeaders(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		header := c.Response().Header()
		header.Set("Content-Security-Policy", csp)
		header.Set("X-Content-Type-Options", "nosniff")
		header.Set("Referrer-Policy", "same-origin")
		header.Set("Cross-Origin-Opener-Policy", "same-origin")
		header.Set("Permissions-Policy", "geolocation=(), microphone=(), camera=(self)")
		if h.Settings.Production {
			header.Set("Strict-Transport-Security", "max-age=31536000; includeSubDomains")
		}
		return next(c)
	}
}

// crossOrigin refuses a POST that another site or sub-domain made the browser send.
func (h *Handlers) crossOrigin() echo.MiddlewareFunc {
	protection := http.NewCrossOriginProtection()
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			if err := protection.Check(c.Request()); err != nil {
				return echo.NewHTTPError(http.StatusForbidden).SetInternal(err)
			}
			return next(c)
		}
	}
}

// loadSession reads the session when the browser sent its cookie. A failing database is an
// error page, never a signed-out look.
func (h *Handlers) loadSession(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		if _, err := h.sessions.Get(c.Request(), cookieName); err != nil {
			return err
		}
		return next(c)
	}
}

// ambience puts what every page shows into the context, once.
func (h *Handlers) ambience(next echo.HandlerFunc) echo.HandlerFunc {
	return func(c echo.Context) error {
		r := c.Request()
		a := ambient.Ambient{
			Lang: i18n.Of(r.Context()), Path: r.URL.Path, Query: r.URL.RawQuery, Flash: h.flashes(c),
			Operator: h.Settings.Operator, Demo: h.Settings.Demo, Now: h.Store.Now(),
			Hotlines: h.footerHotlines(r.Context()),
		}
		if u := h.visitor(c); u != nil {
			a.User = &ambient.User{Name: u.Name, Role: string(u.Role), Home: homeOf(u.Role)}
			var err error
			if a.Applying, err = h.applying(c, *u); err != nil {
				return err
			}
		}
		c.SetRequest(r.WithContext(ambient.With(r.Context(), a)))
		return next(c)
	}
}

// applying finds the application from which a seeker came, by the address; nil when there is none that they
// are still filling in.
func (h *Handlers) applying(c echo.Context, u models.User) (*ambient.Applying, error) {
	ref := c.QueryParam(ambient.ApplyingParam)
	if ref == "" || u.Role != models.Seeker {
		return nil, nil
	}
	a, err := h.Store.OpenApplication(c.Request().Context(), u, ref)
	if errors.Is(err, models.ErrNotFound) {
		return nil, nil
	}
	return &ambient.Applying{Ref: a.Ref, Title: a.ProgrammeTitle}, err
}

// gates are the checks in front of one route: size of the body, then who may come in.
func (h *Handlers) gates(r route) []echo.MiddlewareFunc {
	list := []echo.MiddlewareFunc{limitBody(r.body)}
	if r.who != nil {
		list = append(list, h.require(r.who))
	}
	return list
}

// limitBody caps the request's body and removes the temporary files of a multipart form,
// which net/http forgets when a middleware has copied the request.
func limitBody(most int64) echo.MiddlewareFunc {
	if most == 0 {
		most = bodySmall
	}
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			r := c.Request()
			r.Body = http.MaxBytesReader(c.Response(), r.Body, most)
			defer func() {
				if form := c.Request().MultipartForm; form != nil {
					_ = form.RemoveAll()
				}
			}()
			return next(c)
		}
	}
}

// require lets only these roles in, with their second factor where the role needs one.
// Nobody signed in is sent to sign in and comes back; what was typed is kept.
func (h *Handlers) require(who []models.Role) echo.MiddlewareFunc {
	return func(next echo.HandlerFunc) echo.HandlerFunc {
		return func(c echo.Context) error {
			u := h.visitor(c)
			if u == nil {
				return h.sendToSignIn(c)
			}
			for _, role := range who {
				if role != u.Role {
					continue
				}
				return h.admit(c, *u, next)
			}
			return models.ErrForbidden
		}
	}
}

// admit lets somebody of the right role through once they have passed their second factor
// and replaced a password from a counter slip; only the pages for doing so are open before.
func (h *Handlers) admit(c echo.Context, u models.User, next echo.HandlerFunc) error {
	path := c.Path()
	if u.NeedsSecondFactor() && h.sessionRow(c).SecondFactorAt == nil && !strings.HasPrefix(path, urls.SignInPattern) {
		return h.sendToSecondFactor(c, u)
	}
	if u.MustSetPassword && path != urls.ChangePasswordPattern {
		return h.redirect(c, urls.ChangePassword())
	}
	return next(c)
}

// logged says once per request that something failed inside.
func (h *Handlers) logged(c echo.Context, err error) {
	if errors.Is(err, context.Canceled) {
		return
	}
	h.Log.ErrorContext(c.Request().Context(), "request failed", "id", requestID(c), "route", c.Path(), "err", err)
}
