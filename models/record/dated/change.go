package dated

import (
	"context"
	"errors"
	"fmt"
	"maps"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// WhyLength is how many characters the reason for a change has at most.
const WhyLength = 500

// A Wish is what an officer writes: what a row is to say from a day on, up to another where To is set. Where it Ends,
// the row holds up to To and no longer. Seen is the version of the draft that the officer saw, 0 for none, and BasedOn
// the newest version of the row then.
type Wish struct {
	Says    Values
	From    time.Time
	To      *time.Time
	Ends    bool
	Why     string
	Seen    int
	BasedOn int64
	Token   string // of the form for a new row; a second press makes no second row
}

// fits refuses a wish that no row can have.
func (s *Store) fits(t Table, w Wish) error {
	errs := []error{nil}
	if !w.Ends {
		errs[0] = t.check(w.Says)
	}
	if s.Today().After(record.DateDay(w.From)) {
		errs = append(errs, ErrPast)
	}
	if w.To != nil && w.To.Before(w.From) {
		errs = append(errs, ErrRange)
	}
	if w.Why == "" || utf8.RuneCountInString(w.Why) > WhyLength {
		errs = append(errs, ErrWhy)
	}
	return errors.Join(errs...)
}

// knownCountries refuses the code of a country that is on no list.
func (s *Store) knownCountries(ctx context.Context, t Table, w Wish) error {
	for _, f := range t.Fields {
		if f.Kind != Country || f.fault(w.Says[f.Column]) != "" || w.Says[f.Column] == "" {
			continue
		}
		var known bool
		err := s.db.With(ctx).Raw("SELECT EXISTS (SELECT FROM countries WHERE code = ?)", w.Says[f.Column]).Scan(&known).Error
		if err != nil {
			return err
		}
		if !known {
			return &record.Refusal{Key: "dated.choice_missing", Field: f.Column}
		}
	}
	return nil
}

// Save keeps what an officer wrote as the draft of a row; an empty code makes a new row. It gives the row's code.
// ErrStale says that a colleague wrote or published something meanwhile.
func (s *Store) Save(ctx context.Context, officer record.User, t Table, code string, w Wish) (string, error) {
	if err := s.mayWrite(ctx, officer); err != nil {
		return "", err
	}
	w.Why, w.Says = strings.TrimSpace(w.Why), t.clean(w.Says)
	if err := errors.Join(s.fits(t, w), s.knownCountries(ctx, t, w)); err != nil {
		return "", err
	}
	if code == "" {
		return s.saveNew(ctx, officer, t, w)
	}
	return code, s.change(ctx, "save draft", t, code, func(tx *Store) error {
		newest, err := tx.newest(ctx, t, code)
		if err != nil {
			return err
		}
		draft, err := tx.draft(ctx, t, code)
		if err != nil {
			return err
		}
		if newest.ID == 0 && draft.ID == 0 {
			return record.ErrNotFound
		}
		if draft.Version != w.Seen || newest.ID != w.BasedOn {
			return ErrStale
		}
		if w.Ends {
			w.Says = newest.Says
		} else if newest.ID != 0 && w.To == nil && newest.ValidTo == nil && maps.Equal(newest.Says, w.Says) {
			return ErrSame
		}
		draft.take(officer, t, code, w, tx.db.Now())
		if err := tx.db.With(ctx).Save(&draft).Error; err != nil {
			return err
		}
		return tx.audit(ctx, officer, "dated_written", draft)
	})
}

// take fills a draft with a wish.
func (c *Change) take(officer record.User, t Table, code string, w Wish, now time.Time) {
	c.OfTable, c.Code, c.Ends, c.Says, c.ValidFrom, c.ValidTo = t.Name, code, w.Ends, w.Says, w.From, w.To
	c.Why, c.State, c.BasedOn, c.WrittenBy, c.WrittenAt = w.Why, Draft, w.BasedOn, &officer.ID, now
	c.Version++
}

// saveNew keeps the draft of a row that is not there yet.
func (s *Store) saveNew(ctx context.Context, officer record.User, t Table, w Wish) (string, error) {
	var c Change
	c.take(officer, t, record.NewWord(), w, s.db.Now())
	c.FormToken = &w.Token
	err := s.db.Transact(ctx, "save new draft", func(db *record.DB) error {
		made := db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&c)
		if made.Error != nil {
			return made.Error
		}
		if made.RowsAffected == 0 { // the second press
			c = Change{}
			return db.With(ctx).Take(&c, "form_token = ? AND of_table = ?", w.Token, t.Name).Error
		}
		return (&Store{db: db, tables: s.tables}).audit(ctx, officer, "dated_written", c)
	})
	return c.Code, err
}

// change runs f while nobody else changes the row.
func (s *Store) change(ctx context.Context, doing string, t Table, code string, f func(tx *Store) error) error {
	return s.db.Transact(ctx, doing+" of "+t.Name, func(db *record.DB) error {
		if err := db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext(?))", "dated "+t.Name+" "+code).Error; err != nil {
			return err
		}
		return f(&Store{db: db, tables: s.tables})
	})
}

// newest is the version that begins last, the zero one where the row has none.
func (s *Store) newest(ctx context.Context, t Table, code string) (Version, error) {
	var list []Version
	err := s.db.With(ctx).Raw(t.versions()+"WHERE t.code = ? ORDER BY t.valid_from DESC LIMIT 1", code).Scan(&list).Error
	return append(list, Version{})[0], err
}

// draft is the open draft of a row, the zero one where there is none.
func (s *Store) draft(ctx context.Context, t Table, code string) (Change, error) {
	var list []Change
	err := s.db.With(ctx).Where("of_table = ? AND code = ? AND state = ?", t.Name, code, Draft).Limit(1).Find(&list).Error
	return append(list, Change{})[0], err
}

func (s *Store) audit(ctx context.Context, actor record.User, action string, c Change) error {
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "dated_change", SubjectID: c.ID,
		Detail: map[string]any{"table": c.OfTable, "code": c.Code, "version": c.Version}})
}

// decided finds the draft that an officer saw, for deciding about it.
func (s *Store) decided(ctx context.Context, officer record.User, t Table, code string, seen int) (Change, error) {
	c, err := s.draft(ctx, t, code)
	if err != nil {
		return c, err
	}
	if c.ID == 0 || c.Version != seen {
		return c, ErrStale
	}
	now := s.db.Now()
	c.DecidedAt = &now
	if officer.ID != 0 {
		c.DecidedBy = &officer.ID
	}
	return c, nil
}

// Drop throws the draft away that the officer saw.
func (s *Store) Drop(ctx context.Context, officer record.User, t Table, code string, seen int) error {
	if err := s.mayWrite(ctx, officer); err != nil {
		return err
	}
	return s.change(ctx, "drop draft", t, code, func(tx *Store) error {
		c, err := tx.decided(ctx, officer, t, code, seen)
		if err != nil {
			return err
		}
		c.State = Dropped
		if err := tx.db.With(ctx).Save(&c).Error; err != nil {
			return err
		}
		return tx.audit(ctx, officer, "dated_dropped", c)
	})
}

// Publish makes the draft that the officer saw a version of the row. Where the table wants a second person, it is not
// the one who wrote it. A day that has passed meanwhile becomes today.
func (s *Store) Publish(ctx context.Context, officer record.User, t Table, code string, seen int) error {
	if err := s.mayWrite(ctx, officer); err != nil {
		return err
	}
	return s.change(ctx, "publish", t, code, func(tx *Store) error {
		c, err := tx.decided(ctx, officer, t, code, seen)
		if err != nil {
			return err
		}
		if t.Second && c.WrittenBy != nil && *c.WrittenBy == officer.ID {
			return ErrSecond
		}
		return tx.publish(ctx, officer, t, c, nil)
	})
}

// publish carries a change out. checked is the day of its source, nil where nobody made sure of it yet.
func (s *Store) publish(ctx context.Context, actor record.User, t Table, c Change, checked *time.Time) error {
	if today := s.Today(); today.After(record.DateDay(c.ValidFrom)) {
		c.ValidFrom = today.Date()
	}
	if c.ValidTo != nil && c.ValidTo.Before(c.ValidFrom) {
		return ErrRange
	}
	newest, err := s.newest(ctx, t, c.Code)
	if err != nil {
		return err
	}
	if newest.ID != c.BasedOn {
		return ErrStale
	}
	if c.Ends {
		err = s.end(ctx, t, newest, *c.ValidTo)
	} else {
		err = s.place(ctx, t, c, checked)
	}
	if err != nil {
		return err
	}
	c.State = Published
	if err := s.db.With(ctx).Save(&c).Error; err != nil {
		return err
	}
	return s.audit(ctx, actor, "dated_published", c)
}

// end lets the newest version hold up to a day; where it begins later only, the row cannot end before it.
func (s *Store) end(ctx context.Context, t Table, newest Version, last time.Time) error {
	if newest.ID == 0 || last.Before(newest.ValidFrom) {
		return ErrLater
	}
	return s.endVersion(ctx, t, newest.ID, last)
}

func (s *Store) endVersion(ctx context.Context, t Table, id int64, last time.Time) error {
	return s.db.With(ctx).Exec("UPDATE "+t.Name+" SET valid_to = ? WHERE id = ?", last, id).Error
}

// place puts a version between those that are there: what holds on its first day ends on the eve, and it ends on the
// eve of the next.
func (s *Store) place(ctx context.Context, t Table, c Change, checked *time.Time) error {
	var around []Version
	err := s.db.With(ctx).Raw(t.versions()+`WHERE t.code = ?
			AND (t.valid_to IS NULL OR t.valid_to >= ?)
		ORDER BY t.valid_from
		LIMIT 2`, c.Code, c.ValidFrom).Scan(&around).Error
	if err != nil {
		return err
	}
	var same, before Version
	for _, v := range around {
		switch {
		case v.ValidFrom.Equal(c.ValidFrom):
			same = v
		case v.ValidFrom.Before(c.ValidFrom):
			before = v
		default:
			if eve := v.ValidFrom.AddDate(0, 0, -1); c.ValidTo == nil || c.ValidTo.After(eve) {
				c.ValidTo = &eve
			}
		}
	}
	if same.ID != 0 {
		return s.rewrite(ctx, t, same, c, checked)
	}
	if before.ID != 0 {
		if err := s.endVersion(ctx, t, before.ID, c.ValidFrom.AddDate(0, 0, -1)); err != nil {
			return err
		}
	}
	return s.add(ctx, t, c, checked)
}

// listed are the columns of values for a statement, with something before each.
func (t Table) listed(before string) string { return before + strings.Join(t.columns(), ", "+before) }

// add makes a version of a change. A new row stands behind all others.
func (s *Store) add(ctx context.Context, t Table, c Change, checked *time.Time) error {
	position := fmt.Sprintf(`coalesce((SELECT max(position) FROM %s WHERE code = ?), (SELECT coalesce(max(position), 0) + 1 FROM %s))`,
		t.Name, t.Name)
	return s.db.With(ctx).Exec("INSERT INTO "+t.Name+" (code, valid_from, valid_to, checked_on, position, "+t.listed("")+
		") SELECT ?, ?, ?::date, ?::date, "+position+", "+t.listed("r.")+" FROM jsonb_populate_record(NULL::"+t.Name+", ?) r",
		c.Code, c.ValidFrom, c.ValidTo, checked, c.Code, c.Says).Error
}

// rewrite changes a version that begins on the very day; what it said before stays in the change that made it.
func (s *Store) rewrite(ctx context.Context, t Table, v Version, c Change, checked *time.Time) error {
	return s.db.With(ctx).Exec("UPDATE "+t.Name+" t SET valid_to = ?::date, checked_on = ?::date, ("+t.listed("")+
		") = (SELECT "+t.listed("r.")+" FROM jsonb_populate_record(NULL::"+t.Name+", ?) r) WHERE t.id = ?",
		c.ValidTo, checked, c.Says, v.ID).Error
}

// Confirm writes down that the officer made sure today that the version is true which they saw.
func (s *Store) Confirm(ctx context.Context, officer record.User, t Table, code string, version int64) error {
	if err := s.mayWrite(ctx, officer); err != nil {
		return err
	}
	return s.change(ctx, "confirm", t, code, func(tx *Store) error {
		today := tx.Today()
		r := tx.db.With(ctx).Exec("UPDATE "+t.Name+` SET checked_on = ?
			WHERE id = ?
				AND code = ?
				AND valid_from <= ?
				AND (valid_to IS NULL OR valid_to >= ?)`, today.Date(), version, code, today.Date(), today.Date())
		if err := record.Changed(r, ErrStale); err != nil {
			return err
		}
		row := map[string]any{"of_table": t.Name, "code": code, "checked_by": officer.ID, "checked_at": tx.db.Now()}
		if err := tx.db.With(ctx).Table("dated_checks").Create(row).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, officer, record.Act{Action: "dated_checked", SubjectKind: t.Name, SubjectID: version})
	})
}
