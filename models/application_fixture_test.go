package models

import (
	"errors"
	"fmt"
	"testing"
)

// addReadySeeker is a seeker of Jakarta Selatan, born in 1989, junior secondary school, whose
// profile is complete. Needs addReference.
func (s *testStore) addReadySeeker(t testing.TB, name string) User {
	t.Helper()
	u := s.addUser(t, Seeker, name)
	ctx := t.Context()
	number := fmt.Sprintf("317401420389%04d", u.ID)
	ktp := Address{
		Street: "Jl. Melati 1", RT: "001", RW: "012", Village: "Tebet Barat", District: "Tebet",
		RegencyCode: "31.74", PostalCode: "12810",
	}
	contacts := []EmergencyContact{
		{Position: 1, Name: "Ibu", Relation: "parent", Phone: "+6281200000001"},
		{Position: 2, Name: "Kakak", Relation: "sibling", Phone: "+6281200000002"},
	}
	err := errors.Join(
		s.SaveIdentity(ctx, u, identity(t, func(in *Identity) { in.Name, in.NIK = name, mustNIK(t, number) })),
		s.SaveAddresses(ctx, u, ktp, true, Address{}),
		s.SaveEducation(ctx, u, Education{Code: "SMP", School: "SMP Contoh", Year: ptr(2004)}),
		s.SaveLanguages(ctx, u, nil),
		s.SaveExperiences(ctx, u, nil),
		s.SaveContacts(ctx, u, contacts),
	)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddUploads(ctx, u, newFile("ktp", "ktp of "+name, "ktp/"+name)); err != nil {
		t.Fatal(err)
	}
	return u
}

// addDraft is a draft that is ready to be sent.
func (s *testStore) addDraft(t testing.TB, u User, in Intake) Application {
	t.Helper()
	a, err := s.StartApplication(t.Context(), u, in.Ref)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		s.ChooseCertificates(t.Context(), u, a.Ref, nil, true),
		s.SaveMotivation(t.Context(), u, a.Ref, "Saya ingin bekerja sebagai juru las."),
	)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// addSubmitted is an application that waits for an officer and rests on the certificates of these references.
func (s *testStore) addSubmitted(t testing.TB, u User, in Intake, certificates ...string) Application {
	t.Helper()
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, certificates, len(certificates) == 0); err != nil {
		t.Fatal(err)
	}
	a, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
	if err != nil {
		t.Fatal(err)
	}
	return a
}

// agrees is the statement at sending, for an application that was not sent through the store.
func (s *testStore) agrees(t testing.TB, a Application) {
	t.Helper()
	err := s.transact(t.Context(), "agree", func(tx *Store) error {
		return tx.shareByStatement(t.Context(), User{ID: a.SeekerID, Role: Seeker}, a)
	})
	if err != nil {
		t.Fatal(err)
	}
}

// put moves an application to a state without its rules, as if that had happened before.
func (s *testStore) put(t testing.TB, a Application, state ApplicationState, set map[string]any) Application {
	t.Helper()
	columns := map[string]any{"state": state}
	for k, v := range set {
		columns[k] = v
	}
	if err := s.sql.Model(&Application{}).Where("id = ?", a.ID).Updates(columns).Error; err != nil {
		t.Fatal(err)
	}
	return s.reload(t, a)
}

func (s *testStore) reload(t testing.TB, a Application) Application {
	t.Helper()
	var now Application
	if err := s.sql.Take(&now, "id = ?", a.ID).Error; err != nil {
		t.Fatal(err)
	}
	return now
}
