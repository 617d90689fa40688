package institution

import (
	"net/http"
	"time"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// attendanceRoutes are who is in a class, and who was there.
func (d *desk) attendanceRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.AttendancePattern, d.attendance, web.Managers).May(models.User.Selects),
		web.Post(urls.AttendancePattern, d.recordAttendanceFile, web.Managers).May(models.User.Selects),
		web.Get(urls.AttendanceFilePattern, d.attendanceFileForm, web.Managers).May(models.User.Selects),
		web.Post(urls.AttendanceFilePattern, d.readAttendanceFile, web.Managers).May(models.User.Selects).UpTo(web.BodySheet),
		web.Get(urls.AttendanceExportPattern, d.exportAttendance, web.Managers).May(models.User.Selects),
		web.Post(urls.ClassDaysPattern, d.changeClassDay, web.Managers).May(models.User.Selects),
		web.Get(urls.ParticipantsPattern, d.classList, web.Managers).May(models.User.Selects),
		web.Get(urls.ParticipantsExportPattern, d.exportClassList, web.Managers).May(models.User.Selects),
		web.Get(urls.AttendanceDayPattern, d.attendanceForm, web.Managers).May(models.User.Selects),
		web.Post(urls.AttendanceDayPattern, d.recordAttendance, web.Managers).May(models.User.Selects),
	}
}

// attendance answers GET /kelola/angkatan/:intake/kehadiran.
func (d *desk) attendance(c web.Context) error {
	return d.attendancePage(c, http.StatusOK, manage.AttendancePage{})
}

func (d *desk) attendancePage(c web.Context, status int, page manage.AttendancePage) (err error) {
	page.Intake, page.Programme, page.Days, err = d.Store.ClassDays(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.Attendance(page))
}

// changeClassDay answers POST /kelola/angkatan/:intake/hari-kelas.
func (d *desk) changeClassDay(c web.Context) error {
	var page manage.AttendancePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.attendancePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		day, _ := page.Form.Day.Time()
		said := "attendance.day_added"
		if !page.Form.Adds() {
			said = "attendance.day_removed"
		}
		err := d.Store.ChangeClassDay(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), day, page.Form.Adds())
		return web.Said(urls.Attendance(c.Param("intake")), said), err
	})
}

// classDay is the day that the address names.
func classDay(c web.Context) (time.Time, error) {
	day, err := time.Parse(time.DateOnly, c.Param("day"))
	if err != nil {
		err = models.ErrNotFound
	}
	return day, err
}

// attendanceForm answers GET /kelola/angkatan/:intake/kehadiran/:day: those of the class, taken to have been there.
func (d *desk) attendanceForm(c web.Context) error {
	return d.attendanceDayPage(c, http.StatusOK, manage.AttendanceDayPage{})
}

func (d *desk) attendanceDayPage(c web.Context, status int, page manage.AttendanceDayPage) error {
	day, err := classDay(c)
	if err != nil {
		return err
	}
	page.Intake, page.Programme, page.Day, err = d.Store.AttendanceOn(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), day)
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.AttendanceDay(page))
}

// recordAttendance answers POST /kelola/angkatan/:intake/kehadiran/:day.
func (d *desk) recordAttendance(c web.Context) error {
	day, err := classDay(c)
	if err != nil {
		return err
	}
	var page manage.AttendanceDayPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.attendanceDayPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.RecordAttendance(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), page.Form.Sheet(day))
		return web.Said(urls.AttendanceDay(c.Param("intake"), c.Param("day")), "attendance.done"), err
	})
}
