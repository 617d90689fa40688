package dated

import (
	"context"
	"errors"
	"maps"
	"slices"
	"strings"
	"time"
	"unicode/utf8"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// WhyLength is how many characters the reason for a change has at most.
const WhyLength = 500

// A Wish is what an officer writes: what a row is to say from a day on, up to another where To is set. Where it Ends,
// the row holds up to To and no longer. Checked says that the officer made sure of it.
type Wish struct {
	Says    Values
	From    time.Time
	To      *time.Time
	Ends    bool
	Checked bool
	Why     string
	Seen    Seen
	Code    string // of a new row, where the table has its rows named
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

// known refuses the code of a country or of another row that is on no list.
func (s *Store) known(ctx context.Context, t Table, w Wish) error {
	for _, f := range t.Fields {
		table, codes := f.Of, f.codes(w.Says[f.Column])
		if f.Kind == Country && w.Says[f.Column] != "" {
			table, codes = "countries", []string{w.Says[f.Column]}
		}
		if w.Ends || len(codes) == 0 || f.fault(w.Says[f.Column]) != "" {
			continue
		}
		var found []string
		if err := s.db.With(ctx).Raw("SELECT DISTINCT code FROM "+table+" WHERE code IN ?", codes).Scan(&found).Error; err != nil {
			return err
		}
		for _, code := range codes {
			if !slices.Contains(found, code) && f.Cites != nil {
				return &record.Refusal{Key: "dated.unknown", Field: f.Column, Args: []any{"Name", code}}
			}
			if !slices.Contains(found, code) {
				return &record.Refusal{Key: "dated.choice_missing", Field: f.Column}
			}
		}
	}
	return nil
}

// A state is a row inside a transaction: its versions, the first first, and its newest change, the zero one where
// nobody wrote any. An open draft is always the newest change.
type state struct {
	versions []Version
	last     Change
}

func (st state) drafted() bool { return st.last.State == Draft }

// on is the version that holds on a day, and whether another one follows right after it.
func (st state) on(day time.Time) (v Version, followed, ok bool) {
	i := slices.IndexFunc(st.versions, func(v Version) bool { return v.HoldsOn(record.DateDay(day)) })
	if i < 0 {
		return v, false, false
	}
	v = st.versions[i]
	followed = v.ValidTo != nil && i+1 < len(st.versions) && st.versions[i+1].ValidFrom.Equal(after(*v.ValidTo))
	return v, followed, true
}

// changes says whether a wish would change anything.
func (st state) changes(w Wish) bool {
	v, followed, ok := st.on(w.From)
	if w.Ends || !ok || !maps.Equal(v.Says, w.Says) {
		return true
	}
	return !sameDay(v.ValidTo, w.To) && (w.To != nil || !followed)
}

// wrote says whether an officer's open draft is the wish already: the second press.
func (st state) wrote(officer record.User, w Wish) bool {
	c := st.last
	return c.State == Draft && c.WrittenBy != nil && *c.WrittenBy == officer.ID && c.Ends == w.Ends && c.Why == w.Why &&
		c.Checked == w.Checked && sameDay(c.ValidTo, w.To) && (w.Ends || c.ValidFrom.Equal(w.From) && maps.Equal(c.Says, w.Says))
}

// Save keeps what an officer wrote as the draft of a row; an empty code makes a new row. It gives the row's code.
// ErrStale says that a colleague wrote or decided something meanwhile.
func (s *Store) Save(ctx context.Context, officer record.User, t Table, code string, w Wish) (string, error) {
	if err := s.mayWrite(ctx, officer); err != nil {
		return "", err
	}
	if t.Fixed && (code == "" || w.Ends) {
		return "", record.ErrForbidden
	}
	w.Why, w.Says = strings.TrimSpace(w.Why), t.clean(w.Says)
	if err := errors.Join(s.fits(t, w), s.known(ctx, t, w)); err != nil {
		return "", err
	}
	if code == "" {
		return s.saveNew(ctx, officer, t, w)
	}
	return code, s.change(ctx, "save draft", t, code, func(tx *Store, st state) error {
		switch {
		case len(st.versions) == 0 && st.last.ID == 0:
			return record.ErrNotFound
		case st.wrote(officer, w):
			return nil
		case st.last.seen() != w.Seen:
			return ErrStale
		case !st.changes(w):
			return ErrSame
		}
		draft := st.last
		if !st.drafted() {
			draft = Change{}
		}
		if w.Ends {
			if draft.ID != 0 && !draft.Ends {
				return ErrOpen
			}
			if _, err := (Change{Ends: true, ValidTo: w.To}).over(st.versions); err != nil {
				return err
			}
			w.Says = st.versions[len(st.versions)-1].Says
		}
		return tx.keep(ctx, officer, t, code, draft, w)
	})
}

// keep writes a wish into a draft.
func (s *Store) keep(ctx context.Context, officer record.User, t Table, code string, draft Change, w Wish) error {
	draft.OfTable, draft.Code, draft.Ends, draft.Says, draft.ValidFrom, draft.ValidTo = t.Name, code, w.Ends, w.Says, w.From, w.To
	draft.Why, draft.Checked, draft.State, draft.WrittenAt, draft.WrittenBy = w.Why, w.Checked, Draft, s.db.Now(), nil
	if officer.ID != 0 {
		draft.WrittenBy = &officer.ID
	}
	if w.Token != "" && draft.ID == 0 {
		draft.FormToken = &w.Token
	}
	draft.Version++
	if err := s.db.With(ctx).Save(&draft).Error; err != nil {
		return err
	}
	return s.audit(ctx, officer, "dated_written", draft)
}

// saveNew keeps the draft of a row that is not there yet. What a form sends again is its draft; once that has been
// decided, Back and another press make another row.
func (s *Store) saveNew(ctx context.Context, officer record.User, t Table, w Wish) (string, error) {
	code := record.NewWord()
	if t.Named {
		if code = strings.TrimSpace(w.Code); !rowCode.MatchString(code) {
			return "", &record.Refusal{Key: "dated.code_shape", Field: "code"}
		}
	}
	err := s.db.Transact(ctx, "save new draft of "+t.Name, func(db *record.DB) error {
		tx := &Store{db: db, tables: s.tables}
		if err := tx.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext(?))", "dated form "+w.Token).Error; err != nil {
			return err
		}
		var sent []Change
		if err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE"}).Limit(1).Find(&sent, "form_token = ?", w.Token).Error; err != nil {
			return err
		}
		if len(sent) == 0 {
			return tx.begin(ctx, officer, t, code, w)
		}
		st := state{last: sent[0]}
		if st.drafted() && st.last.OfTable == t.Name && st.last.WrittenBy != nil && *st.last.WrittenBy == officer.ID {
			code = st.last.Code
			if st.wrote(officer, w) {
				return nil
			}
			return tx.keep(ctx, officer, t, code, st.last, w)
		}
		w.Token = ""
		return tx.begin(ctx, officer, t, code, w)
	})
	return code, err
}

// begin keeps the first draft of a row; no other row has or had its code.
func (s *Store) begin(ctx context.Context, officer record.User, t Table, code string, w Wish) error {
	return s.locked(ctx, t, code, func(tx *Store, st state) error {
		if len(st.versions) > 0 || st.last.ID != 0 {
			return &record.Refusal{Key: "dated.code_taken", Field: "code"}
		}
		return tx.keep(ctx, officer, t, code, Change{}, w)
	})
}

// change runs f with a row while nobody else changes it.
func (s *Store) change(ctx context.Context, doing string, t Table, code string, f func(tx *Store, st state) error) error {
	return s.db.Transact(ctx, doing+" of "+t.Name, func(db *record.DB) error {
		return (&Store{db: db, tables: s.tables}).locked(ctx, t, code, f)
	})
}

// locked is change inside a transaction.
func (s *Store) locked(ctx context.Context, t Table, code string, f func(tx *Store, st state) error) error {
	if err := s.db.With(ctx).Exec("SELECT pg_advisory_xact_lock(hashtext(?))", "dated "+t.Name+" "+code).Error; err != nil {
		return err
	}
	var st state
	if err := s.db.With(ctx).Raw(t.versions()+"WHERE t.code = ? ORDER BY t.valid_from", code).Scan(&st.versions).Error; err != nil {
		return err
	}
	var last []Change
	if err := s.db.With(ctx).Where("of_table = ? AND code = ?", t.Name, code).Order("id DESC").Limit(1).Find(&last).Error; err != nil {
		return err
	}
	st.last = append(last, Change{})[0]
	return f(s, st)
}

func (s *Store) audit(ctx context.Context, actor record.User, action string, c Change) error {
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "dated_change", SubjectID: c.ID,
		Detail: map[string]any{"table": c.OfTable, "code": c.Code, "version": c.Version}})
}
