package journey

import (
	"errors"
	"testing"

	"naikkelas/models/record"
)

// Somebody who waits registers, is told once before it ends, and it ends by itself; an address is sealed, and how many are
// at one is counted for who helps people in trouble alone.
func TestStaysEndByThemselvesAndAreCounted(t *testing.T) {
	s := newHome(t)
	ctx := t.Context()
	today := record.DayOf(s.clock())
	stay := func(agency, address string, leaves int) NewStay {
		return NewStay{Agency: agency, Address: address, Since: today.Plus(-2).Date(), LeavesOn: today.Plus(leaves).Date()}
	}
	do := func(want, err error) {
		t.Helper()
		if !errors.Is(err, want) {
			t.Errorf("%v, not %v", err, want)
		}
	}
	do(nil, s.RegisterStay(ctx, s.ani, "", 0, stay("PT Maju", "Jl. Condet Raya No. 12, Jakarta Timur", 10)))
	do(nil, s.RegisterStay(ctx, s.lain, s.budi.Ref, 0, stay("P.T. MAJU", "jalan condet raya 12 jakarta timur", 40)))
	do(nil, s.RegisterStay(ctx, s.ani, "", 0, stay("PT Maju", "Jl. Condet Raya No. 12, Jakarta Timur", 10)))
	do(record.ErrNotFound, s.RegisterStay(ctx, s.ani, s.budi.Ref, 0, stay("PT Maju", "A", 10)))
	do(record.ErrNotFound, s.RegisterStay(ctx, s.lain, "OR-00000000", 0, stay("PT Maju", "A", 10)))
	do(record.ErrNotFound, s.RegisterStay(ctx, s.lain, s.joko.Ref, 0, stay("PT Maju", "A", 10)))
	do(ErrStayAgency, s.RegisterStay(ctx, s.ani, "", 0, stay(" ", "A", 10)))
	do(ErrStayLeaves, s.RegisterStay(ctx, s.ani, "", 0, stay("PT", "A", -1)))
	do(ErrStayLeaves, s.RegisterStay(ctx, s.ani, "", 0, stay("PT", "A", 400)))
	if n := s.rows(t, "transit_stays WHERE position('Condet'::bytea IN address_sealed) > 0"); n != 0 || s.rows(t, "transit_stays") != 2 {
		t.Errorf("%d addresses lie open, %d stays", n, s.rows(t, "transit_stays"))
	}
	list, err := s.Stays(ctx, s.tari)
	if err != nil || len(list) != 2 || list[0].AtAddress != 2 || list[0].WithAgency != 2 || list[0].Address == "" {
		t.Errorf("the desk reads %+v: %v", list, err)
	}
	if n := s.rows(t, "audit_rows WHERE action = 'stay_read' AND person_id = ?", s.ani.ID); n != 1 {
		t.Errorf("%d looks are written down", n)
	}
	for name, u := range map[string]record.User{"seeker": s.ani, "officer without the duty": s.lain, "reference": s.rina, "admin": s.admin} {
		if _, err := s.Stays(ctx, u); !errors.Is(err, record.ErrForbidden) {
			t.Errorf("%s reads stays: %v", name, err)
		}
	}
	for range 60 {
		for range 2 {
			if _, err := s.KeepStays(ctx); err != nil {
				t.Fatal(err)
			}
		}
		s.days(1)
	}
	if n := s.rows(t, "notices WHERE template = 'transit_ending'"); n != 2 {
		t.Errorf("%d letters were written", n)
	}
	if n := s.rows(t, "transit_stays WHERE over_at IS NOT NULL"); n != 2 {
		t.Errorf("%d stays are over", n)
	}
	if own, err := s.OwnStay(ctx, s.ani); err != nil || own.ID != 0 {
		t.Errorf("there is still %+v: %v", own, err)
	}
	do(nil, s.EndStay(ctx, s.ani, ""))
}
