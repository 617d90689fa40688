package journey

import (
	"errors"
	"testing"

	"naikkelas/models/record"
)

// home says that somebody came back so many days before today.
func (s *homeStore) home(t testing.TB, u record.User, ago int, ask bool) {
	t.Helper()
	n := NewHomecoming{
		ReturnedOn: record.DayOf(s.clock()).Plus(-ago).Date(), Needs: []string{"money", "money", "gold"}, Wishes: []string{"course"},
		Skills: "Merawat lansia", Ask: ask,
	}
	if err := s.ComeHome(t.Context(), u, n); err != nil {
		t.Fatal(err)
	}
}

// question is the open question of a person.
func (s *homeStore) question(t testing.TB, u record.User) *HomeFollowup {
	t.Helper()
	p, err := s.OwnHome(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return p.Open()
}

// Over eighteen months each question comes once, on its day, however often the chore comes round and though it stood still
// for weeks; nobody is asked who did not agree, who took it back, or whose account is closed.
func TestWhoCameHomeIsAskedThreeTimes(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	citra, dewi, eka := s.addUser(t, record.Seeker, "Citra"), s.addUser(t, record.Seeker, "Dewi"), s.addUser(t, record.Seeker, "Eka")
	s.home(t, s.ani, 0, true)
	s.home(t, s.budi, 0, false) // never agreed
	s.home(t, citra, 0, true)   // takes it back after five months
	s.home(t, dewi, 200, true)  // agreed after six months
	s.home(t, eka, 0, true)     // leaves the portal after four months
	asked := func(u record.User) int {
		return s.rows(t, "homecoming_followups f JOIN homecomings h ON h.id = f.homecoming_id WHERE h.user_id = ?", u.ID)
	}
	for day := range 18 * 31 {
		switch day {
		case 89:
			if asked(s.ani) != 0 {
				t.Error("asked before three months")
			}
		case 120:
			if err := s.sql.Exec("UPDATE users SET closed_at = ? WHERE id = ?", s.clock(), eka.ID).Error; err != nil {
				t.Fatal(err)
			}
		case 150:
			if err := s.AskHome(ctx, citra, false); err != nil {
				t.Fatal(err)
			}
		}
		if stands := day > 180 && day < 220; !stands { // nobody works for weeks, then another process begins
			for range 2 {
				if _, err := NewStore(s.kernel, nil).AskHomes(ctx); err != nil {
					t.Fatal(err)
				}
			}
		}
		s.days(1)
	}
	for _, tt := range []struct {
		u    record.User
		want int
	}{{s.ani, 3}, {s.budi, 0}, {citra, 1}, {dewi, 1}, {eka, 1}} {
		if n := asked(tt.u); n != tt.want {
			t.Errorf("%s was asked %d times, not %d", tt.u.Name, n, tt.want)
		}
		if n := s.rows(t, "notices WHERE template = 'homecoming_asked' AND user_id = ?", tt.u.ID); n != tt.want {
			t.Errorf("%s got %d letters, not %d", tt.u.Name, n, tt.want)
		}
	}
}

// Who needs something, or does not answer for two weeks, stands before officers who help people in trouble until one of
// them has seen to it.
func TestAnswersFromHomeReachOfficers(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	s.home(t, s.ani, 0, true)
	s.home(t, s.budi, 0, true)
	s.days(95)
	for range 2 {
		if _, err := s.AskHomes(ctx); err != nil {
			t.Fatal(err)
		}
	}
	q := s.question(t, s.ani)
	if q == nil || q.Months != 3 {
		t.Fatalf("asked %+v", q)
	}
	if err := s.AnswerHome(ctx, s.budi, q.Ref, answerNeed); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("another person answers: %v", err)
	}
	if err := s.AnswerHome(ctx, s.ani, q.Ref, "rich"); !errors.Is(err, ErrHomeAnswer) {
		t.Errorf("an unknown answer: %v", err)
	}
	for range 2 {
		if err := s.AnswerHome(ctx, s.ani, q.Ref, answerNeed); err != nil {
			t.Fatal(err)
		}
	}
	unheard := func() []HomeRow {
		t.Helper()
		list, err := s.Unheard(ctx, s.tari)
		if err != nil {
			t.Fatal(err)
		}
		return list
	}
	if list := unheard(); len(list) != 1 || list[0].PersonName != "Ani" {
		t.Errorf("at once: %+v", list)
	}
	s.days(15)
	list := unheard()
	if len(list) != 2 || list[0].PersonName != "Ani" || list[1].PersonName != "Budi" {
		t.Fatalf("after two weeks: %+v", list)
	}
	for name, u := range map[string]record.User{"seeker": s.ani, "officer": s.lain, "admin": s.admin} {
		if _, err := s.Unheard(ctx, u); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s reads them: %v", name, err)
		}
		if err := s.LookedHome(ctx, u, list[0].Ref); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s looks after them: %v", name, err)
		}
	}
	if err := s.LookedHome(ctx, s.tari, list[0].Ref); err != nil || len(unheard()) != 1 {
		t.Errorf("looked after: %v, %+v", err, unheard())
	}
	if err := s.AnswerHome(ctx, s.budi, list[1].Ref, answerSettled); err != nil || len(unheard()) != 0 {
		t.Errorf("answered: %v, %+v", err, unheard())
	}
}

// Coming home ends the open departure, keeps known codes once and skills sealed; a new start is kept with its day.
func TestComingHomeEndsTheDeparture(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	today := record.DayOf(s.clock())
	err := s.sql.Exec(`INSERT INTO countries (code, name_id, name_en, calling_code, destination, caution, note_id, note_en)
		VALUES ('TW', 'Taiwan', 'Taiwan', '886', true, false, '', '')
		ON CONFLICT DO NOTHING`).Error
	if err == nil {
		err = s.sql.Exec(`INSERT INTO departures (ref, user_id, route, country, left_on, recorded_by, recorded_at)
			VALUES ('BR-1', ?, '', 'TW', ?, ?, ?)`, s.ani.ID, today.Plus(-700).Date(), s.ani.ID, s.clock()).Error
	}
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Rise(ctx, s.ani, "work"); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a new start before coming home: %v", err)
	}
	s.home(t, s.ani, 10, false)
	s.home(t, s.ani, 12, false)
	if n := s.rows(t, "departures WHERE over_at IS NOT NULL"); n != 1 || s.rows(t, "homecomings WHERE departure_id IS NOT NULL") != 1 {
		t.Errorf("%d departures are over, %d homecomings", n, s.rows(t, "homecomings"))
	}
	p, err := s.OwnHome(ctx, s.ani)
	if err != nil || len(p.Home.Needs) != 1 || p.Home.Skills != "Merawat lansia" {
		t.Errorf("kept %+v: %v", p.Home, err)
	}
	if n := s.rows(t, "homecomings WHERE position('lansia'::bytea IN skills_sealed) > 0"); n != 0 {
		t.Error("skills lie open")
	}
	if err := s.Rise(ctx, s.ani, "gold"); !errors.Is(err, ErrHomeRise) {
		t.Errorf("an unknown start: %v", err)
	}
	rose := "homecomings WHERE rose_on = ? AND rose_by = 'business'"
	if err := s.Rise(ctx, s.ani, "business"); err != nil || s.rows(t, rose, today.Date()) != 1 {
		t.Errorf("rose: %v", err)
	}
	years := 70
	for want, n := range map[*record.Refusal]NewHomecoming{
		ErrHomeDay: {ReturnedOn: today.Plus(1).Date()}, ErrHomeJob: {ReturnedOn: today.Date(), Occupation: "TIDAKADA"},
		ErrHomeYears: {ReturnedOn: today.Date(), Years: &years},
	} {
		if err := s.ComeHome(ctx, s.ani, n); !errors.Is(err, want) {
			t.Errorf("%v, not %v", err, want)
		}
	}
	for name, u := range map[string]record.User{"officer": s.lain, "admin": s.admin} {
		if err := s.ComeHome(ctx, u, NewHomecoming{ReturnedOn: today.Date()}); err == nil {
			t.Errorf("%s came home", name)
		}
	}
}
