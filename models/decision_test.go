package models

import (
	"encoding/json"
	"errors"
	"reflect"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

// seen is what the world outside the desk can tell of an application.
func (s *testStore) seen(t *testing.T, a Application) string {
	t.Helper()
	u, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	v, err := s.OwnApplication(t.Context(), u, a.Ref)
	if err != nil {
		t.Fatal(err)
	}
	parts, err := s.MyData(t.Context(), u)
	if err != nil {
		t.Fatal(err)
	}
	for i, p := range parts { // their own copying is written down
		if p.Name == "looks" {
			parts[i].Rows = nil
		}
	}
	seats, err := s.seatsTaken(t.Context(), a.IntakeID)
	if err != nil {
		t.Fatal(err)
	}
	text, err := json.Marshal([]any{v.Application, v.Events, parts, s.rows(t, "notices"), seats})
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// waitingDecision is a file that can be decided in every way, and decisions wait ten minutes.
func waitingDecision(t *testing.T) (s *testStore, officer User, a Application) {
	t.Helper()
	s, officer, a = reviewing(t, nil, nil)
	s.announceAfter(t, 10)
	s.checkAll(t, officer, a)
	return s, officer, s.reload(t, a)
}

func (s *testStore) lastDecision(t *testing.T) (d DecisionRow) {
	t.Helper()
	if err := s.sql.Order("id DESC").Take(&d).Error; err != nil {
		t.Fatal(err)
	}
	return d
}

var everyDecision = map[ApplicationState]Decision{
	Verified:    {Outcome: Verified},
	NeedsFix:    {Outcome: NeedsFix, Fixes: []FixInput{{Target: "education", Reason: "needs_fix_x", Note: "Ijazah terbalik."}}},
	NotEligible: {Outcome: NotEligible, Reason: "not_eligible_x", Text: "Belum cukup umur."},
}

// Until it is announced, nobody outside the desk can tell that something was decided; at its instant the step is made once.
func TestF007DecisionIsKnownWhenItIsAnnounced(t *testing.T) {
	for state, d := range everyDecision {
		t.Run(string(state), func(t *testing.T) {
			s, officer, a := waitingDecision(t)
			before := s.seen(t, a)
			if err := s.Decide(t.Context(), officer, a.Ref, d); err != nil {
				t.Fatal(err)
			}
			if after := s.seen(t, a); after != before {
				t.Errorf("outside the desk something changed:\n%s\n%s", before, after)
			}
			row := s.lastDecision(t)
			jobs := s.rows(t, `river_job
				WHERE kind = 'announce_decision'
					AND (args ->> 'decision_id')::bigint = ?
					AND scheduled_at = ?`, row.ID, row.AnnouncedAt)
			if jobs != 1 {
				t.Errorf("%d jobs at its instant, want one", jobs)
			}
			s.pass(9 * time.Minute)
			if err := s.Announce(t.Context(), row.ID); !isTooEarly(err) {
				t.Errorf("a minute too early: %v", err)
			}
			s.pass(time.Minute)
			for range 2 {
				if err := s.Announce(t.Context(), row.ID); err != nil {
					t.Fatal(err)
				}
			}
			if got := s.reload(t, a); got.State != state || got.DecidedAt == nil || !got.DecidedAt.Equal(s.clock()) {
				t.Errorf("it became %s at %v", got.State, got.DecidedAt)
			}
			if n := s.rows(t, "application_events WHERE to_state = ?", state); n != 1 {
				t.Errorf("%d events, want one", n)
			}
			if err := s.Recall(t.Context(), officer, a.Ref); !errors.Is(err, ErrAnnounced) {
				t.Errorf("recalled afterwards: %v", err)
			}
		})
	}
}

func isTooEarly(err error) bool {
	_, is := errors.AsType[*record.TooEarly](err)
	return is
}

// A decision that was taken back leaves an event inside the desk, and the next one counts.
func TestF007RecalledDecisionLeavesOnlyTheDesksEvent(t *testing.T) {
	s, officer, a := waitingDecision(t)
	before := s.seen(t, a)
	if err := s.Decide(t.Context(), officer, a.Ref, everyDecision[NotEligible]); err != nil {
		t.Fatal(err)
	}
	row := s.lastDecision(t)
	for what, err := range map[string]error{
		"decided again": s.Decide(t.Context(), officer, a.Ref, everyDecision[Verified]),
		"put back":      s.Release(t.Context(), officer, a.Ref),
		"checked":       s.CheckIdentity(t.Context(), officer, a.Ref, allSame()...),
	} {
		if !errors.Is(err, ErrDecided) {
			t.Errorf("%s: %v", what, err)
		}
	}
	colleague := s.addUser(t, Officer, "joko")
	if err := s.Recall(t.Context(), colleague, a.Ref); err != nil {
		t.Fatal(err)
	}
	s.pass(time.Hour)
	if err := s.Announce(t.Context(), row.ID); err != nil {
		t.Fatal(err)
	}
	if after := s.seen(t, a); after != before {
		t.Errorf("something remained:\n%s\n%s", before, after)
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || len(f.Desk) != 2 || f.Desk[0].What != DeskRecalled || f.Desk[0].ActorName != colleague.Name || f.Pending != nil {
		t.Errorf("the desk sees %+v, %v", f.Desk, err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, everyDecision[Verified]); err != nil {
		t.Fatal(err)
	}
	s.pass(10 * time.Minute)
	all(t, s.AnnounceDue) // its own job was lost
	if got := s.reload(t, a); got.State != Verified {
		t.Errorf("it became %s", got.State)
	}
}

// Job, job again, the chore and a recall at once: it ends in one way.
func TestF007AnnouncingAndRecallingAtOnceEndsOnce(t *testing.T) {
	s, officer, a := waitingDecision(t)
	for round := range 12 {
		if err := s.Decide(t.Context(), officer, a.Ref, everyDecision[NeedsFix]); err != nil {
			t.Fatal(err)
		}
		row := s.lastDecision(t)
		due := s.sql.Exec(`UPDATE decisions
			SET decided_at = ?, announced_at = ?
			WHERE id = ?`, noon.Add(-time.Hour), s.clock(), row.ID)
		if due.Error != nil {
			t.Fatal(due.Error)
		}
		early := NewStore(record.New(s.sql, func() time.Time { return s.clock().Add(-time.Second) }, s.db.Box(), nil))
		acts := []func() error{
			func() error { return s.Announce(t.Context(), row.ID) },
			func() error { return s.Announce(t.Context(), row.ID) },
			func() error { return early.Recall(t.Context(), officer, a.Ref) },
		}
		var group sync.WaitGroup
		errs := make([]error, len(acts))
		for i, act := range acts {
			group.Go(func() { errs[i] = act() })
		}
		group.Wait()
		if errs[0] != nil || errs[1] != nil || errs[2] != nil && !errors.Is(errs[2], ErrAnnounced) {
			t.Fatal(errs)
		}
		done := s.reload(t, a).State == NeedsFix
		if recalled := errs[2] == nil; done == recalled {
			t.Fatalf("round %d: done %v, recalled %v", round, done, recalled)
		}
		want := 0
		if done {
			want = 1
		}
		if n := s.rows(t, "application_events WHERE to_state = 'needs_fix'"); n != want {
			t.Fatalf("round %d: %d events, want %d", round, n, want)
		}
		s.sql.Exec("DELETE FROM application_events WHERE to_state = 'needs_fix'")
		s.sql.Exec("DELETE FROM application_fixes")
		s.put(t, a, InReview, map[string]any{"assignee_id": officer.ID, "fix_by": nil})
	}
}

// What can no longer be done when its time comes ends with an event that the desk sees.
func TestF007DecisionAboutSomebodyWhoLeftIsVoid(t *testing.T) {
	s, officer, a := waitingDecision(t)
	u, err := s.User(t.Context(), a.SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	err = errors.Join(
		s.Decide(t.Context(), officer, a.Ref, everyDecision[Verified]),
		s.Withdraw(t.Context(), u, a.Ref, "withdraw_x", ""),
	)
	if err != nil {
		t.Fatal(err)
	}
	before := s.seen(t, a)
	s.pass(10 * time.Minute)
	if err := s.Announce(t.Context(), s.lastDecision(t).ID); err != nil {
		t.Fatal(err)
	}
	if after := s.seen(t, a); after != before {
		t.Errorf("something changed:\n%s\n%s", before, after)
	}
	row := s.lastDecision(t)
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || row.VoidAt == nil || len(f.Desk) != 2 || f.Desk[0].What != DeskVoid || f.Desk[0].Note != row.VoidWhy {
		t.Errorf("row %+v, the desk sees %+v, %v", row, f.Desk, err)
	}
}

// What is shown before the press is what then happens, and looking changes nothing.
func TestF007PreviewIsWhatHappens(t *testing.T) {
	for state, d := range everyDecision {
		s, officer, a := waitingDecision(t)
		before := s.seen(t, a)
		p, err := s.PreviewDecision(t.Context(), officer, a.Ref, d)
		if err != nil {
			t.Fatal(err)
		}
		if after := s.seen(t, a); after != before || s.rows(t, "decisions") != 0 {
			t.Errorf("looking changed something:\n%s\n%s", before, after)
		}
		if err := s.Decide(t.Context(), officer, a.Ref, d); err != nil {
			t.Fatal(err)
		}
		f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
		if err != nil || f.Pending == nil || f.Pending.State != state {
			t.Fatalf("the desk sees %+v, %v", f.Pending, err)
		}
		s.pass(10 * time.Minute)
		if err := s.Announce(t.Context(), s.lastDecision(t).ID); err != nil {
			t.Fatal(err)
		}
		got := s.reload(t, a)
		if p.State != got.State || p.ReasonText != got.ReasonText || !reflect.DeepEqual(p.FixBy == nil, got.FixBy == nil) {
			t.Errorf("shown %+v, became %+v", p.Application, got)
		}
	}
	s, officer, a := reviewing(t, nil, nil)
	if _, err := s.PreviewDecision(t.Context(), officer, a.Ref, everyDecision[Verified]); !errors.Is(err, ErrChecksOpen) {
		t.Errorf("before the checks: %v", err)
	}
}
