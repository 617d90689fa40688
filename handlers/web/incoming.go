package web

import (
	"net/http"
	"net/url"
	"strings"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/intext"
)

// unsoundKey finds in a request that its path names nothing.
const unsoundKey = "unsound path"

// incoming is the gate for everything of a request but its body, which ReadForm lets in: before anything reads them,
// the query and the name of the browser are made sound, and a path that is not is noted, for refuseUnsound.
func incoming(next Handler) Handler {
	return func(c Context) error {
		r := c.Request()
		if !intext.Sound(r.URL.Path) {
			c.Set(unsoundKey, true)
			r.URL.Path, r.URL.RawPath = intext.Text(r.URL.Path), ""
		}
		r.URL.RawQuery = soundQuery(r.URL.RawQuery)
		if agent := r.UserAgent(); agent != "" {
			r.Header.Set("User-Agent", intext.Text(agent))
		}
		return next(c)
	}
}

// refuseUnsound answers that there is no page of a path with broken or control signs in it.
func refuseUnsound(next Handler) Handler {
	return func(c Context) error {
		if c.Get(unsoundKey) != nil {
			return echo.NewHTTPError(http.StatusNotFound)
		}
		return next(c)
	}
}

// soundQuery leaves out of a query what cannot be a filter: names and values with broken or control signs. What is
// left loses what nobody sees.
func soundQuery(raw string) string {
	if !strings.ContainsFunc(raw, func(r rune) bool { return r == '%' || r <= ' ' || r >= 0x7f }) {
		return raw
	}
	values, _ := url.ParseQuery(raw) // pairs that cannot be read are left out by it
	sound, changed := url.Values{}, false
	for name, list := range values {
		for _, value := range list {
			line := strings.NewReplacer("\r", " ", "\n", " ", "\t", " ").Replace(value)
			if !intext.Sound(name) || !intext.Sound(line) {
				changed = true
				continue
			}
			clean := intext.Text(line)
			changed = changed || clean != value
			sound.Add(intext.Text(name), clean)
		}
	}
	if !changed {
		return raw
	}
	return sound.Encode()
}
