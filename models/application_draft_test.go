package models

import (
	"errors"
	"testing"
	"time"
)

// What was never sent moves to another intake of its programme with its answers, by one press, in whichever way its own
// intake ended; elsewhere it does not go, and what was sent stays.
func TestF171UnsentApplicationMovesToTheNextIntake(t *testing.T) {
	run := func(s *testStore, statement string, id int64) { s.sql.Exec(statement+" WHERE id = ?", id) }
	ends := map[string]func(s *testStore, a Application, in Intake){
		"closed":    func(s *testStore, _ Application, in Intake) { s.setNow(in.ClosesAt.Add(time.Minute)) },
		"full":      func(s *testStore, _ Application, in Intake) { run(s, "UPDATE intakes SET quota = 1", in.ID) },
		"cancelled": func(s *testStore, _ Application, in Intake) { run(s, "UPDATE intakes SET state = 'cancelled'", in.ID) },
		"ended": func(s *testStore, a Application, in Intake) {
			run(s, "UPDATE intakes SET state = 'cancelled'", in.ID)
			run(s, "UPDATE applications SET state = 'cancelled', reason_code = 'intake_cancelled', reason_text = 'x'", a.ID)
		},
		"lapsed": func(s *testStore, a Application, in Intake) {
			s.setNow(in.ClosesAt.Add(time.Minute))
			run(s, "UPDATE applications SET state = 'expired'", a.ID)
		},
	}
	for name, end := range ends {
		t.Run(name, func(t *testing.T) {
			s := newStore(t, noon)
			s.addReference(t)
			p := s.addProgramme(t, s.addInstitution(t, "LPK Uji"), nil)
			in := s.addIntake(t, p, nil)
			later := s.addIntake(t, p, func(i *Intake) {
				i.OpensAt, i.ClosesAt = ptr(noon.AddDate(0, 0, 9)), ptr(noon.AddDate(0, 0, 20))
				i.StartsOn, i.EndsOn = ptr(noon.AddDate(0, 0, 30)), ptr(noon.AddDate(0, 0, 60))
			})
			foreign := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil)
			u := s.addReadySeeker(t, "Suparmi")
			a := s.addDraft(t, u, in)
			end(s, a, in)
			if err := s.CarryDraft(t.Context(), u, a.Ref, foreign.Ref); !errors.Is(err, ErrNotFound) {
				t.Errorf("into another programme: %v", err)
			}
			if err := s.CarryDraft(t.Context(), s.addReadySeeker(t, "Orang Lain"), a.Ref, later.Ref); !errors.Is(err, ErrNotFound) {
				t.Errorf("another's: %v", err)
			}
			for range 2 {
				if err := s.CarryDraft(t.Context(), u, a.Ref, later.Ref); err != nil {
					t.Fatal(err)
				}
			}
			v, err := s.OwnApplication(t.Context(), u, a.Ref)
			if err != nil || v.State != Draft || v.IntakeID != later.ID || v.Motivation == "" || !v.NoCertificate || v.ReasonCode != "" {
				t.Errorf("moved: %+v, %v", v.Application, err)
			}
			if v.Events[0].Kind != EventCarried || s.rows(t, "audit_rows WHERE action = 'application_carried'") != 1 {
				t.Errorf("the move is written down as %+v", v.Events[0])
			}
			s.setNow(noon.AddDate(0, 0, 10))
			if _, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); err != nil {
				t.Fatal(err)
			}
			last := s.addIntake(t, p, nil)
			if err := s.CarryDraft(t.Context(), u, a.Ref, last.Ref); !errors.Is(err, ErrNotCarried) {
				t.Errorf("what was sent: %v", err)
			}
		})
	}
}

// A press that comes too late, or where the person has an application already, leaves the draft as it is.
func TestF171NothingMovesWhereItCannotBe(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	p := s.addProgramme(t, s.addInstitution(t, "LPK Uji"), nil)
	in, other := s.addIntake(t, p, nil), s.addIntake(t, p, nil)
	shut := s.addIntake(t, p, func(i *Intake) { i.ClosesAt = ptr(noon.Add(-time.Minute)) })
	young := s.addIntake(t, p, func(i *Intake) { i.StartsOn, i.EndsOn = ptr(noon.AddDate(40, 0, 0)), ptr(noon.AddDate(40, 1, 0)) })
	s.sql.Exec("UPDATE programmes SET age_max = 50")
	u := s.addReadySeeker(t, "Suparmi")
	a := s.addDraft(t, u, in)
	s.addDraft(t, u, other)
	for to, want := range map[string]error{other.Ref: ErrOtherLive, shut.Ref: ErrNotOpen, young.Ref: ErrRequirementsUnmet} {
		if err := s.CarryDraft(t.Context(), u, a.Ref, to); !errors.Is(err, want) {
			t.Errorf("%v, want %v", err, want)
		}
	}
	if v, err := s.OwnApplication(t.Context(), u, a.Ref); err != nil || v.IntakeID != in.ID || v.Version != 1 {
		t.Errorf("%+v, %v", v.Application, err)
	}
}

// A draft whose intake has closed lapses after its term with one letter, not before; one that moved, and one of an open
// intake, does not.
func TestF171DraftLapsesWithAWord(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	p := s.addProgramme(t, s.addInstitution(t, "LPK Uji"), nil)
	in := s.addIntake(t, p, nil)
	later := s.addIntake(t, p, func(i *Intake) {
		i.ClosesAt, i.StartsOn, i.EndsOn = ptr(noon.AddDate(0, 6, 0)), ptr(noon.AddDate(0, 7, 0)), ptr(noon.AddDate(0, 8, 0))
	})
	stays, moves := s.addReadySeeker(t, "Suparmi"), s.addReadySeeker(t, "Ani")
	a, b := s.addDraft(t, stays, in), s.addDraft(t, moves, in)
	if err := s.CarryDraft(t.Context(), moves, b.Ref, later.Ref); err != nil {
		t.Fatal(err)
	}
	s.setNow(in.ClosesAt.Add(time.Hour))
	v, err := s.OwnApplication(t.Context(), stays, a.Ref)
	if err != nil || v.LapsesAt == nil || len(v.Others) == 0 {
		t.Fatalf("after the closing: %+v, %v", v, err)
	}
	s.setNow(v.LapsesAt.Add(-time.Minute))
	all(t, s.ExpireDrafts)
	if v, err = s.OwnApplication(t.Context(), stays, a.Ref); err != nil || v.State != Draft {
		t.Errorf("before the term: %s, %v", v.State, err)
	}
	s.pass(2 * time.Minute)
	for range 2 {
		all(t, s.ExpireDrafts)
	}
	v, err = s.OwnApplication(t.Context(), stays, a.Ref)
	if err != nil || v.State != Expired || !v.Unsent() {
		t.Errorf("after the term: %s, %v", v.State, err)
	}
	if n := s.rows(t, "notices WHERE template = 'application_draft_expired'"); n != 1 {
		t.Errorf("%d letters", n)
	}
	if v, err = s.OwnApplication(t.Context(), moves, b.Ref); err != nil || v.State != Draft {
		t.Errorf("the one that moved: %s, %v", v.State, err)
	}
}
