package models

import (
	"errors"
	"testing"
	"time"
)

// welder is a certificate as its owner fills it in.
var welder = CertificateInput{
	TypeCode: "WELD", Number: "1", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 10, 1),
}

// A certificate that waits can be taken back to be mended until an officer has it, or the file of an
// application with it; the step is recorded, since when it waited is kept, and another's is not found.
func TestCertificateIsTakenBackUntilAnOfficerHasIt(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addWeldingType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, welder)
	since := *s.certificate(t, c.Ref).SubmittedAt
	back := func(who User, want error) {
		t.Helper()
		if err := s.TakeBackCertificate(t.Context(), who, c.Ref); !errors.Is(err, want) {
			t.Fatalf("got %v, want %v", err, want)
		}
	}
	back(s.addUser(t, Seeker, "lain"), ErrNotFound)
	s.pass(time.Hour)
	back(u, nil)
	back(u, nil) // the second press
	v, err := s.Certificate(t.Context(), u, c.Ref)
	if err != nil || v.State != CertificateNeedsFix || !v.SubmittedAt.Equal(since) {
		t.Fatalf("%s since %v, %v", v.State, v.SubmittedAt, err)
	}
	last := v.Events[len(v.Events)-1]
	opened := last.FromState == CertificateSubmitted && last.ToState == CertificateNeedsFix
	if len(v.Events) != 3 || !opened || *last.ActorID != u.ID {
		t.Errorf("recorded: %+v", v.Events)
	}
	if err := s.SubmitCertificate(t.Context(), u, c.Ref); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeCertificate(t.Context(), officer, c.Ref, 0); err != nil {
		t.Fatal(err)
	}
	back(u, ErrCertificateHeld)
	if err := s.ReleaseCertificate(t.Context(), officer, c.Ref); err != nil {
		t.Fatal(err)
	}
	a := s.take(t, officer, s.addSubmitted(t, u, in, c.Ref))
	back(u, ErrCertificateHeld)
	if v, err = s.Certificate(t.Context(), u, c.Ref); err != nil || v.Retractable() {
		t.Errorf("offered while an officer has the application: %v", err)
	}
	s.put(t, a, Submitted, map[string]any{"assignee_id": nil})
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}); err != nil {
		t.Fatal(err)
	}
	back(u, &Refusal{Key: "certificate.not_editable"})
}

// A certificate is kept while an application needs it, with the reason; and goes, to come back within a day.
func TestCertificateIsDeletedWhereNoApplicationNeedsIt(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addWeldingType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, welder)
	refuses := func(when string, want *Refusal) {
		t.Helper()
		if err := s.DeleteCertificate(t.Context(), u, c.Ref); !errors.Is(err, want) {
			t.Errorf("%s: got %v, want %v", when, err, want)
		}
		if v, err := s.Certificate(t.Context(), u, c.Ref); err != nil || v.Kept() != want {
			t.Errorf("%s: shown %v, %v", when, v.Kept(), err)
		}
	}
	if err := s.TakeCertificate(t.Context(), officer, c.Ref, 0); err != nil {
		t.Fatal(err)
	}
	refuses("while it is checked", ErrCertificateChecked)
	if err := s.ReleaseCertificate(t.Context(), officer, c.Ref); err != nil {
		t.Fatal(err)
	}
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, []string{c.Ref}, false); err != nil {
		t.Fatal(err)
	}
	refuses("chosen in a draft", ErrCertificateDraft)
	a, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
	if err != nil {
		t.Fatal(err)
	}
	refuses("in an application that runs", ErrCertificateLive)
	if err := s.Withdraw(t.Context(), u, a.Ref, "withdraw_x", ""); err != nil {
		t.Fatal(err)
	}
	gone := func() {
		t.Helper()
		if err := s.DeleteCertificate(t.Context(), u, c.Ref); err != nil {
			t.Fatalf("after the application was withdrawn: %v", err)
		}
	}
	gone()
	if list, err := s.DeletedCertificates(t.Context(), u); err != nil || len(list) != 1 {
		t.Errorf("to take back: %v, %v", list, err)
	}
	if err := s.RestoreCertificate(t.Context(), s.addUser(t, Seeker, "lain"), c.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	if err := errors.Join(s.RestoreCertificate(t.Context(), u, c.Ref), s.RestoreCertificate(t.Context(), u, c.Ref)); err != nil {
		t.Fatal(err)
	}
	if v, err := s.Certificate(t.Context(), u, c.Ref); err != nil || v.State != CertificateSubmitted || len(v.Files) != 1 {
		t.Errorf("back as it was: %s, %d files, %v", v.State, len(v.Files), err)
	}
	gone()
	s.pass(UndoTime + time.Minute)
	if err := s.RestoreCertificate(t.Context(), u, c.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("after a day: %v", err)
	}
}

// What an application was decided on stays, also after the person left it.
func TestCertificateOfADecisionStays(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addWeldingType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, welder)
	a := s.take(t, officer, s.addSubmitted(t, u, in, c.Ref))
	s.checkAll(t, officer, a)
	err := errors.Join(s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}),
		s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}), s.Withdraw(t.Context(), u, a.Ref, "withdraw_x", ""))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteCertificate(t.Context(), u, c.Ref); !errors.Is(err, ErrCertificateDecided) {
		t.Errorf("deleted what a decision rests on: %v", err)
	}
}

// What was deleted is gone for good after a day, unless an application names it.
func TestDeletedCertificatesAreSwept(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addWeldingType(t)
	alone, named := s.handedIn(t, u, formToken, welder), s.handedIn(t, u, "00000000-0000-4000-8000-00000000000b", welder)
	s.put(t, s.addSubmitted(t, u, in, named.Ref), Withdrawn, nil)
	if err := errors.Join(s.DeleteCertificate(t.Context(), u, alone.Ref), s.DeleteCertificate(t.Context(), u, named.Ref)); err != nil {
		t.Fatal(err)
	}
	left := func() (n int64) {
		if _, err := s.ApplyRetention(t.Context()); err != nil {
			t.Fatal(err)
		}
		s.sql.Model(&Certificate{}).Where("id IN ?", []int64{alone.ID, named.ID}).Count(&n)
		return n
	}
	if n := left(); n != 2 {
		t.Errorf("%d rows at once", n)
	}
	s.pass(UndoTime - time.Minute)
	if n := left(); n != 2 {
		t.Errorf("%d rows while it can be undone", n)
	}
	s.pass(2 * time.Minute)
	if n := left(); n != 1 {
		t.Errorf("%d rows after a day", n)
	}
}
