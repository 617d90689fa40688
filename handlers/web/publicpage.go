package web

import (
	"bytes"
	"context"
	"net/http"
	"net/url"
	"slices"
	"strconv"
	"strings"

	"github.com/a-h/templ"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/i18n"
	"naikkelas/internal/pgpool"
	"naikkelas/views/ambient"
)

const contentHTML = "text/html; charset=UTF-8"

// A PublicPage is a page that reads the same for everyone who is not signed in: no token, no
// message, no cookie. Its address and the query's names that it knows say everything.
type PublicPage func(c Context) (templ.Component, error)

// Public answers with a public page, from memory where it is kept. Names of the query that
// the page does not know are dropped, so that they neither fill the memory nor stand in links.
func (p *Portal) Public(page PublicPage, params ...string) Handler {
	return p.Document(contentHTML, func(c Context) ([]byte, error) {
		component, err := page(c)
		if err != nil {
			return nil, err
		}
		buf := buffers.Get().(*bytes.Buffer)
		defer buffers.Put(buf)
		buf.Reset()
		err = component.Render(c.Request().Context(), buf)
		return bytes.Clone(buf.Bytes()), err
	}, params...)
}

// Document is Public for any type of content.
func (p *Portal) Document(contentType string, build func(c Context) ([]byte, error), params ...string) Handler {
	return func(c Context) error {
		knownQuery(c, params)
		if p.Pages == nil || p.cookied(c) {
			return p.fresh(c, contentType, build)
		}
		key := cacheKey(c)
		page, generation, ends := p.Pages.find(key, p.Store.Now())
		if page == nil {
			made, err, _ := p.building.Do(strings.Join([]string{key, contentType, strconv.FormatUint(generation, 10)}, " "), func() (any, error) {
				return p.cachePage(c, key, contentType, generation, ends, build)
			})
			if page, _ = made.(*cachedPage); err != nil && pgpool.Away(err) {
				page = p.Pages.last(key, p.Store.Now())
			}
			if page == nil {
				return err
			}
		}
		return p.sendCached(c, page)
	}
}

// fresh makes the page for this reader alone. With a name or a message on it, it is kept as little as any other.
func (p *Portal) fresh(c Context, contentType string, build func(c Context) ([]byte, error)) error {
	body, err := build(c)
	if err != nil {
		return err
	}
	if p.Visitor(c) == nil && len(ambient.From(c.Request().Context()).Flash) == 0 {
		c.Response().Header().Set(echo.HeaderCacheControl, "no-cache")
	}
	if err := p.forgetFlash(c); err != nil {
		return err
	}
	return send(c, http.StatusOK, contentType, body)
}

// cachePage makes a page for everyone and keeps it. It goes on when its first reader leaves,
// because others wait for it.
func (p *Portal) cachePage(
	c Context, key, contentType string, generation uint64, ends bool, build func(c Context) ([]byte, error),
) (*cachedPage, error) {
	c.SetRequest(c.Request().WithContext(context.WithoutCancel(c.Request().Context())))
	begun := p.Store.Now()
	if !ends {
		at, err := p.Store.NextCatalogueChange(c.Request().Context())
		if err != nil {
			return nil, err
		}
		p.Pages.end(generation, at)
	}
	body, err := build(c)
	if err != nil {
		return nil, err
	}
	page := newCachedPage(key, contentType, body)
	page.made = begun
	p.Pages.keep(page, generation)
	return page, nil
}

// cookied says whether the browser sent a session's cookie, valid or not.
func (p *Portal) cookied(c Context) bool {
	_, err := c.Cookie(cookieNameFor(p.sessions.overHTTPS(c.Request())))
	return err == nil
}

// cacheKey is all that a public page depends on.
func cacheKey(c Context) string {
	r := c.Request()
	return string(i18n.Of(r.Context())) + " " + r.URL.Path + "?" + r.URL.RawQuery
}

// knownQuery leaves of the request's query the names that the page knows, once each, sorted,
// without empty ones: for the page, and for its links to itself.
func knownQuery(c Context, params []string) {
	r := c.Request()
	all, known := r.URL.Query(), url.Values{}
	for name, values := range all {
		if slices.Contains(params, name) && strings.TrimSpace(values[0]) != "" {
			known.Set(name, values[0])
		}
	}
	u := *r.URL
	u.RawQuery = known.Encode()
	a := ambient.From(r.Context())
	a.Query = u.RawQuery
	r = r.WithContext(ambient.With(r.Context(), a))
	r.URL = &u
	c.SetRequest(r)
}

// sendCached answers from memory: with nothing when the browser has the page already.
func (p *Portal) sendCached(c Context, page *cachedPage) error {
	header := c.Response().Header()
	header.Set(echo.HeaderCacheControl, "public, no-cache")
	header.Set(echo.HeaderVary, "Accept-Encoding, Cookie")
	header.Set("ETag", page.etag)
	if strings.Contains(c.Request().Header.Get("If-None-Match"), page.etag) {
		return c.NoContent(http.StatusNotModified)
	}
	coding := codingFor(c.Request(), page.plain)
	if coding == "" {
		header.Set(echo.HeaderContentLength, strconv.Itoa(len(page.plain)))
		return c.Blob(http.StatusOK, page.contentType, page.plain)
	}
	packed, err := p.Pages.packed(page, coding)
	if err != nil {
		return err
	}
	return sendPacked(c, http.StatusOK, page.contentType, coding, packed)
}
