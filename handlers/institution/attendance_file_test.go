package institution_test

import (
	"net/http"
	"net/url"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/testportal"
	"naikkelas/internal/urls"
)

// sendsDays sends a file of attendance of the class.
func (c *course) sendsDays(name, file string) testportal.Page {
	c.T.Helper()
	sent := testportal.Sent(name, "application/octet-stream", []byte(file))
	return c.staff.Do(testportal.Multipart(c.T, urls.AttendanceFile(c.intake), nil, "file", sent))
}

// changes are those of a check, to be recorded.
func changes(page testportal.Page) url.Values {
	v := url.Values{}
	for _, field := range page.Find("input[name=change]").EachIter() {
		v.Add("change", field.AttrOr("value", ""))
	}
	return v
}

// Attendance goes out as a file and comes back: unchanged it changes nothing, in both formats; what is changed is shown, then
// recorded whole, and what a colleague corrected meanwhile is not overwritten.
func TestAttendanceGoesOutAndComesBack(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	c.staff.Get(urls.AttendanceFile(c.intake)).Is(http.StatusOK).Has("main", "Belum ada yang bisa dicatat")
	c.after(21 * 24 * time.Hour)
	day := urls.AttendanceDay(c.intake, "2026-12-15")
	c.staff.Post(day, c.present("0", "present", "late", "excused")).LeadsTo(day)
	c.staff.Get(urls.Attendance(c.intake)).Shows("a[href='" + urls.AttendanceFile(c.intake) + "']")
	c.staff.Get(urls.AttendanceFile(c.intake)).Is(http.StatusOK).Has("main", "A tidak hadir tanpa izin")
	csv := c.staff.Get(urls.AttendanceExport(c.intake, "csv")).Is(http.StatusOK).Body
	if !strings.Contains(csv, "Senin 14-12-2026;Selasa 15-12-2026;Rabu 16-12-2026") || !strings.Contains(csv, "Suparmi;;H;;") {
		t.Fatalf("the file says\n%s", csv)
	}
	c.sendsDays("kehadiran.csv", csv).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "tidak mengubah apa-apa")
	xlsx := c.staff.Get(urls.AttendanceExport(c.intake, "xlsx")).Is(http.StatusOK).Body
	c.sendsDays("kehadiran.xlsx", xlsx).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "tidak mengubah apa-apa")

	filled := strings.Replace(csv, "Suparmi;;H;;", "Suparmi;a;H;Telat;", 1)
	filled = strings.Replace(filled, "Tini;;T;;", "Tini;;H;;", 1)
	check := c.sendsDays("kehadiran.csv", filled).Is(http.StatusOK).Has("[data-whom]", "3 catatan berubah").
		Has("tbody", "Terlambat menjadi Hadir").Has("tbody", "Tidak dicatat menjadi Tidak hadir")
	if got := c.attended("2026-12-14"); got != "" {
		t.Errorf("the check alone records %q", got)
	}
	c.staff.Post(day, c.present("1", "present", "excused", "excused")).LeadsTo(day)
	c.staff.Post(urls.Attendance(c.intake), changes(check)).Is(http.StatusConflict).Has("main", "Unggah berkasnya sekali lagi")
	if got := c.attended("2026-12-14"); got != "" {
		t.Errorf("half of the file is recorded: %q", got)
	}
	check = c.sendsDays("kehadiran.csv", filled).Is(http.StatusOK).Has("tbody", "Izin menjadi Hadir")
	for range 2 {
		c.staff.Post(urls.Attendance(c.intake), changes(check)).LeadsTo(urls.Attendance(c.intake))
	}
	if got := c.attended("2026-12-14") + "; " + c.attended("2026-12-15") + "; " + c.attended("2026-12-16"); got !=
		"absent; present present excused; late" {
		t.Errorf("recorded %q", got)
	}
	if n := c.One("SELECT count(*) FROM notices WHERE template = 'class_absent'"); n != "1" {
		t.Errorf("%s letters", n)
	}
}

// What is wrong in a file is said at its row and nothing is recorded; changes that nobody was shown are refused.
func TestFaultsOfAnAttendanceFileAreNamed(t *testing.T) {
	c := inCourse(t, "enrolled", "Suparmi", "Tini", "Wati")
	c.after(20 * 24 * time.Hour)
	c.DB.Exec("UPDATE applications SET state = 'completed', course_result = 'passed' WHERE ref = ?", c.refs[2])
	head := "Nomor pendaftaran;Nama;Senin 14-12-2026\n"
	for said, file := range map[string]string{
		"tulis H, T, I, A":   c.refs[0] + ";Suparmi;bolos\n",
		"tidak ada di":       "NK-TIDAKADA;Suparmi;H\n",
		"tidak cocok":        c.refs[0] + ";Tini;H\n",
		"Kehadiran Wati":     c.refs[2] + ";Wati;H\n",
		"Isi, karena kosong": ";Suparmi;H\n",
	} {
		page := c.sendsDays("kehadiran.csv", head+file).Is(http.StatusUnprocessableEntity).Has("[data-error-summary]", "1 hal perlu diperbaiki")
		if said != "Isi, karena kosong" {
			page.Has("tbody", said)
		}
	}
	c.sendsDays("kehadiran.csv", "apa;saja\n1;2\n").Is(http.StatusUnprocessableEntity).Shows("#f-file-error")
	for _, odd := range []url.Values{
		{}, {"change": {"x"}}, {"change": {c.refs[0] + ",2026-12-14,,tidur"}}, {"change": {c.refs[2] + ",2026-12-14,,present"}},
		{"change": {c.refs[0] + ",2026-12-28,,present"}},
	} {
		c.staff.Post(urls.Attendance(c.intake), odd).Is(http.StatusUnprocessableEntity)
	}
	c.staff.Post(urls.Attendance(c.intake), url.Values{"change": {"NK-TIDAKADA,2026-12-14,,present"}}).Is(http.StatusNotFound)
	other := c.As(c.AddUser("staff", "Staf Lain"))
	other.Get(urls.AttendanceExport(c.intake, "csv")).Is(http.StatusNotFound)
	other.Post(urls.Attendance(c.intake), url.Values{"change": {c.refs[0] + ",2026-12-14,,present"}}).Is(http.StatusNotFound)
	if got := c.attended("2026-12-14"); got != "" {
		t.Errorf("recorded %q", got)
	}
}
