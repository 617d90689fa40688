package dated

import (
	"context"
	"fmt"
	"maps"
	"reflect"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

// decide runs f with the draft that an officer saw. An officer who pressed twice decided once.
func (s *Store) decide(ctx context.Context, officer record.User, t Table, code string, seen Seen, to string,
	f func(tx *Store, st state, c Change) error,
) error {
	if err := s.mayWrite(ctx, officer); err != nil {
		return err
	}
	return s.change(ctx, "decide draft", t, code, func(tx *Store, st state) error {
		c := st.last
		if c.State == to && c.seen() == (Seen{seen.Change, seen.Version + 1}) && c.DecidedBy != nil && *c.DecidedBy == officer.ID {
			return nil
		}
		if c.State != Draft || c.seen() != seen {
			return ErrStale
		}
		return f(tx, st, c.decided(officer, to, tx.db.Now()))
	})
}

// decided is a draft that somebody decided about.
func (c Change) decided(by record.User, to string, at time.Time) Change {
	c.State, c.DecidedAt = to, &at
	if by.ID != 0 {
		c.DecidedBy = &by.ID
	}
	c.Version++
	return c
}

// Drop throws the draft away that the officer saw. Its words stay in the history.
func (s *Store) Drop(ctx context.Context, officer record.User, t Table, code string, seen Seen) error {
	return s.decide(ctx, officer, t, code, seen, Dropped, func(tx *Store, _ state, c Change) error {
		return tx.drop(ctx, officer, c)
	})
}

func (s *Store) drop(ctx context.Context, actor record.User, c Change) error {
	if err := s.db.With(ctx).Save(&c).Error; err != nil {
		return err
	}
	return s.audit(ctx, actor, "dated_dropped", c)
}

// Publish makes the draft that the officer saw a version of the row. Where the table wants a second person, it is not
// the one who wrote it. A first day that has passed meanwhile becomes today.
func (s *Store) Publish(ctx context.Context, officer record.User, t Table, code string, seen Seen) error {
	return s.publishSeen(ctx, officer, t, code, seen, false)
}

// PublishHoles is Publish by an officer who saw the times in which nothing holds then, and said yes to them.
func (s *Store) PublishHoles(ctx context.Context, officer record.User, t Table, code string, seen Seen) error {
	return s.publishSeen(ctx, officer, t, code, seen, true)
}

func (s *Store) publishSeen(ctx context.Context, officer record.User, t Table, code string, seen Seen, holes bool) error {
	return s.decide(ctx, officer, t, code, seen, Published, func(tx *Store, st state, c Change) error {
		if t.Second && c.WrittenBy != nil && *c.WrittenBy == officer.ID {
			return ErrSecond
		}
		return tx.whole(ctx, t, holes, func() error { return tx.publish(ctx, officer, t, st, c) })
	})
}

// whole runs f, and refuses what f adds to what is wrong among all rows, and to the times in which nothing holds unless holes says
// that they are meant. Only one change at a time is looked at, because two that are right may be wrong together.
func (s *Store) whole(ctx context.Context, t Table, holes bool, f func() error) error {
	if t.Whole == nil {
		return f()
	}
	if err := s.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext('dated whole'))").Error; err != nil {
		return err
	}
	before, err := t.Whole(ctx, s.db)
	if err != nil {
		return err
	}
	open, err := s.holesIn(ctx, t, holes)
	if err != nil {
		return err
	}
	if err := f(); err != nil {
		return err
	}
	now, err := t.Whole(ctx, s.db)
	if err != nil {
		return err
	}
	for _, fault := range now {
		if !slices.ContainsFunc(before, func(old *record.Refusal) bool { return reflect.DeepEqual(old, fault) }) {
			return fault
		}
	}
	left, err := s.holesIn(ctx, t, holes)
	if err == nil && slices.ContainsFunc(left, func(hole string) bool { return !slices.Contains(open, hole) }) {
		err = ErrHoles
	}
	return err
}

// holesIn names the times of a table in which nothing holds; none where they are meant.
func (s *Store) holesIn(ctx context.Context, t Table, meant bool) ([]string, error) {
	if t.Holes == nil || meant {
		return nil, nil
	}
	return t.Holes(ctx, s.db)
}

// publish carries a decided change out.
func (s *Store) publish(ctx context.Context, actor record.User, t Table, st state, c Change) error {
	c = c.fromOn(s.Today())
	if c.ValidTo != nil && c.ValidTo.Before(c.ValidFrom) {
		return ErrOver
	}
	if !c.Ends {
		c.Says = t.clean(c.Says) // a draft may be older than a column
		if err := t.check(c.Says); err != nil {
			return err
		}
		c.checkedOn = later(c.checkedOn, t.sure(st, c))
	}
	versions, err := c.over(st.versions)
	if err != nil {
		return err
	}
	for _, v := range versions {
		if v.ID == 0 && v.ValidFrom.Equal(c.ValidFrom) {
			c.ValidTo = v.ValidTo // where it gives way
		}
	}
	if err := s.write(ctx, t, st.versions, versions); err != nil {
		return err
	}
	if err := s.db.With(ctx).Save(&c).Error; err != nil {
		return err
	}
	if t.Published != nil {
		if err := t.Published(ctx, s.db, c.publication(st)); err != nil {
			return err
		}
	}
	return s.audit(ctx, actor, "dated_published", c)
}

// publication is what a change makes of a row.
func (c Change) publication(st state) Publication {
	p := Publication{ID: c.ID, Code: c.Code}
	if c.Ends {
		p.From, p.Was = record.DateDay(after(*c.ValidTo)), st.versions[len(st.versions)-1].Says
		return p
	}
	p.From, p.Is = record.DateDay(c.ValidFrom), c.Says
	if old, _, ok := st.on(c.ValidFrom); ok {
		p.Was = old.Says
	}
	return p
}

// sure is the day on which somebody made sure of what a change says: who wrote it, or whoever made sure of the same
// numbers before.
func (t Table) sure(st state, c Change) *time.Time {
	if c.Checked {
		return new(record.DayOf(c.WrittenAt).Date())
	}
	old, _, ok := st.on(c.ValidFrom)
	if !ok {
		return nil
	}
	for _, column := range t.Proves {
		if old.Says[column] != c.Says[column] {
			return nil
		}
	}
	return old.CheckedOn
}

// later is the later of two days that may be missing.
func later(a, b *time.Time) *time.Time {
	if a == nil || b != nil && b.After(*a) {
		return b
	}
	return a
}

// write brings the versions of a row from what they were to what they are to be: nothing of what has held changes but
// its last day.
func (s *Store) write(ctx context.Context, t Table, were, are []Version) error {
	kept := map[int64]Version{}
	for _, v := range are {
		kept[v.ID] = v
	}
	for _, v := range were {
		var err error
		if now, stays := kept[v.ID]; !stays {
			err = s.db.With(ctx).Exec("DELETE FROM "+t.Name+" WHERE id = ?", v.ID).Error
		} else if !sameDay(now.ValidTo, v.ValidTo) {
			err = s.db.With(ctx).Exec("UPDATE "+t.Name+" SET valid_to = ? WHERE id = ?", now.ValidTo, v.ID).Error
		}
		if err != nil {
			return err
		}
	}
	for _, v := range are {
		if v.ID != 0 {
			continue
		}
		if err := s.add(ctx, t, v); err != nil {
			return err
		}
	}
	return nil
}

// listed are the columns of values for a statement, with something before each.
func (t Table) listed(before string) string { return before + strings.Join(t.columns(), ", "+before) }

// stored are values as the table takes them: a number that is not given is none.
func (t Table) stored(says Values) Values {
	says = maps.Clone(says)
	for _, f := range t.Fields {
		if f.Kind == Amount && says[f.Column] == "" {
			delete(says, f.Column)
		}
	}
	return says
}

// add makes a version. A new row stands behind all others.
func (s *Store) add(ctx context.Context, t Table, v Version) error {
	position := fmt.Sprintf("coalesce(nullif(?::int, 0), (SELECT coalesce(max(position), 0) + 1 FROM %s))", t.Name)
	return s.db.With(ctx).Exec("INSERT INTO "+t.Name+" (code, valid_from, valid_to, checked_on, position, "+t.listed("")+
		") SELECT ?, ?, ?::date, ?::date, "+position+", "+t.listed("r.")+" FROM jsonb_populate_record(NULL::"+t.Name+", ?) r",
		v.Code, v.ValidFrom, v.ValidTo, v.CheckedOn, v.Position, t.stored(v.Says)).Error
}

// Confirm writes down that the officer made sure today that the version is true which they saw.
func (s *Store) Confirm(ctx context.Context, officer record.User, t Table, code string, version int64) error {
	if err := s.mayWrite(ctx, officer); err != nil {
		return err
	}
	return s.change(ctx, "confirm", t, code, func(tx *Store, st state) error {
		today := tx.Today()
		if v, _, ok := st.on(today.Date()); !ok || v.ID != version {
			return ErrStale
		}
		if err := tx.confirmOn(ctx, t, version, today.Date()); err != nil {
			return err
		}
		row := map[string]any{"of_table": t.Name, "code": code, "checked_by": officer.ID, "checked_at": tx.db.Now()}
		if err := tx.db.With(ctx).Table("dated_checks").Create(row).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "dated_checked", SubjectKind: t.Name, SubjectID: version})
	})
}

func (s *Store) confirmOn(ctx context.Context, t Table, version int64, day time.Time) error {
	return s.db.With(ctx).Exec("UPDATE "+t.Name+" SET checked_on = ? WHERE id = ?", day, version).Error
}
