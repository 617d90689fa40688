package models

import (
	"errors"
	"slices"
	"strings"
	"testing"
	"time"
)

// passed is an application that officers verified, with its person and somebody of its institution.
func passed(t *testing.T, change func(*Programme)) (s *testStore, officer, u, staff User, a Application) {
	t.Helper()
	s, officer, a = reviewing(t, change, nil)
	s.checkAll(t, officer, a)
	if err := s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}); err != nil {
		t.Fatal(err)
	}
	u, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	var institution int64
	s.sql.Raw(`SELECT p.institution_id
		FROM intakes n
		JOIN programmes p ON p.id = n.programme_id
		WHERE n.id = ?`, a.IntakeID).Scan(&institution)
	return s, officer, u, User{ID: officer.ID, Role: Staff, MaySelect: true, InstitutionID: &institution}, s.reload(t, a)
}

// depok is an address that is not in Jakarta.
var depok = Address{
	Street: "Jl. Kenanga 9", RT: "002", RW: "003", Village: "Beji", District: "Beji", RegencyCode: "36.71", PostalCode: "16421",
}

// Whatever a person changes after the check, institution and letters read what was checked, everybody who relies on it
// is told, and officers look again.
func TestF001WhatWasCheckedIsWhatOthersRead(t *testing.T) {
	for name, change := range map[string]func(s *testStore, u User) error{
		"name and NIK": func(s *testStore, u User) error {
			return s.SaveIdentity(t.Context(), u, identity(t, func(in *Identity) {
				in.Name, in.NIK = "Orang Lain", mustNIK(t, "3174014203890777")
			}))
		},
		"birth date": func(s *testStore, u User) error {
			born := *date(2009, 12, 1)
			return s.SaveIdentity(t.Context(), u, identity(t, func(in *Identity) { in.Name, in.BirthDate = u.Name, born }))
		},
		"address": func(s *testStore, u User) error { return s.SaveAddresses(t.Context(), u, depok, true, Address{}) },
		"schooling": func(s *testStore, u User) error {
			return s.SaveEducation(t.Context(), u, Education{Code: "SD", School: "SD 1"})
		},
	} {
		t.Run(name, func(t *testing.T) {
			s, officer, u, staff, a := passed(t, nil)
			before, _, _, err := s.Applicant(t.Context(), staff, a.Ref)
			if err != nil || before.Name != "Suparmi" {
				t.Fatalf("the institution reads %+v, %v", before, err)
			}
			s.pass(time.Hour)
			if err := change(s, u); err != nil {
				t.Fatal(err)
			}
			now, _, _, err := s.Applicant(t.Context(), staff, a.Ref)
			if err != nil || now.RecheckSince == nil {
				t.Errorf("the institution is not told: %v, %v", now.RecheckSince, err)
			}
			if now.Name != before.Name || !now.BirthDate.Equal(*before.BirthDate) || now.Education != before.Education {
				t.Errorf("the institution reads %s %v %v, before %s %v %v",
					now.Name, now.BirthDate, now.Education, before.Name, before.BirthDate, before.Education)
			}
			page, err := s.Queue(t.Context(), officer, QueueFilter{Recheck: true}, "")
			if err != nil || len(page.Items) != 1 || page.Items[0].Ref != a.Ref || page.Recheck != 1 {
				t.Errorf("to look at again: %+v, %v", page, err)
			}
			f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
			if err != nil || len(f.Changes) == 0 || f.Identity == nil || f.Identity.Name != "Suparmi" || f.Identity.OfficerName != officer.Name {
				t.Errorf("the desk sees %+v %+v, %v", f.Changes, f.Identity, err)
			}
			if err := s.Record(t.Context(), staff, a.Ref, Outcome{What: RecordAccepted}); err != nil {
				t.Fatal(err)
			}
			var in Intake
			if err := s.sql.Take(&in, "id = ?", a.IntakeID).Error; err != nil {
				t.Fatal(err)
			}
			s.announcesIntake(t, staff, in)
			if l := s.lastLetter(t); l.Template != "application_accepted" || l.Data["Name"] != "Suparmi" {
				t.Errorf("the letter says %+v", l)
			}
		})
	}
}

// The second look takes what the person says now, once it was compared, or keeps what was checked for a reason.
func TestF001SecondLookRenewsOrKeeps(t *testing.T) {
	s, officer, u, staff, a := passed(t, func(p *Programme) { p.RequiresDKI = true })
	if err := s.LookAgain(t.Context(), officer, a.Ref, false, "x"); !errors.Is(err, ErrNotNow) {
		t.Errorf("without a change: %v", err)
	}
	s.pass(time.Minute)
	renamed := identity(t, func(in *Identity) { in.Name = "Suparmi Dewi" })
	if err := s.SaveIdentity(t.Context(), u, renamed); err != nil {
		t.Fatal(err)
	}
	colleague := s.addUser(t, Officer, "joko")
	if err := s.LookAgain(t.Context(), colleague, a.Ref, true, ""); !errors.Is(err, ErrChecksOpen) {
		t.Errorf("renewed before it was compared: %v", err)
	}
	for _, field := range []string{CheckNIK, CheckName} {
		if err := s.CheckIdentity(t.Context(), colleague, a.Ref, CheckInput{Field: field}); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.LookAgain(t.Context(), colleague, a.Ref, true, ""); err != nil {
		t.Fatal(err)
	}
	if now, _, _, err := s.Applicant(t.Context(), staff, a.Ref); err != nil || now.Name != "Suparmi Dewi" || now.RecheckSince != nil {
		t.Errorf("the institution reads %s, %v, %v", now.Name, now.RecheckSince, err)
	}
	if n := s.rows(t, "application_identities WHERE name = 'Suparmi' AND superseded_at IS NOT NULL"); n != 1 {
		t.Errorf("the earlier look is there %d times", n)
	}

	s.pass(time.Minute)
	if err := s.SaveAddresses(t.Context(), u, depok, true, Address{}); err != nil { // the course is for Jakarta
		t.Fatal(err)
	}
	if err := s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{Field: CheckKTPAddress}); err != nil {
		t.Fatal(err)
	}
	if err := s.LookAgain(t.Context(), officer, a.Ref, true, ""); !errors.Is(err, ErrUnmet) {
		t.Errorf("renewed with what does not meet the requirements: %v", err)
	}
	if err := s.LookAgain(t.Context(), officer, a.Ref, false, " "); !errors.Is(err, ErrLookNote) {
		t.Errorf("kept without a reason: %v", err)
	}
	if err := s.LookAgain(t.Context(), officer, a.Ref, false, "Pindah setelah diterima; KTP lama masih berlaku."); err != nil {
		t.Fatal(err)
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || f.RecheckSince != nil || f.Desk[0].What != DeskKept || !strings.Contains(f.Identity.Address, "Melati") {
		t.Errorf("the desk sees %+v %+v, %v", f.Desk, f.Identity, err)
	}
}

// A change and a verification at once: what is verified is what was compared, or officers look again.
func TestF001ChangeDuringTheVerificationIsNotLost(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	s.checkAll(t, officer, a)
	u, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	begun, saved := make(chan struct{}), make(chan error)
	go func() {
		<-begun
		saved <- s.SaveIdentity(t.Context(), u, identity(t, func(in *Identity) { in.Name = "Orang Lain" }))
	}()
	err = s.withApplication(t.Context(), officer, a.Ref, func(tx *Store, a Application) error {
		err := tx.decide(t.Context(), officer, a, actVerify, Decision{Outcome: Verified})
		close(begun)
		s.waitsForLock(t)
		return err
	})
	if err := errors.Join(err, <-saved); err != nil {
		t.Fatal(err)
	}
	if got := s.reload(t, a); got.State != Verified || got.RecheckSince == nil {
		t.Errorf("it is %s, to look at since %v", got.State, got.RecheckSince)
	}
}

// waitsForLock returns once somebody waits for a lock.
func (s *testStore) waitsForLock(t *testing.T) {
	t.Helper()
	for s.rows(t, "pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") == 0 {
		if t.Context().Err() != nil {
			t.Fatal("nobody waits")
		}
	}
}

// What changed while an officer decides is named, old beside new.
func TestF010ChangeBetweenTwoLooksIsNamed(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	s.checkAll(t, officer, a)
	u, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	s.pass(time.Minute)
	err = errors.Join(
		s.SaveIdentity(t.Context(), u, identity(t, func(in *Identity) { in.Name, in.NIK = "Orang Lain", mustNIK(t, "3174014203890777") })),
		s.SaveEducation(t.Context(), u, Education{Code: "SMA", School: "SMA Contoh"}),
	)
	if err != nil {
		t.Fatal(err)
	}
	err = s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified})
	want := []string{"outcome:review.checks_open", "nik:review.changed.nik", "name:review.changed.name"}
	if got := fieldsOf(err); !errors.Is(err, ErrChecksOpen) || !slices.Equal(got, want) {
		t.Errorf("refused at %v, want %v", got, want)
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil {
		t.Fatal(err)
	}
	var said []string
	for _, c := range f.Changes {
		said = append(said, c.Field+": "+c.Was+" > "+c.Becomes)
	}
	slices.Sort(said)
	number := f.NIK[:4] + "********0777"
	if len(said) != 3 || said[0] != "education: SMP SMP Contoh > SMA SMA Contoh" || said[1] != "name: Suparmi > Orang Lain" ||
		!strings.HasSuffix(said[2], " > "+number) {
		t.Errorf("changes %q", said)
	}
	if f.RecheckSince != nil {
		t.Error("a file that is being looked at is to be looked at again")
	}
}

// Another photo of the card is a change as well.
func TestF010AnotherPhotoOfTheCardIsNamed(t *testing.T) {
	s, officer, u, _, a := passed(t, nil)
	fresh, err := s.AddUploads(t.Context(), u, newFile("ktp", "another", "ktp/another"))
	if err != nil {
		t.Fatal(err)
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil {
		t.Fatal(err)
	}
	old := f.Documents[len(f.Documents)-1].Ref
	if err := s.ReplaceUpload(t.Context(), u, old, fresh[0].Ref); err != nil {
		t.Fatal(err)
	}
	f, err = s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || len(f.Changes) != 1 || f.Changes[0].Field != ChangedPhoto || f.RecheckSince == nil {
		t.Errorf("changes %+v, to look at since %v, %v", f.Changes, f.RecheckSince, err)
	}
}
