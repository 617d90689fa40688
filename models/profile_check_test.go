package models

import (
	"errors"
	"fmt"
	"slices"
	"testing"

	"naikkelas/models/record"
)

// Of the fields of one press all are recorded or none: one that is refused, the last of them too, takes the others
// with it, and is refused at its field. Of a NIK that somebody else has too, several are not found right at once.
func TestF012FieldsAreCheckedAllOrNone(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	s.checkAll(t, officer, a)
	other := s.addReadySeeker(t, "Orang Lain")
	var in Intake
	s.sql.Take(&in, "id = ?", a.IntakeID)
	number := fmt.Sprintf("317401420389%04d", a.SeekerID)
	same := identity(t, func(id *Identity) { id.Name, id.NIK = "Orang Lain", mustNIK(t, number) })
	if err := s.SaveIdentity(t.Context(), other, same); err != nil {
		t.Fatal(err)
	}
	b := s.take(t, officer, s.addSubmitted(t, other, in))
	before := s.rows(t, "audit_rows WHERE action = 'identity_checked'")
	fields := allSame()
	slices.Reverse(fields) // the NIK, which is refused, comes last
	unread := append(fields[:1:1], CheckInput{Field: CheckNIK, Differs: true, SeenNumber: "tidak terbaca"})
	unknown := append(fields[:3:3], CheckInput{Field: "mata"}, CheckInput{Field: "tinggi"})
	for name, tt := range map[string]struct {
		fields []CheckInput
		want   error
		at     []string
	}{
		"somebody else's NIK": {fields[3:], ErrNIKTaken, []string{CheckNIK}},
		"and all the same":    {fields, ErrAllSame, []string{"all"}},
		"a number unread":     {unread, ErrSeenNumber, []string{CheckNIK}},
		"unknown fields":      {unknown, ErrCheckUnknown, []string{"mata", "tinggi"}},
	} {
		err := s.CheckIdentity(t.Context(), officer, b.Ref, tt.fields...)
		var at []string
		for _, r := range record.RefusalsIn(err) {
			at = append(at, r.Field)
		}
		if !errors.Is(err, tt.want) || !slices.Equal(at, tt.at) {
			t.Errorf("%s: %v at %v, want %v at %v", name, err, at, tt.want, tt.at)
		}
		checks, trail := s.rows(t, "identity_checks WHERE user_id = ?", other.ID), s.rows(t, "audit_rows WHERE action = 'identity_checked'")
		if checks != 0 || trail != before {
			t.Errorf("%s: %d fields were recorded, %d times written down", name, checks, trail-before)
		}
	}
	for _, in := range fields[:3] {
		if err := s.CheckIdentity(t.Context(), officer, b.Ref, in); err != nil {
			t.Fatal(err)
		}
	}
	if n := s.rows(t, "identity_checks WHERE user_id = ?", other.ID); n != 3 {
		t.Errorf("%d fields, want the three that were not refused", n)
	}
}
