package models

import (
	"context"
	"fmt"
	"time"

	"naikkelas/models/record"
)

// The dated service times: how long the desk gives itself.
const (
	serviceApplication = "application" // from a file's sending to its decision
	serviceQuestion    = "question"    // from a question to its answer
	serviceRight       = "right"       // from a request of data law to its answer
)

// serviceBy is when something is due that began at an instant: so many hours later, or the end of so many working
// days.
func (s *Store) serviceBy(ctx context.Context, what string, from time.Time) (time.Time, error) {
	var rows []struct {
		Unit   string
		Amount int
	}
	err := s.db.With(ctx).Raw(`SELECT unit, amount
		FROM service_times
		WHERE what = ?
			AND valid_from <= ?
		ORDER BY valid_from DESC
		LIMIT 1`, what, from).Scan(&rows).Error
	switch {
	case err != nil:
		return time.Time{}, fmt.Errorf("service time %s: %w", what, err)
	case len(rows) == 0:
		return time.Time{}, fmt.Errorf("service time %s: none holds at %s", what, from)
	case rows[0].Unit == "hours":
		return from.Add(time.Duration(rows[0].Amount) * time.Hour), nil
	}
	closed, err := s.closedDays(ctx)
	return record.DayOf(from).PlusWorking(rows[0].Amount, closed).End(), err
}
