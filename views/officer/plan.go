package officer

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
	"naikkelas/views/form"
	plan "naikkelas/views/journey"
)

// PlanPage is what a person needs before they leave, for an officer who looks after them.
type PlanPage struct {
	Person models.User
	Plan   plan.PlanPage
	None   bool // they have no open plan
}

// OthersForm is what others decided about a need.
type OthersForm struct {
	State   string    `form:"state"`
	Source  string    `form:"source"`
	On      form.Date `form:"on"`
	Expires form.Date `form:"expires"`
	Version int       `form:"version"`
}

// Check says what is wrong with it in itself.
func (f OthersForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("state", form.OneOf(f.State, string(journey.NotYet), string(journey.UnderWay), string(journey.Done)))
	errs.Add("source", form.Required(f.Source))
	errs.Add("source", form.MaxRunes(f.Source, journey.ItemNameLength), "Max", journey.ItemNameLength)
	errs.Add("on", f.On.CheckRequired())
	errs.Add("expires", f.Expires.Check())
	return errs
}

// Input is the form as the Store takes it.
func (f OthersForm) Input() journey.OthersInput {
	return journey.OthersInput{
		State: journey.ItemState(f.State), Source: strings.TrimSpace(f.Source), On: dayIn(f.On), Expires: dayIn(f.Expires), Version: f.Version,
	}
}

func dayIn(d form.Date) *time.Time {
	t, ok := d.Time()
	if !ok {
		return nil
	}
	return &t
}

// OthersPage is where an officer records what others decided about a need.
type OthersPage struct {
	Person models.User
	Line   journey.PlanLine
	Form   OthersForm
	Errors form.Errors
}

func othersStates(ctx context.Context) []components.Option {
	var options []components.Option
	for _, state := range []journey.ItemState{journey.Done, journey.UnderWay, journey.NotYet} {
		options = append(options, components.Option{Value: string(state), Label: i18n.T(ctx, "item.state."+string(state))})
	}
	return options
}

// A planPart is a part of a person's list with its heading.
type planPart struct {
	title string
	lines []journey.PlanLine
}

// parts are those of the list that the person sees, in the same order.
func (p PlanPage) parts() []planPart {
	l := p.Plan.List
	return []planPart{
		{"plan.holding", l.Holding}, {"plan.startable", l.Startable}, {"plan.waiting", l.Waiting}, {"plan.finished", l.Finished},
	}
}
