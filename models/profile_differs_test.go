package models

import (
	"encoding/json"
	"errors"
	"slices"
	"strings"
	"testing"

	"naikkelas/models/record"
)

// fieldsOf are the fields at which rules say no.
func fieldsOf(err error) (fields []string) {
	for _, r := range record.RefusalsIn(err) {
		fields = append(fields, r.Field+":"+r.Key)
	}
	return fields
}

// A NIK or a birth date that differs from the card is never verified; name and address only for a named reason.
func TestF002WhatDiffersFromTheCardIsNotVerified(t *testing.T) {
	seen := "36.71"
	for name, tt := range map[string]struct {
		in   CheckInput
		want string // empty: verified
	}{
		"NIK":                       {CheckInput{Field: CheckNIK, Differs: true}, "differs"},
		"NIK that was read":         {CheckInput{Field: CheckNIK, Differs: true, SeenNumber: "3174 0142 0389 9999"}, "differs"},
		"birth date":                {CheckInput{Field: CheckBirthDate, Differs: true, SeenDate: date(2009, 12, 1)}, "differs"},
		"birth date, unread":        {CheckInput{Field: CheckBirthDate, Differs: true}, "differs"},
		"name":                      {CheckInput{Field: CheckName, Differs: true, SeenName: "Nur Ayni"}, "difference_reason"},
		"name with a title":         {CheckInput{Field: CheckName, Differs: true, SeenName: "Suparmi, S.Pd", PassedAs: "title"}, ""},
		"address":                   {CheckInput{Field: CheckKTPAddress, Differs: true, SeenRegency: &seen}, "difference_reason"},
		"address that was renamed":  {CheckInput{Field: CheckKTPAddress, Differs: true, PassedAs: "renamed"}, ""},
		"address, only in its note": {CheckInput{Field: CheckKTPAddress, Differs: true, Note: "renamed"}, "difference_reason"},
	} {
		t.Run(name, func(t *testing.T) {
			s, officer, a := reviewing(t, nil, nil)
			s.checkAll(t, officer, a)
			if err := s.CheckIdentity(t.Context(), officer, a.Ref, tt.in); err != nil {
				t.Fatal(err)
			}
			err := s.Decide(t.Context(), officer, a.Ref, Decision{Outcome: Verified})
			want := ""
			if tt.want != "" {
				want = tt.in.Field + ":review." + tt.want + "." + tt.in.Field
			}
			if got := strings.Join(fieldsOf(err), " "); got != want || (err == nil) != (want == "") {
				t.Errorf("got %v at %q, want %q", err, got, want)
			}
		})
	}
	s, officer, a := reviewing(t, nil, nil)
	for _, in := range []CheckInput{
		{Field: CheckNIK, Differs: true, PassedAs: "spelling"},
		{Field: CheckBirthDate, Differs: true, PassedAs: "title"},
		{Field: CheckName, Differs: true, PassedAs: "renamed"},
		{Field: CheckName, Differs: true, PassedAs: "because"},
	} {
		if err := s.CheckIdentity(t.Context(), officer, a.Ref, in); !errors.Is(err, ErrCheckUnknown) {
			t.Errorf("%+v: %v", in, err)
		}
	}
}

// Nobody finds all fields right at once over a difference that a colleague saw, or under a warning; and what was found
// earlier can still be read.
func TestF003AllTheSameNeverOverwritesADifference(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	born := CheckInput{Field: CheckBirthDate, Differs: true, SeenDate: date(2009, 12, 1)}
	if err := s.CheckIdentity(t.Context(), officer, a.Ref, born); err != nil {
		t.Fatal(err)
	}
	for _, fields := range [][]CheckInput{allSame(), {{Field: CheckName}, {Field: CheckBirthDate}}} {
		if err := s.CheckIdentity(t.Context(), officer, a.Ref, fields...); !errors.Is(err, ErrAllSame) {
			t.Errorf("%d fields: %v", len(fields), err)
		}
	}
	if err := s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{Field: CheckBirthDate}); err != nil { // one by one it can be taken back
		t.Fatal(err)
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil || len(f.Checked) != 2 {
		t.Fatalf("checks %+v, %v", f.Checked, err)
	}
	first := f.Checked[1]
	if first.Outcome != "differs" || first.SeenDate == nil || first.SupersededAt == nil ||
		first.Officer != officer.Name || first.Typed != "1989-03-02" {
		t.Errorf("the earlier result is %+v", first)
	}

	other := s.addReadySeeker(t, "Orang Lain") // the NIK of this one is claimed twice: a warning
	number := mustNIK(t, f.NIK)
	if err := s.SaveIdentity(t.Context(), other, identity(t, func(in *Identity) { in.Name, in.NIK = other.Name, number })); err != nil {
		t.Fatal(err)
	}
	if err := s.CheckIdentity(t.Context(), officer, a.Ref, allSame()...); !errors.Is(err, ErrAllSame) {
		t.Errorf("under a warning: %v", err)
	}
}

// A number that was read from a card lies nowhere in clear, and is found when somebody else claims it.
func TestF059NumberOnTheCardIsSealed(t *testing.T) {
	const plain = "3174014203899999"
	for _, typed := range []string{plain, "3174 0142.0389-9999", "317401 420389 9999"} {
		s, officer, a := reviewing(t, nil, nil)
		err := s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{Field: CheckNIK, Differs: true, SeenNumber: typed, SeenName: typed})
		if err != nil {
			t.Fatal(err)
		}
		var rows []string
		err = s.sql.Raw(`SELECT to_jsonb(c)::text FROM identity_checks c
			UNION ALL SELECT to_jsonb(r)::text FROM audit_rows r
			UNION ALL SELECT to_jsonb(e)::text FROM application_events e`).Scan(&rows).Error
		if err != nil {
			t.Fatal(err)
		}
		digits := strings.NewReplacer(" ", "", ".", "", "-", "").Replace(strings.Join(rows, "\n"))
		if strings.Contains(digits, plain) {
			t.Errorf("%s lies in clear", typed)
		}
		f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
		if err != nil || f.SeenNIK != plain || f.Checked[0].SeenMasked != "3174********9999" {
			t.Errorf("who has the file reads %q, others %q, %v", f.SeenNIK, f.Checked[0].SeenMasked, err)
		}
		other := s.addReadySeeker(t, "Orang Lain")
		claims := identity(t, func(in *Identity) { in.Name, in.NIK = other.Name, mustNIK(t, plain) })
		if err := s.SaveIdentity(t.Context(), other, claims); err != nil {
			t.Fatal(err)
		}
		list, err := s.IdentityWarnings(t.Context(), officer, other.ID)
		if err != nil || !slices.Contains(list, WarningOnCard) {
			t.Errorf("warnings %v, %v", list, err)
		}
		u, err := s.User(t.Context(), a.SeekerID)
		if err != nil {
			t.Fatal(err)
		}
		parts, err := s.MyData(t.Context(), u)
		if copied, _ := json.Marshal(parts); err != nil || strings.Contains(string(copied), typed) && typed != plain {
			t.Errorf("the copy has it as it was typed, %v", err)
		}
	}
	s, officer, a := reviewing(t, nil, nil)
	for number, want := range map[string]error{"317401420389": ErrSeenNumber, "tidak terbaca": ErrSeenNumber} {
		err := s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{Field: CheckNIK, Differs: true, SeenNumber: number})
		if !errors.Is(err, want) {
			t.Errorf("%s: %v", number, err)
		}
	}
	f, err := s.ReviewApplication(t.Context(), officer, a.Ref)
	if err != nil {
		t.Fatal(err)
	}
	err = s.CheckIdentity(t.Context(), officer, a.Ref, CheckInput{Field: CheckNIK, Differs: true, SeenNumber: f.NIK})
	if !errors.Is(err, ErrSeenSame) {
		t.Errorf("the same number: %v", err)
	}
}

// Who has the file sees the number whole, and one look is written down however often the page is opened.
func TestF004WhoHasTheFileSeesTheNumberAndOneLookIsWrittenDown(t *testing.T) {
	s, officer, a := reviewing(t, nil, nil)
	colleague := s.addUser(t, Officer, "joko")
	const looks = "audit_rows WHERE action = 'nik_revealed'"
	for range 3 {
		if f, err := s.ReviewApplication(t.Context(), officer, a.Ref); err != nil || len(f.NIK) != 16 {
			t.Errorf("who has the file sees %q, %v", f.NIK, err)
		}
		if f, err := s.ReviewApplication(t.Context(), colleague, a.Ref); err != nil || f.NIK != "" {
			t.Errorf("a colleague sees %q, %v", f.NIK, err)
		}
	}
	if n := s.rows(t, looks); n != 1 {
		t.Errorf("%d looks, want one", n)
	}
	s.pass(1)
	if err := s.Release(t.Context(), officer, a.Ref); err != nil {
		t.Fatal(err)
	}
	s.take(t, colleague, a)
	if f, err := s.ReviewApplication(t.Context(), colleague, a.Ref); err != nil || len(f.NIK) != 16 {
		t.Errorf("the next who has it sees %q, %v", f.NIK, err)
	}
	if n := s.rows(t, looks); n != 2 {
		t.Errorf("%d looks of two officers, want two", n)
	}
}
