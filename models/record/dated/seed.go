package dated

import (
	"context"
	"fmt"
	"maps"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// A Seed is what a release says of a row: From is the day of a row that is not there yet, Checked the day of its
// source, nil where nobody knows it.
type Seed struct {
	Code    string
	Says    Values
	From    time.Time
	Checked *time.Time
}

// seeded is what the last release said.
type seeded struct {
	OfTable string
	Code    string
	Says    Values
}

func (seeded) TableName() string { return "dated_seeds" }

// Follow brings a table up to what a release says. Rows that are missing are added; those that nobody edited follow,
// from today on; for the others the release's words become a draft, which officers publish or drop. A row that ended
// stays so. A row of which the release says what it said before is left alone, but for a newer day of its source, and
// so is one with a colleague's draft until that is decided.
func (s *Store) Follow(ctx context.Context, name string, seeds []Seed) error {
	t, err := s.Table(name)
	if err != nil {
		return fmt.Errorf("seed %s: %w", name, err)
	}
	said, err := s.seeds(ctx, t)
	if err != nil {
		return fmt.Errorf("seed %s: %w", name, err)
	}
	now, err := s.inForce(ctx, t)
	if err != nil {
		return fmt.Errorf("seed %s: %w", name, err)
	}
	for _, seed := range seeds {
		seed.Says = t.clean(seed.Says)
		if err := t.check(seed.Says); err != nil {
			return fmt.Errorf("seed %s %s: %w", name, seed.Code, err)
		}
		v := now[seed.Code]
		if maps.Equal(said[seed.Code], seed.Says) {
			if maps.Equal(v.Says, seed.Says) && !sameDay(later(seed.Checked, v.CheckedOn), v.CheckedOn) {
				err = s.confirmOn(ctx, t, v.ID, *seed.Checked)
			}
		} else {
			err = s.change(ctx, "follow release", t, seed.Code, func(tx *Store, st state) error { return tx.follow(ctx, t, st, seed) })
		}
		if err != nil {
			return fmt.Errorf("seed %s %s: %w", name, seed.Code, err)
		}
	}
	return nil
}

// seeds are what the last release said, by code.
func (s *Store) seeds(ctx context.Context, t Table) (map[string]Values, error) {
	var list []seeded
	err := s.db.With(ctx).Where("of_table = ?", t.Name).Limit(mostRows).Find(&list).Error
	said := make(map[string]Values, len(list))
	for _, row := range list {
		said[row.Code] = row.Says
	}
	return said, err
}

// inForce are the versions that hold today, by code.
func (s *Store) inForce(ctx context.Context, t Table) (map[string]Version, error) {
	rows, err := s.rowsOn(ctx, t, s.Today())
	now := make(map[string]Version, len(rows))
	for _, r := range rows {
		now[r.Code] = r.Version
	}
	return now, err
}

// follow brings one row up to what a release says.
func (s *Store) follow(ctx context.Context, t Table, st state, seed Seed) error {
	var before []seeded // another process may have been here meanwhile
	if err := s.db.With(ctx).Limit(1).Find(&before, "of_table = ? AND code = ?", t.Name, seed.Code).Error; err != nil {
		return err
	}
	if len(before) == 1 && maps.Equal(before[0].Says, seed.Says) || st.drafted() && st.last.WrittenBy != nil {
		return nil // a colleague's draft: the next start tries again
	}
	if err := s.adopt(ctx, t, st, seed); err != nil {
		return err
	}
	row := seeded{OfTable: t.Name, Code: seed.Code, Says: seed.Says}
	return s.db.With(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "of_table"}, {Name: "code"}}, DoUpdates: clause.AssignmentColumns([]string{"says"}),
	}).Create(&row).Error
}

// adopt adds a row, or publishes or proposes a release's words about one that is there.
func (s *Store) adopt(ctx context.Context, t Table, st state, seed Seed) error {
	if len(st.versions) == 0 {
		return s.add(ctx, t, Version{Code: seed.Code, Says: seed.Says, ValidFrom: seed.From, CheckedOn: seed.Checked})
	}
	newest := st.versions[len(st.versions)-1]
	draft := Change{}
	if st.drafted() {
		draft = st.last
	}
	same := maps.Equal(newest.Says, seed.Says)
	if same || newest.ValidTo != nil {
		if same && draft.ID != 0 { // what an older release proposed is none any more
			return s.drop(ctx, record.SystemUser, draft.decided(record.SystemUser, Dropped, s.db.Now()))
		}
		return nil
	}
	var edits int64
	err := s.db.With(ctx).Model(&Change{}).
		Where("of_table = ? AND code = ? AND state = ? AND written_by IS NOT NULL", t.Name, seed.Code, Published).Count(&edits).Error
	if err != nil {
		return err
	}
	w := Wish{Says: seed.Says, From: s.Today().Date()}
	if edits > 0 {
		return s.keep(ctx, record.SystemUser, t, seed.Code, draft, w)
	}
	draft.OfTable, draft.Code, draft.Says, draft.ValidFrom, draft.ValidTo = t.Name, seed.Code, w.Says, w.From, nil
	draft.Ends, draft.WrittenAt, draft.checkedOn = false, s.db.Now(), seed.Checked
	return s.publish(ctx, record.SystemUser, t, st, draft.decided(record.SystemUser, Published, s.db.Now()))
}
