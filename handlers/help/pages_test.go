package help_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models/record/dated"
)

// follow puts rows into one of the tables that officers keep.
func follow(p *testportal.Portal, table string, seeds ...dated.Seed) {
	p.T.Helper()
	for i := range seeds {
		seeds[i].From = testportal.Noon.AddDate(-1, 0, 0)
	}
	if err := p.Dated.Follow(p.T.Context(), table, seeds); err != nil {
		p.T.Fatal(err)
	}
}

// Somebody abroad chooses the country and sees whom to call there. Numbers that nobody has called yet do not stand
// there, and then the ministries come first.
func TestCountryShowsWhomToCall(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	p.Client().Get(urls.HelpCountries()).Is(http.StatusOK).Has("main", "sedang disiapkan")
	follow(p, "missions",
		dated.Seed{Code: "JP_A", Says: dated.Values{"name": "KBRI Contoh", "country_code": "JP", "public": "true",
			"emergency": "+81 80-0000-0001\n+818000000002", "whatsapp": "+818000000003", "note_id": "Untuk timur.", "note_en": "For the east."}},
		dated.Seed{Code: "JP_B", Says: dated.Values{"name": "KJRI Lama", "country_code": "JP", "public": "false", "emergency": "+818000000009"}},
		dated.Seed{Code: "KH_A", Says: dated.Values{"name": "KBRI Tua", "country_code": "KH", "public": "false", "emergency": "+85500000009"}})
	p.Client().Get(urls.HelpCountries()).Is(http.StatusOK).Has("main", "Jepang").Has("main", "Kamboja")
	page := p.Client().Get(urls.HelpCountry("JP")).Is(http.StatusOK).Has("main", "KBRI Contoh").Has("main", "Untuk timur").
		Has("a[href='tel:+818000000001']", "+81 80-0000-0001").Has("a[href='https://wa.me/818000000003']", "+81").
		Has("main", "perwakilan lain").Has("a[href='tel:+6281200000027']", "+62").Lacks("a[href='tel:+818000000009']")
	if page.Find("main a[href^='tel:']").First().AttrOr("href", "") != "tel:+818000000001" {
		t.Error("the mission does not come first")
	}
	page = p.Client().Get(urls.HelpCountry("KH")).Is(http.StatusOK).Has("main", "sedang diperiksa").Lacks("a[href='tel:+85500000009']")
	if page.Find("main a[href^='tel:']").First().AttrOr("href", "") != "tel:+6281200000027" {
		t.Error("the ministries do not come first")
	}
	p.Client().Get(urls.InEnglish(urls.HelpCountry("JP"))).Is(http.StatusOK).Has("main", "For the east.").Has("h1", "Japan")
	for _, unknown := range []string{"XX", "jp", "36"} {
		p.Client().Get(urls.HelpCountry(unknown)).Is(http.StatusNotFound)
	}
}

// Places without an address are none.
func TestPlacesHaveAnAddress(t *testing.T) {
	p := testportal.Start(t)
	office := func(code, name, address, public string) dated.Seed {
		return dated.Seed{Code: code, Says: dated.Values{"name": name, "kind": "dinas", "address": address, "city": "Jakarta Timur",
			"hours_id": "Senin 08.00", "services_id": "Loket", "public": public}}
	}
	follow(p, "offices", office("A", "Dinas Contoh", "Jl. Contoh 1", "true"), office("B", "Sudin Contoh", "", "false"),
		office("C", "Balai Contoh", "Jl. Contoh 2", "false"))
	p.Client().Get(urls.Places()).Is(http.StatusOK).Has("main", "Dinas Contoh").Has("main", "Jl. Contoh 1").Has("main", "Senin 08.00").
		Lacks("h2:contains('Sudin Contoh')").Lacks("h2:contains('Balai Contoh')")
}
