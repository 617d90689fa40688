package models

import (
	"context"
	"errors"
	"slices"
	"sync"
	"testing"
	"time"

	"naikkelas/models/record"
)

// accept is the shortest way to give a seat.
func (s *testStore) accept(ctx context.Context, actor User, id int64) error {
	return s.transact(ctx, "accept", func(tx *Store) error {
		in, a, err := tx.lockSeat(ctx, id, 0)
		if err != nil {
			return err
		}
		return tx.giveSeat(ctx, actor, in, &a, step{})
	})
}

// attended are people who have been to the test of an intake.
func (s *testStore) attended(t testing.TB, in Intake, n int) []Application {
	t.Helper()
	list := make([]Application, n)
	for i := range list {
		u := s.addUser(t, Seeker, "peserta "+record.NewRef("x"))
		list[i] = Application{
			Ref: record.NewRef("NK"), IntakeID: in.ID, SeekerID: u.ID, State: Attended, SubmittedAt: ptr(s.db.Now()),
			Version: 1, CreatedAt: s.db.Now(), UpdatedAt: s.db.Now(),
		}
		if err := s.sql.Create(&list[i]).Error; err != nil {
			t.Fatal(err)
		}
		s.agrees(t, list[i])
	}
	return list
}

func selecting(t testing.TB, quota int) (*testStore, Intake, User) {
	t.Helper()
	s := newStore(t, noon)
	s.addReference(t)
	institution := s.addInstitution(t, "LPK Uji")
	in := s.addIntake(t, s.addProgramme(t, institution, nil), func(in *Intake) { in.Quota = quota })
	return s, in, s.addUser(t, Officer, "petugas")
}

// Bug report P052: the last seat is given once. The second acceptance is seen waiting for the
// first one's lock on the intake; without that lock it would count the same free seat.
func TestP052LastSeatIsGivenOnce(t *testing.T) {
	s, in, officer := selecting(t, 1)
	list := s.attended(t, in, 2)
	locked, release := make(chan struct{}), make(chan struct{})
	first := make(chan error, 1)
	go func() {
		first <- s.transact(t.Context(), "test p052 last seat is given once", func(tx *Store) error {
			held, a, err := tx.lockSeat(t.Context(), list[0].ID, 0)
			if err != nil {
				return err
			}
			if err := tx.giveSeat(t.Context(), officer, held, &a, step{}); err != nil {
				return err
			}
			close(locked)
			<-release
			return nil
		})
	}()
	<-locked
	second := make(chan error, 1)
	go func() { second <- s.accept(t.Context(), officer, list[1].ID) }()
	s.seeWaiting(t)
	select {
	case err := <-second:
		t.Fatalf("the second did not wait: %v", err)
	default:
	}
	close(release)
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	if err := <-second; !errors.Is(err, ErrQuotaFull) {
		t.Errorf("the second: got %v, want %v", err, ErrQuotaFull)
	}
}

// seeWaiting waits until the server says that a transaction of this database waits for a lock.
func (s *testStore) seeWaiting(t testing.TB) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	ctx, cancel := context.WithTimeout(t.Context(), 10*time.Second)
	defer cancel()
	for {
		var n int64
		err := s.sql.Raw(`SELECT count(*)
			FROM pg_stat_activity
			WHERE datname = current_database()
				AND wait_event_type = 'Lock'`).Scan(&n).Error
		if err != nil {
			t.Fatal(err)
		}
		if n > 0 {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatal("nobody waits for a lock")
		case <-tick.C:
		}
	}
}

// Bug report P052: twenty acceptances at once for one seat give one.
func TestP052TwentyAcceptancesForOneSeat(t *testing.T) {
	s, in, officer := selecting(t, 1)
	list := s.attended(t, in, 20)
	errs := make([]error, len(list))
	var group sync.WaitGroup
	for i, a := range list {
		group.Go(func() { errs[i] = s.accept(t.Context(), officer, a.ID) })
	}
	group.Wait()
	given := 0
	for _, err := range errs {
		switch {
		case err == nil:
			given++
		case !errors.Is(err, ErrQuotaFull):
			t.Errorf("got %v", err)
		}
	}
	if taken, err := s.seatsTaken(t.Context(), in.ID); given != 1 || taken != 1 || err != nil {
		t.Errorf("%d accepted, %d seats taken, %v; want 1", given, taken, err)
	}
}

// One person is in one running course, also when two intakes accept at once.
func TestOnePersonOneRunningCourse(t *testing.T) {
	s, in, officer := selecting(t, 5)
	other := s.addIntake(t, s.addProgramme(t, s.addInstitution(t, "LPK Lain"), nil), nil)
	a := s.attended(t, in, 1)[0]
	b := s.attended(t, other, 1)[0]
	err := s.sql.Exec("UPDATE applications SET seeker_id = ? WHERE id = ?", a.SeekerID, b.ID).Error
	if err != nil {
		t.Fatal(err)
	}
	errs := make([]error, 2)
	var group sync.WaitGroup
	for i, id := range []int64{a.ID, b.ID} {
		group.Go(func() { errs[i] = s.accept(t.Context(), officer, id) })
	}
	group.Wait()
	slices.SortFunc(errs, func(x, y error) int {
		if x == nil {
			return -1
		}
		return 1
	})
	if errs[0] != nil || !errors.Is(errs[1], ErrRunningCourse) {
		t.Errorf("got %v", errs)
	}
}

func TestFreedSeatGoesToTheNextReserve(t *testing.T) {
	s, in, officer := selecting(t, 1)
	list := s.attended(t, in, 3)
	if err := s.accept(t.Context(), officer, list[0].ID); err != nil {
		t.Fatal(err)
	}
	for _, a := range list[1:] {
		err := s.transact(t.Context(), "test freed seat goes to the next reserve", func(tx *Store) error {
			held, a, err := tx.lockSeat(t.Context(), a.ID, 0)
			if err != nil {
				return err
			}
			return tx.giveReserve(t.Context(), officer, held, &a, "")
		})
		if err != nil {
			t.Fatal(err)
		}
	}
	s.pass(6 * 24 * time.Hour) // three working days from Wednesday ended with Monday
	all(t, s.ExpireEnrolments)
	for i, want := range []ApplicationState{Expired, Accepted, Reserve} {
		if got := s.reload(t, list[i]); got.State != want || (got.ReserveRank != nil) != (want == Reserve) {
			t.Errorf("application %d: %s, rank %v; want %s", i, got.State, got.ReserveRank, want)
		}
	}
	if l := s.lastLetter(t); l.Template != "application_accepted" {
		t.Errorf("the next reserve gets %+v", l)
	}
}
