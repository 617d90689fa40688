package models

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"

	"naikkelas/internal/testdb"
)

// addWeldingType is a type whose certificates must be signed every six months.
func (s *testStore) addWeldingType(t testing.TB) {
	t.Helper()
	err := s.SeedReference(t.Context(), ReferenceData{CertificateTypes: []CertificateType{
		{Code: "WELD", Category: "skill", Name: Text{ID: "Juru las", EN: "Welder"}, ValidityMonths: ptr(36), ConfirmEveryMonths: ptr(6), ValidFromBasis: "issue_date", HasExpiry: true, Position: 2},
	}})
	if err != nil {
		t.Fatal(err)
	}
}

// handedIn is a certificate with one file that waits for officers.
func (s *testStore) handedIn(t testing.TB, u User, token string, in CertificateInput) Certificate {
	t.Helper()
	c, err := s.CreateCertificate(t.Context(), u, token, in)
	if err != nil {
		t.Fatal(err)
	}
	file := s.addUpload(t, u, "sertifikat "+c.Ref)
	if err := errors.Join(s.AttachFile(t.Context(), u, c.Ref, file.Ref), s.SubmitCertificate(t.Context(), u, c.Ref)); err != nil {
		t.Fatal(err)
	}
	return s.certificate(t, c.Ref)
}

func (s *testStore) certificate(t testing.TB, ref string) Certificate {
	t.Helper()
	var c Certificate
	if err := s.db.Where("ref = ?", ref).Take(&c).Error; err != nil {
		t.Fatal(err)
	}
	return c
}

func welding(t testing.TB) (s *testStore, u, officer User, c Certificate) {
	t.Helper()
	s = newStore(t, noon)
	s.addReference(t)
	s.addReasons(t)
	s.addWeldingType(t)
	u, officer = s.addUser(t, Seeker, "Suparmi"), s.addUser(t, Officer, "rina")
	return s, u, officer, s.handedIn(t, u, formToken, CertificateInput{TypeCode: "WELD", Number: "1", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2026, 3, 1)})
}

// From each state an officer can take just the decisions that the table names; the others change nothing.
func TestCertificateSteps(t *testing.T) {
	outcomes := []CertificateState{CertificateDraft, CertificateSubmitted, CertificateChecking, CertificateVerified, CertificateNeedsFix, CertificateRejected, CertificateSuspended}
	for _, from := range outcomes[1:] {
		for _, to := range outcomes {
			t.Run(string(from)+" to "+string(to), func(t *testing.T) {
				s, _, officer, c := welding(t)
				err := s.db.Exec("UPDATE certificates SET state = ?, officer_id = ?, method = 'qr', decided_at = now(), reason_code = 'x' WHERE id = ?", from, officer.ID, c.ID).Error
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
					if l := s.lastLetter(t); l.Template != "certificate_decided" {
						t.Errorf("letter %+v", l)
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
	if err := s.db.Exec("UPDATE reason_codes SET needs_note = true WHERE kind = 'certificate_suspended'").Error; err != nil {
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

// A welder's certificate is due for another look before its signature is, proves nothing after it, and
// counts again from the signature that an officer saw.
func TestRegularSignature(t *testing.T) {
	s, u, officer, c := welding(t)
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "original_seen"}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); err != nil {
		t.Fatal(err)
	}
	if c = s.certificate(t, c.Ref); !c.NextConfirmationDue.Equal(*date(2026, 9, 1)) || !c.Due(noon) || !c.Unconfirmed(noon) || c.Expired(noon) {
		t.Fatalf("due %v", c.NextConfirmationDue)
	}
	whole, err := s.OwnProfile(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	if candidate, err := s.candidateOf(t.Context(), whole); err != nil || len(candidate.CertificateTypes) != 0 {
		t.Errorf("an overdue signature counts: %v, %v", candidate.CertificateTypes, err)
	}
	desk := func() []CertificateItem {
		page, err := s.CertificateDesk(t.Context(), officer, CertificatesDue, "")
		if err != nil || page.Counts[CertificatesDue] != int64(len(page.Items)) {
			t.Fatalf("%v, %v", page.Counts, err)
		}
		return page.Items
	}
	if list := desk(); len(list) != 1 || !list[0].Since.Equal(*date(2026, 9, 1)) {
		t.Errorf("due: %+v", list)
	}
	tomorrow := Today(noon).AddDate(0, 0, 1)
	verified.Confirmed = &tomorrow
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); !errors.Is(err, ErrConfirmedFuture) {
		t.Errorf("a signature of tomorrow: %v", err)
	}
	verified.Confirmed, verified.Recheck = date(2026, 11, 20), date(2026, 11, 25)
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); !errors.Is(err, ErrRecheckPast) {
		t.Errorf("check again today: %v", err)
	}
	verified.Recheck = date(2026, 12, 20)
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); err != nil {
		t.Fatal(err)
	}
	if c = s.certificate(t, c.Ref); !c.NextConfirmationDue.Equal(*date(2027, 5, 20)) || !c.DueOn.Equal(*date(2026, 12, 20)) || c.Unconfirmed(noon) {
		t.Errorf("signed again by %v, due on %v", c.NextConfirmationDue, c.DueOn)
	}
	if list := desk(); len(list) != 1 {
		t.Errorf("within thirty days: %+v", list)
	}
	verified.Recheck = nil
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); err != nil {
		t.Fatal(err)
	}
	if list := desk(); len(list) != 0 {
		t.Errorf("in half a year: %+v", list)
	}
}

// What was decided on stays as it was, with its files, though the owner changes the certificate later;
// that officers took it away since is seen.
func TestDecidedApplicationKeepsItsPapers(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", Number: "1/2025", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	first := s.certificateUploads(t, u, c.Ref)[0]
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, []string{c.Ref}, false); err != nil {
		t.Fatal(err)
	}
	a, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
	if err != nil {
		t.Fatal(err)
	}
	a = s.take(t, officer, a)
	s.checkAll(t, officer, a)
	err = errors.Join(s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}),
		s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}),
		s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateSuspended, Reason: "certificate_suspended_x"}),
		s.RenewCertificate(t.Context(), u, c.Ref), s.RenewCertificate(t.Context(), u, c.Ref),
		s.UpdateCertificate(t.Context(), u, c.Ref, CertificateInput{TypeCode: "BNSP", Number: "2/2026", HolderName: "Suparmi", Issuer: "LSP Lain", IssuedOn: date(2026, 1, 31)}),
		s.DetachFile(t.Context(), u, c.Ref, first),
		s.AttachFile(t.Context(), u, c.Ref, s.addUpload(t, u, "baru").Ref))
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteUpload(t.Context(), u, first); !errors.Is(err, &Refusal{Key: "upload.attached"}) {
		t.Errorf("deleting what was decided on: %v", err)
	}
	f, err := s.ReviewFile(t.Context(), officer, a.Ref)
	if err != nil || len(f.Papers) != 1 || f.Papers[0].Number != "1/2025" || f.Papers[0].Issuer != "LSP Las" || f.Papers[0].State != CertificateSuspended {
		t.Fatalf("papers %+v, %v", f.Papers, err)
	}
	if files := f.Papers[0].Files; len(files) != 1 || files[0].Ref != first {
		t.Errorf("files %+v", files)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || len(v.Certificates) != 1 || v.Certificates[0].Number != "1/2025" {
		t.Errorf("the owner sees %+v, %v", v.Certificates, err)
	}
	library, err := s.Uploads(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	for _, f := range library { // what was decided on is named, what came later is not
		if want := f.Ref == first; (len(f.Applications) == 1 && f.Applications[0] == a.Ref) != want && f.Purpose == "certificate" {
			t.Errorf("%s is used in %v", f.Name, f.Applications)
		}
	}
	if list, err := s.CertificateLibrary(t.Context(), u); err != nil || len(list) != 1 || len(list[0].Applications) != 1 || list[0].Applications[0] != a.Ref {
		t.Errorf("the library says %+v, %v", list, err)
	}
	var institution int64
	if err := s.db.Raw("SELECT p.institution_id FROM programmes p JOIN intakes n ON n.programme_id = p.id WHERE n.id = ?", a.IntakeID).Scan(&institution).Error; err != nil {
		t.Fatal(err)
	}
	staff := User{Role: Staff, InstitutionID: &institution}
	held := func() (valid, lapsed Codes) {
		a, _, _, err := s.Applicant(t.Context(), staff, a.Ref)
		if err != nil {
			t.Fatal(err)
		}
		return a.Certificates, a.Lapsed
	}
	// Its owner took the suspended certificate back and changed it: no officer has looked since.
	if valid, lapsed := held(); len(valid) != 0 || len(lapsed) != 1 {
		t.Errorf("the institution sees %v, lapsed %v", valid, lapsed)
	}
	if err := errors.Join(s.SubmitCertificate(t.Context(), u, c.Ref), s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateRejected, Reason: "certificate_rejected_x"})); err != nil {
		t.Fatal(err)
	}
	if v, err = s.OwnApplication(t.Context(), u, a.Ref); err != nil || v.Certificates[0].State != CertificateRejected || v.Certificates[0].Number != "1/2025" {
		t.Errorf("after it was rejected: %+v, %v", v.Certificates, err)
	}
	if valid, lapsed := held(); len(valid) != 0 || len(lapsed) != 1 {
		t.Errorf("the institution sees %v, lapsed %v", valid, lapsed)
	}
}

// A certificate that a file's officer asks to be mended can be mended, though it was verified already.
func TestVerifiedCertificateThatIsAskedForCanBeMended(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, []string{c.Ref}, false); err != nil {
		t.Fatal(err)
	}
	a, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
	if err != nil {
		t.Fatal(err)
	}
	s.take(t, officer, a)
	err = errors.Join(s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}),
		s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: NeedsFix, Fixes: []FixInput{{Target: "certificate", Certificate: c.Ref, Reason: "needs_fix_x"}}}),
		s.SubmitCertificate(t.Context(), u, c.Ref))
	if err != nil {
		t.Fatal(err)
	}
	if got := s.certificate(t, c.Ref); got.State != CertificateSubmitted || got.OfficerID != nil {
		t.Errorf("sent again: %s, officer %v", got.State, got.OfficerID)
	}
}

// An institution sees nobody whom officers never passed, and people who left after that; and a certificate
// that was verified again in time holds on.
func TestInstitutionSeesWhomOfficersPassedAndWhatHoldsToday(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addWeldingType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "WELD", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 10, 1)})
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, []string{c.Ref}, false); err != nil {
		t.Fatal(err)
	}
	a, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
	if err != nil {
		t.Fatal(err)
	}
	var institution int64
	if err := s.db.Raw("SELECT p.institution_id FROM programmes p JOIN intakes n ON n.programme_id = p.id WHERE n.id = ?", a.IntakeID).Scan(&institution).Error; err != nil {
		t.Fatal(err)
	}
	seen := func() (Applicant, error) {
		found, _, _, err := s.Applicant(t.Context(), User{Role: Staff, InstitutionID: &institution}, a.Ref)
		return found, err
	}
	before := s.reload(t, a)
	for _, state := range []ApplicationState{Expired, Withdrawn} { // returned or refused before, never passed
		s.put(t, before, state, map[string]any{"decided_at": noon})
		if _, err := seen(); !errors.Is(err, ErrNotFound) {
			t.Errorf("%s without being passed: %v", state, err)
		}
	}
	a = s.put(t, before, Submitted, map[string]any{"decided_at": nil})
	a = s.take(t, officer, a)
	s.checkAll(t, officer, a)
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "qr"}
	if err := errors.Join(s.DecideCertificate(t.Context(), officer, c.Ref, verified), s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified})); err != nil {
		t.Fatal(err)
	}
	s.put(t, a, Withdrawn, nil)
	if found, err := seen(); err != nil || len(found.Certificates) != 1 {
		t.Errorf("left after being passed: %+v, %v", found.Certificates, err)
	}
	signed := date(2026, 11, 20)
	verified.Confirmed = signed
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); err != nil {
		t.Fatal(err)
	}
	s.pass(date(2027, 4, 15).Sub(Today(s.now()))) // past the first day, before the second
	if found, err := seen(); err != nil || len(found.Certificates) != 1 || len(found.Lapsed) != 0 {
		t.Errorf("signed again in time: %v, lapsed %v, %v", found.Certificates, found.Lapsed, err)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || v.Certificates[0].Unconfirmed(s.now()) {
		t.Errorf("the owner is told that it is unsigned: %v", err)
	}
	s.pass(date(2027, 6, 1).Sub(Today(s.now())))
	if found, err := seen(); err != nil || len(found.Lapsed) != 1 {
		t.Errorf("past the second day: %v, lapsed %v, %v", found.Certificates, found.Lapsed, err)
	}
}

// A decision about a file waits for one about its certificate, and then sees it.
func TestFileAndCertificateAreNotDecidedPastEachOther(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, []string{c.Ref}, false); err != nil {
		t.Fatal(err)
	}
	a, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
	if err != nil {
		t.Fatal(err)
	}
	a = s.take(t, officer, a)
	s.checkAll(t, officer, a)
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}); err != nil {
		t.Fatal(err)
	}
	returned := s.db.Begin()
	defer returned.Rollback()
	if err := returned.Exec("UPDATE certificates SET state = 'needs_fix', version = version + 1 WHERE id = ?", c.ID).Error; err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}) }()
	s.seeWaiting(t)
	if err := returned.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if err := <-done; !errors.Is(err, ErrCertificatesOpen) {
		t.Errorf("decided past the certificate: %v", err)
	}
}

// An application that ends without a decision shows its papers as they are.
func TestEndedApplicationShowsItsPapers(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addCertificateType(t)
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, []string{c.Ref}, false); err != nil {
		t.Fatal(err)
	}
	a, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
	if err != nil {
		t.Fatal(err)
	}
	s.put(t, a, Expired, map[string]any{"decided_at": noon})
	f, err := s.ReviewFile(t.Context(), s.addUser(t, Officer, "rina"), a.Ref)
	if err != nil || len(f.Papers) != 1 || len(f.Papers[0].Files) != 1 {
		t.Errorf("papers %+v, %v", f.Papers, err)
	}
}

func (s *testStore) certificateUploads(t testing.TB, u User, ref string) []string {
	t.Helper()
	v, err := s.Certificate(t.Context(), u, ref)
	if err != nil {
		t.Fatal(err)
	}
	refs := make([]string, len(v.Files))
	for i, f := range v.Files {
		refs[i] = f.Ref
	}
	return refs
}

// Only what was turned down, suspended or ends soon goes back to its owner.
func TestRenewing(t *testing.T) {
	for state, want := range map[CertificateState]bool{CertificateSubmitted: false, CertificateChecking: false, CertificateRejected: true, CertificateSuspended: true} {
		if got := (Certificate{State: state}).Renewable(noon); got != want {
			t.Errorf("%s: %v", state, got)
		}
	}
	for days, want := range map[int]bool{-400: true, -1: true, 0: true, 30: true, 31: false} {
		last := Today(noon).AddDate(0, 0, days)
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

// Names are compared with KTP and passport each; titles, marks and case do not matter.
func TestPaperWarnings(t *testing.T) {
	s, u, officer, c := welding(t)
	warnings := func(holder, passport string) []string {
		err := errors.Join(s.db.Exec("UPDATE certificates SET holder_name = ?, number = 'X/9' WHERE id = ?", holder, c.ID).Error,
			s.db.Exec("INSERT INTO profiles (user_id, passport_name, updated_at) VALUES (?, ?, now()) ON CONFLICT (user_id) DO UPDATE SET passport_name = excluded.passport_name", u.ID, passport).Error)
		if err != nil {
			t.Fatal(err)
		}
		o, err := s.ReviewCertificate(t.Context(), officer, c.Ref)
		if err != nil {
			t.Fatal(err)
		}
		return o.Warnings
	}
	tests := []struct {
		holder, passport string
		want             []string
	}{
		{"H. SUPARMI, S.T.", "", []string{WarningUnconfirmed}},
		{"Suparmi", "Suparmi Wati", []string{WarningUnconfirmed, WarningPassport}},
		{"Suparmi Wati", "SUPARMI WATI", []string{WarningUnconfirmed, WarningNames}},
		{"Parmi", "Suparmi Wati", []string{WarningUnconfirmed, WarningNames, WarningPassport}},
	}
	for _, tt := range tests {
		if got := warnings(tt.holder, tt.passport); !slices.Equal(got, tt.want) {
			t.Errorf("%s, passport %q: %v, want %v", tt.holder, tt.passport, got, tt.want)
		}
	}
	other := s.addUser(t, Seeker, "Budi")
	s.handedIn(t, other, formToken, CertificateInput{TypeCode: "WELD", Number: "x/9", HolderName: "Budi", Issuer: "lsp las", IssuedOn: date(2026, 3, 1)})
	if got := warnings("Suparmi", ""); !slices.Contains(got, WarningElsewhere) {
		t.Errorf("the same paper on another account: %v", got)
	}
}

// The desk's lists go on past a page without losing or repeating any, in a fixed number of queries.
func TestCertificateDeskPages(t *testing.T) {
	s, u, officer, _ := welding(t)
	db, counter := testdb.Counting(s.db)
	counted := &Store{db: db, now: s.now, box: s.box, jobs: s.jobs}
	for i := range queuePageSize {
		s.handedIn(t, u, fmt.Sprintf("00000000-0000-4000-8000-%012d", i+100), CertificateInput{TypeCode: "WELD", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 3, 1)})
	}
	for _, list := range CertificateLists {
		set := map[CertificateList]string{CertificatesWaiting: "state = 'submitted'", CertificatesSuspended: "state = 'suspended', reason_code = 'x', decided_at = updated_at",
			CertificatesDue: "state = 'verified', method = 'qr', officer_id = " + fmt.Sprint(officer.ID) + ", decided_at = now()"}[list]
		if err := s.db.Exec("UPDATE certificates SET " + set).Error; err != nil {
			t.Fatal(err)
		}
		seen := map[string]bool{}
		cursor := ""
		for range 2 {
			var page CertificateDeskPage
			n := counter.Count(func() {
				var err error
				if page, err = counted.CertificateDesk(t.Context(), officer, list, cursor); err != nil {
					t.Fatal(err)
				}
			})
			if n > 4 {
				t.Errorf("%s: %d queries", list, n)
			}
			for _, item := range page.Items {
				if seen[item.Ref] {
					t.Errorf("%s: %s twice", list, item.Ref)
				}
				seen[item.Ref] = true
			}
			cursor = page.Next
		}
		if len(seen) != queuePageSize+1 || cursor != "" {
			t.Errorf("%s: %d certificates, next %q", list, len(seen), cursor)
		}
	}
}

// What officers compare with stays while they have the application.
func TestIdentityDocumentStaysDuringReview(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	var ktp Upload
	if err := s.db.Where("owner_id = ? AND purpose = 'ktp'", u.ID).Take(&ktp).Error; err != nil {
		t.Fatal(err)
	}
	s.addSubmitted(t, u, in)
	if err := s.DeleteUpload(t.Context(), u, ktp.Ref); !errors.Is(err, &Refusal{Key: "upload.attached"}) {
		t.Errorf("got %v", err)
	}
	if err := s.db.Exec("UPDATE applications SET state = 'draft', submitted_at = NULL").Error; err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteUpload(t.Context(), u, ktp.Ref); err != nil {
		t.Errorf("before it is sent: %v", err)
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
	if s.db.Model(&Notice{}).Where("template = 'certificate_decided'").Count(&letters); letters != 1 {
		t.Errorf("%d letters", letters)
	}
}
