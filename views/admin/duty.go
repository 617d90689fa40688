package admin

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// DutyForm gives an officer a duty, or says why one ends.
type DutyForm struct {
	Duty   string `form:"duty"`
	Reason string `form:"reason"`
}

// DutyPage is the form of one officer, with the duties that they have or had.
type DutyPage struct {
	Worker models.Worker
	Duties []models.HeldDuty
	Form   DutyForm
	Errors form.Errors
}

// Held finds a duty among those that the officer has.
func (p DutyPage) Held(duty models.Duty) (models.HeldDuty, bool) {
	held, _ := split(p.Duties)
	for _, d := range held {
		if d.Duty == duty {
			return d, true
		}
	}
	return models.HeldDuty{}, false
}

//i18n:family admin.duty.name.* admin.duty.can.*

// split parts the duties that are held from those that ended.
func split(all []models.HeldDuty) (held, past []models.HeldDuty) {
	for _, d := range all {
		if d.EndedAt == nil {
			held = append(held, d)
		} else {
			past = append(past, d)
		}
	}
	return held, past
}

// options are the duties that the officer does not have.
func (p DutyPage) options(ctx context.Context) []components.Option {
	var options []components.Option
	for _, d := range models.Duties() {
		if _, has := p.Held(d); !has {
			options = append(options, components.Option{
				Value: string(d), Label: dutyName(ctx, d), Hint: i18n.T(ctx, "admin.duty.can."+string(d)),
			})
		}
	}
	return options
}

func dutyName(ctx context.Context, d models.Duty) string {
	return i18n.T(ctx, "admin.duty.name."+string(d))
}
