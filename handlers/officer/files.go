package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/officer"
)

// closedFile answers GET /petugas/berkas/:upload: why a file that is not at the desk is opened. It leads back to
// kembali.
func (d *desk) closedFile(c web.Context) error {
	var page officer.FilePage
	page.Form.Back = c.QueryParam("kembali")
	return d.filePage(c, http.StatusOK, page)
}

func (d *desk) filePage(c web.Context, status int, page officer.FilePage) error {
	page.Ref = c.Param("upload")
	if err := d.Store.FileToOpen(c.Request().Context(), d.CurrentUser(c), page.Ref); err != nil {
		return err
	}
	return d.Render(c, status, officer.File(page))
}

// openFiles answers POST /petugas/berkas/:upload.
func (d *desk) openFiles(c web.Context) error {
	var page officer.FilePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.filePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		back := page.Form.Back
		if !web.IsLocal(back) {
			back = urls.UploadImage(c.Param("upload"), "1")
		}
		err := d.Store.OpenFiles(c.Request().Context(), d.CurrentUser(c), c.Param("upload"), page.Form.Reason)
		return web.Said(back, "officer.file.opened"), err
	})
}
