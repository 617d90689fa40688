package journey

import (
	"context"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// ItemForm is what somebody records of a need.
type ItemForm struct {
	State   string    `form:"state"`
	On      form.Date `form:"on"`
	Expires form.Date `form:"expires"`
	Number  string    `form:"number"`
	Clinic  string    `form:"clinic"`
	Upload  string    `form:"upload"`
	Version int       `form:"version"`
}

// Check says what is wrong with it in itself.
func (f ItemForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("state", form.OneOf(f.State, string(journey.UnderWay), string(journey.Done)))
	errs.Add("on", f.On.Check())
	errs.Add("expires", f.Expires.Check())
	errs.Add("number", form.MaxRunes(f.Number, journey.ItemNumberLength), "Max", journey.ItemNumberLength)
	errs.Add("clinic", form.MaxRunes(f.Clinic, journey.ItemNameLength), "Max", journey.ItemNameLength)
	return errs
}

// Input is the form as the Store takes it.
func (f ItemForm) Input() journey.ItemInput {
	return journey.ItemInput{
		State: journey.ItemState(f.State), On: plannedDay(f.On), Expires: plannedDay(f.Expires), Number: strings.TrimSpace(f.Number),
		Clinic: strings.TrimSpace(f.Clinic), Upload: f.Upload, Version: f.Version,
	}
}

// ItemFormOf is the form of what is recorded.
func ItemFormOf(i journey.Item, file journey.ItemFile) ItemForm {
	f := ItemForm{On: plannedDate(i.OnDate), Expires: plannedDate(i.ExpiresOn), Number: i.Number, Clinic: i.Clinic, Version: i.Version}
	if i.State == journey.UnderWay || i.State == journey.Done {
		f.State = string(i.State)
	}
	if file.DeletedAt == nil {
		f.Upload = file.Ref
	}
	return f
}

// ReasonForm is why somebody does not need something.
type ReasonForm struct {
	Reason  string `form:"reason"`
	Version int    `form:"version"`
}

// Check says what is wrong with it.
func (f ReasonForm) Check() form.Errors {
	var errs form.Errors
	errs.Add("reason", form.Required(f.Reason))
	errs.Add("reason", form.MaxRunes(f.Reason, journey.ItemReasonLength), "Max", journey.ItemReasonLength)
	return errs
}

// ItemPage is one need: why it is there, what it takes, and how far its person is with it.
type ItemPage struct {
	PlanPage
	Line    journey.PlanLine
	Form    ItemForm
	Reason  ReasonForm
	Library []models.Upload
	Errors  form.Errors
}

// proven says that a certificate proves the need, so that nothing is to be recorded.
func (p ItemPage) proven() bool {
	return p.Line.Item.State == journey.Done && p.Line.Item.Proof == journey.ProofCertificate
}

func (p ItemPage) states(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: string(journey.UnderWay), Label: i18n.T(ctx, "item.state.under_way")},
		{Value: string(journey.Done), Label: i18n.T(ctx, "item.state.done")},
	}
}

// fileOptions are files of the library that can be chosen.
func fileOptions(ctx context.Context, list []models.Upload) []components.Option {
	options := make([]components.Option, len(list))
	for i, u := range list {
		options[i] = components.Option{Value: u.Ref, Label: u.Name + ", " + i18n.DateShort(ctx, u.CreatedAt)}
	}
	return options
}

// more are facts of a need beside those of its card: what it is for, in which case it costs what, where.
func (p ItemPage) more(ctx context.Context) []components.Fact {
	list := needFacts(ctx, p.Line.Need)
	if l := p.Line.Lead; l != nil && planText(ctx, l.Where) != "" {
		list = append(list, components.Fact{Label: i18n.T(ctx, "item.fact.where"), Text: planText(ctx, l.Where)})
	}
	for _, l := range p.Line.Leads {
		if label := planText(ctx, l.Label); label != "" {
			list = append(list, components.Fact{Label: label, Text: needCost(ctx, &l) + ", " + needDays(ctx, &l)})
		}
	}
	return list
}

// recordedFacts are what is kept of a need that its person or an officer wrote down.
func recordedFacts(ctx context.Context, i journey.Item, file journey.ItemFile) (list []components.Fact) {
	add := func(key, text string) {
		if text != "" {
			list = append(list, components.Fact{Label: i18n.T(ctx, key), Text: text})
		}
	}
	if i.OnDate != nil {
		add("item.fact.on", i18n.Date(ctx, *i.OnDate))
	}
	add("item.fact.number", i.Number)
	add("item.fact.clinic", i.Clinic)
	if i.ExpiresOn != nil {
		add("item.fact.expires", i18n.Date(ctx, *i.ExpiresOn))
	}
	if file.DeletedAt == nil {
		add("item.fact.file", file.Name)
	}
	return list
}

// history is what became of the need, the newest first.
func (p ItemPage) history(ctx context.Context) []components.Event {
	events := make([]components.Event, len(p.List.Changes))
	//i18n:family item.happened.*
	for i, c := range p.List.Changes {
		by := i18n.T(ctx, "item.by.portal")
		switch {
		case c.Own:
			by = i18n.T(ctx, "item.by.you")
		case c.ActorID != nil:
			by = i18n.T(ctx, "item.by.officer")
		}
		events[i] = components.Event{
			Title: i18n.T(ctx, "item.happened."+c.What) + ": " + i18n.T(ctx, "item.state."+string(c.Becomes)),
			When:  i18n.Instant(ctx, c.At) + ", " + by, ISO: c.At.Format("2006-01-02T15:04:05Z07:00"),
		}
		if c.Becomes == journey.Done {
			events[i].Kind = components.EventGood
		}
		if c.Becomes == journey.Expired {
			events[i].Kind = components.EventFix
		}
	}
	return events
}

// asked are the questions on which the need hangs and that nobody answered.
func (p ItemPage) asked() (list []journey.Question) {
	for _, q := range p.List.Questions {
		for _, code := range p.Line.Ask {
			if q.Code == code {
				list = append(list, q)
			}
		}
	}
	return list
}

// aboutWay says whether the need hangs on how the person means to leave, which they have not said.
func (p ItemPage) aboutWay() bool { return len(p.Line.Ask) > len(p.asked()) }

// needBecause says why a need is there.
func needBecause(ctx context.Context, n journey.Need) string {
	if why := planText(ctx, n.Because); why != "" {
		return i18n.T(ctx, "item.because", "Why", why)
	}
	return ""
}
