// Package officer shows DKI officers their queue and the files in it.
package officer

import (
	"context"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/layouts"
)

// The entries of an officer's bar.
const (
	NavQueue        = "queue"
	NavCertificates = "certificates"
	NavProgrammes   = "programmes"
	NavInstitutions = "institutions"
	NavReports      = "reports"
	NavQuestions    = "questions"
	NavCounter      = "counter"
	NavDated        = "dated"
	NavCases        = "cases"
	NavCheckins     = "checkins"
)

// Screen is the frame of an officer's page, with what is wrong with its form.
func Screen(ctx context.Context, title, active string, errs form.Errors) layouts.OfficerPage {
	nav := []layouts.NavItem{{Label: i18n.T(ctx, "officer.nav.queue"), Href: urls.OfficerQueue(), Active: active == NavQueue}}
	if cases := ambient.From(ctx).Cases; cases != nil {
		nav = append(nav,
			layouts.NavItem{Label: i18n.T(ctx, "case.nav"), Href: urls.Cases(), Active: active == NavCases, Count: cases.Waiting},
			layouts.NavItem{Label: i18n.T(ctx, "checkin.nav"), Href: urls.OverdueCheckins(), Active: active == NavCheckins, Count: cases.Silent})
	}
	return layouts.OfficerPage{
		Page: layouts.Page{Title: title, Errors: errs}, Section: i18n.T(ctx, "officer.section"),
		Nav: append(nav, []layouts.NavItem{
			{
				Label: i18n.T(ctx, "officer.nav.questions"), Href: urls.OfficerQuestions(), Active: active == NavQuestions,
				Count: ambient.From(ctx).Questions,
			},
			{Label: i18n.T(ctx, "officer.nav.certificates"), Href: urls.OfficerCertificates(), Active: active == NavCertificates},
			{Label: i18n.T(ctx, "officer.nav.programmes"), Href: urls.OfficerProgrammes(), Active: active == NavProgrammes},
			{
				Label: i18n.T(ctx, "officer.nav.institutions"), Href: urls.OfficerInstitutions(), Active: active == NavInstitutions,
				Count: ambient.From(ctx).Joining,
			},
			{Label: i18n.T(ctx, "officer.nav.reports"), Href: urls.OfficerReports(), Active: active == NavReports},
			{Label: i18n.T(ctx, "officer.nav.counter"), Href: urls.Counter(), Active: active == NavCounter},
			{Label: i18n.T(ctx, "dated.title"), Href: urls.Dated(), Active: active == NavDated, Count: ambient.From(ctx).Holes},
		}...),
		SearchPath: urls.OfficerSearch(), SearchLabel: i18n.T(ctx, "officer.search"),
	}
}

// What stands in the place of a state: those whom officers have to look at again, and those whose refusal waits for a
// second officer.
const (
	stateRecheck = "cek-lagi"
	stateSecond  = "petugas-kedua"
)

// QueueForm are the filters as they stand in the address.
type QueueForm struct {
	State   string `form:"keadaan"`
	Regency string `form:"kota"`
	Sector  string `form:"bidang"`
	Mine    string `form:"saya"`
}

// Kept is city and field of the filter, as the session keeps them.
func (f QueueForm) Kept() string { return f.Regency + "|" + f.Sector }

// KeptFilter is the filter that the session kept.
func KeptFilter(kept string) QueueForm {
	regency, sector, _ := strings.Cut(kept, "|")
	return QueueForm{Regency: regency, Sector: sector}
}

// Path is the queue within the filter.
func (f QueueForm) Path() string { return f.path(urls.OfficerQueue(), "") }

// Filter is the form as the Store takes it.
func (f QueueForm) Filter() models.QueueFilter {
	filter := models.QueueFilter{State: models.ApplicationState(f.State), Regency: f.Regency, Sector: f.Sector, Mine: f.Mine != ""}
	switch f.State {
	case stateRecheck:
		filter.State, filter.Recheck = "", true
	case stateSecond:
		filter.State, filter.Second = "", true
	}
	return filter
}

func (f QueueForm) path(base, cursor string) string {
	return urls.WithQuery(base, "keadaan", f.State, "kota", f.Regency, "bidang", f.Sector, "saya", f.Mine, "sesudah", cursor)
}

// QueuePage is the queue, or what a search found (Searched).
type QueuePage struct {
	Form      QueueForm
	Page      models.QueuePage
	Regencies []models.Regency
	Sectors   []models.Sector
	Searched  bool
	Cases     []protection.CaseRow // that a search found, for who helps people in trouble
	Sought    string               // what was searched for, empty for a NIK

	Certificates []models.CertificateItem // that a search found, with the types of all
	Types        map[string]models.CertificateType
}

// listed are the states that an officer can look at as a list, in their order.
var listed = []models.ApplicationState{models.Submitted, models.InReview, models.NeedsFix, models.Verified, models.NotEligible}

func (p QueuePage) stateOptions(ctx context.Context) []components.Option {
	options := make([]components.Option, len(listed), len(listed)+2)
	for i, s := range listed {
		label := application.StateTag(ctx, models.Application{State: s}).Label
		options[i] = components.Option{Value: string(s), Label: label + " (" + i18n.Number(ctx, p.Page.Counts[s]) + ")"}
	}
	again := i18n.T(ctx, "officer.again.list") + " (" + i18n.Number(ctx, p.Page.Recheck) + ")"
	second := i18n.T(ctx, "officer.second.list") + " (" + i18n.Number(ctx, p.Page.Second) + ")"
	return append(options, components.Option{Value: stateRecheck, Label: again}, components.Option{Value: stateSecond, Label: second})
}

func (p QueuePage) regencyOptions() []components.Option {
	options := make([]components.Option, len(p.Regencies))
	for i, r := range p.Regencies {
		options[i] = components.Option{Value: r.Code, Label: r.Name}
	}
	return options
}

func (p QueuePage) sectorOptions(ctx context.Context) []components.Option {
	options := make([]components.Option, len(p.Sectors))
	for i, s := range p.Sectors {
		options[i] = components.Option{Value: s.Code, Label: s.Name.In(i18n.Of(ctx))}
	}
	return options
}

func (p QueuePage) title(ctx context.Context) string {
	if p.Searched {
		if p.Sought != "" {
			return i18n.T(ctx, "officer.queue.found_for", "Text", p.Sought)
		}
		return i18n.T(ctx, "officer.queue.found")
	}
	return i18n.T(ctx, "officer.queue.title")
}

func (p QueuePage) noneKey() string {
	if p.Searched {
		return "officer.queue.not_found"
	}
	return "officer.queue.none_text"
}

// waiting is for how many days a file has waited since it was first sent.
func waiting(ctx context.Context, item models.QueueItem) string {
	if item.FirstSubmittedAt == nil {
		return ""
	}
	return strconv.Itoa(int(ambient.From(ctx).Now.Sub(*item.FirstSubmittedAt) / (24 * time.Hour)))
}

func programmeOf(ctx context.Context, item models.QueueItem) string {
	return application.Name(ctx, item.ProgrammeName, models.Intake{Number: item.IntakeNumber, Session: item.IntakeSession})
}
