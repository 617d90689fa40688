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
// transaction of the caller a refused try counts too.
func (d *DB) Attempt(ctx context.Context, l Limit, who string) (bool, error) {
	window := d.now().Truncate(l.Window)
	var count int
	err := d.With(ctx).Raw(`INSERT INTO attempts (window_at, key, count) VALUES (?, ?, 1)
		ON CONFLICT (key, window_at) DO UPDATE SET count = attempts.count + 1 RETURNING count`,
		window, d.attemptKey(l, who)).Scan(&count).Error
	return count <= l.Most, err
}

// Forgive forgets the tries of somebody who got it right.
func (d *DB) Forgive(ctx context.Context, l Limit, who string) error {
	return d.With(ctx).Exec("DELETE FROM attempts WHERE key = ?", d.attemptKey(l, who)).Error
}

// attemptKey keeps names and addresses out of the table.
func (d *DB) attemptKey(l Limit, who string) []byte { return d.box.Index(who, "attempt:"+l.Name) }
