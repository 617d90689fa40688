package handlers

import (
	"net/http"
	"path"

	"naikkelas/handlers/web"
)

// waysBack are for addresses that only take what a form sends. After an error such an address stands in the
// bar; whoever opens it again is led to the nearest page above it.
func waysBack(p *web.Portal, routes []web.Route) []web.Route {
	pages, sent := map[string]bool{}, map[string]bool{}
	for _, r := range routes {
		if r.Method == http.MethodGet {
			pages[r.Pattern] = true
		}
	}
	var back []web.Route
	for _, r := range routes {
		if r.Method != http.MethodPost || pages[r.Pattern] || sent[r.Pattern] {
			continue
		}
		sent[r.Pattern] = true
		up, above := 1, path.Dir(r.Pattern)
		for !pages[above] && above != "/" {
			up, above = up+1, path.Dir(above)
		}
		back = append(back, web.Route{Method: http.MethodGet, Pattern: r.Pattern, Handle: upwards(p, up)})
	}
	return back
}

// upwards leads so many steps up from the address.
func upwards(p *web.Portal, steps int) web.Handler {
	return func(c web.Context) error {
		to := c.Request().URL.Path
		for range steps {
			to = path.Dir(to)
		}
		return p.Redirect(c, to)
	}
}
