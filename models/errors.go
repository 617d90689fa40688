package models

import "naikkelas/models/record"

// ErrNotFound says that no such record exists for the person who asks, see record.ErrNotFound.
var ErrNotFound = record.ErrNotFound

// ErrForbidden says that the record exists for the person but this act is not theirs.
var ErrForbidden = record.ErrForbidden

// A Refusal is a rule's no, see record.Refusal.
type Refusal = record.Refusal
