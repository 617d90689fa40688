package models

import (
	"testing"
	"time"

	"naikkelas/models/record"
)

// What help says of a service time is what its dates are counted by.
func TestF191SaidTimesAreThoseThatDatesAreCountedBy(t *testing.T) {
	s := newStore(t, time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC))
	for what, said := range map[string]Service{serviceApplication: ServiceApplication, serviceQuestion: ServiceQuestion} {
		from := s.db.Now()
		by, err := s.serviceBy(t.Context(), what, from)
		if err != nil {
			t.Fatal(err)
		}
		closed, err := s.closedDays(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if want := record.DayOf(from).PlusWorking(said.Days(), closed).End(); !by.Equal(want) {
			t.Errorf("%s: counted until %v, said until %v", what, by, want)
		}
	}
}
