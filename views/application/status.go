package application

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/message"
)

// StatusPage is an application as its seeker sees it.
type StatusPage struct {
	Application models.ApplicationView
	Reasons     map[string]models.ReasonCode
	Types       map[string]models.CertificateType
	Days        models.ServiceDays
	Message     message.Form
	Errors      form.Errors
}

// notResident is the reason of who is refused because of the address on their KTP.
const notResident = "not_jakarta_resident"

// livesElsewhere says whether the address on the KTP is why the person was refused.
func (p StatusPage) livesElsewhere() bool {
	return p.Application.State == models.NotEligible && p.Application.ReasonCode == notResident
}

// talks says whether a conversation runs, or a question has just been typed: then its form stands open.
func (p StatusPage) talks() bool {
	return len(p.Application.Messages) > 0 && p.Application.State.Live() || p.Application.AnswerBy != nil ||
		p.Message.Text != "" || p.Errors.Any()
}

// ListPage lists the seeker's applications.
type ListPage struct {
	Applications []models.ApplicationRow
	Other        []models.ApplicationRow // of accounts that are joined into this one: read, not changed
}

// otherRows are those of joined accounts.
func (p ListPage) otherRows(ctx context.Context) (list []components.Row) {
	for _, l := range p.Other {
		row := components.Row{Label: programmeName(ctx, l), Note: l.Ref + " · " + l.InstitutionName, Tag: StateTag(ctx, l.Application)}
		list = append(list, row)
	}
	return list
}

// WithdrawForm is why somebody leaves.
type WithdrawForm struct {
	Reason string `form:"reason"`
	Note   string `form:"note"`
}

// WithdrawPage ends an application.
type WithdrawPage struct {
	Application models.ApplicationView
	Reasons     []models.ReasonCode
	Form        WithdrawForm
	Errors      form.Errors
}

func (p WithdrawPage) options(ctx context.Context) []components.Option {
	list := make([]components.Option, len(p.Reasons))
	for i, r := range p.Reasons {
		list[i] = components.Option{Value: r.Code, Label: r.Text.In(i18n.Of(ctx))}
	}
	return list
}

// ContestForm is why a refusal is wrong.
type ContestForm struct {
	Text string `form:"text"`
}

// ContestPage objects to a refusal.
type ContestPage struct {
	Application models.ApplicationView
	Reasons     map[string]models.ReasonCode
	Days        models.ServiceDays
	Form        ContestForm
	Errors      form.Errors
}

// CanLeave says whether the person can end the application or leave the course.
func CanLeave(s models.ApplicationState) bool {
	return s.CanBecome(models.Withdrawn) || s == models.Enrolled
}

// words are those for ending an application, or for leaving a course.
func (p WithdrawPage) words(ctx context.Context, part string) string {
	if p.Application.State == models.Enrolled {
		return i18n.T(ctx, "application.leave."+part)
	}
	return i18n.T(ctx, "application.withdraw."+part)
}

//i18n:family application.leave.* application.withdraw.*

// A next step is what an application waits for: who does what until when.
type next struct {
	Yours    bool // the seeker must do something
	Title    string
	Why      components.ReasonProps
	Text     string
	Before   string // leads over to the deadline
	Deadline string
}

// nextStep says what happens now, and why where a reason was chosen. Its sentences are application.next.<state>.
func nextStep(ctx context.Context, v models.ApplicationView, reasons map[string]models.ReasonCode) next {
	key := "application.next." + string(v.State)
	args := nextArgs(ctx, v)
	n := next{Title: i18n.T(ctx, key+".title", args...), Text: i18n.T(ctx, key+".text", args...), Why: whyHere(ctx, v, reasons)}
	until := func(key string, at *time.Time) {
		if at != nil {
			n.Before, n.Deadline = i18n.T(ctx, "application.deadline."+key), i18n.Instant(ctx, *at)
		}
	}
	on := func(key string, day *time.Time) {
		if day != nil {
			n.Before, n.Deadline = i18n.T(ctx, "application.deadline."+key), i18n.DateLong(ctx, *day)
		}
	}
	if v.ReasonText != "" && (v.State == models.Cancelled || v.State == models.Deferred) {
		n.Text += "\n\n" + i18n.T(ctx, "application.ended.reason", "Reason", v.ReasonText)
	}
	n.Text = joined(n.Text, standing(ctx, v)...)
	in := v.Offer.Intake
	if v.State == models.Expired && v.Unsent() {
		key += "_unsent"
		n.Title, n.Text = i18n.T(ctx, key+".title"), i18n.T(ctx, key+".text")
	}
	switch v.State {
	case models.Draft:
		return draftNext(ctx, v, n)
	case models.Submitted, models.InReview:
		until("review", v.ReviewBy)
	case models.NeedsFix:
		n.Yours = true
		until("send", v.FixBy)
	case models.NotEligible:
		until("contest", v.ContestUntil())
	case models.Verified:
		on("test", in.TestOn)
	case models.Invited:
		n.Yours = true
		until("come", v.TestAt)
	case models.Attended:
		on("announce", in.AnnounceOn)
	case models.Accepted:
		n.Yours = true
		until("enrol", v.EnrolBy)
	case models.Reserve, models.Enrolled:
		on("start", in.StartsOn)
	}
	return n
}

// step is what the person reads first: what happens now, with what certificates change about it.
func (p StatusPage) step(ctx context.Context) next {
	n := nextStep(ctx, p.Application, p.Reasons)
	if c, ok := p.returned(); ok {
		return next{Yours: true, Title: i18n.T(ctx, "application.next.certificate.title"), Text: returnedText(ctx, p, c)}
	}
	if len(p.lapsed(ctx)) > 0 || p.Application.State == models.Verified && p.short(ctx) {
		n = n.despite(ctx, p.Application.State)
	}
	return n
}

// standing adds to what happens next what else the person must know of it.
func standing(ctx context.Context, v models.ApplicationView) (lines []string) {
	if v.State == models.Reserve && v.PassedOverAt != nil {
		lines = append(lines, PassedOver(ctx, v.Application))
	}
	if v.State == models.Invited && v.SessionNumber != nil {
		lines = append(lines, i18n.T(ctx, "application.test.number", "Number", *v.SessionNumber))
	}
	if len(v.Events) > 0 && v.State == models.Verified && v.Events[0].Kind == models.EventUnplaced {
		lines = append(lines, i18n.T(ctx, "application.test.unplaced", "Why", v.Events[0].Note))
	}
	if v.Assessment != nil {
		lines = append(lines, i18n.T(ctx, "application.fact.assessment")+": "+Assessment(ctx, v.Application))
	}
	return lines
}

func joined(text string, lines ...string) string {
	return strings.Join(append([]string{text}, lines...), "\n\n")
}

//i18n:family application.test.said.* application.next.* application.deadline.* application.ended.*

func nextArgs(ctx context.Context, v models.ApplicationView) []any {
	rank := 0
	if v.ReserveRank != nil {
		rank = *v.ReserveRank
	}
	why := ""
	if v.State == models.Cancelled || v.State == models.Deferred {
		why = i18n.T(ctx, "application.ended."+v.ReasonCode, "Institution", v.Offer.Institution.Name)
	}
	return []any{"Institution", v.Offer.Institution.Name, "Place", v.TestPlace, "Rank", rank, "Why", why}
}

func receiptFacts(ctx context.Context, v models.ApplicationView) []components.Fact {
	facts := []components.Fact{{Label: i18n.T(ctx, "application.fact.number"), Text: v.Ref}}
	if v.SubmittedAt != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "application.fact.sent"), Text: i18n.Instant(ctx, *v.SubmittedAt)})
	}
	if v.ReviewBy != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "application.fact.review_by"), Text: i18n.DateLong(ctx, *v.ReviewBy)})
	}
	return facts
}

// programmeName is what an application is called in a list.
func programmeName(ctx context.Context, l models.ApplicationRow) string {
	return Name(ctx, l.ProgrammeTitle, models.Intake{Number: l.IntakeNumber, Session: l.IntakeSession})
}

// programmeNote is under the name: whose course it is, the number, and what waits.
func programmeNote(ctx context.Context, l models.ApplicationRow) string {
	note := l.InstitutionName + " · " + l.Ref
	if l.SubmittedAt != nil {
		note += " · " + i18n.T(ctx, "application.list.sent", "Date", i18n.Date(ctx, *l.SubmittedAt))
	}
	return note
}

func statusCrumbs(ctx context.Context, ref string) []components.Crumb {
	return []components.Crumb{
		{Label: i18n.T(ctx, "application.crumb.me"), Href: ambient.Href(ctx, urls.Me())},
		{Label: i18n.T(ctx, "application.list.title"), Href: ambient.Href(ctx, urls.Applications())},
		{Label: ref},
	}
}
