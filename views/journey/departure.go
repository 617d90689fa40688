// Package journey has the pages of a person's way abroad and back: leaving, being away, and whom they trust.
package journey

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// The pages of the form about a departure, as they stand in addresses.
const (
	PartWhere    = "tujuan"
	PartWork     = "kerja"
	PartPapers   = "surat"
	PartPromised = "janji"
	PartContacts = "kenalan"
)

// Parts are those pages in their order.
func Parts() []string { return []string{PartWhere, PartWork, PartPapers, PartPromised, PartContacts} }

// fieldsOf are the fields of each page, by their names in the history.
var fieldsOf = map[string][]string{
	PartWhere:    {"route", "country", "city", "leaves_on", "left_on", "flight"},
	PartWork:     {"job", "employer", "agency", "address", "works_from", "contract_from", "contract_to"},
	PartPapers:   {"visa_kind", "visa_until", "passport_until"},
	PartPromised: {"wage", "wage_currency", "hours_a_day", "days_off", "promised"},
	PartContacts: {"contacts"},
}

// DepartureForm is what is typed about a departure; each page asks for a part of it.
type DepartureForm struct {
	Version       int       `form:"version"`
	Source        string    `form:"source"`
	Route         string    `form:"route"`
	Country       string    `form:"country"`
	City          string    `form:"city"`
	LeavesOn      form.Date `form:"leaves_on"`
	LeftOn        form.Date `form:"left_on"`
	Flight        string    `form:"flight"`
	Job           string    `form:"job"`
	Employer      string    `form:"employer"`
	Agency        string    `form:"agency"`
	Address       string    `form:"address"`
	WorksFrom     form.Date `form:"works_from"`
	ContractFrom  form.Date `form:"contract_from"`
	ContractTo    form.Date `form:"contract_to"`
	VisaKind      string    `form:"visa_kind"`
	VisaUntil     form.Date `form:"visa_until"`
	PassportUntil form.Date `form:"passport_until"`
	Wage          string    `form:"wage"`
	WageCurrency  string    `form:"wage_currency"`
	HoursADay     string    `form:"hours_a_day"`
	DaysOff       string    `form:"days_off"`
	Promised      string    `form:"promised"`
	Contacts      string    `form:"contacts"`
}

// DepartureFormOf fills the form with what is kept.
func DepartureFormOf(o journey.OpenDeparture) DepartureForm {
	return DepartureForm{
		Version: o.Version, Route: o.Route, Country: o.In(), City: o.Said.City, LeavesOn: dateOf(o.LeavesOn), LeftOn: dateOf(o.LeftOn),
		Flight: o.Said.Flight, Job: o.Said.Job, Employer: o.Said.Employer, Agency: o.Said.Agency, Address: o.Said.Address,
		WorksFrom: dateOf(o.WorksFrom), ContractFrom: dateOf(o.ContractFrom), ContractTo: dateOf(o.ContractTo), VisaKind: o.VisaKind,
		VisaUntil: dateOf(o.VisaUntil), PassportUntil: dateOf(o.PassportUntil), Wage: number(o.Wage), WageCurrency: o.WageCurrency,
		HoursADay: number(o.HoursADay), DaysOff: number(o.DaysOff), Promised: o.Said.Promised, Contacts: o.Said.Contacts,
	}
}

func dateOf(t *time.Time) form.Date {
	if t == nil {
		return form.Date{}
	}
	return form.DateOf(*t)
}

func number[N int | int64](n *N) string {
	if n == nil {
		return ""
	}
	return i18n.Number(context.Background(), int(*n))
}

// The largest numbers that the form takes.
const (
	mostWage  = 1_000_000_000
	mostHours = 24
	mostOff   = 31
)

// Check looks at the form alone.
func (f DepartureForm) Check() form.Errors {
	var errs form.Errors
	for _, d := range []struct {
		name string
		date form.Date
	}{
		{"leaves_on", f.LeavesOn}, {"left_on", f.LeftOn}, {"works_from", f.WorksFrom}, {"contract_from", f.ContractFrom},
		{"contract_to", f.ContractTo}, {"visa_until", f.VisaUntil}, {"passport_until", f.PassportUntil},
	} {
		errs.Add(d.name, d.date.Check())
	}
	errs.Add("wage", form.Integer(f.Wage, 1, mostWage), "Min", 1, "Max", mostWage)
	errs.Add("hours_a_day", form.Integer(f.HoursADay, 1, mostHours), "Min", 1, "Max", mostHours)
	errs.Add("days_off", form.Integer(f.DaysOff, 0, mostOff), "Min", 0, "Max", mostOff)
	return errs
}

// Onto puts what a page asks for into what is kept; the rest of it stays.
func (f DepartureForm) Onto(part string, in journey.DepartureInput) journey.DepartureInput {
	in.Source = f.Source
	switch part {
	case PartWhere:
		in.Route, in.Country, in.City, in.Flight = f.Route, f.Country, f.City, f.Flight
		in.LeavesOn, in.LeftOn = timeOf(f.LeavesOn), timeOf(f.LeftOn)
	case PartWork:
		in.Job, in.Employer, in.Agency, in.Address = f.Job, f.Employer, f.Agency, f.Address
		in.WorksFrom, in.ContractFrom, in.ContractTo = timeOf(f.WorksFrom), timeOf(f.ContractFrom), timeOf(f.ContractTo)
	case PartPapers:
		in.VisaKind, in.VisaUntil, in.PassportUntil = f.VisaKind, timeOf(f.VisaUntil), timeOf(f.PassportUntil)
	case PartPromised:
		in.Wage, in.WageCurrency, in.Promised = wageOf(f.Wage), f.WageCurrency, f.Promised
		in.HoursADay, in.DaysOff = intOf(f.HoursADay), intOf(f.DaysOff)
	case PartContacts:
		in.Contacts = f.Contacts
	}
	return in
}

func timeOf(d form.Date) *time.Time {
	if t, ok := d.Time(); ok {
		return &t
	}
	return nil
}

func wageOf(text string) *int64 {
	if n, ok := form.Int(text); ok {
		return &n
	}
	return nil
}

func intOf(text string) *int {
	if n, ok := form.Int(text); ok {
		return new(int(n))
	}
	return nil
}

// VersionForm carries the version for which the page before an act was shown.
type VersionForm struct {
	Version int `form:"version"`
}

// BeginForm begins a departure: planned, or of somebody who is abroad already.
type BeginForm struct {
	Abroad string `form:"abroad"`
	Source string `form:"source"`
}

// DeparturePage is the record of a leaving, and a page of its form. OfficerOf is the reference of the person whose record an
// officer keeps; empty on the person's own pages.
type DeparturePage struct {
	Open      journey.OpenDeparture
	Countries []models.Country
	OfficerOf string
	Part      string
	Form      DepartureForm
	Said      SaidForm
	Token     string
	Errors    form.Errors
	Checkin   string     // how the check-in stands
	Heard     *time.Time // when the person answered last, for officers
	Licence   journey.LicenceAnswer
	Abroad    bool // they said already that they are abroad
}

// Kept is what stood there before, into which a page puts its part.
func (p DeparturePage) Kept() journey.DepartureInput { return journey.InputOf(p.Open) }

// The addresses of the record, for the person or for an officer.
func (p DeparturePage) home() string {
	if p.OfficerOf != "" {
		return urls.OfficerDeparture(p.OfficerOf)
	}
	return urls.Departure()
}

func (p DeparturePage) part(part string) string {
	if p.OfficerOf != "" {
		return urls.OfficerDeparturePart(p.OfficerOf, part)
	}
	return urls.DeparturePart(part)
}

func (p DeparturePage) off() string {
	if p.OfficerOf != "" {
		return urls.OfficerDepartureOff(p.OfficerOf)
	}
	return urls.DepartureOff()
}

func (p DeparturePage) saidPath() string {
	if p.OfficerOf != "" {
		return urls.OfficerDepartureSaid(p.OfficerOf)
	}
	return urls.DepartureSaid()
}

// Next is the page after a part, or the record itself after the last.
func (p DeparturePage) Next() string {
	parts := Parts()
	for i, part := range parts[:len(parts)-1] {
		if part == p.Part {
			return p.part(parts[i+1])
		}
	}
	return p.home()
}

// countryName is the name of a country by its code.
func countryName(ctx context.Context, countries []models.Country, code string) string {
	for _, c := range countries {
		if c.Code == code {
			return c.Name.In(i18n.Of(ctx))
		}
	}
	return code
}

//i18n:family departure.route.* departure.visa.* departure.field.* departure.part.* departure.source.* departure.confirms.*

func optionsOf(ctx context.Context, family string, codes []string) (list []components.Option) {
	for _, code := range codes {
		list = append(list, components.Option{Value: code, Label: i18n.T(ctx, family+code)})
	}
	return list
}

func dayIn(ctx context.Context, t *time.Time) string {
	if t == nil {
		return ""
	}
	return i18n.Date(ctx, *t)
}

// changed names the fields of a change.
func changed(ctx context.Context, c journey.Change) string {
	names := make([]string, len(c.Fields))
	for i, name := range c.Fields {
		names[i] = i18n.T(ctx, "departure.field."+name)
		if was := c.Was[name]; was != "" {
			names[i] += " (" + i18n.T(ctx, "departure.was", "Was", was) + ")"
		}
	}
	return strings.Join(names, "; ")
}

// SaidForm is what another office said about a departure.
type SaidForm struct {
	Token  string    `form:"token"`
	Kind   string    `form:"kind"`
	SaidBy string    `form:"said_by"`
	SaidOn form.Date `form:"said_on"`
}

// Confirmation is the form as the Store takes it.
func (f SaidForm) Confirmation() journey.Confirmation {
	c := journey.Confirmation{Kind: f.Kind, SaidBy: f.SaidBy, FormToken: f.Token}
	c.SaidOn, _ = f.SaidOn.Time()
	return c
}

// Check looks at the form alone.
func (f SaidForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("kind", form.OneOf(f.Kind, journey.Confirmations()...))
	errs.Add("said_by", form.Required(f.SaidBy))
	errs.Add("said_on", f.SaidOn.CheckRequired())
	return errs
}

// ReportedForm keeps that somebody registered with the mission abroad.
type ReportedForm struct {
	On     form.Date `form:"reported_on"`
	Upload string    `form:"upload"`
}

// Check looks at the form alone.
func (f ReportedForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("reported_on", f.On.CheckRequired())
	return errs
}

// Day is the day that was typed.
func (f ReportedForm) Day() (t time.Time) {
	t, _ = f.On.Time()
	return t
}

// ReportedPage says how somebody registers abroad, with the photos of their library to choose from.
type ReportedPage struct {
	Open    journey.OpenDeparture
	Library []models.Upload
	Form    ReportedForm
	Errors  form.Errors
}

func (p ReportedPage) uploadOptions() (list []components.Option) {
	for _, u := range p.Library {
		list = append(list, components.Option{Value: u.Ref, Label: u.Name})
	}
	return list
}
