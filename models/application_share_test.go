package models

import (
	"errors"
	"sync"
	"testing"
	"time"
)

// passed is an application of a seeker that officers have passed on.
func (s *testStore) passed(t testing.TB, u User, in Intake) Application {
	t.Helper()
	return s.put(t, s.addSubmitted(t, u, in), Verified, nil)
}

// found says whether the institution of an application finds it, in the list, by itself and to act on it.
func (s *testStore) found(t testing.TB, staff User, in Intake, a Application) bool {
	t.Helper()
	table, err := s.Applicants(t.Context(), staff, in.Ref, ApplicantQuery{})
	if err != nil {
		t.Fatal(err)
	}
	_, _, _, alone := s.Applicant(t.Context(), staff, a.Ref)
	_, act := s.applicationOfInstitution(t.Context(), staff, a.Ref)
	listed := len(table.Items) > 0
	if listed != (alone == nil) || listed != (act == nil) || !listed && !(errors.Is(alone, ErrNotFound) && errors.Is(act, ErrNotFound)) {
		t.Errorf("listed %v, alone %v, to act on %v", listed, alone, act)
	}
	return listed
}

// sharing is a seeker with an application passed on to each of two institutions.
func sharing(t *testing.T) (s *testStore, u User, in [2]Intake, a [2]Application, staff [2]User) {
	t.Helper()
	s, u, in[0] = applying(t, nil, nil)
	in[1] = s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Kedua"), nil), nil)
	for i := range in {
		a[i] = s.passed(t, u, in[i])
		staff[i] = s.staffFor(t, in[i])
	}
	return s, u, in, a, staff
}

// The statement at sending lets one institution see a person; it is dated, and withdrawing it, even after officers
// passed them, hides them from that institution alone until they agree again.
func TestF057ConsentIsPerInstitutionAndWithdrawn(t *testing.T) {
	s, u, in, a, staff := sharing(t)
	list, err := s.Sharings(t.Context(), u)
	if err != nil || len(list) != 2 || !list[0].GivenAt.Equal(s.clock()) || list[0].Version != PrivacyVersion || list[0].Waiting != 1 {
		t.Fatalf("the person reads %+v, %v", list, err)
	}
	other := map[string]string{list[0].Name: list[0].Ref, list[1].Name: list[1].Ref}["LPK Kedua"]
	s.pass(time.Hour)
	if err := s.SetSharing(t.Context(), u, other, false); err != nil {
		t.Fatal(err)
	}
	if !s.found(t, staff[0], in[0], a[0]) || s.found(t, staff[1], in[1], a[1]) {
		t.Error("not hidden from the one institution alone")
	}
	for i, want := range []int64{1, 0} { // nor is somebody counted who is not in the list
		for _, state := range []ApplicationState{"", Verified} {
			w, err := s.Work(t.Context(), staff[i], state)
			if err != nil || int64(w.Verified) != want || len(w.Intakes) == 0 != (state == Verified && want == 0) ||
				len(w.Intakes) > 0 && (int64(w.Intakes[0].Applicants) != want || int64(w.Intakes[0].Verified) != want) {
				t.Errorf("institution %d, in state %q: counted %+v, %v", i, state, w, err)
			}
		}
	}
	if err := s.Record(t.Context(), staff[1], a[1].Ref, Outcome{What: RecordAccepted}); !errors.Is(err, ErrNotFound) {
		t.Errorf("selected while hidden: %v", err)
	}
	if v, err := s.OwnApplication(t.Context(), u, a[1].Ref); err != nil || v.State != Verified {
		t.Errorf("the application is %s, %v", v.State, err)
	}
	if n := s.rows(t, "consents WHERE withdrawn_at = ?", s.clock()); n != 1 {
		t.Errorf("%d consents withdrawn now", n)
	}
	if err := s.SetSharing(t.Context(), u, other, true); err != nil || !s.found(t, staff[1], in[1], a[1]) {
		t.Errorf("not seen after agreeing again: %v", err)
	}
	if n := s.rows(t, "audit_rows WHERE action IN ('consent_given', 'consent_withdrawn')"); n != 4 {
		t.Errorf("%d rows in the trail, want 4", n)
	}
}

// Without the consent nobody is shown, whatever else they agreed to; presses at once record it once.
func TestF057NobodyIsShownWithoutConsent(t *testing.T) {
	s, u, in, a, staff := sharing(t)
	if err := s.sql.Exec("DELETE FROM consents WHERE institution_id = ?", staff[0].InstitutionID).Error; err != nil {
		t.Fatal(err)
	}
	if err := s.recordConsent(t.Context(), u.ID, shareKind); err != nil {
		t.Fatal(err)
	}
	if s.found(t, staff[0], in[0], a[0]) || !s.found(t, staff[1], in[1], a[1]) {
		t.Error("an old consent for no institution in particular counts")
	}
	var ref string
	s.sql.Raw("SELECT ref FROM institutions WHERE id = ?", staff[0].InstitutionID).Scan(&ref)
	if err := s.SetSharing(t.Context(), u, ref, true); !errors.Is(err, ErrNotFound) {
		t.Errorf("agreed before anything was sent there: %v", err)
	}
	s.sql.Raw("SELECT ref FROM institutions WHERE id = ?", staff[1].InstitutionID).Scan(&ref)
	if err := s.SetSharing(t.Context(), u, ref, false); err != nil {
		t.Fatal(err)
	}
	var presses sync.WaitGroup
	for range 5 {
		presses.Go(func() {
			if err := s.SetSharing(t.Context(), u, ref, true); err != nil {
				t.Error(err)
			}
		})
	}
	presses.Wait()
	if n := s.rows(t, "consents WHERE institution_id = ? AND withdrawn_at IS NULL", staff[1].InstitutionID); n != 1 {
		t.Errorf("%d consents hold", n)
	}
}
