package models

import (
	"errors"
	"time"

	"naikkelas/models/record"
)

// The refusals of intakes' dates; the database has the same rules.
var (
	ErrIntakeOrder    = &Refusal{Key: "intake.open_before_close.error", Field: "closes"}
	ErrIntakeTest     = &Refusal{Key: "intake.test_order.error", Field: "test"}
	ErrIntakeAnnounce = &Refusal{Key: "intake.announce_order.error", Field: "announce"}
	ErrIntakeStart    = &Refusal{Key: "intake.close_before_start.error", Field: "starts"}
	ErrIntakeEnd      = &Refusal{Key: "intake.start_before_end.error", Field: "ends"}
	ErrIntakeTwice    = &Refusal{Key: "intake.number_twice.error", Field: "number"}
	ErrIntakeTaken    = &Refusal{Key: "intake.quota_below_taken.error", Field: "quota"}
	ErrIntakeStarted  = &Refusal{Key: "intake.started.error"}
	// ErrIntakeDates refuses a public intake without all its dates (bug report P024).
	ErrIntakeDates = &Refusal{Key: "intake.dates.error", Field: "closes"}
)

// orderRefusals are the refusals by the field that stands in the wrong place.
var orderRefusals = map[string]error{
	"closes": ErrIntakeOrder, "test": ErrIntakeTest, "announce": ErrIntakeAnnounce, "starts": ErrIntakeStart, "ends": ErrIntakeEnd,
	"class_until": errIntakeClass,
}

// intakeRefusal turns a broken rule of the database into its sentence.
func intakeRefusal(err error) error {
	for rule, refusal := range map[string]error{
		"intakes_open_before_close": ErrIntakeOrder, "intakes_close_before_start": ErrIntakeStart, "intakes_start_before_end": ErrIntakeEnd,
		"intakes_test_after_close": ErrIntakeTest, "intakes_test_before_start": ErrIntakeTest,
		"intakes_announce_in_order": ErrIntakeAnnounce, "intakes_number_unique": ErrIntakeTwice,
		"intakes_class_in_order": errIntakeClass,
	} {
		if record.Violates(err, rule) {
			return refusal
		}
	}
	return err
}

// OutOfOrder are the fields of dates that stand before what comes first: registration closes after it opened, then
// is the test, the announcement, the first day and the last; and of hours of the class. Form, sheet and Store hold to it, and so does the
// database.
func (in IntakeInput) OutOfOrder() (fields []string) {
	before := func(a, b *time.Time) bool { return a != nil && b != nil && a.Before(*b) }
	var closing *time.Time
	if in.ClosesAt != nil {
		day := record.DayOf(*in.ClosesAt).Date()
		closing = &day
	}
	add := func(wrong bool, field string) {
		if wrong {
			fields = append(fields, field)
		}
	}
	add(in.OpensAt != nil && in.ClosesAt != nil && !in.OpensAt.Before(*in.ClosesAt), "closes")
	add(before(in.TestOn, closing) || in.TestOn != nil && in.StartsOn != nil && !in.TestOn.Before(*in.StartsOn), "test")
	add(before(in.AnnounceOn, closing) || before(in.AnnounceOn, in.TestOn) || before(in.StartsOn, in.AnnounceOn), "announce")
	add(before(in.StartsOn, closing), "starts")
	add(before(in.EndsOn, in.StartsOn), "ends")
	add(!in.classInOrder(), "class_until")
	return fields
}

// input is what the institution wrote of the intake.
func (in Intake) input() IntakeInput {
	return IntakeInput{
		Number: in.Number, Session: in.Session, Selection: in.Selection, OpensAt: in.OpensAt, ClosesAt: in.ClosesAt,
		TestOn: in.TestOn, AnnounceOn: in.AnnounceOn, StartsOn: in.StartsOn, EndsOn: in.EndsOn,
		Quota: in.Quota, ReserveSeats: in.ReserveSeats, EnrolDays: in.EnrolDays, Place: in.Place,
		AbsenceIn: in.AbsenceIn, AbsenceMost: in.AbsenceMost,
		ClassDays: in.ClassDays, ClassFrom: in.ClassFrom, ClassUntil: in.ClassUntil,
	}
}

// checkOrder holds the dates of an intake that are there to their order.
func (in Intake) checkOrder() error {
	var errs []error
	for _, field := range in.input().OutOfOrder() {
		errs = append(errs, orderRefusals[field])
	}
	return errors.Join(errs...)
}

func (in Intake) whole() error {
	if in.OpensAt == nil || in.ClosesAt == nil || in.StartsOn == nil || in.EndsOn == nil {
		return ErrIntakeDates
	}
	return nil
}

// errPast refuses a date in a field that is over already.
func errPast(field string) error { return &Refusal{Key: "intake.past.error", Field: field} }

// past refuses an intake that would be over, or closed, when it becomes public.
func (in Intake) past(now time.Time) error {
	var errs []error
	if in.ClosesAt != nil && !in.ClosesAt.After(now) {
		errs = append(errs, errPast("closes"))
	}
	for field, day := range in.days() {
		if day != nil && !record.DateDay(*day).End().After(now) {
			errs = append(errs, errPast(field))
		}
	}
	return errors.Join(errs...)
}

// movedBack refuses a change of a date of a public intake to one that is over already; what was over before may stay.
func (in Intake) movedBack(before Intake, now time.Time) error {
	var errs []error
	if in.ClosesAt != nil && (before.ClosesAt == nil || !in.ClosesAt.Equal(*before.ClosesAt)) && !in.ClosesAt.After(now) {
		errs = append(errs, errPast("closes"))
	}
	was := before.days()
	for field, day := range in.days() {
		changed := day != nil && (was[field] == nil || !day.Equal(*was[field]))
		if changed && !record.DateDay(*day).End().After(now) {
			errs = append(errs, errPast(field))
		}
	}
	return errors.Join(errs...)
}

// days are the calendar days of an intake by their fields.
func (in Intake) days() map[string]*time.Time {
	return map[string]*time.Time{"test": in.TestOn, "announce": in.AnnounceOn, "starts": in.StartsOn, "ends": in.EndsOn}
}
