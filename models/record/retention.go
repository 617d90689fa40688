package record

import (
	"context"
	"errors"
	"fmt"
	"time"
)

// retainedAtOnce is how many rows one statement deletes.
const retainedAtOnce = 1000

// Retain deletes rows that have outlived their terms, the oldest first and so many of each kind at a time;
// more says that some are left. One kind that fails does not keep the others. Several that
// run at once take different rows.
func (d *DB) Retain(ctx context.Context, list []Personal) (more bool, err error) {
	var failed []error
	for _, p := range list {
		for _, t := range p.Terms {
			if t.Step {
				continue
			}
			left, err := d.retain(ctx, p.Table, t)
			failed, more = append(failed, err), more || left
		}
	}
	return more, errors.Join(failed...)
}

func (d *DB) retain(ctx context.Context, table string, t Term) (more bool, err error) {
	before, err := d.KeptSince(ctx, t.What)
	if err != nil {
		return false, err
	}
	which := t.Since + " < @before"
	if t.When != "" {
		which += " AND (" + t.When + ")"
	}
	r := d.With(ctx).Exec(`DELETE FROM `+table+`
		WHERE ctid IN (
			SELECT t.ctid
			FROM `+table+` t
			WHERE `+which+`
			ORDER BY `+t.Since+`
			LIMIT @most
			FOR UPDATE SKIP LOCKED)`, map[string]any{"before": before, "most": retainedAtOnce})
	if r.Error != nil {
		return false, fmt.Errorf("retention of %s: %w", t.What, r.Error)
	}
	return r.RowsAffected == retainedAtOnce, nil
}

// KeptSince is the time before which the term of today lets nothing of a kind stay.
func (d *DB) KeptSince(ctx context.Context, what string) (time.Time, error) {
	var days []int
	err := d.With(ctx).Raw(`SELECT days
		FROM retention_terms
		WHERE what = ?
			AND valid_from <= ?
		ORDER BY valid_from DESC
		LIMIT 1`,
		what, DayOf(d.now()).Date()).Scan(&days).Error
	if err == nil && len(days) == 0 {
		err = errors.New("no term holds today")
	}
	if err != nil {
		return time.Time{}, fmt.Errorf("retention of %s: %w", what, err)
	}
	return d.now().AddDate(0, 0, -days[0]), nil
}
