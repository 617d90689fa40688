package models

import (
	"context"
	"errors"
	"time"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

const (
	// filesRest is longer than anybody sends one file: it may be sealed with the key that was the
	// newest when the sending began.
	filesRest = 15 * time.Minute
	// filesTime is when a step of files ends, if it was not at its end before.
	filesTime = 5 * time.Second
)

// sealedFiles is a kind of rows that name files of the store: query gives, for rows after an id, the
// keys of what was sealed for each of two places.
type sealedFiles struct {
	table         string
	query         string
	first, second func(key string) seal.Place
}

// fileTables are the rows that name files.
var fileTables = []sealedFiles{
	{table: "uploads", first: OriginalPlace, second: ImagePlace,
		query: `SELECT u.id, ARRAY[u.blob_key] AS first,
				ARRAY(SELECT unnest(ARRAY[p.view_key, p.thumb_key]) FROM upload_pages p WHERE p.upload_id = u.id) AS second
			FROM uploads u WHERE u.id > ? ORDER BY u.id LIMIT ?`},
	{table: "imports", first: OriginalPlace,
		query: `SELECT id, ARRAY[blob_key] AS first FROM imports WHERE id > ? ORDER BY id LIMIT ?`},
	{table: "partial_uploads", first: PartPlace,
		query: `SELECT u.id, ARRAY(SELECT p.blob_key FROM partial_upload_parts p WHERE p.partial_id = u.id) AS first
			FROM partial_uploads u WHERE u.id > ? ORDER BY u.id LIMIT ?`},
}

// areaFiles are those of the areas.
func areaFiles(list []record.Personal) (tables []sealedFiles) {
	for _, p := range list {
		if p.Blobs != nil {
			query := "SELECT id, " + p.Blobs.Keys() + " AS first FROM " + p.Table + " WHERE id > ? ORDER BY id LIMIT ?"
			tables = append(tables, sealedFiles{table: p.Table, query: query, first: p.Blobs.Place})
		}
	}
	return tables
}

// fileRow is a row that names files.
type fileRow struct {
	ID     int64
	First  record.Codes `gorm:"type:text[]"`
	Second record.Codes `gorm:"type:text[]"`
}

// resealFiles seals the files of some rows again, in one round: what was written since the rest is
// under the newest key. A file never changes under its key, so another content cannot get lost; one
// that is deleted just now may come back, and goes as one that no row names.
func (s *Store) resealFiles(ctx context.Context, f sealedFiles, r record.Resealing, reseal FileResealer) (record.ResealStep, error) {
	var rows []fileRow
	step := record.ResealStep{Cursor: r.Cursor}
	if err := s.db.With(ctx).Raw(f.query, r.Cursor, record.ResealBatch).Scan(&rows).Error; err != nil {
		return step, err
	}
	begun := time.Now()
	for i, row := range rows {
		if i > 0 && time.Since(begun) > filesTime {
			return step, nil
		}
		changed, err := f.reseal(ctx, row, reseal)
		step.Changed += changed
		if errors.Is(err, seal.ErrUnseal) {
			step.Unopened = append(step.Unopened, row.ID)
		} else if err != nil {
			return step, err
		}
		step.Cursor = row.ID
	}
	step.Done = len(rows) < record.ResealBatch
	return step, nil
}

// reseal does it for the files of one row; one that does not open keeps no other from it.
func (f sealedFiles) reseal(ctx context.Context, row fileRow, reseal FileResealer) (changed int64, err error) {
	for i, keys := range []record.Codes{row.First, row.Second} {
		for _, key := range keys {
			place := []func(string) seal.Place{f.first, f.second}[i](key)
			did, fault := reseal(ctx, key, place)
			if did {
				changed++
			}
			if fault != nil && !errors.Is(fault, seal.ErrUnseal) {
				return changed, fault
			}
			err = errors.Join(err, fault)
		}
	}
	return changed, err
}
