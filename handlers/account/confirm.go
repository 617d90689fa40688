package account

import (
	"cmp"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/views/account"
)

// confirmForm answers GET /masuk/pastikan: the password again, before something that a session alone must not do.
func (d *desk) confirmForm(c web.Context) error {
	page := account.ConfirmPage{User: d.CurrentUser(c)}
	page.Form.Next = wantNext(c, "")
	return d.Render(c, http.StatusOK, account.Confirm(page))
}

// confirm answers POST /masuk/pastikan.
func (d *desk) confirm(c web.Context) error {
	page := account.ConfirmPage{User: d.CurrentUser(c)}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(page.User)
	again := func(status int) error { return d.Render(c, status, account.Confirm(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx := c.Request().Context()
		err := d.Store.Confirm(ctx, page.User, d.SessionRow(c), d.matching(ctx, page.Form.Password), page.Form.Code, d.codeCheck)
		return web.To(cmp.Or(wantNext(c, page.Form.Next), urls.Account())), err
	})
}
