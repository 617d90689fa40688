package models

import (
	"context"
	"errors"
	"fmt"
	"sync"
	"testing"
	"time"
)

// waiting is a store with applications that wait for officers, oldest first.
func waiting(t *testing.T, n int) (s *testStore, list []Application) {
	t.Helper()
	s, u, in := applying(t, nil, nil)
	s.addReasons(t)
	for i := range n {
		if i > 0 {
			u = s.addReadySeeker(t, fmt.Sprintf("Pelamar %c", 'A'+i))
		}
		list = append(list, s.addSubmitted(t, u, in))
		s.pass(time.Minute)
	}
	return s, list
}

// Officers who ask at once get a file each, the oldest ones, and nobody hears of another's hurry; who comes when
// none waits is told so.
func TestOfficersTakeTheNextApplication(t *testing.T) {
	s, list := waiting(t, 6)
	const most = 5
	officers, refs, errs := make([]User, most), make([]string, most), make([]error, most)
	for i := range officers {
		officers[i] = s.addUser(t, Officer, fmt.Sprintf("petugas%d", i))
	}
	var start, wg sync.WaitGroup
	start.Add(1)
	for i, officer := range officers {
		wg.Go(func() {
			start.Wait()
			refs[i], errs[i] = s.TakeNextApplication(t.Context(), officer)
		})
	}
	start.Done()
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	holders := map[string]int64{}
	for i, ref := range refs {
		if _, twice := holders[ref]; twice {
			t.Errorf("%s was given twice", ref)
		}
		holders[ref] = officers[i].ID
	}
	for _, a := range list[:most] {
		now := s.reload(t, a)
		if holder, taken := holders[a.Ref]; !taken || now.State != InReview || now.AssigneeID == nil || *now.AssigneeID != holder {
			t.Errorf("%s is %s with %v, given to %d", a.Ref, now.State, now.AssigneeID, holder)
		}
		const taken = "application_events WHERE to_state = 'in_review' AND application_id = ? AND actor_id = ?"
		if n := s.rows(t, taken, a.ID, holders[a.Ref]); n != 1 {
			t.Errorf("%s: %d events", a.Ref, n)
		}
	}
	if n := s.rows(t, "audit_rows WHERE action = 'application_in_review'"); n != most {
		t.Errorf("%d rows in the trail, want %d", n, most)
	}
	last := s.addUser(t, Officer, "terakhir")
	if ref, err := s.TakeNextApplication(t.Context(), last); err != nil || ref != list[most].Ref {
		t.Errorf("the last one: %s, %v", ref, err)
	}
	if _, err := s.TakeNextApplication(t.Context(), last); !errors.Is(err, ErrNotFound) {
		t.Errorf("when none waits: %v", err)
	}
	if _, err := s.TakeNextApplication(t.Context(), s.addUser(t, Seeker, "bukan")); !errors.Is(err, ErrForbidden) {
		t.Errorf("a seeker: %v", err)
	}
}

// Nobody waits for a colleague whose press is still being written down: the next file is there at once.
func TestTakingTheNextWaitsForNobody(t *testing.T) {
	s, list := waiting(t, 2)
	officer := s.addUser(t, Officer, "rina")
	busy := s.sql.Begin()
	defer busy.Rollback()
	if err := busy.Exec("SELECT 1 FROM applications WHERE id = ? FOR NO KEY UPDATE", list[0].ID).Error; err != nil {
		t.Fatal(err)
	}
	ctx, cancel := context.WithTimeout(t.Context(), 5*time.Second)
	defer cancel()
	if ref, err := s.TakeNextApplication(ctx, officer); err != nil || ref != list[1].Ref {
		t.Errorf("got %q, %v; want the second, %s", ref, err, list[1].Ref)
	}
	if a := s.reload(t, list[0]); a.State != Submitted {
		t.Errorf("the first is %s", a.State)
	}
}

// A contested file is for another officer than who refused it, however long it waits.
func TestNextApplicationIsNobodysOwnDecision(t *testing.T) {
	s, list := waiting(t, 2)
	rina, joko := s.addUser(t, Officer, "rina"), s.addUser(t, Officer, "joko")
	s.put(t, list[0], Submitted, map[string]any{"contested_at": noon, "decided_by": rina.ID})
	if ref, err := s.TakeNextApplication(t.Context(), rina); err != nil || ref != list[1].Ref {
		t.Errorf("who refused it got %s, %v", ref, err)
	}
	if _, err := s.TakeNextApplication(t.Context(), rina); !errors.Is(err, ErrNotFound) {
		t.Errorf("who refused it, again: %v", err)
	}
	if ref, err := s.TakeNextApplication(t.Context(), joko); err != nil || ref != list[0].Ref {
		t.Errorf("a colleague got %s, %v", ref, err)
	}
}
