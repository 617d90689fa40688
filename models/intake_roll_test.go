package models

import (
	"testing"
	"time"

	"github.com/google/uuid"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// A date goes on to the next working day from a holiday, and from the end of a week unless it was one before; the others
// move by the days asked for.
func TestMovedDatesAvoidDaysOff(t *testing.T) {
	day := func(text string) record.Day {
		at, err := time.ParseInLocation(time.DateOnly, text, i18n.WIB)
		if err != nil {
			t.Fatal(err)
		}
		return record.DayOf(at)
	}
	off := daysOff{day("2027-04-26"): {ID: "Libur"}, day("2027-04-27"): {ID: "Libur"}}
	for _, tt := range []struct {
		was   string
		days  int
		want  string
		moved bool
	}{
		{"2027-03-01", 49, "2027-04-19", false}, {"2027-03-01", 56, "2027-04-28", true}, {"2027-03-06", 49, "2027-04-24", false},
		{"2027-03-05", 50, "2027-04-28", true}, {"2027-03-05", 49, "2027-04-23", false},
	} {
		to, move := off.move(day(tt.was), tt.days)
		if to != day(tt.want) || (move != nil) != tt.moved {
			t.Errorf("%s and %d days are %s, moved %v; want %s", tt.was, tt.days, to.Date().Format(time.DateOnly), move != nil, tt.want)
		}
	}
}

// More next batches than one step makes are made by the job's steps to the end, each once; which cannot be made is named and
// stops no other. What is asked of the database to plan them does not grow with their number.
func TestManyNextBatchesAreMadeStepByStep(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	l := s.addInstitution(t, "LPK Contoh")
	var refs []string
	var asked []RollIntake
	var last Intake
	for range manyStep + 5 {
		p := s.addProgramme(t, l, nil)
		last = s.addIntake(t, p, nil)
		refs = append(refs, p.Ref)
		next := RollIntake{Row: "r", From: last.Ref, Number: 2}
		for _, move := range []struct{ to, from **time.Time }{
			{&next.OpensAt, &last.OpensAt}, {&next.ClosesAt, &last.ClosesAt}, {&next.StartsOn, &last.StartsOn}, {&next.EndsOn, &last.EndsOn},
		} {
			later := (*move.from).AddDate(0, 0, 70)
			*move.to = &later
		}
		asked = append(asked, next)
	}
	asked[3].Number = 1 // which is there already
	staff := s.staffFor(t, last)
	db, counter := testdb.Counting(s.sql)
	counted := newStoreOn(t, db, noon)
	questions := func(refs []string) int {
		return counter.Count(func() {
			if _, err := counted.PlanRoll(t.Context(), staff, refs, RollBy{Weeks: 10}); err != nil {
				t.Fatal(err)
			}
		})
	}
	if one, many := questions(refs[:1]), questions(refs); one != many {
		t.Errorf("one programme asks %d questions, many %d", one, many)
	}
	in := RollInput{Token: uuid.NewString(), Intakes: asked}
	roll, err := s.Roll(t.Context(), staff, in)
	if err != nil || len(roll.Results) != manyStep || roll.EndedAt != nil {
		t.Fatalf("the press made %d, %v", len(roll.Results), err)
	}
	for more := true; more; {
		if more, err = s.RollNext(t.Context(), roll.ID); err != nil {
			t.Fatal(err)
		}
	}
	again, err := s.Roll(t.Context(), staff, in)
	if err != nil || again.ID != roll.ID || again.EndedAt == nil || again.Made() != len(asked)-1 ||
		again.Results[3].Key != ErrIntakeTwice.Key {
		t.Errorf("it ended at %v with %d made and %q, %v", again.EndedAt, again.Made(), again.Results[3].Key, err)
	}
	if n := s.rows(t, "intakes"); n != 2*len(asked)-1 {
		t.Errorf("there are %d intakes", n)
	}
}
