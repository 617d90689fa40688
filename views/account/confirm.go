package account

import (
	"strings"

	"naikkelas/models"
	"naikkelas/views/form"
)

// ConfirmForm is the password again, and the app's code of those who have one.
type ConfirmForm struct {
	Password string `form:"password"`
	Code     string `form:"code"`
	Next     string `form:"next"`
}

// Check looks at the form alone.
func (f ConfirmForm) Check(u models.User) form.Errors {
	var errs form.Errors
	if f.Password == "" {
		errs.Add("password", "account.password.missing")
	}
	if u.HasSecondFactor() && strings.TrimSpace(f.Code) == "" {
		errs.Add("code", "account.code.missing")
	}
	return errs
}

// ConfirmPage asks somebody who is signed in to show that it is them.
type ConfirmPage struct {
	User   models.User
	Form   ConfirmForm
	Errors form.Errors
}

// StopContactPage offers the old contact to stop its replacement.
type StopContactPage struct {
	Token  string
	Change models.ContactChange
}
