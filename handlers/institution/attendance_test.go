package institution_test

import (
	"fmt"
	"net/http"
	"net/url"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// present is what staff send of a day: how those of the class were there, in order.
func (c *course) present(version string, statuses ...string) url.Values {
	v := url.Values{"version": {version}}
	for i, status := range statuses {
		v.Set(fmt.Sprintf("rows[%d].ref", i), c.refs[i])
		v.Set(fmt.Sprintf("rows[%d].status", i), status)
	}
	return v
}

// attended is how people were recorded on a day, in order.
func (c *course) attended(day string) string {
	c.T.Helper()
	return c.One(`SELECT coalesce(string_agg(t.status, ' ' ORDER BY t.application_id), '')
		FROM class_attendance t
		JOIN class_days d ON d.id = t.class_day_id
		WHERE d.day = ?`, day)
}

// The way of a class day: all are taken to have been there, exceptions are recorded, the participant reads of it and is told
// once of an absence without an excuse; it is corrected until the result is recorded.
func TestAttendanceFromTheListToTheParticipant(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	list, day := urls.Attendance(c.intake), urls.AttendanceDay(c.intake, "2026-12-15")
	c.staff.Get(day).Is(http.StatusOK).Has("main", "baru bisa dicatat mulai Selasa, 15 Desember 2026").Lacks("main select")
	c.staff.Post(day, c.present("0", "present")).Is(http.StatusUnprocessableEntity).Has("main", "baru bisa dicatat")
	c.after(20 * 24 * time.Hour)
	c.staff.Get(urls.ManageApplicants(c.intake)).Has("main", "Kehadiran kelas")
	c.DB.Exec("INSERT INTO holidays (day, name_id, name_en) VALUES ('2026-12-25', 'Natal', 'Christmas')")
	page := c.staff.Get(list).Is(http.StatusOK).Has("main .btn", "Catat kehadiran Selasa, 15 Desember 2026").Has("tbody", "Belum dicatat")
	if n := page.Find("tbody tr").Length(); n != 12 { // 14 to 30 December without two weekends and a holiday
		t.Errorf("%d days", n)
	}
	form := c.staff.Get(day).Is(http.StatusOK)
	if n := form.Find("option[value=present][selected]").Length(); n != 3 {
		t.Errorf("%d are taken to have been there", n)
	}
	form.Has(".print-only", "Suparmi")
	sent := c.present("0", "present", "absent", "late")
	for range 2 {
		c.staff.Post(day, sent).LeadsTo(day)
	}
	if got := c.attended("2026-12-15"); got != "present absent late" {
		t.Errorf("recorded %q", got)
	}
	if n := c.One("SELECT count(*) FROM audit_rows WHERE action = 'attendance_recorded' AND person_id IS NOT NULL"); n != "3" {
		t.Errorf("%s acts for three people", n)
	}
	c.staff.Get(list).Is(http.StatusOK).Has("tbody", "oleh Staf").Has("td[data-label='Tidak hadir']", "1")
	if l := c.LastLetter(); l.Template != "class_absent" || l.Data["When"] != "Selasa, 15 Desember 2026" {
		t.Errorf("told %+v", l)
	}
	seeker := c.As(c.Client().UserNamed("Tini"))
	seeker.Get(urls.Application(c.refs[1])).Is(http.StatusOK).Has("#kehadiran table", "Tidak hadir").Has("#kehadiran dl", "1 hari")
	c.staff.Post(day, c.present("0", "late")).Is(http.StatusConflict).Has("main", "Rekan Anda").Shows("option[value=late][selected]")
	c.staff.Post(day, c.present("1", "present", "excused", "absent")).LeadsTo(day)
	c.staff.Post(day, c.present("2", "present", "absent", "absent")).LeadsTo(day)
	if n := c.One("SELECT count(*) FROM notices WHERE template = 'class_absent'"); n != "2" {
		t.Errorf("%s letters for two people", n)
	}
	c.DB.Exec("UPDATE applications SET state = 'completed', course_result = 'passed' WHERE ref = ?", c.refs[0])
	c.staff.Get(day).Is(http.StatusOK).Has("main", "Tidak bisa diubah lagi")
	c.staff.Post(day, c.present("3", "late", "present")).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "Suparmi")
	if got := c.attended("2026-12-15"); got != "present absent absent" {
		t.Errorf("a settled day became %q", got)
	}
}

// A class is on working days; staff add a day or take one out, but for one on which presence is recorded.
func TestClassDaysAreAddedAndTakenOut(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi")
	c.after(26 * 24 * time.Hour)
	list, days := urls.Attendance(c.intake), urls.ClassDays(c.intake)
	on := func(day, held string) url.Values {
		return url.Values{"day.day": {day}, "day.month": {"12"}, "day.year": {"2026"}, "held": {held}}
	}
	saturday := urls.AttendanceDay(c.intake, "2026-12-19")
	c.staff.Post(saturday, c.present("0", "present")).Is(http.StatusUnprocessableEntity).Has("main", "Hari itu tidak ada kelas")
	for range 2 {
		c.staff.Post(days, on("19", "yes")).LeadsTo(list)
		c.staff.Post(days, on("18", "no")).LeadsTo(list)
	}
	c.staff.Get(list).Has("tbody", "Sabtu, 19 Desember").Lacks("tbody tr:contains('18 Desember')")
	c.staff.Post(saturday, c.present("1", "present")).LeadsTo(saturday)
	c.staff.Post(days, on("19", "no")).Is(http.StatusUnprocessableEntity).Has("#f-day-error", "sudah dicatat")
	c.staff.Post(days, on("13", "yes")).Is(http.StatusUnprocessableEntity).Has("#f-day-error", "di luar masa pelatihan")
	c.staff.Post(days, url.Values{"held": {"yes"}}).Is(http.StatusUnprocessableEntity).Shows("#f-day-error")
	outside := urls.AttendanceDay(c.intake, "2026-12-12")
	c.staff.Get(outside).Is(http.StatusOK).Has("main", "di luar masa pelatihan")
	c.staff.Post(outside, c.present("0", "present")).Is(http.StatusUnprocessableEntity)
	c.staff.Get(urls.AttendanceDay(c.intake, "kemarin")).Is(http.StatusNotFound)
}

// A class meets on the days of the week that its intake says.
func TestClassMeetsOnItsDaysOfTheWeek(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi")
	c.DB.Exec("UPDATE intakes SET class_days = '{tue,sat}'")
	c.after(26 * 24 * time.Hour)
	c.staff.Get(urls.Attendance(c.intake)).Has("tbody", "Sabtu, 19 Desember").Has("tbody", "Selasa, 15 Desember").
		Lacks("tbody tr:contains('Rabu')").Lacks("tbody tr:contains('Minggu')")
}

// Hostile sheets change nothing, and a class of others is not found; the pages ask as many questions for many as for one.
func TestAttendanceOfOthersAndOddSheets(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	c.after(20 * 24 * time.Hour)
	day := urls.AttendanceDay(c.intake, "2026-12-15")
	other := c.As(c.AddUser("staff", "Staf Lain"))
	for _, p := range []testportal.Page{
		other.Get(urls.Attendance(c.intake)), other.Get(day), other.Post(day, c.present("0", "present")),
		other.Post(urls.ClassDays(c.intake), url.Values{"day.day": {"19"}, "day.month": {"12"}, "day.year": {"2026"}}),
	} {
		p.Is(http.StatusNotFound)
	}
	c.staff.Post(day, c.present("0", "tidur")).Is(http.StatusUnprocessableEntity).Shows("[data-error-summary] a[href='#f-rows[0].status']")
	c.staff.Post(day, c.present("0", "", "", "")).Is(http.StatusUnprocessableEntity).Has("main", "Belum ada yang dicatat")
	stranger := c.present("0", "present")
	stranger.Set("rows[0].ref", "NK-TIDAKADA")
	c.staff.Post(day, stranger).Is(http.StatusNotFound)
	if got := c.attended("2026-12-15"); got != "" {
		t.Errorf("recorded %q", got)
	}
	counter := c.Counted()
	staff := c.As(c.staff.UserNamed("Staf"))
	for _, path := range []string{urls.Attendance(c.intake), day} {
		before := counter.Total()
		staff.Get(path).Is(http.StatusOK)
		if n := counter.Total() - before; n > 11 {
			t.Errorf("%s asks %d questions", path, n)
		}
	}
}
