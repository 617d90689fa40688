package officer_test

import (
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// F006: the panel of a certificate says "menurut KTP" only with the name that an officer noted from the card; the
// names of passport and certificate stand as filled in.
func TestF006PanelSaysKTPOnlyOfACheckedName(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	u := p.AddReadySeeker("Suparmi")
	c := p.AddCertificate(u)
	p.DB.Exec("UPDATE certificates SET state = 'submitted', submitted_at = now() WHERE id = ?", c.ID)
	p.DB.Exec("UPDATE profiles SET passport_name = 'Suparmi W.' WHERE user_id = ?", u.ID)
	path := urls.OfficerCertificate(c.Ref)
	page := officer.Get(path).Has("main", "Nama menurut pengisian (KTP belum dicek)").Has("main", "Nama paspor menurut pengisian").
		Has("main", "Nama di sertifikat menurut pengisian")
	if n := page.Find("dt:contains('menurut KTP')").Length(); n != 0 {
		t.Error("it names the KTP before anybody read it")
	}
	p.DB.Exec(`INSERT INTO identity_checks (user_id, field, outcome, seen_name, typed, officer_id, at)
		SELECT ?, 'name', 'differs', 'Suparmi Wati', 'Suparmi', id, now() FROM users WHERE name = 'Rina'`, u.ID)
	officer.Get(path).Has("dl", "Nama menurut KTP (dicek petugas)").Has("dl", "Suparmi Wati")
	officer.Get("/en"+path).Has("dl", "Name on the KTP (checked by an officer)")
}
