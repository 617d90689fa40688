package models

import (
	"context"
	"errors"
	"slices"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

const (
	// RollMost is how many intakes one press makes at most.
	RollMost = 200
	// RollWeeks is how many weeks a next batch comes after the last one unless somebody says otherwise: five in a year.
	RollWeeks = 10
	// RollWeeksMost is how far away a next batch may be.
	RollWeeksMost = 104
)

// The refusals of next batches.
var (
	// ErrRollNone refuses a press without an intake.
	ErrRollNone   = &Refusal{Key: "intake.roll.none"}
	errRollNumber = &Refusal{Key: "intake.roll.number"}
	// errRollGone is what became of an intake whose programme, or whose maker's right, went meanwhile.
	errRollGone = &Refusal{Key: "intake.roll.gone"}
)

// A RollBy says how much later a next batch is than the last: by weeks, or so that it begins on a first day.
type RollBy struct {
	Weeks int
	First *time.Time // a day, which goes before the weeks
}

// A RollRow is the next intake of a programme as it would be: the last one with all its dates moved.
type RollRow struct {
	Programme Programme
	From      Intake
	Next      IntakeInput
	Moved     []RollMove
	Clash     error // the refusals of its dates
}

// A RollMove is a date that fell on a day off and so went on to the next working day.
type RollMove struct {
	Field   string
	Off     time.Time
	Holiday Text // empty for the end of a week
}

// A RollPlan is what would become of the next batches of some programmes.
type RollPlan struct {
	Rows    []RollRow
	Cannot  []Programme // which have no batch to go on from, or take none in their state
	Unknown []int       // years with dates in them of whose holidays none is known
}

// PlanRoll says what the next batches of some programmes of the acting person's institution would be. The last batch of
// a programme is its highest number that was not called off, in all its sessions.
func (s *Store) PlanRoll(ctx context.Context, actor User, refs []string, by RollBy) (RollPlan, error) {
	var plan RollPlan
	if !actor.Edits() {
		return plan, ErrForbidden
	}
	var programmes []Programme
	err := s.db.With(ctx).Where("institution_id = ? AND ref IN ?", *actor.InstitutionID, refs[:min(len(refs), ManyMost)]).
		Order("title, id").Limit(ManyMost).Find(&programmes).Error
	if err != nil {
		return plan, err
	}
	last, err := s.lastIntakes(ctx, programmes)
	if err != nil {
		return plan, err
	}
	off, err := s.daysOff(ctx)
	if err != nil {
		return plan, err
	}
	for _, p := range programmes {
		sessions := last[p.ID]
		if len(sessions) == 0 || !takesIntakes(p.State) || len(plan.Rows)+len(sessions) > RollMost {
			plan.Cannot = append(plan.Cannot, p)
			continue
		}
		for _, in := range sessions {
			row := in.roll(p, by, off)
			row.Clash = rollClash(ctx, p, row.Next, off, s.db.Now())
			plan.Rows = append(plan.Rows, row)
		}
	}
	plan.Unknown = off.unknown(plan.Rows)
	return plan, nil
}

// takesIntakes says whether a programme in a state may get another intake.
func takesIntakes(state ProgrammeState) bool {
	return state == ProgrammePublished || state == ProgrammeDrafted
}

// A rolledIntake is one session of the last batch of a programme, with the highest number that any of its intakes has.
type rolledIntake struct {
	Intake
	Highest int
}

// lastIntakes are the sessions of the last batch of each programme, by programme.
func (s *Store) lastIntakes(ctx context.Context, programmes []Programme) (map[int64][]rolledIntake, error) {
	ids := make([]int64, len(programmes))
	for i, p := range programmes {
		ids[i] = p.ID
	}
	var list []rolledIntake
	err := s.db.With(ctx).Raw(`SELECT n.*, l.highest
		FROM intakes n
		JOIN (
			SELECT programme_id, max(number) AS highest, max(number) FILTER (WHERE state <> 'cancelled') AS last
			FROM intakes
			WHERE programme_id IN ?
			GROUP BY programme_id
		) l ON l.programme_id = n.programme_id AND l.last = n.number
		WHERE n.state <> 'cancelled'
		ORDER BY n.programme_id, n.session, n.id`, append(ids, 0)).Scan(&list).Error
	last := map[int64][]rolledIntake{}
	for _, in := range list {
		last[in.ProgrammeID] = append(last[in.ProgrammeID], in)
	}
	return last, err
}

// roll is the intake as the next one.
func (in rolledIntake) roll(p Programme, by RollBy, off daysOff) RollRow {
	days := 7 * by.Weeks
	if by.First != nil && in.StartsOn != nil {
		days = int(by.First.Sub(*in.StartsOn).Hours() / 24)
	}
	row := RollRow{Programme: p, From: in.Intake, Next: in.input()}
	row.Next.Number = in.Highest + 1
	move := func(field string, was time.Time) record.Day {
		to, off := off.move(record.DateDay(was), days)
		if off != nil {
			off.Field = field
			row.Moved = append(row.Moved, *off)
		}
		return to
	}
	instant := func(field string, at **time.Time) {
		if *at != nil {
			was := record.DayOf(**at)
			moved := move(field, was.Date()).Start().Add((*at).Sub(was.Start()))
			*at = &moved
		}
	}
	day := func(field string, on **time.Time) {
		if *on != nil {
			moved := move(field, **on).Date()
			*on = &moved
		}
	}
	instant("opens", &row.Next.OpensAt)
	instant("closes", &row.Next.ClosesAt)
	day("test", &row.Next.TestOn)
	day("announce", &row.Next.AnnounceOn)
	day("starts", &row.Next.StartsOn)
	day("ends", &row.Next.EndsOn)
	return row
}

// daysOff are the public holidays by their day.
type daysOff map[record.Day]Text

func (s *Store) daysOff(ctx context.Context) (daysOff, error) {
	list, err := s.Holidays(ctx)
	off := make(daysOff, len(list))
	for _, h := range list {
		off[record.DateDay(h.Day)] = h.Name
	}
	return off, err
}

// move is the day so many days later, or the next working day where that one is off: a holiday, or the end of a week of
// what was no such day before.
func (o daysOff) move(was record.Day, days int) (record.Day, *RollMove) {
	to := was.Plus(days)
	weekend := was.IsWorking(nil) && !to.IsWorking(nil)
	holiday, closed := o[to]
	if !closed && !weekend {
		return to, nil
	}
	off := &RollMove{Off: to.Date(), Holiday: holiday}
	for closed || !to.IsWorking(nil) {
		to = to.Plus(1)
		_, closed = o[to]
	}
	return to, off
}

// unknown are the years of the rows' dates of whose holidays none is known, in order.
func (o daysOff) unknown(rows []RollRow) (years []int) {
	known := map[int]bool{}
	for day := range o {
		known[day.Date().Year()] = true
	}
	for _, row := range rows {
		for _, day := range row.Next.days() {
			if year := day.on.Year(); !known[year] && !slices.Contains(years, year) {
				years = append(years, year)
			}
		}
	}
	slices.Sort(years)
	return years
}

// A fieldDay is a calendar day of an intake with the name of its field.
type fieldDay struct {
	field string
	on    time.Time
}

// days are the calendar days that are set, in the order of the form.
func (in IntakeInput) days() (list []fieldDay) {
	add := func(field string, on *time.Time, instant bool) {
		if on == nil {
			return
		}
		day := *on
		if instant {
			day = record.DayOf(day).Date()
		}
		list = append(list, fieldDay{field, day})
	}
	add("opens", in.OpensAt, true)
	add("closes", in.ClosesAt, true)
	add("test", in.TestOn, false)
	add("announce", in.AnnounceOn, false)
	add("starts", in.StartsOn, false)
	add("ends", in.EndsOn, false)
	return list
}

// rollClash are the refusals of a next batch: of its dates, each at its field, and of its number.
func rollClash(ctx context.Context, p Programme, next IntakeInput, off daysOff, now time.Time) error {
	in := next.onto(Intake{})
	errs := []error{in.checkOrder()}
	if p.State == ProgrammePublished {
		errs = append(errs, in.whole(), in.past(now))
	}
	if int64(next.Number) > IntakeRanges["number"].Max {
		errs = append(errs, errRollNumber)
	}
	for _, day := range next.days() {
		if name, closed := off[record.DateDay(day.on)]; closed {
			errs = append(errs, &Refusal{Key: "intake.roll.holiday", Field: day.field, Args: []any{"Holiday", name.In(i18n.Of(ctx))}})
		}
	}
	return errors.Join(errs...)
}
