package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models/protection"
	"naikkelas/views/officer"
)

// referRoutes are how parts of a case come before other offices. Who may see the case and refer it is for the Store.
func (d *desk) referRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.CaseReferPattern, d.ofCase(d.referrals), web.Officers),
		web.Post(urls.CaseReferPattern, d.ofCase(d.refer), web.Officers),
		web.Post(urls.CaseReferralPattern, d.ofCase(d.answerReferral), web.Officers),
	}
}

// referrals answers GET /petugas/kasus/:case/rujuk.
func (d *desk) referrals(c web.Context) error {
	return d.referPage(c, http.StatusOK, officer.ReferPage{
		Form: officer.ReferForm{Token: web.ValidToken("")}, Open: c.QueryParam("tarik"),
	})
}

func (d *desk) referPage(c web.Context, status int, page officer.ReferPage) (err error) {
	if page.CaseReferrals, err = d.Protection.Referrals(c.Request().Context(), d.CurrentUser(c), c.Param("case")); err != nil {
		return err
	}
	return d.Render(c, status, officer.Refer(page))
}

// refer answers POST /petugas/kasus/:case/rujuk.
func (d *desk) refer(c web.Context) error {
	var page officer.ReferPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	again := func(status int) error { return d.referPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ref, f := c.Param("case"), page.Form
		press := protection.Press{Ref: ref, Version: f.Version, Form: f.Token}
		return web.Said(urls.CaseRefer(ref), f.Said()), d.Protection.Refer(c.Request().Context(), d.CurrentUser(c), press, f.Input())
	})
}

// answerReferral answers POST /petugas/kasus/:case/rujuk/:referral: the second officer's word, or that we take it back.
func (d *desk) answerReferral(c web.Context) error {
	var page officer.ReferPage
	if err := web.ReadForm(c, &page.Back); err != nil {
		return err
	}
	page.Open = c.Param("referral")
	page.Form.Token, page.Back.Token = web.ValidToken(""), web.ValidToken(page.Back.Token)
	again := func(status int) error { return d.referPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx, u, f := c.Request().Context(), d.CurrentUser(c), page.Back
		press := protection.Press{Ref: c.Param("case"), Version: f.Version, Form: f.Token}
		next := web.Said(urls.CaseRefer(press.Ref), "case.refer.answered")
		if f.Act == officer.WithdrawReferral {
			return next, d.Protection.WithdrawReferral(ctx, u, press, page.Open, f.Why)
		}
		return next, d.Protection.AgreeReferral(ctx, u, press, page.Open, f.Act == officer.AgreeReferral)
	})
}
