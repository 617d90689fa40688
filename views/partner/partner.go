// Package partner holds the pages of partner offices.
package partner

import (
	"context"
	"slices"
	"strconv"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/layouts"
)

// Errors are what is wrong with a form here.
type Errors = form.Errors

// The forms of the page of a referral, by which one is open again after a refusal.
const (
	FormAccept = "accept"
	FormRefuse = "refuse"
	FormLog    = "log"
	FormDone   = "done"
	FormAsk    = "ask"
)

// Form is what the forms of the page of a referral send. Version is that of the referral as it was shown.
type Form struct {
	Text    string    `form:"text"`
	Outcome string    `form:"outcome"`
	Ask     string    `form:"ask"`
	Leads   string    `form:"leads"`
	Over    bool      `form:"over"` // what is accepted is a transfer
	Reason  string    `form:"reason"`
	Next    string    `form:"next"`
	By      form.Date `form:"due"`
	Version int       `form:"version"`
	Token   string    `form:"token"`
}

// CheckBy looks at the day by which something is to be done.
func (f Form) CheckBy() Errors {
	var errs Errors
	errs.Add("due", f.By.CheckRequired())
	return errs
}

// CheckNothing leaves everything to the Store.
func (f Form) CheckNothing() Errors { return nil }

// Due is the end of the day by which something is to be done.
func (f Form) Due() time.Time {
	day, ok := f.By.Time()
	if !ok {
		return time.Time{}
	}
	return record.DateDay(day).End()
}

// ListPage is what was referred to an office.
type ListPage struct {
	Office models.PartnerOffice
	Rows   []protection.PartnerRow
	Kinds  []protection.CaseType
}

func (p ListPage) living() (list []protection.PartnerRow) {
	return slices.DeleteFunc(slices.Clone(p.Rows), func(r protection.PartnerRow) bool { return !r.Lives })
}

func (p ListPage) ended() (list []protection.PartnerRow) {
	return slices.DeleteFunc(slices.Clone(p.Rows), func(r protection.PartnerRow) bool { return r.Lives })
}

// ReferralPage is one case as far as the office may see it; Open is the form that was refused.
type ReferralPage struct {
	Case   protection.PartnerCase
	Kinds  []protection.CaseType
	Form   Form
	Open   string
	Errors Errors
}

// OverPage is for a referral that the office sees no more: it holds what was typed, and nothing of the case. Looked says that
// nothing was sent.
type OverPage struct {
	Ref    string
	Form   Form
	Looked bool
}

// words are the texts that were typed.
func (p OverPage) words() []string {
	blank := func(text string) bool { return strings.TrimSpace(text) == "" }
	return slices.DeleteFunc([]string{p.Form.Text, p.Form.Outcome, p.Form.Ask, p.Form.Leads}, blank)
}

// day is the day that was chosen by which something is to be done, in words; what is no day stands as it was typed.
func (p OverPage) day(ctx context.Context) string {
	if day, ok := p.Form.By.Time(); ok {
		return i18n.Date(ctx, record.DateDay(day).Start())
	}
	return strings.TrimSpace(strings.Join([]string{p.Form.By.Day, p.Form.By.Month, p.Form.By.Year}, " "))
}

// next is who was to act then.
func (p OverPage) next(ctx context.Context) string {
	for _, o := range nexts(ctx) {
		if o.Value == p.Form.Next {
			return o.Label
		}
	}
	return ""
}

// of gives the faults of one of the page's forms.
func (p ReferralPage) of(form string) Errors {
	if p.Open == form {
		return p.Errors
	}
	return nil
}

// typed gives what was typed into one of the page's forms.
func (p ReferralPage) typed(form string) Form {
	if p.Open == form {
		return p.Form
	}
	return Form{Token: p.Form.Token}
}

func (p ReferralPage) version() string { return strconv.Itoa(p.Case.Version) }

// screen is the frame of this desk's pages.
func screen(ctx context.Context, title string, errs Errors) layouts.OfficerPage {
	return layouts.OfficerPage{
		Page: layouts.Page{Title: title, Errors: errs}, Section: i18n.T(ctx, "partner.section"),
		Nav: []layouts.NavItem{{Label: i18n.T(ctx, "partner.nav"), Href: urls.Partner(), Active: true}},
	}
}

//i18n:family partner.state.* case.transfer.kind.*
//i18n:family partner.shown.*
//i18n:family partner.reason.*
//i18n:family case.urgency.*
//i18n:family case.event.*
//i18n:family case.part.*
//i18n:family case.actor.*
//i18n:family case.channel.*
//i18n:family case.hours.*

// kinds names the kinds of a case.
func kinds(ctx context.Context, codes []string, types []protection.CaseType) string {
	var names []string
	for _, code := range codes {
		if at := slices.IndexFunc(types, func(t protection.CaseType) bool { return t.Code == code }); at >= 0 {
			names = append(names, types[at].Name.In(i18n.Of(ctx)))
		}
	}
	if len(names) == 0 {
		return i18n.T(ctx, "partner.kinds_none")
	}
	return strings.Join(names, ", ")
}

// place is the country that an office is told.
func place(ctx context.Context, name models.Text) string {
	if text := name.In(i18n.Of(ctx)); text != "" {
		return text
	}
	return i18n.T(ctx, "partner.country_unknown")
}

// head are the facts over a referral.
func (p ReferralPage) head(ctx context.Context) []components.Fact {
	c := p.Case
	items := []components.Fact{
		{Label: i18n.T(ctx, "case.transfer.what"), Text: i18n.T(ctx, "case.transfer.kind."+c.Kind)},
		{Label: i18n.T(ctx, "partner.col.state"), Text: i18n.T(ctx, "partner.state."+c.State)},
		{Label: i18n.T(ctx, "partner.col.urgency"), Text: i18n.T(ctx, "case.urgency."+string(c.Urgency))},
		{Label: i18n.T(ctx, "partner.col.kinds"), Text: kinds(ctx, c.PartnerRow.Kinds, p.Kinds)},
		{Label: i18n.T(ctx, "partner.sent"), Text: i18n.Instant(ctx, c.SentAt) + ", " + c.SenderName},
		{Label: i18n.T(ctx, "partner.until"), Text: i18n.Instant(ctx, c.Until)},
	}
	if c.DueAt != nil {
		items = append(items, components.Fact{Label: i18n.T(ctx, "partner.due"), Text: i18n.Instant(ctx, *c.DueAt)})
	}
	return items
}

// shown says whether the office is shown a part.
func (p ReferralPage) shown(part string) bool { return slices.Contains(p.Case.Parts, part) }

// person are the facts of somebody on the case.
func (p ReferralPage) person(ctx context.Context, o protection.PartnerPerson) []components.Fact {
	var items []components.Fact
	add := func(label, text string) {
		if text != "" {
			items = append(items, components.Fact{Label: i18n.T(ctx, label), Text: text})
		}
	}
	add("partner.person.name", o.Name)
	add("partner.person.relation", o.Relation)
	if o.BirthYear != nil {
		add("partner.person.born", strconv.Itoa(*o.BirthYear))
	}
	add("partner.person.village", o.Village)
	if o.Reach == nil {
		return items
	}
	add("partner.person.channel", i18n.T(ctx, "case.channel."+string(o.Reach.Channel)))
	add("partner.person.address", o.Reach.Address)
	var hours []string
	for _, h := range o.Reach.Hours {
		hours = append(hours, i18n.T(ctx, "case.hours."+h))
	}
	add("partner.person.hours", strings.Join(hours, ", "))
	add("partner.person.message", yesNo(ctx, o.Reach.MayLeaveMessage))
	add("partner.person.name_us", yesNo(ctx, o.Reach.MayNameUs))
	add("partner.person.others", o.Reach.OthersAnswer)
	return items
}

func yesNo(ctx context.Context, yes bool) string {
	if yes {
		return i18n.T(ctx, "partner.yes")
	}
	return i18n.T(ctx, "partner.no")
}

// events are what was done, the newest first.
func (p ReferralPage) events(ctx context.Context) []components.Event {
	var list []components.Event
	for _, e := range p.Case.Events {
		title := eventTitle(ctx, e)
		if e.ActorName != "" {
			title += ", " + e.ActorName
		}
		list = append(list, components.Event{Title: title, When: i18n.Instant(ctx, e.At), ISO: e.At.Format(time.RFC3339), Text: e.Text})
	}
	return list
}

// eventTitle says what happened; of a contact, whether somebody was reached.
func eventTitle(ctx context.Context, e protection.DeskEvent) string {
	switch {
	case e.Kind != protection.EventContacted:
		return i18n.T(ctx, "case.event."+e.Kind)
	case e.Reached != nil && *e.Reached:
		return i18n.T(ctx, "case.contact_reached", "Channel", i18n.T(ctx, "case.channel."+e.Channel))
	}
	return i18n.T(ctx, "case.contact_missed", "Channel", i18n.T(ctx, "case.channel."+e.Channel))
}

func reasons(ctx context.Context) []components.Option {
	var list []components.Option
	for _, r := range protection.RefusalReasons() {
		list = append(list, components.Option{Value: r, Label: i18n.T(ctx, "partner.reason."+r)})
	}
	return list
}

// nexts are those who may have to act after the office.
func nexts(ctx context.Context) []components.Option {
	var list []components.Option
	for _, a := range []protection.Actor{protection.ActorPartner, protection.ActorLead, protection.ActorPerson, protection.ActorExternal} {
		list = append(list, components.Option{Value: string(a), Label: i18n.T(ctx, "case.actor."+string(a))})
	}
	return list
}

// endState is how a referral ended: one whose time or consent is over without another word is withdrawn for the office.
func endState(r protection.PartnerRow) string {
	if r.State == protection.ReferralSent || r.State == protection.ReferralAccepted {
		return "over"
	}
	return r.State
}

// notShown are the parts that were not chosen, in one line.
func (p ReferralPage) notShown(ctx context.Context) string {
	var parts []string
	for _, part := range protection.Shown() {
		if !p.shown(part) {
			parts = append(parts, i18n.T(ctx, "partner.shown."+part))
		}
	}
	return strings.Join(parts, "; ")
}
