package public_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// Who passes through chooses their province and reads what officers noted of it with its source, or that nothing is noted yet; what
// is there for everybody stays where it is.
func TestTransitShowsWhatTheirProvinceOffers(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	err := p.DB.Exec(`INSERT INTO provinces (code, name) VALUES ('53', 'Nusa Tenggara Timur'), ('52', 'Nusa Tenggara Barat')
		ON CONFLICT DO NOTHING`).Error
	if err != nil {
		t.Fatal(err)
	}
	offer := `INSERT INTO support_offers (code, kind, name_id, name_en, says_id, says_en, where_id, where_en, doubt_id, doubt_en, province,
			source, public, position, valid_from)
		VALUES (?, 'transit', ?, ?, 'Isi', 'Text', 'Kantor', 'Office', '', '', ?, 'Contoh sumber', true, 1, '2026-01-01')`
	for code, province := range map[string]string{"SEMUA": "", "NTT": "53"} {
		if err := p.DB.Exec(offer, code, "Untuk "+code, "For "+code, province).Error; err != nil {
			t.Fatal(err)
		}
	}
	c := p.Client()
	c.Get(urls.Transit()).Is(http.StatusOK).Lacks("[data-own]").Has("main", "Untuk SEMUA").Lacks("main li:contains('Untuk NTT')")
	ntt := c.Get(urls.WithQuery(urls.Transit(), "provinsi", "53")).Is(http.StatusOK)
	ntt.Has("[data-own]", "Untuk NTT").Has("[data-own]", "Contoh sumber").Lacks("[data-own] li:contains('Untuk SEMUA')")
	c.Get(urls.WithQuery(urls.Transit(), "provinsi", "52")).Has("[data-own]", "belum mencatat apa pun untuk Nusa Tenggara Barat")
	c.Get(urls.WithQuery(urls.Transit(), "provinsi", "99")).Is(http.StatusOK).Lacks("[data-own]")
}
