package models

import (
	"context"
	"fmt"
	"slices"
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

// serviceTime is how long a service takes from a moment on.
type serviceTime struct {
	What      Service
	Unit      string
	Amount    int
	ValidFrom time.Time
}

// serviceTimes are all that ever held, the newest first.
type serviceTimes []serviceTime

func (s *Store) serviceTimes(ctx context.Context) (list serviceTimes, err error) {
	err = s.db.With(ctx).Order("valid_from DESC").Limit(1000).Find(&list).Error
	return list, err
}

// days are the times at an instant of those services that are counted in working days.
func (l serviceTimes) days(at time.Time) ServiceDays {
	days := ServiceDays{}
	said := map[Service]bool{}
	for _, t := range l {
		if said[t.What] || t.ValidFrom.After(at) {
			continue
		}
		said[t.What] = true
		if t.Unit == "working_days" {
			days[t.What] = t.Amount
		}
	}
	return days
}

// ServiceDays are the service times that hold now, for pages that know no date.
func (s *Store) ServiceDays(ctx context.Context) (ServiceDays, error) {
	list, err := s.serviceTimes(ctx)
	return list.days(s.db.Now()), err
}

// serviceBy is when something is due that began at an instant: so many hours later, or the end of so many working
// days.
func (s *Store) serviceBy(ctx context.Context, what Service, from time.Time) (time.Time, error) {
	list, err := s.serviceTimes(ctx)
	if err != nil {
		return time.Time{}, err
	}
	return s.dueBy(ctx, list, what, from)
}

// dueBy is serviceBy where the times are known.
func (s *Store) dueBy(ctx context.Context, list serviceTimes, what Service, from time.Time) (time.Time, error) {
	i := slices.IndexFunc(list, func(t serviceTime) bool { return t.What == what && !t.ValidFrom.After(from) })
	switch {
	case i < 0:
		return time.Time{}, fmt.Errorf("service time %s: none holds at %s", what, from)
	case list[i].Unit == "hours":
		return from.Add(time.Duration(list[i].Amount) * time.Hour), nil
	}
	closed, err := s.closedDays(ctx)
	return record.DayOf(from).PlusWorking(list[i].Amount, closed).End(), err
}
