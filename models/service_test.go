package models

import (
	"testing"
	"time"

	"naikkelas/models/record"
)

// What pages say of a service time is what dates are counted by, also where another one holds since today.
func TestF191SaidTimesAreThoseThatDatesAreCountedBy(t *testing.T) {
	s := newStore(t, time.Date(2026, 11, 27, 10, 0, 0, 0, time.UTC))
	err := s.sql.Exec(`INSERT INTO service_times (what, unit, amount, valid_from, why)
		VALUES ('certificate', 'working_days', 4, ?, 'Uji.'), ('report', 'working_days', 9, ?, 'Uji.')`,
		s.db.Now(), s.db.Now().Add(time.Hour)).Error
	if err != nil {
		t.Fatal(err)
	}
	said, err := s.ServiceDays(t.Context())
	if err != nil || said[ServiceCertificate] != 4 || said[ServiceReport] != 2 || said[ServiceRight] != 0 {
		t.Fatalf("%v, %v: want four days for a certificate since now, two for a report until later", said, err)
	}
	for _, what := range []Service{ServiceApplication, ServiceCertificate, ServiceObjection, ServiceQuestion, ServiceReport} {
		from := s.db.Now()
		by, err := s.serviceBy(t.Context(), what, from)
		if err != nil {
			t.Fatal(err)
		}
		closed, err := s.closedDays(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		if want := record.DayOf(from).PlusWorking(said[what], closed).End(); !by.Equal(want) {
			t.Errorf("%s: counted until %v, said until %v", what, by, want)
		}
	}
}
