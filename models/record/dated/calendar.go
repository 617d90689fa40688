package dated

import (
	"slices"
	"time"

	"naikkelas/models/record"
)

func eve(day time.Time) time.Time   { return day.AddDate(0, 0, -1) }
func after(day time.Time) time.Time { return day.AddDate(0, 0, 1) }

// sameDay compares days that may be missing.
func sameDay(a, b *time.Time) bool { return a == b || a != nil && b != nil && a.Equal(*b) }

// over lays a change over the versions of a row, the first first. A version gives way from the change's first day to
// its last, and holds again afterwards; the change gives way to a version that begins later. Versions without an ID
// are new.
func (c Change) over(versions []Version) ([]Version, error) {
	if c.Ends {
		return c.ending(versions)
	}
	v := Version{Code: c.Code, Says: c.Says, ValidFrom: c.ValidFrom, ValidTo: c.ValidTo, CheckedOn: c.checkedOn}
	for _, old := range versions {
		if last := eve(old.ValidFrom); old.ValidFrom.After(v.ValidFrom) && (v.ValidTo == nil || v.ValidTo.After(last)) {
			v.ValidTo = &last
		}
		v.Position = old.Position
	}
	list := []Version{v}
	for _, old := range versions {
		if !old.HoldsOn(record.DateDay(v.ValidFrom)) {
			list = append(list, old)
			continue
		}
		if v.ValidTo != nil && (old.ValidTo == nil || old.ValidTo.After(*v.ValidTo)) {
			rest := old
			rest.ID, rest.ValidFrom = 0, after(*v.ValidTo)
			list = append(list, rest)
		}
		if old.ValidFrom.Before(v.ValidFrom) {
			old.ValidTo = new(eve(v.ValidFrom))
			list = append(list, old)
		}
	}
	slices.SortFunc(list, func(a, b Version) int { return a.ValidFrom.Compare(b.ValidFrom) })
	return list, nil
}

// ending lets the last version hold up to the change's last day. A row that has ended is not ended again, which could
// make it hold on days that have passed.
func (c Change) ending(versions []Version) ([]Version, error) {
	last := len(versions) - 1
	switch {
	case last < 0 || versions[last].ValidTo != nil:
		return nil, ErrEnded
	case c.ValidTo.Before(versions[last].ValidFrom):
		return nil, ErrLater
	}
	list := slices.Clone(versions)
	list[last].ValidTo, list[last].Ended = c.ValidTo, true
	return list, nil
}

// fromOn is a change whose first day is not before a day.
func (c Change) fromOn(day record.Day) Change {
	if day.After(record.DateDay(c.ValidFrom)) {
		c.ValidFrom = day.Date()
	}
	return c
}
