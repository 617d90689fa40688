package officer

import (
	"strings"

	"naikkelas/models"
	"naikkelas/views/form"
)

// HolidayForm is a day on which officers do not work.
type HolidayForm struct {
	Day    form.Date `form:"day"`
	Name   string    `form:"name"`
	NameEN string    `form:"name_en"`
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
	Day form.Date `form:"day"`
}

// HolidaysPage is the table of days, and whether this year has none at all.
type HolidaysPage struct {
	Days    []models.Holiday
	Missing bool
	Form    HolidayForm
	Errors  form.Errors
}
