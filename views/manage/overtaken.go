package manage

import (
	"context"

	"github.com/a-h/templ"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// Overtaken is what a form says that somebody else saved first: who and when, and where what is kept and what was
// typed differ. Newest is the page as it is kept.
func Overtaken(ctx context.Context, edits []models.Edit, fields []form.Difference, newest string) *components.OvertakenProps {
	p := components.OvertakenProps{Fields: fields, Newest: ambient.Href(ctx, newest)}
	for _, e := range edits {
		p.Edits = append(p.Edits, components.OvertakenEdit{
			Who: editor(ctx, e), When: i18n.Near(ctx, ambient.From(ctx).Now, e.At), Fields: e.Fields,
		})
	}
	return &p
}

func editor(ctx context.Context, e models.Edit) string {
	switch {
	case e.Own:
		return i18n.T(ctx, "manage.editor.own")
	case e.Who != "":
		return e.Who
	case e.Role == models.Officer:
		return i18n.T(ctx, "manage.editor.officer")
	case e.Role == models.Staff || e.Role == models.Owner:
		return i18n.T(ctx, "manage.editor.colleague")
	}
	return i18n.T(ctx, "manage.editor.portal")
}

func (p InstitutionPage) overtaken(ctx context.Context) *components.OvertakenProps {
	if !p.Stale {
		return nil
	}
	return Overtaken(ctx, p.Edits, form.Differences(InstitutionFormOf(p.Institution), p.Form), urls.ManageInstitution())
}

func (p EditPage) overtaken(ctx context.Context) *components.OvertakenProps {
	if !p.Stale {
		return nil
	}
	// Costs and numbers as the portal writes them.
	typed := FormOf(ctx, models.ProgrammeDraft{Programme: models.Programme{Code: p.Form.Code}, Content: p.Form.Content()})
	return Overtaken(ctx, p.Edits, form.Differences(FormOf(ctx, p.Draft), typed), urls.ManageEditProgramme(p.Draft.Programme.Ref))
}

func (p IntakePage) overtaken(ctx context.Context) *components.OvertakenProps {
	if !p.Stale {
		return nil
	}
	return Overtaken(ctx, p.Edits, form.Differences(IntakeFormOf(p.Intake.Intake), p.Form), urls.ManageIntake(p.Intake.Ref))
}

// overtakenAct is Overtaken for a page that asks for an act: the fields that changed are called as on the form of.
func overtakenAct(ctx context.Context, edits []models.Edit, of templ.Component, newest string) *components.OvertakenProps {
	p := Overtaken(ctx, edits, nil, newest)
	p.Act, p.Of = true, of
	return p
}

func (p CancelPage) overtaken(ctx context.Context) *components.OvertakenProps {
	if !p.Stale {
		return nil
	}
	of := Intake(IntakePage{Programme: p.Programme, Intake: &p.Intake, Form: IntakeFormOf(p.Intake.Intake)})
	return overtakenAct(ctx, p.Edits, of, urls.ManageIntake(p.Intake.Ref))
}

func (p ClosePage) overtaken(ctx context.Context) *components.OvertakenProps {
	return overtakenProgramme(ctx, p.Stale, p.Edits, p.Draft)
}

func (p ProgrammePage) overtaken(ctx context.Context) *components.OvertakenProps {
	return overtakenProgramme(ctx, p.Stale, p.Edits, p.Draft)
}

func overtakenProgramme(ctx context.Context, stale bool, edits []models.Edit, d models.ProgrammeDraft) *components.OvertakenProps {
	if !stale {
		return nil
	}
	return overtakenAct(ctx, edits, Edit(EditPage{Draft: d, Form: FormOf(ctx, d)}), urls.ManageProgramme(d.Programme.Ref))
}
