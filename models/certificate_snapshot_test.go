package models

import (
	"errors"
	"fmt"
	"slices"
	"testing"
	"time"

	"naikkelas/models/record"
)

// changedSince is a verified application whose certificate officers suspended afterwards and whose owner then gave
// it another number, issuer and file. file is what was decided on.
func changedSince(t *testing.T) (s *testStore, u, officer User, c Certificate, a Application, file string) {
	t.Helper()
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer = s.addUser(t, Officer, "rina")
	c = s.handedIn(t, u, formToken, CertificateInput{
		TypeCode: "BNSP", Number: "1/2025", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31),
	})
	file = s.certificateUploads(t, u, c.Ref)[0]
	a = s.take(t, officer, s.addSubmitted(t, u, in, c.Ref))
	s.checkAll(t, officer, a)
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "qr"}
	suspended := CertificateDecision{Outcome: CertificateSuspended, Reason: "certificate_suspended_x"}
	err := errors.Join(
		s.DecideCertificate(t.Context(), officer, c.Ref, verified),
		s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}),
		s.DecideCertificate(t.Context(), officer, c.Ref, suspended),
		s.RenewCertificate(t.Context(), u, c.Ref),
		s.RenewCertificate(t.Context(), u, c.Ref),
		s.UpdateCertificate(t.Context(), u, c.Ref, CertificateInput{
			TypeCode: "BNSP", Number: "2/2026", HolderName: "Suparmi", Issuer: "LSP Lain", IssuedOn: date(2026, 1, 31),
		}),
		s.DetachUpload(t.Context(), u, c.Ref, file),
		s.AttachUpload(t.Context(), u, c.Ref, s.addUpload(t, u, "baru").Ref),
	)
	if err != nil {
		t.Fatal(err)
	}
	return s, u, officer, c, a, file
}

// What was decided on stays as it was, with its files, though the owner changes the certificate later;
// that officers took it away since is seen.
func TestDecidedApplicationHasSnapshots(t *testing.T) {
	s, u, officer, _, a, first := changedSince(t)
	if err := s.DeleteUpload(t.Context(), u, first); !errors.Is(err, ErrUploadDecided) {
		t.Errorf("deleting what was decided on: %v", err)
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || len(f.Views) != 1 || f.Views[0].State != CertificateSuspended {
		t.Fatalf("certificates %+v, %v", f.Views, err)
	}
	if v := f.Views[0]; v.Number != "1/2025" || v.Issuer != "LSP Las" {
		t.Errorf("certificate %+v", v)
	}
	if files := f.Views[0].Files; len(files) != 1 || files[0].Ref != first {
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
		if want := f.Ref == first; (len(f.Applications) == 1 && f.Applications[0].Ref == a.Ref) != want && f.Purpose == "certificate" {
			t.Errorf("%s is used in %v", f.Name, f.Applications)
		}
	}
	list, err := s.CertificateLibrary(t.Context(), u)
	if err != nil || len(list) != 1 || !slices.Equal(list[0].Applications, record.Codes{a.Ref}) {
		t.Errorf("the library says %+v, %v", list, err)
	}
}

// An institution sees why a certificate that was decided on proves nothing now.
func TestInstitutionSeesWhatWasTakenAwayFromASnapshot(t *testing.T) {
	s, u, officer, c, a, _ := changedSince(t)
	staff := s.staffOf(t, a)
	held := func() (valid, why record.Codes) {
		a, _, _, err := s.Applicant(t.Context(), staff, a.Ref)
		if err != nil || len(a.Lapsed) != len(a.LapsedWhy) {
			t.Fatalf("%v, lapsed %v because of %v", err, a.Lapsed, a.LapsedWhy)
		}
		return a.Certificates, a.LapsedWhy
	}
	// Its owner took the suspended certificate back and changed it: no officer has looked since.
	if valid, why := held(); len(valid) != 0 || !slices.Equal(why, record.Codes{"suspended"}) {
		t.Errorf("the institution sees %v, lapsed because %v", valid, why)
	}
	rejected := CertificateDecision{Outcome: CertificateRejected, Reason: "certificate_rejected_x"}
	err := errors.Join(
		s.SubmitCertificate(t.Context(), u, c.Ref),
		s.DecideCertificate(t.Context(), officer, c.Ref, rejected),
	)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || v.Certificates[0].State != CertificateRejected || v.Certificates[0].Number != "1/2025" {
		t.Errorf("after it was rejected: %+v, %v", v.Certificates, err)
	}
	if valid, why := held(); len(valid) != 0 || !slices.Equal(why, record.Codes{"rejected"}) {
		t.Errorf("the institution sees %v, lapsed because %v", valid, why)
	}
}

// A certificate that a file's officer asks to be mended can be mended, though it was verified already.
func TestVerifiedCertificateThatIsAskedForCanBeMended(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	a := s.addSubmitted(t, u, in, c.Ref)
	s.take(t, officer, a)
	fixes := []FixInput{{Target: "certificate", Certificate: c.Ref, Reason: "needs_fix_x"}}
	err := errors.Join(
		s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}),
		s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: NeedsFix, Fixes: fixes}),
		s.SubmitCertificate(t.Context(), u, c.Ref),
	)
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
	a := s.addSubmitted(t, u, in, c.Ref)
	staff := s.staffOf(t, a)
	seen := func() (Applicant, error) {
		found, _, _, err := s.Applicant(t.Context(), staff, a.Ref)
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
	err := errors.Join(
		s.DecideCertificate(t.Context(), officer, c.Ref, verified),
		s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}),
	)
	if err != nil {
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
	s.pass(date(2027, 4, 15).Sub(record.DayOf(s.db.Now()).Date())) // past the first day, before the second
	if found, err := seen(); err != nil || len(found.Certificates) != 1 || len(found.Lapsed) != 0 {
		t.Errorf("signed again in time: %v, lapsed %v, %v", found.Certificates, found.Lapsed, err)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || v.Certificates[0].Unconfirmed(s.db.Now()) {
		t.Errorf("the owner is told that it is unsigned: %v", err)
	}
	s.pass(date(2027, 6, 1).Sub(record.DayOf(s.db.Now()).Date()))
	if found, err := seen(); err != nil || len(found.Lapsed) != 1 || found.LapsedWhy[0] != "unconfirmed" {
		t.Errorf("past the second day: %v, lapsed %v, %v", found.Certificates, found.Lapsed, err)
	}
}

// A decision about a file waits for one about its certificate, and then sees it.
func TestApplicationAndCertificateAreNotDecidedPastEachOther(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	a := s.addSubmitted(t, u, in, c.Ref)
	a = s.take(t, officer, a)
	s.checkAll(t, officer, a)
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, CertificateDecision{Outcome: CertificateVerified, Method: "qr"}); err != nil {
		t.Fatal(err)
	}
	returned := s.sql.Begin()
	defer returned.Rollback()
	err := returned.Exec(`UPDATE certificates
		SET state = 'needs_fix', version = version + 1
		WHERE id = ?`, c.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	done := make(chan error, 1)
	go func() { done <- s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}) }()
	s.seeWaiting(t)
	if err := returned.Commit().Error; err != nil {
		t.Fatal(err)
	}
	if err := <-done; !errors.Is(err, ErrCertificatesBack) {
		t.Errorf("decided past the certificate: %v", err)
	}
}

// An application that ends without a decision shows its papers as they are.
func TestEndedApplicationShowsItsCertificates(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addCertificateType(t)
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	a := s.addSubmitted(t, u, in, c.Ref)
	s.put(t, a, Expired, map[string]any{"decided_at": noon})
	f, err := s.ReviewApplication(t.Context(), s.addUser(t, Officer, "rina"), a.Ref)
	if err != nil || len(f.Views) != 1 || len(f.Views[0].Files) != 1 {
		t.Errorf("certificates %+v, %v", f.Views, err)
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

// Names are compared with KTP and passport each; titles, marks and case do not matter.
func TestCertificateWarnings(t *testing.T) {
	s, u, officer, c := welding(t)
	s.pass(7 * 24 * time.Hour)
	warnings := func(holder, passport string) []string {
		err := errors.Join(
			s.sql.Exec(`UPDATE certificates
				SET holder_name = ?, number = 'X/9'
				WHERE id = ?`, holder, c.ID).Error,
			s.sql.Exec(`INSERT INTO profiles (user_id, passport_name, updated_at)
				VALUES (?, ?, now())
				ON CONFLICT (user_id) DO UPDATE
				SET passport_name = excluded.passport_name`, u.ID, passport).Error,
		)
		if err != nil {
			t.Fatal(err)
		}
		o, err := s.ReviewCertificate(t.Context(), officer, c.Ref)
		if err != nil {
			t.Fatal(err)
		}
		return o.Warnings
	}
	if got := warnings("Suparmi", ""); !slices.Equal(got, []string{WarningUnconfirmed, WarningNoKTP}) {
		t.Errorf("without a KTP: %v", got)
	}
	if err := s.sql.Exec("UPDATE profiles SET nik_masked = '3174********0001'").Error; err != nil {
		t.Fatal(err)
	}
	tests := []struct {
		holder, passport string
		want             []string
	}{
		{"H. SUPARMI, S.T.", "", []string{WarningUnconfirmed}},
		{"Suparmi", "Suparmi Wati", []string{WarningUnconfirmed, WarningPassport}},
		{"Suparmi Wati", "SUPARMI WATI", []string{WarningUnconfirmed, WarningAccount}}, // nobody has read the card
		{"Parmi", "Suparmi Wati", []string{WarningUnconfirmed, WarningAccount, WarningPassport}},
	}
	for _, tt := range tests {
		if got := warnings(tt.holder, tt.passport); !slices.Equal(got, tt.want) {
			t.Errorf("%s, passport %q: %v, want %v", tt.holder, tt.passport, got, tt.want)
		}
	}
	other := s.addUser(t, Seeker, "Budi")
	for i, number := range []string{"x/9", "x 9", "X-9."} {
		token := fmt.Sprintf("00000000-0000-4000-8000-%012d", i)
		s.handedIn(t, other, token, CertificateInput{
			TypeCode: "WELD", Number: number, HolderName: "Budi", Issuer: "lsp-las", IssuedOn: date(2026, 3, 1),
		})
		o, err := s.ReviewCertificate(t.Context(), officer, c.Ref)
		if err != nil || len(o.Twins) != i+1 || o.Twins[i].SeekerName != "Budi" {
			t.Errorf("%q on another account: %+v, %v", number, o.Twins, err)
		}
	}
	if own, err := s.Certificate(t.Context(), u, c.Ref); err != nil || len(own.Twins)+len(own.Warnings) != 0 || own.Before != nil {
		t.Errorf("the owner learns of it: %+v, %v", own, err)
	}
}

// What officers compare with stays while they have the application.
func TestIdentityDocumentStaysDuringReview(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	var ktp Upload
	if err := s.sql.Where("owner_id = ? AND purpose = 'ktp'", u.ID).Take(&ktp).Error; err != nil {
		t.Fatal(err)
	}
	s.addSubmitted(t, u, in)
	if err := s.DeleteUpload(t.Context(), u, ktp.Ref); !errors.Is(err, ErrUploadIdentity) {
		t.Errorf("got %v", err)
	}
	err := s.sql.Exec("UPDATE applications SET state = 'draft', submitted_at = NULL").Error
	if err != nil {
		t.Fatal(err)
	}
	if err := s.DeleteUpload(t.Context(), u, ktp.Ref); err != nil {
		t.Errorf("before it is sent: %v", err)
	}
}

// staffOf is somebody who works for the institution of an application.
func (s *testStore) staffOf(t testing.TB, a Application) User {
	t.Helper()
	u := User{Role: Staff, MaySelect: true}
	err := s.sql.Raw(`SELECT p.institution_id
		FROM programmes p
		JOIN intakes n ON n.programme_id = p.id
		WHERE n.id = ?`, a.IntakeID).Scan(&u.InstitutionID).Error
	if err != nil {
		t.Fatal(err)
	}
	return u
}
