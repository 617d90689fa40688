package models

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// mending is a file that went back to its person, of whom officers asked for one thing.
func mending(t *testing.T, fix Fix) (s *testStore, u User, a Application, c Certificate) {
	t.Helper()
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addWeldingType(t)
	c = s.handedIn(t, u, formToken, welder)
	a = s.put(t, s.addSubmitted(t, u, in, c.Ref), NeedsFix, map[string]any{"fix_by": noon.AddDate(0, 0, 5)})
	s.sql.Exec("UPDATE certificates SET state = 'needs_fix'")
	s.pass(time.Hour)
	fix.ApplicationID, fix.CreatedAt = a.ID, s.db.Now()
	if fix.Target == "certificate" {
		fix.CertificateID = &c.ID
	}
	if err := s.sql.Omit("ID").Create(&fix).Error; err != nil {
		t.Fatal(err)
	}
	s.pass(time.Hour)
	return s, u, a, c
}

// A mendingAct is what a seeker does about something that was asked for.
type mendingAct = func(s *testStore, u User, a Application, c Certificate) error

// mendingCase is what was asked for, an act that does not touch it, and one that does; nil when none is tried.
type mendingCase struct {
	fix      Fix
	not, yes mendingAct
}

func mendingCases(t *testing.T) map[string]mendingCase {
	file := func(purpose string) mendingAct {
		return func(s *testStore, u User, _ Application, _ Certificate) error {
			_, err := s.AddUploads(t.Context(), u, newFile(purpose, "new "+purpose, purpose+"/new"))
			return err
		}
	}
	address := func(street string) mendingAct {
		return func(s *testStore, u User, _ Application, _ Certificate) error {
			return s.SaveAddresses(t.Context(), u, Address{Street: street, RT: "001", RW: "012", Village: "Tebet Barat",
				District: "Tebet", RegencyCode: "31.74", PostalCode: "12810"}, true, Address{})
		}
	}
	edit := func(change func(*CertificateInput)) mendingAct {
		return func(s *testStore, u User, _ Application, c Certificate) error {
			in := welder
			change(&in)
			return s.UpdateCertificate(t.Context(), u, c.Ref, in)
		}
	}
	const told = "Saya ingin bekerja sebagai juru las."
	motivation := func(text string) mendingAct {
		return func(s *testStore, u User, a Application, _ Certificate) error {
			return s.SaveMotivation(t.Context(), u, a.Ref, text)
		}
	}
	school := func(s *testStore, u User, _ Application, _ Certificate) error {
		return s.SaveEducation(t.Context(), u, Education{Code: "SMP", School: "SMP Contoh", Year: ptr(2004)})
	}
	letter := func(s *testStore, u User, _ Application, _ Certificate) error {
		return s.SaveGuardian(t.Context(), u, "Ibu Contoh", "parent", "+6281200000003")
	}
	another := func(s *testStore, u User, _ Application, c Certificate) error {
		return s.AttachUpload(t.Context(), u, c.Ref, s.addUpload(t, u, "page two").Ref)
	}
	return map[string]mendingCase{
		"photo":      {Fix{Target: SectionIdentity, ReasonCode: "scan_cut_off"}, address("Jl. Mawar 2"), file("ktp")},
		"address":    {Fix{Target: SectionAddress, ReasonCode: "lain"}, address("Jl. Melati 1"), address("Jl. Melati 11")},
		"schooling":  {Fix{Target: SectionEducation, ReasonCode: "lain"}, school, nil},
		"motivation": {Fix{Target: "application", ReasonCode: "answer_incomplete"}, motivation(told), motivation("Baru.")},
		"guardian":   {Fix{Target: SectionGuardian, ReasonCode: "document_missing"}, letter, file("guardian_consent")},
		"a page":     {Fix{Target: "certificate", ReasonCode: "page_missing"}, edit(func(in *CertificateInput) { in.Number = "2" }), another},
		"its number": {Fix{Target: "certificate", ReasonCode: "lain"}, motivation("Baru."), edit(func(in *CertificateInput) { in.Number = "2" })},
		"sent by hand": {Fix{Target: "certificate", ReasonCode: "page_missing"}, func(s *testStore, u User, _ Application, c Certificate) error {
			return s.SubmitCertificate(t.Context(), u, c.Ref)
		}, nil},
	}
}

// What was asked for is ticked when exactly that was changed: not when the same was kept again, nor for another part.
// Who sends it again unchanged is asked whether to, and then officers see it.
func TestF011SendingAgainUnchangedIsAskedAndSeen(t *testing.T) {
	for name, tt := range mendingCases(t) {
		t.Run(name, func(t *testing.T) {
			s, u, a, c := mending(t, tt.fix)
			if err := tt.not(s, u, a, c); err != nil {
				t.Fatal(err)
			}
			s.ticked(t, u, a, false)
			if _, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); !errors.Is(err, ErrUnchanged) {
				t.Fatalf("sent again unchanged: %v", err)
			}
			if got := s.reload(t, a).State; got != NeedsFix {
				t.Fatalf("state %s", got)
			}
			statements := append(slices.Clone(Statements), StatementUnchanged)
			if tt.yes != nil {
				if err := tt.yes(s, u, a, c); err != nil {
					t.Fatal(err)
				}
				s.ticked(t, u, a, true)
				statements = Statements
			}
			if _, err := s.SubmitApplication(t.Context(), u, a.Ref, statements); err != nil {
				t.Fatal(err)
			}
			f, err := s.ReviewApplication(t.Context(), s.addUser(t, Officer, "rina"), a.Ref)
			if err != nil || len(f.Mended) != 1 || f.Mended[0].Untouched != (tt.yes == nil) {
				t.Errorf("officers see %+v, %v", f.Mended, err)
			}
		})
	}
}

// What was saved at the very instant of the request was saved before anybody read it.
func TestSavedAtTheInstantOfTheRequestIsNotMended(t *testing.T) {
	cases := mendingCases(t)
	for _, name := range []string{"address", "photo", "a page"} {
		s, u, a, c := mending(t, cases[name].fix)
		s.sql.Exec("UPDATE application_fixes SET created_at = ?", s.db.Now())
		if err := cases[name].yes(s, u, a, c); err != nil {
			t.Fatal(err)
		}
		s.ticked(t, u, a, false)
		s.sql.Exec("UPDATE application_fixes SET created_at = ?", s.db.Now().Add(-time.Microsecond))
		s.ticked(t, u, a, true)
	}
}

// ticked wants the only thing that was asked for to be ticked or not.
func (s *testStore) ticked(t *testing.T, u User, a Application, want bool) {
	t.Helper()
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || len(v.Fixes) != 1 || v.Fixes[0].Done != want {
		t.Fatalf("%+v, %v, want %v", v.Fixes, err, want)
	}
}
