package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// holidays answers GET /petugas/hari-libur.
func (d *desk) holidays(c web.Context) error {
	return d.holidaysPage(c, http.StatusOK, officer.HolidaysPage{})
}

func (d *desk) holidaysPage(c web.Context, status int, page officer.HolidaysPage) (err error) {
	ctx := c.Request().Context()
	if page.Days, err = d.Store.Holidays(ctx); err != nil {
		return err
	}
	if page.Missing, err = d.Store.HolidaysMissing(ctx); err != nil {
		return err
	}
	if day, ok := page.Form.Day.Time(); ok && page.Stale {
		if page.Kept, page.Last, err = d.Store.HolidayNow(ctx, d.CurrentUser(c), day); err != nil {
			return err
		}
		page.Form.Seen = page.Kept.Name.ID
	}
	return d.Render(c, status, officer.Holidays(page))
}

// addHoliday answers POST /petugas/hari-libur.
func (d *desk) addHoliday(c web.Context) error {
	var page officer.HolidaysPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.holidaysPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.AddHoliday(c.Request().Context(), d.CurrentUser(c), page.Form.Holiday(), page.Form.Seen)
		return web.Said(urls.Holidays(), "officer.holiday.added"), err
	})
}

// removeHoliday answers POST /petugas/hari-libur/hapus.
func (d *desk) removeHoliday(c web.Context) error {
	var form officer.RemoveHolidayForm
	if err := web.ReadForm(c, &form); err != nil {
		return err
	}
	day, ok := form.Day.Time()
	if !ok {
		return models.ErrNotFound
	}
	var page officer.HolidaysPage
	again := func(status int) error { return d.holidaysPage(c, status, page) } // its button takes out the day as it is named now
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Store.RemoveHoliday(c.Request().Context(), d.CurrentUser(c), day, form.Seen)
		return web.Said(urls.Holidays(), "officer.holiday.removed"), err
	})
}
