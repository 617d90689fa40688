package public

import (
	"strings"

	"naikkelas/models"
	"naikkelas/views/form"
)

// CheckPaperForm is the code of a paper as it is typed.
type CheckPaperForm struct {
	Code string `form:"code"`
}

// codeMost is how many letters of what was typed go on: a code has 26, with whatever stands between.
const codeMost = 80

// Check wants something that could be a code.
func (f CheckPaperForm) Check() form.Errors {
	var errs form.Errors
	if models.PaperCode(f.Code) == "" || len(f.Code) > codeMost {
		errs.Add("code", "paper.code_missing")
	}
	return errs
}

// CheckPaperPage is the page on which anybody looks a paper up.
type CheckPaperPage struct {
	Paper   *models.CourseCertificate // nil where none is shown
	Unknown bool                      // the code leads to none
	Form    CheckPaperForm
	Errors  form.Errors
}

// units are the units on the paper, one by one.
func (p CheckPaperPage) units() []string {
	return strings.FieldsFunc(p.Paper.Units, func(r rune) bool { return r == '\n' })
}
