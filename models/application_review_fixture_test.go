package models

import (
	"testing"
	"time"
)

// addReasons puts in one reason of each kind that decisions need.
func (s *testStore) addReasons(t testing.TB) {
	t.Helper()
	var list []ReasonCode
	for _, kind := range []string{
		"needs_fix", "not_eligible", "certificate_needs_fix", "certificate_rejected", "certificate_suspended",
		"withdraw", "not_selected", "dropped", "programme_refused",
	} {
		list = append(list, ReasonCode{
			Kind: kind, Code: kind + "_x", Text: Text{ID: "Alasan " + kind, EN: "Reason " + kind},
			ValidFrom: noon.AddDate(-1, 0, 0),
		})
	}
	if err := s.SeedReference(t.Context(), ReferenceData{ReasonCodes: list}); err != nil {
		t.Fatal(err)
	}
}

// take gives an application to an officer, fresh from the database.
func (s *testStore) take(t testing.TB, officer User, a Application) Application {
	t.Helper()
	if err := s.Take(t.Context(), officer, a.Ref, 0); err != nil {
		t.Fatal(err)
	}
	return s.reload(t, a)
}

// allSame says of every field that it is as on the KTP.
func allSame() (list []CheckInput) {
	for _, field := range CheckedFields {
		list = append(list, CheckInput{Field: field})
	}
	return list
}

// checkAll marks every field as right.
func (s *testStore) checkAll(t testing.TB, officer User, a Application) {
	t.Helper()
	if err := s.CheckIdentity(t.Context(), officer, a.Ref, allSame()...); err != nil {
		t.Fatal(err)
	}
}

// reviewing is a store with a file that an officer has taken.
func reviewing(t *testing.T, change func(*Programme), changeIntake func(*Intake)) (s *testStore, officer User, a Application) {
	t.Helper()
	s, u, in := applying(t, change, changeIntake)
	s.addReasons(t)
	officer = s.addUser(t, Officer, "rina")
	return s, officer, s.take(t, officer, s.addSubmitted(t, u, in))
}

func date(y int, m time.Month, d int) *time.Time {
	return ptr(time.Date(y, m, d, 0, 0, 0, 0, time.UTC))
}
