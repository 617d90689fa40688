package record

import (
	"context"
	"time"
)

// A Limit is how often something may happen in a window of time, over all processes.
type Limit struct {
	Name   string
	Most   int
	Window time.Duration
}

// Attempt counts one try of somebody under the limit and says whether it is still allowed. Outside a
// transaction of the caller a refused try counts too. What was counted under an older key counts on.
func (d *DB) Attempt(ctx context.Context, l Limit, who string) (bool, error) {
	window, keys := d.now().Truncate(l.Window), d.attemptKeys(l, who)
	var count int
	err := d.With(ctx).Raw(`WITH own AS (
			INSERT INTO attempts (window_at, key, count)
			VALUES (?, ?, 1)
			ON CONFLICT (key, window_at) DO UPDATE
			SET count = attempts.count + 1
			RETURNING count)
		SELECT count + (SELECT coalesce(sum(a.count), 0) FROM attempts a WHERE a.window_at = ? AND a.key IN ?)
		FROM own`,
		window, keys[0], window, keys[1:]).Scan(&count).Error
	return count <= l.Most, err
}

// Forgive forgets the tries of somebody who got it right.
func (d *DB) Forgive(ctx context.Context, l Limit, who string) error {
	return d.With(ctx).Exec("DELETE FROM attempts WHERE key IN ?", d.attemptKeys(l, who)).Error
}

// attemptKeys keep names and addresses out of the table; the first is the one to count under.
func (d *DB) attemptKeys(l Limit, who string) [][]byte { return d.box.Indexes(who, "attempt:"+l.Name) }
