package models

import (
	"slices"
	"testing"
)

// historyFor is what the institution reads of an application's history, the oldest first.
func (s *testStore) historyFor(t testing.TB, a Application) (notes []string) {
	t.Helper()
	_, _, events, err := s.Applicant(t.Context(), s.staffOf(t, a), a.Ref)
	if err != nil {
		t.Fatal(err)
	}
	for _, e := range events {
		notes = append(notes, string(e.FromState)+" "+string(e.ToState)+" "+e.Note)
	}
	slices.Reverse(notes)
	return notes
}

// An objection to an officer's refusal stays between the person and the officers, however it ended.
func TestF058InstitutionReadsNoObjection(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	s.checkAll(t, officer, a)
	if err := s.Decide(t.Context(), officer, a.Ref, everyDecision[NotEligible]); err != nil {
		t.Fatal(err)
	}
	s.announces(t)
	seeker, err := s.User(t.Context(), a.SeekerID)
	if err == nil {
		err = s.Contest(t.Context(), seeker, a.Ref, "Petugas salah membaca KTP saya.")
	}
	if err != nil {
		t.Fatal(err)
	}
	other := s.addUser(t, Officer, "joko")
	a = s.take(t, other, a)
	s.checkAll(t, other, a)
	if err := s.Decide(t.Context(), other, a.Ref, everyDecision[Verified]); err != nil {
		t.Fatal(err)
	}
	s.announces(t)
	if notes := s.historyFor(t, a); len(notes) != 0 {
		t.Errorf("the institution reads %q", notes)
	}
	if err := s.Withdraw(t.Context(), seeker, a.Ref, "withdraw_x", "Saya sudah bekerja."); err != nil {
		t.Fatal(err)
	}
	if notes := s.historyFor(t, a); !slices.Equal(notes, []string{"verified withdrawn Saya sudah bekerja."}) {
		t.Errorf("of the withdrawal it reads %q", notes)
	}
}

// Of all steps that there are, an institution reads those that begin and end after the officers' part.
func TestF058InstitutionReadsStepsAfterBeingPassedOnOnly(t *testing.T) {
	s := newStore(t, noon)
	a := s.addApplication(t)
	s.becomes(t, a, []ApplicationState{Submitted, InReview, Verified})
	officers := []ApplicationState{"", Draft, Submitted, InReview, NeedsFix, NotEligible}
	var want []string
	for from, next := range transitions {
		for _, to := range append(slices.Clone(next), Cancelled, from) {
			e := ApplicationEvent{ApplicationID: a.ID, ActorRole: System, At: noon, FromState: from, ToState: to, Note: "catatan"}
			if err := s.sql.Create(&e).Error; err != nil {
				t.Fatal(err)
			}
			if !slices.Contains(officers, from) && !slices.Contains(officers, to) {
				want = append(want, string(from)+" "+string(to)+" catatan")
			}
		}
	}
	if got := s.historyFor(t, a); !slices.Equal(got, want) || len(want) == 0 {
		t.Errorf("it reads\n%q, want\n%q", got, want)
	}
}
