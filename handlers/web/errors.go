package web

import (
	"errors"
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/blob"
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
	if errors.Is(err, blob.ErrUnavailable) || pgpool.Away(err) {
		return http.StatusServiceUnavailable
	}
	return http.StatusInternalServerError
}

// fail is the one place where an error becomes a page. Its text is logged, never shown; a
// Refusal that no form caught shows its sentence.
func (p *Portal) fail(err error, c Context) {
	if c.Response().Committed {
		return
	}
	status := statusOf(err)
	if status >= http.StatusInternalServerError {
		p.Logged(c, err)
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
	if err := p.Render(c, status, public.Error(page)); err != nil {
		p.Logged(c, err)
		_ = c.NoContent(status)
	}
}
