package public

import (
	"net/url"
	"slices"
	"strings"
	"testing"

	"naikkelas/models"
)

// Every filter of the models has its words here, a place in the form, and survives an address.
func TestEveryFilterHasItsWordsAndItsAddress(t *testing.T) {
	page := CataloguePage{
		Sectors:   []models.SectorCount{{Sector: models.Sector{Code: "teknik", Name: models.Text{ID: "Teknik"}}}},
		Regencies: []models.Regency{{Code: "31.74", Name: "Kota Adm. Jakarta Selatan"}},
		Levels:    []models.EducationLevel{{Code: "SMP", Name: models.Text{ID: "SMP"}}},
	}
	filters := page.filters(t.Context())
	if len(filters) != len(models.CatalogueFilters) || len(formOrder) != len(filters) {
		t.Fatalf("%d filters, %d in the form's order, %d in the models", len(filters), len(formOrder), len(models.CatalogueFilters))
	}
	for _, f := range filters {
		if f.label == "" || f.Tick != (len(f.choices) == 0) || !slices.Contains(formOrder, f.Name) {
			t.Errorf("%s: label %q, %d choices", f.Name, f.label, len(f.choices))
		}
		value := "1"
		if !f.Tick {
			value = f.choices[0].Value
		}
		page.Query = ReadCatalogueQuery(url.Values{f.Name: {value}, paramText: {"las"}})
		if got := page.Query.Filter().Chosen[f.Name]; got != value {
			t.Errorf("%s: read as %q", f.Name, got)
		}
		if href := page.Query.href(t.Context()); !strings.Contains(href, f.Name+"="+url.QueryEscape(value)) {
			t.Errorf("%s: address %s", f.Name, href)
		}
		chips := page.chips(t.Context()).Items
		if len(chips) != 2 || strings.Contains(chips[1].Href, f.Name) || !strings.Contains(chips[1].Href, "q=las") {
			t.Errorf("%s: chips %+v", f.Name, chips)
		}
	}
}
