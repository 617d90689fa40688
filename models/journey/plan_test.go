package journey

import (
	"errors"
	"fmt"
	"testing"
	"time"

	"naikkelas/models/record"
)

// Reminders of papers that end come 90, 30 and 7 days before, once each; with a certificate that is left to its own reminder.
func TestItemEndIsToldThreeTimes(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	s.certificate(t, s.suparmi, "BNSP", new(dayAt(s.clock()).AddDate(0, 0, 100)))
	in := ItemInput{State: Done, Expires: new(dayAt(s.clock()).AddDate(0, 0, 100)), Version: s.item(t, "PASPOR").Item.Version}
	if err := s.Record(t.Context(), s.suparmi, "PASPOR", in); err != nil {
		t.Fatal(err)
	}
	was := 0
	for _, step := range []struct{ day, want int }{{9, 0}, {10, 1}, {11, 1}, {69, 1}, {70, 2}, {92, 2}, {93, 3}, {100, 3}, {101, 3}} {
		s.days(step.day - was)
		was = step.day
		s.chore(t, s.RemindItems)
		if n := s.letters(t, "plan_expiring"); n != step.want {
			t.Errorf("after %d days: %d letters, want %d", step.day, n, step.want)
		}
	}
	s.chore(t, s.CountPlans)
	if line := s.item(t, "PASPOR"); line.Item.State != Expired || s.letters(t, "plan_expired") != 2 { // and the certificate
		t.Errorf("%s, told %d times", line.Item.State, s.letters(t, "plan_expired"))
	}
}

// The latest start is told of once when it comes near and once when it has passed; another day of leaving begins anew.
func TestLatestStartIsToldOnce(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	plan := func(days int) {
		t.Helper()
		if err := s.PlanDeparture(t.Context(), s.suparmi, new(dayAt(s.clock()).AddDate(0, 0, days))); err != nil {
			t.Fatal(err)
		}
	}
	told := func() string {
		t.Helper()
		s.chore(t, s.RemindStarts)
		s.chore(t, s.RemindStarts)
		return fmt.Sprint(s.letters(t, "plan_start_near"), s.letters(t, "plan_start_late"))
	}
	plan(40) // the passport has to begin by 21 December, the visa by the 25th
	for _, step := range []struct {
		days int
		want string
	}{{0, "0 0"}, {10, "0 0"}, {10, "1 0"}, {0, "1 0"}, {7, "2 1"}, {3, "2 1"}, {1, "2 2"}, {9, "2 2"}} {
		s.days(step.days)
		if got := told(); got != step.want {
			t.Errorf("at %s: %s letters, want %s", s.clock().Format(time.DateOnly), got, step.want)
		}
	}
	plan(21) // now by 11 and 15 January
	s.days(1)
	if got := told(); got != "3 2" {
		t.Errorf("with another day: %s letters", got)
	}
}

// A new rule counts for who opens the page and, by the chore, for everybody else; what was done stays, also when no rule names
// it any more.
func TestCountsFollowTheRules(t *testing.T) {
	s := planned(t, paper("KTP"), paper("PASPOR"))
	for _, key := range []string{"KTP", "PASPOR"} {
		if err := s.Record(t.Context(), s.suparmi, key, ItemInput{State: Done, Version: s.item(t, key).Item.Version}); err != nil {
			t.Fatal(err)
		}
	}
	row := func() string {
		t.Helper()
		var p Plan
		if err := s.sql.Take(&p).Error; err != nil {
			t.Fatal(err)
		}
		return fmt.Sprint(p.Done, " of ", p.Needed, ", ready ", p.ReadyAt != nil)
	}
	if got := row(); got != "2 of 2, ready true" {
		t.Errorf("at first %s", got)
	}
	s.rule(t, paper("PASPOR"), paper("VISA_KERJA"))
	s.days(1)
	s.chore(t, s.CountPlans)
	if got := row(); got != "1 of 2, ready false" {
		t.Errorf("after the chore %s", got)
	}
	if line := s.item(t, "KTP"); !line.Kept || line.Item.State != Done || line.Name.ID != "KTP" {
		t.Errorf("%+v", line)
	}
	s.rule(t, paper("KTP"), paper("PASPOR"))
	if l := s.own(t); l.Done != 2 || row() != "2 of 2, ready true" {
		t.Errorf("after the page %s", row())
	}
}

// A rule that changes shows the old and the new until the person has read it.
func TestChangeOfARuleShowsUntilItIsRead(t *testing.T) {
	passport := paper("PASPOR").lasting(4, true)
	s := planned(t, passport)
	s.rule(t, passport.lasting(9, true))
	if line := s.item(t, "PASPOR"); len(line.Changed) != 1 || line.Changed[0] != "days" || *line.Item.Seen.DaysMax != 4 {
		t.Errorf("%v, %+v", line.Changed, line.Item.Seen)
	}
	if err := s.SawChange(t.Context(), s.suparmi, "PASPOR"); err != nil {
		t.Fatal(err)
	}
	if line := s.item(t, "PASPOR"); len(line.Changed) != 0 {
		t.Errorf("still %v", line.Changed)
	}
}

// Who leaves again starts from what still holds, and the return is over.
func TestNextPlanStartsFromWhatHolds(t *testing.T) {
	s := planned(t, paper("PASPOR"), paper("VISA_KERJA"), paper("KTP"))
	for key, expires := range map[string]*time.Time{
		"PASPOR": new(dayAt(s.clock()).AddDate(4, 0, 0)), "VISA_KERJA": new(dayAt(s.clock()).AddDate(0, 0, 20)), "KTP": nil,
	} {
		in := ItemInput{State: Done, Expires: expires, Number: "X1234567", Version: s.item(t, key).Item.Version}
		if err := s.Record(t.Context(), s.suparmi, key, in); err != nil {
			t.Fatal(err)
		}
	}
	if err := s.ClosePlan(t.Context(), s.suparmi, s.own(t).Version); err != nil {
		t.Fatal(err)
	}
	if _, err := s.OwnPlan(t.Context(), s.suparmi); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a closed plan: %v", err)
	}
	err := s.sql.Exec(`INSERT INTO homecomings (ref, user_id, returned_on, recorded_by, recorded_at)
		VALUES ('PL-1', ?, '2026-11-01', ?, now())`, s.suparmi.ID, s.suparmi.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	s.days(60)
	if err := s.Choose(t.Context(), s.suparmi, Way{Route: "RE_ENTRY", Country: "KR"}); err != nil {
		t.Fatal(err)
	}
	if n := s.count(t, "homecomings WHERE closed_at IS NULL"); n != 0 {
		t.Error("the return goes on")
	}
	for key, want := range map[string]ItemState{"PASPOR": Done, "VISA_KERJA": NotYet, "KTP": Done} {
		if line := s.item(t, key); line.Item.State != want {
			t.Errorf("%s is %s", key, line.Item.State)
		}
	}
	if line := s.item(t, "PASPOR"); line.Item.Number != "X1234567" {
		t.Errorf("its number is %q", line.Item.Number)
	}
}

// Questions are kept; one that no rule asks is refused.
func TestAnswersAreKept(t *testing.T) {
	ask := paper("AKTA_LAHIR")
	ask.Grade, ask.Ask = ToAsk, []string{"IMIGRASI_MINTA"}
	s := planned(t, ask)
	if l := s.own(t); l.Needed != 0 || len(l.Questions) != 1 || l.Startable[0].Ask[0] != "IMIGRASI_MINTA" {
		t.Errorf("%d needed, %v asked", l.Needed, l.Questions)
	}
	if err := s.AnswerFacts(t.Context(), s.suparmi, map[string]Answer{"lain": Yes}); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("a question of nobody: %v", err)
	}
	if err := s.AnswerFacts(t.Context(), s.suparmi, map[string]Answer{"IMIGRASI_MINTA": "maybe"}); !errors.Is(err, ErrAnswer) {
		t.Errorf("an answer of nobody: %v", err)
	}
	for _, answer := range []Answer{Unknown, Unknown, Yes} {
		if err := s.AnswerFacts(t.Context(), s.suparmi, map[string]Answer{"IMIGRASI_MINTA": answer}); err != nil {
			t.Fatal(err)
		}
	}
	if l := s.own(t); l.Needed != 1 {
		t.Errorf("%d needed after yes", l.Needed)
	}
	if n := s.count(t, "readiness_answers WHERE says = 'yes'"); n != 1 || s.count(t, "readiness_answers") != 1 {
		t.Errorf("%d say yes", n)
	}
}

// The private address of a calendar is shown once, known by its hash, names nothing, and ends when it is renewed or revoked.
func TestCalendarAddress(t *testing.T) {
	s := planned(t, koreaNeeds()...)
	if err := s.PlanDeparture(t.Context(), s.suparmi, new(dayAt(s.clock()).AddDate(0, 0, 90))); err != nil {
		t.Fatal(err)
	}
	first, err := s.MakeCalendar(t.Context(), s.suparmi)
	if err != nil {
		t.Fatal(err)
	}
	days, language, err := s.Calendar(t.Context(), first)
	if err != nil || language != "id" || len(days) != 3 { // passport, visa, leaving
		t.Fatalf("%+v %s %v", days, language, err)
	}
	second, err := s.MakeCalendar(t.Context(), s.suparmi)
	if err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Calendar(t.Context(), first); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the older address: %v", err)
	}
	if n := s.count(t, "calendar_feeds WHERE token_hash = ?", []byte(second)); n != 0 {
		t.Error("the address lies open")
	}
	if err := s.EndCalendar(t.Context(), s.suparmi); err != nil {
		t.Fatal(err)
	}
	if _, _, err := s.Calendar(t.Context(), second); !errors.Is(err, record.ErrNotFound) {
		t.Errorf("the revoked address: %v", err)
	}
}
