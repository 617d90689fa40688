// Package models holds the portal's nouns: structs with their rules as pure methods, and the
// Store, whose methods are the use cases, one transaction each.
package models

import (
	"context"
	"database/sql"
	"fmt"
	"time"

	"github.com/riverqueue/river"
	"gorm.io/gorm"

	"naikkelas/internal/seal"
)

// Store knows the rows. Its methods take the acting user and scope every query by it.
type Store struct {
	db   *gorm.DB
	now  func() time.Time
	box  *seal.Box
	jobs *river.Client[*sql.Tx]
}

// NewStore makes a Store over an open database. now is the clock of every rule, box seals
// personal numbers, jobs only inserts (it needs no queues).
func NewStore(db *gorm.DB, now func() time.Time, box *seal.Box, jobs *river.Client[*sql.Tx]) *Store {
	return &Store{db: db, now: now, box: box, jobs: jobs}
}

// Now is the Store's clock, for pages that compare with it.
func (s *Store) Now() time.Time { return s.now() }

// Ping proves that the database answers, for /readyz.
func (s *Store) Ping(ctx context.Context) error {
	return s.db.WithContext(ctx).Exec("SELECT 1").Error
}

// transact runs f in one transaction. f must use only the Store it is given.
func (s *Store) transact(ctx context.Context, f func(tx *Store) error) error {
	return s.db.WithContext(ctx).Transaction(func(tx *gorm.DB) error {
		return f(&Store{db: tx, now: s.now, box: s.box, jobs: s.jobs})
	})
}

// enqueue adds a job that runs once the transaction has committed, and never if it has not.
func (s *Store) enqueue(ctx context.Context, args river.JobArgs) error {
	tx, err := sqlTx(s.db)
	if err != nil {
		return err
	}
	if _, err := s.jobs.InsertTx(ctx, tx, args, nil); err != nil {
		return fmt.Errorf("enqueue %s: %w", args.Kind(), err)
	}
	return nil
}

// sqlTx digs the standard library's transaction out of GORM's, for River.
func sqlTx(tx *gorm.DB) (*sql.Tx, error) {
	if p, ok := tx.Statement.ConnPool.(*sql.Tx); ok {
		return p, nil
	}
	return nil, fmt.Errorf("no transaction in %T", tx.Statement.ConnPool)
}

// changed turns "no row matched the guard" into stale, the caller's word for it.
func changed(r *gorm.DB, stale error) error {
	if r.Error != nil {
		return r.Error
	}
	if r.RowsAffected == 0 {
		return stale
	}
	return nil
}
