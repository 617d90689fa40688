package manage

import (
	"context"
	"net/url"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/mail"
)

// Sure says that whoever changes an intake has seen whom it concerns.
type Sure struct {
	Told string `form:"told"`
}

// ChangePage asks before an intake is changed to which people applied. Values are the form as it was sent.
type ChangePage struct {
	IntakePage
	Lines  []string
	People int64
	Values url.Values
}

// Concerns says whether the only thing between the form and its being saved is that people have to be told.
func (p IntakePage) Concerns() bool {
	return len(p.Errors) == 1 && p.Errors[0].Key == models.ErrIntakeConcerns.Key
}

// kept are the names of the fields that go along hidden, in a fixed order.
func (p ChangePage) kept() []string {
	var names []string
	for name := range p.Values {
		if name != "version" && name != "told" {
			names = append(names, name)
		}
	}
	slices.Sort(names)
	return names
}

func (p ChangePage) act(ctx context.Context) components.CheckActProps {
	subject, letter := mail.Preview(ctx, "intake_changed", "Change", strings.Join(p.Lines, "\n"))
	return components.CheckActProps{
		Title: i18n.T(ctx, "manage.change.title", "Intake", application.Name(ctx, p.Programme.Title, p.Intake.Intake)),
		Text:  i18n.T(ctx, "manage.change.text"), Changes: p.changes(), Whom: i18n.T(ctx, "manage.change.count", "Count", p.People),
		Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, urls.ManageIntake(p.Intake.Ref)), Version: p.Form.Version,
		Do: i18n.T(ctx, "manage.change.do"), Back: ambient.Href(ctx, urls.ManageIntake(p.Intake.Ref)), Harmless: true,
	}
}

// changes are what the form makes other than it is, with what nobody is told.
func (p ChangePage) changes() *components.ChangesProps {
	kept := IntakeFormOf(p.Intake.Intake)
	return &components.ChangesProps{Fields: form.Differences(kept, p.Form), Of: Intake(p.IntakePage)}
}
