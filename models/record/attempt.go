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
	count, _, err := d.Count(ctx, l, who, "")
	return count <= l.Most, err
}

// Count counts one try of somebody under the limit. It says how many there were with it, and when the count
// begins again. owner is whose counter it is, for ForgiveAll; empty for nobody's.
func (d *DB) Count(ctx context.Context, l Limit, who, owner string) (count int, until time.Time, err error) {
	return d.spend(ctx, l, who, owner, 1)
}

// Spend counts so many of what a limit counts and says whether that is still allowed, as Attempt does of one.
func (d *DB) Spend(ctx context.Context, l Limit, who string, n int) (bool, error) {
	count, _, err := d.spend(ctx, l, who, "", n)
	return count <= l.Most, err
}

func (d *DB) spend(ctx context.Context, l Limit, who, owner string, n int) (count int, until time.Time, err error) {
	window, keys := d.now().Truncate(l.Window), d.attemptKeys(l, who)
	var whose []byte
	if owner != "" {
		whose = d.ownerKeys(owner)[0]
	}
	err = d.With(ctx).Raw(`WITH own AS (
			INSERT INTO attempts (window_at, key, count, owner)
			VALUES (?, ?, ?, ?)
			ON CONFLICT (key, window_at) DO UPDATE
			SET count = attempts.count + excluded.count
			RETURNING count)
		SELECT count + (SELECT coalesce(sum(a.count), 0) FROM attempts a WHERE a.window_at = ? AND a.key IN ?)
		FROM own`,
		window, keys[0], n, whose, window, keys[1:]).Scan(&count).Error
	return count, window.Add(l.Window), err
}

// Counted says how many tries of somebody were counted in the window of now.
func (d *DB) Counted(ctx context.Context, l Limit, who string) (count int, err error) {
	err = d.With(ctx).Raw(`SELECT coalesce(sum(count), 0)
		FROM attempts
		WHERE window_at = ?
			AND key IN ?`, d.now().Truncate(l.Window), d.attemptKeys(l, who)).Scan(&count).Error
	return count, err
}

// Forgive forgets the tries of somebody who got it right.
func (d *DB) Forgive(ctx context.Context, l Limit, who string) error {
	return d.With(ctx).Exec("DELETE FROM attempts WHERE key IN ?", d.attemptKeys(l, who)).Error
}

// Uncount takes one try back that turned out to be right, where the wrong ones of others count on.
func (d *DB) Uncount(ctx context.Context, l Limit, who string) error {
	return d.With(ctx).Exec(`UPDATE attempts
		SET count = count - 1
		WHERE key = ?
			AND window_at = ?
			AND count > 1`, d.attemptKeys(l, who)[0], d.now().Truncate(l.Window)).Error
}

// ForgiveAll forgets every counter of an owner.
func (d *DB) ForgiveAll(ctx context.Context, owner string) error {
	return d.With(ctx).Exec("DELETE FROM attempts WHERE owner IN ?", d.ownerKeys(owner)).Error
}

// attemptKeys keep names and addresses out of the table; the first is the one to count under.
func (d *DB) attemptKeys(l Limit, who string) [][]byte { return d.box.Indexes(who, "attempt:"+l.Name) }

func (d *DB) ownerKeys(owner string) [][]byte { return d.box.Indexes(owner, "attempt_owner") }
