package handlers

import (
	"net/http"

	"github.com/a-h/templ"
	"github.com/google/uuid"
	"github.com/labstack/echo/v4"

	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// soonShown is how many programmes stand under "closing soon".
const soonShown = 3

func (h *Handlers) home(c echo.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	sectors, err := h.Store.SectorCounts(ctx)
	if err != nil {
		return nil, err
	}
	soon, err := h.Store.ClosingSoon(ctx, soonShown)
	if err != nil {
		return nil, err
	}
	hotlines, err := h.Store.Hotlines(ctx)
	return public.Home(public.HomePage{Sectors: sectors, Soon: soon, Hotlines: hotlines}), err
}

func (h *Handlers) catalogue(c echo.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	p := public.CataloguePage{Query: public.ReadCatalogueQuery(c.QueryParams())}
	var err error
	if p.Page, err = h.Store.Programmes(ctx, p.Query.Filter(), p.Query.Cursor); err != nil {
		return nil, err
	}
	if p.Page.Count == 0 && p.Query.Text != "" {
		if p.Suggestion, err = h.Store.Suggestion(ctx, p.Query.Text); err != nil {
			return nil, err
		}
	}
	if p.Sectors, err = h.Store.SectorCounts(ctx); err != nil {
		return nil, err
	}
	if p.Regencies, err = h.Store.CatalogueRegencies(ctx); err != nil {
		return nil, err
	}
	p.Levels, err = h.Store.EducationLevels(ctx)
	return public.Catalogue(p), err
}

func (h *Handlers) programme(c echo.Context) (templ.Component, error) {
	detail, err := h.Store.PublicProgramme(c.Request().Context(), c.Param("programme"))
	return public.Programme(public.ProgrammePage{ProgrammeDetail: detail}), err
}

func (h *Handlers) institutions(c echo.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	p := public.InstitutionsPage{Query: public.ReadInstitutionQuery(c.QueryParams())}
	var err error
	if p.Page, err = h.Store.Institutions(ctx, p.Query.Filter(), p.Query.Cursor); err != nil {
		return nil, err
	}
	p.Regencies, err = h.Store.InstitutionRegencies(ctx)
	return public.Institutions(p), err
}

func (h *Handlers) institution(c echo.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	in, err := h.Store.PublicInstitution(ctx, c.Param("institution"))
	if err != nil {
		return nil, err
	}
	p := public.InstitutionPage{Institution: in}
	if p.Regency, err = h.Store.RegencyName(ctx, in.RegencyCode); err != nil {
		return nil, err
	}
	p.Page, err = h.Store.Programmes(ctx, models.CatalogueFilter{Institution: in.ID}, "")
	return public.Institution(p), err
}

func (h *Handlers) occupations(c echo.Context) (templ.Component, error) {
	ctx := c.Request().Context()
	var p public.OccupationsPage
	var err error
	if p.Sectors, err = h.Store.SectorCounts(ctx); err != nil {
		return nil, err
	}
	if p.Occupations, err = h.Store.Occupations(ctx); err != nil {
		return nil, err
	}
	p.Countries, err = h.Store.Countries(ctx)
	return public.Occupations(p), err
}

func (h *Handlers) help(c echo.Context) (templ.Component, error) {
	hotlines, err := h.Store.Hotlines(c.Request().Context())
	return public.Help(public.HelpPage{Hotlines: hotlines}), err
}

func (h *Handlers) safety(c echo.Context) (templ.Component, error) {
	hotlines, err := h.Store.Hotlines(c.Request().Context())
	return public.Safety(public.SafetyPage{Hotlines: hotlines}), err
}

func (h *Handlers) privacy(echo.Context) (templ.Component, error) { return public.Privacy(), nil }

func (h *Handlers) accessibility(echo.Context) (templ.Component, error) {
	return public.Accessibility(), nil
}

// reportForm asks what is wrong with a programme or an institution.
func (h *Handlers) reportForm(c echo.Context) error {
	p := public.ReportPage{Form: public.ReportForm{Token: uuid.NewString(), About: c.QueryParam("tentang")}}
	subject, err := h.Store.ReportSubject(c.Request().Context(), p.Form.About)
	if err != nil {
		return err
	}
	p.About = aboutWhat(subject)
	return h.render(c, http.StatusOK, public.Report(p))
}

// report takes what somebody tells the officers; nobody need be signed in.
func (h *Handlers) report(c echo.Context) error {
	ctx := c.Request().Context()
	var p public.ReportPage
	if err := readForm(c, &p.Form); err != nil {
		return err
	}
	subject, err := h.Store.ReportSubject(ctx, p.Form.About)
	if err != nil {
		return err
	}
	p.About = aboutWhat(subject)
	if _, err := uuid.Parse(p.Form.Token); err != nil {
		p.Form.Token = uuid.NewString()
	}
	if p.Errors = p.Form.Check(); p.Errors.Any() {
		return h.render(c, http.StatusUnprocessableEntity, public.Report(p))
	}
	sent, err := h.Store.FileReport(ctx, h.currentUser(c), subject, models.Report{
		Kind: p.Form.Kind, Body: p.Form.Body, Contact: p.Form.Contact, FormToken: p.Form.Token,
	}, c.RealIP())
	if err != nil {
		return err
	}
	return h.redirect(c, urls.ReportReceipt(sent.Ref))
}

func (h *Handlers) reportReceipt(c echo.Context) error {
	ref := c.Param("report")
	at, err := h.Store.ReportReceipt(c.Request().Context(), ref)
	if err != nil {
		return err
	}
	return h.render(c, http.StatusOK, public.ReportReceipt(public.ReportReceiptPage{Ref: ref, At: at}))
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
