package models

import (
	"errors"
	"testing"
	"time"
)

// A colleague's file is taken over for a reason that the desk reads, and not over a decision that waits.
func TestF226FileIsTakenOverWithAReason(t *testing.T) {
	s, officer, a := waitingDecision(t)
	colleague := s.addUser(t, Officer, "joko")
	if err := s.TakeOver(t.Context(), colleague, a.Ref, "  "); !errors.Is(err, ErrTakeOverReason) {
		t.Errorf("without a reason: %v", err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, everyDecision[NotEligible]); err != nil {
		t.Fatal(err)
	}
	if err := s.TakeOver(t.Context(), colleague, a.Ref, "Rina cuti."); !errors.Is(err, ErrDecided) {
		t.Errorf("over a decision: %v", err)
	}
	if err := errors.Join(s.Recall(t.Context(), colleague, a.Ref), s.TakeOver(t.Context(), colleague, a.Ref, "Rina cuti.")); err != nil {
		t.Fatal(err)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, everyDecision[NotEligible]); !errors.Is(err, ErrTaken) {
		t.Errorf("who had it decides: %v", err)
	}
	f, err := s.ReviewApplication(t.Context(), colleague, a.Ref)
	if err != nil || f.Assignee != colleague.Name || f.Desk[0].What != DeskTakenOver || f.Desk[0].Note != "Rina cuti." {
		t.Errorf("the desk sees %s %+v, %v", f.Assignee, f.Desk, err)
	}
}

// A hold ends after the hours that are set; one with a decision that waits does not.
func TestF226HoldLapses(t *testing.T) {
	s, officer, a := waitingDecision(t)
	s.pass(71 * time.Hour)
	all(t, s.ExpireHolds)
	if got := s.reload(t, a); got.State != InReview {
		t.Fatalf("after 71 hours it is %s", got.State)
	}
	if err := s.Decide(t.Context(), officer, a.Ref, everyDecision[Verified]); err != nil {
		t.Fatal(err)
	}
	s.pass(2 * time.Hour)
	all(t, s.ExpireHolds)
	if got := s.reload(t, a); got.State != InReview {
		t.Fatalf("with a decision it is %s", got.State)
	}
	row := s.lastDecision(t)
	if err := s.sql.Exec("UPDATE decisions SET void_at = now(), void_why = 'x' WHERE id = ?", row.ID).Error; err != nil {
		t.Fatal(err)
	}
	all(t, s.ExpireHolds)
	if got := s.reload(t, a); got.State != Submitted || got.AssigneeID != nil {
		t.Errorf("after 73 hours it is %s of %v", got.State, got.AssigneeID)
	}
}
