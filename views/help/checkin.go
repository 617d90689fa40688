package help

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/views/form"
)

// CheckinForm is the answer to a check-in.
type CheckinForm struct {
	Answer string `form:"answer"`
	Note   string `form:"note"`
}

// Check looks at the form alone.
func (f CheckinForm) Check() form.Errors {
	var errs form.Errors
	if form.OneOf(f.Answer, journey.AnswerWell, journey.AnswerAdvice, journey.AnswerHelp) != "" {
		errs.Add("answer", "checkin.answer_missing")
	}
	errs.Add("note", form.MaxRunes(f.Note, journey.NoteLength), "Max", journey.NoteLength)
	return errs
}

// Advice is what the page after it is told where advice was asked for.
func (f CheckinForm) Advice() string {
	if f.Answer == journey.AnswerAdvice {
		return "1"
	}
	return ""
}

// CheckinPage is the page behind the link of a check-in.
type CheckinPage struct {
	Token  string
	Form   CheckinForm
	Errors form.Errors
}

//i18n:family checkin.say.* relative.station.*

// RelativeForm is the code of a relative.
type RelativeForm struct {
	Code string `form:"code"`
}

// RelativeAnswerForm is what a relative says who was asked.
type RelativeAnswerForm struct {
	Answer string `form:"answer"`
}

// Worried says whether a case is to be made.
func (f RelativeAnswerForm) Worried() bool { return f.Answer == "worried" }

// RelativePage is what a relative sees, or the question for their code.
type RelativePage struct {
	Token     string
	Page      journey.RelativePage
	Countries []models.Country
	Form      RelativeForm
	Errors    form.Errors
}

// place is where the person is, as far as it was granted and is known.
func (p RelativePage) place(ctx context.Context) string {
	text := p.Page.City
	for _, c := range p.Countries {
		if c.Code == p.Page.Country {
			if text != "" {
				text += ", "
			}
			text += c.Name.In(i18n.Of(ctx))
		}
	}
	if text == "" {
		return i18n.T(ctx, "departure.unknown")
	}
	return text
}

// station is how far the person is, as far as it is known.
func (p RelativePage) station(ctx context.Context) string {
	if p.Page.Station == "" {
		return i18n.T(ctx, "departure.unknown")
	}
	return i18n.T(ctx, "relative.station."+p.Page.Station)
}
