package public

import (
	"context"
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
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

func (d *desk) safety(c web.Context) (templ.Component, error) {
	hotlines, err := d.knownHotlines(c.Request().Context())
	return public.Safety(public.SafetyPage{Hotlines: hotlines}), err
}

func (d *desk) privacy(web.Context) (templ.Component, error) {
	return public.Privacy(d.Settings.DataContact), nil
}

func (d *desk) accessibility(web.Context) (templ.Component, error) {
	return public.Accessibility(), nil
}

// reportForm asks what is wrong with a programme or an institution.
func (d *desk) reportForm(c web.Context) error {
	p := public.ReportPage{Form: public.ReportForm{Token: uuid.NewString(), About: c.QueryParam("tentang")}}
	subject, err := d.Store.ReportSubject(c.Request().Context(), p.Form.About)
	if err != nil {
		return err
	}
	p.About = aboutWhat(subject)
	return d.reportPage(c, http.StatusOK, p)
}

// report takes what somebody tells the officers; nobody need be signed in.
func (d *desk) report(c web.Context) error {
	var p public.ReportPage
	if err := web.ReadForm(c, &p.Form); err != nil {
		return err
	}
	subject, err := d.Store.ReportSubject(c.Request().Context(), p.Form.About)
	if err != nil {
		return err
	}
	p.About, p.Form.Token = aboutWhat(subject), web.ValidToken(p.Form.Token)
	who := d.CurrentUser(c)
	p.Known = who.Phone != nil || who.Email != nil
	p.Errors = p.Form.Check(p.Known)
	again := func(status int) error { return d.reportPage(c, status, p) }
	return d.Act(c, web.Form{Errors: &p.Errors, Again: again}, func() (web.Next, error) {
		sent, err := d.Store.FileReport(c.Request().Context(), who, subject, models.Report{
			Kind: p.Form.Kind, Body: p.Form.Body, Contact: p.Form.Contact, FormToken: p.Form.Token,
		}, c.RealIP())
		return web.To(urls.ReportReceipt(sent.Ref)), err
	})
}

func (d *desk) reportPage(c web.Context, status int, p public.ReportPage) (err error) {
	if p.Hotlines, err = d.Store.Hotlines(c.Request().Context()); err != nil {
		return err
	}
	return d.Render(c, status, public.Report(p))
}

// reportReceipt answers GET /laporkan/terkirim/:report, for whoever knows the number.
func (d *desk) reportReceipt(c web.Context) error {
	ctx := c.Request().Context()
	sent, err := d.Store.ReportReceipt(ctx, c.Param("report"))
	if err != nil {
		return err
	}
	hotlines, err := d.Store.Hotlines(ctx)
	if err != nil {
		return err
	}
	days, err := d.Store.ServiceDays(ctx)
	if err != nil {
		return err
	}
	return d.Render(c, http.StatusOK, public.ReportReceipt(public.ReportReceiptPage{Report: sent, Hotlines: hotlines, Days: days}))
}

// aboutWhat names what a report is about.
func aboutWhat(s models.ReportSubject) string {
	switch {
	case s.Programme != nil:
		return s.Programme.Title
	case s.Institution != nil:
		return s.Institution.Name
	}
	return ""
}
