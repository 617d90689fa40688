package jobs

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"github.com/riverqueue/river"

	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
)

// asksEvery switches somebody's check-ins on, every four weeks and at any hour, with a relative at a phone where there is one.
func (m *mortal) asksEvery(t *testing.T, channel, relative string) models.User {
	t.Helper()
	u, err := m.person()
	if err == nil {
		in := journey.CheckinInput{
			Channel: channel, EveryDays: 28, FromHour: 0, ToHour: 23, RemindDays: new(1), CaseDays: 5, Agreed: true, Word: "mangga manis",
		}
		if relative != "" {
			in.RelativeDays = new(3)
			err = m.deps.Journey.Trust(t.Context(), u, journey.RelativeInput{Name: "Sari", Address: relative})
		}
		err = errors.Join(err, m.deps.Journey.SwitchOn(t.Context(), u, in))
	}
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// comes does what comes round for people away, in processes that may die, and every letter that is due.
func (m *mortal) comes(t *testing.T) {
	t.Helper()
	j := m.deps.Journey
	for _, chore := range []func(context.Context) (bool, error){j.AskCheckins, j.WatchCheckins, j.TellEnds, j.RemindItems, j.AskHomes} {
		m.lives(t, func(ctx context.Context) error { _, err := chore(ctx); return err })
	}
	m.lives(t, m.heed)
	m.lives(t, m.letters)
}

// heed runs the jobs that answers left; one whose process died is tried again the next time.
func (m *mortal) heed(ctx context.Context) error {
	live := context.WithoutCancel(ctx) // the queue is another process
	var jobs []struct {
		ID     int64
		Round  int64
		Silent int64
	}
	err := m.db.WithContext(live).Raw(`SELECT id, (args->>'round_id')::bigint AS round, (args->>'silent_id')::bigint AS silent
		FROM river_job
		WHERE kind = 'heed_answer'
		ORDER BY id`).Scan(&jobs).Error
	for _, j := range jobs {
		if err != nil {
			return err
		}
		args := journey.HeedAnswer{RoundID: j.Round, SilentID: j.Silent}
		if (&heedAnswer{Deps: m.deps}).Work(ctx, &river.Job[journey.HeedAnswer]{Args: args}) == nil {
			err = m.db.WithContext(live).Exec("DELETE FROM river_job WHERE id = ?", j.ID).Error
		}
	}
	return err
}

// answers answers the open asking of somebody, where there is one; note is what they add.
func (m *mortal) answers(t *testing.T, u models.User, note string) {
	t.Helper()
	own, err := m.deps.Journey.OwnCheckin(t.Context(), u)
	if err == nil && own.Link != "" {
		_, err = m.deps.Journey.AnswerCheckin(t.Context(), own.Link, journey.AnswerWell, note)
	}
	if err != nil {
		t.Fatal(err)
	}
}

// ending keeps a departure whose contract ends on a day.
func (m *mortal) ending(t *testing.T, u models.User, on time.Time) {
	t.Helper()
	err := m.deps.Journey.BeginDeparture(t.Context(), u, "", "", true)
	if err == nil {
		err = m.deps.Journey.SaveDeparture(t.Context(), u, "", 1, journey.DepartureInput{ContractTo: &on})
	}
	if err != nil {
		t.Fatal(err)
	}
}

// said counts the letters to an address of somebody with such words.
func (m *mortal) said(u models.User, words string) (n int) {
	for _, l := range m.to(*u.Email) {
		if strings.Contains(l.words, words) {
			n++
		}
	}
	return n
}

// comesHome has somebody back who agrees to be asked how they are, with a plan of leaving again and a paper of it that ends.
func (m *mortal) comesHome(t *testing.T, ends time.Time) models.User {
	t.Helper()
	u, err := m.person()
	if err == nil {
		err = m.deps.Journey.ComeHome(t.Context(), u, journey.NewHomecoming{ReturnedOn: record.DayOf(m.at).Date(), Ask: true})
	}
	if err == nil {
		err = m.db.Exec(`WITH plan AS (
				INSERT INTO readiness_plans (ref, user_id, route, country, scheme, occupation, opened_at)
				VALUES (?, ?, '', '', '', '', ?)
				RETURNING id)
			INSERT INTO readiness_items (plan_id, need, wanted, required, health, state, proof, on_date, expires_on, seen, seen_on)
			SELECT id, 'PASPOR', true, true, false, 'done', 'own', ?, ?, '{}', ?
			FROM plan`, record.NewRef("SB"), u.ID, m.at, m.at, ends, m.at).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// Over eighteen months, with processes that die, mail that is down for days and a gateway that is: each asking, reminder,
// question to a relative, case, follow-up and reminder of an end comes once, who withdraws gets nothing more, and the word
// makes a case whatever dies.
func TestCheckinsOverEighteenMonths(t *testing.T) {
	m := newMortal(t)
	begin := m.at
	const sari = "+6281255500099"
	well, silent, gone := m.asksEvery(t, "email", ""), m.asksEvery(t, "email", sari), m.asksEvery(t, "email", "")
	phoned, watched := m.asksEvery(t, "phone", ""), m.asksEvery(t, "email", "")
	m.ending(t, well, record.DayOf(begin).PlusMonths(12).Date())
	home, unasked := m.comesHome(t, record.DayOf(begin).PlusMonths(10).Date()), m.comesHome(t, record.DayOf(begin).PlusMonths(30).Date())
	var left, taken time.Time
	for hours := 0; hours < 548*24; hours += 7 {
		m.at = begin.Add(time.Duration(hours) * time.Hour)
		day := hours / 24
		m.carrier.down = day >= 112 && day < 114                                   // when they are asked
		m.carrier.gatewayDown = day >= 168 && day < 170 || day >= 255 && day < 257 // and when the relative is
		m.comes(t)
		m.answers(t, well, "")
		if day < 168 || day >= 171 { // what waits for the gateway leaves before they answer
			m.answers(t, phoned, "")
		}
		note := ""
		if day >= 280 && day < 308 {
			note = "Tadi makan mangga, manis."
		}
		m.answers(t, watched, note)
		if day < 250 {
			m.answers(t, silent, "")
		}
		if day < 112 {
			m.answers(t, gone, "")
		}
		if day == 113 && left.IsZero() { // a letter waits, because the mail is down
			left = m.at
			if err := m.deps.Journey.SwitchOff(t.Context(), gone); err != nil {
				t.Fatal(err)
			}
		}
		if day == 120 && taken.IsZero() {
			taken = m.at
			if err := m.deps.Journey.AskHome(t.Context(), unasked, false); err != nil {
				t.Fatal(err)
			}
		}
	}
	if m.deaths < 50 {
		t.Errorf("only %d processes died", m.deaths)
	}
	m.checkCheckins(t, well, silent, watched)
	m.checkBeside(t, sari, phoned, home, unasked)
	for u, since := range map[string]time.Time{*gone.Email: left, *unasked.Email: taken} {
		for _, l := range m.to(u) {
			if l.at.After(since) {
				t.Errorf("a letter after the consent was withdrawn: %s", l.words)
			}
		}
	}
	if n := m.said(well, "Kontrak berakhir"); n != 2 || m.count(t, "departure_warnings") != 2 {
		t.Errorf("told %d times of an end", n)
	}
}

// checkBeside looks at what reached the relative, who is asked by phone while the gateway is down, and who came home.
func (m *mortal) checkBeside(t *testing.T, sari string, phoned, home, unasked models.User) {
	t.Helper()
	if got := m.to(sari); len(got) != 2 { // that she was named, and the question
		t.Errorf("the relative got %+v", got)
	}
	ofPhone, back := "notices WHERE channel = 'phone' AND user_id = ? AND state ", 0
	left, hangs := m.count(t, ofPhone+"= 'handed_over'", phoned.ID), m.count(t, ofPhone+"IN ('queued', 'failed')", phoned.ID)
	for _, l := range m.to(*phoned.Phone) {
		if day := int(l.at.Sub(farOff) / (24 * time.Hour)); day >= 168 && day < 171 {
			back++
		}
	}
	// Whoever answers before a letter leaves, or before it is noted that it left, withholds it.
	if got := len(m.to(*phoned.Phone)); got < left || left < 12 || hangs != 0 {
		t.Errorf("%d messages to a phone, %d noted, %d hang between", got, left, hangs)
	}
	if back != 1 {
		t.Errorf("%d messages left once the gateway was back, want the reminder, which takes the place of the question", back)
	}
	looked := "checkin_rounds r JOIN checkins c ON c.id = r.checkin_id WHERE c.user_id = ? AND r.case_ref IS NOT NULL"
	if n := m.count(t, looked, phoned.ID); n != 0 {
		t.Error("who could not be asked because the gateway was down is looked for")
	}
	for u, want := range map[*models.User]int{&home: 3, &unasked: 1} {
		written := m.count(t, "notices WHERE template = 'homecoming_asked' AND user_id = ?", u.ID)
		if n := m.said(*u, "Bagaimana kabar Anda?"); n != want || written != want {
			t.Errorf("asked %d times how they are at home, want %d", n, want)
		}
	}
	if n := m.said(home, "Ada tanggal yang dekat"); n != 3 {
		t.Errorf("reminded %d times of a paper that ends, want 90, 30 and 7 days before", n)
	}
}

// checkCheckins looks at what became of who always answered, and of who fell silent.
func (m *mortal) checkCheckins(t *testing.T, well, silent, watched models.User) {
	t.Helper()
	of := func(u models.User, from string) int {
		return m.count(t, from+" JOIN checkins c ON c.id = r.checkin_id WHERE c.user_id = ?", u.ID)
	}
	if rounds := of(well, "checkin_rounds r"); rounds < 18 || rounds > 20 {
		t.Errorf("asked %d times in eighteen months", rounds)
	}
	if n := m.count(t, "checkin_rounds r JOIN checkins c ON c.id = r.checkin_id WHERE c.user_id = ? AND r.answer <> 'well'", well.ID); n != 0 {
		t.Errorf("%d askings of who is well ended otherwise", n)
	}
	if n := m.count(t, "cases"); n != 2 {
		t.Errorf("%d cases, want that of who fell silent and that of the word", n)
	}
	if n := m.count(t, "checkin_rounds r JOIN checkins c ON c.id = r.checkin_id WHERE c.user_id = ? AND r.signal AND r.case_ref IS NOT NULL",
		watched.ID); n != 1 {
		t.Errorf("%d askings whose word made a case", n)
	}
	for step, want := range map[string]int{"remind": 1, "relative": 1, "case": 1} {
		from := `checkin_steps s
			JOIN checkin_rounds r ON r.id = s.round_id
			JOIN checkins c ON c.id = r.checkin_id
			WHERE c.user_id = ?
				AND s.step = ?`
		if n := m.count(t, from, silent.ID, step); n != want {
			t.Errorf("%s came %d times", step, n)
		}
	}
	reminders := m.count(t, "notices WHERE template = 'checkin_remind' AND user_id = ?", silent.ID)
	if n := m.said(silent, "belum mendapat jawaban"); n != 1 || reminders != 1 {
		t.Errorf("reminded %d times", n)
	}
	if n := m.count(t, "(SELECT dedupe FROM notices WHERE dedupe LIKE 'checkin:%' GROUP BY dedupe HAVING count(*) > 1) d"); n != 0 {
		t.Errorf("%d letters are there twice", n)
	}
}
