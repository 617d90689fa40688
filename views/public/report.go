package public

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// ReportForm is what somebody tells the officers.
type ReportForm struct {
	Token   string `form:"token"`
	About   string `form:"tentang"` // reference of a programme or institution, may be empty
	Kind    string `form:"jenis"`
	Body    string `form:"cerita"`
	Contact string `form:"kontak"`
	Anyway  string `form:"tetap"` // sent though nobody can answer
}

// The longest texts of a report, in letters.
const (
	maxReport  = 3000
	maxContact = 200
)

// Check says what is missing or too long. known says that the portal knows how to reach who writes.
func (f ReportForm) Check(known bool) form.Errors {
	var errs form.Errors
	errs.Add("jenis", form.OneOf(f.Kind, models.ReportKinds()...))
	errs.Add("cerita", form.Required(f.Body))
	errs.Add("cerita", form.MaxRunes(f.Body, maxReport), "Max", maxReport)
	errs.Add("kontak", form.MaxRunes(f.Contact, maxContact), "Max", maxContact)
	if f.Anyway == "" && f.unreachable(known) {
		errs.Add("kontak", f.unreachableKey())
	}
	return errs
}

// unreachable says that somebody is told of whom nobody can ask more, or that a contact is written which nobody can
// call; to send that all the same is for the writer to say.
func (f ReportForm) unreachable(known bool) bool {
	if f.Contact == "" {
		return f.Kind == models.ReportDanger && !known
	}
	return !models.CanBeReached(f.Contact)
}

func (f ReportForm) unreachableKey() string {
	if f.Contact == "" {
		return "public.report.contact_missing"
	}
	return "public.report.contact_unclear"
}

// ReportPage is the form; About is what it is about in words, empty for nothing in particular. Known says that who
// writes is signed in with a contact.
type ReportPage struct {
	Form     ReportForm
	Errors   form.Errors
	About    string
	Known    bool
	Hotlines []models.Hotline
}

//i18n:family public.report.kind.*

func reportKinds(ctx context.Context) []components.Option {
	var list []components.Option
	for _, kind := range models.ReportKinds() {
		list = append(list, components.Option{Value: kind, Label: i18n.T(ctx, "public.report.kind."+kind)})
	}
	return list
}

// AbroadCalls are the first three numbers that can be called from any country: those that begin with a country code.
func AbroadCalls(list []models.Hotline) []models.Hotline {
	var calls []models.Hotline
	for _, h := range list {
		if strings.HasPrefix(h.Dial, "+") && len(calls) < 3 {
			calls = append(calls, h)
		}
	}
	return calls
}

// EmergencyCalls are the short numbers, which only a telephone in Indonesia reaches.
func EmergencyCalls(list []models.Hotline) []models.Hotline {
	var calls []models.Hotline
	for _, h := range list {
		if h.Kind == "phone" && len(h.Dial) == 3 {
			calls = append(calls, h)
		}
	}
	return calls
}

// ReportReceiptPage is what the sender of a report sees again.
type ReportReceiptPage struct {
	Report   models.Report
	Hotlines []models.Hotline
	Days     models.ServiceDays
	Goes     string // how far it is where officers went on with it, else empty
}

// next says who reads the report, and by when: for somebody in danger nobody waits for working days.
func (p ReportReceiptPage) next(ctx context.Context) string {
	if p.Report.Kind == models.ReportDanger {
		return i18n.T(ctx, "public.report.next_danger")
	}
	return i18n.T(ctx, "public.report.next", "Days", i18n.WorkingDays(ctx, p.Days[models.ServiceReport]))
}

// inFours writes a number or PIN in groups of four, for paper.
func inFours(word string) string {
	var groups []string
	kind, rest, there := strings.Cut(word, "-")
	if there {
		groups = append(groups, kind)
	} else {
		rest = word
	}
	for ; len(rest) > 4; rest = rest[4:] {
		groups = append(groups, rest[:4])
	}
	return strings.Join(append(groups, rest), " ")
}

// urgent says that what was told cannot wait for office hours.
func (p ReportReceiptPage) urgent() bool {
	return p.Report.Kind == models.ReportDanger || p.Report.Kind == models.ReportDocuments
}

func (p ReportReceiptPage) lede() string {
	if p.urgent() {
		return "public.report.sent_urgent"
	}
	return "public.report.sent_text"
}

//i18n:family public.report.goes.*

func (p ReportReceiptPage) facts(ctx context.Context) []components.Fact {
	facts := []components.Fact{
		{Label: i18n.T(ctx, "public.report.number"), Text: inFours(p.Report.Ref)},
	}
	if p.Report.PIN != "" {
		facts = append(facts, components.Fact{Label: "PIN", Text: inFours(p.Report.PIN)})
	}
	facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.report.arrived"), Text: i18n.Instant(ctx, p.Report.CreatedAt)})
	if p.Goes != "" {
		return append(facts, components.Fact{Label: i18n.T(ctx, "public.report.state"), Text: i18n.T(ctx, "public.report.goes."+p.Goes)})
	}
	if p.Report.HandledAt != nil {
		return append(facts, components.Fact{Label: i18n.T(ctx, "public.report.handled"), Text: i18n.Instant(ctx, *p.Report.HandledAt)})
	}
	return append(facts, components.Fact{Label: i18n.T(ctx, "public.report.state"), Text: i18n.T(ctx, "public.report.waiting")})
}

// ReportStateForm is number and PIN of a report.
type ReportStateForm struct {
	Number string `form:"nomor"`
	PIN    string `form:"pin"`
}

// ReportStatePage asks for them, and shows the report of the right ones.
type ReportStatePage struct {
	Form   ReportStateForm
	Errors form.Errors
	Report *models.Report
	Goes   string
}

func (p ReportStatePage) facts(ctx context.Context) []components.Fact {
	return ReportReceiptPage{Report: *p.Report, Goes: p.Goes}.facts(ctx)
}
