package models

import (
	"errors"
	"slices"
	"strings"
	"testing"
)

// allStates are the states that the schema knows.
func (s *testStore) allStates(t *testing.T) []ApplicationState {
	t.Helper()
	var rule string
	err := s.sql.Raw(`SELECT pg_get_constraintdef(oid)
		FROM pg_constraint
		WHERE conname = 'applications_state_known'`).Scan(&rule).Error
	if err != nil {
		t.Fatal(err)
	}
	var list []ApplicationState
	for i, part := range strings.Split(rule, "'") {
		if i%2 == 1 {
			list = append(list, ApplicationState(part))
		}
	}
	if len(list) < 10 {
		t.Fatalf("states in %s", rule)
	}
	return list
}

// Each rule about states is one list; Go and SQL give the same answer for every state and history (F251).
func TestF251RulesAndConditionsAgreeForEveryState(t *testing.T) {
	s := newStore(t, noon)
	states := s.allStates(t)
	for _, tt := range []struct {
		name      string
		rule      func(ApplicationState) bool
		condition string
	}{
		{"live", ApplicationState.Live, endedStates.notIn("a.state")},
		{"decided", ApplicationState.Decided, undecidedStates.notIn("a.state")},
	} {
		for _, state := range states {
			if got := s.holds(t, tt.condition, state); got != tt.rule(state) {
				t.Errorf("%s: %s is %v in SQL", tt.name, state, got)
			}
		}
	}
	a := s.addApplication(t)
	for _, state := range states {
		for _, before := range states {
			history := []ApplicationState{Submitted, before, state}
			s.becomes(t, a, history)
			var n int64
			err := s.sql.Raw(`SELECT count(*)
				FROM applications a
				WHERE a.id = ?
					AND `+passedOfficers("a"), a.ID).Scan(&n).Error
			if err != nil {
				t.Fatal(err)
			}
			if got, want := n == 1, state.PassedOfficers(history...); got != want {
				t.Errorf("passed officers: %s after %s is %v in SQL", state, before, got)
			}
		}
	}
}

func (s *testStore) holds(t *testing.T, condition string, state ApplicationState) (holds bool) {
	t.Helper()
	err := s.sql.Raw("SELECT "+condition+" FROM (SELECT CAST(? AS text) AS state) a", state).Scan(&holds).Error
	if err != nil {
		t.Fatal(err)
	}
	return holds
}

// addApplication makes an application that was sent.
func (s *testStore) addApplication(t *testing.T) Application {
	t.Helper()
	s.addReference(t)
	in := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Contoh"), nil), nil)
	u, now := s.addUser(t, Seeker, "sari"), s.db.Now()
	a := Application{
		Ref: "NK-00000001", IntakeID: in.ID, SeekerID: u.ID, State: Submitted, SubmittedAt: &now,
		Version: 1, CreatedAt: now, UpdatedAt: now,
	}
	if err := s.sql.Create(&a).Error; err != nil {
		t.Fatal(err)
	}
	s.agrees(t, a)
	return a
}

// becomes gives an application the last state of a history, and events that tell it.
func (s *testStore) becomes(t *testing.T, a Application, history []ApplicationState) {
	t.Helper()
	err := s.sql.Exec("DELETE FROM application_events WHERE application_id = ?", a.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	from := Draft
	for _, to := range slices.Compact(history) {
		e := ApplicationEvent{ApplicationID: a.ID, ActorRole: System, At: noon, FromState: from, ToState: to}
		if err := s.sql.Create(&e).Error; err != nil {
			t.Fatal(err)
		}
		from = to
	}
	err = s.sql.Exec(`UPDATE applications
		SET state = @to, fix_by = @at, reason_code = 'x', reason_text = 'x',
			reserve_rank = CASE WHEN @to = 'reserve' THEN 1 END,
			course_result = CASE WHEN @to = 'completed' THEN 'passed' END
		WHERE id = @id`,
		map[string]any{"to": string(from), "at": noon, "id": a.ID}).Error
	if err != nil {
		t.Fatal(err)
	}
}

// Somebody who left before officers passed them does not exist for the institution, whatever it asks.
func TestF251DraftThatWasWithdrawnIsNotFound(t *testing.T) {
	s := newStore(t, noon)
	a := s.addApplication(t)
	s.becomes(t, a, []ApplicationState{Withdrawn})
	var id int64
	if err := s.sql.Raw("SELECT institution_id FROM programmes").Scan(&id).Error; err != nil {
		t.Fatal(err)
	}
	staff := User{ID: 1, Role: Staff, MayEdit: true, MaySelect: true, InstitutionID: &id}
	if _, err := s.applicationOfInstitution(t.Context(), staff, a.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("act on it: %v", err)
	}
	if _, _, _, err := s.Applicant(t.Context(), staff, a.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("look at it: %v", err)
	}
}
