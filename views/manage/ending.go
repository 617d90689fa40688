package manage

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

// CancelPage asks before an intake is cancelled.
type CancelPage struct {
	Programme models.Programme
	Intake    models.PublicIntake
	Preview   models.EndPreview
	Form      form.Act
	Errors    form.Errors
	Stale     bool // somebody else was faster
	Edits     []models.Edit
}

// ClosePage asks before a programme is closed.
type ClosePage struct {
	Draft   models.ProgrammeDraft
	Preview models.EndPreview
	Form    form.Act
	Errors  form.Errors
	Stale   bool // somebody else was faster
	Edits   []models.Edit
}

func (p CancelPage) act(ctx context.Context) components.CheckActProps {
	subject, letter := mail.Preview(ctx, p.Preview.Kind.Letter())
	return components.CheckActProps{
		Title: i18n.T(ctx, "manage.intake.cancel_title", "Intake", application.Name(ctx, p.Programme.Title, p.Intake.Intake)),
		Text:  i18n.T(ctx, "manage.intake.cancel_text"), Whom: Whom(ctx, p.Preview), Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, urls.ManageCancelIntake(p.Intake.Ref)), Version: p.Intake.Version,
		Do: i18n.T(ctx, "manage.intake.cancel"), Back: ambient.Href(ctx, urls.ManageIntake(p.Intake.Ref)),
	}
}

func (p ClosePage) act(ctx context.Context) components.CheckActProps {
	subject, letter := mail.Preview(ctx, p.Preview.Kind.Letter())
	text := i18n.T(ctx, "manage.programme.close_text")
	if p.Draft.Pending() {
		text += " " + i18n.T(ctx, "manage.programme.close_pending")
	}
	return components.CheckActProps{
		Title: i18n.T(ctx, "manage.programme.close_title", "Programme", p.Draft.Programme.Title),
		Text:  text, Whom: Whom(ctx, p.Preview), Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, urls.ManageCloseProgramme(p.Draft.Programme.Ref)), Version: p.Draft.Programme.Version,
		Do: i18n.T(ctx, "manage.programme.close"), Back: ambient.Href(ctx, urls.ManageProgramme(p.Draft.Programme.Ref)),
	}
}

// Whom says how many people an ending touches, and how many go on.
func Whom(ctx context.Context, v models.EndPreview) string {
	text := i18n.T(ctx, "manage.ending.nobody")
	if v.Applications > 0 {
		text = i18n.T(ctx, "manage.ending.count", "Count", v.Applications)
	}
	if v.Participants > 0 {
		text += " " + i18n.T(ctx, "manage.ending.participants", "Count", v.Participants)
	}
	return text
}
