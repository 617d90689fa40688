package institution

import (
	"net/http"
	"strconv"

	"naikkelas/handlers/web"
	"naikkelas/views/manage"
)

// figures answers GET /kelola/angka: what became of the institution's applicants, in numbers.
func (d *desk) figures(c web.Context) error {
	year, _ := strconv.Atoi(c.QueryParam("tahun")) // what is no year shows the newest one
	figures, err := d.Store.OwnFigures(c.Request().Context(), d.CurrentUser(c), year, c.QueryParam("setelah"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.Figures(manage.FiguresPage{InstitutionFigures: figures}))
}
