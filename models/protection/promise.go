package protection

import (
	"context"
	"time"
)

// Promise is what may be said about when somebody will be contacted. By is the hour that was named when the case came
// in, nil where none was. OnDuty says whether anybody is on duty now; where nobody is, NextShift is when the next one
// begins, nil where the roster has none.
type Promise struct {
	By        *time.Time
	OnDuty    bool
	NextShift *time.Time
}

// term is the code of the term that holds for a case.
func (u Urgency) term() string {
	if u == UrgencyLife {
		return TermLife
	}
	return TermOther
}

// within is a term, with the usual one where no row holds today: nobody at the door is turned away for that.
func (s *Store) within(ctx context.Context, code string) (term time.Duration, confirmed bool, err error) {
	term, confirmed, err = s.Term(ctx, code)
	if !missing(err) {
		return term, confirmed, err
	}
	if code == TermLife {
		return 2 * time.Hour, false, nil
	}
	return 24 * time.Hour, false, nil
}

// promise sets by when a new case must be looked at, and which hour may be named to the person: one at which somebody
// is on duty, within the hours that the person called safe, and only where the term was confirmed. With nobody on duty
// the desk's own clock begins with the next shift, but where life is in danger, or with no shift at all, it begins at once:
// the head hears of it.
func (s *Store) promise(ctx context.Context, c *Case, f Filing) error {
	term, confirmed, err := s.within(ctx, c.Urgency.term())
	if err != nil {
		return err
	}
	shifts, err := s.shiftsFrom(ctx, c.CreatedAt)
	if err != nil {
		return err
	}
	due := c.CreatedAt.Add(term)
	if c.Urgency != UrgencyLife && len(shifts) > 0 && shifts[0].StartsAt.After(c.CreatedAt) {
		due = shifts[0].StartsAt.Add(term)
	}
	c.DueAt = &due
	safe := safeHours(f.Reach.Hours, clockOf(f.forOthers(), country(*c), f.Reach.Address))
	if by, ok := namedHour(c.CreatedAt, term, shifts, safe); ok && confirmed {
		c.PromisedAt = &by
	}
	return nil
}

// namedHour is the hour that may be named: a term after the first safe moment, if somebody is on duty then and at that
// moment already; none where that is not so or where nobody knows which hour it is there.
func namedHour(at time.Time, term time.Duration, shifts []Shift, safe *safeTimes) (time.Time, bool) {
	if safe == nil || len(shifts) == 0 || shifts[0].StartsAt.After(at) {
		return time.Time{}, false
	}
	first := safe.opens(at)
	by := first.Add(term)
	if closes := safe.closes(first); closes != nil && closes.Before(by) {
		by = *closes
	}
	return by, covered(shifts, first, by)
}

// shiftsFrom are the shifts that go on at an instant or begin later, in the order of their beginnings, a few of them.
func (s *Store) shiftsFrom(ctx context.Context, at time.Time) ([]Shift, error) {
	return s.shifts(ctx, "d.ends_at > ? AND "+counts+" ORDER BY d.starts_at, d.id LIMIT 20", at)
}

// covered says whether somebody is on duty all the time from one instant to another; shifts are in the order of their
// beginnings.
func covered(shifts []Shift, from, to time.Time) bool {
	until := from
	for _, s := range shifts {
		if s.StartsAt.After(until) {
			break
		}
		if s.EndsAt.After(until) {
			until = s.EndsAt
		}
	}
	return !until.Before(to)
}

// promised is what may be said now about a case that came in.
func (s *Store) promised(ctx context.Context, c Case) (Promise, error) {
	p := Promise{By: c.PromisedAt}
	shifts, err := s.shiftsFrom(ctx, s.db.Now())
	if err != nil || len(shifts) == 0 {
		return p, err
	}
	p.OnDuty = !shifts[0].StartsAt.After(s.db.Now())
	if !p.OnDuty {
		p.NextShift = &shifts[0].StartsAt
	}
	return p, nil
}
