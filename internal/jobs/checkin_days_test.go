package jobs

import (
	"context"
	"strings"
	"testing"
	"time"

	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/record"
)

// asksEvery switches somebody's check-ins on, by e-mail, every four weeks and at any hour.
func (m *mortal) asksEvery(t *testing.T) models.User {
	t.Helper()
	u, err := m.person()
	if err == nil {
		day := 1
		err = m.deps.Journey.SwitchOn(t.Context(), u, journey.CheckinInput{
			Channel: "email", EveryDays: 28, FromHour: 0, ToHour: 23, RemindDays: &day, CaseDays: 5, Agreed: true,
		})
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
	for _, chore := range []func(context.Context) (bool, error){j.AskCheckins, j.WatchCheckins, j.TellEnds} {
		m.lives(t, func(ctx context.Context) error { _, err := chore(ctx); return err })
	}
	m.lives(t, m.letters)
}

// answers answers the open asking of somebody, where there is one.
func (m *mortal) answers(t *testing.T, u models.User) {
	t.Helper()
	own, err := m.deps.Journey.OwnCheckin(t.Context(), u)
	if err == nil && own.Link != "" {
		_, err = m.deps.Journey.AnswerCheckin(t.Context(), own.Link, journey.AnswerWell, "")
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

// Over eighteen months, with processes that die and mail that is down for days: each asking, reminder and case comes once,
// who withdraws gets nothing more, and an end is told twice.
func TestCheckinsOverEighteenMonths(t *testing.T) {
	m := newMortal(t)
	begin := m.at
	well, silent, gone := m.asksEvery(t), m.asksEvery(t), m.asksEvery(t)
	m.ending(t, well, record.DayOf(begin).PlusMonths(12).Date())
	left := time.Time{}
	for hours := 0; hours < 548*24; hours += 7 {
		m.at = begin.Add(time.Duration(hours) * time.Hour)
		day := hours / 24
		m.carrier.down = day >= 112 && day < 114 // when they are asked
		m.comes(t)
		m.answers(t, well)
		if day < 250 {
			m.answers(t, silent)
		}
		if day < 112 {
			m.answers(t, gone)
		}
		if day == 113 && left.IsZero() { // a letter waits, because the mail is down
			left = m.at
			if err := m.deps.Journey.SwitchOff(t.Context(), gone); err != nil {
				t.Fatal(err)
			}
		}
	}
	if m.deaths < 50 {
		t.Errorf("only %d processes died", m.deaths)
	}
	m.checkCheckins(t, well, silent)
	for _, l := range m.to(*gone.Email) {
		if l.at.After(left) {
			t.Errorf("a letter after the consent was withdrawn: %s", l.words)
		}
	}
	if n := m.said(well, "Kontrak berakhir"); n != 2 || m.count(t, "departure_warnings") != 2 {
		t.Errorf("told %d times of an end", n)
	}
}

// checkCheckins looks at what became of who always answered, and of who fell silent.
func (m *mortal) checkCheckins(t *testing.T, well, silent models.User) {
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
	if n := m.count(t, "cases"); n != 1 {
		t.Errorf("%d cases, want that of who fell silent", n)
	}
	for step, want := range map[string]int{"remind": 1, "case": 1} {
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
