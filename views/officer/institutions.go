package officer

import (
	"context"
	"net/url"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
	"naikkelas/views/manage"
	"naikkelas/views/programme"
)

//i18n:family officer.institution.state.* officer.institution.do.* officer.institution.ask.*

// institutionStates are the states of an institution in the order of an officer's interest.
var institutionStates = []models.InstitutionState{
	models.InstitutionSubmitted, models.InstitutionVerified, models.InstitutionSuspended, models.InstitutionRevoked,
}

// InstitutionsForm is what the list shows, as it stands in the address.
type InstitutionsForm struct {
	State models.InstitutionState
	Text  string
	After string
}

// ReadInstitutionsForm reads an address; without a state it is what waits for officers.
func ReadInstitutionsForm(v url.Values) InstitutionsForm {
	f := InstitutionsForm{State: models.InstitutionState(v.Get("keadaan")), Text: v.Get("nama"), After: v.Get("sesudah")}
	if f.State == "" {
		f.State = models.InstitutionSubmitted
	}
	return f
}

func (f InstitutionsForm) path(after string) string {
	return urls.WithQuery(urls.OfficerInstitutions(), "keadaan", string(f.State), "nama", f.Text, "sesudah", after)
}

// InstitutionsPage is the officers' list of institutions.
type InstitutionsPage struct {
	Form   InstitutionsForm
	Page   models.OfficerInstitutions
	Counts map[models.InstitutionState]int
	Joins  bool // the reader looks at those that ask to join
}

func (p InstitutionsPage) states(ctx context.Context) []components.Option {
	var options []components.Option
	for _, s := range institutionStates {
		label := institutionState(ctx, s) + " (" + i18n.Number(ctx, p.Counts[s]) + ")"
		options = append(options, components.Option{Value: string(s), Label: label})
	}
	return options
}

func institutionState(ctx context.Context, s models.InstitutionState) string {
	return i18n.T(ctx, "officer.institution.state."+string(s))
}

func institutionTag(ctx context.Context, s models.InstitutionState) components.TagProps {
	kind := components.TagPlain
	if s == models.InstitutionSuspended || s == models.InstitutionRevoked {
		kind = components.TagRefused
	}
	return components.TagProps{Kind: kind, Label: institutionState(ctx, s)}
}

// InstitutionForm is an officer's decision about an institution.
type InstitutionForm struct {
	Version int    `form:"version"`
	To      string `form:"to"`
	Note    string `form:"note"`
}

// Decision is the form as the Store takes it.
func (f InstitutionForm) Decision() models.InstitutionDecision {
	return models.InstitutionDecision{To: models.InstitutionState(f.To), Version: f.Version, Note: f.Note}
}

// InstitutionPage is one institution with its papers and its history.
type InstitutionPage struct {
	Institution models.Institution
	Events      []models.InstitutionEvent
	Preview     models.EndPreview // of the step that is asked about
	Form        InstitutionForm
	Errors      form.Errors
	Stale       bool // somebody else was faster
	Edits       []models.Edit
}

// Asks says whether the step in the form is one before which whom it touches is shown.
func (p InstitutionPage) Asks() bool {
	to := models.InstitutionState(p.Form.To)
	return to != models.InstitutionVerified && p.Institution.State.CanBecome(to)
}

// act is the page before a step. People of an institution that was never verified are none.
func (p InstitutionPage) act(ctx context.Context) components.CheckActProps {
	to, ref := models.InstitutionState(p.Form.To), p.Institution.Ref
	act := components.CheckActProps{
		Title: stepWord(ctx, to) + ": " + p.Institution.Name, Text: i18n.T(ctx, "officer.institution.ask."+string(to)),
		Action: ambient.Href(ctx, urls.OfficerInstitution(ref)), Version: p.Institution.Version,
		Do: stepWord(ctx, to), Back: ambient.Href(ctx, urls.OfficerInstitution(ref)),
	}
	if p.Institution.State == models.InstitutionSubmitted {
		return act
	}
	act.Whom = manage.Whom(ctx, p.Preview)
	act.Subject, act.Letter = mail.Preview(ctx, p.Preview.Kind.Letter())
	return act
}

// licence says that new registrations are closed by the licence, or that nothing will close them; empty while its end is known
// and to come.
func (p InstitutionPage) licence(ctx context.Context) string {
	switch in := p.Institution; {
	case in.LicenceOver(ambient.From(ctx).Now):
		return i18n.T(ctx, "join.over.desk", "Date", i18n.Date(ctx, *in.LicenseExpiresOn))
	case in.Kind == "lpk" && in.LicenseExpiresOn == nil:
		return i18n.T(ctx, "join.over.unknown")
	}
	return ""
}

// steps are the decisions that can be taken now, the one that the officer tried first.
func (p InstitutionPage) steps() []models.InstitutionState {
	var steps []models.InstitutionState
	for _, s := range institutionStates {
		if p.Institution.State.CanBecome(s) {
			steps = append(steps, s)
		}
	}
	return steps
}

func (p InstitutionPage) facts(ctx context.Context) []components.Fact {
	in := p.Institution
	facts := programme.Licences(ctx, in, ambient.From(ctx).Now)
	for _, f := range []components.Fact{
		{Label: i18n.T(ctx, "officer.institution.nib"), Text: in.NIB},
		{Label: i18n.T(ctx, "officer.institution.person"), Text: in.ResponsiblePerson},
		{Label: i18n.T(ctx, "public.institution.address"), Text: in.Street},
		{Label: i18n.T(ctx, "public.institution.phone"), Text: in.Phone},
		{Label: i18n.T(ctx, "public.institution.email"), Text: in.Email},
		{Label: i18n.T(ctx, "public.institution.complaint"), Text: in.ComplaintContact},
	} {
		if f.Text != "" {
			facts = append(facts, f)
		}
	}
	if in.Website != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.institution.website"), Content: components.WebLink(in.Website)})
	}
	return append(facts, components.Fact{Label: i18n.T(ctx, "officer.institution.since"), Text: i18n.Instant(ctx, in.CreatedAt)})
}

func stepWord(ctx context.Context, s models.InstitutionState) string {
	return i18n.T(ctx, "officer.institution.do."+string(s))
}
