package models

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// applying is a store with one open intake and somebody who can apply to it.
func applying(t *testing.T, change func(*Programme), changeIntake func(*Intake)) (*testStore, User, Intake) {
	t.Helper()
	s := newStore(t, noon)
	s.addReference(t)
	in := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Uji"), change), changeIntake)
	return s, s.addReadySeeker(t, "Suparmi"), in
}

func TestApplicationIsSentAndTold(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	a := s.addSubmitted(t, u, in)
	if a.State != Submitted || a.SubmittedAt == nil || !a.SubmittedAt.Equal(noon) {
		t.Fatalf("got %+v", a)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if len(v.Events) != 2 || v.Events[0].ToState != Submitted || v.Offer.Programme.Title != "Pengelasan SMAW 3G" {
		t.Errorf("events %+v, offer %q", v.Events, v.Offer.Programme.Title)
	}
	// Wednesday 25 November and five working days.
	if want := time.Date(2026, 12, 2, 23, 59, 59, 0, i18n.WIB); v.ReviewBy == nil || !v.ReviewBy.Equal(want) {
		t.Errorf("review by %v, want %v", v.ReviewBy, want)
	}
	if l := s.lastLetter(t); l.Template != "application_submitted" || l.Data["Ref"] != a.Ref {
		t.Errorf("letter %+v", l)
	}
}

func TestWhatIsMissingIsRefused(t *testing.T) {
	sent := func(s *testStore, u User, a Application) error {
		_, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements)
		return err
	}
	for name, tt := range map[string]struct {
		programme func(*Programme)
		spoil     func(s *testStore, u User, a Application) error
		want      error
	}{
		"nothing": {nil, nil, nil},
		"motivation": {nil, func(s *testStore, u User, a Application) error {
			return s.SaveMotivation(t.Context(), u, a.Ref, "  ")
		}, ErrMotivationMissing},
		"profile": {nil, func(s *testStore, u User, a Application) error {
			return s.SaveContacts(t.Context(), u, nil)
		}, ErrProfileIncomplete},
		"residence": {func(p *Programme) { p.RequiresDKI = true }, func(s *testStore, u User, a Application) error {
			ktp := Address{Street: "Jl. Cisadane 1", Village: "Karawaci", District: "Karawaci", RegencyCode: "36.71"}
			return s.SaveAddresses(t.Context(), u, ktp, true, Address{})
		}, ErrRequirementsUnmet},
		"certificate draft": {nil, func(s *testStore, u User, a Application) error {
			s.addCertificateType(t)
			c, err := s.draft(t.Context(), u, formToken, CertificateInput{TypeCode: "BNSP"})
			return errors.Join(err, s.ChooseCertificates(t.Context(), u, a.Ref, []string{c.Ref}, false))
		}, ErrCertificateUnsent},
		"certificates unanswered": {nil, func(s *testStore, _ User, a Application) error {
			return s.sql.Exec("UPDATE applications SET no_certificate = false WHERE id = ?", a.ID).Error
		}, ErrCertificateAnswer},
		"certificate asked for": {nil, func(s *testStore, u User, a Application) error {
			s.addCertificateType(t)
			return s.sql.Exec("UPDATE programmes SET required_certificates = '{BNSP}'").Error
		}, ErrRequirementsUnmet},
		"closed": {nil, func(s *testStore, u User, a Application) error { s.pass(8 * 24 * time.Hour); return nil }, ErrNotOpen},
		"suspended": {nil, func(s *testStore, u User, a Application) error {
			return s.sql.Exec("UPDATE institutions SET state = 'suspended'").Error
		}, ErrNotOpen},
	} {
		t.Run(name, func(t *testing.T) {
			s, u, in := applying(t, tt.programme, nil)
			a := s.addDraft(t, u, in)
			if tt.spoil != nil {
				if err := tt.spoil(s, u, a); err != nil {
					t.Fatal(err)
				}
			}
			if err := sent(s, u, a); !errors.Is(err, tt.want) {
				t.Errorf("got %v, want %v", err, tt.want)
			}
			if got := s.reload(t, a).State; (got == Submitted) != (tt.want == nil) {
				t.Errorf("state %s", got)
			}
		})
	}
}

func TestEachStatementIsAsked(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	a := s.addDraft(t, u, in)
	for i := range Statements {
		some := append(append([]string{}, Statements[:i]...), Statements[i+1:]...)
		if _, err := s.SubmitApplication(t.Context(), u, a.Ref, some); !errors.Is(err, ErrStatementsMissing) {
			t.Errorf("without %s: got %v", Statements[i], err)
		}
	}
}

// Bug report P020: the last second of the day in Jakarta counts, the next does not.
func TestP020SubmissionUntilTheLastSecondInJakarta(t *testing.T) {
	s, u, in := applying(t, nil, func(in *Intake) { in.ClosesAt = ptr(time.Date(2026, 11, 30, 23, 59, 59, 0, i18n.WIB)) })
	late := s.addReadySeeker(t, "Tini")
	a, b := s.addDraft(t, u, in), s.addDraft(t, late, in)
	s.pass(time.Date(2026, 11, 30, 23, 59, 59, 0, i18n.WIB).Sub(noon))
	if _, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); err != nil {
		t.Errorf("in the last second: %v", err)
	}
	s.pass(time.Second)
	if _, err := s.SubmitApplication(t.Context(), late, b.Ref, Statements); !errors.Is(err, ErrNotOpen) {
		t.Errorf("a second later: %v", err)
	}
}

// Bug reports P029, P032, P033: five presses, scripts or not, and a replay make one application.
func TestP029P032P033FivePressesMakeOneApplication(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	refs, errs := make([]string, 5), make([]error, 5)
	var group sync.WaitGroup
	for i := range refs {
		group.Go(func() {
			a, err := s.StartApplication(t.Context(), u, in.Ref)
			refs[i], errs[i] = a.Ref, err
		})
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for _, ref := range refs {
		if ref != refs[0] {
			t.Fatalf("references %v", refs)
		}
	}
	a := s.addDraft(t, u, in)
	for i := range errs {
		group.Go(func() { _, errs[i] = s.SubmitApplication(t.Context(), u, a.Ref, Statements) })
	}
	group.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	s.pass(time.Hour)
	if again, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); err != nil || again.SubmittedAt.Equal(s.db.Now()) {
		t.Errorf("the replay: %+v, %v", again.SubmittedAt, err)
	}
	for what, q := range map[string]string{
		"applications": "SELECT count(*) FROM applications",
		"submissions":  "SELECT count(*) FROM application_events WHERE to_state = 'submitted'",
		"letters":      "SELECT count(*) FROM notices WHERE template = 'application_submitted'",
	} {
		var n int64
		if err := s.sql.Raw(q).Scan(&n).Error; err != nil || n != 1 {
			t.Errorf("%d %s, want 1 (%v)", n, what, err)
		}
	}
}

func TestAnothersApplicationIsNotFound(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	other := s.addReadySeeker(t, "Orang Lain")
	a := s.addSubmitted(t, u, in)
	ctx := t.Context()
	_, seen := s.OwnApplication(ctx, other, a.Ref)
	_, sent := s.SubmitApplication(ctx, other, a.Ref, Statements)
	for name, err := range map[string]error{
		"see":          seen,
		"send":         sent,
		"motivation":   s.SaveMotivation(ctx, other, a.Ref, "x"),
		"certificates": s.ChooseCertificates(ctx, other, a.Ref, nil, true),
		"withdraw":     s.Withdraw(ctx, other, a.Ref, "withdraw_job", ""),
		"contest":      s.Contest(ctx, other, a.Ref, "x"),
		"ask":          s.Ask(ctx, other, a.Ref, formToken, "x"),
		"read":         s.ReadMessages(ctx, other, a.Ref),
	} {
		if !errors.Is(err, ErrNotFound) {
			t.Errorf("%s: got %v", name, err)
		}
	}
}

func TestAnothersCertificateCannotBeChosen(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addCertificateType(t)
	other := s.addReadySeeker(t, "Orang Lain")
	theirs, err := s.draft(t.Context(), other, formToken, CertificateInput{TypeCode: "BNSP"})
	if err != nil {
		t.Fatal(err)
	}
	a := s.addDraft(t, u, in)
	if err := s.ChooseCertificates(t.Context(), u, a.Ref, []string{theirs.Ref}, false); !errors.Is(err, ErrNotFound) {
		t.Errorf("got %v", err)
	}
}

func TestMinorNeedsAGuardian(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	// 18 on the day after the start: a minor on the day itself.
	err := s.SaveIdentity(t.Context(), u, identity(t, func(id *Identity) {
		id.Name, id.NIK = "Suparmi", mustNIK(t, "3174015012080001")
		id.BirthDate = time.Date(2008, 12, 10, 0, 0, 0, 0, time.UTC)
	}))
	if err != nil {
		t.Fatal(err)
	}
	s.sql.Exec("UPDATE intakes SET starts_on = '2026-12-09'")
	a := s.addDraft(t, u, in)
	if _, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); !errors.Is(err, ErrProfileIncomplete) {
		t.Fatalf("without a guardian: %v", err)
	}
	if err := s.SaveGuardian(t.Context(), u, "Ibu Contoh", "parent", "+6281200000003"); err != nil {
		t.Fatal(err)
	}
	if _, err := s.AddUploads(t.Context(), u, newFile("guardian_consent", "signed", "guardian/1")); err != nil {
		t.Fatal(err)
	}
	if _, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); err != nil {
		t.Errorf("with a guardian: %v", err)
	}
}

func TestMendedApplicationMayBeSentAfterTheClosing(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	a := s.addSubmitted(t, u, in)
	by := noon.AddDate(0, 0, 20)
	a = s.put(t, a, NeedsFix, map[string]any{"fix_by": by})
	s.sql.Exec(`INSERT INTO application_fixes (application_id, target, reason_code, created_at)
		VALUES (?, 'address', 'x', now())`, a.ID)
	s.pass(10 * 24 * time.Hour)
	sent, err := s.SubmitApplication(t.Context(), u, a.Ref, append(slices.Clone(Statements), StatementUnchanged))
	if err != nil || sent.State != Submitted || !sent.FirstSubmittedAt.Equal(noon) {
		t.Fatalf("got %+v, %v", sent, err)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || len(v.Fixes) != 0 {
		t.Errorf("open fixes %v, %v", v.Fixes, err)
	}
	a = s.put(t, a, NeedsFix, map[string]any{"fix_by": s.db.Now().Add(time.Hour)})
	s.pass(2 * time.Hour)
	if _, err := s.SubmitApplication(t.Context(), u, a.Ref, Statements); !errors.Is(err, ErrFixLapsed) {
		t.Errorf("too late: %v", err)
	}
}

func TestContestOnceWithinAWeek(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	a := s.put(t, s.addSubmitted(t, u, in), NotEligible, map[string]any{"reason_code": "x", "reason_text": "y", "decided_at": noon})
	if err := s.Contest(t.Context(), u, a.Ref, " "); !errors.Is(err, ErrContestMissing) {
		t.Errorf("empty: %v", err)
	}
	if err := s.Contest(t.Context(), u, a.Ref, strings.Repeat("é", ContestLength+1)); !errors.Is(err, ErrContestLong) {
		t.Errorf("long: %v", err)
	}
	s.pass(8 * 24 * time.Hour)
	if err := s.Contest(t.Context(), u, a.Ref, "Alamat saya di Jakarta."); !errors.Is(err, ErrContestLate) {
		t.Errorf("late: %v", err)
	}
	s.pass(-2 * 24 * time.Hour)
	if err := s.Contest(t.Context(), u, a.Ref, "Alamat saya di Jakarta."); err != nil {
		t.Fatal(err)
	}
	if got := s.reload(t, a); got.State != Submitted || got.ContestedAt == nil {
		t.Errorf("got %+v", got)
	}
	s.put(t, a, NotEligible, nil)
	if err := s.Contest(t.Context(), u, a.Ref, "Lagi."); !errors.Is(err, ErrContestOnce) {
		t.Errorf("twice: %v", err)
	}
}

func TestWithdrawNeedsAReason(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	err := s.SeedReference(t.Context(), ReferenceData{
		Sectors: []Sector{{Code: "x", Name: Text{ID: "x"}, Icon: "x"}},
		ReasonCodes: []ReasonCode{{
			Kind: "withdraw", Code: "withdraw_job", Text: Text{ID: "Sudah bekerja.", EN: "Working."},
			ValidFrom: noon.AddDate(-1, 0, 0),
		}},
	})
	if err != nil {
		t.Fatal(err)
	}
	a := s.addSubmitted(t, u, in)
	if err := s.Withdraw(t.Context(), u, a.Ref, "", ""); !errors.Is(err, ErrReasonMissing) {
		t.Errorf("no reason: %v", err)
	}
	for range 2 {
		if err := s.Withdraw(t.Context(), u, a.Ref, "withdraw_job", ""); err != nil {
			t.Fatal(err)
		}
	}
	if again, err := s.StartApplication(t.Context(), u, in.Ref); err != nil || again.Ref == a.Ref {
		t.Errorf("a new application: %+v, %v", again.Ref, err)
	}
}

func TestMessagesGoBothWaysOnce(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	officer := s.addUser(t, Officer, "petugas")
	a := s.addSubmitted(t, u, in)
	for range 2 {
		if err := s.Ask(t.Context(), u, a.Ref, formToken, "Kapan tesnya?"); err != nil {
			t.Fatal(err)
		}
	}
	answer := strings.Replace(formToken, "6", "7", 1)
	for range 2 {
		if err := s.Answer(t.Context(), officer, a.Ref, Reply{Token: answer, Text: "Minggu depan."}); err != nil {
			t.Fatal(err)
		}
	}
	list, err := s.OwnApplications(t.Context(), u)
	if err != nil || len(list) != 1 || list[0].Unread != 1 {
		t.Fatalf("%+v, %v", list, err)
	}
	if l := s.lastLetter(t); l.Template != "application_message" || strings.Contains(l.Data["Text"], "Minggu") {
		t.Errorf("letter %+v", l)
	}
	if err := s.ReadMessages(t.Context(), u, a.Ref); err != nil {
		t.Fatal(err)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil || len(v.Messages) != 2 || v.Messages[0].ReadAt == nil || v.Messages[1].ReadAt == nil {
		t.Errorf("%+v, %v", v.Messages, err)
	}
}

func TestApplicationPagesAskFewQuestions(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	a := s.addSubmitted(t, u, in)
	ask := func(what string, most int, f func(s *Store) error) {
		db, counter := testdb.Counting(s.sql)
		n := counter.Count(func() {
			if err := f(NewStore(record.New(db, s.clock, s.db.Box(), nil))); err != nil {
				t.Fatal(err)
			}
		})
		if n > most || n == 0 {
			t.Errorf("%s: %d queries, at most %d", what, n, most)
		}
	}
	ask("list", 1, func(s *Store) error { _, err := s.OwnApplications(t.Context(), u); return err })
	ask("page", 12, func(s *Store) error { _, err := s.OwnApplication(t.Context(), u, a.Ref); return err })
	ask("fit", 18, func(s *Store) error { _, err := s.Fit(t.Context(), u, in.Ref); return err })
}
