package journey

import "testing"

// Only a shelter that officers made public is named to who passes through: no other kind of place, and none that waits.
func TestShelterIsOnlyOneThatIsPublic(t *testing.T) {
	s := newHome(t)
	for code, o := range map[string]struct {
		kind   string
		public bool
	}{"A": {"shelter", true}, "B": {"shelter", false}, "C": {"bp3mi", true}} {
		err := s.sql.Exec(`INSERT INTO offices (code, name, kind, address, city, phone, whatsapp, email, url, hours_id, hours_en,
				services_id, services_en, source, public, position, valid_from)
			VALUES (?, ?, ?, 'Jl. Contoh 1', 'Jakarta', '', '', '', '', '', '', '', '', 'Contoh', ?, 1, '2026-01-01')`,
			"T_"+code, code, o.kind, o.public).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.Shelters(t.Context())
	if err != nil || len(list) != 1 || list[0].Name != "A" {
		t.Errorf("shelters %+v, %v", list, err)
	}
}
