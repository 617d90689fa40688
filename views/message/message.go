// Package message shows what people and officers write to each other, wherever a conversation stands.
package message

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

//i18n:family message.subject.* message.right.*

// Form is what somebody writes; Seen is the newest message that they had read.
type Form struct {
	Token string `form:"token"`
	About string `form:"about"`
	Text  string `form:"text"`
	Seen  int64  `form:"seen"`
}

// Check says what is missing or too long.
func (f Form) Check() form.Errors {
	var errs form.Errors
	if form.Required(f.Text) != "" {
		errs.Add("text", models.ErrMessageMissing.Key)
	}
	if form.MaxRunes(f.Text, models.MessageLength) != "" {
		errs.Add("text", models.ErrMessageLong.Key)
	}
	return errs
}

// Title says what a conversation is about.
func Title(ctx context.Context, c models.ConversationRow) string {
	switch c.Subject {
	case models.AboutApplication:
		return c.ProgrammeTitle + " (" + c.ApplicationRef + ")"
	case models.AboutInstitution:
		return c.InstitutionName
	case models.AboutRight:
		return Right(ctx, c.DataRight)
	}
	return i18n.T(ctx, "message.subject.person")
}

// Right names a right of data law.
func Right(ctx context.Context, right string) string { return i18n.T(ctx, "message.right."+right) }

// Rights are the rights as choices.
func Rights(ctx context.Context) []components.Option {
	var list []components.Option
	for _, right := range models.DataRights {
		list = append(list, components.Option{Value: right, Label: Right(ctx, right)})
	}
	return list
}

// State says whether an answer is due, and when, or when it was given.
func State(ctx context.Context, c models.Conversation) components.TagProps {
	tag := func(kind components.TagKind, key string, at time.Time) components.TagProps {
		return components.TagProps{Kind: kind, Label: i18n.T(ctx, key, "When", i18n.Instant(ctx, at))}
	}
	switch {
	case c.DueAt != nil && c.DueAt.Before(ambient.From(ctx).Now):
		return tag(components.TagRefused, "message.state.overdue", *c.DueAt)
	case c.DueAt != nil:
		return tag(components.TagPlain, "message.state.waits", *c.DueAt)
	case c.AnsweredAt != nil:
		return tag(components.TagPlain, "message.state.answered", *c.AnsweredAt)
	}
	return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "message.state.none")}
}

// Desk says which officers wrote or decided, in the place of a name; an empty city is the whole province.
func Desk(ctx context.Context, city string) string {
	if city == "" {
		return i18n.T(ctx, "application.role.desk")
	}
	return i18n.T(ctx, "application.role.desk_of", "Unit", city)
}

// author says who wrote, as the desk reads it or as the other side does.
func author(ctx context.Context, m models.Message, desk bool) string {
	switch {
	case m.FromDesk && desk && m.Author != "":
		return i18n.T(ctx, "application.role.officer") + ": " + m.Author
	case m.FromDesk:
		return Desk(ctx, m.Unit)
	case m.AuthorRole == models.Staff || m.AuthorRole == models.Owner:
		return i18n.T(ctx, "application.role.staff")
	case desk && m.Author != "":
		return m.Author
	case desk:
		return i18n.T(ctx, "message.asker")
	}
	return i18n.T(ctx, "application.role.seeker")
}

// inFull is an instant as paper names it, however near it is.
func inFull(ctx context.Context, _, at time.Time) string { return i18n.Instant(ctx, at) }
