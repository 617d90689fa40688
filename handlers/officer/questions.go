package officer

import (
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// listQuestions answers GET /petugas/pertanyaan: what is to be answered, or with keadaan=dijawab what was.
func (d *desk) listQuestions(c web.Context) (err error) {
	page := officer.QuestionsPage{Answered: c.QueryParam("keadaan") == officer.AnsweredQuestions}
	list := d.Store.ToAnswer
	if page.Answered {
		list = d.Store.Answered
	}
	if page.List, err = list(c.Request().Context(), d.CurrentUser(c), c.QueryParam("sesudah")); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Questions(page))
}

// showQuestion answers GET /petugas/pertanyaan/:conversation.
func (d *desk) showQuestion(c web.Context) error {
	var page officer.QuestionPage
	page.Form.Token = uuid.NewString()
	return d.questionPage(c, http.StatusOK, page)
}

func (d *desk) questionPage(c web.Context, status int, page officer.QuestionPage) (err error) {
	page.Thread, err = d.Store.ConversationForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("conversation"))
	if err != nil {
		return err
	}
	return d.Render(c, status, officer.Question(page))
}

// answerQuestion answers POST /petugas/pertanyaan/:conversation.
func (d *desk) answerQuestion(c web.Context) error {
	var page officer.QuestionPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.questionPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		f, ref := page.Form, c.Param("conversation")
		reply := models.Reply{Token: f.Token, Text: f.Text, Seen: f.Seen}
		err := d.Store.AnswerConversation(c.Request().Context(), d.CurrentUser(c), ref, reply)
		return web.Said(urls.OfficerQuestions(), "officer.questions.done", "Ref", ref), err
	})
}
