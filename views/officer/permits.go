package officer

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/join"
	"naikkelas/views/mail"
)

//i18n:family join.licence.do.* join.licence.ask.* join.licence.was.*

// LicenceChangesPage lists the changes of permits that wait for officers.
type LicenceChangesPage struct{ List models.ChangeList }

func (p LicenceChangesPage) next() string {
	return urls.WithQuery(urls.LicenceChanges(), "sesudah", p.List.Next)
}

// LicenceChangePage is one of them, old beside new.
type LicenceChangePage struct {
	File   models.ChangeFile
	Form   RequestStepForm
	Errors form.Errors
	Stale  bool // somebody else was faster
}

// licenceSteps are what officers may make of a change.
var licenceSteps = []models.ChangeState{models.ChangeConfirmed, models.ChangeReturned}

// Asks says whether the step in the form is one that can be taken now.
func (p LicenceChangePage) Asks() bool {
	return p.File.State == models.ChangeSent && slices.Contains(licenceSteps, models.ChangeState(p.Form.To))
}

// Decision is the form as the Store takes it.
func (p LicenceChangePage) Decision() models.ChangeDecision {
	return models.ChangeDecision{Confirm: p.Form.To == string(models.ChangeConfirmed), Version: p.Form.Version, Note: p.Form.Note}
}

func (p LicenceChangePage) act(ctx context.Context) components.CheckActProps {
	to, name := p.Form.To, p.File.Institution.Name
	subject, letter := mail.Preview(ctx, "licence_"+to, "Institution", name)
	return components.CheckActProps{
		Title: i18n.T(ctx, "join.licence.do."+to) + ": " + name, Text: i18n.T(ctx, "join.licence.ask."+to),
		Whom: i18n.T(ctx, "join.licence.whom", "Institution", name), Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, urls.LicenceStep(p.File.Ref)), Version: p.File.Version, Do: i18n.T(ctx, "join.licence.do."+to),
		Back: ambient.Href(ctx, urls.LicenceChange(p.File.Ref)), Harmless: to == string(models.ChangeConfirmed),
	}
}

// A permitRow is one item, as it is kept and as it is proposed.
type permitRow struct {
	label, was, will string
	differs          bool
}

// rows are all items; of a change that was confirmed, what it said.
func (p LicenceChangePage) rows(ctx context.Context) []permitRow {
	kept, will := join.Permits(ctx, p.File.Institution.Licence()), join.Permits(ctx, p.File.LicenceData)
	rows := make([]permitRow, len(will))
	for i, f := range will {
		rows[i] = permitRow{label: f.Label, was: kept[i].Text, will: f.Text, differs: kept[i].Text != f.Text}
	}
	return rows
}

// decided says who decided and when.
func (p LicenceChangePage) decided(ctx context.Context) string {
	text := i18n.T(ctx, "join.licence.was."+string(p.File.State))
	return text + " " + i18n.T(ctx, "join.check.by", "Name", p.File.Decider, "When", i18n.Instant(ctx, *p.File.DecidedAt))
}
