package institution

import (
	"bytes"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/i18n"
	"naikkelas/internal/importsheet"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/manage"
)

// exportAttendance answers GET /kelola/angkatan/:intake/kehadiran/unduh/:format: the class with what is recorded of each day.
func (d *desk) exportAttendance(c web.Context) error {
	_, _, table, err := d.Store.AttendanceTable(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	grid := importsheet.NewAttendanceGrid(table.Days)
	w, err := d.SheetWriter(c, "kehadiran", grid.Fields())
	if err != nil {
		return err
	}
	for _, l := range table.People {
		if err := w.Write(grid.Row(l)); err != nil {
			return err
		}
	}
	return w.Close()
}

// attendanceFileForm answers GET /kelola/angkatan/:intake/kehadiran/berkas.
func (d *desk) attendanceFileForm(c web.Context) error {
	return d.attendanceFilePage(c, http.StatusOK, manage.AttendanceFilePage{})
}

func (d *desk) attendanceFilePage(c web.Context, status int, page manage.AttendanceFilePage) (err error) {
	page.Intake, page.Programme, page.Table, err = d.Store.AttendanceTable(c.Request().Context(), d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	return d.Render(c, status, manage.AttendanceFile(page))
}

// readAttendanceFile answers POST /kelola/angkatan/:intake/kehadiran/berkas: it shows what would change, or what is wrong in
// each row. Nothing is recorded by it.
func (d *desk) readAttendanceFile(c web.Context) error {
	var page manage.AttendanceFilePage
	err := d.compareAttendance(c, &page)
	switch {
	case err != nil:
	case len(page.Faults) > 0:
		page.Errors.Add("file", "class.file.wrong", "Count", len(page.Faults))
	case len(page.Changes) == 0:
		page.Errors.Add("file", "attendance.file.same")
	case len(page.Changes) > models.AttendanceChangesMost:
		err = models.ErrAttendanceMany
	default:
		return d.Render(c, http.StatusOK, manage.CheckAttendanceFile(page))
	}
	again := func(status int) error { return d.attendanceFilePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) { return web.Next{}, err })
}

// compareAttendance reads the file that was sent into what it changes and what is wrong in it.
func (d *desk) compareAttendance(c web.Context, page *manage.AttendanceFilePage) (err error) {
	ctx := c.Request().Context()
	page.Intake, page.Programme, page.Table, err = d.Store.AttendanceTable(ctx, d.CurrentUser(c), c.Param("intake"))
	if err != nil {
		return err
	}
	content, name, err := web.PostedSheet(c)
	if err != nil {
		return err
	}
	rows, err := importsheet.NewAttendanceGrid(page.Table.Days).Read(
		importsheet.File{Content: bytes.NewReader(content), Size: int64(len(content)), Name: name})
	if err != nil {
		return web.SheetRefusal(ctx, err, int(models.IntakeRanges["quota"].Max))
	}
	people := map[string]models.AttendanceLine{}
	for _, l := range page.Table.People {
		people[l.Ref] = l
	}
	for _, row := range rows {
		one, there := people[row.Ref]
		fault := func(column, text string) {
			page.Faults = append(page.Faults, manage.ClassFault{Row: row.Number, Column: column, Text: text})
		}
		for _, p := range row.Problems {
			text := i18n.T(ctx, "imports.problem."+p.Key, "Value", p.Value)
			if p.Key == "unknown_word" {
				text = i18n.T(ctx, "class.file.unknown", "Value", p.Value, "Words", "H, T, I, A")
			}
			fault(p.Column, text)
		}
		switch {
		case len(row.Problems) > 0:
		case !there:
			fault("", i18n.T(ctx, "class.file.stranger", "Value", row.Ref))
		case !row.SameName(one.Name):
			fault("", i18n.T(ctx, "class.file.other_name", "Value", row.Ref))
		default:
			changes := changedDays(page.Table, one, row)
			if len(changes) > 0 && one.Settled() {
				fault("", i18n.T(ctx, models.ErrAttendanceSettled.Key, "Name", one.Name))
			}
			page.Changes = append(page.Changes, changes...)
		}
	}
	return nil
}

// changedDays are the days on which a row says something else of somebody than what stands.
func changedDays(t models.AttendanceTable, one models.AttendanceLine, row importsheet.AttendanceRow) (list []models.AttendanceChange) {
	for _, day := range t.Days {
		if says := row.Days[day]; says != "" && says != one.Days[day] {
			list = append(list, models.AttendanceChange{Ref: one.Ref, Day: day, Was: one.Days[day], Becomes: says})
		}
	}
	return list
}

// recordAttendanceFile answers POST /kelola/angkatan/:intake/kehadiran: what was shown of a file is recorded.
func (d *desk) recordAttendanceFile(c web.Context) error {
	var f manage.AttendanceChangesForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	var page manage.AttendanceFilePage
	again := func(status int) error { return d.attendanceFilePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Stale: &page.Stale, Again: again}, func() (web.Next, error) {
		err := d.Store.RecordAttendanceChanges(c.Request().Context(), d.CurrentUser(c), c.Param("intake"), f.Changed())
		return web.Said(urls.Attendance(c.Param("intake")), "attendance.done"), err
	})
}
