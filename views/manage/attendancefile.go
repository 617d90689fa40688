package manage

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// AttendanceChangesForm is what was shown of a file of attendance, to be recorded.
type AttendanceChangesForm struct {
	Changes []string `form:"change"`
}

// Changed are the changes in the form; what is none is left out.
func (f AttendanceChangesForm) Changed() (list []models.AttendanceChange) {
	for _, text := range f.Changes {
		if c, ok := models.ParseAttendanceChange(text); ok {
			list = append(list, c)
		}
	}
	return list
}

// AttendanceFilePage records attendance of a class with a spreadsheet.
type AttendanceFilePage struct {
	Intake    models.PublicIntake
	Programme models.Programme
	Table     models.AttendanceTable
	Changes   []models.AttendanceChange
	Faults    []ClassFault
	Errors    form.Errors
	Stale     bool
}

// nameOf is who has the reference.
func (p AttendanceFilePage) nameOf(ref string) string {
	for _, one := range p.Table.People {
		if one.Ref == ref {
			return one.Name
		}
	}
	return ref
}

// differences are what a file changes, as rows of name, day, and old and new.
func (p AttendanceFilePage) differences(ctx context.Context) (list [][3]string) {
	for _, c := range p.Changes {
		change := i18n.T(ctx, "attendance.file.change",
			"Was", application.AttendanceWord(ctx, c.Was), "Now", application.AttendanceWord(ctx, c.Becomes))
		list = append(list, [3]string{p.nameOf(c.Ref), i18n.DateLong(ctx, c.Day.Date()), change})
	}
	return list
}

func differenceColumns(ctx context.Context) []components.Column {
	return []components.Column{
		{Label: i18n.T(ctx, "manage.col.name")}, {Label: i18n.T(ctx, "attendance.day")}, {Label: i18n.T(ctx, "attendance.title")},
	}
}
