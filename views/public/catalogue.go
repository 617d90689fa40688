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

// maxQuery is the most letters of a search that are looked at.
const maxQuery = 100

// CatalogueQuery is the catalogue's part of an address: what is searched for and filtered by,
// the order, and the place in the list.
type CatalogueQuery struct {
	Text        string
	Sector      string
	Regency     string
	Funding     string
	Method      string
	Education   string
	Outcome     string
	Open        string // "1"
	NonResident string // "1"
	Sort        string
	Cursor      string
}

// The names in addresses, in the order in which they stand there.
const (
	paramText        = "q"
	paramSector      = "sektor"
	paramRegency     = "kota"
	paramFunding     = "dana"
	paramMethod      = "cara"
	paramEducation   = "pendidikan"
	paramOutcome     = "hasil"
	paramOpen        = "buka"
	paramNonResident = "luar_dki"
	paramSort        = "urut"
	paramCursor      = "setelah"
)

// CatalogueParams are the names that the catalogue reads from an address.
func CatalogueParams() []string {
	return []string{paramText, paramSector, paramRegency, paramFunding, paramMethod, paramEducation, paramOutcome, paramOpen, paramNonResident, paramSort, paramCursor}
}

// ReadCatalogueQuery reads an address. Values that no choice has are kept: they match nothing
// and can be taken off as chips.
func ReadCatalogueQuery(v url.Values) CatalogueQuery {
	text := []rune(strings.Join(strings.Fields(v.Get(paramText)), " "))
	return CatalogueQuery{
		Text: string(text[:min(len(text), maxQuery)]), Sector: v.Get(paramSector), Regency: v.Get(paramRegency), Funding: v.Get(paramFunding), Method: v.Get(paramMethod),
		Education: v.Get(paramEducation), Outcome: v.Get(paramOutcome), Open: v.Get(paramOpen), NonResident: v.Get(paramNonResident), Sort: v.Get(paramSort), Cursor: v.Get(paramCursor),
	}
}

// The codes of the address that are not stored codes.
var (
	funding  = map[string]string{"apbd": models.FundingAPBD, "apbn": models.FundingAPBN, "csr": models.FundingCSR, "mandiri": models.FundingSelfPaid}
	methods  = map[string]string{"tatap-muka": "onsite", "daring": "online", "campuran": "blended"}
	outcomes = map[string]string{"bnsp": "bnsp", "sertifikat": "training"}
	orders   = map[string]models.CatalogueSort{"": models.SortClosing, "terbaru": models.SortNewest, "termurah": models.SortCheapest, "tersingkat": models.SortShortest}
)

// stored is the stored code of an address's, or the address's own, which matches nothing.
func stored(codes map[string]string, code string) string {
	if s, ok := codes[code]; ok {
		return s
	}
	return code
}

// Filter is what the Store is asked for.
func (q CatalogueQuery) Filter() models.CatalogueFilter {
	return models.CatalogueFilter{
		Text: q.Text, Sector: q.Sector, Regency: q.Regency, Funding: stored(funding, q.Funding), Method: stored(methods, q.Method), Education: q.Education,
		Outcome: stored(outcomes, q.Outcome), OpenNow: q.Open != "", NonResident: q.NonResident != "", Sort: orders[q.Sort],
	}
}

// href is the address of this part of the catalogue, without unused names.
func (q CatalogueQuery) href(ctx context.Context) string {
	return ambient.Href(ctx, urls.WithQuery(urls.Programmes(), paramText, q.Text, paramSector, q.Sector, paramRegency, q.Regency, paramFunding, q.Funding, paramMethod, q.Method,
		paramEducation, q.Education, paramOutcome, q.Outcome, paramOpen, q.Open, paramNonResident, q.NonResident, paramSort, q.Sort, paramCursor, q.Cursor))
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

// A filter is a field of the query with its name and choices.
type filter struct {
	name    string
	label   string
	field   func(*CatalogueQuery) *string
	choices []components.Option
}

// filters lists the fields that narrow the catalogue by choosing, in the reader's language.
func (p CataloguePage) filters(ctx context.Context) []filter {
	lang := i18n.Of(ctx)
	var sectors, cities, levels []components.Option
	for _, s := range p.Sectors {
		sectors = append(sectors, components.Option{Value: s.Code, Label: s.Name.In(lang)})
	}
	for _, r := range p.Regencies {
		cities = append(cities, components.Option{Value: r.Code, Label: city(r.Name)})
	}
	for _, l := range p.Levels {
		levels = append(levels, components.Option{Value: l.Code, Label: l.Name.In(lang)})
	}
	return []filter{
		{paramSector, i18n.T(ctx, "public.filter.sector"), func(q *CatalogueQuery) *string { return &q.Sector }, sectors},
		{paramRegency, i18n.T(ctx, "public.filter.city"), func(q *CatalogueQuery) *string { return &q.Regency }, cities},
		{paramEducation, i18n.T(ctx, "public.filter.education"), func(q *CatalogueQuery) *string { return &q.Education }, levels},
		{paramFunding, i18n.T(ctx, "public.filter.funding"), func(q *CatalogueQuery) *string { return &q.Funding }, fundingOptions(ctx)},
		{paramMethod, i18n.T(ctx, "public.filter.method"), func(q *CatalogueQuery) *string { return &q.Method }, []components.Option{
			{Value: "tatap-muka", Label: programme.Method(ctx, "onsite")}, {Value: "daring", Label: programme.Method(ctx, "online")}, {Value: "campuran", Label: programme.Method(ctx, "blended")},
		}},
		{paramOutcome, i18n.T(ctx, "public.filter.outcome"), func(q *CatalogueQuery) *string { return &q.Outcome }, []components.Option{
			{Value: "bnsp", Label: i18n.T(ctx, "public.filter.outcome.bnsp")}, {Value: "sertifikat", Label: i18n.T(ctx, "public.filter.outcome.training")},
		}},
	}
}

func fundingOptions(ctx context.Context) []components.Option {
	return []components.Option{
		{Value: "apbd", Label: programme.Funding(ctx, models.FundingAPBD)}, {Value: "apbn", Label: programme.Funding(ctx, models.FundingAPBN)},
		{Value: "csr", Label: programme.Funding(ctx, models.FundingCSR)}, {Value: "mandiri", Label: programme.Funding(ctx, models.FundingSelfPaid)},
	}
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
	add := func(label string, clear func(*CatalogueQuery) *string) {
		without := p.Query
		without.Cursor = ""
		*clear(&without) = ""
		chips.Items = append(chips.Items, components.Chip{Label: label, Href: without.href(ctx)})
	}
	if p.Query.Text != "" {
		add("“"+p.Query.Text+"”", func(q *CatalogueQuery) *string { return &q.Text })
	}
	for _, f := range p.filters(ctx) {
		value := *f.field(&p.Query)
		if value == "" {
			continue
		}
		label := f.label + ": " + value
		for _, o := range f.choices {
			if o.Value == value {
				label = o.Label
			}
		}
		add(label, f.field)
	}
	if p.Query.Open != "" {
		add(i18n.T(ctx, "public.filter.open"), func(q *CatalogueQuery) *string { return &q.Open })
	}
	if p.Query.NonResident != "" {
		add(i18n.T(ctx, "public.filter.non_resident"), func(q *CatalogueQuery) *string { return &q.NonResident })
	}
	chips.Clear = CatalogueQuery{Sort: p.Query.Sort}.href(ctx)
	return chips
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
func (p CataloguePage) filtered() bool {
	q := p.Query
	q.Cursor = ""
	return q != q.bare()
}
