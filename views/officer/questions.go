package officer

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/application"
	"naikkelas/views/components"
	"naikkelas/views/form"
	"naikkelas/views/message"
)

// AnsweredQuestions is the value of "keadaan" in the address of the list of what was answered.
const AnsweredQuestions = "dijawab"

// QuestionsPage is what is to be answered, or what was.
type QuestionsPage struct {
	List     models.ConversationList
	Answered bool
}

// path is the list of what waits, or of what was answered, past a cursor.
func (p QuestionsPage) path(answered bool, cursor string) string {
	state := ""
	if answered {
		state = AnsweredQuestions
	}
	return urls.WithQuery(urls.OfficerQuestions(), "keadaan", state, "sesudah", cursor)
}

// QuestionPage is one conversation at the desk.
type QuestionPage struct {
	Thread models.Thread
	Form   message.Form
	Errors form.Errors
}

// subjectKind says what kind of thing a conversation is about; of an application with its state.
func subjectKind(ctx context.Context, c models.ConversationRow) string {
	kind := i18n.T(ctx, "message.subject."+string(c.Subject))
	if c.Subject == models.AboutApplication {
		kind += ": " + application.StateTag(ctx, models.Application{State: c.ApplicationState}).Label
	}
	return kind
}

// subjectPath is the page of what a conversation is about, empty where there is none.
func subjectPath(c models.ConversationRow) string {
	switch {
	case c.ApplicationRef != "":
		return urls.OfficerApplication(c.ApplicationRef)
	case c.InstitutionRef != "":
		return urls.OfficerInstitution(c.InstitutionRef)
	case c.PersonRef != "":
		return urls.CounterPerson(c.PersonRef)
	}
	return ""
}

func (p QuestionPage) facts(ctx context.Context) []components.Fact {
	c := p.Thread.ConversationRow
	facts := []components.Fact{{Label: i18n.T(ctx, "officer.col.kind"), Text: subjectKind(ctx, c)}}
	if c.PersonName != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "officer.col.name"), Text: c.PersonName})
	}
	if c.Contact != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "officer.report.contact"), Text: c.Contact})
	}
	return facts
}
