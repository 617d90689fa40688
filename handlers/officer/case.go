package officer

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// showCase answers GET /petugas/kasus/:case.
func (d *desk) showCase(c web.Context) error { return d.casePage(c, http.StatusOK, officer.CasePage{}) }

func (d *desk) casePage(c web.Context, status int, page officer.CasePage) error {
	if err := d.fillCase(c, &page, true); err != nil {
		return err
	}
	return d.Render(c, status, officer.Case(page))
}

// fillCase reads what every page of a case shows; reads says that what people wrote stands on it.
func (d *desk) fillCase(c web.Context, page *officer.CasePage, reads bool) (err error) {
	ctx := c.Request().Context()
	page.Form.Token = web.ValidToken(page.Form.Token)
	if page.Case, err = d.Protection.CaseFor(ctx, d.CurrentUser(c), c.Param("case"), reads); err != nil {
		return err
	}
	page.Types, err = d.Protection.CaseTypes(ctx)
	return err
}

// logContact answers POST /petugas/kasus/:case: whom somebody reached, what was said, who acts next and by when.
func (d *desk) logContact(c web.Context) error {
	var page officer.CasePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.CheckContact()
	web.AddRefusals(&page.Errors, page.Form.Contact().Check(d.Store.Now()))
	ref := c.Param("case")
	again := func(status int) error { return d.casePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Protection.LogContact(c.Request().Context(), d.CurrentUser(c), page.Form.Press(ref), page.Form.Contact())
		return web.Said(urls.Case(ref), "case.done.logged"), err
	})
}

// takeCase answers POST /petugas/kasus/:case/ambil.
func (d *desk) takeCase(c web.Context) error {
	var page officer.CasePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	ref := c.Param("case")
	again := func(status int) error { return d.casePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Protection.Take(c.Request().Context(), d.CurrentUser(c), page.Form.Press(ref))
		return web.Said(urls.Case(ref), "case.done.taken"), err
	})
}

// revealAddress answers POST /petugas/kasus/:case/alamat. The look is written down first; what is shown stands in no
// address of the web.
func (d *desk) revealAddress(c web.Context) error {
	var page officer.CasePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	address, err := d.Protection.Reveal(c.Request().Context(), d.CurrentUser(c), c.Param("case"), page.Form.Person)
	if err != nil {
		return d.Act(c, web.Form{Errors: &page.Errors, Again: func(status int) error { return d.casePage(c, status, page) }},
			func() (web.Next, error) { return web.Next{}, err })
	}
	page.Revealed = map[string]string{page.Form.Person: address}
	page.Form.Person = ""
	return d.casePage(c, http.StatusOK, page)
}

// caseStep answers GET /petugas/kasus/:case/langkah/:step, filled with what the case says now.
func (d *desk) caseStep(c web.Context) error {
	page := officer.CaseStepPage{Step: c.Param("step")}
	if err := d.fillStep(c, &page); err != nil {
		return err
	}
	page.Form = officer.CaseFormOf(page.Case, page.Form.Token, c.QueryParam("orang"))
	return d.Render(c, http.StatusOK, officer.CaseStep(page))
}

func (d *desk) fillStep(c web.Context, page *officer.CaseStepPage) error {
	if !officer.IsStep(page.Step) {
		return models.ErrNotFound
	}
	err := d.fillCase(c, &page.CasePage, false)
	if err == nil && page.Step == officer.StepAssign {
		page.Officers, err = d.Protection.Protectors(c.Request().Context())
	}
	if err == nil && page.Step == officer.StepClose {
		page.Referrals, err = d.Protection.Referrals(c.Request().Context(), d.CurrentUser(c), page.Case.Ref)
	}
	return err
}

// doCaseStep answers POST /petugas/kasus/:case/langkah/:step.
func (d *desk) doCaseStep(c web.Context) error {
	page := officer.CaseStepPage{Step: c.Param("step")}
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	switch page.Step {
	case officer.StepAgree:
		page.Errors = page.Form.CheckAgree()
	case officer.StepPIN:
		return d.newPIN(c, page)
	}
	again := func(status int) error {
		if err := d.fillStep(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, officer.CaseStep(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		said, err := d.step(c, page.Step, page.Form)
		return web.Said(urls.Case(c.Param("case")), said), err
	})
}

// step carries out one act and says what was done.
func (d *desk) step(c web.Context, step string, f officer.CaseForm) (said string, err error) {
	ctx, u, s := c.Request().Context(), d.CurrentUser(c), d.Protection
	press := f.Press(c.Param("case"))
	switch step {
	case officer.StepTakeOver:
		return "case.done.taken", s.TakeOff(ctx, u, press, f.Why)
	case officer.StepAssign:
		return "case.done.assigned", s.Assign(ctx, u, press, f.Officer, f.Why)
	case officer.StepNote:
		return "case.done.noted", s.Note(ctx, u, press, f.Text)
	case officer.StepAnswer:
		return "case.done.written", s.Answer(ctx, u, press, f.Person, f.Text, f.Answer())
	case officer.StepJudge:
		return "case.done.judged", s.Judge(ctx, u, press, f.Judgement())
	case officer.StepClose:
		return "case.done.closed", s.Close(ctx, u, press, f.Outcome, f.Why)
	case officer.StepAgree:
		return "case.done.answered", s.AnswerClosing(ctx, u, press, f.Agrees(), f.Why)
	case officer.StepAfter:
		return "case.done.noted", s.LogAfter(ctx, u, press, f.After, f.Text)
	case officer.StepReopen:
		return "case.done.reopened", s.Reopen(ctx, u, press, f.Why)
	}
	return "", models.ErrNotFound
}
