package public

import (
	"context"
	"maps"
	"net/url"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/components"
	"naikkelas/views/programme"
)

// maxQuery is the most letters of a search that are looked at.
const maxQuery = 100

// CatalogueQuery is the catalogue's part of an address: what is searched for and filtered by,
// the order, and the place in the list.
type CatalogueQuery struct {
	Text   string
	Chosen map[string]string // by the name of a filter of models.CatalogueFilters
	Sort   string
	Cursor string
}

// The names in addresses that are no filters; before the order and the place stand the filters.
const (
	paramText   = "q"
	paramSort   = "urut"
	paramCursor = "setelah"
)

// The filters that other pages lead to or share.
const (
	paramSector  = "sektor"
	paramRegency = "kota"
)

// CatalogueParams are the names that the catalogue reads from an address.
func CatalogueParams() []string {
	names := []string{paramText}
	for _, row := range models.CatalogueFilters {
		names = append(names, row.Name)
	}
	return append(names, paramSort, paramCursor)
}

// ReadCatalogueQuery reads an address. Values that no choice has are kept: they match nothing
// and can be taken off as chips.
func ReadCatalogueQuery(v url.Values) CatalogueQuery {
	text := []rune(strings.Join(strings.Fields(v.Get(paramText)), " "))
	q := CatalogueQuery{
		Text: string(text[:min(len(text), maxQuery)]), Chosen: map[string]string{},
		Sort: v.Get(paramSort), Cursor: v.Get(paramCursor),
	}
	for _, row := range models.CatalogueFilters {
		if value := v.Get(row.Name); value != "" {
			q.Chosen[row.Name] = value
		}
	}
	return q
}

// orders are the orders by their codes in addresses.
var orders = map[string]models.CatalogueSort{
	"": models.SortClosing, "terbaru": models.SortNewest, "termurah": models.SortCheapest, "tersingkat": models.SortShortest,
}

// Filter is what the Store is asked for.
func (q CatalogueQuery) Filter() models.CatalogueFilter {
	return models.CatalogueFilter{Text: q.Text, Chosen: q.Chosen, Sort: orders[q.Sort]}
}

// href is the address of this part of the catalogue, without unused names.
func (q CatalogueQuery) href(ctx context.Context) string {
	pairs := []string{paramText, q.Text}
	for _, row := range models.CatalogueFilters {
		pairs = append(pairs, row.Name, q.Chosen[row.Name])
	}
	return ambient.Href(ctx, urls.WithQuery(urls.Programmes(), append(pairs, paramSort, q.Sort, paramCursor, q.Cursor)...))
}

// inSector is the catalogue of one sector.
func inSector(code string) CatalogueQuery {
	return CatalogueQuery{Chosen: map[string]string{paramSector: code}}
}

// bare is the query without its filters: what is searched for, in its order.
func (q CatalogueQuery) bare() CatalogueQuery {
	return CatalogueQuery{Text: q.Text, Sort: q.Sort}
}

// CataloguePage is the list of programmes with its search, filters and order. Suggestion is
// another spelling that finds something, when nothing was found.
type CataloguePage struct {
	Query      CatalogueQuery
	Page       models.CataloguePage
	Sectors    []models.SectorCount
	Regencies  []models.Regency
	Levels     []models.EducationLevel
	Suggestion string
}

// A filter is a row of models.CatalogueFilters in the reader's language. One with choices is chosen
// from, one without is ticked.
type filter struct {
	models.FilterRow
	label   string
	choices []components.Option
}

// filters lists what narrows the catalogue, in the order of the form; ticks come last.
func (p CataloguePage) filters(ctx context.Context) []filter {
	lang := i18n.Of(ctx)
	words := map[string]filter{
		paramSector: {label: i18n.T(ctx, "public.filter.sector"), choices: options(p.Sectors, func(s models.SectorCount) (string, string) {
			return s.Code, s.Name.In(lang)
		})},
		paramRegency: {label: i18n.T(ctx, "public.filter.city"), choices: options(p.Regencies, func(r models.Regency) (string, string) {
			return r.Code, city(r.Name)
		})},
		"pendidikan": {label: i18n.T(ctx, "public.filter.education"), choices: options(p.Levels, func(l models.EducationLevel) (string, string) {
			return l.Code, l.Name.In(lang)
		})},
		"dana": {label: i18n.T(ctx, "public.filter.funding"), choices: options(models.Fundings, func(code string) (string, string) {
			return code, programme.Funding(ctx, code)
		})},
		"cara": {label: i18n.T(ctx, "public.filter.method"), choices: options(models.Methods, func(code string) (string, string) {
			return code, programme.Method(ctx, code)
		})},
		"hasil": {label: i18n.T(ctx, "public.filter.outcome"), choices: []components.Option{
			{Value: "bnsp", Label: i18n.T(ctx, "public.filter.outcome.bnsp")},
			{Value: "training", Label: i18n.T(ctx, "public.filter.outcome.training")},
		}},
		"buka":     {label: i18n.T(ctx, "public.filter.open")},
		"luar_dki": {label: i18n.T(ctx, "public.filter.non_resident")},
	}
	var list []filter
	for _, row := range models.CatalogueFilters {
		f := words[row.Name]
		f.FilterRow = row
		for i, o := range f.choices {
			f.choices[i].Value = row.Code(o.Value)
		}
		list = append(list, f)
	}
	slices.SortStableFunc(list, func(a, b filter) int { return slices.Index(formOrder, a.Name) - slices.Index(formOrder, b.Name) })
	return list
}

// formOrder is the order of the filters in the form, by how much they narrow.
var formOrder = []string{paramSector, paramRegency, "pendidikan", "dana", "cara", "hasil", "buka", "luar_dki"}

// options makes the choices of a list.
func options[T any](list []T, value func(T) (code, label string)) []components.Option {
	out := make([]components.Option, len(list))
	for i, item := range list {
		out[i].Value, out[i].Label = value(item)
	}
	return out
}

func sortOptions(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: "", Label: i18n.T(ctx, "public.sort.closing")}, {Value: "terbaru", Label: i18n.T(ctx, "public.sort.newest")},
		{Value: "termurah", Label: i18n.T(ctx, "public.sort.cheapest")}, {Value: "tersingkat", Label: i18n.T(ctx, "public.sort.shortest")},
	}
}

// chips are the filters that are on, each leading to the list without it.
func (p CataloguePage) chips(ctx context.Context) components.ChipsProps {
	var chips components.ChipsProps
	add := func(label string, rest CatalogueQuery) {
		rest.Cursor = ""
		chips.Items = append(chips.Items, components.Chip{Label: label, Href: rest.href(ctx)})
	}
	if p.Query.Text != "" {
		rest := p.Query
		rest.Text = ""
		add("“"+p.Query.Text+"”", rest)
	}
	for _, f := range p.filters(ctx) {
		if value := p.Query.Chosen[f.Name]; value != "" {
			rest := p.Query
			rest.Chosen = maps.Clone(p.Query.Chosen)
			delete(rest.Chosen, f.Name)
			add(f.chip(value), rest)
		}
	}
	chips.Clear = CatalogueQuery{Sort: p.Query.Sort}.href(ctx)
	return chips
}

// chip says in words what was chosen.
func (f filter) chip(value string) string {
	if f.Tick {
		return f.label
	}
	for _, o := range f.choices {
		if o.Value == value {
			return o.Label
		}
	}
	return f.label + ": " + value
}

// pager leads to the next page, and from any but the first back to the beginning.
func (p CataloguePage) pager(ctx context.Context) components.PagerProps {
	var pager components.PagerProps
	if p.Page.Next != "" {
		next := p.Query
		next.Cursor = p.Page.Next
		pager.Next = next.href(ctx)
	}
	return pager
}

func (p CataloguePage) first(ctx context.Context) string {
	first := p.Query
	first.Cursor = ""
	return first.href(ctx)
}

// suggested searches for the other spelling alone: with the filters it might find nothing again.
func (p CataloguePage) suggested(ctx context.Context) string {
	return CatalogueQuery{Text: p.Suggestion, Sort: p.Query.Sort}.href(ctx)
}

// filtered says whether more than words narrows the list.
func (p CataloguePage) filtered() bool { return len(p.Query.Chosen) > 0 }
