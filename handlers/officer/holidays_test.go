package officer_test

import (
	"net/http"
	"net/url"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// F208: a day that a colleague named meanwhile is neither overwritten nor taken out unseen; the page says who and what,
// and the next press decides.
func TestF208HolidayOfAColleagueIsNotOverwrittenUnseen(t *testing.T) {
	p, _, officer := testportal.StartInstitution(t)
	other := p.As(p.AddUser("officer", "Petugas Joko"))
	values := func(name, seen string) url.Values {
		return url.Values{"day.day": {"25"}, "day.month": {"12"}, "day.year": {"2026"}, "name": {name}, "seen": {seen}}
	}
	other.Post(urls.Holidays(), values("Hari Natal", "")).LeadsTo(urls.Holidays())
	page := officer.Post(urls.Holidays(), values("Cuti bersama", "")).Is(http.StatusConflict).
		Has("[data-overtaken]", "Petugas Joko").Has("[data-overtaken] dd", "Hari Natal").Has("[data-overtaken] dd", "Cuti bersama")
	if got := p.One("SELECT name_id FROM holidays"); got != "Hari Natal" {
		t.Errorf("the day is called %q", got)
	}
	seen, _ := page.Find("form input[name=name]").Closest("form").Find("input[name=seen]").Attr("value")
	officer.Post(urls.Holidays(), values("Cuti bersama", seen)).LeadsTo(urls.Holidays())
	other.Post(urls.RemoveHoliday(), values("", "Hari Natal")).Is(http.StatusConflict).Has("main", "Petugas lain sudah mengubah hari ini")
	other.Post(urls.RemoveHoliday(), values("", "Cuti bersama")).LeadsTo(urls.Holidays())
	officer.Post(urls.Holidays(), values("Hari Natal", "Cuti bersama")).Is(http.StatusConflict).Has("[data-overtaken]", "kosong")
}
