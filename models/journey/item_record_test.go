package journey

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// koreaNeeds is a list of four papers, of which one is of health and one can be proven by a certificate.
func koreaNeeds() []Need {
	health, skill := paper("SEHAT", "VISA_KERJA"), paper("SERT_KOMPETENSI", "VISA_KERJA")
	health.Health, skill.CertificateTypes = true, []string{"BNSP"}
	return []Need{paper("PASPOR", "VISA_KERJA").lasting(4, true), health, skill, paper("VISA_KERJA").lasting(6, true)}
}

// planned is Suparmi with a plan for Korea.
func planned(t testing.TB, needs ...Need) *planStore {
	t.Helper()
	s := newPlans(t)
	s.rule(t, needs...)
	if err := s.Choose(t.Context(), s.suparmi, Way{Route: "G_TO_G", Country: "KR", Scheme: "EPS"}); err != nil {
		t.Fatal(err)
	}
	return s
}

func dayAt(t time.Time) *time.Time { return new(record.DayOf(t).Date()) }

// One plan is open at a time, however often and from wherever the button is pressed.
func TestPlanIsOpenedOnce(t *testing.T) {
	s := newPlans(t)
	s.rule(t, koreaNeeds()...)
	errs := make(chan error)
	for range 5 {
		go func() { errs <- s.Choose(t.Context(), s.suparmi, Way{Route: "G_TO_G", Country: "KR"}) }()
	}
	for range 5 {
		if err := <-errs; err != nil {
			t.Error(err)
		}
	}
	if plans, opened := s.count(t, "readiness_plans"), s.count(t, "audit_rows WHERE action = 'readiness_opened'"); plans != 1 || opened != 1 {
		t.Errorf("%d plans, opened %d times", plans, opened)
	}
	if items := s.count(t, "readiness_items"); items != 4 {
		t.Errorf("%d items", items)
	}
	if err := s.Choose(t.Context(), s.rina, Way{}); !errors.Is(err, record.ErrForbidden) {
		t.Errorf("an officer: %v", err)
	}
}

// What was recorded stands with who and when; a second press changes nothing, another window is refused, and the counts follow.
func TestItemIsRecordedOnce(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	version := s.item(t, "PASPOR").Item.Version
	in := ItemInput{State: Done, On: dayAt(s.clock()), Expires: new(dayAt(s.clock()).AddDate(5, 0, 0)), Number: "X1234567",
		Upload: s.upload(t, s.suparmi), Version: version}
	for range 2 {
		if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); err != nil {
			t.Fatal(err)
		}
	}
	line := s.item(t, "PASPOR")
	if line.Item.State != Done || line.Item.Proof != ProofFile || line.Item.Number != "X1234567" || line.Item.Version != version+1 {
		t.Errorf("%+v", line.Item)
	}
	if changes := s.count(t, "readiness_changes WHERE actor_id = ? AND what = 'recorded'", s.suparmi.ID); changes != 1 {
		t.Errorf("%d changes", changes)
	}
	if audits := s.count(t, "audit_rows WHERE action = 'readiness_recorded' AND person_id = ?", s.suparmi.ID); audits != 1 {
		t.Errorf("%d audit rows", audits)
	}
	in.Number = "Y7654321"
	if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); !errors.Is(err, models.ErrStale) {
		t.Errorf("from an older window: %v", err)
	}
	if p := s.own(t).Plan; p.Needed != 4 || p.Done != 1 {
		t.Errorf("%d of %d", p.Done, p.Needed)
	}
	if plain := s.count(t, "readiness_items WHERE number_sealed = 'X1234567'::bytea"); plain != 0 {
		t.Error("the number lies open")
	}
	if err := s.Record(t.Context(), s.suparmi, "NIKAH", in); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a need of no list: %v", err)
	}
}

// Of two presses at one moment one counts, and the other is the same press or is refused.
func TestItemRace(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	version := s.item(t, "PASPOR").Item.Version
	errs := make(chan error)
	for _, number := range []string{"A1", "A1", "B2", "B2"} {
		go func() {
			errs <- s.Record(t.Context(), s.suparmi, "PASPOR", ItemInput{State: UnderWay, Number: number, Version: version})
		}()
	}
	stale := 0
	for range 4 {
		if err := <-errs; errors.Is(err, models.ErrStale) {
			stale++
		} else if err != nil {
			t.Error(err)
		}
	}
	if changes := s.count(t, "readiness_changes"); stale != 2 || changes != 1 {
		t.Errorf("%d refused, %d changes", stale, changes)
	}
}

// Of health only state, date and clinic are kept. A file is refused with the reason, by the rule and by the database.
func TestHealthItemTakesNoFile(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	version, file := s.item(t, "SEHAT").Item.Version, s.upload(t, s.suparmi)
	for name, tt := range map[string]struct {
		in   ItemInput
		want error
	}{
		"file":       {ItemInput{State: Done, On: dayAt(s.clock()), Clinic: "RS Contoh", Upload: file}, ErrHealthFile},
		"number":     {ItemInput{State: UnderWay, Number: "MCU-1"}, ErrHealthFile},
		"no clinic":  {ItemInput{State: Done, On: dayAt(s.clock())}, ErrItemClinic},
		"no day":     {ItemInput{State: Done, Clinic: "RS Contoh"}, ErrItemDate},
		"future":     {ItemInput{State: Done, On: new(dayAt(s.clock()).AddDate(0, 0, 1)), Clinic: "RS Contoh"}, ErrItemFuture},
		"whole":      {ItemInput{State: Done, On: dayAt(s.clock()), Clinic: "RS Contoh"}, nil},
		"not so far": {ItemInput{State: Expired}, ErrItemProgress},
	} {
		tt.in.Version = version
		if err := s.Record(t.Context(), s.suparmi, "SEHAT", tt.in); !errors.Is(err, tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	err := s.sql.Exec("UPDATE readiness_items SET upload_id = (SELECT id FROM uploads WHERE ref = ?) WHERE need = 'SEHAT'", file).Error
	if !record.Violates(err, "readiness_items_health_no_file") {
		t.Errorf("the database: %v", err)
	}
	if line := s.item(t, "SEHAT"); line.Item.Clinic != "RS Contoh" {
		t.Errorf("%+v", line.Item)
	}
}

// Somebody else's file proves nothing, and neither does one that is gone.
func TestItemTakesOwnFilesAlone(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	others := s.upload(t, s.person(t, record.Seeker, "Budi"))
	for _, ref := range []string{others, "BK-00000000"} {
		in := ItemInput{State: Done, Upload: ref, Version: s.item(t, "PASPOR").Item.Version}
		if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); !errors.Is(err, ErrItemFile) {
			t.Errorf("%s: %v", ref, err)
		}
	}
}

// What is not needed has its reason and does not count; it can be opened again.
func TestNotNeededHasAReasonAndComesBack(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	version := s.item(t, "PASPOR").Item.Version
	if err := s.MarkNotNeeded(t.Context(), s.suparmi, "PASPOR", "", version); !errors.Is(err, ErrItemReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := s.MarkNotNeeded(t.Context(), s.suparmi, "PASPOR", "Sudah punya", version); err != nil {
		t.Fatal(err)
	}
	l := s.own(t)
	if line, _ := l.Line("PASPOR"); line.Item.Reason != "Sudah punya" || l.Needed != 3 || l.NotNeeded() != 1 {
		t.Errorf("%+v, %d needed", line.Item, l.Needed)
	}
	if err := s.Reopen(t.Context(), s.suparmi, "PASPOR", version+1); err != nil {
		t.Fatal(err)
	}
	if l = s.own(t); l.Needed != 4 || l.NotNeeded() != 0 {
		t.Errorf("%d needed", l.Needed)
	}
}

// A verified certificate proves an item by itself; when it ends, is suspended or deleted, the item says so and its person is told
// once. A newer one proves it again.
func TestCertificateProvesByItself(t *testing.T) {
	for name, end := range map[string]string{
		"suspended": `UPDATE certificates SET state = 'suspended', reason_code = 'x', taken_away_at = now(), taken_away_as = 'suspended'
			WHERE id = ?`,
		"deleted": "UPDATE certificates SET deleted_at = now() WHERE id = ?",
		"ended":   "UPDATE certificates SET valid_until = '2026-11-24' WHERE id = ?",
	} {
		t.Run(name, func(t *testing.T) {
			s := planned(t, koreaNeeds()...)
			id := s.certificate(t, s.suparmi, "BNSP", nil)
			line := s.item(t, "SERT_KOMPETENSI")
			if line.Item.State != Done || line.Item.Proof != ProofCertificate || s.own(t).Done != 1 {
				t.Fatalf("%+v", line.Item)
			}
			if err := s.Reopen(t.Context(), s.suparmi, line.Key, line.Item.Version); !errors.Is(err, ErrItemProven) {
				t.Errorf("opened although it is proven: %v", err)
			}
			if err := s.sql.Exec(end, id).Error; err != nil {
				t.Fatal(err)
			}
			for range 2 {
				s.days(1)
				s.chore(t, s.CountPlans)
			}
			if line = s.item(t, "SERT_KOMPETENSI"); line.Item.State != Expired || !line.Late || s.own(t).Done != 0 {
				t.Errorf("%+v", line.Item)
			}
			if n := s.letters(t, "plan_expired"); n != 1 {
				t.Errorf("told %d times", n)
			}
			s.certificate(t, s.suparmi, "BNSP", nil)
			if line = s.item(t, "SERT_KOMPETENSI"); line.Item.State != Done {
				t.Errorf("with a new one: %+v", line.Item)
			}
		})
	}
}

// Others' certificates prove nothing, those of an account that is joined into one's own do.
func TestCertificatesOfJoinedAccountsProve(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	old := s.person(t, record.Seeker, "Suparmi lama")
	s.certificate(t, old, "BNSP", nil)
	if line := s.item(t, "SERT_KOMPETENSI"); line.Item.State != NotYet {
		t.Errorf("another person's: %+v", line.Item)
	}
	err := s.sql.Exec(`INSERT INTO account_joins (ref, joined_id, into_id, asked_by, asked_at, why, undone_why, agreed,
			answered_by, answered_at)
		VALUES ('GA-1', ?, ?, ?, now(), '-', '', true, ?, now())`, old.ID, s.suparmi.ID, s.rina.ID, s.person(t, record.Officer, "Joko").ID).Error
	if err != nil {
		t.Fatal(err)
	}
	if line := s.item(t, "SERT_KOMPETENSI"); line.Item.State != Done {
		t.Errorf("of a joined account: %+v", line.Item)
	}
}

// An officer writes down what others decided, with source and day; the person is told, and reads both. Nobody else may.
func TestDecisionOfOthersIsRecordedWithItsSource(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	in := OthersInput{State: Done, Source: "Kantor Imigrasi Jakarta Timur", On: dayAt(s.clock()), Version: s.item(t, "PASPOR").Item.Version}
	for _, u := range []record.User{s.suparmi, {Role: record.Staff}, {Role: record.Owner}, {Role: record.Partner}, {Role: record.Admin}} {
		if err := s.RecordOthers(t.Context(), u, s.suparmi.Ref, "PASPOR", in); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s: %v", u.Role, err)
		}
	}
	nameless := OthersInput{State: Done, On: in.On}
	if err := s.RecordOthers(t.Context(), s.rina, s.suparmi.Ref, "PASPOR", nameless); !errors.Is(err, ErrItemSource) {
		t.Errorf("without a source: %v", err)
	}
	for range 2 {
		if err := s.RecordOthers(t.Context(), s.rina, s.suparmi.Ref, "PASPOR", in); err != nil {
			t.Fatal(err)
		}
	}
	line := s.item(t, "PASPOR")
	if line.Item.Proof != ProofOthers || line.Item.Source != in.Source || !samePlanDay(line.Item.SourceOn, in.On) {
		t.Errorf("%+v", line.Item)
	}
	if n := s.letters(t, "plan_others"); n != 1 {
		t.Errorf("told %d times", n)
	}
	if n := s.count(t, "readiness_changes WHERE what = 'others' AND actor_id = ?", s.rina.ID); n != 1 {
		t.Errorf("%d changes", n)
	}
}

// What was paid is summed, a second press pays nothing twice, and what was written down by mistake goes.
func TestPaymentsAreSummed(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	in := PaymentInput{Token: uuid.NewString(), Payee: "Kantor Imigrasi", Purpose: "Paspor", PaidOn: *dayAt(s.clock()), Amount: 350_000,
		Upload: s.upload(t, s.suparmi)}
	for range 2 {
		if err := s.AddPayment(t.Context(), s.suparmi, in); err != nil {
			t.Fatal(err)
		}
	}
	in.Token, in.Amount, in.Upload = uuid.NewString(), 109_526, ""
	if err := s.AddPayment(t.Context(), s.suparmi, in); err != nil {
		t.Fatal(err)
	}
	paid, err := s.Paid(t.Context(), s.suparmi)
	list, sum := paid.Now, paid.Sum
	if err != nil || len(list) != 2 || sum != 459_526 || list[0].Payee != "Kantor Imigrasi" || list[1].UploadRef == "" {
		t.Fatalf("%+v, %d, %v", list, sum, err)
	}
	for name, broken := range map[string]PaymentInput{
		"nobody":   {Purpose: "x", PaidOn: in.PaidOn, Amount: 1},
		"nothing":  {Payee: "x", PaidOn: in.PaidOn, Amount: 1},
		"no money": {Payee: "x", Purpose: "x", PaidOn: in.PaidOn},
		"tomorrow": {Payee: "x", Purpose: "x", PaidOn: in.PaidOn.AddDate(0, 0, 1), Amount: 1},
	} {
		broken.Token = uuid.NewString()
		if err := s.AddPayment(t.Context(), s.suparmi, broken); len(record.RefusalsIn(err)) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	budi := s.person(t, record.Seeker, "Budi")
	if err := s.Choose(t.Context(), budi, Way{Route: "G_TO_G"}); err != nil {
		t.Fatal(err)
	}
	if err := s.RemovePayment(t.Context(), budi, list[0].Ref); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("another person's: %v", err)
	}
	for range 2 {
		if err := s.RemovePayment(t.Context(), s.suparmi, list[0].Ref); err != nil {
			t.Fatal(err)
		}
	}
	if paid, err = s.Paid(t.Context(), s.suparmi); err != nil || paid.Sum != 459_526-list[0].Amount {
		t.Errorf("%d after one was taken out: %v", paid.Sum, err)
	}
}
