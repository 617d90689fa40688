package public

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/message"
)

// RightForm is what somebody asks under data law.
type RightForm struct {
	Token   string `form:"token"`
	Right   string `form:"right"`
	Text    string `form:"text"`
	Name    string `form:"name"`
	Contact string `form:"contact"`
}

// Check says what is missing or too long; the Store says what cannot be answered.
func (f RightForm) Check() form.Errors {
	errs := message.Form{Text: f.Text}.Check()
	errs.Add("right", form.OneOf(f.Right, models.DataRights...))
	errs.Add("name", form.MaxRunes(f.Name, maxContact), "Max", maxContact)
	errs.Add("contact", form.MaxRunes(f.Contact, maxContact), "Max", maxContact)
	return errs
}

// RightPage is the form. Answers is who answers for personal data here, empty where that is not set; Known says that
// who writes is signed in.
type RightPage struct {
	Form    RightForm
	Errors  form.Errors
	Answers string
	Known   bool
}

// RightReceiptPage is what whoever knows the number of a request sees again.
type RightReceiptPage struct{ Request models.Conversation }

func (p RightReceiptPage) facts(ctx context.Context) []components.Fact {
	c := p.Request
	facts := []components.Fact{
		{Label: i18n.T(ctx, "public.report.number"), Text: c.Ref},
		{Label: i18n.T(ctx, "message.right_label"), Text: message.Right(ctx, c.DataRight)},
		{Label: i18n.T(ctx, "public.report.arrived"), Text: i18n.Instant(ctx, c.CreatedAt)},
	}
	if c.DueAt != nil {
		return append(facts, components.Fact{Label: i18n.T(ctx, "message.right_due"), Text: i18n.Instant(ctx, *c.DueAt)})
	}
	if c.AnsweredAt != nil {
		return append(facts, components.Fact{Label: i18n.T(ctx, "message.right_answered"), Text: i18n.Instant(ctx, *c.AnsweredAt)})
	}
	return facts
}

// answers says who answers for personal data here. A demo says that its contact is one.
func answers(ctx context.Context, contact string) string {
	switch {
	case contact != "":
		return i18n.T(ctx, "message.answers", "Contact", contact)
	case ambient.From(ctx).Demo:
		return i18n.T(ctx, "message.answers_demo")
	}
	return i18n.T(ctx, "message.answers_unset")
}
