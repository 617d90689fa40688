package manage

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// When something is to be.
const (
	MomentNow   = "now"
	momentLater = "later"
)

// MomentForm chooses when something happens: as soon as may be, or on a day at an hour.
type MomentForm struct {
	When string    `form:"when"`
	On   form.Date `form:"at"`
	Hour string    `form:"hour"`
}

// momentOf is the form of a moment ahead, or of none.
func momentOf(ctx context.Context, moment *time.Time) MomentForm {
	if moment == nil || !moment.After(ambient.From(ctx).Now) {
		return MomentForm{When: MomentNow}
	}
	local := moment.In(i18n.WIB)
	return MomentForm{When: momentLater, On: form.DateOf(local), Hour: local.Format("15.04")}
}

// Check says what is missing or wrong in itself.
func (f MomentForm) Check() form.Errors {
	var errs form.Errors
	if f.When != momentLater {
		return errs
	}
	errs.Add("at", f.On.CheckRequired())
	if _, err := time.Parse("15.04", dotted(f.Hour)); err != nil {
		errs.Add("hour", "manage.invite.hour_form")
	}
	return errs
}

// At is the moment ahead, nil for as soon as may be; Check has passed.
func (f MomentForm) At() *time.Time {
	if f.When != momentLater {
		return nil
	}
	moment := at(f.On, f.Hour)
	return &moment
}

// options are the two ways, of which the first is called by what it is here.
func (f MomentForm) options(ctx context.Context, now string) []components.Option {
	return []components.Option{
		{Value: MomentNow, Label: now},
		{Value: momentLater, Label: i18n.T(ctx, "announce.later")},
	}
}

// chosenMoment says from when a programme, or its change, is to be public; empty where it waits for no moment.
func chosenMoment(ctx context.Context, p models.Programme) string {
	switch {
	case p.Scheduled():
		return i18n.T(ctx, "manage.moment.certain", "When", i18n.Instant(ctx, *p.PublishAt))
	case p.Submitted() && p.PublishAt != nil:
		return i18n.T(ctx, "manage.moment.from", "When", i18n.Instant(ctx, *p.PublishAt))
	}
	return ""
}
