package models

import (
	"errors"
	"fmt"
	"slices"
	"sync"
	"testing"
	"time"

	"naikkelas/internal/nik"
	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

func TestApplicationIsVerifiedAfterEverythingWasLookedAt(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	decide := func() error {
		return s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified, Version: s.reload(t, a).Version})
	}
	if err := decide(); !errors.Is(err, ErrChecksOpen) {
		t.Errorf("before the checks: %v", err)
	}
	s.checkAll(t, officer, a)
	if err := decide(); err != nil {
		t.Fatal(err)
	}
	if got := s.reload(t, a); got.State != Verified || got.DecidedBy == nil || *got.DecidedBy != officer.ID {
		t.Errorf("got %+v", got)
	}
	if l := s.lastLetter(t); l.Template != "application_verified" {
		t.Errorf("letter %+v", l)
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || !f.Profile.Profile.NIKVerified {
		t.Errorf("NIK verified: %v, %v", f.Profile.Profile.NIKVerified, err)
	}
}

func TestCheckedValuesDecideEligibility(t *testing.T) {
	s, officer, a := reviewing(t, func(p *Programme) { p.RequiresDKI = true }, nil)
	s.checkAll(t, officer, a)
	// The card says Tangerang, whatever the person typed.
	err := s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{
		Field: CheckKTPAddress, Differs: true, SeenRegency: ptr("36.71"), PassedAs: "renamed",
	})
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}); !errors.Is(err, ErrUnmet) {
		t.Errorf("got %v, want %v", err, ErrUnmet)
	}
}

func TestCertificatesAreDecidedBeforeTheApplication(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	s.addCertificateType(t)
	officer := s.addUser(t, Officer, "rina")
	c := s.handedIn(t, u, formToken, CertificateInput{
		TypeCode: "BNSP", HolderName: "SUPARMI, S.Pd", Issuer: "LSP Las", IssuedOn: date(2020, 1, 31),
	})
	a := s.addSubmitted(t, u, in, c.Ref)
	a = s.take(t, officer, a)
	s.checkAll(t, officer, a)
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || len(f.Views) != 1 || len(f.Views[0].Files) != 1 {
		t.Fatalf("certificates %+v, %v", f.Views, err)
	}
	if got := f.Views[0].Warnings; !slices.Equal(got, []string{WarningExpired}) {
		t.Errorf("warnings %v", got)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}); !errors.Is(err, ErrCertificatesOpen) {
		t.Errorf("with an open certificate: %v", err)
	}
	verified := CertificateDecision{Outcome: CertificateVerified}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, verified); !errors.Is(err, ErrMethodMissing) {
		t.Errorf("without a method: %v", err)
	}
	rejected := CertificateDecision{Outcome: CertificateRejected, Reason: "nothing"}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, rejected); !errors.Is(err, ErrReturnReason) {
		t.Errorf("without a reason: %v", err)
	}
	stale := CertificateDecision{Outcome: CertificateVerified, Method: "qr", Version: 1}
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, stale); !errors.Is(err, ErrStale) {
		t.Errorf("stale: %v", err)
	}
	stale.Version = 0
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, stale); !errors.Is(err, ErrCertificateEnded) {
		t.Errorf("one that has ended: %v", err)
	}
	rejected.Reason = "certificate_rejected_x"
	if err := s.DecideCertificate(t.Context(), officer, c.Ref, rejected); err != nil {
		t.Fatal(err)
	}
	// It does not count, so that the officer must say that it does not matter here.
	if err := s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified}); !errors.Is(err, ErrCertificatesDoNotCount) {
		t.Errorf("with a certificate that does not count: %v", err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified, Without: true}); err != nil {
		t.Error(err)
	}
}

// Bug report P057: of two officers on one file, the second's stale decision changes nothing.
func TestP057SecondOfficersDecisionIsRefused(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	other := s.addUser(t, Officer, "joko")
	if err := s.Take(t.Context(), other, a.Ref, a.Version); !errors.Is(err, ErrTaken) {
		t.Errorf("taking what a colleague has: %v", err)
	}
	no := Decision{Outcome: NotEligible, Version: a.Version, Reason: "not_eligible_x", Text: "KTP bukan DKI."}
	if err := s.Decide(t.Context(), other, a.Ref, no); !errors.Is(err, ErrTaken) {
		t.Errorf("deciding what a colleague has: %v", err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, no); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: NeedsFix, Version: a.Version}); !errors.Is(err, ErrStale) {
		t.Errorf("the same officer's second window: %v", err)
	}
	f, err := s.ReviewApplication(t.Context(), other, a.Ref)
	if err != nil || f.DecidedBy != "rina" || f.State != NotEligible || f.ReasonText != "KTP bukan DKI." {
		t.Errorf("the second sees %q %s %q, %v", f.DecidedBy, f.State, f.ReasonText, err)
	}
}

func TestTwoOfficersTakeAtOnce(t *testing.T) {
	s, u, in := applying(t, nil, nil)
	a := s.addSubmitted(t, u, in)
	officers := []User{s.addUser(t, Officer, "rina"), s.addUser(t, Officer, "joko")}
	errs := make([]error, 2)
	var group sync.WaitGroup
	for i, officer := range officers {
		group.Go(func() { errs[i] = s.Take(t.Context(), officer, a.Ref, a.Version) })
	}
	group.Wait()
	if (errs[0] == nil) == (errs[1] == nil) || !errors.Is(errors.Join(errs...), ErrTaken) {
		t.Errorf("got %v", errs)
	}
}

func TestContestGoesToAnotherOfficer(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	refusal := Decision{Outcome: NotEligible, Reason: "not_eligible_x", Text: "KTP bukan DKI."}
	if err := s.Decide(t.Context(), officer, a.Ref, refusal); err != nil {
		t.Fatal(err)
	}
	var seeker User
	s.sql.Take(&seeker, "id = ?", a.SeekerID)
	if err := s.Contest(t.Context(), seeker, a.Ref, "KTP saya baru."); err != nil {
		t.Fatal(err)
	}
	if err := s.Take(t.Context(), officer, a.Ref, 0); !errors.Is(err, ErrOwnDecision) {
		t.Errorf("the same officer: %v", err)
	}
	if err := s.Take(t.Context(), s.addUser(t, Officer, "joko"), a.Ref, 0); err != nil {
		t.Errorf("another officer: %v", err)
	}
}

func TestFixesAreListedWithADeadline(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	ask := func(d Decision) error {
		d.Outcome = NeedsFix
		return s.Decide(t.Context(), officer, a.Ref, d)
	}
	fix := FixInput{Target: "address", Reason: "needs_fix_x", Note: "RT tidak terbaca."}
	if err := ask(Decision{}); !errors.Is(err, ErrFixesMissing) {
		t.Errorf("nothing to mend: %v", err)
	}
	if err := ask(Decision{Fixes: []FixInput{fix}, FixBy: noon.Add(-time.Hour)}); !errors.Is(err, ErrFixByPast) {
		t.Errorf("in the past: %v", err)
	}
	if err := ask(Decision{Fixes: []FixInput{{Target: "address", Reason: "none"}}}); !errors.Is(err, ErrDecisionReason) {
		t.Errorf("unknown reason: %v", err)
	}
	if err := ask(Decision{Fixes: []FixInput{fix}}); err != nil {
		t.Fatal(err)
	}
	var seeker User
	s.sql.Take(&seeker, "id = ?", a.SeekerID)
	v, err := s.OwnApplication(t.Context(), seeker, a.Ref)
	if err != nil || len(v.Fixes) != 1 || v.FixBy == nil || v.Fixes[0].Note != fix.Note {
		t.Fatalf("%+v, %v", v.Fixes, err)
	}
	s.pass(10 * 24 * time.Hour)
	all(t, s.ExpireFixes)
	if got := s.reload(t, a); got.State != Expired {
		t.Errorf("after the deadline: %s", got.State)
	}
}

func TestFirstComeGivesSeatsThenReserves(t *testing.T) {
	s, officer, a := reviewing(t, nil, func(in *Intake) { in.Selection, in.Quota, in.ReserveSeats = ByFirstCome, 1, 1 })
	var in Intake
	s.sql.Take(&in, "id = ?", a.IntakeID)
	list := []Application{a}
	for i := range 2 {
		list = append(list, s.take(t, officer, s.addSubmitted(t, s.addReadySeeker(t, fmt.Sprintf("Pelamar %c", 'A'+i)), in)))
	}
	for i, want := range []ApplicationState{Accepted, Reserve, NotSelected} {
		s.checkAll(t, officer, list[i])
		if err := s.Decide(t.Context(), officer, list[i].Ref, Decision{Outcome: Verified}); err != nil {
			t.Fatal(err)
		}
		if got := s.reload(t, list[i]); got.State != want {
			t.Errorf("number %d: %s, want %s", i+1, got.State, want)
		}
	}
}

func TestNIKIsVerifiedForOnePerson(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	s.checkAll(t, officer, a)
	other := s.addReadySeeker(t, "Orang Lain")
	var in Intake
	s.sql.Take(&in, "id = ?", a.IntakeID)
	number := fmt.Sprintf("317401420389%04d", a.SeekerID)
	taken := identity(t, func(id *Identity) { id.Name, id.NIK = "Orang Lain", mustNIK(t, number) })
	if err := s.SaveIdentity(t.Context(), other, taken); err != nil {
		t.Fatal(err)
	}
	b := s.take(t, officer, s.addSubmitted(t, other, in))
	if err := s.CheckIdentity(t.Context(), officer, b.Ref, CheckInput{Field: CheckNIK}); !errors.Is(err, ErrNIKTaken) {
		t.Errorf("got %v, want %v", err, ErrNIKTaken)
	}
	f, err := s.ReviewApplication(t.Context(), officer, b.Ref)
	if err != nil || !slices.Contains(f.Warnings, WarningTwice) {
		t.Errorf("warnings %v, %v", f.Warnings, err)
	}
}

func TestOnlyOfficersReview(t *testing.T) {
	s, _, a := reviewing(t, nil, nil)
	for _, role := range []Role{Seeker, Staff, Admin} {
		u := s.addUser(t, role, "bukan petugas "+string(role))
		_, file := s.ReviewApplication(t.Context(), u, a.Ref)
		_, queue := s.Queue(t.Context(), u, QueueFilter{}, "")
		_, found := s.FindByNIK(t.Context(), u, nik.NIK{})
		for what, err := range map[string]error{
			"file":        file,
			"queue":       queue,
			"search":      found,
			"take":        s.Take(t.Context(), u, a.Ref, 0),
			"decide":      s.Decide(t.Context(), u, a.Ref, Decision{Outcome: Verified}),
			"export":      s.EachQueued(t.Context(), u, QueueFilter{}, nil),
			"certificate": s.DecideCertificate(t.Context(), u, "SR-X", CertificateDecision{}),
		} {
			if !errors.Is(err, ErrForbidden) {
				t.Errorf("%s: %s: %v", role, what, err)
			}
		}
	}
}

func TestNamesAreComparedAsPeopleDo(t *testing.T) {
	for _, tt := range []struct {
		a, b string
		same bool
	}{
		{"Suparmi", "SUPARMI", true}, {"Nur'aini", "NURAINI", true}, {"H. Ma’ruf, S.T.", "Maruf", true}, {"Budi  Santoso", "budi santoso", true},
		{"Budi Santoso", "Budi Susanto", false}, {"Suparmi", "", false}, {"H.", "h", true},
	} {
		if got := SameName(tt.a, tt.b); got != tt.same {
			t.Errorf("%q and %q: %v", tt.a, tt.b, got)
		}
	}
}

// Bug report P082: pages of the queue lose no file and show none twice, with equal times too.
func TestP082QueuePagesLoseAndDoubleNoFile(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	const many = 2*queuePageSize + 7
	err := s.sql.Exec(`WITH people AS (
			INSERT INTO users (ref, role, name, email, password_hash, created_at, updated_at)
			SELECT 'AK-' || g, 'seeker', 'Pelamar ' || g, g || '@contoh.example', '-', now(), now()
			FROM generate_series(1, ?) g
			RETURNING id, name)
		INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
		SELECT 'NK-' || id, ?, id, 'submitted', ?, ?, now(), now()
		FROM people`, many, a.IntakeID, noon, noon).Error
	if err != nil {
		t.Fatal(err)
	}
	seen := map[string]bool{}
	for cursor, pages := "", 0; ; pages++ {
		page, err := s.Queue(t.Context(), officer, QueueFilter{}, cursor)
		if err != nil || pages > 5 {
			t.Fatalf("page %d: %v", pages, err)
		}
		for _, item := range page.Items {
			if seen[item.Ref] {
				t.Errorf("%s is there twice", item.Ref)
			}
			seen[item.Ref] = true
		}
		if cursor = page.Next; cursor == "" {
			break
		}
	}
	if len(seen) != many+1 {
		t.Errorf("%d files, want %d", len(seen), many+1)
	}
	exported := 0
	err = s.EachQueued(t.Context(), officer, QueueFilter{}, func(QueueItem) error { exported++; return nil })
	if err != nil || exported != many+1 {
		t.Errorf("%d exported, %v", exported, err)
	}
	db, counter := testdb.Counting(s.sql)
	counted := NewStore(record.New(db, s.clock, s.db.Box(), nil))
	n := counter.Count(func() {
		if _, err := counted.Queue(t.Context(), officer, QueueFilter{Text: "Pelamar", Regency: "31.74", Sector: "teknik"}, ""); err != nil {
			t.Fatal(err)
		}
	})
	if n != 2 {
		t.Errorf("%d queries, want 2", n)
	}
	n = counter.Count(func() {
		if _, err := counted.ReviewApplication(t.Context(), officer, a.Ref); err != nil {
			t.Fatal(err)
		}
	})
	if n > 43 {
		t.Errorf("a file takes %d queries", n)
	}
}

// Bug report P085: people are found by part of their name and by number, whatever the letters' case.
func TestP085FilesAreFoundByNameAndNumber(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	for text, want := range map[string]int{"parm": 1, "SUPARMI": 1, a.Ref: 1, "tidak ada": 0, "%": 0, "_": 0} {
		page, err := s.Queue(t.Context(), officer, QueueFilter{Text: text}, "")
		if err != nil || len(page.Items) != want {
			t.Errorf("%q: %d found, want %d, %v", text, len(page.Items), want, err)
		}
	}
	number := mustNIK(t, fmt.Sprintf("317401420389%04d", a.SeekerID))
	if list, err := s.FindByNIK(t.Context(), officer, number); err != nil || len(list) != 1 {
		t.Errorf("by NIK: %d found, %v", len(list), err)
	}
}
