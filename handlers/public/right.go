package public

import (
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// rightForm answers GET /hak-data.
func (d *desk) rightForm(c web.Context) error {
	return d.rightPage(c, http.StatusOK, public.RightPage{Form: public.RightForm{Token: uuid.NewString(), Right: c.QueryParam("hak")}})
}

func (d *desk) rightPage(c web.Context, status int, page public.RightPage) error {
	page.Answers, page.Known = d.Settings.DataContact, d.CurrentUser(c).ID != 0
	return d.Render(c, status, public.DataRight(page))
}

// requestRight answers POST /hak-data; nobody need be signed in. Who is reads the request among their messages, who
// is not on the receipt.
func (d *desk) requestRight(c web.Context) error {
	var page public.RightPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.rightPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		f, who := page.Form, d.CurrentUser(c)
		sent, err := d.Store.RequestRight(c.Request().Context(), who, models.RightRequest{
			Token: f.Token, Right: f.Right, Text: f.Text, Name: f.Name, Contact: f.Contact,
		}, c.RealIP())
		return web.To(urls.RightReceipt(sent.Ref)), err
	})
}

// rightReceipt answers GET /hak-data/terkirim/:conversation, for whoever knows the number.
func (d *desk) rightReceipt(c web.Context) error {
	sent, err := d.Store.RightReceipt(c.Request().Context(), c.Param("conversation"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, public.RightReceipt(public.RightReceiptPage{Request: sent}))
}
