package models

import (
	"errors"
	"slices"
	"testing"
	"time"

	"naikkelas/models/record"
)

// F087: whatever two dates of an intake change places, form and database refuse it at one of their fields, and an
// intake in order, with any date left open, is taken by both.
func TestF087DatesStandInOrder(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	p := s.addProgramme(t, s.addInstitution(t, "LPK Contoh"), nil)
	day := func(n int) *time.Time { return ptr(record.DayOf(noon).Plus(n).Date()) }
	good := func() Intake {
		return Intake{
			OpensAt: ptr(noon), ClosesAt: ptr(record.DateDay(*day(7)).End()),
			TestOn: day(9), AnnounceOn: day(11), StartsOn: day(14), EndsOn: day(60),
		}
	}
	number := 100
	save := func(in Intake) error {
		number++
		in.Ref, in.ProgrammeID, in.Number, in.State, in.Selection = record.NewRef("AN"), p.ID, number, IntakePublished, ByTest
		in.Quota, in.EnrolDays, in.Version, in.CreatedAt, in.UpdatedAt = 1, 3, 1, noon, noon
		return s.sql.Create(&in).Error
	}
	for name, change := range map[string]func(in *Intake){
		"whole": func(*Intake) {}, "no test": func(in *Intake) { in.TestOn = nil }, "no announcement": func(in *Intake) { in.AnnounceOn = nil },
		"announced on the first day": func(in *Intake) { in.AnnounceOn = in.StartsOn },
		"test on the day it closes":  func(in *Intake) { in.TestOn = day(7) },
	} {
		in := good()
		change(&in)
		if err := in.checkOrder(); err != nil {
			t.Errorf("%s: %v", name, err)
		}
		if err := save(in); err != nil {
			t.Errorf("%s: the database: %v", name, err)
		}
	}
	for name, tt := range map[string]struct {
		change func(in *Intake)
		field  string
	}{
		"test after the end":         {func(in *Intake) { in.TestOn = day(70) }, "test"},
		"test before closing":        {func(in *Intake) { in.TestOn = day(3) }, "test"},
		"announced before the test":  {func(in *Intake) { in.AnnounceOn = day(8) }, "announce"},
		"announced after the start":  {func(in *Intake) { in.AnnounceOn = day(15) }, "announce"},
		"announced while it is open": {func(in *Intake) { in.TestOn, in.AnnounceOn = nil, day(5) }, "announce"},
		"starts while it is open":    {func(in *Intake) { in.TestOn, in.AnnounceOn, in.StartsOn = nil, nil, day(5) }, "starts"},
		"ends before it starts":      {func(in *Intake) { in.EndsOn = day(13) }, "ends"},
	} {
		in := good()
		tt.change(&in)
		refusals := record.RefusalsIn(in.checkOrder())
		if !slices.ContainsFunc(refusals, func(r *Refusal) bool { return r.Field == tt.field }) {
			t.Errorf("%s: refused with %v, want it at %s", name, refusals, tt.field)
		}
		if err := save(in); err == nil || errors.Is(intakeRefusal(err), err) {
			t.Errorf("%s: the database says %v", name, err)
		}
	}
}

// F086: what is over already becomes public neither with its programme nor beside it, nor by a change; a draft may
// hold it, and says so.
func TestF086PastDatesDoNotBecomePublic(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	staff := s.addUser(t, Staff, "staf")
	p := s.addProgramme(t, Institution{ID: *staff.InstitutionID}, nil)
	past := time.Date(2020, 3, 1, 0, 0, 0, 0, time.UTC)
	in := Intake{
		Number: 7, Selection: ByTest, Quota: 10, EnrolDays: 3,
		OpensAt: ptr(past), ClosesAt: ptr(past.AddDate(0, 0, 5)), StartsOn: ptr(past.AddDate(0, 0, 10)), EndsOn: ptr(past.AddDate(0, 0, 40)),
	}
	if _, err := s.AddIntake(t.Context(), staff, p.Ref, in.input()); !errors.Is(err, errPast("")) {
		t.Errorf("added to a published programme: %v", err)
	}
	open := s.addIntake(t, p, nil)
	later := open.input()
	later.ClosesAt = ptr(noon.Add(-time.Hour))
	if err := s.SaveIntake(t.Context(), staff, open.Ref, 0, later, false); !errors.Is(err, errPast("")) {
		t.Errorf("closed an hour ago by a change: %v", err)
	}
	yesterday := open.input()
	yesterday.Number, yesterday.OpensAt, yesterday.ClosesAt = 9, ptr(noon.AddDate(0, 0, -1)), ptr(noon.AddDate(0, 0, 1))
	if _, err := s.AddIntake(t.Context(), staff, p.Ref, yesterday); err != nil {
		t.Errorf("open since yesterday, until tomorrow: %v", err)
	}
	draft := s.addProgramme(t, Institution{ID: *staff.InstitutionID}, func(p *Programme) { p.State, p.PublishedAt = ProgrammeDrafted, nil })
	if _, err := s.AddIntake(t.Context(), staff, draft.Ref, in.input()); err != nil {
		t.Errorf("a draft may hold it: %v", err)
	}
	d, err := s.OwnProgramme(t.Context(), staff, draft.Ref)
	if err != nil || !slices.ContainsFunc(d.Faults, func(f Fault) bool { return f.Key == "intake_past" }) {
		t.Errorf("the draft's faults are %v, %v", d.Faults, err)
	}
	if err := s.SubmitProgramme(t.Context(), staff, draft.Ref, 0, nil); !errors.Is(err, ErrNotWhole) {
		t.Errorf("handed to officers: %v", err)
	}
}

// F089: one answer to whether an intake is open, whatever keeps it from being so.
func TestF089OneAnswerToOpen(t *testing.T) {
	in := Intake{State: IntakePublished, OpensAt: ptr(noon.Add(-time.Hour)), ClosesAt: ptr(noon.Add(time.Hour))}
	soon := Intake{State: IntakePublished, OpensAt: ptr(noon.Add(time.Hour)), ClosesAt: ptr(noon.Add(2 * time.Hour))}
	for _, p := range []ProgrammeState{ProgrammeDrafted, ProgrammeSubmitted, ProgrammePublished, ProgrammeClosed, ProgrammeWithdrawn} {
		for _, l := range []InstitutionState{InstitutionSubmitted, InstitutionVerified, InstitutionSuspended, InstitutionRevoked} {
			for _, state := range []IntakeState{IntakeDraft, IntakePublished, IntakeCancelled} {
				open := p == ProgrammePublished && l == InstitutionVerified && state == IntakePublished
				in.State, soon.State = state, state
				o := Offer{Intake: in, Programme: Programme{State: p}, Institution: Institution{State: l}}
				d := ProgrammeDetail{Programme: o.Programme, Institution: o.Institution}
				takes := o.Takes(noon) == open && d.Takes(in, noon) == open
				if !takes || (o.Window(noon) == Open) != open || (WindowOf(soon, p, o.Institution, noon) == NotYetOpen) != open {
					t.Errorf("%s of a %s programme of a %s institution: %s and %s", state, p, l, o.Window(noon), WindowOf(soon, p, o.Institution, noon))
				}
			}
		}
	}
}
