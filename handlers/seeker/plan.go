package seeker

import (
	"errors"
	"net/http"

	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
	viewform "naikkelas/views/form"
	view "naikkelas/views/journey"
)

// planRoutes are what a person needs before they leave.
func (d *desk) planRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.ReadinessPattern, d.showPlan, web.Seekers),
		web.Get(urls.ReadinessChoosePattern, d.chooseForm, web.Seekers),
		web.Post(urls.ReadinessChoosePattern, d.choose, web.Seekers),
		web.Get(urls.ReadinessProposePattern, d.propose, web.Seekers),
		web.Get(urls.ReadinessDeparturePattern, d.planDepartureForm, web.Seekers),
		web.Post(urls.ReadinessDeparturePattern, d.planDeparture, web.Seekers),
		web.Get(urls.ReadinessAskPattern, d.factsForm, web.Seekers),
		web.Post(urls.ReadinessAskPattern, d.answerFacts, web.Seekers),
		web.Get(urls.ReadinessPrintPattern, d.printPlan, web.Seekers),
		web.Get(urls.ReadinessClosePattern, d.closePlanForm, web.Seekers),
		web.Post(urls.ReadinessClosePattern, d.closePlan, web.Seekers),
		web.Get(urls.ReadinessCostsPattern, d.costs, web.Seekers),
		web.Post(urls.ReadinessCostsPattern, d.addPayment, web.Seekers),
		web.Post(urls.ReadinessPaymentPattern, d.removePayment, web.Seekers),
		web.Get(urls.ReadinessCalendarPattern, d.calendarPage, web.Seekers),
		web.Post(urls.ReadinessCalendarPattern, d.makeCalendar, web.Seekers),
		web.Post(urls.EndCalendarPattern, d.endCalendar, web.Seekers),
		web.Get(urls.ReadinessItemPattern, d.showItem, web.Seekers),
		web.Post(urls.ReadinessItemPattern, d.recordItem, web.Seekers),
		web.Post(urls.ItemNotNeededPattern, d.itemNotNeeded, web.Seekers),
		web.Post(urls.ItemReopenPattern, d.reopenItem, web.Seekers),
		web.Post(urls.ItemSeenPattern, d.itemSeen, web.Seekers),
	}
}

// unlessNoPlan answers with next, and leads who has no plan to where it begins.
func (d *desk) unlessNoPlan(c web.Context, err error) error {
	if errors.Is(err, models.ErrNotFound) {
		return d.Redirect(c, urls.ReadinessChoose())
	}
	return err
}

// planPage is a plan with what its page shows beside the list.
func (d *desk) planPage(c web.Context) (page view.PlanPage, err error) {
	ctx := c.Request().Context()
	if page.List, err = d.Journey.OwnPlan(ctx, d.CurrentUser(c)); err != nil {
		return page, err
	}
	page.Files, page.Certificates, err = d.Journey.FilesOf(ctx, page.List.ID)
	return page, err
}

// showPlan answers GET /saya/siap.
func (d *desk) showPlan(c web.Context) error {
	page, err := d.planPage(c)
	if err != nil {
		return d.unlessNoPlan(c, err)
	}
	paid, err := d.Journey.Paid(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	page.Paid = paid.Sum
	rules := page.List.Charges
	if rules.Ceiling != nil {
		page.Ceiling = rules.Ceiling.Ceiling
	}
	return d.Render(c, http.StatusOK, view.Plan(page))
}

// printPlan answers GET /saya/siap/cetak.
func (d *desk) printPlan(c web.Context) error {
	page, err := d.planPage(c)
	if err != nil {
		return d.unlessNoPlan(c, err)
	}
	return d.Render(c, http.StatusOK, view.Print(view.PrintPage{PlanPage: page}))
}

// choosePage loads what can be chosen of.
func (d *desk) choosePage(c web.Context, status int, page view.ChoosePage) (err error) {
	if page.Ways, err = d.Journey.ChooseFrom(c.Request().Context()); err != nil {
		return err
	}
	if page.Home, err = d.Journey.IsHome(c.Request().Context(), d.CurrentUser(c)); err != nil {
		return err
	}
	return d.Render(c, status, view.Choose(page))
}

// chooseForm answers GET /saya/siap/jalur. A proposed route stands in the address.
func (d *desk) chooseForm(c web.Context) error {
	var page view.ChoosePage
	switch p, err := d.Journey.PlanNow(c.Request().Context(), d.CurrentUser(c)); {
	case err == nil:
		page.Open, page.Form = true, view.WayFormOf(p)
	case !errors.Is(err, models.ErrNotFound):
		return err
	default:
		paid, err := d.Journey.Paid(c.Request().Context(), d.CurrentUser(c))
		if err != nil {
			return err
		}
		page.Paid = len(paid.Now)+len(paid.Before) > 0
	}
	if route := c.QueryParam("jalur"); route != "" {
		page.Form.Route = route
	}
	return d.choosePage(c, http.StatusOK, page)
}

// choose answers POST /saya/siap/jalur.
func (d *desk) choose(c web.Context) error {
	var page view.ChoosePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	again := func(status int) error { return d.choosePage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.Choose(c.Request().Context(), d.CurrentUser(c), page.Form.Way())
		return web.Said(urls.Readiness(), "plan.chosen"), err
	})
}

// propose answers GET /saya/siap/usul: three plain questions, whose answers stand in the address and nowhere else.
func (d *desk) propose(c web.Context) error {
	rules, err := d.Journey.Rules(c.Request().Context())
	if err != nil {
		return err
	}
	today := record.DayOf(d.Store.Now())
	page := view.ProposePage{
		Parts: rules.RouteQuestions(today), Chosen: map[string]string{}, Sent: c.QueryParam(view.ProposeSent) != "",
	}
	for _, part := range view.ProposeParams() {
		if answer := c.QueryParam(part); answer != "" {
			page.Chosen[part] = answer
		}
	}
	if page.Answered() {
		page.Routes, page.Sure = rules.Propose(today, page.Says())
	}
	return d.Render(c, http.StatusOK, view.Propose(page))
}

// planDepartureForm answers GET /saya/siap/rencana.
func (d *desk) planDepartureForm(c web.Context) error {
	p, err := d.Journey.PlanNow(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return d.unlessNoPlan(c, err)
	}
	page := view.LeavePage{}
	if p.DepartsOn != nil {
		page.Form.Departs = viewform.DateOf(*p.DepartsOn)
	}
	return d.Render(c, http.StatusOK, view.Leave(page))
}

// planDeparture answers POST /saya/siap/rencana.
func (d *desk) planDeparture(c web.Context) error {
	var page view.LeavePage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.Render(c, status, view.Leave(page)) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.PlanDeparture(c.Request().Context(), d.CurrentUser(c), page.Form.Day())
		return web.Said(urls.Readiness(), "plan.departs.saved"), err
	})
}

// factsPage shows the questions with what was answered.
func (d *desk) factsPage(c web.Context, status int, page view.AskPage) error {
	list, err := d.Journey.OwnPlan(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return d.unlessNoPlan(c, err)
	}
	page.Questions = list.Questions
	if page.Says == nil {
		page.Says = list.Facts.Says
	}
	return d.Render(c, status, view.Ask(page))
}

// factsForm answers GET /saya/siap/tanya.
func (d *desk) factsForm(c web.Context) error { return d.factsPage(c, http.StatusOK, view.AskPage{}) }

// answerFacts answers POST /saya/siap/tanya: the fields are named by the facts that the page asked about.
func (d *desk) answerFacts(c web.Context) error {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	list, err := d.Journey.OwnPlan(ctx, u)
	if err != nil {
		return d.unlessNoPlan(c, err)
	}
	if err := web.ReadForm(c, &view.VersionForm{}); err != nil {
		return err
	}
	var asked []string
	for _, q := range list.Questions {
		asked = append(asked, q.Code)
	}
	page := view.AskPage{Says: map[string]journey.Answer{}}
	for fact, text := range web.TypedFields(c, asked) {
		if text != "" {
			page.Says[fact] = journey.Answer(text)
		}
	}
	again := func(status int) error { return d.factsPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		return web.Said(urls.Readiness(), "plan.ask.saved"), d.Journey.AnswerFacts(ctx, u, page.Says)
	})
}

// closePlanForm answers GET /saya/siap/tutup.
func (d *desk) closePlanForm(c web.Context) error {
	p, err := d.Journey.PlanNow(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return d.unlessNoPlan(c, err)
	}
	return d.Render(c, http.StatusOK, view.Close(p))
}

// closePlan answers POST /saya/siap/tutup.
func (d *desk) closePlan(c web.Context) error {
	var f view.VersionForm
	if err := web.ReadForm(c, &f); err != nil {
		return err
	}
	again := func(status int) error {
		p, err := d.Journey.PlanNow(c.Request().Context(), d.CurrentUser(c))
		if err != nil {
			return err
		}
		return d.Render(c, status, view.Close(p))
	}
	return d.Act(c, web.Form{Again: again}, func() (web.Next, error) {
		return web.Said(urls.Me(), "plan.closed"), d.Journey.ClosePlan(c.Request().Context(), d.CurrentUser(c), f.Version)
	})
}

// costsPage loads what may be charged and what was paid, also after the plan was closed.
func (d *desk) costsPage(c web.Context, status int, page view.CostsPage) (err error) {
	ctx, u := c.Request().Context(), d.CurrentUser(c)
	if page.Costs, err = d.Journey.Costs(ctx, u); err != nil {
		return d.unlessNoPlan(c, err)
	}
	if page.Library, err = d.Journey.Receipts(ctx, u); err != nil {
		return err
	}
	return d.Render(c, status, view.Costs(page))
}

// costs answers GET /saya/siap/biaya.
func (d *desk) costs(c web.Context) error {
	return d.costsPage(c, http.StatusOK, view.CostsPage{Form: view.PaymentForm{Token: uuid.NewString()}})
}

// addPayment answers POST /saya/siap/biaya.
func (d *desk) addPayment(c web.Context) error {
	var page view.CostsPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Form.Token = web.ValidToken(page.Form.Token)
	page.Errors = page.Form.Check()
	again := func(status int) error { return d.costsPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.AddPayment(c.Request().Context(), d.CurrentUser(c), page.Form.Input())
		return web.Said(urls.ReadinessCosts(), "payment.saved"), err
	})
}

// removePayment answers POST /saya/siap/biaya/:payment/hapus.
func (d *desk) removePayment(c web.Context) error {
	return d.Act(c, web.Form{}, func() (web.Next, error) {
		err := d.Journey.RemovePayment(c.Request().Context(), d.CurrentUser(c), c.Param("payment"))
		return web.Said(urls.ReadinessCosts(), "payment.removed"), err
	})
}
