package profile

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// SchoolAge is from which age a school can be finished.
const SchoolAge = 5

// EducationForm is the education section as it is typed.
type EducationForm struct {
	Code   string `form:"code"`
	School string `form:"school"`
	Major  string `form:"major"`
	Year   string `form:"year"`
	Name   string `form:"name"`
}

// EducationPage asks for the highest schooling.
type EducationPage struct {
	Form   EducationForm
	Levels []models.EducationLevel
	Years  Years // in which the school can have ended
	Errors form.Errors
}

// Check says what is missing or wrong.
func (p EducationPage) Check() form.Errors {
	var errs form.Errors
	f := p.Form
	errs.Add("code", form.Required(f.Code))
	for _, field := range []struct{ name, value string }{{"school", f.School}, {"major", f.Major}, {"name", f.Name}} {
		errs.Add(field.name, form.MaxRunes(field.value, 150), "Max", 150)
	}
	p.Years.add(&errs, "year", f.Year)
	return errs
}

// Education is the form as the Store takes it; Check has passed.
func (f EducationForm) Education() models.Education {
	return models.Education{
		Code: f.Code, School: strings.TrimSpace(f.School), Major: strings.TrimSpace(f.Major),
		Year: year(f.Year), NameOnDiploma: strings.TrimSpace(f.Name),
	}
}

// EducationOf fills the form with what is kept.
func EducationOf(w models.WholeProfile) EducationForm {
	p := w.Profile
	f := EducationForm{School: p.EducationSchool, Major: p.EducationMajor, Year: yearText(p.EducationYear), Name: p.EducationName}
	if p.EducationCode != nil {
		f.Code = *p.EducationCode
	}
	return f
}

func (p EducationPage) options(ctx context.Context) []components.Option {
	list := make([]components.Option, len(p.Levels))
	for i, l := range p.Levels {
		list[i] = components.Option{Value: l.Code, Label: l.Name.In(i18n.Of(ctx))}
	}
	return list
}

// CheckLevel refuses a level that is not on the list.
func (p EducationPage) CheckLevel(errs *form.Errors) {
	known := make([]string, len(p.Levels))
	for i, l := range p.Levels {
		known[i] = l.Code
	}
	errs.Add("code", form.OneOf(p.Form.Code, known...))
}
