package officer

import (
	"context"
	"strconv"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
	"naikkelas/models/record"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// ReferForm refers parts of a case to an office. Version is that of the case as it was shown.
type ReferForm struct {
	Office  string    `form:"office"`
	Parts   []string  `form:"parts"`
	Files   []string  `form:"files"`
	Ask     string    `form:"ask"`
	Until   form.Date `form:"until"`
	Person  string    `form:"person"`
	How     string    `form:"how"`
	Why     string    `form:"why"`
	Version int       `form:"version"`
	Token   string    `form:"token"`
}

// Input is the form as the Store takes it.
func (f ReferForm) Input() protection.ReferralInput {
	var until time.Time
	if day, ok := f.Until.Time(); ok {
		until = record.DateDay(day).End()
	}
	in := protection.ReferralInput{Office: f.Office, Parts: f.Parts, Ask: f.Ask, Until: until, Person: f.Person, How: f.How, Why: f.Why}
	in.Files = f.Files
	if f.Person == withoutConsent {
		in.Person, in.WithoutConsent = "", true
	}
	return in
}

// withoutConsent stands in the place of who agreed, chosen on purpose.
const withoutConsent = "-"

// Said is what is shown once it was taken.
func (f ReferForm) Said() string {
	if f.Person == withoutConsent {
		return "case.refer.proposed"
	}
	return "case.refer.sent"
}

// What an officer can answer to a referral that goes on.
const (
	AgreeReferral    = "setuju"
	DeclineReferral  = "tidak-setuju"
	WithdrawReferral = "tarik"
)

// ReferralBackForm is the second officer's word, or that a referral is taken back.
type ReferralBackForm struct {
	Act     string `form:"tindakan"`
	Why     string `form:"back"`
	Version int    `form:"version"`
	Token   string `form:"token"`
}

// ReferPage is what of a case lies before other offices. Open is the referral that is to be taken
// back, or whose form was refused.
type ReferPage struct {
	protection.CaseReferrals
	Form   ReferForm
	Back   ReferralBackForm
	Open   string
	Errors form.Errors
}

// of gives the faults of the form of one referral, or of the form for a new one.
func (p ReferPage) of(referral string) form.Errors {
	if p.Open == referral {
		return p.Errors
	}
	return nil
}

func (p ReferPage) version() string { return strconv.Itoa(p.Case.Version) }

//i18n:family partner.shown.*
//i18n:family case.part.*
//i18n:family case.refer.how.*
//i18n:family case.refer.state.*

func (p ReferPage) offices() (list []components.Option) {
	for _, o := range p.Offices {
		list = append(list, components.Option{Value: o.Ref, Label: o.Name})
	}
	return list
}

func (p ReferPage) parts(ctx context.Context) (list []components.Option) {
	for _, part := range protection.Shown() {
		list = append(list, components.Option{Value: part, Label: i18n.T(ctx, "partner.shown."+part)})
	}
	return list
}

// people are those who can agree, by name where it is known.
func (p ReferPage) people(ctx context.Context) (list []components.Option) {
	for _, o := range p.People {
		label := i18n.T(ctx, "case.part."+string(o.Part))
		if o.Name != "" {
			label = o.Name + ", " + label
		}
		list = append(list, components.Option{Value: o.Ref, Label: label})
	}
	nobody := components.Option{Value: withoutConsent, Label: i18n.T(ctx, "case.refer.nobody"), Hint: i18n.T(ctx, "case.refer.nobody_hint")}
	return append(list, nobody)
}

func ways(ctx context.Context) (list []components.Option) {
	for _, way := range protection.ConsentWays() {
		list = append(list, components.Option{Value: way, Label: i18n.T(ctx, "case.refer.how."+way)})
	}
	return list
}

// goesOn says whether anything can be done with a referral still.
func goesOn(r protection.DeskReferral) bool {
	return r.State == protection.ReferralProposed || r.State == protection.ReferralSent || r.State == protection.ReferralAccepted
}

// facts are what is known of a referral.
func (p ReferPage) facts(ctx context.Context, r protection.DeskReferral) []components.Fact {
	var shown string
	for i, part := range r.Parts {
		if i > 0 {
			shown += ", "
		}
		shown += i18n.T(ctx, "partner.shown."+part)
	}
	items := []components.Fact{
		{Label: i18n.T(ctx, "case.transfer.what"), Text: i18n.T(ctx, "case.transfer.kind."+r.Kind)},
		{Label: i18n.T(ctx, "partner.sent"), Text: i18n.Instant(ctx, r.SentAt) + ", " + r.SentByName},
		{Label: i18n.T(ctx, "case.transfer.lead_then"), Text: r.LeadName},
		{Label: i18n.T(ctx, "case.refer.parts"), Text: shown},
		{Label: i18n.T(ctx, "partner.until"), Text: i18n.Instant(ctx, r.Until)},
	}
	if r.ConsentBy != "" {
		text := i18n.T(ctx, "case.part."+string(r.ConsentBy)) + ", " + i18n.T(ctx, "case.refer.how."+r.ConsentHow)
		if r.ConsentOver {
			text += ". " + i18n.T(ctx, "case.refer.consent_over")
		}
		items = append(items, components.Fact{Label: i18n.T(ctx, "case.refer.consent"), Text: text})
	}
	if r.Files > 0 {
		items = append(items, components.Fact{Label: i18n.T(ctx, "attach.desk_title"), Text: i18n.T(ctx, "attach.shown_count", "Count", r.Files)})
	}
	for _, fact := range []components.Fact{
		{Label: i18n.T(ctx, "case.transfer.leads"), Text: r.Leads}, {Label: i18n.T(ctx, "case.transfer.said_by"), Text: r.SaidBy},
		{Label: i18n.T(ctx, "case.transfer.source"), Text: r.Source},
	} {
		if fact.Text != "" {
			items = append(items, fact)
		}
	}
	if r.Why != "" {
		items = append(items, components.Fact{Label: i18n.T(ctx, "case.refer.why"), Text: r.Why})
	}
	if r.Reason != "" {
		items = append(items, components.Fact{Label: i18n.T(ctx, "partner.reason"), Text: i18n.T(ctx, "partner.reason."+r.Reason)})
	}
	return items
}

//i18n:family partner.reason.*
