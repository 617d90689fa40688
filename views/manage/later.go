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

// LaterForm is where an applicant is offered a seat, and why.
type LaterForm struct {
	Intake  string `form:"intake"`
	Version int    `form:"version"`
	Text    string `form:"text"`
}

// LaterPage offers an applicant a later intake of their programme.
type LaterPage struct {
	Applicant models.Applicant
	Offer     models.Offer
	Choice    models.LaterChoice
	Form      LaterForm
	Errors    form.Errors
	Stale     bool // somebody else was faster
}

// to is the intake that was chosen, nil while none is.
func (p LaterPage) to() *models.LaterIntake {
	for i, l := range p.Choice.Intakes {
		if l.Ref == p.Form.Intake {
			return &p.Choice.Intakes[i]
		}
	}
	return nil
}

// open says whether an offer waits for its answer, so that there is nothing to choose.
func (p LaterPage) open() bool { return p.Choice.Open != nil && p.Choice.Open.Offered() }

func (p LaterPage) title(ctx context.Context) string {
	return i18n.T(ctx, "defer.title") + ": " + p.Applicant.Name
}

// rows are the intakes to choose from, with how many seats are there.
func (p LaterPage) rows(ctx context.Context) (list []components.Row) {
	for _, l := range p.Choice.Intakes {
		row := components.Row{Label: application.Name(ctx, p.Offer.Programme.Title, l.Intake),
			Note: i18n.T(ctx, "defer.row", "Date", i18n.DateLong(ctx, *l.StartsOn), "Seats", i18n.T(ctx, "defer.free", "Count", l.Free))}
		switch {
		case l.Takes():
			row.Href = ambient.Href(ctx, urls.ManageLaterTo(p.Applicant.Ref, l.Ref))
		case l.Waiting > 0:
			row.Note += " · " + i18n.T(ctx, "defer.waiting", "Count", l.Waiting)
		}
		list = append(list, row)
	}
	return list
}

// act is the page before the offer: what it means here and there, and what the person reads.
func (p LaterPage) act(ctx context.Context, l models.LaterIntake) components.CheckActProps {
	subject, letter := mail.Preview(ctx, "application_defer_offered")
	there := application.Name(ctx, p.Offer.Programme.Title, l.Intake)
	text := i18n.T(ctx, "defer.check.there", "Intake", there, "Date", i18n.DateLong(ctx, *l.StartsOn), "Seats",
		i18n.T(ctx, "defer.free", "Count", l.Free-1))
	switch {
	case !p.Applicant.TakesSeat():
		text += "\n\n" + i18n.T(ctx, "defer.check.rank")
	case p.Choice.Next != "":
		text += "\n\n" + i18n.T(ctx, "defer.check.next", "Name", p.Choice.Next)
	default:
		text += "\n\n" + i18n.T(ctx, "defer.check.nobody")
	}
	return components.CheckActProps{
		Title: p.title(ctx), Text: text, Whom: i18n.T(ctx, "manage.record_whom", "Name", p.Applicant.Name), Subject: subject, Letter: letter,
		Action: ambient.Href(ctx, urls.ManageLater(p.Applicant.Ref)), Version: p.Applicant.Version, Do: i18n.T(ctx, "defer.offer.do"),
		Back: ambient.Href(ctx, urls.ManageLater(p.Applicant.Ref)), Harmless: true,
	}
}

// laterLabel is what leads to the page: what the person asked for waits for an answer.
func laterLabel(ctx context.Context, events []models.ApplicationEvent) string {
	for _, e := range events { // the newest first
		switch e.Kind {
		case models.EventDeferAsked:
			return i18n.T(ctx, "defer.answer")
		case models.EventDeferOffered:
			return i18n.T(ctx, "defer.see")
		case models.EventDeferEnded, models.EventDeferred:
			return i18n.T(ctx, "defer.begin")
		}
	}
	return i18n.T(ctx, "defer.begin")
}
