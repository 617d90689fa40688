// Package record is the kernel that every area of the portal stands on: the database with its
// transactions, the audit trail, messages to people and counted attempts; users, references,
// days and the errors by which a rule says no. It knows no noun of any area.
package record

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"time"

	"github.com/jackc/pgx/v5/pgconn"
	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"naikkelas/internal/seal"
)

// DB is the database with what every change of it needs: the clock, the keys and the queue of
// jobs. A Store of an area holds one and gives nothing of it away.
type DB struct {
	gorm *gorm.DB
	now  func() time.Time
	box  *seal.Box
	jobs *river.Client[*sql.Tx]
	open bool // a transaction is
}

// New makes a DB. now is the clock of every rule, box seals personal numbers, jobs only inserts
// (it needs no queues).
func New(db *gorm.DB, now func() time.Time, box *seal.Box, jobs *river.Client[*sql.Tx]) *DB {
	return &DB{gorm: db, now: now, box: box, jobs: jobs}
}

// With starts a statement that ends with ctx, in the open transaction where there is one.
func (d *DB) With(ctx context.Context) *gorm.DB { return d.gorm.WithContext(ctx) }

// Now is the clock of every rule.
func (d *DB) Now() time.Time { return d.now() }

// Box seals and opens personal numbers.
func (d *DB) Box() *seal.Box { return d.box }

// errNested says that a use case began a transaction inside another: its steps would seem to be
// one whole and could be undone apart.
var errNested = errors.New("a transaction inside a transaction")

// Transact runs f in one transaction; f must use only the DB it is given. doing says in words what
// is being done and stands in front of a failure, but not of a rule's no. When the database broke
// off because of what others did at the same time, f runs once more; so f must set what it gives
// back, not add to it.
func (d *DB) Transact(ctx context.Context, doing string, f func(tx *DB) error) error {
	return d.twice(ctx, doing, &sql.TxOptions{}, f)
}

// Snapshot is Transact over the database as it is at one moment: whatever others change meanwhile, f
// reads nothing of it.
func (d *DB) Snapshot(ctx context.Context, doing string, f func(tx *DB) error) error {
	return d.twice(ctx, doing, &sql.TxOptions{Isolation: sql.LevelRepeatableRead}, f)
}

func (d *DB) twice(ctx context.Context, doing string, options *sql.TxOptions, f func(tx *DB) error) error {
	if d.open {
		return fmt.Errorf("%s: %w", doing, errNested)
	}
	err := d.once(ctx, options, f)
	if brokenOff(err) && rest(ctx) {
		err = d.once(ctx, options, f)
	}
	if err == nil || IsRefusal(err) {
		return err
	}
	return fmt.Errorf("%s: %w", doing, err)
}

// rest lets the transaction that went on instead take what it waits for, and says whether anybody still waits.
func rest(ctx context.Context) bool {
	select {
	case <-time.After(50 * time.Millisecond):
		return true
	case <-ctx.Done():
		return false
	}
}

func (d *DB) once(ctx context.Context, options *sql.TxOptions, f func(tx *DB) error) error {
	return d.gorm.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return f(&DB{gorm: tx, now: d.now, box: d.box, jobs: d.jobs, open: true})
	}, options)
}

// Try runs f in the open transaction and takes back what f did, but nothing before it, when f fails.
func (d *DB) Try(ctx context.Context, f func() error) error {
	const mark = "try"
	if err := d.With(ctx).SavePoint(mark).Error; err != nil {
		return err
	}
	err := f()
	if err != nil {
		return errors.Join(err, d.With(ctx).RollbackTo(mark).Error)
	}
	return nil
}

// brokenOff says whether the database ended a transaction for the sake of another one: a deadlock
// or a failure to serialise. Nothing of it was kept.
func brokenOff(err error) bool {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && (pg.Code == "40P01" || pg.Code == "40001")
}

// Enqueue adds a job that runs once the transaction has committed, and never if it has not.
func (d *DB) Enqueue(ctx context.Context, args river.JobArgs) error {
	return d.EnqueueAt(ctx, args, time.Time{})
}

// EnqueueAt adds a job that does not run before an instant; the zero one is now.
func (d *DB) EnqueueAt(ctx context.Context, args river.JobArgs, at time.Time) error {
	tx, ok := d.gorm.Statement.ConnPool.(*sql.Tx) // the standard library's, which River takes
	if !ok {
		return fmt.Errorf("enqueue %s: no transaction in %T", args.Kind(), d.gorm.Statement.ConnPool)
	}
	if _, err := d.jobs.InsertTx(ctx, tx, args, &river.InsertOpts{ScheduledAt: at}); err != nil {
		return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// Changed turns "no row matched the guard" into stale, the caller's word for it.
func Changed(r *gorm.DB, stale error) error {
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected == 0 {
		return stale
	}
	return nil
}
