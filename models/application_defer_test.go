package models

import (
	"context"
	"errors"
	"testing"
	"time"

	"naikkelas/models/record"
)

// A deferring is an intake with one seat and its reserve, and the next one of the same programme.
type deferring struct {
	*testStore
	here, next Intake
	staff      User
	list       []Application // the first has the seat, the second waits
	people     []User
}

func newDeferring(t *testing.T, quotaNext int) *deferring {
	t.Helper()
	s, here, officer := selecting(t, 1)
	d := &deferring{testStore: s, here: here, staff: s.staffFor(t, here)}
	d.next = s.addIntake(t, Programme{ID: here.ProgrammeID}, func(in *Intake) {
		in.Quota, in.StartsOn, in.EndsOn = quotaNext, ptr(in.StartsOn.AddDate(0, 1, 0)), ptr(in.EndsOn.AddDate(0, 1, 0))
	})
	d.list = s.attended(t, here, 2)
	for _, a := range d.list {
		d.people = append(d.people, User{ID: a.SeekerID, Role: Seeker})
	}
	if err := s.accept(t.Context(), officer, d.list[0].ID); err != nil {
		t.Fatal(err)
	}
	d.reserves(t, officer, d.list[1].ID)
	return d
}

func (s *testStore) reserves(t *testing.T, actor User, id int64) {
	t.Helper()
	err := s.transact(t.Context(), "reserve", func(tx *Store) error {
		in, a, err := tx.lockSeat(t.Context(), id, 0)
		if err != nil {
			return err
		}
		return tx.giveReserve(t.Context(), actor, in, &a, "")
	})
	if err != nil {
		t.Fatal(err)
	}
}

func (d *deferring) offer(ctx context.Context, n int, to Intake) error {
	return d.OfferDeferral(ctx, d.staff, d.list[n].Ref, to.Ref, 0, "Kelasnya mulai bulan depan.")
}

func (d *deferring) application(t *testing.T, n int) (a Application) {
	t.Helper()
	if err := d.sql.Take(&a, "id = ?", d.list[n].ID).Error; err != nil {
		t.Fatal(err)
	}
	return a
}

// Somebody asks, is offered a seat that counts at once, takes it, and the reserve moves up behind them. Each press twice is
// one, and everybody is told once.
func TestGoesToALaterIntake(t *testing.T) {
	d := newDeferring(t, 1)
	ctx, ref := t.Context(), d.list[0].Ref
	for range 2 {
		if err := d.AskDeferral(ctx, d.people[0], ref, "Ibu sakit."); err != nil {
			t.Fatal(err)
		}
	}
	if err := d.offer(ctx, 0, d.next); err != nil {
		t.Fatal(err)
	}
	if err := d.offer(ctx, 0, d.next); !errors.Is(err, ErrDeferOpen) {
		t.Errorf("a second offer: %v", err)
	}
	if n, err := d.seatsPromised(ctx, d.next.ID, 0); n != 1 || err != nil {
		t.Errorf("%d seats are promised there, %v", n, err)
	}
	for range 2 {
		if err := d.ConfirmDeferral(ctx, d.people[0], ref); err != nil {
			t.Fatal(err)
		}
	}
	for what, err := range map[string]error{
		"taking it back": d.TakeBackDeferral(ctx, d.staff, ref, "Salah orang."), "declining": d.DeclineDeferral(ctx, d.people[0], ref),
	} {
		if !errors.Is(err, ErrNotNow) {
			t.Errorf("%s once it was taken: %v", what, err)
		}
	}
	moved, up := d.application(t, 0), d.application(t, 1)
	if moved.IntakeID != d.next.ID || moved.State != Accepted || moved.EnrolBy == nil || moved.EnrolBy.Before(d.clock()) {
		t.Errorf("who went is %s in intake %d until %v", moved.State, moved.IntakeID, moved.EnrolBy)
	}
	if up.State != Accepted || up.IntakeID != d.here.ID {
		t.Errorf("the reserve is %s in intake %d", up.State, up.IntakeID)
	}
	for _, kind := range []EventKind{EventDeferAsked, EventDeferOffered, EventDeferred} {
		if n := d.rows(t, "application_events WHERE kind = ? AND application_id = ?", kind, moved.ID); n != 1 {
			t.Errorf("%d steps %s", n, kind)
		}
	}
	for _, letter := range []string{"application_defer_offered", "application_deferred_to"} {
		if n, people := d.told(t, letter); n != 1 || people != 1 {
			t.Errorf("%d letters %s to %d people", n, letter, people)
		}
	}
	if err := d.Record(ctx, d.staff, ref, Outcome{What: RecordCorrected, Text: "Salah."}); !errors.Is(err, ErrNotNow) {
		t.Errorf("what was decided in the other intake is corrected here: %v", err)
	}
}

// A reserve who goes gets a seat there, and the ranks behind them close. An offer that is taken back, declined or lapses
// leaves everything as it was, and the seat there is free.
func TestAnOfferOfALaterIntakeEnds(t *testing.T) {
	d := newDeferring(t, 1)
	ctx, ref := t.Context(), d.list[1].Ref
	for as, end := range map[string]func() error{
		deferDeclined:  func() error { return d.DeclineDeferral(ctx, d.people[1], ref) },
		deferTakenBack: func() error { return d.TakeBackDeferral(ctx, d.staff, ref, "Salah orang.") },
		deferLapsed: func() error {
			d.pass(10 * 24 * time.Hour)
			if err := d.ConfirmDeferral(ctx, d.people[1], ref); !errors.Is(err, ErrDeferOver) {
				t.Errorf("after the time is over: %v", err)
			}
			all(t, d.ExpireDeferrals)
			d.setNow(noon)
			return nil
		},
	} {
		if err := d.offer(ctx, 1, d.next); err != nil {
			t.Fatalf("%s: %v", as, err)
		}
		if err := end(); err != nil {
			t.Fatalf("%s: %v", as, err)
		}
		if n, err := d.seatsPromised(ctx, d.next.ID, 0); n != 0 || err != nil {
			t.Errorf("%s: %d seats are still promised there, %v", as, n, err)
		}
		if err := d.ConfirmDeferral(ctx, d.people[1], ref); !errors.Is(err, ErrDeferOver) {
			t.Errorf("%s: the offer is taken all the same: %v", as, err)
		}
		if a := d.application(t, 1); a.State != Reserve || a.IntakeID != d.here.ID || *a.ReserveRank != 1 {
			t.Errorf("%s: %s in intake %d", as, a.State, a.IntakeID)
		}
		if d.rows(t, "deferrals WHERE ended_as = ?", as) != 1 {
			t.Errorf("%s is not written down", as)
		}
	}
	if err := errors.Join(d.offer(ctx, 1, d.next), d.ConfirmDeferral(ctx, d.people[1], ref)); err != nil {
		t.Fatal(err)
	}
	if a := d.application(t, 1); a.State != Accepted || a.IntakeID != d.next.ID || a.ReserveRank != nil {
		t.Errorf("the reserve is %s in intake %d", a.State, a.IntakeID)
	}
}

// Where nobody can go is refused: elsewhere, where there is no seat, where reserves wait, or too late.
func TestALaterIntakeIsRefused(t *testing.T) {
	d := newDeferring(t, 1)
	ctx := t.Context()
	other := d.addIntake(t, d.addProgramme(t, d.addInstitution(t, "LPK Lain"), nil), nil)
	stranger := d.staffFor(t, other)
	set := func(query string, args ...any) {
		t.Helper()
		if err := d.sql.Exec(query, args...).Error; err != nil {
			t.Fatal(err)
		}
	}
	refused := func(what string, want error) {
		t.Helper()
		if err := d.offer(ctx, 0, d.next); !errors.Is(err, want) {
			t.Errorf("%s: %v, want %v", what, err, want)
		}
	}
	if err := d.offer(ctx, 0, other); !errors.Is(err, ErrNotFound) {
		t.Errorf("another programme: %v", err)
	}
	if err := d.OfferDeferral(ctx, stranger, d.list[0].Ref, d.next.Ref, 0, "x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("another institution: %v", err)
	}
	if err := d.OfferDeferral(ctx, d.staff, d.list[0].Ref, d.next.Ref, 0, " "); !errors.Is(err, ErrDeferWhy) {
		t.Errorf("without a reason: %v", err)
	}
	if err := d.AskDeferral(ctx, d.people[1], d.list[0].Ref, "x"); !errors.Is(err, ErrNotFound) {
		t.Errorf("somebody else's application: %v", err)
	}
	if err := d.offer(ctx, 0, d.here); !errors.Is(err, ErrDeferIntake) {
		t.Errorf("where they are: %v", err)
	}
	set("UPDATE intakes SET state = 'cancelled' WHERE id = ?", d.next.ID)
	refused("a cancelled intake", ErrDeferIntake)
	set("UPDATE intakes SET state = 'published' WHERE id = ?", d.next.ID)
	waiting := d.attended(t, d.next, 1)
	d.reserves(t, d.addUser(t, Officer, "petugas lain"), waiting[0].ID)
	refused("reserves wait", ErrDeferReserves)
	set("UPDATE applications SET state = 'accepted', reserve_rank = NULL WHERE id = ?", waiting[0].ID)
	refused("no seat", ErrDeferFull)
	set("UPDATE applications SET state = 'withdrawn' WHERE id = ?", waiting[0].ID)
	busy := d.attended(t, other, 1)[0]
	set("UPDATE applications SET state = 'enrolled', seeker_id = ? WHERE id = ?", d.list[0].SeekerID, busy.ID)
	refused("another course", ErrRunningCourse)
	set("UPDATE applications SET state = 'withdrawn' WHERE id = ?", busy.ID)
	d.setNow(record.DateDay(*d.here.StartsOn).Start())
	set("UPDATE applications SET state = 'enrolled' WHERE id = ?", d.list[0].ID)
	refused("the course has begun", ErrDeferBegun)
	if err := d.AskDeferral(ctx, d.people[0], d.list[0].Ref, "x"); !errors.Is(err, ErrDeferBegun) {
		t.Errorf("asked when the course has begun: %v", err)
	}
}

// The last seat of the next intake is offered once: the second offer waits for the lock on that intake, without which it
// would count the same free seat.
func TestLastSeatOfALaterIntakeIsOfferedOnce(t *testing.T) {
	d := newDeferring(t, 1)
	third := d.attended(t, d.next, 1)[0]
	held, release, first := make(chan struct{}), make(chan struct{}), make(chan error, 1)
	go func() {
		first <- d.transact(t.Context(), "hold the next intake", func(tx *Store) error {
			if _, err := tx.lockIntake(t.Context(), d.next.ID); err != nil {
				return err
			}
			err := tx.db.With(t.Context()).Exec("UPDATE applications SET state = 'accepted' WHERE id = ?", third.ID).Error
			close(held)
			<-release
			return err
		})
	}()
	<-held
	second := make(chan error, 1)
	go func() { second <- d.offer(t.Context(), 0, d.next) }()
	d.seeWaiting(t)
	select {
	case err := <-second:
		t.Fatalf("the second did not wait: %v", err)
	default:
	}
	close(release)
	if err := <-first; err != nil {
		t.Fatal(err)
	}
	if err := <-second; !errors.Is(err, ErrDeferFull) {
		t.Errorf("the second: got %v, want %v", err, ErrDeferFull)
	}
}
