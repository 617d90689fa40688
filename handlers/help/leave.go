package help

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/views/help"
)

// elsewhere is where people leave to when the page that the city keeps for it cannot be had: the weather.
const elsewhere = "https://www.bmkg.go.id/"

// leave answers GET /bantuan/keluar: it ends what was begun here and shows an empty page, which goes on by itself. A
// browser puts the page that is left into its memory only when another one is there, so that only the second request
// can have it forgotten. Whatever fails, the page is left.
func (d *desk) leave(c web.Context) error {
	if token := d.token(c); token != "" {
		if err := d.Protection.EndHelpSession(c.Request().Context(), token); err != nil {
			d.Logged(c, err)
		}
	}
	c.Response().Header().Set("Referrer-Policy", "no-referrer")
	return d.Render(c, http.StatusOK, help.Leave())
}

// left answers GET /bantuan/keluar/lanjut: the browser forgets what it kept of this portal, and opens a page of somebody
// else. Who comes here at once, by a script, ends what was begun here too.
func (d *desk) left(c web.Context) error {
	ctx := c.Request().Context()
	if token := d.token(c); token != "" {
		if err := d.Protection.EndHelpSession(ctx, token); err != nil {
			d.Logged(c, err)
		}
		d.dropToken(c)
	}
	to, err := d.Protection.ExitPage(ctx)
	if err != nil && !errors.Is(err, models.ErrNotFound) {
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
