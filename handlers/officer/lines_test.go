package officer_test

import (
	"net/http"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// Officers list people by station and country with their counts, and read the same line at the counter; nobody else does.
func TestLinesByStation(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	suparmi, dimas := p.AddUser(models.Seeker, "Suparmi"), p.AddUser(models.Seeker, "Dimas")
	leave := `INSERT INTO departures (ref, user_id, route, country, left_on, recorded_by, recorded_at)
		VALUES (?, ?, '', 'JP', '2026-10-01', ?, now())`
	if err := p.DB.Exec(leave, "BR-1", suparmi.ID, suparmi.ID).Error; err != nil {
		t.Fatal(err)
	}
	c := p.As(p.AddUser(models.Officer, "Rina"))
	abroad := urls.WithQuery(urls.OfficerLines(), "stasiun", "working")
	c.Get(abroad).Is(http.StatusOK).Has("main", "Suparmi").Lacks("tbody tr + tr").Has("main", "Bekerja: 1 orang").
		Has("main td", "Jepang").Has("main td", "1 Oktober 2026").Has("option", "Identitas diperiksa (1)")
	c.Get(abroad+"&negara=KR").Is(http.StatusOK).Has("main", "Tidak ada orang di stasiun ini")
	c.Get(urls.OfficerLines()).Is(http.StatusOK).Has("main", "Dimas")
	c.Get(urls.CounterPerson(suparmi.Ref)).Is(http.StatusOK).Has("summary", "Stasiun 7 dari 9: Bekerja, sejak 1 Oktober 2026").
		Has("details", "Negara: Jepang")
	c.Get(urls.CounterPerson(dimas.Ref)).Is(http.StatusOK).Has("summary", "Stasiun 3 dari 9")
	if seen := p.One("SELECT count(*) FROM audit_rows WHERE action = 'person_seen' AND person_id = ?", suparmi.ID); seen != "1" {
		t.Errorf("the look is written down %s times", seen)
	}
	for _, role := range []models.Role{models.Seeker, models.Staff, models.Owner, models.Partner, models.Admin} {
		p.As(p.AddUser(role, "Orang "+string(role))).Get(urls.OfficerLines()).Is(http.StatusForbidden)
	}
}

// However many people are listed, the page asks the database the same.
func TestLinesAskNothingPerRow(t *testing.T) {
	p := testportal.Start(t)
	p.AddReference()
	officer := p.AddUser(models.Officer, "Rina")
	p.AddUser(models.Seeker, "Dimas")
	counter := p.Counted()
	c := p.As(officer)
	ask := func() { c.Get(urls.OfficerLines()).Is(http.StatusOK) }
	ask()
	one := counter.Count(ask)
	err := p.DB.Exec(`INSERT INTO users (ref, role, name, username, password_hash, created_at, updated_at)
		SELECT 'AK-' || n, 'seeker', 'Orang ' || n, 'banyak' || n, '', now(), now() FROM generate_series(1, 60) n`).Error
	if err != nil {
		t.Fatal(err)
	}
	if many := counter.Count(ask); many != one {
		t.Errorf("%d statements for 51 rows, %d for one", many, one)
	}
	next, _ := c.Get(urls.OfficerLines()).Find("main a[href*='sesudah=']").Attr("href")
	if n := c.Get(next).Is(http.StatusOK).Find("main tbody tr").Length(); n != 11 {
		t.Errorf("the second page has %d rows", n)
	}
}
