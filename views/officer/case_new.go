package officer

import (
	"context"
	"slices"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// reachForm is how somebody may be reached. Whoever skips the last two is safe: nothing is left, nobody is named.
type reachForm struct {
	Channel, Address     string
	Hours                []string
	LeaveMessage, NameUs string
	Others               string
}

func (f reachForm) check(errs *form.Errors) {
	if !slices.Contains(protection.Channels(), protection.Channel(f.Channel)) {
		errs.Add("channel", "case.choice")
	}
	for _, h := range f.Hours {
		if !slices.Contains(protection.Hours(), h) {
			errs.Add("hours", "case.choice")
		}
	}
}

// reach is the form as the Store takes it.
func (f reachForm) reach() protection.Reach {
	return protection.Reach{Channel: protection.Channel(f.Channel), Address: f.Address, Hours: f.Hours,
		MayLeaveMessage: f.LeaveMessage != "", MayNameUs: f.NameUs != "", OthersAnswer: f.Others}
}

// NewCaseForm is what somebody says on the telephone or at the counter.
type NewCaseForm struct {
	Token        string   `form:"token"`
	Whom         string   `form:"whom"` // whomSelf or whomOther; nothing is chosen beforehand
	Danger       string   `form:"danger"`
	Country      string   `form:"country"` // a code, or countryUnknown
	Place        string   `form:"place"`
	Story        string   `form:"story"`
	Channel      string   `form:"channel"`
	Address      string   `form:"address"`
	Hours        []string `form:"hours"`
	LeaveMessage string   `form:"leave_message"`
	NameUs       string   `form:"name_us"`
	Others       string   `form:"others"`
	Report       string   `form:"report"` // reference of the report that becomes the case
}

// For whom somebody calls or comes: whoever speaks for another one is the reporter, with the number and PIN of one.
const (
	whomSelf  = "self"
	whomOther = "other"
)

// CaseOf fills the form in from a report, which is most often of somebody else.
func CaseOf(r models.OpenReport) NewCaseForm {
	f := NewCaseForm{
		Whom: whomOther, Report: r.Ref, Story: r.Body, Address: r.Contact, Country: countryUnknown, Channel: string(protection.ChannelNone),
	}
	if r.Danger() {
		f.Danger = string(protection.DangerNow)
	}
	if r.Contact != "" {
		f.Channel = string(protection.ChannelPhone)
	}
	return f
}

// Source is the report that becomes the case, if it is one's.
func (f NewCaseForm) Source(ctx context.Context) protection.Source {
	return protection.Source{Report: f.Report, Note: func(ref string) string {
		return i18n.T(i18n.With(ctx, i18n.ID), "case.of_report", "Ref", ref)
	}}
}

func (f NewCaseForm) ways() reachForm {
	return reachForm{f.Channel, f.Address, f.Hours, f.LeaveMessage, f.NameUs, f.Others}
}

// countryUnknown says that the country was asked for and nobody knows it.
const countryUnknown = "?"

// Check looks at what the Store does not: choices of the form.
func (f NewCaseForm) Check(countries []models.Country) form.Errors {
	var errs form.Errors
	if f.Whom != whomSelf && f.Whom != whomOther {
		errs.Add("whom", "case.whom_missing")
	}
	if f.Danger != "" && !slices.Contains(protection.Dangers(), protection.Danger(f.Danger)) {
		errs.Add("danger", "case.choice")
	}
	known := slices.ContainsFunc(countries, func(c models.Country) bool { return c.Code == f.Country })
	if f.Country != "" && f.Country != countryUnknown && !known {
		errs.Add("country", "case.choice")
	}
	f.ways().check(&errs)
	return errs
}

// Filing is the form as the Store takes it.
func (f NewCaseForm) Filing(language string) protection.Filing {
	filing := protection.Filing{FormToken: f.Token, Danger: protection.Danger(f.Danger), Country: f.Country, Place: f.Place, Story: f.Story,
		Reach: f.ways().reach(), Language: language, ForOther: f.Whom == whomOther}
	if f.Country == countryUnknown {
		filing.Country, filing.CountryUnknown = "", true
	}
	return filing
}

// NewCasePage asks what somebody says on the telephone or at the counter; once it is taken it shows number and PIN.
type NewCasePage struct {
	Form      NewCaseForm
	Errors    form.Errors
	Countries []models.Country
	Ref       string
	PIN       string
}

func (p NewCasePage) countryOptions(ctx context.Context) []components.Option {
	list := []components.Option{{Value: countryUnknown, Label: i18n.T(ctx, "case.country_unknown")}}
	return append(list, CasesPage{Countries: p.Countries}.countryOptions(ctx)...)
}

func whomOptions(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: whomSelf, Label: i18n.T(ctx, "case.whom.self")}, {Value: whomOther, Label: i18n.T(ctx, "case.whom.other")},
	}
}

func dangerOptions(ctx context.Context) (list []components.Option) {
	for _, d := range protection.Dangers() {
		list = append(list, components.Option{Value: string(d), Label: i18n.T(ctx, "case.danger."+string(d))})
	}
	return list
}

func channelOptions(ctx context.Context) (list []components.Option) {
	for _, c := range protection.Channels() {
		list = append(list, components.Option{Value: string(c), Label: channelWord(ctx, c)})
	}
	return list
}

func hoursOptions(ctx context.Context) (list []components.Option) {
	for _, h := range protection.Hours() {
		list = append(list, components.Option{Value: h, Label: i18n.T(ctx, "case.hours."+h)})
	}
	return list
}

// CasePersonForm is somebody whom an officer adds to a case.
type CasePersonForm struct {
	Version      int      `form:"version"`
	Token        string   `form:"token"`
	Part         string   `form:"part"`
	Relation     string   `form:"relation"`
	Name         string   `form:"name"`
	BirthYear    string   `form:"birth_year"`
	Village      string   `form:"village"`
	Channel      string   `form:"channel"`
	Address      string   `form:"address"`
	Hours        []string `form:"hours"`
	LeaveMessage string   `form:"leave_message"`
	NameUs       string   `form:"name_us"`
	Others       string   `form:"others"`
}

// Check looks at the choices and the year alone.
func (f CasePersonForm) Check() form.Errors {
	var errs form.Errors
	if f.BirthYear != "" && f.year() == 0 {
		errs.Add("birth_year", "case.birth_year_wrong")
	}
	f.ways().check(&errs)
	return errs
}

func (f CasePersonForm) ways() reachForm {
	return reachForm{f.Channel, f.Address, f.Hours, f.LeaveMessage, f.NameUs, f.Others}
}

func (f CasePersonForm) year() int {
	year, err := strconv.Atoi(strings.TrimSpace(f.BirthYear))
	if err != nil {
		return 0
	}
	return year
}

// Press is the press on the form, of one case.
func (f CasePersonForm) Press(ref string) protection.Press {
	return protection.Press{Ref: ref, Version: f.Version, Form: f.Token}
}

// Person is the form as the Store takes it.
func (f CasePersonForm) Person() protection.NewPerson {
	return protection.NewPerson{Part: protection.Part(f.Part), Relation: f.Relation, Name: f.Name, BirthYear: f.year(), Village: f.Village,
		Reach: f.ways().reach()}
}

// CasePersonPage asks who is added to a case.
type CasePersonPage struct {
	CasePage
	Form   CasePersonForm
	Errors form.Errors
}

func partOptions(ctx context.Context) (list []components.Option) {
	for _, p := range protection.Parts() {
		list = append(list, components.Option{Value: string(p), Label: i18n.T(ctx, "case.part."+string(p))})
	}
	return list
}

func (p CasePersonPage) action() string { return urls.CasePeople(p.Case.Ref) }
