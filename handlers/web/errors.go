package web

import (
	"context"
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/pgpool"
	"naikkelas/models"
	"naikkelas/views/public"
)

// statusOf maps an error to its HTTP status: the one table of it.
func statusOf(err error) int {
	if e, ok := errors.AsType[*echo.HTTPError](err); ok {
		return e.Code
	}
	switch {
	case errors.Is(err, models.ErrNotFound):
		return http.StatusNotFound
	case errors.Is(err, models.ErrGone):
		return http.StatusGone
	case errors.Is(err, models.ErrForbidden):
		return http.StatusForbidden
	}
	if _, ok := errors.AsType[*http.MaxBytesError](err); ok {
		return http.StatusRequestEntityTooLarge
	}
	if _, ok := errors.AsType[*models.Refusal](err); ok {
		if refusedStatus(err) == http.StatusTooManyRequests {
			return http.StatusTooManyRequests
		}
		return http.StatusConflict
	}
	if setback(err) != "" || pgpool.Away(err) {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// signedOut answers a request whose session was ended while it was under way, as if it had come after: with the
// sign-in page, and what was typed kept.
func (p *Portal) signedOut(c Context) error {
	sess := p.session(c)
	for key := range sess.Values {
		if key != tokenKey {
			delete(sess.Values, key)
		}
	}
	return p.sendToSignIn(c)
}

// noteRefused writes into the trail that somebody asked for what is not theirs.
func (p *Portal) noteRefused(c Context) {
	u := p.Visitor(c)
	if u == nil {
		return
	}
	if err := p.Store.Refused(c.Request().Context(), *u, c.Path()); err != nil {
		p.Logged(c, err)
	}
}

// fail is the one place where an error becomes a page. Its text is logged, never shown; a
// Refusal that no form caught shows its sentence.
func (p *Portal) fail(err error, c Context) {
	if c.Response().Committed {
		return
	}
	if errors.Is(err, models.ErrSessionGone) {
		err = p.signedOut(c)
		if err == nil {
			return
		}
	}
	status := statusOf(err)
	if status >= http.StatusInternalServerError {
		p.Logged(c, err)
	}
	if errors.Is(err, models.ErrForbidden) {
		p.noteRefused(c)
	}
	if c.Request().Method == http.MethodHead {
		if status == http.StatusServiceUnavailable {
			c.Response().Header().Set(echo.HeaderRetryAfter, retryAfter)
		}
		_ = c.NoContent(status)
		return
	}
	if status == http.StatusServiceUnavailable {
		if err := p.awayPage(c, err); err != nil {
			p.Logged(c, err)
			_ = c.NoContent(status)
		}
		return
	}
	page := public.ErrorPage{Status: status, RequestID: requestID(c)}
	if r, ok := errors.AsType[*models.Refusal](err); ok {
		page.Refused, page.Args = r.Key, r.Args
	}
	if status == http.StatusRequestTimeout || status == http.StatusRequestEntityTooLarge {
		c.Response().Header().Set(echo.HeaderConnection, "close") // the rest of it is not waited for
		p.giveBack(c, &page)
	}
	render := p.Render
	if status == http.StatusRequestTimeout { // the line that ended may have ended the request
		c.SetRequest(c.Request().WithContext(context.WithoutCancel(c.Request().Context())))
		render = p.plain
	}
	if err := render(c, status, public.Error(page)); err != nil {
		p.Logged(c, err)
		_ = c.NoContent(status)
	}
}

// giveBack puts what was read of a form that did not come whole on the page that says so, to be sent again.
func (p *Portal) giveBack(c Context, page *public.ErrorPage) {
	if c.Request().MultipartForm == nil || p.Visitor(c) == nil || secretForm(c.Path()) {
		return
	}
	page.Action = c.Request().URL.Path
	page.Typed, page.LeftOut = typedValues(c)
}
