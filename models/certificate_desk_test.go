package models

import (
	"errors"
	"fmt"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// The next certificate is the one that waits longest, however many colleagues are busy with; officers who
// ask at once get one each, and who comes when none waits is told so.
func TestOfficersTakeTheNextCertificate(t *testing.T) {
	s, u, officer, first := welding(t)
	for i := range queuePageSize + 1 {
		token := fmt.Sprintf("00000000-0000-4000-8000-%012d", i+100)
		s.handedIn(t, u, token, CertificateInput{
			TypeCode: "WELD", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 3, 1),
		})
	}
	// All but the last two are with a colleague, for longer than those wait.
	err := s.sql.Exec("UPDATE certificates SET state = 'checking', officer_id = ? WHERE id <= ?",
		officer.ID, first.ID+queuePageSize-1).Error
	if err != nil {
		t.Fatal(err)
	}
	var wg sync.WaitGroup
	refs, errs := make([]string, 3), make([]error, 3)
	for i := range refs {
		other := s.addUser(t, Officer, fmt.Sprintf("petugas%d", i))
		wg.Go(func() { refs[i], errs[i] = s.TakeNextCertificate(t.Context(), other) })
	}
	wg.Wait()
	taken := map[string]bool{}
	none := 0
	for i, err := range errs {
		switch {
		case errors.Is(err, ErrNotFound):
			none++
		case err != nil:
			t.Error(err)
		case taken[refs[i]]:
			t.Errorf("%s was given twice", refs[i])
		default:
			taken[refs[i]] = true
			if c := s.certificate(t, refs[i]); c.State != CertificateChecking || c.OfficerID == nil {
				t.Errorf("%s is %s", c.Ref, c.State)
			}
		}
	}
	if len(taken) != 2 || none != 1 {
		t.Errorf("%d taken, %d told that none waits; want 2 and 1", len(taken), none)
	}
	if _, err := s.TakeNextCertificate(t.Context(), u); !errors.Is(err, ErrForbidden) {
		t.Errorf("a seeker: %v", err)
	}
}

// Taking a certificate and giving it back leaves it at its place among those that wait; an officer whose
// account is closed holds nothing back.
func TestReleasedCertificateKeepsItsPlace(t *testing.T) {
	s, u, officer, first := welding(t)
	admin, other := s.addUser(t, Admin, "admin"), s.addUser(t, Officer, "joko")
	s.pass(time.Hour)
	second := s.handedIn(t, u, "00000000-0000-4000-8000-00000000000b", CertificateInput{
		TypeCode: "WELD", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 9, 1),
	})
	s.pass(time.Hour)
	waiting := func() (refs []string) {
		page, err := s.CertificateDesk(t.Context(), officer, CertificatesWaiting, "")
		if err != nil {
			t.Fatal(err)
		}
		for _, item := range page.Items {
			refs = append(refs, item.Ref)
			if !item.Since.Equal(*item.SubmittedAt) {
				t.Errorf("%s waits since %v, sent at %v", item.Ref, item.Since, item.SubmittedAt)
			}
		}
		return refs
	}
	want := []string{first.Ref, second.Ref}
	taken, err := s.TakeNextCertificate(t.Context(), officer)
	if err != nil || taken != first.Ref || !slices.Equal(waiting(), want) {
		t.Fatalf("took %s, %v; waiting %v, want %v", taken, err, waiting(), want)
	}
	if err := s.ReleaseCertificate(t.Context(), other, first.Ref); !errors.Is(err, ErrTaken) {
		t.Errorf("a colleague's: %v", err)
	}
	if err := s.ReleaseCertificate(t.Context(), u, first.Ref); !errors.Is(err, ErrForbidden) {
		t.Errorf("its owner: %v", err)
	}
	for range 2 { // the second press changes nothing
		if err := s.ReleaseCertificate(t.Context(), officer, first.Ref); err != nil {
			t.Fatal(err)
		}
	}
	if c := s.certificate(t, first.Ref); c.State != CertificateSubmitted || c.OfficerID != nil || !slices.Equal(waiting(), want) {
		t.Errorf("%s with %v, waiting %v", c.State, c.OfficerID, waiting())
	}
	if taken, err = s.TakeNextCertificate(t.Context(), other); err != nil || taken != first.Ref {
		t.Fatalf("took %s, %v", taken, err)
	}
	if err := s.CloseWorker(t.Context(), admin, other.Ref); err != nil {
		t.Fatal(err)
	}
	if c := s.certificate(t, first.Ref); c.State != CertificateSubmitted || c.OfficerID != nil || !slices.Equal(waiting(), want) {
		t.Errorf("after the account was closed: %s with %v, waiting %v", c.State, c.OfficerID, waiting())
	}
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "qr", Confirmed: date(2026, 11, 1)}
	if err := s.DecideCertificate(t.Context(), officer, first.Ref, verified); err != nil {
		t.Fatal(err)
	}
	if err := s.ReleaseCertificate(t.Context(), officer, first.Ref); !errors.Is(err, ErrCertificateNow) {
		t.Errorf("one that is decided: %v", err)
	}
}

// The last decisions are found again, the newest first; a certificate by its number, however it is typed, by
// its reference and by its owner's name. Drafts are their owner's.
func TestDecidedCertificatesAreFound(t *testing.T) {
	s, u, officer, first := welding(t)
	second := s.handedIn(t, u, "00000000-0000-4000-8000-00000000000b", CertificateInput{
		TypeCode: "WELD", Number: "ABC 12/2026", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 9, 1),
	})
	draft, err := s.draft(t.Context(), u, "00000000-0000-4000-8000-00000000000c", CertificateInput{
		TypeCode: "WELD", Number: "ABC 12/2026",
	})
	if err != nil {
		t.Fatal(err)
	}
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "qr"}
	if err := s.DecideCertificate(t.Context(), officer, second.Ref, verified); err != nil {
		t.Fatal(err)
	}
	s.pass(time.Minute)
	rejected := CertificateDecision{Outcome: CertificateRejected, Reason: "certificate_rejected_x"}
	if err := s.DecideCertificate(t.Context(), officer, first.Ref, rejected); err != nil {
		t.Fatal(err)
	}
	refs := func(list []CertificateItem) (refs []string) {
		for _, item := range list {
			refs = append(refs, item.Ref)
		}
		return refs
	}
	page, err := s.CertificateDesk(t.Context(), officer, CertificatesDecided, "")
	if want := []string{first.Ref, second.Ref}; err != nil || !slices.Equal(refs(page.Items), want) || page.Items[0].OfficerName != "rina" {
		t.Errorf("decided: %v, %v", refs(page.Items), err)
	}
	for text, want := range map[string][]string{
		"abc12-2026":                            {second.Ref},
		" " + strings.ToLower(first.Ref):        {first.Ref},
		strings.ReplaceAll(first.Ref, "-", " "): {first.Ref},
		strings.TrimPrefix(first.Ref, "SR-"):    {first.Ref},
		"parm":                                  {second.Ref, first.Ref},
		draft.Ref:                               nil,
		"%":                                     nil,
		"  ":                                    nil,
		"xyz":                                   nil,
	} {
		if got, err := s.SearchCertificates(t.Context(), officer, text); err != nil || !slices.Equal(refs(got), want) {
			t.Errorf("%q: %v, %v", text, refs(got), err)
		}
	}
	if _, err := s.SearchCertificates(t.Context(), u, "abc"); !errors.Is(err, ErrForbidden) {
		t.Errorf("a seeker: %v", err)
	}
}

// A signature is neither older than the certificate nor than the one before it.
func TestSignatureDaysGoForward(t *testing.T) {
	s, u, officer, c := welding(t)
	verified := CertificateDecision{Outcome: CertificateVerified, Method: "original_seen", Confirmed: date(2026, 5, 31)}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); !errors.Is(err, ErrConfirmedEarly) {
		t.Errorf("before the day of issue: %v", err)
	}
	verified.Confirmed = date(2026, 10, 1)
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); err != nil {
		t.Fatal(err)
	}
	verified.Confirmed = date(2026, 9, 30)
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); !errors.Is(err, ErrConfirmedEarly) {
		t.Errorf("before the last signature: %v", err)
	}
	in := CertificateInput{TypeCode: "WELD", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 3, 1), Confirmed: date(2026, 2, 1)}
	if _, err := s.draft(t.Context(), u, "00000000-0000-4000-8000-00000000000c", in); !errors.Is(err, ErrConfirmedEarly) {
		t.Errorf("typed by the owner: %v", err)
	}
}

// Who returns a file is told when it is the certificate that a colleague has, not the file.
func TestReturningAnApplicationWhoseCertificateAColleagueChecks(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer, other := s.addUser(t, Officer, "rina"), s.addUser(t, Officer, "joko")
	c := s.handedIn(t, u, formToken, CertificateInput{TypeCode: "BNSP", HolderName: "Suparmi", Issuer: "LSP Las", IssuedOn: date(2025, 1, 31)})
	a := s.addSubmitted(t, u, in, c.Ref)
	s.take(t, officer, a)
	fix := Decision{Outcome: NeedsFix, Fixes: []FixInput{{Target: "certificate", Certificate: c.Ref, Reason: "needs_fix_x"}}}
	if err := s.TakeCertificate(t.Context(), other, c.Ref, 0); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, fix); !errors.Is(err, ErrFixElsewhere) {
		t.Errorf("got %v, want %v", err, ErrFixElsewhere)
	}
	if err := errors.Join(s.TakeCertificate(t.Context(), officer, c.Ref, 0), s.Decide(t.Context(), officer, a.Ref, fix)); err != nil {
		t.Errorf("after taking it over: %v", err)
	}
}

// The desk's lists go on past a page without losing or repeating any, in a fixed number of queries.
func TestCertificateDeskPages(t *testing.T) {
	s, u, officer, _ := welding(t)
	db, counter := testdb.Counting(s.sql)
	counted := NewStore(record.New(db, s.clock, s.db.Box(), nil))
	for i := range queuePageSize {
		token := fmt.Sprintf("00000000-0000-4000-8000-%012d", i+100)
		s.handedIn(t, u, token, CertificateInput{
			TypeCode: "WELD", HolderName: "Suparmi", Issuer: "LSP", IssuedOn: date(2026, 3, 1),
		})
	}
	for _, list := range CertificateLists {
		mine := "officer_id = " + fmt.Sprint(officer.ID)
		set := map[CertificateList]string{CertificatesWaiting: "state = 'submitted'", CertificatesMine: "state = 'checking', " + mine,
			CertificatesDue:       "state = 'verified', method = 'qr', decided_at = updated_at + make_interval(mins => id::int), " + mine,
			CertificatesSuspended: "state = 'suspended', reason_code = 'x', taken_away_as = 'suspended', taken_away_at = updated_at",
			CertificatesDecided:   "state = 'rejected'"}[list]
		if err := s.sql.Exec("UPDATE certificates SET " + set).Error; err != nil {
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
			if n > 5 {
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
