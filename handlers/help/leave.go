package help

import (
	"context"
	"net/http"

	"naikkelas/handlers/web"
)

// exitPages knows the page of somebody else to which people leave.
type exitPages interface {
	ExitPage(ctx context.Context) (url string, err error)
}

// elsewhere is that page where the city keeps none: the weather.
const elsewhere = "https://www.bmkg.go.id/"

type noExits struct{}

func (noExits) ExitPage(context.Context) (string, error) { return elsewhere, nil }

// leave answers GET /bantuan/keluar: it ends what was begun here, has the browser forget what it kept of this portal,
// and opens a page of somebody else. Whatever fails, the page is left.
func (d *desk) leave(c web.Context) error {
	to, err := d.exits.ExitPage(c.Request().Context())
	if err != nil {
		d.Logged(c, err)
	}
	if err != nil || to == "" {
		to = elsewhere
	}
	header := c.Response().Header()
	header.Set("Clear-Site-Data", `"cache", "storage"`)
	header.Set("Referrer-Policy", "no-referrer")
	return c.Redirect(http.StatusSeeOther, to)
}
