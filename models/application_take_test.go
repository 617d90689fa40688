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
			refs[i], errs[i] = s.TakeNextApplication(t.Context(), officer, QueueFilter{})
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
	if ref, err := s.TakeNextApplication(t.Context(), last, QueueFilter{}); err != nil || ref != list[most].Ref {
		t.Errorf("the last one: %s, %v", ref, err)
	}
	if _, err := s.TakeNextApplication(t.Context(), s.addUser(t, Officer, "terlambat"), QueueFilter{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("when none waits: %v", err)
	}
	if _, err := s.TakeNextApplication(t.Context(), s.addUser(t, Seeker, "bukan"), QueueFilter{}); !errors.Is(err, ErrForbidden) {
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
	if ref, err := s.TakeNextApplication(ctx, officer, QueueFilter{}); err != nil || ref != list[1].Ref {
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
	if ref, err := s.TakeNextApplication(t.Context(), rina, QueueFilter{}); err != nil || ref != list[1].Ref {
		t.Errorf("who refused it got %s, %v", ref, err)
	}
	s.put(t, list[1], Verified, nil)
	if _, err := s.TakeNextApplication(t.Context(), rina, QueueFilter{}); !errors.Is(err, ErrNotFound) {
		t.Errorf("who refused it, again: %v", err)
	}
	if ref, err := s.TakeNextApplication(t.Context(), joko, QueueFilter{}); err != nil || ref != list[0].Ref {
		t.Errorf("a colleague got %s, %v", ref, err)
	}
}

// An officer's own open file comes before another one is given, but not one whose decision waits to be announced; and
// several presses at once are one.
func TestF229OwnOpenFileComesFirst(t *testing.T) {
	s, list := waiting(t, 3)
	rina := s.addUser(t, Officer, "rina")
	refs, errs := make([]string, 5), make([]error, 5)
	var wg sync.WaitGroup
	for i := range refs {
		wg.Go(func() { refs[i], errs[i] = s.TakeNextApplication(t.Context(), rina, QueueFilter{Regency: "31.74"}) })
	}
	wg.Wait()
	if err := errors.Join(errs...); err != nil {
		t.Fatal(err)
	}
	for _, ref := range refs {
		if ref != list[0].Ref {
			t.Errorf("five presses gave %q, want %s each time", refs, list[0].Ref)
		}
	}
	if n := s.rows(t, "applications WHERE state = 'in_review'"); n != 1 {
		t.Errorf("%d files are taken", n)
	}
	s.announceAfter(t, 10)
	d := Decision{Outcome: NotEligible, Reason: "not_eligible_x", Text: "x"}
	if err := s.Decide(t.Context(), rina, list[0].Ref, d); err != nil {
		t.Fatal(err)
	}
	if ref, err := s.TakeNextApplication(t.Context(), rina, QueueFilter{}); err != nil || ref != list[1].Ref {
		t.Errorf("after deciding: %s, %v, want %s", ref, err, list[1].Ref)
	}
}

// A second press waits for the first of the same officer to be written down and leads to that file; without the lock on
// the officer's row it would pass over the file that is just being taken, and give another.
func TestF229SecondPressWaitsForTheFirst(t *testing.T) {
	s, list := waiting(t, 2)
	rina := s.addUser(t, Officer, "rina")
	first := s.sql.Begin()
	defer first.Rollback()
	for _, lock := range []string{
		"SELECT 1 FROM users WHERE id = @officer FOR NO KEY UPDATE",
		"UPDATE applications SET state = 'in_review', assignee_id = @officer WHERE id = @file",
	} {
		if err := first.Exec(lock, map[string]any{"officer": rina.ID, "file": list[0].ID}).Error; err != nil {
			t.Fatal(err)
		}
	}
	var ref string
	var err error
	done := make(chan struct{})
	go func() {
		defer close(done)
		ref, err = s.TakeNextApplication(t.Context(), rina, QueueFilter{})
	}()
	s.seeWaiting(t)
	if commit := first.Commit().Error; commit != nil {
		t.Fatal(commit)
	}
	<-done
	if err != nil || ref != list[0].Ref {
		t.Errorf("the second press gave %s, %v, want %s", ref, err, list[0].Ref)
	}
	if n := s.rows(t, "applications WHERE assignee_id = ?", rina.ID); n != 1 {
		t.Errorf("%d files are taken", n)
	}
}

// The next file is within the officer's filter, and a filter without any says so though others wait.
func TestF229NextFileIsWithinTheFilter(t *testing.T) {
	s, list := waiting(t, 2)
	err := s.sql.Exec(`UPDATE addresses
		SET regency_code = '31.75'
		WHERE user_id = ? AND kind = 'ktp'`, list[1].SeekerID).Error
	if err != nil {
		t.Fatal(err)
	}
	for i, tt := range []struct {
		filter QueueFilter
		want   string
	}{
		{QueueFilter{Regency: "31.75", Sector: "x-tidak-ada"}, ""},
		{QueueFilter{Regency: "31.75", State: Verified}, list[1].Ref},
		{QueueFilter{Regency: "31.75"}, ""},
		{QueueFilter{}, list[0].Ref},
	} {
		officer := s.addUser(t, Officer, fmt.Sprintf("petugas%d", i))
		ref, err := s.TakeNextApplication(t.Context(), officer, tt.filter)
		if ref != tt.want || tt.want == "" && !errors.Is(err, ErrNotFound) || tt.want != "" && err != nil {
			t.Errorf("%+v: %q, %v, want %q", tt.filter, ref, err, tt.want)
		}
	}
}
