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
	if len(ambient.From(c.Request().Context()).Flash) > 0 {
		if err := h.remember(c, flashKey, ""); err != nil {
			return err
		}
	}
	if h.visitor(c) != nil {
		c.Response().Header().Set("Cache-Control", "no-store")
	}
	return c.HTMLBlob(status, buf.Bytes())
}

// redirect answers a POST: 303, in the reader's language.
func (h *Handlers) redirect(c echo.Context, path string) error {
	return c.Redirect(http.StatusSeeOther, ambient.Href(c.Request().Context(), path))
}
