package account

import (
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/account"
)

// messages answers GET /akun/pesan: everything that the person asked, and the form to ask more.
func (d *desk) messages(c web.Context) error {
	var page account.MessagesPage
	page.Form.About = c.QueryParam("tentang")
	return d.messagesPage(c, http.StatusOK, page)
}

func (d *desk) messagesPage(c web.Context, status int, page account.MessagesPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	page.Form.Token = web.ValidToken(page.Form.Token)
	if page.Conversations, err = d.Store.OwnConversations(ctx, u); err != nil {
		return err
	}
	if page.Applications, err = d.Store.OwnApplications(ctx, u); err != nil {
		return err
	}
	if u.Manages() {
		in, err := d.Store.OwnInstitution(ctx, u)
		if err != nil {
			return err
		}
		page.Institution = &in
	}
	return d.Render(c, status, account.Messages(page))
}

// writeToOfficers answers POST /akun/pesan.
func (d *desk) writeToOfficers(c web.Context) error {
	var page account.MessagesPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.messagesPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		f := page.Form
		err := d.Store.WriteToOfficers(c.Request().Context(), d.CurrentUser(c), f.About, f.Token, f.Text)
		return web.Said(urls.Messages(), "application.message.sent"), err
	})
}

// conversation answers GET /akun/pesan/:conversation; what officers wrote is read with that.
func (d *desk) conversation(c web.Context) error {
	if err := d.Store.ReadConversation(c.Request().Context(), d.CurrentUser(c), c.Param("conversation")); err != nil {
		return err
	}
	var page account.ConversationPage
	page.Form.Token = uuid.NewString()
	return d.conversationPage(c, http.StatusOK, page)
}

func (d *desk) conversationPage(c web.Context, status int, page account.ConversationPage) (err error) {
	page.Thread, err = d.Store.OwnConversation(c.Request().Context(), d.CurrentUser(c), c.Param("conversation"))
	if err != nil {
		return err
	}
	if page.Thread.Subject == models.AboutApplication {
		return d.Redirect(c, urls.Application(page.Thread.ApplicationRef)+"#tanya")
	}
	return d.Render(c, status, account.Conversation(page))
}

// askAgain answers POST /akun/pesan/:conversation.
func (d *desk) askAgain(c web.Context) error {
	var page account.ConversationPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.conversationPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref := c.Param("conversation")
		err := d.Store.AskAgain(c.Request().Context(), d.CurrentUser(c), ref, page.Form.Token, page.Form.Text)
		return web.Said(urls.Conversation(ref), "application.message.sent"), err
	})
}
