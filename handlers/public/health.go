package public

import (
	"net/http"

	"naikkelas/handlers/web"
)

// healthy says that the process answers.
func (d *desk) healthy(c web.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says that the database answers too, so that a proxy may send people here.
func (d *desk) ready(c web.Context) error {
	if err := d.Store.Ping(c.Request().Context()); err != nil {
		d.Logged(c, err)
		return c.String(http.StatusServiceUnavailable, "database\n")
	}
	return c.String(http.StatusOK, "ok\n")
}
