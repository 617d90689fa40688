package manage

import (
	"context"
	"slices"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// ClassDayForm adds a day to a class, or takes one out.
type ClassDayForm struct {
	Day  form.Date `form:"day"`
	Held string    `form:"held"`
}

// Adds says whether the day is added.
func (f ClassDayForm) Adds() bool { return f.Held != "no" }

// Check says what is wrong in itself.
func (f ClassDayForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("day", f.Day.CheckRequired())
	return errs
}

// AttendancePage are the days of a class with how many were there.
type AttendancePage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	Days      []models.ClassDayRow
	Form      ClassDayForm
	Errors    form.Errors
}

// today is the day of the class that is today, or the last one before it on which nothing was recorded; nil for none.
func (p AttendancePage) today(ctx context.Context) *models.ClassDayRow {
	now := record.DayOf(ambient.From(ctx).Now)
	for _, d := range slices.Backward(p.Days) {
		if day := record.DateDay(d.Day); !day.After(now) && (!d.Recorded || day == now) {
			return &d
		}
	}
	return nil
}

// dayStanding says who recorded a day, or that nobody has yet.
func dayStanding(ctx context.Context, d models.ClassDay, name string) string {
	switch {
	case d.Recorded:
		return i18n.T(ctx, "attendance.recorded", "When", i18n.Instant(ctx, d.ChangedAt), "Name", name)
	case ambient.From(ctx).Now.Before(record.DateDay(d.Day).Start()):
		return i18n.T(ctx, "attendance.coming")
	}
	return i18n.T(ctx, "attendance.not_yet")
}

// dayPath is the page of a day.
func dayPath(ctx context.Context, intake string, day time.Time) string {
	return ambient.Href(ctx, urls.AttendanceDay(intake, day.Format(time.DateOnly)))
}

// AttendanceRow is how somebody was there.
type AttendanceRow struct {
	Ref    string                  `form:"ref"`
	Status models.AttendanceStatus `form:"status"`
}

// AttendanceForm is how those of a class were there on a day.
type AttendanceForm struct {
	Version int             `form:"version"`
	Rows    []AttendanceRow `form:"rows"`
}

// Sheet is the form as the Store takes it.
func (f AttendanceForm) Sheet(day time.Time) models.AttendanceSheet {
	sheet := models.AttendanceSheet{Day: day, Version: f.Version}
	for _, row := range f.Rows {
		sheet.Entries = append(sheet.Entries, models.AttendanceEntry{Ref: row.Ref, Status: row.Status})
	}
	return sheet
}

// AttendanceDayPage is a day of a class with its people.
type AttendanceDayPage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	Day       models.AttendanceDay
	Form      AttendanceForm
	Errors    form.Errors
	Stale     bool
}

func (p AttendanceDayPage) title(ctx context.Context) string {
	return i18n.T(ctx, "attendance.day_title", "Day", i18n.DateLong(ctx, p.Day.Day))
}

// open says whether anything can be recorded.
func (p AttendanceDayPage) open() bool {
	return p.Day.Stop == nil && slices.ContainsFunc(p.Day.People, func(one models.AttendancePerson) bool { return !one.Settled() })
}

// An attendanceLine is somebody in the form. The names of fields count only those of whom something can be recorded, in the
// order of what was sent, so that a fault stands at its field.
type attendanceLine struct {
	models.AttendancePerson
	status models.AttendanceStatus
}

// lines are those of whom something can be recorded, as they were sent, else as they stand; before the first time all are
// taken to have been there.
func (p AttendanceDayPage) lines() (list []attendanceLine) {
	taken := map[string]bool{}
	for _, row := range p.Form.Rows {
		for _, one := range p.Day.People {
			if one.Ref == row.Ref && !taken[row.Ref] && !one.Settled() {
				list, taken[row.Ref] = append(list, attendanceLine{one, row.Status}), true
			}
		}
	}
	for _, one := range p.Day.People {
		if taken[one.Ref] || one.Settled() {
			continue
		}
		status := one.Status
		if !p.Day.Recorded {
			status = models.AttendancePresent
		}
		list = append(list, attendanceLine{one, status})
	}
	return list
}

// settled are those whose days stay as they are.
func (p AttendanceDayPage) settled() (list []models.AttendancePerson) {
	for _, one := range p.Day.People {
		if one.Settled() && one.Status != "" {
			list = append(list, one)
		}
	}
	return list
}

// signRows are those of a class for the list on paper.
func (p AttendanceDayPage) signRows() (list []signRow) {
	for i, one := range p.Day.People {
		list = append(list, signRow{Number: i + 1, Name: one.Name})
	}
	return list
}

func statusOptions(ctx context.Context) []components.Option {
	list := options(models.AttendanceStatuses, func(s models.AttendanceStatus) (string, string) {
		return string(s), application.AttendanceWord(ctx, s)
	})
	return append(list, components.Option{Label: application.AttendanceWord(ctx, "")})
}

// stopText says why nothing can be recorded on a day.
func stopText(ctx context.Context, stop *models.Refusal) string {
	return i18n.T(ctx, stop.Key, stop.Args...)
}
