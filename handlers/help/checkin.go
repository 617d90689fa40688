package help

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/help"
)

// The name of the cookie of a relative who typed their code.
const (
	relativeCookie       = "keluarga"
	secureRelativeCookie = "__Host-keluarga"
)

// awayRoutes are the pages behind the links of check-ins and of relatives, who have no account.
func (d *desk) awayRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.CheckinDonePattern, d.checkinDone, web.Anyone),
		web.Get(urls.CheckinPattern, d.checkin, web.Anyone),
		web.Post(urls.CheckinPattern, d.answerCheckin, web.Anyone),
		web.Get(urls.RelativePattern, d.relative, web.Anyone),
		web.Post(urls.RelativePattern, d.enterAsRelative, web.Anyone),
		web.Post(urls.RelativeAnswerPattern, d.answerAsRelative, web.Anyone),
	}
}

// checkin answers GET /kabar/:token: looking counts for nothing.
func (d *desk) checkin(c web.Context) error {
	token := c.Param("token")
	if err := d.Journey.CheckinLink(c.Request().Context(), token); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, help.Checkin(help.CheckinPage{Token: token}))
}

// answerCheckin answers POST /kabar/:token. Who openly asks for help is led to number and PIN; whoever typed their word sees
// what everybody sees who is well.
func (d *desk) answerCheckin(c web.Context) error {
	page := help.CheckinPage{Token: c.Param("token")}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, help.Checkin(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		out, err := d.Journey.AnswerCheckin(c.Request().Context(), page.Token, page.Form.Answer, page.Form.Note)
		if err != nil {
			return web.Next{}, err
		}
		if out.Token != "" {
			d.keepToken(c, out.Token)
			return web.To(urls.HelpReceipt()), nil
		}
		return web.To(urls.WithQuery(urls.CheckinDone(), "saran", page.Form.Advice())), nil
	})
}

// checkinDone answers GET /kabar.
func (d *desk) checkinDone(c web.Context) error {
	return d.Render(c, http.StatusOK, help.CheckinDone(c.QueryParam("saran") != ""))
}

func (d *desk) relativeCookie(c web.Context, token string) *http.Cookie {
	cookie := d.cookie(c, token, 0)
	cookie.Name = relativeCookie
	if cookie.Secure {
		cookie.Name = secureRelativeCookie
	}
	return cookie
}

// relativeToken is that of the browser in which a relative typed their code, empty without one.
func (d *desk) relativeToken(c web.Context) string {
	cookie, err := c.Request().Cookie(d.relativeCookie(c, "").Name)
	if err != nil {
		return ""
	}
	return cookie.Value
}

// relative answers GET /keluarga/:token.
func (d *desk) relative(c web.Context) error {
	return d.relativePage(c, http.StatusOK, help.RelativePage{})
}

func (d *desk) relativePage(c web.Context, status int, page help.RelativePage) (err error) {
	ctx := c.Request().Context()
	page.Token = c.Param("token")
	if page.Page, err = d.Journey.ForRelative(ctx, page.Token, d.relativeToken(c)); err != nil {
		return err
	}
	if page.Page.SeesPlace {
		if page.Countries, err = d.countries.Of(d.Portal, func() ([]models.Country, error) { return d.Store.Countries(ctx) }); err != nil {
			return err
		}
	}
	return d.Render(c, status, help.Relative(page))
}

// enterAsRelative answers POST /keluarga/:token.
func (d *desk) enterAsRelative(c web.Context) error {
	var page help.RelativePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	token := c.Param("token")
	again := func(status int) error { return d.relativePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		session, err := d.Journey.EnterAsRelative(c.Request().Context(), token, page.Form.Code)
		if err != nil {
			return web.Next{}, err
		}
		http.SetCookie(c.Response(), d.relativeCookie(c, session))
		return web.To(urls.Relative(token)), nil
	})
}

// answerAsRelative answers POST /keluarga/:token/jawab.
func (d *desk) answerAsRelative(c web.Context) error {
	var f help.RelativeAnswerForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		token := c.Param("token")
		err := d.Journey.AnswerAsRelative(c.Request().Context(), token, d.relativeToken(c), f.Worried())
		return web.Said(urls.Relative(token), "relative.asked.thanks"), err
	})
}
