package institution_test

import (
	"net/http"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/urls"
)

// The list of a class says how to reach its people while it runs, as a file too, which each of them can read of; two weeks
// after its end it says so and gives no number.
func TestClassListHasContactsWhileTheClassRuns(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	c.DB.Exec("UPDATE users SET phone = '+628119990001' WHERE name = 'Suparmi'")
	c.DB.Exec("UPDATE applications SET state = 'dropped' WHERE ref = ?", c.refs[2])
	list := urls.Participants(c.intake)
	c.As(c.AddUser("staff", "Staf Lain")).Get(list).Is(http.StatusNotFound)
	c.staff.Get(list).Is(http.StatusOK).Shows("a[href='tel:+628119990001']").Shows("a[href='https://wa.me/628119990001']").
		Has("main", "13 Januari 2027").Has("table", "Tini").Lacks("table:contains('Wati')")
	for _, format := range []string{"csv", "xlsx"} {
		file := c.staff.Get(urls.ParticipantsExport(c.intake, format)).Is(http.StatusOK)
		if format == "csv" && !strings.Contains(file.Body, "628119990001") {
			t.Errorf("the file says %q", file.Body)
		}
	}
	if n := c.One("SELECT count(*) FROM audit_rows WHERE action = 'applicants_downloaded' AND person_id IS NOT NULL"); n != "4" {
		t.Errorf("%s looks are noted, want 4", n)
	}
	c.after(50 * 24 * time.Hour)
	c.staff.Get(list).Is(http.StatusOK).Has("main", "tidak ditampilkan lagi").Has("table", "Suparmi").Lacks("a[href^='tel:+62811']")
	c.staff.Get(urls.ParticipantsExport(c.intake, "csv")).LeadsTo(list)
	counter := c.Counted()
	staff := c.As(c.staff.UserNamed("Staf"))
	before := counter.Total()
	staff.Get(list).Is(http.StatusOK)
	if n := counter.Total() - before; n > 12 {
		t.Errorf("the list asks %d questions", n)
	}
}

// A rule of absence is set before the start, stands on the public page, and marks who is near it or over it; nobody leaves
// by it, it leads to the page that asks.
func TestAbsenceRuleMarksAndLeads(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	programme := c.One("SELECT ref FROM programmes")
	c.staff.Post(urls.ManageNewIntake(programme), wholeIntake("number", "2", "absence_in", "percent")).
		Is(http.StatusUnprocessableEntity).Shows("#f-absence_most-error")
	c.staff.Post(urls.ManageNewIntake(programme), wholeIntake("number", "2", "absence_most", "5")).
		Is(http.StatusUnprocessableEntity).Shows("#f-absence_in-error")
	c.staff.Post(urls.ManageNewIntake(programme), wholeIntake("number", "2", "absence_in", "minggu", "absence_most", "5")).
		Is(http.StatusUnprocessableEntity).Shows("#f-absence_in-error")
	c.staff.Post(urls.ManageNewIntake(programme), wholeIntake("number", "2", "absence_in", "percent", "absence_most", "10")).
		LeadsTo(urls.ManageProgramme(programme))
	c.Client().Get(urls.Programme(programme)).Is(http.StatusOK).Has("main", "paling banyak 10% dari hari kelas")
	ruled := wholeIntake("absence_in", "days", "absence_most", "1", "version", c.One("SELECT version FROM intakes WHERE number = 1"))
	c.staff.Post(urls.ManageIntake(c.intake), ruled).Is(http.StatusOK).
		Has("main", "Batas tidak hadir tanpa izin: tidak ada, sekarang paling banyak 1 hari")
	c.DB.Exec("UPDATE intakes SET absence_in = 'days', absence_most = 1 WHERE ref = ?", c.intake)
	c.As(c.Client().UserNamed("Tini")).Get(urls.Application(c.refs[1])).Has("main", "paling banyak 1 hari")
	c.after(20 * 24 * time.Hour)
	for _, day := range []string{"2026-12-14", "2026-12-15"} {
		second := "present"
		if day == "2026-12-15" {
			second = "absent"
		}
		path := urls.AttendanceDay(c.intake, day)
		c.staff.Post(path, c.present("0", "absent", second, "excused")).LeadsTo(path)
	}
	page := c.staff.Get(urls.Participants(c.intake)).Is(http.StatusOK).Has("tbody tr:nth-child(1)", "Melewati batas").
		Has("tbody tr:nth-child(2)", "Mendekati batas").Has("tbody tr:nth-child(2)", "Hadir 1, terlambat 0, izin 0, tidak hadir 1").
		Lacks("tbody tr:nth-child(3):contains('batas')")
	if n := page.Find("a[href*='alasan=dropped_absent']").Length(); n != 1 {
		t.Errorf("%d links lead to leaving", n)
	}
	asks := func(reason string) string {
		return urls.WithQuery(urls.ManageRecord(c.refs[0]), "hasil", "dropped", "alasan", reason)
	}
	c.staff.Get(asks("dropped_x")).Is(http.StatusOK).Shows("option[value=dropped_x][selected]")
	c.staff.Get(asks("lain")).Is(http.StatusOK).Lacks("option[value=lain]")
	c.staff.Get(urls.ManageDropForAbsence(c.refs[0])).Is(http.StatusOK)
	if got := c.state(c.refs[0]); got != "enrolled" {
		t.Errorf("who is over the limit is %s", got)
	}
}
