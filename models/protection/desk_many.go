package protection

import (
	"context"
	"errors"

	"naikkelas/models/record"
)

// The refusals of assigning several cases at once.
var (
	ErrNonePicked = &record.Refusal{Key: "case.many.none"}
	ErrManyPicked = &record.Refusal{Key: "case.many.too_many", Args: []any{"Max", CasesPerPage}}
)

// An Assigned is what became of one of several cases: it was assigned, or why it was not.
type Assigned struct {
	Ref string
	Why *record.Refusal // nil where it was
}

// AssignMany gives several cases to one colleague, each by the rule and in a transaction of its own: what one is refused
// holds up no other, and nothing is left out in silence. A case that the officer may not see is said to be gone, and the
// look is written down.
func (s *Store) AssignMany(ctx context.Context, officer record.User, picked []Press, to, why string) ([]Assigned, error) {
	if _, err := s.viewer(ctx, officer); err != nil {
		return nil, err
	}
	_, noOfficer := s.protector(ctx, to)
	_, noWhy := inWords(why, ErrWhyMissing)
	err := errors.Join(noOfficer, noWhy)
	switch {
	case len(picked) == 0:
		err = errors.Join(ErrNonePicked, err)
	case len(picked) > CasesPerPage:
		err = errors.Join(ErrManyPicked, err)
	}
	if err != nil {
		return nil, err
	}
	list := make([]Assigned, len(picked))
	for i, p := range picked {
		list[i].Ref = p.Ref
		err := s.Assign(ctx, officer, p, to, why)
		if errors.Is(err, record.ErrNotFound) {
			if err := s.Refused(ctx, officer, p.Ref); err != nil {
				return nil, err
			}
			err = ErrGone
		}
		if err != nil && !errors.As(err, &list[i].Why) {
			return nil, err
		}
	}
	return list, nil
}

// ErrGone says of one of several cases that there is none for the officer.
var ErrGone = &record.Refusal{Key: "case.many.gone"}
