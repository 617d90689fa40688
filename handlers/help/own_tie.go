package help

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/help"
)

// account says whether a seeker is signed in beside the help session.
func (d *desk) account(c web.Context) bool {
	u := d.Visitor(c)
	return u != nil && u.Role == models.Seeker
}

// tieForm answers GET /bantuan/jawaban/akun: what a tie to an account means, for who is signed in, or has one to cut.
func (d *desk) tieForm(c web.Context) error { return d.tiePage(c, http.StatusOK, help.TiePage{}) }

func (d *desk) tiePage(c web.Context, status int, p help.TiePage) error {
	own, err := d.Protection.OwnCase(c.Request().Context(), d.token(c))
	if err != nil {
		return err
	}
	if p.Tied = own.Tied; !p.Tied && !d.account(c) {
		return d.Redirect(c, urls.HelpAnswers())
	}
	return d.Render(c, status, help.Tie(p))
}

// tie answers POST /bantuan/jawaban/akun: only what is ticked is tied.
func (d *desk) tie(c web.Context) error {
	var p help.TiePage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	p.Errors = p.Form.Check()
	again := func(status int) error { return d.tiePage(c, status, p) }
	return d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		ctx, to := c.Request().Context(), web.To(urls.HelpTie())
		if p.Form.Cuts() {
			return to, d.Protection.Untie(ctx, d.token(c))
		}
		return to, d.Protection.Tie(ctx, d.token(c), d.CurrentUser(c))
	})
}
