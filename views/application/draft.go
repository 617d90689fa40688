package application

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
)

// CarryForm is the intake to which an application moves that was never sent.
type CarryForm struct {
	Intake string `form:"intake"`
}

// draftNext says of a draft what can be done with it, which its intake decides.
func draftNext(ctx context.Context, v models.ApplicationView, n next) next {
	in := v.Offer.Intake
	words := func(state string, args ...any) next {
		key := "application.next." + state
		args = append(args, "Institution", v.Offer.Institution.Name)
		return next{Title: i18n.T(ctx, key+".title", args...), Text: i18n.T(ctx, key+".text", args...)}
	}
	switch v.Offer.Window(ambient.From(ctx).Now) {
	case models.Open:
		n.Yours = true
		n.Before, n.Deadline = i18n.T(ctx, "application.deadline.send"), i18n.Instant(ctx, *in.ClosesAt)
		return n
	case models.NotYetOpen:
		if in.OpensAt == nil {
			break
		}
		n = words("draft_early")
		n.Yours = true
		n.Before, n.Deadline = i18n.T(ctx, "application.deadline.early"), i18n.Instant(ctx, *in.OpensAt)
		return n
	case models.Closed, models.Running, models.Finished:
		n = words("draft_closed", "When", i18n.Instant(ctx, *in.ClosesAt))
		if v.LapsesAt != nil {
			n.Before, n.Deadline = i18n.T(ctx, "application.deadline.kept"), i18n.DateLong(ctx, *v.LapsesAt)
		}
		return n
	case models.CalledOff:
		return words("draft_off")
	}
	return words("draft_shut")
}

// rowTag says where an application in a list stands: of a draft also that it can no longer be sent where it is.
func rowTag(ctx context.Context, l models.ApplicationRow) components.TagProps {
	tag := StateTag(ctx, l.Application)
	if l.Shut(ambient.From(ctx).Now) {
		tag = components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "application.state.draft_shut")}
	}
	return tag
}

// otherNote is under an intake that is offered: whose it is, and from or until when it is open.
func otherNote(ctx context.Context, o models.OtherIntake) string {
	note := o.Institution
	if o.Same {
		note = i18n.T(ctx, "application.others.same") + " · " + note
	}
	when := func(key string, at *time.Time) {
		if at != nil {
			note += " · " + i18n.T(ctx, key, "When", i18n.Instant(ctx, *at))
		}
	}
	if o.OpensAt != nil && ambient.From(ctx).Now.Before(*o.OpensAt) {
		when("application.others.opens", o.OpensAt)
	}
	when("application.others.closes", o.ClosesAt)
	return note
}
