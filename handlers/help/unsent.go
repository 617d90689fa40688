package help

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/views/help"
)

// errUnsent says that somebody is let in who has something to send yet.
var errUnsent = errors.New("a form waits to be sent")

// readUnsent reads what came with number and PIN because the pages had closed when it was sent.
func readUnsent(c web.Context, p *help.EnterPage) error {
	err := errors.Join(web.ReadForm(c, &p.More), web.ReadForm(c, &p.Reach))
	if p.More.Told() {
		p.More.Token = web.ValidToken(p.More.Token)
	}
	return err
}

// unsent shows the form that waits, filled in again.
func (d *desk) unsent(c web.Context, token string, p help.EnterPage) error {
	switch {
	case p.Form.Text != "":
		form := help.MessageForm{Token: uuid.NewString(), Text: p.Form.Text}
		return d.answersPage(c, http.StatusOK, token, help.AnswersPage{Form: form})
	case p.More.Told():
		return d.morePage(c, http.StatusOK, token, help.MorePage{Form: p.More})
	}
	return d.Render(c, http.StatusOK, help.Reach(help.ReachPage{Form: p.Reach}))
}

// closed asks for number and PIN where a form came when the pages had closed meanwhile, and takes it along.
func (d *desk) closed(c web.Context, err error, p help.EnterPage) error {
	if errors.Is(err, models.ErrNotFound) && p.Unsent() {
		return d.Render(c, http.StatusUnprocessableEntity, help.Enter(p))
	}
	return err
}
