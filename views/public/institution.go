package public

import (
	"context"
	"net/url"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/programme"
)

// InstitutionQuery is the institution list's part of an address.
type InstitutionQuery struct {
	Text    string
	Regency string
	Kind    string
	Cursor  string
}

const paramKind = "jenis"

// InstitutionParams are the names that the list reads from an address.
func InstitutionParams() []string {
	return []string{paramText, paramRegency, paramKind, paramCursor}
}

// ReadInstitutionQuery reads an address.
func ReadInstitutionQuery(v url.Values) InstitutionQuery {
	text := []rune(strings.Join(strings.Fields(v.Get(paramText)), " "))
	return InstitutionQuery{
		Text:    string(text[:min(len(text), maxQuery)]),
		Regency: v.Get(paramRegency), Kind: v.Get(paramKind), Cursor: v.Get(paramCursor),
	}
}

// Filter is what the Store is asked for.
func (q InstitutionQuery) Filter() models.InstitutionFilter {
	return models.InstitutionFilter{Text: q.Text, Regency: q.Regency, Kind: q.Kind}
}

func (q InstitutionQuery) href(ctx context.Context) string {
	return ambient.Href(ctx, urls.WithQuery(urls.Institutions(),
		paramText, q.Text, paramRegency, q.Regency, paramKind, q.Kind, paramCursor, q.Cursor))
}

// InstitutionsPage is the list of verified institutions.
type InstitutionsPage struct {
	Query     InstitutionQuery
	Page      models.InstitutionPage
	Regencies []models.Regency
}

func (p InstitutionsPage) cities() []components.Option {
	var list []components.Option
	for _, r := range p.Regencies {
		list = append(list, components.Option{Value: r.Code, Label: city(r.Name)})
	}
	return list
}

func kindOptions(ctx context.Context) []components.Option {
	var list []components.Option
	for _, kind := range []string{"ppkd", "ppkpi", "blk", "lpk"} {
		list = append(list, components.Option{Value: kind, Label: programme.Kind(ctx, kind)})
	}
	return list
}

func (p InstitutionsPage) pager(ctx context.Context) components.PagerProps {
	if p.Page.Next == "" {
		return components.PagerProps{}
	}
	next := p.Query
	next.Cursor = p.Page.Next
	return components.PagerProps{Next: next.href(ctx)}
}

func (p InstitutionsPage) first(ctx context.Context) string {
	first := p.Query
	first.Cursor = ""
	return first.href(ctx)
}

func institutionCard(ctx context.Context, in models.InstitutionRow) components.CardProps {
	note := programme.Kind(ctx, in.Kind)
	if c := city(in.RegencyName); c != "" {
		note += " · " + c
	}
	return components.CardProps{
		Lang:  institutional(ctx),
		Title: in.Name, Href: ambient.Href(ctx, urls.Institution(in.Ref)), Note: note, Tag: programme.Standing(ctx, in.Institution),
		Facts: []components.Fact{{
			Label: i18n.T(ctx, "public.institution.listed"), Text: i18n.T(ctx, "public.programmes", "Count", in.Programmes),
		}},
	}
}

// InstitutionPage is one institution, its papers and its programmes. More is set when the
// catalogue holds more of its programmes than stand here.
type InstitutionPage struct {
	Institution models.Institution
	Regency     string
	Page        models.CataloguePage
}

func (p InstitutionPage) contact(ctx context.Context) []components.Fact {
	var facts []components.Fact
	for _, f := range []components.Fact{
		{Label: i18n.T(ctx, "public.institution.address"), Text: p.Institution.Street},
		{Label: i18n.T(ctx, "public.fact.city"), Text: city(p.Regency)},
		{Label: i18n.T(ctx, "public.institution.phone"), Text: p.Institution.Phone},
		{Label: i18n.T(ctx, "public.institution.email"), Text: p.Institution.Email},
		{Label: i18n.T(ctx, "public.institution.complaint"), Text: p.Institution.ComplaintContact},
	} {
		if f.Text != "" {
			facts = append(facts, f)
		}
	}
	if site := p.Institution.Website; site != "" {
		facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.institution.website"), Content: components.WebLink(site)})
	}
	return facts
}
