package models

import (
	"context"
	"errors"
	"testing"
	"time"
)

// announces carries out what is due.
func (s *testStore) announces(t *testing.T) {
	t.Helper()
	all(t, s.AnnounceDue)
}

// announcesIntake announces what waits in an intake, as staff and the job do.
func (s *testStore) announcesIntake(t testing.TB, staff User, in Intake) {
	t.Helper()
	check, err := s.CheckAnnouncement(t.Context(), staff, in.Ref)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.AskAnnouncement(t.Context(), staff, in.Ref, check.Seen, nil); err != nil {
		t.Fatal(err)
	}
	s.pass(time.Duration(check.Minutes) * time.Minute)
	s.worksAnnouncement(t, in)
}

// worksAnnouncement does what the job of the open announcement of an intake does.
func (s *testStore) worksAnnouncement(t testing.TB, in Intake) {
	t.Helper()
	n, err := s.announcing(t.Context(), in.ID)
	if err != nil || n == nil {
		t.Fatalf("no announcement: %v", err)
	}
	all(t, func(ctx context.Context) (bool, error) { return s.AnnounceNext(ctx, n.ID) })
}

// F081: what an institution records waits like an officer's decision: nobody outside its desk sees anything of it, it
// can be taken back, and meanwhile its seat is given to nobody else.
func TestF081InstitutionsOutcomesWaitAndAreTakenBack(t *testing.T) {
	s, in, _ := selecting(t, 1)
	s.addReasons(t)
	staff := s.staffFor(t, in)
	list := s.attended(t, in, 2)
	s.announceAfter(t, 10)
	before := s.seen(t, list[0])
	s.records(t, staff, RecordAccepted, list[0])
	if s.seen(t, list[0]) != before {
		t.Error("an acceptance is seen before it is announced")
	}
	if err := s.Record(t.Context(), staff, list[1].Ref, Outcome{What: RecordAccepted}); !errors.Is(err, ErrQuotaFull) {
		t.Errorf("the promised seat is given again: %v", err)
	}
	if err := s.Record(t.Context(), staff, list[0].Ref, Outcome{What: RecordReserve}); !errors.Is(err, ErrDecided) {
		t.Errorf("recorded twice: %v", err)
	}
	if a, _, _, err := s.Applicant(t.Context(), staff, list[0].Ref); err != nil || a.Pending != RecordAccepted || a.PendingAt != nil {
		t.Errorf("the desk sees %q at %v, %v", a.Pending, a.PendingAt, err)
	}
	if err := s.RecallFor(t.Context(), s.addUser(t, Officer, "joko"), list[0].Ref, "x"); !errors.Is(err, ErrForbidden) {
		t.Errorf("an officer takes it back: %v", err)
	}
	elsewhere := s.attended(t, s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil), 1)
	if err := s.RecallFor(t.Context(), s.staffOf(t, elsewhere[0]), list[0].Ref, "x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another institution takes it back: %v", err)
	}
	if err := s.Recall(t.Context(), staff, list[0].Ref); !errors.Is(err, ErrRecallReason) {
		t.Errorf("taken back without a reason: %v", err)
	}
	if err := s.RecallFor(t.Context(), staff, list[0].Ref, "Salah orang."); err != nil {
		t.Fatal(err)
	}
	if n := s.rows(t, "desk_events WHERE what = 'recalled' AND note LIKE '%Salah orang.'"); n != 1 {
		t.Errorf("the desk's history says it %d times", n)
	}
	s.pass(time.Hour)
	s.announces(t)
	if s.seen(t, list[0]) != before {
		t.Error("what was taken back is seen")
	}
	s.records(t, staff, RecordNotSelected, list[0])
	s.records(t, staff, RecordAccepted, list[1])
	s.announcesIntake(t, staff, in)
	s.announces(t)
	s.stand(t, list, "not_selected", "accepted")
	if letters, _ := s.told(t, "application_accepted"); letters != 1 {
		t.Errorf("%d letters of acceptance", letters)
	}
	if err := s.Recall(t.Context(), staff, list[1].Ref); !errors.Is(err, ErrAnnounced) {
		t.Errorf("taken back after it was announced: %v", err)
	}
}

// F081: who leaves before an acceptance is announced has left, and the seat is free for the next.
func TestF081AcceptanceOfSomebodyWhoLeftIsVoid(t *testing.T) {
	s, in, _ := selecting(t, 1)
	s.addReasons(t)
	staff := s.staffFor(t, in)
	list := s.attended(t, in, 2)
	s.announceAfter(t, 10)
	s.records(t, staff, RecordAccepted, list[0])
	u, err := s.User(t.Context(), list[0].SeekerID)
	if err != nil {
		t.Fatal(err)
	}
	if err := s.Withdraw(t.Context(), u, list[0].Ref, "withdraw_x", ""); err != nil {
		t.Fatal(err)
	}
	s.records(t, staff, RecordAccepted, list[1]) // the seat is free before the announcement
	s.announcesIntake(t, staff, in)
	s.stand(t, list, "withdrawn", "accepted")
	if n := s.rows(t, "decisions WHERE void_at IS NOT NULL"); n != 1 {
		t.Errorf("%d outcomes are void", n)
	}
}
