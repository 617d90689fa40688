package journey

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/form"
)

// InterestForm is what somebody wants; each may be empty.
type InterestForm struct {
	Sector     string `form:"sector"`
	Occupation string `form:"occupation"`
	Country    string `form:"country"`
}

// InterestPage asks what somebody wants, and shows courses that fit what they said.
type InterestPage struct {
	Form        InterestForm
	Sectors     []models.Sector
	Occupations []models.Occupation
	Countries   []models.Country
	Said        string // the sector that is kept; empty for none
	Fitting     []models.ProgrammeRow
	Errors      form.Errors
}

func (p InterestPage) sectors(ctx context.Context) []components.Option {
	var list []components.Option
	for _, s := range p.Sectors {
		list = append(list, components.Option{Value: s.Code, Label: s.Name.In(i18n.Of(ctx))})
	}
	return list
}

func (p InterestPage) occupations(ctx context.Context) []components.Option {
	var list []components.Option
	for _, o := range p.Occupations {
		list = append(list, components.Option{Value: o.Code, Label: o.Name.In(i18n.Of(ctx))})
	}
	return list
}

// mostFitting is how many courses the page shows.
const mostFitting = 3

// fitting are the first courses that fit.
func (p InterestPage) fitting(ctx context.Context) []components.Row {
	var rows []components.Row
	for i, r := range p.Fitting {
		if i < mostFitting {
			rows = append(rows, components.Row{Label: r.Title, Href: ambient.Href(ctx, urls.Programme(r.Ref)), Note: r.InstitutionName})
		}
	}
	return rows
}
