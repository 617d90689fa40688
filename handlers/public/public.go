package public

import (
	"context"

	"github.com/a-h/templ"

	"naikkelas/handlers/web"
	"naikkelas/models"
	"naikkelas/views/public"
)

// soonShown is how many programmes stand under "closing soon".
const soonShown = 3

func (d *desk) sectorCounts(ctx context.Context) ([]models.SectorCount, error) {
	return d.sectors.Of(d.Portal, func() ([]models.SectorCount, error) { return d.Store.SectorCounts(ctx) })
}

func (d *desk) knownHotlines(ctx context.Context) ([]models.Hotline, error) {
	return d.hotlines.Of(d.Portal, func() ([]models.Hotline, error) { return d.Store.Hotlines(ctx) })
}

func (d *desk) home(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	sectors, err := d.sectorCounts(ctx)
	if err != nil {
		return nil, err
	}
	soon, err := d.Store.ClosingSoon(ctx, soonShown)
	if err != nil {
		return nil, err
	}
	hotlines, err := d.knownHotlines(ctx)
	return public.Home(public.HomePage{Sectors: sectors, Soon: soon, Hotlines: hotlines}), err
}

func (d *desk) catalogue(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	p := public.CataloguePage{Query: public.ReadCatalogueQuery(c.QueryParams())}
	var err error
	if p.Page, err = d.Store.Programmes(ctx, p.Query.Filter(), p.Query.Cursor); err != nil {
		return nil, err
	}
	if p.Page.Count == 0 && p.Query.Text != "" {
		if p.Suggestion, err = d.Store.Suggestion(ctx, p.Query.Text); err != nil {
			return nil, err
		}
	}
	if p.Sectors, err = d.sectorCounts(ctx); err != nil {
		return nil, err
	}
	if p.Regencies, err = d.regencies.Of(d.Portal, func() ([]models.Regency, error) { return d.Store.CatalogueRegencies(ctx) }); err != nil {
		return nil, err
	}
	p.Levels, err = d.levels.Of(d.Portal, func() ([]models.EducationLevel, error) { return d.Store.EducationLevels(ctx) })
	return public.Catalogue(p), err
}

func (d *desk) programme(c web.Context) (templ.Component, error) {
	detail, err := d.Store.PublicProgramme(c.Request().Context(), c.Param("programme"))
	return public.Programme(public.ProgrammePage{ProgrammeDetail: detail}), err
}

func (d *desk) institutions(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	p := public.InstitutionsPage{Query: public.ReadInstitutionQuery(c.QueryParams())}
	var err error
	if p.Page, err = d.Store.Institutions(ctx, p.Query.Filter(), p.Query.Cursor); err != nil {
		return nil, err
	}
	p.Regencies, err = d.seats.Of(d.Portal, func() ([]models.Regency, error) { return d.Store.InstitutionRegencies(ctx) })
	return public.Institutions(p), err
}

func (d *desk) institution(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	in, err := d.Store.PublicInstitution(ctx, c.Param("institution"))
	if err != nil {
		return nil, err
	}
	p := public.InstitutionPage{Institution: in}
	if p.Regency, err = d.Store.RegencyName(ctx, in.RegencyCode); err != nil {
		return nil, err
	}
	p.Page, err = d.Store.Programmes(ctx, models.CatalogueFilter{Institution: in.ID}, "")
	return public.Institution(p), err
}

func (d *desk) occupationsPage(c web.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	var p public.OccupationsPage
	var err error
	if p.Sectors, err = d.sectorCounts(ctx); err != nil {
		return nil, err
	}
	if p.Occupations, err = d.occupations.Of(d.Portal, func() ([]models.Occupation, error) { return d.Store.Occupations(ctx) }); err != nil {
		return nil, err
	}
	p.Countries, err = d.countries.Of(d.Portal, func() ([]models.Country, error) { return d.Store.Countries(ctx) })
	return public.Occupations(p), err
}

// questions answers GET /bantuan/tanya.
func (d *desk) questions(c web.Context) (templ.Component, error) {
	days, err := d.Store.ServiceDays(c.Request().Context())
	return public.Questions(days), err
}

func (d *desk) privacy(web.Context) (templ.Component, error) {
	return public.Privacy(d.Settings.DataContact), nil
}

func (d *desk) accessibility(web.Context) (templ.Component, error) {
	return public.Accessibility(), nil
}
