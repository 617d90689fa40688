// Package journey is the area of a person's way from first interest to a new start at home: the line of stations, what
// has to be ready before leaving by rules that officers keep, leaving, being away and checked in on, and coming back. What
// others decide is recorded here with its source, never approved. It stands beside the training core, over the same kernel.
package journey

import (
	"context"

	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/record"
)

// Store knows the rows of this area. Its methods take the acting user.
type Store struct {
	db    *record.DB
	raise models.RaiseCase
}

// NewStore makes a Store over the kernel; raise makes a case of somebody's trouble.
func NewStore(db *record.DB, raise models.RaiseCase) *Store { return &Store{db: db, raise: raise} }

// transact runs f in one transaction, see record.DB.Transact. f must use only the Store it is given.
func (s *Store) transact(ctx context.Context, doing string, f func(tx *Store) error) error {
	return s.db.Transact(ctx, doing, func(db *record.DB) error { return f(NewStore(db, s.raise)) })
}

// sealed seals what people said for one column of one row; nothing stays nothing.
func (s *Store) sealed(text, table string, id int64, column string) ([]byte, error) {
	if text == "" {
		return nil, nil
	}
	return s.db.Box().Seal([]byte(text), seal.At(table, id, column))
}

// opened reads it again.
func (s *Store) opened(value []byte, table string, id int64, column string) (string, error) {
	if len(value) == 0 {
		return "", nil
	}
	plain, err := s.db.Box().Unseal(value, seal.At(table, id, column))
	return string(plain), err
}
