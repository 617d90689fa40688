package record

import (
	"context"
	"fmt"
	"slices"
)

// heldColumns are the columns of every table that holds something of people: users, and whatever refers to
// it, directly or over other tables. Generated columns follow those from which they are made.
const heldColumns = `WITH RECURSIVE held AS (
		SELECT 'users'::regclass::oid AS id
		UNION
		SELECT k.conrelid
		FROM pg_constraint k
		JOIN held ON k.confrelid = held.id
		WHERE k.contype = 'f'
	)
	SELECT c.relname AS table_name, a.attname AS column_name, c.oid IN (SELECT id FROM held) AS held
	FROM pg_class c
	JOIN pg_namespace n ON n.oid = c.relnamespace AND n.nspname = current_schema()
	JOIN pg_attribute a ON a.attrelid = c.oid
		AND a.attnum > 0
		AND NOT a.attisdropped
		AND a.attgenerated = ''
	WHERE c.relkind IN ('r', 'p')
	ORDER BY c.relname, a.attnum`

// Gaps compares a declaration with the database and lists what is missing in either: a column that nobody
// declared, of a table that refers to people, and a declared one that does not exist; further what
// contradicts itself.
func (d *DB) Gaps(ctx context.Context, list []Personal) ([]string, error) {
	var columns []struct {
		TableName, ColumnName string
		Held                  bool
	}
	if err := d.With(ctx).Raw(heldColumns).Scan(&columns).Error; err != nil {
		return nil, fmt.Errorf("columns of people: %w", err)
	}
	gaps := faults(list)
	declared := map[string][]string{}
	for _, p := range list {
		declared[p.Table] = p.columns()
	}
	for _, c := range columns {
		of, known := declared[c.TableName]
		if i := slices.Index(of, c.ColumnName); i >= 0 {
			declared[c.TableName] = slices.Delete(of, i, i+1)
		} else if known || c.Held {
			gaps = append(gaps, fmt.Sprintf("%s.%s is declared by nobody", c.TableName, c.ColumnName))
		}
	}
	for _, p := range list {
		for _, name := range declared[p.Table] {
			gaps = append(gaps, fmt.Sprintf("%s.%s is declared and does not exist", p.Table, name))
		}
	}
	return gaps, nil
}
