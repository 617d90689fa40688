package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models/protection"
	"naikkelas/views/officer"
)

// transferRoutes are how a case goes on to somebody else, beside a referral. Who may is for the Store.
func (d *desk) transferRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.CaseTransferPattern, d.ofCase(d.transferForm), web.Officers),
		web.Post(urls.CaseTransferPattern, d.ofCase(d.transfer), web.Officers),
		web.Get(urls.CaseSheetPattern, d.ofCase(d.sheet), web.Officers),
		web.Get(urls.CaseSheetAnswerPattern, d.ofCase(d.sheetAnswerForm), web.Officers),
		web.Post(urls.CaseSheetAnswerPattern, d.ofCase(d.sheetAnswer), web.Officers),
		web.Get(urls.CaseAskPattern, d.ofCase(d.asks), web.Officers),
		web.Post(urls.CaseAskPattern, d.ofCase(d.ask), web.Officers),
		web.Post(urls.CaseAskAnswerPattern, d.ofCase(d.answerAsk), web.Officers),
	}
}

// transferForm answers GET /petugas/kasus/:case/limpahkan, with kantor= for the office that asks for it.
func (d *desk) transferForm(c web.Context) error {
	var page officer.TransferPage
	page.Form.Token, page.Form.Office = web.ValidToken(""), c.QueryParam("kantor")
	if page.Form.Office != "" {
		page.Over.Kind = protection.KindTransfer
	}
	return d.transferPage(c, http.StatusOK, page)
}

func (d *desk) transferPage(c web.Context, status int, page officer.TransferPage) (err error) {
	if page.CaseReferrals, err = d.Protection.Referrals(c.Request().Context(), d.CurrentUser(c), c.Param("case")); err != nil {
		return err
	}
	return d.Render(c, status, officer.Transfer(page))
}

// transfer answers POST /petugas/kasus/:case/limpahkan.
func (d *desk) transfer(c web.Context) error {
	var page officer.TransferPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Over); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	again := func(status int) error { return d.transferPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		press := protection.Press{Ref: c.Param("case"), Version: page.Form.Version, Form: page.Form.Token}
		err := d.Protection.Transfer(c.Request().Context(), d.CurrentUser(c), press, page.Over.Input(page.Form))
		return web.Said(urls.CaseRefer(press.Ref), "case.transfer.sent"), err
	})
}

// sheet answers GET /petugas/kasus/:case/lembar/:referral.
func (d *desk) sheet(c web.Context) (err error) {
	ctx, page := c.Request().Context(), officer.SheetPage{Ref: c.Param("case")}
	if page.Sheet, err = d.Protection.Sheet(ctx, d.CurrentUser(c), page.Ref, c.Param("referral")); err != nil {
		return err
	}
	if page.Kinds, err = d.Protection.CaseTypes(ctx); err != nil {
		return err
	}
	shifts, err := d.Protection.OnDuty(ctx)
	if err != nil {
		return err
	}
	if len(shifts) > 0 {
		page.Phone = shifts[0].Phone
	}
	return d.Render(c, http.StatusOK, officer.Sheet(page))
}

// sheetAnswerForm answers GET /petugas/kasus/:case/lembar/:referral/jawaban.
func (d *desk) sheetAnswerForm(c web.Context) error {
	return d.sheetAnswerPage(c, http.StatusOK, officer.SheetAnswerPage{})
}

func (d *desk) sheetAnswerPage(c web.Context, status int, page officer.SheetAnswerPage) error {
	page.Referral = c.Param("referral")
	if err := d.fillCase(c, &page.CasePage, false); err != nil {
		return err
	}
	return d.Render(c, status, officer.SheetAnswer(page))
}

// sheetAnswer answers POST /petugas/kasus/:case/lembar/:referral/jawaban.
func (d *desk) sheetAnswer(c web.Context) error {
	var page officer.SheetAnswerPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Answer); err != nil {
		return err
	}
	again := func(status int) error { return d.sheetAnswerPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx, press, says := c.Request().Context(), page.Form.Press(c.Param("case")), page.Answer.Says(page.Form.Answer())
		err := d.Protection.RecordAnswer(ctx, d.CurrentUser(c), press, c.Param("referral"), says)
		return web.Said(urls.CaseRefer(press.Ref), "case.refer.answered"), err
	})
}

// asks answers GET /petugas/kasus/:case/minta.
func (d *desk) asks(c web.Context) error { return d.askPage(c, http.StatusOK, officer.AskPage{}) }

func (d *desk) askPage(c web.Context, status int, page officer.AskPage) error {
	if err := d.fillCase(c, &page.CasePage, false); err != nil {
		return err
	}
	return d.Render(c, status, officer.CaseAsk(page))
}

// ask answers POST /petugas/kasus/:case/minta.
func (d *desk) ask(c web.Context) error {
	var page officer.AskPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.askPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		press := page.Form.Press(c.Param("case"))
		return web.Said(urls.CaseAsk(press.Ref), "case.ask.sent"),
			d.Protection.AskFor(c.Request().Context(), d.CurrentUser(c), press, page.Form.Why)
	})
}

// answerAsk answers POST /petugas/kasus/:case/minta/:ask: who holds the case gives it or refuses, or who asked takes it back.
func (d *desk) answerAsk(c web.Context) error {
	page := officer.AskPage{Open: c.Param("ask")}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	if err := web.ReadForm(c, &page.Ask); err != nil {
		return err
	}
	again := func(status int) error { return d.askPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		ctx, u, press := c.Request().Context(), d.CurrentUser(c), page.Form.Press(c.Param("case"))
		next := web.Said(urls.Case(press.Ref), "case.refer.answered")
		if page.Ask.Act == officer.WithdrawReferral {
			return next, d.Protection.WithdrawAsk(ctx, u, press, page.Open)
		}
		return next, d.Protection.AnswerAsk(ctx, u, press, page.Open, page.Ask.Act == officer.AgreeReferral, page.Ask.Reason)
	})
}
