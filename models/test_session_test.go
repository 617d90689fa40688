package models

import (
	"errors"
	"testing"
	"time"

	"github.com/google/uuid"
)

// withSessions is an intake with sessions of these capacities, a day apart, and people who wait for an invitation.
func withSessions(t *testing.T, people int, capacities ...int) (
	s *testStore, in Intake, staff User, list []Application, sessions []SessionRow,
) {
	t.Helper()
	s, in, _ = selecting(t, 20)
	staff = s.staffFor(t, in)
	list = s.attended(t, in, people)
	for i, a := range list {
		list[i] = s.put(t, a, Verified, map[string]any{"first_submitted_at": s.clock().Add(time.Duration(i-100) * time.Hour)})
	}
	for i, capacity := range capacities {
		input := SessionInput{At: s.clock().Add(time.Duration(i+2) * 24 * time.Hour), Place: "Bengkel", Room: "A", Capacity: capacity}
		for range 2 { // the second press
			if err := s.AddTestSession(t.Context(), staff, in.Ref, input); err != nil {
				t.Fatal(err)
			}
		}
	}
	return s, in, staff, list, s.sessions(t, staff, in)
}

func (s *testStore) sessions(t testing.TB, staff User, in Intake) []SessionRow {
	t.Helper()
	_, _, list, err := s.TestSessions(t.Context(), staff, in.Ref)
	if err != nil {
		t.Fatal(err)
	}
	return list
}

// invites invites people in a way, as the page before it was shown.
func (s *testStore) invites(t testing.TB, staff User, in Intake, way string, list []Application) SelectionRun {
	t.Helper()
	refs := make([]string, len(list))
	for i, a := range list {
		refs[i] = a.Ref
	}
	check, err := s.CheckSelection(t.Context(), staff, in.Ref, SelectInvited, Chosen{Refs: refs})
	if err != nil {
		t.Fatal(err)
	}
	run, err := s.Select(t.Context(), staff, in.Ref, SelectionInput{
		Token: uuid.NewString(), Act: SelectInvited, Session: way, Seen: check.Seen, Chosen: Chosen{Refs: refs},
	})
	if err != nil || run.EndedAt == nil {
		t.Fatalf("%+v, %v", run, err)
	}
	return run
}

func (s *testStore) seeker(t testing.TB, a Application) User {
	t.Helper()
	u, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	return u
}

// People are spread over sessions in the order in which they applied, as the page before said, and who finds no place is
// named. Who has a place keeps it, and a session that changed meanwhile is asked about again.
func TestPeopleAreSpreadOverSessionsAsShown(t *testing.T) {
	s, in, staff, list, sessions := withSessions(t, 6, 2, 3)
	refs := []string{list[0].Ref, list[1].Ref, list[2].Ref, list[3].Ref, list[4].Ref, list[5].Ref}
	check, err := s.CheckSelection(t.Context(), staff, in.Ref, SelectInvited, Chosen{Refs: refs})
	if err != nil || len(check.Ways) != 4 {
		t.Fatalf("%+v, %v", check.Ways, err)
	}
	if w := check.Ways[0]; w.Way != SpreadByOrder || w.Shares[0].Count != 2 || w.Shares[1].Count != 3 || w.Without != 1 {
		t.Errorf("by order: %+v", w)
	}
	stale := SelectionInput{Token: uuid.NewString(), Act: SelectInvited, Session: SpreadByOrder, Seen: "x", Chosen: Chosen{Refs: refs}}
	if _, err := s.Select(t.Context(), staff, in.Ref, stale); !errors.Is(err, ErrStale) {
		t.Errorf("what was not shown: %v", err)
	}
	run := s.invites(t, staff, in, SpreadByOrder, list)
	if len(run.Failures) != 1 || run.Failures[0].Ref != list[5].Ref || run.Failures[0].Key != ErrSessionFull.Key {
		t.Errorf("failures %+v", run.Failures)
	}
	for i, a := range list[:5] {
		want := sessions[min(i/2, 1)]
		if now := s.reload(t, a); now.State != Invited || *now.SessionID != want.ID || !now.TestAt.Equal(want.StartsAt) ||
			now.TestPlace != "Bengkel, A" {
			t.Errorf("person %d: %+v", i, now)
		}
	}
	s.invites(t, staff, in, SpreadByOrder, list[:5])
	if letters, people := s.told(t, "application_invited"); letters != 5 || people != 5 {
		t.Errorf("%d letters to %d people", letters, people)
	}
}

// By schooling those of one level sit together, the lowest first.
func TestPeopleAreSpreadBySchooling(t *testing.T) {
	first, second := SessionRow{TestSession: TestSession{ID: 1, Capacity: 2}}, SessionRow{TestSession: TestSession{ID: 2, Capacity: 2}}
	people := []placed{{Ref: "a", LevelRank: 3}, {Ref: "b", LevelRank: 1}, {Ref: "c", LevelRank: 3}, {Ref: "d", LevelRank: 1}}
	p, w := spread(people, []SessionRow{first, second}, SpreadBySchool)
	got := map[string]int64{}
	for i, ref := range p.refs {
		got[ref] = p.sessions[i]
	}
	if got["b"] != 1 || got["d"] != 1 || got["a"] != 2 || got["c"] != 2 || w.Without != 0 {
		t.Errorf("%v, %+v", got, w)
	}
}

// Who cannot come gives up the place, and is offered the one next session with room, which one press takes.
func TestWhoCannotComeIsOfferedOneOtherSession(t *testing.T) {
	s, in, staff, list, sessions := withSessions(t, 3, 1, 1, 2)
	s.invites(t, staff, in, sessions[0].Ref, list[:1])
	s.invites(t, staff, in, sessions[1].Ref, list[1:2])
	u := s.seeker(t, list[0])
	see := func() ApplicationView {
		v, err := s.OwnApplication(t.Context(), u, list[0].Ref)
		if err != nil {
			t.Fatal(err)
		}
		return v
	}
	if v := see(); v.OtherSession != nil {
		t.Errorf("without asking %+v is offered", v.OtherSession)
	}
	for range 2 {
		if err := s.AnswerTest(t.Context(), u, list[0].Ref, AnswerCannot); err != nil {
			t.Fatal(err)
		}
	}
	if v := see(); v.OtherSession == nil || v.OtherSession.ID != sessions[2].ID {
		t.Fatalf("offered %+v", v.OtherSession)
	}
	s.invites(t, staff, in, sessions[0].Ref, list[2:]) // the place is somebody else's now
	if err := s.AnswerTest(t.Context(), u, list[0].Ref, AnswerComing); !errors.Is(err, ErrSessionFull) {
		t.Errorf("back to a full session: %v", err)
	}
	if err := s.TakeOtherSession(t.Context(), u, list[0].Ref, sessions[1].Ref); !errors.Is(err, ErrSessionFull) {
		t.Errorf("one that was not offered: %v", err)
	}
	for range 2 {
		if err := s.TakeOtherSession(t.Context(), u, list[0].Ref, sessions[2].Ref); err != nil {
			t.Fatal(err)
		}
	}
	now := s.reload(t, list[0])
	if *now.SessionID != sessions[2].ID || now.TestAnswer != AnswerComing || !now.TestAt.Equal(sessions[2].StartsAt) {
		t.Errorf("%+v", now)
	}
	if n := s.rows(t, "application_events WHERE application_id = ? AND kind IN ('cannot_come', 'moved')", now.ID); n != 2 {
		t.Errorf("%d events", n)
	}
	if err := s.AnswerTest(t.Context(), s.seeker(t, list[1]), list[0].Ref, AnswerComing); !errors.Is(err, ErrNotFound) {
		t.Errorf("somebody else: %v", err)
	}
}

// A change of time or place tells everybody who is invited, who answer anew; what touches nobody tells nobody. A cancelled
// session puts its people back among those who wait, with the reason. One of which presence was recorded stays.
func TestChangedAndCancelledSessionTellsItsPeople(t *testing.T) {
	s, in, staff, list, sessions := withSessions(t, 2, 5, 5)
	s.invites(t, staff, in, sessions[0].Ref, list)
	if err := s.AnswerTest(t.Context(), s.seeker(t, list[0]), list[0].Ref, AnswerComing); err != nil {
		t.Fatal(err)
	}
	input := SessionInput{At: sessions[0].StartsAt, Place: "Bengkel", Room: "A", Capacity: 4}
	change := func(version int) error {
		return s.ChangeTestSession(t.Context(), staff, in.Ref, sessions[0].Ref, version, input)
	}
	if err := change(1); err != nil {
		t.Fatal(err)
	}
	if letters, _ := s.told(t, "application_invited"); letters != 2 || s.reload(t, list[0]).TestAnswer != AnswerComing {
		t.Errorf("more room: %d letters", letters)
	}
	input.Capacity, input.Room = 1, "B"
	if err := change(2); !errors.Is(err, ErrSessionSmaller) {
		t.Errorf("less room than people: %v", err)
	}
	input.Capacity = 4
	if err := change(1); !errors.Is(err, ErrStale) {
		t.Errorf("of an older page: %v", err)
	}
	if err := change(2); err != nil {
		t.Fatal(err)
	}
	if letters, _ := s.told(t, "application_invited"); letters != 4 {
		t.Errorf("another room: %d letters", letters)
	}
	if now := s.reload(t, list[0]); now.TestPlace != "Bengkel, B" || now.TestAnswer != "" {
		t.Errorf("%+v", now)
	}
	cancel := func(reason string) error {
		return s.CancelTestSession(t.Context(), staff, in.Ref, sessions[0].Ref, 3, reason)
	}
	if err := cancel(" "); !errors.Is(err, ErrSessionReason) {
		t.Errorf("without a reason: %v", err)
	}
	for range 2 {
		if err := cancel("Ruang dipakai."); err != nil {
			t.Fatal(err)
		}
	}
	if letters, people := s.told(t, "application_test_cancelled"); letters != 2 || people != 2 {
		t.Errorf("%d letters to %d people", letters, people)
	}
	if now := s.reload(t, list[0]); now.State != Verified || now.SessionID != nil || now.TestAt != nil {
		t.Errorf("%+v", now)
	}
	s.invites(t, staff, in, sessions[1].Ref, list)
	s.pass(3 * 24 * time.Hour)
	if err := s.RecordDoor(t.Context(), staff, in.Ref, sessions[1].Ref, uuid.NewString(), nil); err != nil {
		t.Fatal(err)
	}
	if err := s.CancelTestSession(t.Context(), staff, in.Ref, sessions[1].Ref, 0, "x"); err == nil {
		t.Error("cancelled after presence was recorded")
	}
}

// The last place of a session is given once. The second person is seen waiting for the first one's lock on the intake; without
// that lock they would count the same free place.
func TestLastPlaceOfASessionIsGivenOnce(t *testing.T) {
	s, in, staff, list, sessions := withSessions(t, 2, 20, 1)
	s.invites(t, staff, in, sessions[0].Ref, list)
	users := make([]User, len(list))
	for i, a := range list {
		users[i] = s.seeker(t, a)
		if err := s.AnswerTest(t.Context(), users[i], a.Ref, AnswerCannot); err != nil {
			t.Fatal(err)
		}
	}
	locked, release := make(chan struct{}), make(chan struct{})
	first, second := make(chan error, 1), make(chan error, 1)
	go func() {
		first <- s.transact(t.Context(), "take the last place", func(tx *Store) error {
			held, a, err := tx.lockSeat(t.Context(), list[0].ID, 0)
			if err == nil {
				err = tx.inviteToTest(t.Context(), users[0], held, a, sessions[1].ID, nil)
			}
			close(locked)
			<-release
			return err
		})
	}()
	<-locked
	go func() { second <- s.TakeOtherSession(t.Context(), users[1], list[1].Ref, sessions[1].Ref) }()
	s.seeWaiting(t)
	close(release)
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	if err := <-second; !errors.Is(err, ErrSessionFull) {
		t.Errorf("the second: got %v, want %v", err, ErrSessionFull)
	}
	if row := s.sessions(t, staff, in)[1]; row.Taken != 1 || row.Free() != 0 {
		t.Errorf("%d are in it", row.Taken)
	}
}

// Presence is recorded for all of a session but those who are named, once for a list however often it comes; it is taken back
// until there are scores, and a list that was taken back does not come again.
func TestPresenceOfASessionIsRecordedAtOnce(t *testing.T) {
	s, in, staff, list, sessions := withSessions(t, 3, 5)
	s.announceAfter(t, 10)
	s.invites(t, staff, in, sessions[0].Ref, list)
	token := uuid.NewString()
	door := func(token string, absent ...int) error {
		return s.RecordDoor(t.Context(), staff, in.Ref, sessions[0].Ref, token, absent)
	}
	if err := door(token); err == nil {
		t.Error("recorded before its day")
	}
	s.pass(48 * time.Hour)
	absent := *s.reload(t, list[1]).SessionNumber
	for range 2 {
		if err := door(token, absent); err != nil {
			t.Fatal(err)
		}
	}
	if err := door(uuid.NewString()); !errors.Is(err, ErrDoorSaved) {
		t.Errorf("another list: %v", err)
	}
	s.stand(t, list, "attended", "invited", "attended")
	if d, err := s.pendingDecision(t.Context(), list[1].ID); err != nil || d == nil {
		t.Fatalf("absence does not wait: %+v, %v", d, err)
	}
	undo := func() error { return s.UndoDoor(t.Context(), staff, in.Ref, sessions[0].Ref) }
	for range 2 {
		if err := undo(); err != nil {
			t.Fatal(err)
		}
	}
	s.stand(t, list, "invited", "invited", "invited")
	if d, err := s.pendingDecision(t.Context(), list[1].ID); err != nil || d != nil {
		t.Errorf("absence waits still: %+v, %v", d, err)
	}
	if err := door(token, absent); err != nil || s.reload(t, list[0]).State != Invited {
		t.Errorf("a list that was taken back came again: %v", err)
	}
	if err := door(uuid.NewString()); err != nil {
		t.Fatal(err)
	}
	s.sql.Exec(`INSERT INTO intake_criteria (intake_id, position, name, weight, best) VALUES (?, 1, 'Tes', 1, 100)`, in.ID)
	s.sql.Exec(`INSERT INTO application_scores (application_id, criterion_id, score, given_by, at)
		SELECT ?, id, 1, ?, now() FROM intake_criteria`, list[0].ID, staff.ID)
	if err := undo(); !errors.Is(err, ErrDoorSettled) {
		t.Errorf("taken back with scores: %v", err)
	}
}
