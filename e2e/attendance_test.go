package e2e

import (
	"testing"

	"naikkelas/internal/urls"
)

// On a phone a class is recorded in two presses, and its list leads to each participant's phone. Somebody of it who has not begun
// is offered a later intake, and takes it.
func TestClassOnAPhoneAndASeatMovedLater(t *testing.T) {
	t.Parallel()
	p := start(t)
	intake := p.graduates()
	p.exec(`UPDATE intakes SET opens_at = now() - interval '100 days', closes_at = now() - interval '70 days', test_on = NULL,
			announce_on = NULL, starts_on = current_date - 10, ends_on = current_date + 20, absence_in = 'days', absence_most = 0
		WHERE ref = $1`, intake)
	p.exec(`UPDATE applications SET state = 'enrolled', course_result = NULL
		WHERE state = 'completed' AND intake_id = (SELECT id FROM intakes WHERE ref = $1)`, intake)
	staff := p.person(t, ways[0]).asStaff()
	staff.visit(urls.Attendance(intake)).picture("attendance")
	day := eval[string](staff, `document.querySelector("main .panel a.btn").getAttribute("href")`)
	staff.press("main .panel a.btn").sees("main select").pick("select[name='rows[0].status']", "absent").picture("attendance-day").
		send().at(day).picture("attendance-recorded")
	staff.visit(urls.Participants(intake)).sees("main .tag").picture("class-list")
	staff.visit(urls.AttendanceFile(intake)).picture("attendance-file")

	p.exec(`INSERT INTO intakes (ref, programme_id, number, state, selection, opens_at, closes_at, starts_on, ends_on, quota,
			reserve_seats, enrol_days, version, created_at, updated_at)
		SELECT 'AN-NANTI234', programme_id, number + 50, state, selection, opens_at, closes_at, starts_on + 60, ends_on + 60, 2,
			reserve_seats, enrol_days, 1, created_at, updated_at
		FROM intakes
		WHERE ref = $1`, intake)
	p.exec("UPDATE intakes SET starts_on = current_date + 10, ends_on = current_date + 40 WHERE ref = $1", intake)
	going := p.ref(`SELECT min(a.ref)
		FROM applications a
		JOIN intakes n ON n.id = a.intake_id
		WHERE n.ref = $1 AND a.state = 'enrolled'`, intake)
	p.exec("UPDATE applications SET state = 'accepted', enrol_by = now() + interval '5 days', confirmed_at = NULL WHERE ref = $1", going)
	staff.visit(urls.ManageLater(going)).picture("later").visit(urls.ManageLaterTo(going, "AN-NANTI234")).picture("later-check").
		fill("text", "Contoh: bengkel dipakai.").send().at(urls.ManageApplicant(going))
	person := p.person(t, ways[0])
	person.signIn(p.ref("SELECT u.email FROM users u JOIN applications a ON a.seeker_id = u.id WHERE a.ref = $1", going), demoPassword)
	person.visit(urls.Application(going)).picture("later-offer").visit(urls.ApplicationLater(going)).picture("later-answer").
		press(`form[action$="` + urls.ApplicationLaterTake(going) + `"] button`).at(urls.Application(going)).picture("later-taken")
}
