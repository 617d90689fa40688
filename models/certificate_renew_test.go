package models

import (
	"errors"
	"testing"
	"time"

	"naikkelas/models/record"
)

// A welder's certificate is due for another look before its signature is, proves nothing after it, and
// counts again from the signature that an officer saw.
func TestRegularSignature(t *testing.T) {
	s, u, officer, c := welding(t)
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "original_seen"}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); err != nil {
		t.Fatal(err)
	}
	if c = s.certificate(t, c.Ref); !c.NextConfirmationDue.Equal(*date(2026, 12, 1)) || !c.Due(noon) || c.Unconfirmed(noon) {
		t.Fatalf("due %v", c.NextConfirmationDue)
	}
	s.pass(7 * 24 * time.Hour)
	now := s.db.Now()
	if !c.Due(now) || !c.Unconfirmed(now) || c.Expired(now) {
		t.Fatalf("past %v it still counts", c.NextConfirmationDue)
	}
	whole, err := s.OwnProfile(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	if candidate, err := s.candidateOf(t.Context(), whole); err != nil || len(candidate.CertificateTypes) != 0 {
		t.Errorf("an overdue signature counts: %v, %v", candidate.CertificateTypes, err)
	}
	if list := s.dueCertificates(t, officer); len(list) != 1 || !list[0].Since.Equal(*date(2026, 12, 1)) {
		t.Errorf("due: %+v", list)
	}
	s.signAgain(t, officer, c)
	if c = s.certificate(t, c.Ref); !c.NextConfirmationDue.Equal(*date(2027, 5, 20)) || c.Unconfirmed(now) {
		t.Errorf("signed again by %v", c.NextConfirmationDue)
	}
	if list := s.dueCertificates(t, officer); !c.DueOn.Equal(*date(2026, 12, 20)) || len(list) != 1 {
		t.Errorf("due on %v, within thirty days: %+v", c.DueOn, list)
	}
	verified.Confirmed = date(2026, 11, 20)
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); err != nil {
		t.Fatal(err)
	}
	if list := s.dueCertificates(t, officer); len(list) != 0 {
		t.Errorf("in half a year: %+v", list)
	}
}

// dueCertificates is the officers' list of those to look at again.
func (s *testStore) dueCertificates(t *testing.T, officer User) []CertificateItem {
	t.Helper()
	page, err := s.CertificateDesk(t.Context(), officer, CertificatesDue, "")
	if err != nil || page.Counts[CertificatesDue] != int64(len(page.Items)) {
		t.Fatalf("%v, %v", page.Counts, err)
	}
	return page.Items
}

// signAgain verifies by the signature of 20 November, to look again on 20 December, after signatures and days
// that do not do.
func (s *testStore) signAgain(t *testing.T, officer User, c Certificate) {
	t.Helper()
	today := record.DayOf(s.db.Now())
	for _, tt := range []struct {
		what               string
		confirmed, recheck *time.Time
		want               error
	}{
		{"again without a signature", nil, nil, ErrConfirmedOld},
		{"with a signature that counts no more", date(2026, 6, 1), nil, ErrConfirmedOld},
		{"a signature of tomorrow", ptr(today.Plus(1).Date()), nil, ErrConfirmedFuture},
		{"check again today", date(2026, 11, 20), ptr(today.Date()), ErrRecheckPast},
		{"a signature that counts", date(2026, 11, 20), date(2026, 12, 20), nil},
	} {
		d := CertificateDecision{Outcome: CertificateVerified, Method: "original_seen", Confirmed: tt.confirmed, Recheck: tt.recheck}
		if err := s.DecideCertificate(t.Context(), officer, c.Ref, d); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", tt.what, err)
		}
	}
}

// theirs to decide, until one verifies it. They see that it was suspended, by whom, and whether anything changed.
func TestOnlyOfficersEndASuspension(t *testing.T) {
	s, u, officer, c := welding(t)
	other := s.addUser(t, Officer, "joko")
	err := errors.Join(
		s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}),
		s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{
			Outcome: CertificateSuspended, Reason: "certificate_suspended_x", Note: "Tanyakan LSP.",
		}),
		s.RenewCertificate(t.Context(), u, c.Ref),
	)
	if err != nil {
		t.Fatal(err)
	}
	check := func(step string, state CertificateState, changed bool) {
		t.Helper()
		s.staysSuspended(t, other, c, step, state, changed)
	}
	s.pass(time.Minute)
	check("opened by its owner", CertificateNeedsFix, false)
	if err := s.SubmitCertificate(t.Context(), u, c.Ref); err != nil {
		t.Fatal(err)
	}
	check("sent again as it was", CertificateSubmitted, false)
	s.sql.Exec("UPDATE certificates SET state = 'needs_fix' WHERE id = ?", c.ID)
	if err := s.AttachUpload(t.Context(), u, c.Ref, s.addUpload(t, u, "surat penerbit").Ref); err != nil {
		t.Fatal(err)
	}
	check("with a new file", CertificateNeedsFix, true)
	in := CertificateInput{TypeCode: "WELD", Number: "2", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2026, 6, 2)}
	if err := s.UpdateCertificate(t.Context(), u, c.Ref, in); err != nil {
		t.Fatal(err)
	}
	changed, err := s.ReviewCertificate(t.Context(), other, c.Ref)
	if err != nil {
		t.Fatal(err)
	}
	fields := map[string]string{}
	for _, change := range changed.Before.Changes {
		fields[change.Field] = change.From + " to " + change.To
	}
	dated := fields["issued"] == "2026-06-01 to 2026-06-02" && fields["until"] != ""
	if fields["number"] != "1 to 2" || !dated || fields["files"] == "" || len(fields) != 4 {
		t.Errorf("changed: %v", fields)
	}
	if err := s.DecideCertificate(t.Context(), other, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "email"}); err != nil {
		t.Fatal(err)
	}
	o, err := s.ReviewCertificate(t.Context(), other, c.Ref)
	if err != nil || o.TakenAwayAs != "" || o.TakenAwayAt != nil || o.Before != nil {
		t.Errorf("verified again: taken away as %q, before %+v, %v", o.TakenAwayAs, o.Before, err)
	}
}

// staysSuspended wants the other officer to see a certificate in a state, that rina suspended it, and whether its
// owner changed it since.
func (s *testStore) staysSuspended(t *testing.T, other User, c Certificate, step string, state CertificateState, changed bool) {
	t.Helper()
	o, err := s.ReviewCertificate(t.Context(), other, c.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if o.State != state || o.TakenAwayAs != CertificateSuspended || o.TakenAwayAt == nil || !o.State.CanBecome(CertificateVerified) {
		t.Errorf("%s: %s, taken away as %q", step, o.State, o.TakenAwayAs)
	}
	b := o.Before
	told := b != nil && b.As == CertificateSuspended && b.OfficerName == "rina" && b.Note == "Tanyakan LSP."
	if !told || !b.Known || len(b.Changes) > 0 != changed {
		t.Errorf("%s: before %+v", step, b)
	}
	page, err := s.CertificateDesk(t.Context(), other, CertificatesSuspended, "")
	if err != nil || len(page.Items) != 1 || page.Counts[CertificatesSuspended] != 1 {
		t.Errorf("%s: the list has %d, %v", step, len(page.Items), err)
	}
}

// What was returned or rejected by mistake is decided otherwise; not while its owner has taken things out of it.
func TestMistakenDecisionsAreTakenBack(t *testing.T) {
	s, u, officer, c := welding(t)
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "qr"}
	returned := CertificateDecision{Outcome: CertificateNeedsFix, Reason: "certificate_needs_fix_x"}
	rejected := CertificateDecision{Outcome: CertificateRejected, Reason: "certificate_rejected_x"}
	for _, d := range []CertificateDecision{rejected, verified, returned, verified, returned} {
		if err := s.DecideCertificate(t.Context(), officer, c.Ref, d); err != nil {
			t.Fatal(err)
		}
	}
	err := s.DetachUpload(t.Context(), u, c.Ref, s.certificateUploads(t, u, c.Ref)[0])
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); !errors.Is(err, ErrCertificateNotWhole) {
		t.Errorf("without a file: %v", err)
	}
}

// Only what was turned down, suspended or ends soon goes back to its owner.
func TestRenewing(t *testing.T) {
	for state, want := range map[CertificateState]bool{
		CertificateSubmitted: false, CertificateChecking: false, CertificateRejected: true, CertificateSuspended: true,
	} {
		if got := (Certificate{State: state}).Renewable(noon); got != want {
			t.Errorf("%s: %v", state, got)
		}
	}
	for days, want := range map[int]bool{-400: true, -1: true, 0: true, 30: true, 31: false} {
		last := record.DayOf(noon).Plus(days).Date()
		if got := (Certificate{State: CertificateVerified, ValidUntil: &last}).Renewable(noon); got != want {
			t.Errorf("ends in %d days: %v", days, got)
		}
	}
	s, u, officer, c := welding(t)
	if err := s.RenewCertificate(t.Context(), u, c.Ref); !errors.Is(err, &Refusal{Key: "certificate.not_editable"}) {
		t.Errorf("while officers have it: %v", err)
	}
	if err := s.RenewCertificate(t.Context(), s.addUser(t, Seeker, "Budi"), c.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("another's: %v", err)
	}
	if err := s.RenewCertificate(t.Context(), officer, c.Ref); !errors.Is(err, ErrNotFound) {
		t.Errorf("an officer: %v", err)
	}
}
