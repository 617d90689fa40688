package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// CaseForm is one act on a case: which fields count is the act's own.
type CaseForm struct {
	Version     int      `form:"version"`
	Token       string   `form:"token"`
	Person      string   `form:"person"`
	Channel     string   `form:"channel"`
	Reached     string   `form:"reached"`
	Text        string   `form:"text"`
	Next        string   `form:"next"`
	Due         string   `form:"due"`
	Why         string   `form:"why"`
	Officer     string   `form:"officer"`
	Kinds       []string `form:"kinds"`
	Urgency     string   `form:"urgency"`
	Trafficking string   `form:"trafficking"`
	Child       string   `form:"child"`
	Outcome     string   `form:"outcome"`
	Agree       string   `form:"agree"`
	After       string   `form:"after"` // whether it helped
	How         string   `form:"how"`   // an officer made sure who asks for a PIN
}

// answerYes is what a choice of two sends.
const (
	answerYes = "ya"
	answerNo  = "tidak"
)

// Press is the press on the form, of one case.
func (f CaseForm) Press(ref string) protection.Press {
	return protection.Press{Ref: ref, Version: f.Version, Form: f.Token}
}

// CheckContact looks at what a logged contact needs beside what the Store asks for.
func (f CaseForm) CheckContact() form.Errors {
	var errs form.Errors
	if f.Reached != answerYes && f.Reached != answerNo {
		errs.Add("reached", "case.choice")
	}
	return errs
}

// CheckAgree looks at whether a closing was answered.
func (f CaseForm) CheckAgree() form.Errors {
	var errs form.Errors
	if f.Agree != answerYes && f.Agree != answerNo {
		errs.Add("agree", "case.choice")
	}
	return errs
}

// due is who must act next and by when, by the clock of Jakarta; what is no time is none.
func (f CaseForm) due() protection.Due {
	by, err := time.ParseInLocation("2006-01-02T15:04", strings.Replace(strings.TrimSpace(f.Due), " ", "T", 1), i18n.WIB)
	if err != nil {
		by = time.Time{}
	}
	return protection.Due{Next: protection.Actor(f.Next), By: by}
}

// Contact is the form as the Store takes it.
func (f CaseForm) Contact() protection.Contact {
	return protection.Contact{Person: f.Person, Channel: f.Channel, Reached: f.Reached == answerYes, Text: f.Text, Due: f.due()}
}

// Answer is what the form leaves to whom, and by when.
func (f CaseForm) Answer() protection.Due { return f.due() }

// Judgement is the form as the Store takes it.
func (f CaseForm) Judgement() protection.Judgement {
	return protection.Judgement{Kinds: f.Kinds, Urgency: protection.Urgency(f.Urgency), Trafficking: f.Trafficking, Child: f.Child != "",
		Why: f.Why}
}

// Agrees says whether the closing is agreed to.
func (f CaseForm) Agrees() bool { return f.Agree == answerYes }

// CasePage is one case. Revealed holds the addresses that the reader had shown, by person.
type CasePage struct {
	Case     protection.DeskCase
	Types    []protection.CaseType
	Form     CaseForm
	Errors   form.Errors
	Revealed map[string]string
}

func (p CasePage) may(act protection.Act) bool { return p.Case.May[act] }

// line is where and what the case is.
func (p CasePage) line(ctx context.Context) string {
	parts := []string{countryWord(ctx, p.Case.CountryName.In(i18n.Of(ctx)))}
	if len(p.Case.Kinds) > 0 {
		parts = append(parts, kindNames(ctx, p.Types, p.Case.Kinds))
	}
	return strings.Join(append(parts, doorWord(ctx, p.Case.Door)), " · ")
}

// steps are the acts that the reader may do now, beside logging, each with its page.
func (p CasePage) steps() (list []caseStep) {
	for _, s := range caseSteps {
		if p.may(s.Act) && s.Word != StepAnswer {
			list = append(list, s)
		}
	}
	return list
}

// first are what an officer does first on a case of these kinds, one a line.
func (p CasePage) first() (list []string) {
	for _, t := range p.Types {
		for _, code := range p.Case.Kinds {
			if t.Code == code {
				list = append(list, strings.Split(t.FirstSteps, "\n")...)
			}
		}
	}
	return list
}

// people are those who can be contacted.
func (p CasePage) people(ctx context.Context) (list []components.Option) {
	for _, o := range p.Case.People {
		list = append(list, components.Option{Value: o.Ref, Label: personName(ctx, o) + " (" + partWord(ctx, o) + ")"})
	}
	return list
}

func contactOptions(ctx context.Context) (list []components.Option) {
	for _, c := range protection.ContactChannels() {
		list = append(list, components.Option{Value: c, Label: i18n.T(ctx, "case.channel."+c)})
	}
	return list
}

func yesNo(yes, no string) []components.Option {
	return []components.Option{{Value: answerYes, Label: yes}, {Value: answerNo, Label: no}}
}

// waits says that the hours of a person are known and closed now, and when they open.
func waits(ctx context.Context, p protection.DeskPerson) (opens time.Time, closed bool) {
	opens, known := p.Opens(ambient.From(ctx).Now)
	return opens, known && opens.After(ambient.From(ctx).Now)
}

// openNow says that the person may be reached now.
func openNow(ctx context.Context, p protection.DeskPerson) bool {
	opens, known := p.Opens(ambient.From(ctx).Now)
	return known && !opens.After(ambient.From(ctx).Now)
}

// by is who did an event: an officer, the person, or the portal.
func (p CasePage) by(ctx context.Context, e protection.DeskEvent) string {
	if e.ActorName != "" {
		return e.ActorName
	}
	for _, o := range p.Case.People {
		if e.PersonID != nil && o.ID == *e.PersonID {
			return personName(ctx, o)
		}
	}
	return i18n.T(ctx, "case.by_portal")
}

// with is with whom an event of the desk was.
func (p CasePage) with(ctx context.Context, e protection.DeskEvent) string {
	for _, o := range p.Case.People {
		if e.ActorID != nil && e.PersonID != nil && o.ID == *e.PersonID {
			return personName(ctx, o)
		}
	}
	return ""
}

// A caseStep is an act that has a page of its own.
type caseStep struct {
	Word string // in addresses
	Act  protection.Act
}

// The words of acts in addresses.
const (
	StepTakeOver = "ambil-alih"
	StepAssign   = "tugaskan"
	StepNote     = "catatan"
	StepAnswer   = "tulis"
	StepJudge    = "nilai"
	StepClose    = "tutup"
	StepAgree    = "setuju"
	StepReopen   = "buka"
	StepAfter    = "kabar"
	StepPIN      = "pin"
)

var caseSteps = []caseStep{
	{StepAgree, protection.ActAgree}, {StepTakeOver, protection.ActTakeOff}, {StepNote, protection.ActLog}, {StepAnswer, protection.ActWrite},
	{StepJudge, protection.ActJudge}, {StepAssign, protection.ActAssign}, {StepClose, protection.ActClose}, {StepReopen, protection.ActReopen},
	{StepAfter, protection.ActAfter}, {StepPIN, protection.ActPIN},
}

//i18n:family case.step.* case.step_text.*

func stepLabel(ctx context.Context, word string) string {
	return i18n.T(ctx, "case.step."+strings.ReplaceAll(word, "-", "_"))
}

// CaseStepPage asks for one act on a case.
type CaseStepPage struct {
	CasePage
	Step     string
	Officers []models.User
	NewPIN   string // shown this once
	// Referrals are those of a case that is to be closed.
	Referrals protection.CaseReferrals
}

// working are the offices that work on the case now, or were asked to: closing ends that.
func (p CaseStepPage) working() string {
	var names []string
	for _, r := range p.Referrals.Referrals {
		if r.State == protection.ReferralSent || r.State == protection.ReferralAccepted {
			names = append(names, r.OfficeName)
		}
	}
	return strings.Join(names, ", ")
}

// Allowed says whether the act is the reader's now.
func (p CaseStepPage) Allowed() bool {
	for _, s := range caseSteps {
		if s.Word == p.Step {
			return p.may(s.Act)
		}
	}
	return false
}

// IsStep says whether a word of an address names an act.
func IsStep(word string) bool {
	for _, s := range caseSteps {
		if s.Word == word {
			return true
		}
	}
	return false
}

// CaseFormOf fills the form of an act with what the case says now.
func CaseFormOf(c protection.DeskCase, token, person string) CaseForm {
	f := CaseForm{Version: c.Version, Token: token, Person: person, Kinds: c.Kinds, Urgency: string(c.Urgency), Trafficking: c.Trafficking}
	if c.InvolvesChild {
		f.Child = answerYes
	}
	return f
}

// answered are those whom the step writes to: who was chosen, else all who read what is written.
func (p CaseStepPage) answered() (list []protection.DeskPerson) {
	for _, o := range p.Case.People {
		if o.Reads() && (p.Form.Person == "" || o.Ref == p.Form.Person) {
			list = append(list, o)
		}
	}
	return list
}

func (p CaseStepPage) officers() (list []components.Option) {
	for _, u := range p.Officers {
		if p.Case.LeadID == nil || *p.Case.LeadID != u.ID {
			list = append(list, components.Option{Value: u.Ref, Label: u.Name})
		}
	}
	return list
}

// readers are those on the case who can read what is written to them.
func (p CaseStepPage) readers(ctx context.Context) (list []components.Option) {
	for _, o := range p.Case.People {
		if o.Reads() {
			list = append(list, components.Option{Value: o.Ref, Label: personName(ctx, o) + " (" + partWord(ctx, o) + ")"})
		}
	}
	return list
}

// mayRead are those on the case who can be given a PIN.
func (p CaseStepPage) mayRead(ctx context.Context) (list []components.Option) {
	for _, o := range p.Case.People {
		if o.Part.MayRead() {
			list = append(list, components.Option{Value: o.Ref, Label: personName(ctx, o) + " (" + partWord(ctx, o) + ")"})
		}
	}
	return list
}

func (p CaseStepPage) kinds(ctx context.Context) (list []components.Option) {
	list = kindOptions(ctx, p.Types)
	for _, code := range p.Case.Kinds { // one that ended meanwhile stays chosen
		known := false
		for _, o := range list {
			known = known || o.Value == code
		}
		if !known {
			list = append(list, components.Option{Value: code, Label: code})
		}
	}
	return list
}

func (p CaseStepPage) outcomes(ctx context.Context) (list []components.Option) {
	for _, o := range protection.Outcomes() {
		list = append(list, components.Option{Value: o, Label: i18n.T(ctx, "case.outcome."+o)})
	}
	return list
}

func traffickingOptions(ctx context.Context) (list []components.Option) {
	for _, code := range []string{protection.TraffickingNotAssessed, protection.TraffickingIndicated, protection.TraffickingNo} {
		list = append(list, components.Option{Value: code, Label: traffickingWord(ctx, code)})
	}
	return list
}

func (p CaseStepPage) action() string { return urls.CaseStep(p.Case.Ref, p.Step) }

// kind is how the button looks: what ends a case is red.
func (p CaseStepPage) kind() components.ButtonKind {
	if p.Step == StepClose {
		return components.Danger
	}
	return components.Primary
}

// turnClass is how the line looks that says whose turn it is.
func turnClass(ctx context.Context, c protection.Case) string {
	if late(ctx, c) {
		return "border-error bg-error/10"
	}
	return "border-info bg-base-200"
}

// dangerKey is the answer to the first question as keys of sentences are written.
func dangerKey(d protection.Danger) string {
	if d == "" {
		return "unsaid"
	}
	return string(d)
}

// sayable are the errors whose fields are on the page: whoever may not do it reads that alone.
func sayable(errs form.Errors, allowed bool) form.Errors {
	if allowed || !errs.Any() {
		return errs
	}
	var only form.Errors
	only.Add("", "case.not_yours")
	return only
}
