package help

import "naikkelas/views/form"

// TieForm ties a case to the account that is signed in, or cuts that tie.
type TieForm struct {
	Tie string `form:"tie"`
	Cut string `form:"cut"`
}

// Cuts says whether the tie is to be cut.
func (f TieForm) Cuts() bool { return f.Cut != "" }

// Check asks for the tick.
func (f TieForm) Check() form.Errors {
	var errs form.Errors
	if !f.Cuts() && f.Tie == "" {
		errs.Add("tie", "safe.tie.missing")
	}
	return errs
}

// TiePage says what a tie to an account means.
type TiePage struct {
	Tied   bool
	Form   TieForm
	Errors form.Errors
}
