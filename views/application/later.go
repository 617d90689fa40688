package application

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// LaterForm is why somebody asks for a later intake.
type LaterForm struct {
	Text string `form:"text"`
}

// LaterPage asks for a later intake, or shows what was asked or is offered.
type LaterPage struct {
	Application models.ApplicationView
	Form        LaterForm
	Errors      form.Errors
}

// Possible says whether there is anything to ask or to answer.
func (p LaterPage) Possible(at time.Time) bool {
	return p.Application.Deferral != nil || p.Application.MayDefer(p.Application.Offer.Intake, at)
}

func (p LaterPage) title(ctx context.Context) string {
	if d := p.Application.Deferral; d != nil && d.Offered() {
		return i18n.T(ctx, "defer.offer.title")
	}
	return i18n.T(ctx, "defer.title")
}

// offered are what the person decides on: where the seat is, why, and until when it is theirs.
func offered(ctx context.Context, v models.ApplicationView) []components.Fact {
	d := v.Deferral
	facts := []components.Fact{{Label: i18n.T(ctx, "defer.offer.intake"), Text: Name(ctx, v.Offer.Programme.Title, d.To)}}
	if d.To.StartsOn != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "defer.offer.starts"), Text: i18n.DateLong(ctx, *d.To.StartsOn)})
	}
	facts = append(facts, components.Fact{Label: i18n.T(ctx, "defer.offer.why"), Text: d.OfferedWhy})
	if d.ConfirmBy != nil {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "defer.offer.by"), Text: i18n.Instant(ctx, *d.ConfirmBy)})
	}
	return facts
}
