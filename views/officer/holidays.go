package officer

import (
	"context"
	"strings"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/manage"
)

// HolidayForm is a day on which officers do not work.
type HolidayForm struct {
	Day    form.Date `form:"day"`
	Name   string    `form:"name"`
	NameEN string    `form:"name_en"`
	Seen   string    `form:"seen"` // the name under which the officer saw the day, empty for none
}

// Check looks at the form alone.
func (f HolidayForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("day", f.Day.CheckRequired())
	errs.Add("name", form.Required(f.Name))
	errs.Add("name", form.MaxRunes(f.Name, maxHolidayName), "Max", maxHolidayName)
	errs.Add("name_en", form.MaxRunes(f.NameEN, maxHolidayName), "Max", maxHolidayName)
	return errs
}

const maxHolidayName = 100

// Holiday is the form as the Store takes it. Without an English name the Indonesian one stands.
func (f HolidayForm) Holiday() models.Holiday {
	day, _ := f.Day.Time()
	h := models.Holiday{Day: day, Name: models.Text{ID: strings.TrimSpace(f.Name), EN: strings.TrimSpace(f.NameEN)}}
	if h.Name.EN == "" {
		h.Name.EN = h.Name.ID
	}
	return h
}

// RemoveHolidayForm is a day that is none any more.
type RemoveHolidayForm struct {
	Day  form.Date `form:"day"`
	Seen string    `form:"seen"`
}

// holidayFormOf fills the form with what is kept of a day.
func holidayFormOf(h models.Holiday) HolidayForm {
	return HolidayForm{Day: form.DateOf(h.Day), Name: h.Name.ID, NameEN: h.Name.EN}
}

// HolidaysPage is the table of days, and whether this year has none at all.
type HolidaysPage struct {
	Days    []models.Holiday
	Missing bool
	Form    HolidayForm
	Errors  form.Errors
	Stale   bool           // a colleague was faster
	Kept    models.Holiday // the day as it is kept then, without a name where it is none
	Last    *models.Edit   // who changed it last, where that is known
}

// overtaken says what a colleague did with the day meanwhile.
func (p HolidaysPage) overtaken(ctx context.Context) *components.OvertakenProps {
	if !p.Stale {
		return nil
	}
	kept, typed := holidayFormOf(p.Kept), p.Form
	kept.Day, kept.Seen, typed.Seen = typed.Day, "", ""
	var edits []models.Edit
	if p.Last != nil {
		edits = []models.Edit{*p.Last}
	}
	return manage.Overtaken(ctx, edits, form.Differences(kept, typed), urls.Holidays())
}
