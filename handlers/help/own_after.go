package help

import (
	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/help"
)

// after answers POST /bantuan/jawaban/sesudah: whether it helped. What was added goes on to number and PIN when the pages
// have closed meanwhile.
func (d *desk) after(c web.Context) error {
	p := help.AnswersPage{Form: help.MessageForm{Token: uuid.NewString()}}
	if err := web.ReadForm(c, &p.After); err != nil {
		return err
	}
	p.After.Token = web.ValidToken(p.After.Token)
	again := func(status int) error { return d.answersPage(c, status, d.token(c), p) }
	err := d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		f := p.After
		return web.To(urls.HelpAnswers() + "#sesudah"), d.Protection.AnswerAfter(c.Request().Context(), d.token(c), f.Token, f.Answer, f.Text)
	})
	return d.closed(c, err, help.EnterPage{Form: help.EnterForm{Text: p.After.Text}})
}
