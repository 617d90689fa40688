package manage

import (
	"context"
	"strings"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

//i18n:family manage.step.*

// The steps of a programme that have a page before them.
const (
	StepSubmit   = "submit"
	StepSchedule = "schedule"
	StepWithdraw = "withdraw"
	StepReopen   = "reopen"
	StepDiscard  = "discard"
	StepDelete   = "delete"
)

// StepForm takes a step of the version that was seen. The moment from which some are taken is a form of its own.
type StepForm struct {
	Version int `form:"version"`
	Moment  MomentForm
}

// StepPage asks before a step of a programme: what it does, and who is told.
type StepPage struct {
	Step   string
	Hand   models.SubmitPreview
	Form   StepForm
	Going  int64 // applications that go on when a closed programme is opened again
	Lists  Lists
	Errors form.Errors
	Stale  bool // somebody else was faster
	Edits  []models.Edit
}

// Possible says whether the programme can take the step as it stands.
func (p StepPage) Possible() bool {
	d := p.Hand.Draft
	switch p.Step {
	case StepWithdraw, StepSchedule:
		return d.Programme.Submitted() || d.Programme.Scheduled()
	case StepReopen:
		return d.Programme.State == models.ProgrammeClosed
	case StepDiscard:
		return d.Programme.State == models.ProgrammePublished && d.Pending()
	case StepDelete:
		return d.RefusesDelete() == nil
	}
	return d.Editable() && (d.Programme.State == models.ProgrammeDrafted || d.Pending())
}

// path is where the step is posted.
func (p StepPage) path() string {
	ref := p.Hand.Draft.Programme.Ref
	switch p.Step {
	case StepWithdraw:
		return urls.ManageWithdraw(ref)
	case StepSchedule:
		return urls.ManageMoment(ref)
	case StepReopen:
		return urls.ManageReopenProgramme(ref)
	case StepDiscard:
		return urls.ManageDiscardChange(ref)
	case StepDelete:
		return urls.ManageDeleteProgramme(ref)
	}
	return urls.ManageSubmitProgramme(ref)
}

func (p StepPage) act(ctx context.Context) components.CheckActProps {
	d, key := p.Hand.Draft, "manage.step."+p.Step
	back := ambient.Href(ctx, urls.ManageProgramme(d.Programme.Ref))
	text := key + ".text"
	if p.Step == StepWithdraw && d.Programme.Scheduled() {
		text = "manage.step.withdraw.approved"
	}
	act := components.CheckActProps{
		Title: i18n.T(ctx, key+".title", "Programme", d.Content.Title), Text: i18n.T(ctx, text), Whom: p.whom(ctx),
		Action: ambient.Href(ctx, p.path()), Version: d.Programme.Version, Do: i18n.T(ctx, key+".do"), Back: back,
		Harmless: p.Step != StepDiscard && p.Step != StepDelete,
	}
	if p.Step == StepSubmit && len(d.Faults) > 0 {
		act.First = &components.ButtonLinkProps{Label: i18n.T(ctx, "manage.programme.complete"), Href: ambient.Href(ctx, firstMissing(d))}
	}
	if p.Step == StepSubmit && d.Pending() || p.Step == StepDiscard {
		changes := ChangesOf(ctx, p.Hand, p.Lists)
		act.Changes = &changes
	}
	if p.Step == StepSubmit || p.Step == StepSchedule {
		act.Subject, act.Letter = ChangeLetter(ctx, p.Hand)
	}
	return act
}

// whom says who is told of the step.
func (p StepPage) whom(ctx context.Context) string {
	switch {
	case p.Step == StepReopen && p.Going > 0:
		return i18n.T(ctx, "manage.step.going", "Count", p.Going)
	case p.Step == StepSubmit && !p.Hand.Draft.Pending():
		return i18n.T(ctx, "manage.step.officers")
	case (p.Step == StepSubmit || p.Step == StepSchedule) && p.Hand.People > 0:
		return i18n.T(ctx, "manage.step.people", "Count", p.Hand.People)
	}
	return i18n.T(ctx, "manage.step.nobody")
}

// of is the form of the programme, by whose labels its fields are called.
func (p StepPage) of(ctx context.Context) templ.Component {
	return Edit(EditPage{Draft: p.Hand.Draft, Form: FormOf(ctx, p.Hand.Draft), Lists: p.Lists})
}

// ChangesOf are what the change of a published programme makes other than it is, old and new beside each other.
func ChangesOf(ctx context.Context, h models.SubmitPreview, lists Lists) components.ChangesProps {
	public := h.Draft
	public.Content = h.Public
	changed := FormOf(ctx, h.Draft)
	return components.ChangesProps{
		Fields: form.Differences(FormOf(ctx, public), changed),
		Of:     Edit(EditPage{Draft: h.Draft, Form: changed, Lists: lists}),
	}
}

// ChangeLetter is what those read who applied, once the change of their programme is public; empty where nobody is told.
func ChangeLetter(ctx context.Context, h models.SubmitPreview) (subject, letter string) {
	if len(h.Lines) == 0 || h.People == 0 {
		return "", ""
	}
	return mail.Preview(ctx, "programme_changed", "Programme", h.Draft.Programme.Title, "Change", strings.Join(h.Lines, "\n"))
}

// moment asks when the programme is to be public.
func (p StepPage) moment(ctx context.Context) momentProps {
	m := momentProps{
		Label: i18n.T(ctx, "manage.moment.when"), Now: i18n.T(ctx, "manage.moment.approved"), Day: i18n.T(ctx, "manage.moment.day"),
		Form: p.Form.Moment, Errors: p.Errors,
	}
	if p.Hand.Draft.Programme.Scheduled() {
		m.Now = i18n.T(ctx, "manage.moment.now")
	}
	if m.Form.When == "" {
		m.Form = momentOf(ctx, p.Hand.Draft.Programme.PublishAt)
	}
	return m
}

// answers are what is written of a programme.
func (p StepPage) answers(ctx context.Context) []form.Difference {
	return form.Differences(ProgrammeForm{}, FormOf(ctx, p.Hand.Draft))
}

func (p StepPage) overtaken(ctx context.Context) *components.OvertakenProps {
	return overtakenProgramme(ctx, p.Stale, p.Edits, p.Hand.Draft)
}
