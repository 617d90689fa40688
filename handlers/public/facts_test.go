package public_test

import (
	"net/http"
	"strings"
	"testing"

	"naikkelas/handlers/web"
	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// What is the same on every page of the catalogue is asked for once; a page that nobody asked for before is one
// statement then (F262).
func TestF262PageOfTheCatalogueIsOneStatement(t *testing.T) {
	pages := web.NewPageCache()
	p := testportal.Start(t, func(d *web.Deps) { d.Pages = pages })
	p.AddReference()
	p.AddProgramme(nil)
	counter := p.Counted()
	pages.Drop()
	visitor := p.Client()
	for _, path := range []string{urls.Programmes(), urls.Institutions(), urls.Home(), urls.Safety()} {
		visitor.Get(path).Is(http.StatusOK) // the facts are asked for here
	}
	for path, most := range map[string]int{
		urls.Programmes() + "?urut=terbaru": 1, urls.Programmes() + "?q=las": 1, urls.Institutions() + "?q=lpk": 1,
		urls.InEnglish(urls.Home()): 1, urls.InEnglish(urls.Safety()): 0, urls.InEnglish(urls.Occupations()): 2,
	} {
		if n := counter.Count(func() { visitor.Get(path).Is(http.StatusOK) }); n > most {
			t.Errorf("%s: %d statements, at most %d", path, n, most)
		}
	}
	p.DB.Exec("UPDATE sectors SET name_id = 'Perhotelan' WHERE code = 'teknik'")
	pages.Drop()
	if !strings.Contains(visitor.Get(urls.Programmes()+"?urut=termurah").Body, "Perhotelan") {
		t.Error("an old fact is shown after the catalogue has changed")
	}
}
