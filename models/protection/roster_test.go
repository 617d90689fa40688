package protection

import (
	"errors"
	"sync"
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/models"
	"naikkelas/models/record"
)

// shift is one for an officer that begins and ends so long after now.
func (s *deskStore) shift(u record.User, from, to time.Duration) NewShift {
	now := s.clock()
	return NewShift{Officer: u.Ref, Phone: "0812 3456 7890", StartsAt: now.Add(from), EndsAt: now.Add(to), Token: uuid.NewString()}
}

func (s *deskStore) addShift(t testing.TB, u record.User, from, to time.Duration) {
	t.Helper()
	if err := s.AddShift(t.Context(), s.hana, s.shift(u, from, to)); err != nil {
		t.Fatal(err)
	}
}

// onDuty are the names of who is on duty.
func (s *deskStore) onDuty(t testing.TB) (names string) {
	t.Helper()
	list, err := s.OnDuty(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, shift := range list {
		names += shift.Officer.Name + " "
	}
	return names
}

// The head says who is on duty; the next one is known before it begins.
func TestRosterSaysWhoIsOnDuty(t *testing.T) {
	s := newDesk(t)
	if next, err := s.NextShift(t.Context()); err != nil || next != nil || s.onDuty(t) != "" {
		t.Fatalf("an empty roster has %+v, %v", next, err)
	}
	s.addShift(t, s.rina, time.Hour, 9*time.Hour)
	s.addShift(t, s.joko, 9*time.Hour, 17*time.Hour)
	if got := s.onDuty(t); got != "" {
		t.Errorf("%s is on duty before the shift begins", got)
	}
	if next, err := s.NextShift(t.Context()); err != nil || next == nil || next.Officer.Name != "Rina" || next.Phone != "+6281234567890" {
		t.Errorf("next is %+v, %v", next, err)
	}
	s.pass(time.Hour)
	if got := s.onDuty(t); got != "Rina " {
		t.Errorf("at the first instant %q is on duty", got)
	}
	s.pass(8 * time.Hour)
	if got := s.onDuty(t); got != "Joko " {
		t.Errorf("at the change %q is on duty", got)
	}
	r, err := s.Roster(t.Context(), s.rina, record.DayOf(noon.AddDate(0, 0, 4))) // Sunday of the same week
	monday := time.Date(2026, 11, 23, 0, 0, 0, 0, time.UTC)
	if err != nil || len(r.Shifts) != 2 || r.MayKeep || r.Officers != nil || !r.Monday.Date().Equal(monday) {
		t.Errorf("the week is %+v, %v", r, err)
	}
	if r, err := s.Roster(t.Context(), s.hana, record.DayOf(noon)); err != nil || !r.MayKeep || len(r.Officers) != 3 {
		t.Errorf("the head sees %+v, %v", r, err)
	}
}

// Whoever lost the duty or the account is not on duty, whatever the roster says.
func TestRosterCountsNobodyWithoutTheDuty(t *testing.T) {
	s := newDesk(t)
	s.addShift(t, s.rina, 0, 8*time.Hour)
	s.addShift(t, s.joko, 0, 8*time.Hour)
	s.addShift(t, s.joko, 9*time.Hour, 10*time.Hour)
	if err := s.core.EndDuty(t.Context(), s.admin, s.joko.Ref, record.DutyProtection, "Pindah"); err != nil {
		t.Fatal(err)
	}
	if got := s.onDuty(t); got != "Rina " {
		t.Errorf("on duty is %q", got)
	}
	if next, err := s.NextShift(t.Context()); err != nil || next != nil {
		t.Errorf("next is %+v, %v", next, err)
	}
	if err := s.sql.Exec("UPDATE users SET closed_at = now() WHERE id = ?", s.rina.ID).Error; err != nil {
		t.Fatal(err)
	}
	if got := s.onDuty(t); got != "" {
		t.Errorf("the closed account of %q is on duty", got)
	}
}

func TestRosterRefusesWhatCannotBe(t *testing.T) {
	s := newDesk(t)
	s.addShift(t, s.rina, time.Hour, 9*time.Hour)
	for name, c := range map[string]struct {
		change func(*NewShift)
		want   error
	}{
		"no phone":               {func(n *NewShift) { n.Phone = "021 555" }, ErrShiftPhone},
		"an officer without":     {func(n *NewShift) { n.Officer = s.lain.Ref }, ErrShiftOfficer},
		"nobody":                 {func(n *NewShift) { n.Officer = "OR-TIDAKADA" }, ErrShiftOfficer},
		"over before it begins":  {func(n *NewShift) { n.EndsAt = n.StartsAt }, ErrShiftOver},
		"over already":           {func(n *NewShift) { n.StartsAt, n.EndsAt = noon.Add(-3*time.Hour), noon }, ErrShiftOver},
		"more than a day":        {func(n *NewShift) { n.EndsAt = n.StartsAt.Add(24*time.Hour + time.Minute) }, ErrShiftOver},
		"twice at the same time": {func(n *NewShift) { n.StartsAt, n.EndsAt = noon.Add(8*time.Hour), noon.Add(12*time.Hour) }, ErrShiftTwice},
	} {
		n := s.shift(s.rina, 20*time.Hour, 28*time.Hour)
		c.change(&n)
		if err := s.AddShift(t.Context(), s.hana, n); !errors.Is(err, c.want) {
			t.Errorf("%s: %v, want %v", name, err, c.want)
		}
	}
	if n := s.rows(t, "duty_shifts"); n != 1 {
		t.Errorf("%d shifts are kept", n)
	}
	n := s.shift(s.joko, -3*time.Hour, 5*time.Hour)
	if err := s.AddShift(t.Context(), s.hana, n); err != nil {
		t.Fatal(err)
	}
	if list, err := s.OnDuty(t.Context()); err != nil || len(list) != 1 || !list[0].StartsAt.Equal(noon) {
		t.Errorf("what would have begun began at %+v, %v", list, err)
	}
}

// Two presses of one form make one shift, and of two forms for the same hours one wins.
func TestRosterTakesOneShiftOfTwoPresses(t *testing.T) {
	s := newDesk(t)
	one := s.shift(s.rina, time.Hour, 5*time.Hour)
	other := one
	other.Token = uuid.NewString()
	errs := make([]error, 4)
	var wait sync.WaitGroup
	for i, n := range []NewShift{one, one, other, other} {
		wait.Go(func() { errs[i] = s.AddShift(t.Context(), s.hana, n) })
	}
	wait.Wait()
	for _, err := range errs {
		if err != nil && !errors.Is(err, ErrShiftTwice) {
			t.Error(err)
		}
	}
	if n := s.rows(t, "duty_shifts"); n != 1 {
		t.Errorf("%d shifts", n)
	}
	if n := s.rows(t, "audit_rows WHERE action = 'shift_set'"); n != 1 {
		t.Errorf("%d shifts are in the trail", n)
	}
}

// What has not begun is removed, what has begun ends now; both with a reason, once, and never unseen.
func TestRosterShiftIsEndedWithAReason(t *testing.T) {
	s := newDesk(t)
	s.addShift(t, s.rina, time.Hour, 9*time.Hour)
	s.addShift(t, s.joko, 0, 8*time.Hour)
	r, err := s.Roster(t.Context(), s.hana, record.DayOf(noon))
	if err != nil {
		t.Fatal(err)
	}
	running, coming := r.Shifts[0], r.Shifts[1]
	end := func(shift Shift, why string, seen time.Time) error {
		return s.EndShift(t.Context(), s.hana, shift.Ref, why, seen)
	}
	if err := end(coming, "  ", coming.EndsAt); !errors.Is(err, ErrShiftWhy) {
		t.Errorf("without a reason: %v", err)
	}
	if err := end(coming, "Sakit", coming.EndsAt.Add(time.Hour)); !errors.Is(err, ErrShiftChanged) {
		t.Errorf("unseen: %v", err)
	}
	s.pass(30 * time.Minute)
	for range 2 { // the second press
		if err := errors.Join(end(coming, "Sakit", coming.EndsAt), end(running, "Diganti", running.EndsAt)); err != nil {
			t.Fatal(err)
		}
	}
	if next, err := s.NextShift(t.Context()); err != nil || next != nil || s.onDuty(t) != "" {
		t.Errorf("still on the roster: %+v, %v", next, err)
	}
	kept, err := s.Shift(t.Context(), s.rina, running.Ref)
	if err != nil || kept.RemovedAt != nil || !kept.EndsAt.Equal(s.clock()) || kept.PlannedEnd == nil ||
		!kept.PlannedEnd.Equal(running.EndsAt) {
		t.Errorf("what has begun is kept as %+v, %v", kept, err)
	}
	if n := s.rows(t, "audit_rows WHERE action IN ('shift_removed', 'shift_shortened')"); n != 2 {
		t.Errorf("%d ends are in the trail", n)
	}
	if err := end(running, "Lagi", kept.EndsAt); !errors.Is(err, ErrShiftChanged) {
		t.Errorf("what is over ends again: %v", err)
	}
	// The officer who was removed can be put on duty again for the same hours.
	s.addShift(t, s.rina, 30*time.Minute, 8*time.Hour)
}

// The head alone keeps the roster; other officers without the duty do not even read it.
func TestRosterIsKeptByTheHead(t *testing.T) {
	s := newDesk(t)
	s.addShift(t, s.rina, time.Hour, 9*time.Hour)
	next, err := s.NextShift(t.Context())
	if err != nil || next == nil {
		t.Fatal(next, err)
	}
	for _, u := range []record.User{s.rina, s.lain, s.admin, s.addOfficer(t, record.Seeker, "Budi")} {
		if err := s.AddShift(t.Context(), u, s.shift(s.joko, time.Hour, 2*time.Hour)); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s puts somebody on duty: %v", u.Name, err)
		}
		if err := s.EndShift(t.Context(), u, next.Ref, "x", next.EndsAt); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s takes somebody off: %v", u.Name, err)
		}
		if u.ID == s.rina.ID {
			continue
		}
		if _, err := s.Roster(t.Context(), u, record.DayOf(noon)); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s reads the roster: %v", u.Name, err)
		}
		if _, err := s.Shift(t.Context(), u, next.Ref); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s reads a shift: %v", u.Name, err)
		}
	}
	heads, err := s.Heads(t.Context())
	if err != nil || len(heads) != 1 || heads[0].ID != s.hana.ID {
		t.Errorf("heads are %+v, %v", heads, err)
	}
}

// Who was on duty is known for five years, and no longer.
func TestShiftIsKeptForItsTerm(t *testing.T) {
	s := newDesk(t)
	s.addShift(t, s.rina, 0, time.Hour)
	core := models.NewStore(s.db, Personal()...)
	for _, c := range []struct{ days, kept int }{{1825, 1}, {1, 0}} {
		s.pass(time.Duration(c.days) * 24 * time.Hour)
		for more := true; more; {
			var err error
			if more, err = core.ApplyRetention(t.Context()); err != nil {
				t.Fatal(err)
			}
		}
		if n := s.rows(t, "duty_shifts"); n != c.kept {
			t.Errorf("after %d more days %d shifts are kept", c.days, n)
		}
	}
}
