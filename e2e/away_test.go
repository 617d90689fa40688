package e2e

import (
	"testing"
	"time"

	"naikkelas/internal/urls"
)

// asked puts an asking of so many days ago to the check-in of whoever has one, behind a link.
func (p *portal) asked(token string, days int) {
	p.exec("UPDATE checkin_rounds SET closed_at = now(), answer = 'stopped', answered_at = now() WHERE closed_at IS NULL")
	p.exec(`INSERT INTO checkin_rounds (checkin_id, token_hash, asked_at, due_at, look_at)
		SELECT max(id), sha256(convert_to($1, 'UTF8')), now() - make_interval(days => $2), now() - make_interval(days => $2), now()
		FROM checkins`, token, days)
}

// Somebody abroad keeps where they are, switches check-ins on, and answers with their word: the page is that of who is well,
// and a case is there at once. Then they fall silent: a reminder comes, and after it a case.
func TestAwayAndUnheard(t *testing.T) {
	t.Parallel()
	p := start(t)
	w := p.person(t, way{name: "phone", width: 360})
	w.signIn("maria@contoh.example", demoPassword).at(urls.Me())
	w.visit(urls.Departure()).press("form:has(input[name=abroad]) button").at(urls.DeparturePart("tujuan"))
	w.choose("country", "HK").fill("city", "Kowloon").send().at(urls.DeparturePart("kerja"))
	w.fill("employer", "Keluarga Contoh").send().at(urls.DeparturePart("surat"))
	w.press("main form a.btn").at(urls.DeparturePart("janji"))
	w.visit(urls.Departure()).visit(urls.Relatives()).visit(urls.DepartureReported())
	w.visit(urls.MyCheckinSet()).tick("#f-channel").choose("from_hour", "0").choose("to_hour", "23").fill("word", "mangga manis")
	w.tick("#f-agree").send().at(urls.MyCheckin()).sees("[data-state=on]")

	p.asked("E2EKATA", 0)
	w.visit(urls.Checkin("E2EKATA")).tick("#f-well").fill("note", "Tadi makan mangga manis.").press("main form button").at(urls.CheckinDone())
	p.until(t, "the case of the word", "SELECT (count(*) = 1)::text FROM cases WHERE door = 'checkin' AND urgency = 'life'")
	w.visit(urls.MyCheckin()).sees("[data-state=on]")

	p.asked("E2EDIAM", 1)
	p.untilLater(t, 90*time.Second, "the reminder", "SELECT (count(*) = 1)::text FROM checkin_steps WHERE step = 'remind'")
	p.exec("UPDATE checkin_rounds SET due_at = now() - interval '6 days', look_at = now() WHERE closed_at IS NULL")
	p.untilLater(t, 90*time.Second, "the case of silence",
		"SELECT (count(*) = 1)::text FROM cases WHERE door = 'checkin' AND urgency = 'urgent'")
	w.visit(urls.MyCheckin()).sees("[data-state=raised]")
}
