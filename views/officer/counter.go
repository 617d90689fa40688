package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/account"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// CounterForm is what an officer searches somebody by.
type CounterForm struct {
	Text  string    `form:"q"`
	Birth form.Date `form:"birth"`
}

// BirthDate is the date typed, nil when none was.
func (f CounterForm) BirthDate() *time.Time {
	if t, ok := f.Birth.Time(); ok {
		return &t
	}
	return nil
}

// Check looks at the form alone.
func (f CounterForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("q", form.Required(f.Text))
	errs.Add("birth", f.Birth.Check())
	return errs
}

// CounterPage is the counter: find somebody, or register them. Found are several to whom what was typed belongs.
type CounterPage struct {
	Joins  int // joins of accounts that wait for a second officer
	Found  []models.User
	Form   CounterForm
	Errors form.Errors
}

// joins leads to the joins that wait, with how many there are.
func (p CounterPage) joins(ctx context.Context) string {
	label := i18n.T(ctx, "person.join.list")
	if p.Joins > 0 {
		label += " (" + i18n.Number(ctx, p.Joins) + ")"
	}
	return label
}

// CounterRegisterForm is somebody who stands at the counter. Login may be empty.
type CounterRegisterForm struct {
	Token   string `form:"token"`
	Name    string `form:"name"`
	Login   string `form:"login"`
	Privacy string `form:"privacy"`
}

// ParsedLogin is the phone or e-mail, zero when there is none; Check has passed.
func (f CounterRegisterForm) ParsedLogin() models.Login {
	if strings.TrimSpace(f.Login) == "" {
		return models.Login{}
	}
	l, _ := models.ParseAddress(f.Login)
	return l
}

// Check looks at the form alone.
func (f CounterRegisterForm) Check() form.Errors {
	var errs form.Errors
	account.CheckName(&errs, "name", f.Name)
	if strings.TrimSpace(f.Login) != "" {
		checkContact(&errs, f.Login)
	}
	if f.Privacy == "" {
		errs.Add("privacy", "officer.counter.privacy_missing")
	}
	return errs
}

// checkContact wants a phone number or an e-mail address.
func checkContact(errs *form.Errors, text string) {
	if strings.TrimSpace(text) == "" {
		errs.Add("login", "officer.counter.login_missing")
	}
	_, err := models.ParseAddress(text)
	errs.Refuse("login", err)
}

// CounterRegisterPage asks for the person's name and contact.
type CounterRegisterPage struct {
	Form   CounterRegisterForm
	Errors form.Errors
}

// ContactForm is a new phone or e-mail, and that the officer has seen the KTP.
type ContactForm struct {
	Login string `form:"login"`
	KTP   string `form:"ktp"`
	Asked string `form:"asked"`
}

// Check looks at the form alone.
func (f ContactForm) Check() form.Errors {
	var errs form.Errors
	checkContact(&errs, f.Login)
	if f.KTP == "" {
		errs.Add("ktp", "officer.counter.ktp_missing")
	}
	if f.Asked == "" {
		errs.Add("asked", "officer.counter.asked_missing")
	}
	return errs
}

// PersonPage is one seeker as the counter sees them.
type PersonPage struct {
	Person models.CounterPerson
	Line   journey.LineNow
	Form   ContactForm
	Errors form.Errors
}

func (p PersonPage) facts(ctx context.Context) []components.Fact {
	none := i18n.T(ctx, "account.home.none")
	text := func(s *string) string {
		if s == nil {
			return none
		}
		return models.ShownAddress(*s)
	}
	u, born, number := p.Person.User, none, none
	if p.Person.Profile.BirthDate != nil {
		born = i18n.Date(ctx, *p.Person.Profile.BirthDate)
	}
	if p.Person.Profile.NIKMasked != "" {
		number = p.Person.Profile.NIKMasked
	}
	facts := []components.Fact{
		{Label: i18n.T(ctx, "officer.fact.born"), Text: born},
		{Label: i18n.T(ctx, "officer.check.nik"), Text: number},
		{Label: i18n.T(ctx, "account.home.email"), Text: text(u.Email)},
		{Label: i18n.T(ctx, "account.home.phone"), Text: text(u.Phone)},
	}
	if u.Username != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "account.home.username"), Text: *u.Username})
	}
	how := "officer.counter.by_self"
	if u.RegisteredBy != nil {
		how = "officer.counter.by_officer"
	}
	since := i18n.T(ctx, how, "When", i18n.Instant(ctx, u.CreatedAt))
	return append(facts, components.Fact{Label: i18n.T(ctx, "officer.counter.since"), Text: since})
}

// Slip is what a person takes home from the counter.
type Slip struct {
	Name     string
	Login    string
	Password string
}

// SignInName is the name that a person signs in with: the phone that is at hand, or what else they have.
func SignInName(u models.User) string {
	for _, name := range []*string{u.Phone, u.Email, u.Username} {
		if name != nil {
			return models.ShownAddress(*name)
		}
	}
	return ""
}

// SlipPage is the paper; Base is the portal's address.
type SlipPage struct {
	Slip Slip
	Base string
}
