package handlers

import (
	"bytes"
	"net/http"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"naikkelas/views/ambient"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// render writes a page. It is made whole in memory first, so that an error half-way becomes
// an error page and not half a page; the flash it shows is forgotten before the first byte.
func (h *Handlers) render(c echo.Context, status int, page templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	if err := page.Render(c.Request().Context(), buf); err != nil {
		return err
	}
	if err := h.forgetFlash(c); err != nil {
		return err
	}
	if h.visitor(c) != nil {
		c.Response().Header().Set("Cache-Control", "no-store")
	}
	return send(c, status, contentHTML, buf.Bytes())
}

// forgetFlash takes the messages that the page shows off the session.
func (h *Handlers) forgetFlash(c echo.Context) error {
	if len(ambient.From(c.Request().Context()).Flash) == 0 {
		return nil
	}
	return h.remember(c, flashKey, "")
}

// redirect answers a POST: 303, in the reader's language.
func (h *Handlers) redirect(c echo.Context, path string) error {
	return c.Redirect(http.StatusSeeOther, ambient.Href(c.Request().Context(), path))
}
