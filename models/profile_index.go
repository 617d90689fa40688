package models

import (
	"bytes"
	"context"
	"errors"
	"slices"

	"gorm.io/gorm/clause"

	"naikkelas/internal/nik"
	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// nikIndexKeys says under which keys the index of NIKs is (migration 2026112901). KeyID is nil for the
// first key of the key set.
type nikIndexKeys struct {
	KeyID     *int64
	NextKeyID *int64
	Filled    bool
}

// TableName is where the one row lies.
func (nikIndexKeys) TableName() string { return "nik_index_keys" }

// nikKeys reads the keys. A lock holds them as they are until the transaction ends: "SHARE" for
// whoever writes a NIK, "UPDATE" for whoever changes the keys.
func (s *Store) nikKeys(ctx context.Context, lock string) (k nikIndexKeys, err error) {
	q := s.db.With(ctx)
	if lock != "" {
		q = q.Clauses(clause.Locking{Strength: lock})
	}
	err = q.Take(&k).Error
	if k.KeyID == nil {
		oldest := s.db.Box().Oldest(seal.Indexes)
		k.KeyID = &oldest
	}
	return k, err
}

// columns are both columns of a NIK's index, as a row must have them now. next is nil while the
// index does not move.
func (k nikIndexKeys) columns(box *seal.Box, n nik.NIK) (index, next []byte, err error) {
	if k.NextKeyID != nil {
		if next, err = box.IndexUnder(*k.NextKeyID, n.Plain(), "nik"); err != nil {
			return nil, nil, err
		}
	}
	if k.Filled {
		return next, next, nil
	}
	index, err = box.IndexUnder(*k.KeyID, n.Plain(), "nik")
	return index, next, err
}

// indexes are all indexes that a row of the NIK may have now.
func (k nikIndexKeys) indexes(box *seal.Box, n nik.NIK) (list [][]byte, err error) {
	for _, key := range []*int64{k.KeyID, k.NextKeyID} {
		if key == nil {
			continue
		}
		index, err := box.IndexUnder(*key, n.Plain(), "nik")
		if err != nil {
			return nil, err
		}
		list = append(list, index)
	}
	return list, nil
}

// nikIndexes are those indexes, for searching.
func (s *Store) nikIndexes(ctx context.Context, n nik.NIK) ([][]byte, error) {
	k, err := s.nikKeys(ctx, "")
	if err != nil {
		return nil, err
	}
	return k.indexes(s.db.Box(), n)
}

// setNIKIndex adds the columns of the index of a NIK that was typed, and says whether it is another
// one than the profile has. The keys stay as they are until the transaction ends.
func (s *Store) setNIKIndex(ctx context.Context, p Profile, n nik.NIK, set map[string]any) (other bool, err error) {
	if n.IsZero() {
		return false, nil
	}
	k, err := s.nikKeys(ctx, "SHARE")
	if err != nil {
		return false, err
	}
	if set["nik_index"], set["nik_index_next"], err = k.columns(s.db.Box(), n); err != nil {
		return false, err
	}
	known, err := k.indexes(s.db.Box(), n)
	return !slices.ContainsFunc(known, func(i []byte) bool { return bytes.Equal(i, p.NIKIndex) }), err
}

// ofNIK is the SQL for the rows of profiles, under a name of the table, that have one of the indexes of
// a NIK, for which it holds two places.
func ofNIK(table string) string {
	return "(" + table + ".nik_index IN ? OR " + table + ".nik_index_next IN ?)"
}

// The steps by which the index moves to another key. At each moment one of the two columns is there
// for every NIK, all under one key, and unique among verified persons; the keys only change once that
// is proven while nobody writes.

// stepNIKIndex does the next of them.
func (s *Store) stepNIKIndex(ctx context.Context, r record.Resealing) (record.ResealStep, error) {
	k, err := s.nikKeys(ctx, "")
	switch {
	case err != nil:
		return record.ResealStep{}, err
	case k.Filled:
		return s.moveNIKIndex(ctx, k, r)
	case k.NextKeyID != nil && *k.NextKeyID == r.KeyID:
		return s.fillNIKIndex(ctx, k, r)
	case k.NextKeyID != nil: // of a change of keys that another one has overtaken
		_, err := s.turnNIKKeys(ctx, k, "", nikIndexKeys{KeyID: k.KeyID})
		return record.ResealStep{NewRound: true}, err
	}
	return s.beginNIKIndex(ctx, k, r)
}

// beginNIKIndex empties the second column and then opens it for the new key, or ends when the index
// is under that key.
func (s *Store) beginNIKIndex(ctx context.Context, k nikIndexKeys, r record.Resealing) (record.ResealStep, error) {
	step, last, err := s.changeNIKIndex(ctx, k, r, "nik_index_next = NULL", "nik_index_next IS NOT NULL")
	if err != nil || !last {
		return step, err
	}
	step.Cursor = 0 // also for those that somebody held
	if *k.KeyID == r.KeyID {
		left, err := s.leftOfNIKIndex(ctx, r)
		step.Done = left == 0
		return step, err
	}
	_, err = s.turnNIKKeys(ctx, k, "nik_index_next IS NOT NULL", nikIndexKeys{KeyID: k.KeyID, NextKeyID: &r.KeyID})
	return step, err
}

// fillNIKIndex computes the second column for some rows that lack it. When none lacks it the first
// column may follow.
func (s *Store) fillNIKIndex(ctx context.Context, k nikIndexKeys, r record.Resealing) (step record.ResealStep, err error) {
	const unfilled = "nik_index IS NOT NULL AND nik_index_next IS NULL"
	var last bool
	err = s.transact(ctx, "fill index of NIKs", func(tx *Store) error {
		step, last = record.ResealStep{Cursor: r.Cursor}, false
		if now, err := tx.nikKeys(ctx, "SHARE"); err != nil || !now.same(k) {
			return err
		}
		var rows []Profile
		err := tx.db.With(ctx).Clauses(clause.Locking{Strength: "UPDATE", Options: "SKIP LOCKED"}).
			Select("user_id", "nik_sealed").Where("user_id > ? AND "+unfilled, r.Cursor).
			Order("user_id").Limit(record.ResealBatch).Find(&rows).Error
		last = len(rows) < record.ResealBatch
		for i := 0; i < len(rows) && err == nil; i++ {
			step.Cursor = rows[i].UserID
			if err = tx.fillNIKIndexOf(ctx, rows[i], *k.NextKeyID); errors.Is(err, seal.ErrUnseal) {
				step.Unopened, err = append(step.Unopened, rows[i].UserID), nil
			} else {
				step.Changed++
			}
		}
		return err
	})
	if err != nil || !last {
		return step, err
	}
	turned, err := s.turnNIKKeys(ctx, k, unfilled, nikIndexKeys{KeyID: k.KeyID, NextKeyID: k.NextKeyID, Filled: true})
	if err != nil || turned {
		return record.ResealStep{Changed: step.Changed, NewRound: true}, err
	}
	if r.Unopened == 0 && len(step.Unopened) == 0 {
		step.Changed++ // somebody holds a row just now: another round finds it
	}
	return step.EndRound(r, true), nil
}

func (s *Store) fillNIKIndexOf(ctx context.Context, p Profile, key int64) error {
	plain, err := s.openNumber(p.UserID, "nik_sealed", p.NIKSealed)
	if err != nil {
		return err
	}
	next, err := s.db.Box().IndexUnder(key, plain, "nik")
	if err != nil {
		return err
	}
	return s.db.With(ctx).Exec("UPDATE profiles SET nik_index_next = ? WHERE user_id = ?", next, p.UserID).Error
}

// moveNIKIndex gives the first column the values of the second one, and then forgets the older key.
func (s *Store) moveNIKIndex(ctx context.Context, k nikIndexKeys, r record.Resealing) (record.ResealStep, error) {
	const waiting = "nik_index <> nik_index_next"
	step, last, err := s.changeNIKIndex(ctx, k, r, "nik_index = nik_index_next", waiting)
	if err != nil || !last {
		return step, err
	}
	step.Cursor = 0
	_, err = s.turnNIKKeys(ctx, k, waiting, nikIndexKeys{KeyID: k.NextKeyID})
	return step, err
}

// changeNIKIndex sets columns of a batch of rows that wait for it, while the keys are as they were
// seen. It says whether these were the last; rows that somebody holds are left out.
func (s *Store) changeNIKIndex(ctx context.Context, seen nikIndexKeys, r record.Resealing, set, waiting string) (
	step record.ResealStep, last bool, err error,
) {
	err = s.transact(ctx, "change index of NIKs", func(tx *Store) error {
		step, last = record.ResealStep{Cursor: r.Cursor}, false
		if now, err := tx.nikKeys(ctx, "SHARE"); err != nil || !now.same(seen) {
			return err
		}
		var ids []int64
		err := tx.db.With(ctx).Raw("UPDATE profiles SET "+set+" WHERE user_id IN (SELECT user_id FROM profiles WHERE user_id > ? AND "+
			waiting+" ORDER BY user_id LIMIT ? FOR UPDATE SKIP LOCKED) RETURNING user_id", r.Cursor, record.ResealBatch).Scan(&ids).Error
		for _, id := range ids {
			step.Cursor = max(step.Cursor, id)
		}
		step.Changed, last = int64(len(ids)), len(ids) < record.ResealBatch
		return err
	})
	return step, last, err
}

// turnNIKKeys changes the keys, unless somebody else did or a row is there that hinders it. It waits
// for everybody who is writing a NIK.
func (s *Store) turnNIKKeys(ctx context.Context, seen nikIndexKeys, hindrance string, to nikIndexKeys) (turned bool, err error) {
	err = s.transact(ctx, "change keys of the index of NIKs", func(tx *Store) error {
		turned = false
		now, err := tx.nikKeys(ctx, "UPDATE")
		if err != nil || !now.same(seen) {
			return err
		}
		if hindrance != "" {
			var hindered bool
			err := tx.db.With(ctx).Raw("SELECT EXISTS (SELECT 1 FROM profiles WHERE " + hindrance + ")").Scan(&hindered).Error
			if err != nil || hindered {
				return err
			}
		}
		turned = true
		return tx.db.With(ctx).Exec("UPDATE nik_index_keys SET key_id = ?, next_key_id = ?, filled = ?", to.KeyID, to.NextKeyID, to.Filled).Error
	})
	return turned, err
}

func (k nikIndexKeys) same(other nikIndexKeys) bool {
	equal := func(a, b *int64) bool { return a == b || a != nil && b != nil && *a == *b }
	return equal(k.KeyID, other.KeyID) && equal(k.NextKeyID, other.NextKeyID) && k.Filled == other.Filled
}

// leftOfNIKIndex counts the rows whose index is not under the newest key alone.
func (s *Store) leftOfNIKIndex(ctx context.Context, _ record.Resealing) (n int64, err error) {
	k, err := s.nikKeys(ctx, "")
	if err != nil {
		return 0, err
	}
	where := "nik_index IS NOT NULL"
	if *k.KeyID == s.db.Box().Primary(seal.Indexes) && k.NextKeyID == nil {
		where = "nik_index_next IS NOT NULL"
	}
	err = s.db.With(ctx).Raw("SELECT count(*) FROM profiles WHERE " + where).Scan(&n).Error
	return n, err
}
