package institution

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// classList answers GET /kelola/angkatan/:intake/peserta.
func (d *desk) classList(c web.Context) (err error) {
	var page manage.ClassListPage
	page.Intake, page.Programme, page.List, err = d.Store.ClassList(
		c.Request().Context(), d.CurrentUser(c), c.Param("intake"), c.QueryParam("sesudah"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.ClassList(page))
}

// exportClassList answers GET /kelola/angkatan/:intake/peserta/unduh/:format.
func (d *desk) exportClassList(c web.Context) error {
	list, err := d.Store.ExportClassList(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if errors.Is(err, models.ErrContactOver) {
		return d.Lead(c, web.Told(urls.Participants(c.Param("intake")), "info", models.ErrContactOver.Key))
	}
	if err != nil {
		return err
	}
	w, err := d.SheetWriter(c, "peserta", importsheet.ClassListFields())
	if err != nil {
		return err
	}
	for _, p := range list {
		if err := w.Write(importsheet.ClassListRow(p)); err != nil {
			return err
		}
	}
	return w.Close()
}
