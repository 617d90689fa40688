package models

import (
	"errors"
	"slices"
	"strings"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models/record"
)

// decides records an outcome for many, and gives those for whom it failed.
func (s *testStore) decides(t testing.TB, staff User, in Intake, act string, list []Application, why string) []SelectionFailure {
	t.Helper()
	refs := make([]string, len(list))
	for i, a := range list {
		refs[i] = a.Ref
	}
	run, err := s.Select(t.Context(), staff, in.Ref, SelectionInput{
		Token: uuid.NewString(), Act: act, Reason: act + "_x", Why: why, Chosen: Chosen{Refs: refs},
	})
	if err != nil || run.EndedAt == nil {
		t.Fatalf("%s: %+v, %v", act, run, err)
	}
	return run.Failures
}

// atTest is an intake of two seats whose people have been to the test, with these totals.
func atTest(t *testing.T, totals ...float64) (s *testStore, in Intake, staff User, list []Application) {
	t.Helper()
	s, in, _ = selecting(t, 2)
	s.addReasons(t)
	s.announceAfter(t, 10)
	staff = s.staffFor(t, in)
	list = s.attended(t, in, len(totals))
	if err := s.SetScoring(t.Context(), staff, in.Ref, 0, []Criterion{{Name: "Tes", Weight: 1, Best: 100}}, ptr(50.0)); err != nil {
		t.Fatal(err)
	}
	typed := make([][]float64, len(totals))
	for i, total := range totals {
		typed[i] = []float64{total}
	}
	if err := s.saves(t, staff, in, scores(list, typed...)); err != nil {
		t.Fatal(err)
	}
	return s, in, staff, list
}

// Until the moment of the intake nobody outside its desk sees anything; then all outcomes become known together: seats
// first, then reserves by their scores whatever order they were chosen in, then the others, each with one letter.
func TestOutcomesBecomeKnownTogether(t *testing.T) {
	s, in, staff, list := atTest(t, 90, 80, 60, 70, 40, 55)
	s.put(t, list[5], Invited, map[string]any{"test_at": s.clock().Add(-time.Hour)})
	before := make([]string, len(list))
	for i, a := range list {
		before[i] = s.seen(t, a)
	}
	for what, who := range map[string][]Application{
		RecordNotSelected: list[4:5], RecordReserve: {list[2], list[3]}, RecordAbsent: list[5:6], RecordAccepted: {list[1], list[0]},
	} {
		if failed := s.decides(t, staff, in, what, who, ""); len(failed) != 0 {
			t.Fatalf("%s: %+v", what, failed)
		}
	}
	check, err := s.CheckAnnouncement(t.Context(), staff, in.Ref)
	if err != nil || check.All() != 6 || check.Counts[RecordAccepted] != 2 || check.UndecidedAll != 0 {
		t.Fatalf("the check says %+v, %v", check.Counts, err)
	}
	if err := s.AskAnnouncement(t.Context(), staff, in.Ref, "5.1", nil); !errors.Is(err, ErrStale) {
		t.Errorf("announced what was not shown: %v", err)
	}
	if err := s.AskAnnouncement(t.Context(), staff, in.Ref, check.Seen, nil); err != nil {
		t.Fatal(err)
	}
	if err := s.AskAnnouncement(t.Context(), staff, in.Ref, check.Seen, nil); !errors.Is(err, ErrAnnouncing) {
		t.Errorf("announced twice: %v", err)
	}
	n, err := s.announcing(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	if _, err := s.AnnounceNext(t.Context(), n.ID); !isTooEarly(err) {
		t.Errorf("before its moment: %v", err)
	}
	for i, a := range list {
		if s.seen(t, a) != before[i] {
			t.Errorf("person %d sees something before the announcement", i)
		}
	}
	s.pass(10 * time.Minute)
	s.worksAnnouncement(t, in)
	s.stand(t, list, "accepted", "accepted", "reserve 2", "reserve 1", "not_selected", "absent")
	for template, want := range map[string]int64{
		"application_accepted": 2, "application_reserve": 2, "application_not_selected": 1, "application_absent": 1,
	} {
		if letters, people := s.told(t, template); letters != want || people != want {
			t.Errorf("%s: %d letters to %d people", template, letters, people)
		}
	}
	if n := s.rows(t, "announcements WHERE done_at IS NOT NULL"); n != 1 {
		t.Errorf("%d announcements are done", n)
	}
	if err := s.RecallFor(t.Context(), staff, list[0].Ref, "x"); !errors.Is(err, ErrAnnounced) {
		t.Errorf("taken back afterwards: %v", err)
	}
}

// An announcement can lie ahead, not before the day of which people were told, and be taken back until its moment.
func TestAnnouncementLiesAheadAndIsTakenBack(t *testing.T) {
	s, in, staff, list := atTest(t, 90, 80, 70, 60)
	if err := s.AskAnnouncement(t.Context(), staff, in.Ref, "0.0", nil); !errors.Is(err, ErrNothingToAnnounce) {
		t.Errorf("nothing: %v", err)
	}
	day := record.DayOf(s.clock()).Plus(9)
	if err := s.sql.Exec("UPDATE intakes SET announce_on = ? WHERE id = ?", day.Date(), in.ID).Error; err != nil {
		t.Fatal(err)
	}
	s.decides(t, staff, in, RecordAccepted, list[:1], "")
	check, err := s.CheckAnnouncement(t.Context(), staff, in.Ref)
	if err != nil || check.UndecidedAll != 3 || len(check.Undecided) != 3 {
		t.Fatalf("%d wait without an outcome, %v", check.UndecidedAll, err)
	}
	ask := func(at time.Time) error { return s.AskAnnouncement(t.Context(), staff, in.Ref, check.Seen, &at) }
	for name, at := range map[string]time.Time{"in the past": s.clock().Add(-time.Hour), "before the day": s.clock().Add(time.Hour)} {
		if err := ask(at); len(record.RefusalsIn(err)) != 1 {
			t.Errorf("%s: %v", name, err)
		}
	}
	if err := ask(day.Start().Add(9 * time.Hour)); err != nil {
		t.Fatal(err)
	}
	s.decides(t, staff, in, RecordNotSelected, list[3:], "") // after it was asked for
	s.pass(48 * time.Hour)
	viewer := staff
	viewer.MaySelect = false
	if err := s.TakeBackAnnouncement(t.Context(), viewer, in.Ref); !errors.Is(err, ErrForbidden) {
		t.Errorf("without the right: %v", err)
	}
	if err := s.TakeBackAnnouncement(t.Context(), staff, in.Ref); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeBackAnnouncement(t.Context(), staff, in.Ref); !errors.Is(err, ErrNoAnnouncement) {
		t.Errorf("twice: %v", err)
	}
	if check, err = s.CheckAnnouncement(t.Context(), staff, in.Ref); err != nil || check.All() != 2 {
		t.Fatalf("%d wait, %v", check.All(), err)
	}
}

// What is decided after an announcement was asked for waits for the next; after the first a single outcome has its own
// ten minutes.
func TestLaterOutcomesWaitForTheNextAnnouncement(t *testing.T) {
	s, in, staff, list := atTest(t, 90, 80, 70, 60)
	s.decides(t, staff, in, RecordAccepted, list[:1], "")
	moment := s.clock().Add(72 * time.Hour)
	check, err := s.CheckAnnouncement(t.Context(), staff, in.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AskAnnouncement(t.Context(), staff, in.Ref, check.Seen, &moment); err != nil {
		t.Fatal(err)
	}
	s.decides(t, staff, in, RecordNotSelected, list[3:], "")
	s.setNow(moment)
	if err := s.TakeBackAnnouncement(t.Context(), staff, in.Ref); !errors.Is(err, ErrNoAnnouncement) {
		t.Errorf("at its moment: %v", err)
	}
	all(t, s.AnnounceIntakes) // its own job was lost
	all(t, s.AnnounceIntakes)
	s.stand(t, list, "accepted", "attended", "attended", "attended")
	s.announcesIntake(t, staff, in) // the second announcement of the intake
	s.stand(t, list, "accepted", "attended", "attended", "not_selected")
	s.records(t, staff, RecordAccepted, list[1])
	if d := s.lastDecision(t); d.AnnouncedAt == nil || !d.AnnouncedAt.Equal(s.clock().Add(10*time.Minute)) {
		t.Errorf("a single one later is announced at %v", d.AnnouncedAt)
	}
}

// Who is accepted before others with more points, or below the pass mark, is so for a written reason, which is kept and
// shown; those who are accepted together are not ahead of each other.
func TestAcceptanceOutOfOrderNeedsAReason(t *testing.T) {
	s, in, staff, list := atTest(t, 90, 80, 70, 40)
	if failed := s.decides(t, staff, in, RecordAccepted, list[1:2], ""); len(failed) != 1 || failed[0].Key != ErrOutOfOrder.Key {
		t.Errorf("past somebody with more points: %+v", failed)
	}
	choose := func(list ...Application) []string {
		check, err := s.CheckSelection(t.Context(), staff, in.Ref, RecordAccepted, Chosen{Refs: refsOf(list)})
		if err != nil {
			t.Fatal(err)
		}
		return refsOf(applicationsOf(check.Outside))
	}
	if outside := choose(list[1], list[3]); !slices.Equal(outside, refsOf([]Application{list[1], list[3]})) {
		t.Errorf("out of order are %v", outside)
	}
	if outside := choose(list[0], list[1]); len(outside) != 0 {
		t.Errorf("the first two are out of order: %v", outside)
	}
	if failed := s.decides(t, staff, in, RecordAccepted, []Application{list[1], list[0]}, ""); len(failed) != 0 {
		t.Errorf("the first two: %+v", failed)
	}
	if err := s.RecallFor(t.Context(), staff, list[0].Ref, "Mundur."); err != nil {
		t.Fatal(err)
	}
	if failed := s.decides(t, staff, in, RecordAccepted, list[3:], "Satu-satunya dari kecamatan ini."); len(failed) != 0 {
		t.Errorf("with a reason: %+v", failed)
	}
	s.announcesIntake(t, staff, in)
	s.stand(t, list, "attended", "accepted", "attended", "accepted")
	a, _, _, err := s.Applicant(t.Context(), staff, list[3].Ref)
	if err != nil || !strings.HasPrefix(a.Why, "Satu-satunya") {
		t.Errorf("the reason reads %q, %v", a.Why, err)
	}
}

func refsOf(list []Application) (refs []string) {
	for _, a := range list {
		refs = append(refs, a.Ref)
	}
	return refs
}

func applicationsOf(list []Applicant) (all []Application) {
	for _, a := range list {
		all = append(all, a.Application)
	}
	return all
}

// Two members of staff who accept somebody at once give the last seat once, though it is promised alone.
func TestLastSeatIsPromisedOnce(t *testing.T) {
	s, in, staff, list := atTest(t, 70, 70, 70)
	s.sql.Exec("UPDATE intakes SET quota = 1 WHERE id = ?", in.ID)
	var group sync.WaitGroup
	failed := make([][]SelectionFailure, len(list))
	for i := range list {
		group.Go(func() { failed[i] = s.decides(t, staff, in, RecordAccepted, list[i:i+1], "Seri.") })
	}
	group.Wait()
	full := 0
	for _, f := range failed {
		if len(f) == 1 && f[0].Key == ErrQuotaFull.Key {
			full++
		}
	}
	if full != 2 || s.rows(t, "decisions") != 1 {
		t.Errorf("%d were refused of three for one seat, %d promised", full, s.rows(t, "decisions"))
	}
}

// Job, job again, the chore and a taking back at once: the outcomes become known once, or not at all.
func TestAnnouncingAndTakingBackAtOnceEndsOnce(t *testing.T) {
	s, in, staff, list := atTest(t, 90, 80, 70, 60)
	s.decides(t, staff, in, RecordAccepted, list[:2], "")
	s.decides(t, staff, in, RecordReserve, list[2:], "")
	check, err := s.CheckAnnouncement(t.Context(), staff, in.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AskAnnouncement(t.Context(), staff, in.Ref, check.Seen, nil); err != nil {
		t.Fatal(err)
	}
	n, err := s.announcing(t.Context(), in.ID)
	if err != nil {
		t.Fatal(err)
	}
	s.pass(10 * time.Minute)
	early := NewStore(record.New(s.sql, func() time.Time { return n.AnnouncesAt.Add(-time.Second) }, s.db.Box(), nil))
	acts := []func() error{
		func() error { _, err := s.AnnounceNext(t.Context(), n.ID); return err },
		func() error { _, err := s.AnnounceNext(t.Context(), n.ID); return err },
		func() error { _, err := s.AnnounceIntakes(t.Context()); return err },
		func() error { return early.TakeBackAnnouncement(t.Context(), staff, in.Ref) },
	}
	errs := make([]error, len(acts))
	var group sync.WaitGroup
	for i, act := range acts {
		group.Go(func() { errs[i] = act() })
	}
	group.Wait()
	if err := errors.Join(errs[:3]...); err != nil {
		t.Fatal(err)
	}
	events := s.rows(t, "application_events WHERE to_state IN ('accepted', 'reserve')")
	if errs[3] == nil { // what was told before that stays told; nothing more is
		if waiting := s.rows(t, "decisions WHERE announced_at IS NULL AND announcement_id IS NULL"); waiting+events != 4 {
			t.Errorf("%d told, %d wait", events, waiting)
		}
		return
	}
	if events != 4 || !errors.Is(errs[3], ErrNoAnnouncement) {
		t.Errorf("%d told, taken back: %v", events, errs[3])
	}
	s.stand(t, list, "accepted", "accepted", "reserve 1", "reserve 2")
}
