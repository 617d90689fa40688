package journey

import (
	"strings"
	"testing"

	"naikkelas/internal/seal"
)

// Who has no way to get a letter is counted as told too, so that the chore ends and others get theirs.
func TestEndsOfWhoHasNoWayAreNotedAndOthersAreTold(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	in := ItemInput{State: Done, Expires: new(dayAt(s.clock()).AddDate(0, 0, 20)), Version: s.item(t, "PASPOR").Item.Version}
	if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); err != nil {
		t.Fatal(err)
	}
	s.exec(t, "UPDATE users SET email = NULL, phone = '+628111111111' WHERE id = ?", s.suparmi.ID)
	s.chore(t, s.RemindItems)
	if n := s.count(t, "readiness_items WHERE end_told = expires_on AND end_told_days = 30"); n != 1 {
		t.Errorf("%d noted as told", n)
	}
	s.days(14)
	s.chore(t, s.RemindItems)
	if n := s.count(t, "readiness_items WHERE end_told = expires_on AND end_told_days = 7"); n != 1 {
		t.Errorf("%d noted as told of the last days", n)
	}
	s.exec(t, "UPDATE readiness_items SET wanted = false, end_told = NULL")
	s.chore(t, s.RemindItems)
	if n := s.count(t, "readiness_items WHERE end_told IS NOT NULL"); n != 0 {
		t.Error("told of what nobody needs any more")
	}
}

// A paper that counts as of health since a rule says so loses its file and its number; what was done stays done, and its person is
// told once.
func TestWhatBecomesHealthLosesItsFile(t *testing.T) {
	s := planned(t, paper("SEHAT"), paper("PASPOR"))
	in := ItemInput{
		State: Done, On: dayAt(s.clock()), Number: "MCU-1", Upload: s.upload(t, s.suparmi), Version: s.item(t, "SEHAT").Item.Version,
	}
	if err := s.Record(t.Context(), s.suparmi, "SEHAT", in); err != nil {
		t.Fatal(err)
	}
	health := paper("SEHAT")
	health.Health = true
	s.rule(t, health, paper("PASPOR"))
	for range 2 {
		s.days(1)
		s.chore(t, s.CountPlans)
	}
	line := s.item(t, "SEHAT")
	if i := line.Item; !i.Health || i.UploadID != nil || i.Number != "" || i.State != Done || i.Proof != ProofOwn {
		t.Errorf("%+v", i)
	}
	if n := s.letters(t, "plan_health"); n != 1 {
		t.Errorf("told %d times", n)
	}
	if n := s.count(t, "readiness_changes WHERE what = 'health'"); n != 1 {
		t.Errorf("%d changes", n)
	}
	again := ItemInput{State: Done, On: dayAt(s.clock()), Number: "MCU-2", Clinic: "RS Contoh", Version: line.Item.Version}
	if err := s.Record(t.Context(), s.suparmi, "SEHAT", again); err != ErrHealthFile { //nolint:errorlint // exactly this one
		t.Errorf("a number of a health paper: %v", err)
	}
}

// Nobody is ready while something hangs on an answer that is not there.
func TestReadyWaitsForWhatIsToAsk(t *testing.T) {
	ask := paper("AKTA_LAHIR")
	ask.Grade, ask.Ask = ToAsk, []string{"IMIGRASI_MINTA"}
	s := planned(t, paper("PASPOR"), ask)
	in := ItemInput{State: Done, Version: s.item(t, "PASPOR").Item.Version}
	if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); err != nil {
		t.Fatal(err)
	}
	if l := s.own(t); l.Done != l.Needed || l.ReadyAt != nil {
		t.Errorf("%d of %d, ready at %v, although a question is open", l.Done, l.Needed, l.ReadyAt)
	}
	if err := s.AnswerFacts(t.Context(), s.suparmi, map[string]Answer{"IMIGRASI_MINTA": No}); err != nil {
		t.Fatal(err)
	}
	if l := s.own(t); l.ReadyAt == nil {
		t.Error("not ready although all is clear")
	}
}

// Letters about a plan greet their person by name, also where two days of leaving are planned on one day.
func TestPlanLettersNameTheirPerson(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	for n, days := range []int{10, 9} {
		if err := s.PlanDeparture(t.Context(), s.suparmi, new(dayAt(s.clock()).AddDate(0, 0, days))); err != nil {
			t.Fatal(err)
		}
		s.chore(t, s.RemindStarts)
		if got := s.letters(t, "plan_start_near"); got != n+1 {
			t.Errorf("%d letters after planning %d times on one day", got, n+1)
		}
	}
	in := OthersInput{State: Done, Source: "Kantor Imigrasi", On: dayAt(s.clock()), Version: s.item(t, "PASPOR").Item.Version}
	if err := s.RecordOthers(t.Context(), s.rina, s.suparmi.Ref, "PASPOR", in); err != nil {
		t.Fatal(err)
	}
	box, err := planBox()
	if err != nil {
		t.Fatal(err)
	}
	var letters []struct {
		ID     int64
		Sealed []byte
	}
	if err := s.sql.Raw("SELECT id, sealed FROM notices WHERE template LIKE 'plan%'").Scan(&letters).Error; err != nil || len(letters) < 3 {
		t.Fatalf("%d letters, %v", len(letters), err)
	}
	for _, l := range letters {
		plain, err := box.Unseal(l.Sealed, seal.At("notices", l.ID, "sealed"))
		if err != nil || !strings.Contains(string(plain), s.suparmi.Name) {
			t.Errorf("a letter without its person's name: %s, %v", plain, err)
		}
	}
}
