package models

import (
	"errors"
	"fmt"
	"sync"
	"testing"

	"naikkelas/models/record"
)

// addWeldingType is a type whose certificates must be signed every six months.
func (s *testStore) addWeldingType(t testing.TB) {
	t.Helper()
	err := s.SeedReference(t.Context(), ReferenceData{CertificateTypes: []CertificateType{{
		Code: "WELD", Category: "skill", Name: Text{ID: "Juru las", EN: "Welder"}, Position: 2,
		HasExpiry: true, ValidityMonths: ptr(36), ConfirmEveryMonths: ptr(6), ValidFromBasis: "issue_date",
	}}})
	if err != nil {
		t.Fatal(err)
	}
}

// handedIn is a certificate with one file that waits for officers.
func (s *testStore) handedIn(t testing.TB, u User, token string, in CertificateInput) Certificate {
	t.Helper()
	c, err := s.draft(t.Context(), u, token, in)
	if err != nil {
		t.Fatal(err)
	}
	file := s.addUpload(t, u, "sertifikat "+c.Ref)
	if err := errors.Join(s.AttachUpload(t.Context(), u, c.Ref, file.Ref), s.SubmitCertificate(t.Context(), u, c.Ref)); err != nil {
		t.Fatal(err)
	}
	return s.certificate(t, c.Ref)
}

func (s *testStore) certificate(t testing.TB, ref string) Certificate {
	t.Helper()
	var c Certificate
	if err := s.sql.Where("ref = ?", ref).Take(&c).Error; err != nil {
		t.Fatal(err)
	}
	return c
}

// welding is a portal with a welder's certificate that waits for officers and is signed until 1 December.
func welding(t testing.TB) (s *testStore, u, officer User, c Certificate) {
	t.Helper()
	s = newStore(t, noon)
	s.addReference(t)
	s.addReasons(t)
	s.addWeldingType(t)
	u, officer = s.addUser(t, Seeker, "Suparmi"), s.addUser(t, Officer, "rina")
	return s, u, officer, s.handedIn(t, u, formToken, CertificateInput{
		TypeCode: "WELD", Number: "1", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2026, 6, 1),
	})
}

// From each state an officer can take just the decisions that the table names; the others change nothing.
func TestCertificateSteps(t *testing.T) {
	outcomes := []CertificateState{
		CertificateDraft, CertificateSubmitted, CertificateChecking, CertificateVerified,
		CertificateNeedsFix, CertificateRejected, CertificateSuspended,
	}
	for _, from := range outcomes[1:] {
		for _, to := range outcomes {
			t.Run(string(from)+" to "+string(to), func(t *testing.T) {
				s, _, officer, c := welding(t)
				err := s.sql.Exec(`UPDATE certificates
					SET state = ?, officer_id = ?, method = 'qr', decided_at = now(), reason_code = 'x'
					WHERE id = ?`, from, officer.ID, c.ID).Error
				if err != nil {
					t.Fatal(err)
				}
				d := CertificateDecision{Outcome: to, Method: "qr"}
				if kinds := CertificateReasons[to]; kinds != nil {
					d.Reason = kinds[0] + "_x"
				}
				err = s.DecideCertificate(t.Context(), officer, c.Ref, d)
				got := s.certificate(t, c.Ref)
				if from.CanBecome(to) {
					if err != nil || got.State != to || got.Version != c.Version+1 {
						t.Errorf("%s, version %d, %v", got.State, got.Version, err)
					}
					var letters int64
					s.sql.Model(&record.Notice{}).Where("template LIKE 'certificate_%'").Count(&letters)
					if again := from == CertificateVerified && to == CertificateVerified; again != (letters == 0) {
						t.Errorf("%d letters", letters)
					} else if !again {
						if l := s.lastLetter(t); l.Template != "certificate_"+string(to) || l.Data["Ref"] != c.Ref || l.Data["Certificate"] != "Juru las" {
							t.Errorf("letter %+v", l)
						}
					}
				} else if !errors.Is(err, ErrCertificateNow) || got.State != from {
					t.Errorf("%s, %v", got.State, err)
				}
			})
		}
	}
}

// One of two officers has a certificate; the other may take it over, and each step has its line.
func TestCertificateIsCheckedByOne(t *testing.T) {
	s, _, officer, c := welding(t)
	other := s.addUser(t, Officer, "joko")
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "qr"}
	steps := []struct {
		what string
		err  error
		want error
	}{
		{"take", s.TakeCertificate(t.Context(), officer, c.Ref, c.Version), nil},
		{"take again", s.TakeCertificate(t.Context(), officer, c.Ref, 0), nil},
		{"stale take", s.TakeCertificate(t.Context(), other, c.Ref, c.Version), ErrStale},
		{"another decides", s.DecideCertificate(t.Context(), other, c.Ref, verified), ErrTaken},
		{"another takes over", s.TakeCertificate(t.Context(), other, c.Ref, 0), nil},
		{"the first decides", s.DecideCertificate(t.Context(), officer, c.Ref, verified), ErrTaken},
		{"the second decides", s.DecideCertificate(t.Context(), other, c.Ref, verified), nil},
		{"take what is decided", s.TakeCertificate(t.Context(), officer, c.Ref, 0), ErrCertificateNow},
	}
	for _, step := range steps {
		if !errors.Is(step.err, step.want) {
			t.Errorf("%s: %v, want %v", step.what, step.err, step.want)
		}
	}
	o, err := s.ReviewCertificate(t.Context(), officer, c.Ref)
	if err != nil || o.Officer != "joko" || len(o.Events) != 5 || o.Actors[officer.ID] != "rina" {
		t.Errorf("officer %q, %d events, actors %v, %v", o.Officer, len(o.Events), o.Actors, err)
	}
}

func TestReasonThatSaysNothingNeedsANote(t *testing.T) {
	s, _, officer, c := welding(t)
	err := s.sql.Exec(`UPDATE reason_codes
		SET needs_note = true
		WHERE kind = 'certificate_suspended'`).Error
	if err != nil {
		t.Fatal(err)
	}
	d := CertificateDecision{Outcome: CertificateVerified, Method: "qr"}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, d); err != nil {
		t.Fatal(err)
	}
	d = CertificateDecision{Outcome: CertificateSuspended, Reason: "certificate_suspended_x", Note: "  "}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, d); !errors.Is(err, ErrReasonNote) {
		t.Errorf("got %v, want %v", err, ErrReasonNote)
	}
}

// Of officers who decide the same certificate at once, one is right and the others are told so.
func TestOneOfManyDecisionsCounts(t *testing.T) {
	s, _, _, c := welding(t)
	officers := make([]User, 6)
	for i := range officers {
		officers[i] = s.addUser(t, Officer, fmt.Sprintf("petugas%d", i))
	}
	errs := make([]error, len(officers))
	var wg sync.WaitGroup
	for i, officer := range officers {
		wg.Go(func() {
			d := CertificateDecision{Outcome: CertificateVerified, Version: c.Version, Method: "qr"}
			if i%2 == 1 {
				d = CertificateDecision{Outcome: CertificateRejected, Version: c.Version, Reason: "certificate_rejected_x"}
			}
			errs[i] = s.DecideCertificate(t.Context(), officer, c.Ref, d)
		})
	}
	wg.Wait()
	won := -1
	for i, err := range errs {
		switch {
		case err == nil && won < 0:
			won = i
		case err == nil:
			t.Errorf("officers %d and %d both decided", won, i)
		case !errors.Is(err, ErrStale):
			t.Errorf("officer %d: %v", i, err)
		}
	}
	got := s.certificate(t, c.Ref)
	if won < 0 || got.OfficerID == nil || *got.OfficerID != officers[won].ID || got.Version != c.Version+1 {
		t.Errorf("officer %d won, the certificate says %+v", won, got)
	}
	var letters int64
	if s.sql.Model(&record.Notice{}).Where("template LIKE 'certificate_%'").Count(&letters); letters != 1 {
		t.Errorf("%d letters", letters)
	}
}
