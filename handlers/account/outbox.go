package account

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/totp"
	"naikkelas/views/account"
)

// outbox answers GET /dev/kotak-keluar: what would have been sent, and the demo accounts'
// current sign-in codes.
func (d *desk) outbox(c web.Context) error {
	page := account.OutboxPage{}
	for _, m := range d.Mails.Messages() {
		page.Mails = append(page.Mails, account.OutboxMessage{To: m.Message.To, Subject: m.Message.Subject, Text: m.Message.Text, At: m.At})
	}
	for _, m := range d.Messages.Messages() {
		page.Messages = append(page.Messages, account.OutboxMessage{To: m.Message.To, Text: m.Message.Text, At: m.At})
	}
	secrets, err := d.Store.DemoSecrets(c.Request().Context())
	if err != nil {
		return err
	}
	for _, s := range secrets {
		code, err := totp.Code(s.Secret, d.Store.Now())
		if err != nil {
			return err
		}
		page.Codes = append(page.Codes, account.OutboxCode{Name: s.Name, Role: string(s.Role), Code: code})
	}
	return d.Render(c, http.StatusOK, account.Outbox(page))
}
