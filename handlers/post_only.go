package handlers

import (
	"net/http"
	"path"

	"github.com/labstack/echo/v4"
)

// waysBack are for addresses that only take what a form sends. After an error such an address stands in the
// bar; whoever opens it again is led to the nearest page above it.
func (h *Handlers) waysBack(routes []route) []route {
	pages, sent := map[string]bool{}, map[string]bool{}
	for _, r := range routes {
		if r.method == http.MethodGet {
			pages[r.pattern] = true
		}
	}
	var back []route
	for _, r := range routes {
		if r.method != http.MethodPost || pages[r.pattern] || sent[r.pattern] {
			continue
		}
		sent[r.pattern] = true
		up, above := 1, path.Dir(r.pattern)
		for !pages[above] && above != "/" {
			up, above = up+1, path.Dir(above)
		}
		back = append(back, route{method: http.MethodGet, pattern: r.pattern, handle: h.upwards(up)})
	}
	return back
}

// upwards leads so many steps up from the address.
func (h *Handlers) upwards(steps int) echo.HandlerFunc {
	return func(c echo.Context) error {
		to := c.Request().URL.Path
		for range steps {
			to = path.Dir(to)
		}
		return h.redirect(c, to)
	}
}
