package models

import (
	"context"
	"fmt"
	"time"

	"naikkelas/models/record"
)

// A Service is something that people wait for until officers have seen to it. How long the desk gives itself for each
// stands in the dated table service_times, and nowhere else.
type Service string

// What officers see to.
const (
	ServiceApplication Service = "application" // from a file's sending to its decision
	ServiceCertificate Service = "certificate" // from a certificate's sending to its decision
	ServiceObjection   Service = "objection"   // from an objection to the second decision
	ServiceQuestion    Service = "question"    // from a question to its answer
	ServiceReport      Service = "report"      // from a report to what became of it
	ServiceRight       Service = "right"       // from a request of data law to its answer; counted in hours
)

// ServiceDays is how many working days each service takes that is counted in them.
type ServiceDays map[Service]int

// ServiceDays are the service times that hold now, for pages that know no date.
func (s *Store) ServiceDays(ctx context.Context) (ServiceDays, error) {
	var rows []struct {
		What   Service
		Unit   string
		Amount int
	}
	err := s.db.With(ctx).Raw(`SELECT DISTINCT ON (what) what, unit, amount
		FROM service_times
		WHERE valid_from <= ?
		ORDER BY what, valid_from DESC`, s.db.Now()).Scan(&rows).Error
	days := make(ServiceDays, len(rows))
	for _, r := range rows {
		if r.Unit == "working_days" {
			days[r.What] = r.Amount
		}
	}
	return days, err
}

// serviceBy is when something is due that began at an instant: so many hours later, or the end of so many working
// days.
func (s *Store) serviceBy(ctx context.Context, what Service, from time.Time) (time.Time, error) {
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
