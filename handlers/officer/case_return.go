package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// homeRoutes are how somebody on a case comes home. Who may see the case and write the plan is for the Store.
func (d *desk) homeRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.CaseHomePattern, d.ofCase(d.home), web.Officers),
		web.Get(urls.CaseHomeStepPattern, d.ofCase(d.homePart), web.Officers),
		web.Post(urls.CaseHomeStepPattern, d.ofCase(d.writeHome), web.Officers),
		web.Post(urls.CaseHomeReaderPattern, d.ofCase(d.answerHomeReader), web.Officers),
		web.Get(urls.CaseMinutesPattern, d.ofCase(d.minutes), web.Officers),
	}
}

// home answers GET /petugas/kasus/:case/pulang.
func (d *desk) home(c web.Context) error { return d.homePage(c, http.StatusOK, officer.HomePage{}) }

func (d *desk) homePage(c web.Context, status int, page officer.HomePage) error {
	if err := d.fillCase(c, &page.CasePage, false); err != nil {
		return err
	}
	return d.Render(c, status, officer.Home(page))
}

// homePart answers GET /petugas/kasus/:case/pulang/:step, filled with what the plan says now.
func (d *desk) homePart(c web.Context) error {
	page := officer.HomePage{Word: c.Param("step")}
	if err := d.fillHomePart(c, &page); err != nil {
		return err
	}
	page.Fill(d.Store.Now())
	return d.Render(c, http.StatusOK, officer.HomePart(page))
}

func (d *desk) fillHomePart(c web.Context, page *officer.HomePage) error {
	err := d.fillCase(c, &page.CasePage, false)
	if err == nil && !page.IsHomePart() {
		err = models.ErrNotFound
	}
	return err
}

// writeHome answers POST /petugas/kasus/:case/pulang/:step.
func (d *desk) writeHome(c web.Context) error {
	page := officer.HomePage{Word: c.Param("step")}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Home); err != nil {
		return err
	}
	page.Errors = page.Home.CheckHome(page.Word)
	again := func(status int) error {
		if err := d.fillHomePart(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, officer.HomePart(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.CaseHome(c.Param("case")), "case.home.saved"), d.writeHomePart(c, page)
	})
}

// writeHomePart carries one part of the plan out.
func (d *desk) writeHomePart(c web.Context, page officer.HomePage) error {
	ctx, u, s, f, press := c.Request().Context(), d.CurrentUser(c), d.Protection, page.Home, page.Form.Press(c.Param("case"))
	switch page.Word {
	case officer.HomeWordPlan:
		return s.PlanHome(ctx, u, press, f.Kind, page.Form.Answer())
	case officer.HomeWordHand:
		return s.HandOver(ctx, u, press, f.Handover(page.Form.Why, page.Form.Answer()))
	case officer.HomeWordReaders:
		return s.ShareHome(ctx, u, press, f.Share(page.Form.Person, page.Form.Why))
	}
	return s.SaveHomeStep(ctx, u, press, f.Step(page.Word, page.Form.Answer()))
}

// answerHomeReader answers POST /petugas/kasus/:case/pembaca-rencana/:consent: the second officer's word on the next of kin, or
// that somebody reads the plan no more.
func (d *desk) answerHomeReader(c web.Context) error {
	page := officer.HomePage{Open: c.Param("consent")}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Home); err != nil {
		return err
	}
	again := func(status int) error { return d.homePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx, u, press := c.Request().Context(), d.CurrentUser(c), page.Form.Press(c.Param("case"))
		next := web.Said(urls.CaseHome(press.Ref), "case.home.saved")
		if page.Home.Act == officer.WithdrawReferral {
			return next, d.Protection.StopSharing(ctx, u, press, page.Open, page.Home.Back)
		}
		return next, d.Protection.AgreeKin(ctx, u, press, page.Open, page.Home.Act == officer.AgreeReferral)
	})
}

// minutes answers GET /petugas/kasus/:case/berita-acara: the paper of a hand-over, with lines to sign on.
func (d *desk) minutes(c web.Context) error {
	m, err := d.Protection.Minutes(c.Request().Context(), d.CurrentUser(c), c.Param("case"))
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Minutes(m))
}
