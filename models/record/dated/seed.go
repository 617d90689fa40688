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
// from today on; for the others the release's words become a draft, which officers publish or drop. A row of which the
// release says what it said before is left alone, and so is one with a colleague's draft until that is decided.
func (s *Store) Follow(ctx context.Context, name string, seeds []Seed) error {
	t, err := s.Table(name)
	if err != nil {
		return fmt.Errorf("seed %s: %w", name, err)
	}
	var before []seeded
	if err := s.db.With(ctx).Where("of_table = ?", name).Limit(mostRows).Find(&before).Error; err != nil {
		return fmt.Errorf("seed %s: %w", name, err)
	}
	said := make(map[string]Values, len(before))
	for _, b := range before {
		said[b.Code] = b.Says
	}
	for _, seed := range seeds {
		seed.Says = t.clean(seed.Says)
		if err := t.check(seed.Says); err != nil {
			return fmt.Errorf("seed %s %s: %w", name, seed.Code, err)
		}
		if maps.Equal(said[seed.Code], seed.Says) {
			continue
		}
		err := s.change(ctx, "follow release", t, seed.Code, func(tx *Store) error { return tx.follow(ctx, t, seed) })
		if err != nil {
			return fmt.Errorf("seed %s %s: %w", name, seed.Code, err)
		}
	}
	return nil
}

// follow brings one row up to what a release says.
func (s *Store) follow(ctx context.Context, t Table, seed Seed) error {
	newest, err := s.newest(ctx, t, seed.Code)
	if err != nil {
		return err
	}
	draft, err := s.draft(ctx, t, seed.Code)
	if err != nil {
		return err
	}
	if draft.WrittenBy != nil {
		return nil // a colleague's; the next start tries again
	}
	var edits int64
	err = s.db.With(ctx).Model(&Change{}).
		Where("of_table = ? AND code = ? AND state = ? AND written_by IS NOT NULL", t.Name, seed.Code, Published).Count(&edits).Error
	if err != nil {
		return err
	}
	w := Wish{Says: seed.Says, From: s.Today().Date(), BasedOn: newest.ID}
	switch {
	case newest.ID == 0:
		c := Change{Code: seed.Code, Says: seed.Says, ValidFrom: seed.From}
		err = s.add(ctx, t, c, seed.Checked)
	case maps.Equal(newest.Says, seed.Says):
	case edits > 0:
		err = s.propose(ctx, t, seed.Code, draft, w)
	default:
		err = s.adopt(ctx, t, seed, draft, w)
	}
	if err != nil {
		return err
	}
	row := seeded{OfTable: t.Name, Code: seed.Code, Says: seed.Says}
	return s.db.With(ctx).Clauses(clause.OnConflict{
		Columns: []clause.Column{{Name: "of_table"}, {Name: "code"}}, DoUpdates: clause.AssignmentColumns([]string{"says"}),
	}).Create(&row).Error
}

// proposal fills a draft with a release's words.
func (s *Store) proposal(t Table, code string, draft Change, w Wish) Change {
	draft.take(record.SystemUser, t, code, w, s.db.Now())
	draft.WrittenBy = nil
	return draft
}

func (s *Store) propose(ctx context.Context, t Table, code string, draft Change, w Wish) error {
	draft = s.proposal(t, code, draft, w)
	if err := s.db.With(ctx).Save(&draft).Error; err != nil {
		return err
	}
	return s.audit(ctx, record.SystemUser, "dated_proposed", draft)
}

// adopt publishes a release's words at once.
func (s *Store) adopt(ctx context.Context, t Table, seed Seed, draft Change, w Wish) error {
	c := s.proposal(t, seed.Code, draft, w)
	now := s.db.Now()
	c.DecidedAt = &now
	return s.publish(ctx, record.SystemUser, t, c, seed.Checked)
}
