// Package protection is the area of people in trouble: what somebody says at the door, without an account; the case
// that becomes of it, with the people on it, what was said and done, and who must act next by when; and who is on
// duty. It stands beside the training core, over the same kernel.
package protection

import (
	"naikkelas/models/record"
)

// Store knows the rows of this area. Its methods for the door take the token of a help session, those for the desk
// the acting user.
type Store struct {
	db *record.DB
}

// NewStore makes a Store over the kernel.
func NewStore(db *record.DB) *Store { return &Store{db: db} }
