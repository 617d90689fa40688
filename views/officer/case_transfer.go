package officer

import (
	"cmp"
	"context"
	"strconv"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// TransferForm is what handing a case over asks beside a referral.
type TransferForm struct {
	Kind       string `form:"kind"`
	Keeps      string `form:"keeps"`
	OfficeName string `form:"office_name"`
	OfficeKind string `form:"office_kind"`
}

// withoutAccount stands in the place of an office that has none.
const withoutAccount = "-"

// Input is both forms as the Store takes them.
func (f TransferForm) Input(refer ReferForm) protection.TransferInput {
	return protection.TransferInput{ReferralInput: refer.Input(), Kind: f.Kind, Keeps: f.Keeps, Sheet: refer.Office == withoutAccount,
		OfficeName: f.OfficeName, OfficeKind: f.OfficeKind}
}

// TransferPage asks to whom a case goes over, or parts of it go on paper.
type TransferPage struct {
	ReferPage
	Over TransferForm
}

// offices are those with an account, and the way to one without.
func (p TransferPage) offices(ctx context.Context) []components.Option {
	paper := components.Option{Value: withoutAccount, Label: i18n.T(ctx, "case.transfer.no_account")}
	return append(p.ReferPage.offices(), paper)
}

//i18n:family case.transfer.kind.* case.transfer.keeps.* case.transfer.office_kind.* case.transfer.answer.* case.ask.reason.*

func transferKinds(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: protection.KindTransfer, Label: i18n.T(ctx, "case.transfer.kind.transfer"), Hint: i18n.T(ctx, "case.transfer.kind_over")},
		{Value: protection.KindRefer, Label: i18n.T(ctx, "case.transfer.kind.refer"), Hint: i18n.T(ctx, "case.transfer.kind_parts")},
	}
}

func keeps(ctx context.Context) (list []components.Option) {
	for _, keep := range []string{protection.KeepsOn, protection.KeepsEnds} {
		list = append(list, components.Option{Value: keep, Label: i18n.T(ctx, "case.transfer.keeps."+keep)})
	}
	return list
}

func officeKinds(ctx context.Context) (list []components.Option) {
	for _, kind := range models.PartnerKinds() {
		list = append(list, components.Option{Value: kind, Label: i18n.T(ctx, "case.transfer.office_kind."+kind)})
	}
	return list
}

// SheetAnswerForm is what an office without an account answered.
type SheetAnswerForm struct {
	Answer string `form:"answer"`
	Reason string `form:"reason"`
	SaidBy string `form:"said_by"`
	Source string `form:"source"`
	Leads  string `form:"leads"`
}

// Says is the form as the Store takes it.
func (f SheetAnswerForm) Says(due protection.Due) protection.SheetAnswer {
	return protection.SheetAnswer{State: f.Answer, Reason: f.Reason, SaidBy: f.SaidBy, Source: f.Source, Leads: f.Leads, Due: due}
}

// SheetAnswerPage asks what an office without an account answered.
type SheetAnswerPage struct {
	CasePage
	Referral string
	Answer   SheetAnswerForm
}

func (p SheetAnswerPage) action() string { return urls.CaseSheetAnswer(p.Case.Ref, p.Referral) }

func sheetAnswers(ctx context.Context) (list []components.Option) {
	for _, state := range []string{protection.ReferralAccepted, protection.ReferralRefused, protection.ReferralDone} {
		list = append(list, components.Option{Value: state, Label: i18n.T(ctx, "case.transfer.answer."+state)})
	}
	return list
}

func refusals(ctx context.Context) (list []components.Option) {
	for _, reason := range protection.RefusalReasons() {
		list = append(list, components.Option{Value: reason, Label: i18n.T(ctx, "partner.reason."+reason)})
	}
	return list
}

// AskForm answers a wish for a case.
type AskForm struct {
	Act    string `form:"tindakan"`
	Reason string `form:"reason"`
}

// AskPage is who asks for a case. Open is the wish whose answer was refused.
type AskPage struct {
	CasePage
	Ask  AskForm
	Open string
}

// of gives the faults of the answer to one wish, or of one's own.
func (p AskPage) of(ask string) form.Errors {
	if p.Open == ask {
		return p.Errors
	}
	return nil
}

// asks says whether the form that was refused is on the page.
func (p AskPage) asks() bool {
	if p.Open == "" {
		return p.may(protection.ActAsk) && !p.own()
	}
	return p.may(protection.ActAnswerAsk)
}

// own says whether the reader asks for it already.
func (p AskPage) own() bool {
	for _, a := range p.Case.Asks {
		if a.Own {
			return true
		}
	}
	return false
}

func askReasons(ctx context.Context) (list []components.Option) {
	for _, reason := range protection.AskReasons() {
		list = append(list, components.Option{Value: reason, Label: i18n.T(ctx, "case.ask.reason."+reason)})
	}
	return list
}

// asker is who asks: a colleague, or somebody of an office.
func asker(a protection.DeskAsk) string {
	if a.OfficeName != "" {
		return a.OfficeName + ", " + a.AskedName
	}
	return a.AskedName
}

// SheetPage is what of a case goes to an office on paper.
type SheetPage struct {
	Sheet protection.PartnerCase
	Ref   string // of the case
	Kinds []protection.CaseType
	Phone string // of the desk, while somebody is on duty: where the office calls back
}

func (p SheetPage) shown(part string) bool {
	for _, s := range p.Sheet.Parts {
		if s == part {
			return true
		}
	}
	return false
}

// title says which paper it is.
func (p SheetPage) title(ctx context.Context) string {
	return i18n.T(ctx, "case.transfer.sheet."+p.Sheet.Kind)
}

//i18n:family case.transfer.sheet.*

// rows are whom it is about and where, as far as that was chosen.
func (p SheetPage) rows(ctx context.Context) []components.SummaryRow {
	rows := []components.SummaryRow{
		{Label: i18n.T(ctx, "case.refer.office"), Text: p.Sheet.OfficeName},
		{Label: i18n.T(ctx, "case.transfer.sheet_from"), Text: p.Sheet.SenderName + ", " + ambient.From(ctx).Operator},
		{Label: i18n.T(ctx, "case.transfer.sheet_phone"), Text: cmp.Or(p.Phone, strings.Repeat("_", 24))},
		{Label: i18n.T(ctx, "case.urgency"), Text: i18n.T(ctx, "case.urgency."+string(p.Sheet.Urgency))},
		{Label: i18n.T(ctx, "partner.until"), Text: i18n.Instant(ctx, p.Sheet.Until)},
		{Label: i18n.T(ctx, "partner.asked"), Text: p.Sheet.Ask},
	}
	add := func(label, text string) {
		if text != "" {
			rows = append(rows, components.SummaryRow{Label: i18n.T(ctx, label), Text: text})
		}
	}
	for _, o := range p.Sheet.People {
		add("partner.person.name", o.Name)
		if o.BirthYear != nil {
			add("partner.person.born", strconv.Itoa(*o.BirthYear))
		}
		add("partner.person.village", o.Village)
		if o.Reach != nil {
			add("partner.person.channel", i18n.T(ctx, "case.channel."+string(o.Reach.Channel)))
			add("partner.person.address", o.Reach.Address)
			add("partner.person.hours", hoursWords(ctx, o.Reach.Hours))
			if !o.Reach.MayNameUs {
				add("partner.person.name_us", i18n.T(ctx, "partner.no"))
			}
		}
	}
	if p.shown(protection.ShowStory) {
		add("case.country", countryWord(ctx, p.Sheet.CountryName.In(i18n.Of(ctx))))
		add("case.kind", kindNames(ctx, p.Kinds, p.Sheet.Kinds))
		add("case.transfer.sheet_place", p.Sheet.Place)
		add("case.transfer.sheet_story", p.Sheet.Story)
	}
	for _, step := range p.Sheet.Home {
		text := homeState(ctx, step)
		if facts := homeFacts(ctx, step); len(facts) > 0 {
			text += ": " + strings.Join(facts, " · ")
		}
		add("case.home.step."+step.Kind, text)
	}
	return rows
}

// done are the acts on paper, the oldest first.
func (p SheetPage) done(ctx context.Context) (list []components.Event) {
	for _, e := range p.Sheet.Events {
		list = append(list, components.Event{Title: eventTitle(ctx, e), When: i18n.Instant(ctx, e.At), Text: e.Text})
	}
	return list
}
