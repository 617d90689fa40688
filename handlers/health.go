package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"
)

// healthy says that the process answers.
func (h *Handlers) healthy(c echo.Context) error { return c.String(http.StatusOK, "ok\n") }

// ready says that the database answers too, so that a proxy may send people here.
func (h *Handlers) ready(c echo.Context) error {
	if err := h.Store.Ping(c.Request().Context()); err != nil {
		h.logged(c, err)
		return c.String(http.StatusServiceUnavailable, "database\n")
	}
	return c.String(http.StatusOK, "ok\n")
}
