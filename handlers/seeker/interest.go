package seeker

import (
	"net/http"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/journey"
)

// lineRoutes are what a person says of their own way.
func (d *desk) lineRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.InterestPattern, d.interest, web.Seekers),
		web.Post(urls.InterestPattern, d.tellInterest, web.Seekers),
	}
}

// interest answers GET /saya/minat.
func (d *desk) interest(c web.Context) error {
	said, err := d.Journey.OwnInterest(c.Request().Context(), d.CurrentUser(c))
	if err != nil {
		return err
	}
	var form journey.InterestForm
	for _, f := range []struct {
		into *string
		code *string
	}{{&form.Sector, said.SectorCode}, {&form.Occupation, said.OccupationCode}, {&form.Country, said.CountryCode}} {
		if f.code != nil {
			*f.into = *f.code
		}
	}
	return d.interestPage(c, http.StatusOK, journey.InterestPage{Form: form, Said: form.Sector})
}

func (d *desk) interestPage(c web.Context, status int, page journey.InterestPage) (err error) {
	ctx := c.Request().Context()
	if page.Sectors, err = d.Store.Sectors(ctx); err != nil {
		return err
	}
	if page.Occupations, err = d.Store.Occupations(ctx); err != nil {
		return err
	}
	if page.Countries, err = d.Store.Countries(ctx); err != nil {
		return err
	}
	if page.Said != "" {
		found, err := d.Store.Programmes(ctx, models.CatalogueFilter{Chosen: map[string]string{"sektor": page.Said}}, "")
		if err != nil {
			return err
		}
		page.Fitting = found.ProgrammeRows
	}
	return d.Render(c, status, journey.Interest(page))
}

// tellInterest answers POST /saya/minat.
func (d *desk) tellInterest(c web.Context) error {
	var page journey.InterestPage
	if err := web.ReadForm(c, &page.Form); err != nil {
		return err
	}
	f := page.Form
	again := func(status int) error { return d.interestPage(c, status, page) }
	return d.Act(c, web.Form{Errors: &page.Errors, Again: again}, func() (web.Next, error) {
		err := d.Journey.TellInterest(c.Request().Context(), d.CurrentUser(c), f.Sector, f.Occupation, f.Country)
		return web.Said(urls.Interest(), "interest.saved"), err
	})
}
