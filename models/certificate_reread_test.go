package models

import (
	"errors"
	"slices"
	"testing"
	"time"
)

// F016: what an officer reads on a certificate after a file was decided on it reaches that file: the paper is the same
// though its number or its day was typed wrongly, however often it is read. Another paper in its place does not.
func TestF016WhatIsReadAfterADecisionReachesTheApplication(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{
		TypeCode: "BNSP", Number: "1/2025", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31),
	})
	a := s.take(t, officer, s.addSubmitted(t, u, in, c.Ref))
	s.checkAll(t, officer, a)
	read := func(number string, issued, until *time.Time) error {
		return s.ReadCertificate(t.Context(), officer, c.Ref, CertificateRead{
			Version: s.certificate(t, c.Ref).Version, Number: number, Issued: issued, Until: until,
		})
	}
	err := errors.Join(
		s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}),
		s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}),
	)
	if err != nil {
		t.Fatal(err)
	}
	staff := s.staffOf(t, a)
	holds := func(what, number string, want bool) {
		t.Helper()
		v, err := s.OwnApplication(t.Context(), u, a.Ref)
		if err != nil || len(v.Certificates) != 1 || v.Certificates[0].Number != number || v.WithoutCertificate == want {
			t.Errorf("%s: %+v, without %v, %v", what, v.Certificates, v.WithoutCertificate, err)
		}
		seen, _, _, err := s.Applicant(t.Context(), staff, a.Ref)
		if err != nil || (len(seen.Certificates) == 1) != want || slices.Contains(seen.LapsedWhy, "expired") == want {
			t.Errorf("%s: the institution sees %v, lapsed because %v, %v", what, seen.Certificates, seen.LapsedWhy, err)
		}
	}
	holds("as decided", "1/2025", true)
	for _, reading := range []struct {
		number        string
		issued, until *time.Time
		holds         bool
	}{
		{"7/2025", date(2025, 1, 31), date(2025, 12, 31), false},  // number and end
		{"17/2025", date(2022, 11, 3), date(2023, 12, 31), false}, // read again, with its day
		{"17/2025", date(2025, 11, 3), date(2031, 12, 31), true},  // and once more
	} {
		if err := read(reading.number, reading.issued, reading.until); err != nil {
			t.Fatal(err)
		}
		holds("read "+reading.number, reading.number, reading.holds)
	}
	const other = "typed = NULL, number = '9/2026', valid_until = '2025-12-31', read_by = NULL, read_at = NULL"
	if err := s.sql.Exec("UPDATE certificates SET " + other).Error; err != nil {
		t.Fatal(err)
	}
	holds("another paper", "1/2025", true)
}
