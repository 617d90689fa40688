// Package account has the pages around an account: registering, signing in, codes,
// passwords, devices, and the person's own data.
package account

import (
	"context"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// RegisterForm is what somebody types to get an account.
type RegisterForm struct {
	Name          string `form:"name"`
	Login         string `form:"login"`
	Password      string `form:"password"`
	PhoneMessages string `form:"phone_messages"`
	Privacy       string `form:"privacy"`
	Next          string `form:"next"` // where to go afterwards
}

// CleanName is the name with single spaces.
func (f RegisterForm) CleanName() string { return strings.Join(strings.Fields(f.Name), " ") }

// markup are the signs of which a name that holds one was no name: parts of markup, formulas and addresses.
const markup = "<>{}[]|\\=&;@#$%^*~"

// CheckName adds what is wrong with a person's name: 1 to 100 letters, one word is fine. What stands on identity
// cards is accepted as it is, with commas, slashes, digits and marks of any kind; a sign that is refused is named.
func CheckName(errs *form.Errors, field, name string) {
	name = strings.Join(strings.Fields(name), " ")
	at := strings.IndexAny(name, markup)
	switch {
	case name == "":
		errs.Add(field, "account.name.missing")
	case form.MaxRunes(name, 100) != "":
		errs.Add(field, "account.name.long")
	case at >= 0:
		errs.Add(field, "account.name.sign", "Sign", name[at:at+1])
	case !strings.ContainsFunc(name, unicode.IsLetter):
		errs.Add(field, "account.name.letters")
	}
}

// Check looks at the form alone. phoneCodes says whether a phone number may be used.
func (f RegisterForm) Check(phoneCodes bool) form.Errors {
	var errs form.Errors
	CheckName(&errs, "name", f.Name)
	checkAddress(&errs, "login", f.Login, phoneCodes)
	if f.Password == "" {
		errs.Add("password", "account.password.missing")
	}
	if f.Privacy == "" {
		errs.Add("privacy", "account.register.privacy_missing")
	}
	return errs
}

// checkAddress wants an e-mail address or phone number that a code can be sent to.
func checkAddress(errs *form.Errors, field, text string, phoneCodes bool) {
	text = strings.TrimSpace(text)
	switch {
	case text == "" && phoneCodes:
		errs.Add(field, "account.login.missing")
	case text == "":
		errs.Add(field, "account.login.email_missing")
	case !phoneCodes && !strings.Contains(text, "@"):
		errs.Add(field, "account.login.email_only")
	}
	_, err := models.ParseAddress(text)
	errs.Refuse(field, err)
}

// checkLogin wants what can be a sign-in name.
func checkLogin(errs *form.Errors, field, text string) {
	if strings.TrimSpace(text) == "" {
		errs.Add(field, "account.login.missing")
	}
	_, err := models.ParseLogin(text)
	errs.Refuse(field, err)
}

// RegisterPage is the registration form with what went wrong.
type RegisterPage struct {
	Form       RegisterForm
	Errors     form.Errors
	PhoneCodes bool
	For        string // title of the course that somebody wants to apply for, empty for none
}

// CodeForm is the six digits.
type CodeForm struct {
	Code string `form:"code"`
}

// CodeState is what the page of a code knows of it: to whom it went, and whether it can still be typed.
type CodeState struct {
	Login   string // as it was typed
	Channel string // email or phone
	Action  string // where the form goes
	Again   string // where a new code is asked for
	Change  string // where the name is changed
	Ended   bool   // the code's ten minutes are over
	Spent   bool   // it was used, or is forgotten
	Refused bool   // its letter could not be handed over
	Sender  string // of letters, as it stands in an inbox
	Letter  string // key of the subject of its letter
}

// Phone says whether the name is one by which a code may go to a phone. It is judged by what was typed alone, so that
// the page tells nothing of an account.
func (s CodeState) Phone() bool { return !strings.Contains(s.Login, "@") }

// shown is the name as people read it.
func (s CodeState) shown() string {
	login, err := models.ParseLogin(s.Login)
	if _, address := login.Channel(); err == nil && address != "" {
		return models.ShownAddress(address)
	}
	return s.Login
}

// CodePage asks for the digits that were sent to an address.
type CodePage struct {
	CodeState
	Form   CodeForm
	Errors form.Errors
}

// SignInForm is name and password.
type SignInForm struct {
	Login     string `form:"login"`
	Password  string `form:"password"`
	OwnDevice string `form:"own_device"`
	Next      string `form:"next"` // where to go afterwards
}

// Check looks at the form alone.
func (f SignInForm) Check() form.Errors {
	var errs form.Errors
	checkLogin(&errs, "login", f.Login)
	if f.Password == "" {
		errs.Add("password", "account.password.missing")
	}
	return errs
}

// SignOutForm says where somebody wants to go as somebody else, nowhere when it is empty.
type SignOutForm struct {
	Next string `form:"next"`
}

// SignInPage is the sign-in form. Interrupted says that a form waits to be continued.
type SignInPage struct {
	Form        SignInForm
	Errors      form.Errors
	Interrupted bool
	For         string // title of the course that somebody wants to apply for, empty for none
}

// wanted says whether the page came up because another one needs an account.
func (p SignInPage) wanted() bool { return p.Form.Next != "" && !p.Interrupted }

// loudness leaves the one filled button to making an account, where that is offered first.
func (p SignInPage) loudness() components.ButtonKind {
	if p.wanted() {
		return components.Line
	}
	return components.Primary
}

// onward is a page before signing in that keeps where somebody wants to go.
func onward(path, next string) string { return urls.WithQuery(path, "lanjut", next) }

// RecoverForm is the name of an account whose password is lost.
type RecoverForm struct {
	Login string `form:"login"`
}

// Check looks at the form alone.
func (f RecoverForm) Check() form.Errors {
	var errs form.Errors
	checkLogin(&errs, "login", f.Login)
	return errs
}

// RecoverPage starts the recovery.
type RecoverPage struct {
	Form   RecoverForm
	Errors form.Errors
}

// RecoverCodeForm is the digits and the new password; the birth date is asked by phone.
type RecoverCodeForm struct {
	Code     string    `form:"code"`
	Birth    form.Date `form:"birth"`
	Password string    `form:"password"`
}

// BirthDate is the date typed, nil when none was.
func (f RecoverCodeForm) BirthDate() *time.Time {
	if t, ok := f.Birth.Time(); ok {
		return &t
	}
	return nil
}

// Check looks at the form alone.
func (f RecoverCodeForm) Check() form.Errors {
	var errs form.Errors
	if strings.TrimSpace(f.Code) == "" {
		errs.Add("code", "account.code.missing")
	}
	errs.Add("birth", f.Birth.Check())
	if f.Password == "" {
		errs.Add("password", "account.password.missing")
	}
	return errs
}

// RecoverCodePage asks for the digits and the new password.
type RecoverCodePage struct {
	CodeState
	Form   RecoverCodeForm
	Errors form.Errors
}

// ResumePage offers an interrupted form to be sent again.
type ResumePage struct {
	Action string
	Values map[string][]string
	Files  []string // that were sent with it, and are to be chosen again
	Home   string
}

// lede says that nothing is lost, but for files.
func (p ResumePage) lede(ctx context.Context) string {
	if len(p.Files) > 0 {
		return i18n.T(ctx, "account.resume.files", "Names", strings.Join(p.Files, ", "))
	}
	return i18n.T(ctx, "account.resume.lede")
}

// A resumeField is one value that was typed.
type resumeField struct{ Name, Value string }

// fields are the values in a steady order.
func (p ResumePage) fields() []resumeField {
	var list []resumeField
	for _, name := range slices.Sorted(maps.Keys(p.Values)) {
		for _, value := range p.Values[name] {
			list = append(list, resumeField{name, value})
		}
	}
	return list
}

// sent says where the digits went.
func (s CodeState) sent(ctx context.Context) string {
	if s.Phone() {
		return i18n.T(ctx, "account.code.sent_phone", "Address", s.shown())
	}
	return i18n.T(ctx, "account.code.sent_email", "Address", s.shown())
}
