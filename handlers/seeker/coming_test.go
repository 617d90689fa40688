package seeker_test

import (
	"net/http"
	"slices"
	"strings"
	"testing"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
	"naikkelas/models"
)

// From sending on the page of an application shows what still comes, with its dates, in each state that goes on; what is
// behind it and what is over shows none.
func TestF195ComingStepsStayVisible(t *testing.T) {
	p, _, u, _ := testportal.StartApplicant(t)
	l := p.AddProgramme(func(d *models.DemoProgramme) {
		d.Intakes[0].TestOn, d.Intakes[0].AnnounceOn = new(testportal.Day(2026, 12, 3)), new(testportal.Day(2026, 12, 8))
		first := testportal.OpenIntake(2)
		first.Selection = models.ByFirstCome
		d.Intakes = append(d.Intakes, first)
	})
	c := p.As(u)
	const test, announce, start = "Direncanakan Kamis, 3 Desember 2026", "Direncanakan Selasa, 8 Desember 2026", "Senin, 14 Desember 2026"
	all := []string{"Petugas memeriksa", test, announce, start, "Kursi diberikan menurut urutan", "Daftar ulang"}
	shows := func(ref string, want ...string) {
		t.Helper()
		page := c.Get(urls.Application(ref)).Is(http.StatusOK)
		for _, text := range all {
			if slices.Contains(want, text) {
				page.Has("#nanti", text)
			} else if section := page.Find("#nanti").Text(); section != "" && strings.Contains(section, text) {
				t.Errorf("shows %q", text)
			}
		}
		if len(want) == 0 {
			page.Lacks("#nanti")
		}
	}
	ref := walk(c, l.Intakes[0])
	shows(ref)
	c.Post(urls.ApplicationCheck(ref), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(ref))
	c.Get(urls.ApplicationReceipt(ref)).Has("main", test).Has("main", start)
	for state, want := range map[string][]string{
		"submitted": {"Petugas memeriksa", test, announce, "Daftar ulang", start},
		"in_review": {"Petugas memeriksa", test, announce, "Daftar ulang", start},
		"verified":  {test, announce, "Daftar ulang", start}, "attended": {announce, "Daftar ulang", start},
		"accepted": {"Daftar ulang", start}, "enrolled": {start}, "not_selected": {}, "withdrawn": {},
	} {
		p.DB.Exec("UPDATE applications SET state = ? WHERE ref = ?", state, ref)
		shows(ref, want...)
	}
	second := walk(c, l.Intakes[1])
	c.Post(urls.ApplicationCheck(second), testportal.AllStatements).LeadsTo(urls.ApplicationReceipt(second))
	shows(second, "Petugas memeriksa", "Kursi diberikan menurut urutan", "Daftar ulang", start)
}
