package web

import (
	"bytes"
	"net/http"
	"sync"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"naikkelas/models"
	"naikkelas/views/ambient"
)

var buffers = sync.Pool{New: func() any { return new(bytes.Buffer) }}

// notKept forbids browsers and whatever stands between to keep an answer: phones are shared, and a page before
// signing in holds an address, a name or typed text just as well.
const notKept = "no-store"

// Render writes a page that nobody keeps. It is made whole in memory first, so that an error half-way becomes
// an error page and not half a page; the flash it shows is forgotten before the first byte.
func (p *Portal) Render(c Context, status int, page templ.Component) error {
	buf := buffers.Get().(*bytes.Buffer)
	defer buffers.Put(buf)
	buf.Reset()
	p.countQuestions(c)
	if err := page.Render(c.Request().Context(), buf); err != nil {
		return err
	}
	if err := p.forgetFlash(c); err != nil {
		return err
	}
	c.Response().Header().Set(echo.HeaderCacheControl, notKept)
	status = answerStatus(c, status)
	if led, err := p.answerApart(c, status, buf.Bytes()); led || err != nil {
		return err
	}
	return send(c, status, contentHTML, buf.Bytes())
}

// countQuestions puts into an officer's bar how many questions wait, how many rules have a gap, and how many people are in
// trouble. A number keeps nobody from a page: where it cannot be had, none is shown.
func (p *Portal) countQuestions(c Context) {
	u := p.Visitor(c)
	if u == nil || u.Role != models.Officer {
		return
	}
	r := c.Request()
	waits, err := p.Store.DeskWaits(r.Context(), *u)
	if err != nil {
		return
	}
	a := ambient.From(r.Context())
	a.Questions, a.Holes, a.Joining = waits.Questions, waits.Holes, waits.Joining
	if desk, err := p.Protection.AtDesk(r.Context(), *u); err == nil && desk.May {
		a.Cases = &ambient.Cases{Waiting: desk.Waiting, Silent: waits.Silent}
	}
	c.SetRequest(r.WithContext(ambient.With(r.Context(), a)))
}

// forgetFlash takes the messages that the page shows off the session.
func (p *Portal) forgetFlash(c Context) error {
	if len(ambient.From(c.Request().Context()).Flash) == 0 {
		return nil
	}
	return p.Remember(c, flashKey, "")
}

// Redirect answers a POST: 303, in the reader's language.
func (p *Portal) Redirect(c Context, path string) error {
	return c.Redirect(http.StatusSeeOther, ambient.Href(c.Request().Context(), path))
}
