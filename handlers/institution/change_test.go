package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// F085: a change of an intake to which people applied first shows whom it concerns and the words; then all are told
// old and new, read it on their page and may leave, and invitations to the test follow. What concerns nobody is saved
// at once.
func TestF085ChangeOfALiveIntakeIsAskedAndTold(t *testing.T) {
	c := inCourse(t, "verified", "Suparmi", "Tini")
	invite := url.Values{
		"applications": c.refs[:1], "at.day": {"7"}, "at.month": {"12"}, "at.year": {"2026"}, "hour": {"09.00"}, "place": {"Bengkel"},
	}
	c.staff.Post(urls.ManageInvite(c.intake), invite).LeadsTo(urls.ManageApplicants(c.intake))
	change := func(pairs ...string) url.Values {
		v := wholeIntake(append([]string{"quota", "3", "reserve", "2"}, pairs...)...)
		v.Set("version", c.One("SELECT version::text FROM intakes"))
		return v
	}
	save := func(v url.Values) testportal.Page { return c.staff.Post(urls.ManageIntake(c.intake), v) }
	save(change("reserve", "1")).Is(http.StatusSeeOther) // places on the reserve list are nobody's dates
	moved := change("reserve", "1", "test.day", "9", "starts.day", "11", "starts.month", "1", "starts.year", "2027",
		"ends.day", "30", "ends.month", "1", "ends.year", "2027", "place", "Bengkel Dua")
	page := save(moved).Is(http.StatusOK).Has("[data-whom]", "2 orang mendapat surat ini").
		Has("[data-letter]", "Pelatihan mulai: Senin, 14 Desember 2026, sekarang Senin, 11 Januari 2027").Has("[data-letter]", "Bengkel Dua")
	if got := c.One("SELECT starts_on::text FROM intakes"); !strings.HasPrefix(got, "2026-12-14") {
		t.Errorf("saved before it was asked: %s", got)
	}
	sure := url.Values{}
	for _, field := range page.Find("form[action='" + urls.ManageIntake(c.intake) + "'] input").Nodes {
		var name, value string
		for _, a := range field.Attr {
			switch a.Key {
			case "name":
				name = a.Val
			case "value":
				value = a.Val
			}
		}
		sure.Set(name, value)
	}
	save(sure).Is(http.StatusSeeOther)
	c.Tell()
	if n := c.One("SELECT count(*)::text FROM notices WHERE template = 'intake_changed'"); n != "2" {
		t.Errorf("%s letters say so", n)
	}
	seeker := c.As(c.Client().UserNamed("Suparmi"))
	seeker.Get(urls.Application(c.refs[0])).
		Has("main", "sekarang Senin, 11 Januari 2027").Has("main", "Rabu, 9 Desember 2026 pukul 09.00 WIB").
		Has("main", "Batalkan pendaftaran")
	c.As(c.Client().UserNamed("Tini")).Get("/en"+urls.Application(c.refs[1])).Has("main", "now Monday, 11 January 2027")
	seeker.Post(urls.ApplicationWithdraw(c.refs[0]), url.Values{"reason": {"withdraw_x"}}).LeadsTo(urls.Application(c.refs[0]))
	save(change("reserve", "1", "closes.day", "29", "selection", "first_come")).Is(http.StatusOK).
		Has("[data-letter]", "Cara memilih").Has("[data-letter]", "Pendaftaran ditutup")
}
