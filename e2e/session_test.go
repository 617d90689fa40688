package e2e

import (
	"fmt"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"github.com/chromedp/chromedp"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
)

// Staff plan a test session, place sixty people in it, and record at its door, on a phone, that all came but
// two; the figures of the institution and what news come are seen on the way.
func TestSessionFromPlanToDoor(t *testing.T) {
	t.Parallel()
	p := start(t)
	intake, _ := p.openIntake()
	p.crowdAtTest(intake)
	p.exec("UPDATE applications SET state = 'verified' WHERE ref LIKE 'NK-%'")
	staff := p.person(t, ways[0]).asStaff()
	staff.visit(urls.ManageNews()).picture("manage-news").
		visit(urls.ManageFigures()).picture("manage-figures").visit(urls.Team()).picture("manage-team")
	staff.visit(urls.TestSessions(intake)).picture("sessions-none").date("at", time.Now().In(i18n.WIB).AddDate(0, 0, 5)).
		fill("hour", "09.00").fill("place", "Bengkel Las").fill("room", "Ruang 2").fill("capacity", "70").send().at(urls.TestSessions(intake))
	session := p.ref("SELECT ref FROM test_sessions WHERE capacity = 70")
	staff.picture("sessions").visit(urls.ManageApplicants(intake))
	eval[bool](staff, `document.querySelectorAll("input[name=orang]").forEach((box) => (box.checked = true)) ?? true`)
	staff.press("button[value=invited]").at(urls.ManageChoose(intake)).tick(fmt.Sprintf("input[name=session][value=%q]", session)).
		picture("session-choose").send()
	staff.visit(urls.TestSession(intake, session)).picture("session")

	p.exec("UPDATE test_sessions SET starts_at = now() WHERE ref = $1", session)
	p.exec("UPDATE applications SET test_at = now() WHERE session_id IS NOT NULL")
	door := staff.visit(urls.TestDoor(intake, session))
	door.await("the list is kept", `document.querySelector("[data-kept]").checkVisibility()`)
	door.picture("session-door")
	p.gone()
	door.visit(urls.TestDoor(intake, session)).tick("input[name=absent]").do("send", chromedp.Click("main form button[type=submit]"))
	door.await("it says that it was not sent", `document.querySelector("[data-unsent]").checkVisibility()`)
	door.complaints = nil // of what was asked for in vain
	door.do("come back", chromedp.Navigate(door.address(urls.TestDoor(intake, session))))
	door.await("the ticks are there", `document.querySelector("[data-waiting]")?.checkVisibility() &&
		document.querySelector("input[name=absent]").checked`)
	door.picture("session-door-unsent").complaints = nil
	p.serve(p.settings)
	door.press("main form button[type=submit]").at(urls.TestDoor(intake, session)).sees("[data-standing]")
	door.await("nothing of it is kept", `Promise.all([caches.keys(), navigator.serviceWorker.getRegistrations()]).then(([names, workers]) =>
		names.length === 0 && workers.length === 0 && Object.keys(localStorage).every((key) => !key.startsWith("pintu:")))`)
	if n := p.ref("SELECT count(*)::text FROM decisions WHERE arguments->>'What' = 'absent'"); n != "1" {
		t.Errorf("%s were absent", n)
	}
	door.picture("session-recorded")
	if got := p.ref("SELECT count(*)::text FROM applications WHERE ref LIKE 'NK-%' AND state = 'attended'"); got == "0" {
		t.Error("nobody came")
	}
}

// A spreadsheet of more rows than a request saves is read and saved by jobs; the page that shows how far it is needs no scripts.
func TestLongSpreadsheetIsSavedByAJob(t *testing.T) {
	t.Parallel()
	p := start(t)
	day := func(n int) string { return time.Now().In(i18n.WIB).AddDate(0, 0, n).Format(time.DateOnly) }
	text := "Nama pelatihan;Kode;Keterangan;Bidang;Jumlah JP;Jumlah hari;Usia paling muda;Sekolah paling rendah;Sumber biaya;Biaya peserta;" +
		"Aturan uang kembali;Cara belajar;Kota;Pendaftaran dibuka;Pendaftaran ditutup;Pelatihan mulai;Pelatihan selesai;Kuota\n"
	for i := range 260 {
		text += fmt.Sprintf("Las Contoh %d;PANJANG%d;Belajar mengelas.;Teknik;240;30;18;SMP;mandiri;Rp1.250.000;Uang kembali penuh.;tatap muka;"+
			"Jakarta Timur;%s;%s;%s;%s;16\n", i, i, day(1), day(40), day(60), day(100))
	}
	path := filepath.Join(t.TempDir(), "panjang.csv")
	if err := os.WriteFile(path, []byte(text), 0o600); err != nil {
		t.Fatal(err)
	}
	staff := p.person(t, way{name: "bare", width: 360}).asStaff()
	staff.visit(urls.Imports()).picture("imports").attach("file", path).send().picture("import-reading")
	p.until(t, "it is read", "SELECT (phase = 'read')::text FROM import_runs")
	staff.visit(staff.path()).picture("import-read").press(`form[action$="/simpan"] button`)
	p.until(t, "it is saved", "SELECT (phase = 'saved')::text FROM import_runs")
	staff.visit(staff.path()).picture("import-saved")
	if got := p.ref("SELECT count(*)::text FROM programmes WHERE code LIKE 'PANJANG%'"); !strings.HasPrefix(got, "260") {
		t.Errorf("%s of 260 are there", got)
	}
}
