package journey

import (
	"slices"

	"naikkelas/models/record"
)

// A start is by when a need has to be begun at the latest, counted back from the day of leaving. Past are the needs after it
// whose length nobody knows: they are not counted, so the true day is earlier.
type start struct {
	by   record.Day
	past []string
}

// starts counts back from the day of leaving over what is still to do: each need ends before what waits for it begins. One whose
// own length is not known has no day. Over tells which needs are over. It ends for any rules, also those that wait for each other.
func starts(needs []Need, over map[string]bool, leaves record.Day, closed map[record.Day]bool) map[string]start {
	c := counting{needs: map[string]Need{}, over: over, leaves: leaves, closed: closed, known: map[string]start{}, open: map[string]bool{}}
	for _, n := range needs {
		c.needs[n.Key] = n
	}
	found := map[string]start{}
	for _, n := range needs {
		if over[n.Key] || n.days() == nil {
			continue
		}
		found[n.Key] = c.of(n)
	}
	return found
}

// counting is a count back that goes on.
type counting struct {
	needs  map[string]Need
	over   map[string]bool
	leaves record.Day
	closed map[record.Day]bool
	known  map[string]start
	open   map[string]bool
}

// of is by when a need has to be begun; one of unknown length stands for no days, and says so.
func (c counting) of(n Need) start {
	if s, ok := c.known[n.Key]; ok {
		return s
	}
	c.open[n.Key] = true
	s := start{by: c.leaves}
	for _, key := range n.Blocks {
		after, there := c.needs[key]
		if !there || c.over[key] || c.open[key] {
			continue
		}
		next := c.of(after)
		if s.by.After(next.by) {
			s.by = next.by
		}
		past := next.past
		if after.days() == nil {
			past = append(slices.Clone(past), key)
		}
		for _, key := range past {
			if !slices.Contains(s.past, key) {
				s.past = append(s.past, key)
			}
		}
	}
	if days := n.days(); days != nil {
		s.by = back(s.by, *days, n.Lead.Working, c.closed)
	}
	delete(c.open, n.Key)
	c.known[n.Key] = s
	return s
}

// days is how long a need takes at the most, as far as anybody knows.
func (n Need) days() *int {
	switch {
	case n.Lead == nil:
		return nil
	case n.Lead.DaysMax != nil:
		return n.Lead.DaysMax
	}
	return n.Lead.DaysMin
}

// HasLength says whether anybody knows how long the need takes.
func (n Need) HasLength() bool { return n.days() != nil }

// back is the day so many days before another one.
func back(day record.Day, days int, working bool, closed map[record.Day]bool) record.Day {
	if !working {
		return day.Plus(-days)
	}
	for days > 0 {
		day = day.Plus(-1)
		if day.IsWorking(closed) {
			days--
		}
	}
	return day
}
