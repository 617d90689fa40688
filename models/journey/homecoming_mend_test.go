package journey

import (
	"testing"

	"naikkelas/models/record"
)

// departs makes a departure of a person who left.
func (s *homeStore) departs(t testing.TB, u record.User) Departure {
	t.Helper()
	if err := s.BeginDeparture(t.Context(), u, "", "", true); err != nil {
		t.Fatal(err)
	}
	o, err := s.Departure(t.Context(), u, "")
	if err != nil {
		t.Fatal(err)
	}
	return o.Departure
}

// checkedIn is somebody whose check-in is on.
func (s *homeStore) checkedIn(t testing.TB, u record.User) {
	t.Helper()
	err := s.SwitchOn(t.Context(), u, CheckinInput{Channel: "email", EveryDays: 7, FromHour: 8, ToHour: 20, CaseDays: 5, Agreed: true})
	if err != nil {
		t.Fatal(err)
	}
}

// Coming home ends the check-in with its letters, once: one that is switched on later stays on when the page is saved again.
func TestComingHomeEndsTheCheckin(t *testing.T) {
	s := newHome(t)
	s.departs(t, s.ani)
	s.checkedIn(t, s.ani)
	s.checkedIn(t, s.budi)
	if p, err := s.OwnHome(t.Context(), s.ani); err != nil || !p.Checkin {
		t.Errorf("nothing tells that the check-in will end: %v", err)
	}
	s.home(t, s.ani, 2, false)
	const on = "checkins WHERE ended_at IS NULL AND user_id = ?"
	if s.rows(t, on, s.ani.ID) != 0 || s.rows(t, on, s.budi.ID) != 1 {
		t.Error("the check-in of who is home runs on")
	}
	if s.rows(t, "departures WHERE ended = 'back' AND over_at IS NOT NULL") != 1 {
		t.Error("the departure does not say that they are back")
	}
	s.checkedIn(t, s.ani)
	s.home(t, s.ani, 3, true)
	if s.rows(t, on, s.ani.ID) != 1 {
		t.Error("saving the page again ends a check-in that was chosen afterwards")
	}
}

// What was kept under a joined account is over too.
func TestComingHomeEndsWhatAJoinedAccountKept(t *testing.T) {
	s := newHome(t)
	s.departs(t, s.budi)
	s.checkedIn(t, s.budi)
	s.joined(t)
	s.home(t, s.ani, 2, false)
	if s.rows(t, "departures WHERE over_at IS NULL") != 0 || s.rows(t, "homecomings WHERE departure_id IS NOT NULL") != 1 {
		t.Error("the departure of the joined account runs on")
	}
	if s.rows(t, "checkins WHERE ended_at IS NULL") != 0 {
		t.Error("the check-in of the joined account runs on")
	}
}

// Who came home long ago may say so today: the term counts from what was written down.
func TestAHomecomingLongAgoIsKept(t *testing.T) {
	s := newHome(t)
	s.home(t, s.ani, 6*365, false)
	sweep := func() {
		t.Helper()
		if _, err := s.kernel.Retain(t.Context(), Personal()); err != nil {
			t.Fatal(err)
		}
	}
	sweep()
	if s.rows(t, "homecomings") != 1 {
		t.Fatal("it is gone within the hour")
	}
	s.days(5*365 + 30)
	sweep()
	if s.rows(t, "homecomings") != 0 {
		t.Error("it is kept for ever")
	}
}

// Who takes back that they want to be asked gets no letter that waits.
func TestNoLetterAfterAskingWasTakenBack(t *testing.T) {
	for name, stop := range map[string]func(*homeStore) error{
		"by the button": func(s *homeStore) error { return s.AskHome(t.Context(), s.ani, false) },
		"by the form": func(s *homeStore) error {
			return s.ComeHome(t.Context(), s.ani, NewHomecoming{ReturnedOn: record.DayOf(s.clock()).Plus(-95).Date()})
		},
		"by a new plan": func(s *homeStore) error {
			rules, err := s.Rules(t.Context())
			if err != nil {
				return err
			}
			return s.transact(t.Context(), "test", func(tx *Store) error { return tx.openNewPlan(t.Context(), s.ani, rules, Way{}) })
		},
		"by leaving": func(s *homeStore) error { return s.BeginDeparture(t.Context(), s.ani, "", "", false) },
	} {
		t.Run(name, func(t *testing.T) {
			s := newHome(t)
			s.home(t, s.ani, 0, true)
			s.days(95)
			if _, err := s.AskHomes(t.Context()); err != nil {
				t.Fatal(err)
			}
			const waits = "notices WHERE template = 'homecoming_asked' AND state = 'queued'"
			if s.rows(t, waits) != 1 {
				t.Fatal("nobody was asked")
			}
			if err := stop(s); err != nil {
				t.Fatal(err)
			}
			if s.rows(t, waits) != 0 {
				t.Error("the letter leaves all the same")
			}
		})
	}
}

// The look of an officer at who is not heard of is written down for each of them.
func TestReadingWhoIsUnheardIsWrittenDown(t *testing.T) {
	s := newHome(t)
	s.home(t, s.ani, 0, true)
	s.days(95)
	if _, err := s.AskHomes(t.Context()); err != nil {
		t.Fatal(err)
	}
	s.days(15)
	if list, err := s.Unheard(t.Context(), s.tari); err != nil || len(list) != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if s.rows(t, "audit_rows WHERE action = 'home_read' AND person_id = ? AND actor_id = ?", s.ani.ID, s.tari.ID) != 1 {
		t.Error("no row of the trail says so")
	}
}

// What officers noted of an LSP is proposed for its jobs and its kinds of certificates from its day on, once it is public.
func TestCertifiersAreThoseOfTheJob(t *testing.T) {
	s := newHome(t)
	for code, c := range map[string]struct {
		jobs, from string
		public     bool
	}{"A": {"HOS01\nENG01", "2026-01-01", true}, "B": {"HOS01", "2026-01-01", true}, "C": {"ENG01", "2026-01-01", false},
		"D": {"ENG01", "2027-01-01", true}} {
		err := s.sql.Exec(`INSERT INTO certifiers (code, name, licence, occupations, certificate_types, scheme_id, scheme_en, where_id,
				where_en, source, public, position, valid_from)
			VALUES (?, ?, '', ?, 'BNSP_LSP', 'Las', 'Welding', 'Jakarta', 'Jakarta', 'Contoh', ?, 1, ?)`,
			code, code, c.jobs, c.public, c.from).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.certifiers(t.Context(), "ENG01")
	if err != nil || len(list) != 1 || list[0].Name != "A" || !list[0].Gives("BNSP_LSP") || list[0].Gives("BNSP") {
		t.Errorf("certifiers %+v, %v", list, err)
	}
}
