// Package partner is the desk of partner offices: cases that were referred to them, as far as they were shown.
package partner

import (
	"errors"
	"net/http"
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/protection"
	"naikkelas/views/partner"
)

// The desk is what the handlers of this package share.
type desk struct{ *web.Portal }

// Routes are this desk's part of the access matrix. Whose office may see what is in the queries of the Store.
func Routes(p *web.Portal) []web.Route {
	d := &desk{p}
	return []web.Route{
		web.Get(urls.PartnerPattern, d.list, web.Partners),
		web.Get(urls.PartnerReferralPattern, d.ofOffice(d.referral), web.Partners),
		web.Get(urls.PartnerFilePattern, d.ofOffice(d.file), web.Partners),
		web.Get(urls.PartnerFilePagePattern, d.ofOffice(d.filePage), web.Partners),
		web.Get(urls.PartnerSoundPattern, d.ofOffice(d.sound), web.Partners),
		web.Get(urls.PartnerFetchPattern, d.ofOffice(d.fetch), web.Partners),
		web.Post(urls.PartnerAcceptPattern, d.ofOffice(d.accept), web.Partners),
		web.Post(urls.PartnerRefusePattern, d.ofOffice(d.refuse), web.Partners),
		web.Post(urls.PartnerLogPattern, d.ofOffice(d.log), web.Partners),
		web.Post(urls.PartnerDonePattern, d.ofOffice(d.done), web.Partners),
		web.Post(urls.PartnerAskPattern, d.ofOffice(d.ask), web.Partners),
	}
}

// ofOffice writes down that somebody asked for what was referred to another office; to them it is not there.
func (d *desk) ofOffice(handle web.Handler) web.Handler {
	return func(c web.Context) error {
		err := handle(c)
		if !errors.Is(err, models.ErrNotFound) {
			return err
		}
		if noted := d.Protection.RefusedOffice(c.Request().Context(), d.CurrentUser(c), c.Param("referral")); noted != nil {
			return noted
		}
		return err
	}
}

// list answers GET /mitra: what was referred to the office.
func (d *desk) list(c web.Context) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	var page partner.ListPage
	if page.Office, err = d.Store.PartnerOfficeOf(ctx, u); err != nil {
		return err
	}
	if page.Rows, err = d.Protection.PartnerList(ctx, u); err != nil {
		return err
	}
	if page.Kinds, err = d.Protection.CaseTypes(ctx); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, partner.List(page))
}

// referral answers GET /mitra/:referral.
func (d *desk) referral(c web.Context) error {
	err := d.referralPage(c, http.StatusOK, partner.ReferralPage{Form: partner.Form{Token: web.ValidToken("")}})
	if !errors.Is(err, models.ErrNotFound) {
		return err
	}
	return d.over(c, http.StatusNotFound, partner.OverPage{Ref: c.Param("referral"), Looked: true}, err)
}

func (d *desk) referralPage(c web.Context, status int, page partner.ReferralPage) (err error) {
	ctx := c.Request().Context()
	if page.Case, err = d.Protection.PartnerCase(ctx, d.CurrentUser(c), c.Param("referral")); err != nil {
		return err
	}
	if page.Kinds, err = d.Protection.CaseTypes(ctx); err != nil {
		return err
	}
	web.MayPlay(c)
	return d.Render(c, status, partner.Referral(page))
}

// act reads a form of the page of a referral and ends it; do is what the Store does with it, and said what is shown
// then.
func (d *desk) act(c web.Context, form, said string, to func(ref string) string, check func(partner.Form) partner.Errors,
	do func(p protection.PartnerPress, f partner.Form) error,
) error {
	page := partner.ReferralPage{Open: form}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = check(page.Form)
	again := func(status int) error { return d.referralPage(c, status, page) }
	ref := c.Param("referral")
	err := d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		press := protection.PartnerPress{Ref: ref, Version: page.Form.Version, Form: page.Form.Token}
		return web.Said(to(ref), said), do(press, page.Form)
	})
	if errors.Is(err, models.ErrNotFound) {
		return d.over(c, http.StatusConflict, partner.OverPage{Ref: ref, Form: page.Form}, err)
	}
	return err
}

// over answers whoever looks at a referral that ended, or sends a form of it: the office reads that it did, and what it typed,
// which is lost else. To others there is no such referral.
func (d *desk) over(c web.Context, status int, page partner.OverPage, notFound error) error {
	rows, err := d.Protection.PartnerList(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	if !slices.ContainsFunc(rows, func(r protection.PartnerRow) bool { return r.Ref == page.Ref }) {
		return notFound
	}
	if page.Looked {
		if err := d.Protection.RefusedOffice(c.Request().Context(), d.CurrentUser(c), page.Ref); err != nil {
			return err
		}
	}
	return d.Render(c, status, partner.Over(page))
}

// toList leads to the list: the office sees nothing of the case any more.
func toList(string) string { return urls.Partner() }

// accept answers POST /mitra/:referral/terima.
func (d *desk) accept(c web.Context) error {
	return d.act(c, partner.FormAccept, "partner.accepted", urls.PartnerReferral, partner.Form.CheckBy,
		func(p protection.PartnerPress, f partner.Form) error {
			ctx, u := c.Request().Context(), d.CurrentUser(c)
			if f.Over {
				return d.Protection.AcceptTransfer(ctx, u, p, f.Leads, f.Due())
			}
			return d.Protection.AcceptReferral(ctx, u, p, f.Due())
		})
}

// ask answers POST /mitra/:referral/minta: the office would have the case.
func (d *desk) ask(c web.Context) error {
	return d.act(c, partner.FormAsk, "case.ask.sent", urls.PartnerReferral, partner.Form.CheckNothing,
		func(p protection.PartnerPress, f partner.Form) error {
			return d.Protection.AskByOffice(c.Request().Context(), d.CurrentUser(c), p, f.Ask)
		})
}

// refuse answers POST /mitra/:referral/tolak.
func (d *desk) refuse(c web.Context) error {
	return d.act(c, partner.FormRefuse, "partner.refused", toList, partner.Form.CheckNothing,
		func(p protection.PartnerPress, f partner.Form) error {
			return d.Protection.RefuseReferral(c.Request().Context(), d.CurrentUser(c), p, f.Reason, f.Text)
		})
}

// log answers POST /mitra/:referral/catat.
func (d *desk) log(c web.Context) error {
	return d.act(c, partner.FormLog, "partner.logged", urls.PartnerReferral, partner.Form.CheckBy,
		func(p protection.PartnerPress, f partner.Form) error {
			due := protection.Due{Next: protection.Actor(f.Next), By: f.Due()}
			return d.Protection.LogOutcome(c.Request().Context(), d.CurrentUser(c), p, f.Text, due)
		})
}

// done answers POST /mitra/:referral/selesai.
func (d *desk) done(c web.Context) error {
	return d.act(c, partner.FormDone, "partner.done", toList, partner.Form.CheckNothing,
		func(p protection.PartnerPress, f partner.Form) error {
			return d.Protection.FinishReferral(c.Request().Context(), d.CurrentUser(c), p, f.Outcome)
		})
}
