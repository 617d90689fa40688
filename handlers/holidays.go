package handlers

import (
	"net/http"

	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// holidays answers GET /petugas/hari-libur.
func (h *Handlers) holidays(c echo.Context) error {
	return h.holidaysPage(c, http.StatusOK, officer.HolidaysPage{})
}

func (h *Handlers) holidaysPage(c echo.Context, status int, page officer.HolidaysPage) (err error) {
	ctx := c.Request().Context()
	if page.Days, err = h.Store.Holidays(ctx); err != nil {
		return err
	}
	if page.Missing, err = h.Store.HolidaysMissing(ctx); err != nil {
		return err
	}
	return h.render(c, status, officer.Holidays(page))
}

// addHoliday answers POST /petugas/hari-libur.
func (h *Handlers) addHoliday(c echo.Context) error {
	var page officer.HolidaysPage
	if err := readForm(c, &page.Form); err != nil {
		return err
	}
	if page.Errors = page.Form.Check(); page.Errors.Any() {
		return h.holidaysPage(c, http.StatusUnprocessableEntity, page)
	}
	if err := h.Store.AddHoliday(c.Request().Context(), h.currentUser(c), page.Form.Holiday()); err != nil {
		return err
	}
	return h.done(c, "officer.holiday.added", urls.Holidays())
}

// removeHoliday answers POST /petugas/hari-libur/hapus.
func (h *Handlers) removeHoliday(c echo.Context) error {
	var form officer.RemoveHolidayForm
	if err := readForm(c, &form); err != nil {
		return err
	}
	day, ok := form.Day.Time()
	if !ok {
		return models.ErrNotFound
	}
	if err := h.Store.RemoveHoliday(c.Request().Context(), h.currentUser(c), day); err != nil {
		return err
	}
	return h.done(c, "officer.holiday.removed", urls.Holidays())
}
