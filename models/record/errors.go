package record

import (
	"errors"

	"github.com/jackc/pgx/v5/pgconn"
	"gorm.io/gorm"
)

// ErrNotFound says that no such record exists for the person who asks; another person's
// record is not found either. It is GORM's own, so that no other package imports GORM.
var ErrNotFound = gorm.ErrRecordNotFound

// ErrForbidden says that the record exists for the person but this act is not theirs.
var ErrForbidden = errors.New("forbidden")

// A Refusal is a rule of the portal saying no to a well-formed request. Key names the
// sentence to show and Args its placeholders (name, value pairs); Field is the form field
// at fault, empty when it is none.
type Refusal struct {
	Key   string
	Field string
	Args  []any
}

// Error gives the key, for logs.
func (r *Refusal) Error() string { return "refused: " + r.Key }

// Is makes two refusals equal when their keys are.
func (r *Refusal) Is(target error) bool {
	t, ok := target.(*Refusal)
	return ok && t.Key == r.Key
}

// RefusalsIn lists the rules' noes in an error: of several that were joined, each at its field, all.
func RefusalsIn(err error) []*Refusal {
	switch e := err.(type) { //nolint:errorlint // it goes into wrapped ones itself
	case *Refusal:
		return []*Refusal{e}
	case interface{ Unwrap() error }:
		return RefusalsIn(e.Unwrap())
	case interface{ Unwrap() []error }:
		var list []*Refusal
		for _, joined := range e.Unwrap() {
			list = append(list, RefusalsIn(joined)...)
		}
		return list
	}
	return nil
}

// Violates says whether err is a broken database constraint or unique index of that name.
func Violates(err error, constraint string) bool {
	return constraint != "" && Violated(err) == constraint
}

// Violated names the database constraint or unique index that err says is broken, empty for another error.
func Violated(err error) string {
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		return pg.ConstraintName
	}
	return ""
}

// IsRefusal says whether err is an answer of the rules, not a failure: no such record, not theirs, or a no.
func IsRefusal(err error) bool {
	_, refused := errors.AsType[*Refusal](err)
	return refused || errors.Is(err, ErrNotFound) || errors.Is(err, ErrForbidden)
}
