// Package models is the portal's training core: nouns as structs with their rules as pure methods,
// and the Store, whose methods are the use cases, one transaction each. It stays one package
// because its transactions cross nouns; later areas stand beside it, over the same kernel.
package models

import (
	"context"
	"time"

	"naikkelas/models/record"
)

// Store knows the rows. Its methods take the acting user and scope every query by it.
type Store struct {
	db       *record.DB
	personal []record.Personal
}

// NewStore makes a Store over the kernel. personal is what all areas of the program hold of people; without
// it the Store knows of the training core's alone, and closes no account where other areas have tables.
func NewStore(db *record.DB, personal ...record.Personal) *Store {
	if len(personal) == 0 {
		personal = Personal()
	}
	return &Store{db: db, personal: personal}
}

// Now is the Store's clock, for pages that compare with it.
func (s *Store) Now() time.Time { return s.db.Now() }

// Ping proves that the database answers, for /readyz.
func (s *Store) Ping(ctx context.Context) error {
	return s.db.With(ctx).Exec("SELECT 1").Error
}

// transact runs f in one transaction, see record.DB.Transact. f must use only the Store it is given. A code that is on
// no list is refused at its field.
func (s *Store) transact(ctx context.Context, doing string, f func(tx *Store) error) error {
	return refusedCode(s.db.Transact(ctx, doing, func(db *record.DB) error { return f(&Store{db: db, personal: s.personal}) }))
}
