package institution

import (
	"net/http"
	"strconv"

	"naikkelas/handlers/web"
	"naikkelas/views/manage"
)

// programmeHistory answers GET /kelola/program/:programme/riwayat: what it said publicly, and what differs between two
// versions.
func (d *desk) programmeHistory(c web.Context) (err error) {
	number := func(name string) int {
		n, err := strconv.ParseInt(c.QueryParam(name), 10, 16)
		if err != nil {
			return 0
		}
		return int(n)
	}
	var page manage.HistoryPage
	ctx, u, ref := c.Request().Context(), d.CurrentUser(c), c.Param("programme")
	page.ProgrammeHistory, err = d.Store.ProgrammeVersions(ctx, u, ref, number("lama"), number("baru"))
	if err != nil {
		return err
	}
	if page.Lists, err = d.ProgrammeLists(c, ""); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.History(page))
}
