package seeker

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	viewjourney "naikkelas/views/journey"
)

// homeRoutes are for who waits in Jakarta for their departure, and for who came back.
func (d *desk) homeRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.OwnStayPattern, d.ownStay, web.Seekers),
		web.Post(urls.OwnStayPattern, d.saveStay, web.Seekers),
		web.Post(urls.EndStayPattern, d.endStay, web.Seekers),
		web.Get(urls.HomecomingPattern, d.homecoming, web.Seekers),
		web.Post(urls.HomecomingNeedsPattern, d.saveHome, web.Seekers),
		web.Post(urls.HomecomingAnswerPattern, d.answerHome, web.Seekers),
		web.Post(urls.HomecomingRisePattern, d.riseHome, web.Seekers),
		web.Post(urls.HomecomingStopPattern, d.askHome, web.Seekers),
	}
}

// ownStay answers GET /saya/singgah.
func (d *desk) ownStay(c web.Context) error {
	stay, err := d.Journey.OwnStay(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	return d.stayPage(c, http.StatusOK, viewjourney.StayPage{Stay: stay, Form: viewjourney.StayFormOf(stay)})
}

func (d *desk) stayPage(c web.Context, status int, page viewjourney.StayPage) (err error) {
	if page.Licence, err = d.Journey.FindLicence(c.Request().Context(), page.Stay.Agency); err != nil {
		return err
	}
	return d.Render(c, status, viewjourney.OwnStay(page))
}

// saveStay answers POST /saya/singgah.
func (d *desk) saveStay(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	stay, err := d.Journey.OwnStay(ctx, u)
	if err != nil {
		return err
	}
	page := viewjourney.StayPage{Stay: stay}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check(false)
	again := func(status int) error { return d.stayPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.OwnStay(), "transit.saved"), d.Journey.RegisterStay(ctx, u, "", page.Form.Version, page.Form.Stay())
	})
}

// endStay answers POST /saya/singgah/selesai.
func (d *desk) endStay(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		return web.Said(urls.OwnStay(), "transit.ended"), d.Journey.EndStay(c.Request().Context(), d.CurrentUser(c), "")
	})
}

// homecoming answers GET /saya/pulang.
func (d *desk) homecoming(c web.Context) error {
	page, err := d.homePage(c)
	if err != nil {
		return err
	}
	page.Form = viewjourney.HomeFormOf(page.Home)
	return d.Render(c, http.StatusOK, viewjourney.Homecoming(page))
}

func (d *desk) homePage(c web.Context) (page viewjourney.HomecomingPage, err error) {
	ctx := c.Request().Context()
	if page.HomePage, err = d.Journey.OwnHome(ctx, d.CurrentUser(c)); err != nil {
		return page, err
	}
	page.Occupations, err = d.Store.Occupations(ctx)
	return page, err
}

// saveHome answers POST /saya/pulang/kebutuhan.
func (d *desk) saveHome(c web.Context) error {
	page, err := d.homePage(c)
	if err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, viewjourney.Homecoming(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.ComeHome(c.Request().Context(), d.CurrentUser(c), page.Form.Homecoming())
		if page.Checkin && page.Home.ID == 0 {
			return web.Said(urls.Homecoming(), "homecoming.saved_unasked"), err
		}
		return web.Said(urls.Homecoming(), "homecoming.saved"), err
	})
}

// answerHome answers POST /saya/pulang/kabar.
func (d *desk) answerHome(c web.Context) error {
	var f viewjourney.HomeAnswerForm
	return d.homeAct(c, &f, "homecoming.answered", func() error {
		return d.Journey.AnswerHome(c.Request().Context(), d.CurrentUser(c), f.Question, f.Answer)
	})
}

// riseHome answers POST /saya/pulang/bangkit.
func (d *desk) riseHome(c web.Context) error {
	var f viewjourney.HomeRiseForm
	return d.homeAct(c, &f, "homecoming.risen", func() error {
		return d.Journey.Rise(c.Request().Context(), d.CurrentUser(c), f.By())
	})
}

// askHome answers POST /saya/pulang/jangan.
func (d *desk) askHome(c web.Context) error {
	var f viewjourney.HomeAskForm
	return d.homeAct(c, &f, "homecoming.asking_saved", func() error {
		return d.Journey.AskHome(c.Request().Context(), d.CurrentUser(c), f.Ask == "1")
	})
}

// homeAct carries out what a small form of the page asks for, and shows the page again where it is refused.
func (d *desk) homeAct(c web.Context, f any, said string, act func() error) error {
	if err := web.ReadForm(c, f); err != nil {
		return err
	}
	page, err := d.homePage(c)
	if err != nil {
		return err
	}
	page.Form = viewjourney.HomeFormOf(page.Home)
	again := func(status int) error { return d.Render(c, status, viewjourney.Homecoming(page)) }
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return web.Said(urls.Homecoming(), said), act()
	})
}
