package web

import (
	"bytes"
	"io"
	"net/http"
	"time"

	"naikkelas/internal/seal"
)

// SendBlob opens a sealed blob for the person who may have it. Nothing of it is kept on the way:
// phones are shared.
func (p *Portal) SendBlob(c Context, key string, at seal.Place, mediaType, disposition string) error {
	sealed, err := p.Blobs.Get(c.Request().Context(), key)
	if err != nil {
		return err
	}
	defer sealed.Close()
	plain, err := p.Box.UnsealReader(sealed, at)
	if err != nil {
		return err
	}
	shut(c, mediaType, disposition)
	c.Response().WriteHeader(http.StatusOK)
	if _, err = io.Copy(c.Response(), plain); err != nil && c.Request().Context().Err() == nil {
		p.Logged(c, err)
		panic(http.ErrAbortHandler) // a file that is cut off must not look whole
	}
	return err
}

// SendSound plays a sealed recording to the person who may hear it. Browsers ask for parts of it, to go to a place in it and
// because some play nothing else; it is small enough to be opened whole for each of them.
func (p *Portal) SendSound(c Context, key string, at seal.Place, mediaType, disposition string) error {
	sealed, err := p.Blobs.Get(c.Request().Context(), key)
	if err != nil {
		return err
	}
	defer sealed.Close()
	plain, err := p.Box.UnsealReader(sealed, at)
	if err != nil {
		return err
	}
	whole, err := io.ReadAll(plain)
	if err != nil {
		return err
	}
	shut(c, mediaType, disposition)
	http.ServeContent(c.Response(), c.Request(), "", time.Time{}, bytes.NewReader(whole))
	return nil
}

// shut says of somebody's file what it is, that nobody keeps it on the way, and that it can do nothing.
func shut(c Context, mediaType, disposition string) {
	header := c.Response().Header()
	header.Set("Content-Security-Policy", "sandbox; default-src 'none'")
	header.Set("Cache-Control", "private, no-store")
	header.Set("Content-Disposition", disposition)
	header.Set("Cross-Origin-Resource-Policy", "same-origin")
	header.Set("Content-Type", mediaType)
}
