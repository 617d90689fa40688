package models

import (
	"errors"
	"strings"
	"testing"
	"time"
)

// looksAt says what an officer is answered who opens a file, its page and its original.
func (s *testStore) looksAt(t *testing.T, officer User, u Upload) error {
	t.Helper()
	_, err := s.OpenUploadPage(t.Context(), officer, u.Ref, 1)
	if _, other := s.Original(t.Context(), officer, u.Ref); !errors.Is(other, err) {
		t.Errorf("the page is answered with %v, the original with %v", err, other)
	}
	return err
}

// stands puts an application into a state with what that state needs.
func (s *testStore) stands(t *testing.T, a Application, state ApplicationState) {
	t.Helper()
	set := map[string]any{"fix_by": noon, "reason_code": "x", "reason_text": "x", "reserve_rank": nil, "course_result": nil}
	switch state {
	case Reserve:
		set["reserve_rank"] = 1
	case Completed:
		set["course_result"] = "passed"
	}
	s.put(t, a, state, set)
}

// An officer opens the files of an application while it is at the desk, and of a certificate; not another file of
// that person, not what is closed or was never sent.
func TestF071OfficerOpensOnlyWhatIsAtTheDesk(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	ktp, spare := s.documents(t, u)[0], s.addUpload(t, u, "bukan bagian")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Ani", Issuer: "LSP", IssuedOn: day(2025, 1, 31)})
	var paper Upload
	if err := s.sql.Raw("SELECT u.* FROM uploads u JOIN certificate_files f ON f.upload_id = u.id").Scan(&paper).Error; err != nil {
		t.Fatal(err)
	}
	for _, f := range []Upload{ktp, spare, paper} {
		if s.rows(t, "upload_pages WHERE upload_id = ?", f.ID) == 0 {
			s.finish(t, f)
		}
	}
	certificate := func(state CertificateState) {
		err := s.sql.Exec(`UPDATE certificates SET state = ?, method = 'qr', officer_id = ?, decided_at = ?, reason_code = 'x'
			WHERE id = ?`, state, officer.ID, noon, c.ID).Error
		if err != nil {
			t.Fatal(err)
		}
	}
	expect := func(name string, identity, certificate error) {
		t.Helper()
		for f, want := range map[*Upload]error{&ktp: identity, &paper: certificate, &spare: ErrNotAtDesk} {
			if err := s.looksAt(t, officer, *f); !errors.Is(err, want) {
				t.Errorf("%s, %s %s: %v, want %v", name, f.Purpose, f.Name, err, want)
			}
		}
	}
	for state, want := range map[CertificateState]error{
		CertificateDraft: ErrNotAtDesk, CertificateSubmitted: nil, CertificateChecking: nil, CertificateVerified: ErrNotAtDesk,
		CertificateNeedsFix: ErrNotAtDesk, CertificateRejected: ErrNotAtDesk, CertificateSuspended: ErrNotAtDesk,
	} {
		certificate(state)
		expect("a certificate that is "+string(state), want, want)
	}
	certificate(CertificateVerified)
	a := s.addSubmitted(t, u, in, c.Ref)
	stands := func(state ApplicationState) { s.stands(t, a, state) }
	for _, state := range []ApplicationState{Submitted, InReview, NeedsFix} {
		stands(state)
		expect(string(state), nil, nil)
	}
	for _, state := range append([]ApplicationState{Verified, Invited, Attended, Accepted, Reserve, Enrolled}, endedStates...) {
		stands(state)
		expect(string(state), ErrNotAtDesk, ErrNotAtDesk)
	}
	stands(Accepted)
	s.put(t, a, Accepted, map[string]any{"recheck_since": noon})
	expect("to be looked at again", nil, nil)
	s.put(t, a, Withdrawn, nil)
	expect("to be looked at again, and withdrawn", ErrNotAtDesk, ErrNotAtDesk)
	s.put(t, a, Draft, map[string]any{"recheck_since": nil, "first_submitted_at": nil, "submitted_at": nil})
	expect("a draft", ErrNotAtDesk, ErrNotAtDesk)
}

// Who says why opens the files of that one person, for an hour and for nobody else; each look names the opening.
func TestF071ReasonOpensFilesForAnHour(t *testing.T) {
	s := newStore(t, noon)
	ani, budi := s.addUser(t, Seeker, "ani"), s.addUser(t, Seeker, "budi")
	rina, joko := s.addUser(t, Officer, "rina"), s.addUser(t, Officer, "joko")
	mine, second, others := s.addUpload(t, ani, "satu"), s.addPhoto(t, ani, "dua"), s.addUpload(t, budi, "tiga")
	for _, f := range []Upload{mine, second, others} {
		s.finish(t, f)
	}
	open := func(who User, ref, reason string, want error) {
		t.Helper()
		if err := s.OpenFiles(t.Context(), who, ref, reason); !errors.Is(err, want) {
			t.Errorf("%s opens with %q: %v, want %v", who.Name, reason, err, want)
		}
	}
	open(rina, mine.Ref, " \n ", ErrOpenReason)
	open(rina, mine.Ref, strings.Repeat("x", OpenReasonMost+1), ErrOpenReasonLong)
	open(rina, "BK-TIDAKADA", "Ditanyakan di loket.", ErrNotFound)
	for _, role := range []Role{Seeker, Staff, Owner, Admin} {
		other := s.addUser(t, role, "bukan "+string(role))
		open(other, mine.Ref, "Ingin tahu.", ErrForbidden)
		if err := s.FileToOpen(t.Context(), other, mine.Ref); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v", role, err)
		}
		if _, err := s.OpenUploadPage(t.Context(), other, mine.Ref, 1); !errors.Is(err, ErrForbidden) {
			t.Errorf("%s: %v", role, err)
		}
	}
	if n := s.rows(t, "file_openings"); n != 0 {
		t.Fatalf("%d openings were refused and written down", n)
	}
	open(rina, mine.Ref, "Ditanyakan  di\nloket.", nil)
	for _, tt := range []struct {
		who  User
		file Upload
		want error
	}{{rina, mine, nil}, {rina, second, nil}, {rina, others, ErrNotAtDesk}, {joko, mine, ErrNotAtDesk}} {
		if err := s.looksAt(t, tt.who, tt.file); !errors.Is(err, tt.want) {
			t.Errorf("%s opens %s: %v, want %v", tt.who.Name, tt.file.Ref, err, tt.want)
		}
	}
	const logged = `audit_rows r JOIN file_openings o ON o.id::text = r.detail->>'opening'
		WHERE r.action IN ('upload_page_seen', 'upload_downloaded') AND o.reason = 'Ditanyakan di loket.'`
	if n := s.rows(t, logged); n != 4 {
		t.Errorf("%d looks name the opening, want 4", n)
	}
	page, err := s.Looks(t.Context(), ani, "")
	if err != nil || len(page.Looks) != 5 || page.Looks[4].Action != "files_opened" || page.Looks[4].Reason != "Ditanyakan di loket." {
		t.Errorf("the owner reads %+v, %v", page.Looks, err)
	}
	s.pass(time.Hour)
	if err := s.looksAt(t, rina, mine); !errors.Is(err, ErrNotAtDesk) {
		t.Errorf("after an hour: %v", err)
	}
}
