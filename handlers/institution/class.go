package institution

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// classAct is what is recorded at the address, empty where it is nothing.
func classAct(c web.Context) models.ClassAct {
	for name, address := range urls.ClassActs {
		if address == c.Param("act") {
			return models.ClassAct(name)
		}
	}
	return ""
}

// classForm answers GET /kelola/angkatan/:intake/kelas/:act: those of a class of whom something is recorded at once.
func (d *desk) classForm(c web.Context) error {
	return d.classPage(c, http.StatusOK, manage.ClassPage{All: c.QueryParam("semua")})
}

func (d *desk) classPage(c web.Context, status int, page manage.ClassPage) error {
	if err := d.readClass(c, &page); err != nil {
		return err
	}
	return d.Render(c, status, manage.Class(page))
}

// readClass reads a class into its page.
func (d *desk) readClass(c web.Context, page *manage.ClassPage) (err error) {
	ctx := c.Request().Context()
	page.Act = classAct(c)
	page.Intake, page.Programme, page.People, page.More, err = d.Store.ClassPeople(
		ctx, d.CurrentUser(c), c.Param("intake"), page.Act, c.QueryParam("sesudah"))
	if err == nil && len(page.Form.Rows) > 0 {
		page.Sent, err = d.Store.ClassNamed(ctx, d.CurrentUser(c), c.Param("intake"), page.Act, page.Form.Refs())
	}
	if err == nil && page.Act == models.ClassResult {
		page.Reasons, err = d.Store.Reasons(ctx, models.RecordDropped)
	}
	return err
}

// recordClass answers POST /kelola/angkatan/:intake/kelas/:act: first it shows what will be recorded, then that is done.
func (d *desk) recordClass(c web.Context) error {
	page := manage.ClassPage{Act: classAct(c)}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.classPage(c, status, page) }
	if page.Form.Step == "edit" {
		return again(http.StatusOK)
	}
	var err error
	if page.Errors = page.Form.Check(page.Act); !page.Errors.Any() {
		try := page.Form.Step != "save"
		if err = d.saveClass(c, page, try); err == nil && try {
			return d.checkClass(c, page)
		}
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.Class(c.Param("intake"), c.Param("act")), "class.done"), err
	})
}

// checkClass shows what will be recorded.
func (d *desk) checkClass(c web.Context, page manage.ClassPage) error {
	if err := d.readClass(c, &page); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, manage.CheckClass(page))
}

// saveClass records what was typed, or tries it, and says at each row what stands against it.
func (d *desk) saveClass(c web.Context, page manage.ClassPage, try bool) error {
	failed, err := d.Store.RecordClass(
		c.Request().Context(), d.CurrentUser(c), c.Param("intake"), page.Form.Sheet(page.Act), try)
	if err != nil {
		return err
	}
	var wrong []error
	for i := range page.Form.Rows {
		if r := failed[i]; r != nil {
			wrong = append(wrong, manage.RowRefusal(i, r))
		}
	}
	return errors.Join(wrong...)
}
