package officer

import (
	"errors"
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/officer"
)

// planRoutes are what a person needs before they leave, for officers who look after them.
func (d *desk) planRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.OfficerReadinessPattern, d.personPlan, web.Officers),
		web.Get(urls.OfficerItemPattern, d.othersForm, web.Officers),
		web.Post(urls.OfficerItemPattern, d.recordOthers, web.Officers),
	}
}

// personPlan answers GET /petugas/siap/:person. The look is written down.
func (d *desk) personPlan(c web.Context) (err error) {
	ctx := c.Request().Context()
	var page officer.PlanPage
	page.Person, page.Plan.List, err = d.Journey.PlanForOfficer(ctx, d.CurrentUser(c), c.Param("person"))
	if errors.Is(err, models.ErrNotFound) && page.Person.ID != 0 {
		page.None = true
		return d.Render(c, http.StatusOK, officer.Plan(page))
	}
	if err != nil {
		return err
	}
	page.Plan.Desk = true
	if page.Plan.Files, page.Plan.Certificates, err = d.Journey.FilesOf(ctx, page.Plan.List.ID); err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, officer.Plan(page))
}

// othersPage loads the need about which others decided.
func (d *desk) othersPage(c web.Context, page *officer.OthersPage) error {
	person, list, err := d.Journey.PlanForOfficer(c.Request().Context(), d.CurrentUser(c), c.Param("person"))
	if err != nil {
		return err
	}
	page.Person = person
	page.Line, err = list.Line(c.Param("item"))
	return err
}

// othersForm answers GET /petugas/siap/:person/syarat/:item.
func (d *desk) othersForm(c web.Context) error {
	var page officer.OthersPage
	if err := d.othersPage(c, &page); err != nil {
		return err
	}
	page.Form.Version = page.Line.Item.Version
	return d.Render(c, http.StatusOK, officer.Others(page))
}

// recordOthers answers POST /petugas/siap/:person/syarat/:item.
func (d *desk) recordOthers(c web.Context) error {
	var page officer.OthersPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	page.Errors = page.Form.Check()
	again := func(status int) error {
		if err := d.othersPage(c, &page); err != nil {
			return err
		}
		return d.Render(c, status, officer.Others(page))
	}
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		person := c.Param("person")
		err := d.Journey.RecordOthers(c.Request().Context(), d.CurrentUser(c), person, c.Param("item"), page.Form.Input())
		return web.Said(urls.OfficerReadiness(person), "item.others.saved"), err
	})
}
