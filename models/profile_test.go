package models

import (
	"errors"
	"slices"
	"testing"
	"time"

	"naikkelas/internal/nik"
	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

func mustNIK(t testing.TB, s string) nik.NIK {
	t.Helper()
	n, err := nik.Parse(s)
	if err != nil {
		t.Fatal(err)
	}
	return n
}

// identity is a complete identity section of a woman born on 2 March 1989.
func identity(t testing.TB, change func(*Identity)) Identity {
	t.Helper()
	in := Identity{
		Name: "Suhartini", NIK: mustNIK(t, "3174014203890001"), Sex: "P",
		BirthPlace: "Jakarta", BirthDate: time.Date(1989, 3, 2, 0, 0, 0, 0, time.UTC),
	}
	if change != nil {
		change(&in)
	}
	return in
}

func (s *testStore) check(t testing.TB, officer User, userID int64, field string, change func(*IdentityCheck)) {
	t.Helper()
	c := IdentityCheck{UserID: userID, Field: field, Outcome: "checked", OfficerID: officer.ID, At: s.db.Now()}
	if change != nil {
		change(&c)
	}
	if err := s.sql.Omit("ID").Create(&c).Error; err != nil {
		t.Fatal(err)
	}
}

func TestNIKIsSealedAndMasked(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	if err := s.SaveIdentity(t.Context(), u, identity(t, nil)); err != nil {
		t.Fatal(err)
	}
	u, err := s.User(t.Context(), u.ID) // as the next request finds them
	if err != nil {
		t.Fatal(err)
	}
	w, err := s.OwnProfile(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	stored := []string{string(w.Profile.NIKSealed), string(w.Profile.NIKIndex)}
	if w.Profile.NIKMasked != "3174********0001" || slices.Contains(stored, "3174014203890001") {
		t.Errorf("masked %q", w.Profile.NIKMasked)
	}
	number, _, _, err := s.OwnNumbers(t.Context(), u)
	if err != nil || number != "3174014203890001" {
		t.Errorf("own number %q, %v", number, err)
	}
	if w.User.Name != "Suhartini" {
		t.Errorf("name %q", w.User.Name)
	}
}

func TestOfficerRevealIsRecorded(t *testing.T) {
	s := newStore(t, noon)
	u, officer := s.addUser(t, Seeker, "ani"), s.addUser(t, Officer, "petugas")
	if err := s.SaveIdentity(t.Context(), u, identity(t, nil)); err != nil {
		t.Fatal(err)
	}
	if _, err := s.RevealNIK(t.Context(), u, u.ID); !errors.Is(err, ErrForbidden) {
		t.Errorf("a seeker revealed: %v", err)
	}
	if got, err := s.RevealNIK(t.Context(), officer, u.ID); err != nil || got != "3174014203890001" {
		t.Fatalf("%q, %v", got, err)
	}
	var rows int64
	s.sql.Model(&record.AuditRow{}).Where("action = 'nik_revealed' AND actor_id = ? AND person_id = ?", officer.ID, u.ID).Count(&rows)
	if rows != 1 {
		t.Errorf("%d audit rows, want 1", rows)
	}
}

func TestSecondClaimOfNIKIsTakenAndFlagged(t *testing.T) {
	s := newStore(t, noon)
	first, second, officer := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi"), s.addUser(t, Officer, "petugas")
	s.addReference(t)
	if err := s.SaveIdentity(t.Context(), first, identity(t, nil)); err != nil {
		t.Fatal(err)
	}
	s.sql.Exec("UPDATE profiles SET nik_verified = true WHERE user_id = ?", first.ID)
	if err := s.SaveIdentity(t.Context(), second, identity(t, nil)); err != nil {
		t.Fatalf("second claim: %v", err)
	}
	list, err := s.IdentityWarnings(t.Context(), officer, second.ID)
	if err != nil || !slices.Equal(list, []string{WarningTwice}) {
		t.Errorf("%v, %v", list, err)
	}
	w, _ := s.OwnProfile(t.Context(), second)
	if w.Profile.NIKVerified {
		t.Error("a second claim is verified")
	}
}

func TestChangedFieldSupersedesItsCheck(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	u, officer := s.addUser(t, Seeker, "ani"), s.addUser(t, Officer, "petugas")
	ktp := Address{
		Street: "Jl. Melati 1", RT: "001", RW: "012", Village: "Tebet Barat", District: "Tebet",
		RegencyCode: "31.74", PostalCode: "12810",
	}
	for name, tt := range map[string]struct {
		change func(*Identity)
		move   bool
		gone   string
	}{
		"nothing":    {},
		"nik":        {change: func(in *Identity) { in.NIK = mustNIK(t, "3174014203890002") }, gone: CheckNIK},
		"birth date": {change: func(in *Identity) { in.BirthDate = in.BirthDate.AddDate(0, 0, 1) }, gone: CheckBirthDate},
		"name":       {change: func(in *Identity) { in.Name = "Suhartini Dewi" }, gone: CheckName},
		"address":    {move: true, gone: CheckKTPAddress},
	} {
		t.Run(name, func(t *testing.T) {
			s.sql.Exec("DELETE FROM identity_checks")
			err := errors.Join(
				s.SaveIdentity(t.Context(), u, identity(t, nil)),
				s.SaveAddresses(t.Context(), u, ktp, true, Address{}),
			)
			if err != nil {
				t.Fatal(err)
			}
			fields := []string{CheckNIK, CheckName, CheckBirthDate, CheckKTPAddress}
			for _, f := range fields {
				s.check(t, officer, u.ID, f, nil)
			}
			s.sql.Exec("UPDATE profiles SET nik_verified = true WHERE user_id = ?", u.ID)
			after := ktp
			if tt.move {
				after.RegencyCode = "36.71"
			}
			err = errors.Join(
				s.SaveIdentity(t.Context(), u, identity(t, tt.change)),
				s.SaveAddresses(t.Context(), u, after, true, Address{}),
			)
			if err != nil {
				t.Fatal(err)
			}
			w, err := s.OwnProfile(t.Context(), u)
			if err != nil {
				t.Fatal(err)
			}
			for _, f := range fields {
				if _, live := w.Checks[f]; live == (f == tt.gone) {
					t.Errorf("check of %s live: %v", f, live)
				}
			}
			if w.Profile.NIKVerified == (tt.gone == CheckNIK) {
				t.Errorf("nik_verified %v", w.Profile.NIKVerified)
			}
		})
	}
}

// candidate is a person as officers look at them.
func (s *testStore) candidate(t testing.TB, u User) (Candidate, error) {
	t.Helper()
	w, err := s.OwnProfile(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	return s.candidateOf(t.Context(), w)
}

func TestEligibilityUsesCheckedValues(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	u, officer := s.addUser(t, Seeker, "ani"), s.addUser(t, Officer, "petugas")
	err := errors.Join(
		s.SaveIdentity(t.Context(), u, identity(t, nil)),
		s.SaveAddresses(t.Context(), u, Address{Street: "Jl. Melati 1", RegencyCode: "31.74"}, true, Address{}),
		s.SaveEducation(t.Context(), u, Education{Code: "SMK"}),
	)
	if err != nil {
		t.Fatal(err)
	}
	c, err := s.candidate(t, u)
	if err != nil || c.EducationRank != 3 || c.InJakarta == nil || !*c.InJakarta || c.AddressChecked {
		t.Fatalf("%+v, %v", c, err)
	}
	seen := time.Date(1990, 3, 2, 0, 0, 0, 0, time.UTC)
	s.check(t, officer, u.ID, CheckBirthDate, func(c *IdentityCheck) { c.Outcome, c.SeenDate = "differs", &seen })
	s.check(t, officer, u.ID, CheckKTPAddress, func(c *IdentityCheck) { c.Outcome, c.SeenRegency = "differs", ptr("36.71") })
	c, err = s.candidate(t, u)
	if err != nil || !c.BirthChecked || record.DateDay(*c.BirthDate) != record.DateDay(seen) || *c.InJakarta || !c.AddressChecked {
		t.Errorf("%+v, %v", c, err)
	}
}

func TestProfileSectionsSayWhatIsThere(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	u := s.addUser(t, Seeker, "ani")
	states := func() map[string]SectionState {
		w, err := s.OwnProfile(t.Context(), u)
		if err != nil {
			t.Fatal(err)
		}
		m := map[string]SectionState{}
		for _, section := range ProfileSections(w, noon) {
			m[section.Name] = section.State
		}
		return m
	}
	if got := states(); len(got) != 7 || got[SectionIdentity] != SectionNotStarted || got[SectionLanguages] != SectionNotStarted {
		t.Errorf("empty: %v", got)
	}
	err := errors.Join(
		s.SaveIdentity(t.Context(), u, identity(t, func(in *Identity) { in.BirthDate = time.Date(2009, 3, 2, 0, 0, 0, 0, time.UTC) })),
		s.SaveLanguages(t.Context(), u, nil),
		s.SaveExperiences(t.Context(), u, []Experience{{Position: "Juru las", Employer: "Bengkel", Country: "JP", StartYear: 2020}}),
		s.SaveContacts(t.Context(), u, []EmergencyContact{{Name: "Ibu", Relation: "ibu", Phone: "+6281234567890"}}),
	)
	if err != nil {
		t.Fatal(err)
	}
	got := states()
	want := map[string]SectionState{
		SectionIdentity: SectionComplete, SectionPhoto: SectionNotStarted, SectionLanguages: SectionComplete, SectionExperience: SectionComplete,
		SectionContacts: SectionInProgress, SectionGuardian: SectionNotStarted,
	}
	for name, state := range want {
		if got[name] != state {
			t.Errorf("%s: %s, want %s", name, got[name], state)
		}
	}
}

func TestSpecialNeedsAreKeptOnlyWithConsent(t *testing.T) {
	s := newStore(t, noon)
	u := s.addUser(t, Seeker, "ani")
	for _, agreed := range []bool{true, false} {
		if err := s.SaveSpecialNeeds(t.Context(), u, "Kursi roda", agreed); err != nil {
			t.Fatal(err)
		}
		w, err := s.OwnProfile(t.Context(), u)
		if err != nil || w.NeedsAgreed != agreed || (w.Profile.SpecialNeeds != "") != agreed {
			t.Errorf("agreed %v: %q %v %v", agreed, w.Profile.SpecialNeeds, w.NeedsAgreed, err)
		}
	}
}

// A withdrawn consent takes the words with it, wherever it is withdrawn; giving it again brings nothing back.
func TestF062WithdrawnConsentErasesSpecialNeeds(t *testing.T) {
	s := newStore(t, noon)
	u, other := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	needs := func(u User) string {
		w, err := s.OwnProfile(t.Context(), u)
		if err != nil {
			t.Fatal(err)
		}
		return w.Profile.SpecialNeeds
	}
	for _, who := range []User{u, other} {
		if err := s.SaveSpecialNeeds(t.Context(), who, "Kursi roda", true); err != nil {
			t.Fatal(err)
		}
	}
	s.pass(time.Minute)
	if err := s.SetConsent(t.Context(), u, "special_needs", false); err != nil {
		t.Fatal(err)
	}
	s.pass(time.Minute)
	if err := s.SetConsent(t.Context(), u, "special_needs", true); err != nil {
		t.Fatal(err)
	}
	if got := needs(u); got != "" {
		t.Errorf("still there: %q", got)
	}
	if got := needs(other); got != "Kursi roda" {
		t.Errorf("another's: %q", got)
	}
}

// Consent and words are saved together or not at all: a text that the database refuses leaves no consent behind.
func TestF062SpecialNeedsAndTheirConsentAreOneStep(t *testing.T) {
	d := testdb.New(t)
	db, _ := testdb.OpenDSN(t, d.AppDSN)
	owner, _ := testdb.OpenDSN(t, d.DSN)
	s := newStoreOn(t, db, noon)
	u := s.addUser(t, Seeker, "ani")
	if err := owner.Exec("ALTER TABLE profiles ADD CHECK (special_needs_sealed IS NULL)").Error; err != nil {
		t.Fatal(err)
	}
	if err := s.SaveSpecialNeeds(t.Context(), u, "Kursi roda", true); err == nil {
		t.Fatal("the database took the text")
	}
	if list, err := s.Consents(t.Context(), u); err != nil || len(list) != 0 {
		t.Errorf("consents %+v, %v", list, err)
	}
}

func TestProfileLoadsInABoundedNumberOfQueries(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	u := s.addUser(t, Seeker, "ani")
	var list []Experience
	for i := range 15 {
		list = append(list, Experience{Position: "Juru las", Employer: "Bengkel", Country: "JP", StartYear: 2000 + i})
	}
	if err := s.SaveExperiences(t.Context(), u, list); err != nil {
		t.Fatal(err)
	}
	db, count := testdb.Counting(s.sql)
	counted := NewStore(record.New(db, s.clock, s.db.Box(), nil))
	n := count.Count(func() {
		if _, err := counted.OwnProfile(t.Context(), u); err != nil {
			t.Error(err)
		}
	})
	if n > 9 {
		t.Errorf("%d queries", n)
	}
}
