package account

import (
	"context"
	"strconv"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/message"
)

// MessagesPage is what a person asked the officers, with the form to ask more. Applications and Institution are what
// they can ask about, besides anything else of theirs.
type MessagesPage struct {
	Conversations []models.ConversationRow
	Applications  []models.ApplicationRow
	Institution   *models.Institution
	Form          message.Form
	Errors        form.Errors
}

// subjects are what can be asked about.
func (p MessagesPage) subjects(ctx context.Context) []components.Option {
	list := []components.Option{{Value: "", Label: i18n.T(ctx, "message.subject.person")}}
	if p.Institution != nil {
		list = append(list, components.Option{Value: p.Institution.Ref, Label: p.Institution.Name})
	}
	for _, a := range p.Applications {
		if a.FirstSubmittedAt != nil {
			list = append(list, components.Option{Value: a.Ref, Label: a.ProgrammeTitle + " (" + a.Ref + ")"})
		}
	}
	return list
}

func conversationRows(ctx context.Context, list []models.ConversationRow) []components.Row {
	rows := make([]components.Row, len(list))
	for i, c := range list {
		rows[i] = components.Row{
			Label: message.Title(ctx, c), Href: ambient.Href(ctx, conversationPath(c)), Note: c.Ref, Tag: message.State(ctx, c.Conversation),
		}
		if c.Unread > 0 {
			rows[i].Note += " · " + i18n.T(ctx, "message.unread", "Count", strconv.FormatInt(c.Unread, 10))
		}
	}
	return rows
}

// conversationPath is the page on which a conversation goes on: of an application its own.
func conversationPath(c models.ConversationRow) string {
	if c.Subject == models.AboutApplication {
		return urls.Application(c.ApplicationRef) + "#tanya"
	}
	return urls.Conversation(c.Ref)
}

// ConversationPage is one of them.
type ConversationPage struct {
	Thread models.Thread
	Form   message.Form
	Errors form.Errors
}
