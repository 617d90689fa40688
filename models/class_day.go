package models

import (
	"context"
	"slices"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// The refusals of the days of a class.
var (
	ErrClassDayOutside  = &Refusal{Key: "attendance.outside", Field: "day"}
	ErrClassDayNone     = &Refusal{Key: "attendance.no_class"}
	ErrClassDayFuture   = &Refusal{Key: "attendance.future"}
	ErrClassDayRecorded = &Refusal{Key: "attendance.day_recorded", Field: "day"}
)

// classDaysMost is how many days of a class are shown: three years of them.
const classDaysMost = 3 * 366

// ClassDay is a day that staff added to a class or took out of it, or on which presence was recorded. On any other day a
// class is on when offices are open.
type ClassDay struct {
	ID        int64
	IntakeID  int64
	Day       time.Time
	Held      bool
	Recorded  bool
	Version   int
	ChangedAt time.Time
	ChangedBy int64
}

// ClassDayRow is a day of a class with how many were there.
type ClassDayRow struct {
	ClassDay
	ChangerName                    string
	Present, Late, Excused, Absent int64
}

// Lasts says whether a day lies between the start and the end of an intake.
func (in Intake) Lasts(day record.Day) bool {
	return in.StartsOn != nil && in.EndsOn != nil &&
		!record.DateDay(*in.StartsOn).After(day) && !day.After(record.DateDay(*in.EndsOn))
}

// meets says whether a class has lessons on a day of its course unless staff say otherwise: on its days of the week, or Monday to
// Friday where it has not said them; never on a holiday.
func (in Intake) meets(day record.Day, closed map[record.Day]bool) bool {
	if len(in.ClassDays) == 0 {
		return day.IsWorking(closed)
	}
	return slices.Contains(in.ClassDays, WeekDays[(int(day.Date().Weekday())+len(WeekDays)-1)%len(WeekDays)]) && !closed[day]
}

// ClassDays are the days of a class of the acting staff's institution, in order. It takes two questions after the intake's.
func (s *Store) ClassDays(ctx context.Context, actor User, intakeRef string) (in PublicIntake, p Programme, list []ClassDayRow, err error) {
	if !actor.Selects() {
		return in, p, nil, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, nil, err
	}
	list, err = s.classDays(ctx, in.Intake)
	return in, p, list, err
}

// classDays are the days of a class, with who of their recorder's colleagues changed them.
func (s *Store) classDays(ctx context.Context, in Intake) (list []ClassDayRow, err error) {
	if in.StartsOn == nil || in.EndsOn == nil {
		return nil, nil
	}
	var kept []ClassDayRow
	err = s.db.With(ctx).Raw(`SELECT d.*, u.name AS changer_name, count(t.status) FILTER (WHERE t.status = 'present') AS present,
			count(t.status) FILTER (WHERE t.status = 'late') AS late,
			count(t.status) FILTER (WHERE t.status = 'excused') AS excused,
			count(t.status) FILTER (WHERE t.status = 'absent') AS absent
		FROM class_days d
		JOIN users u ON u.id = d.changed_by
		LEFT JOIN class_attendance t ON t.class_day_id = d.id
		WHERE d.intake_id = ?
		GROUP BY d.id, u.name
		LIMIT ?`, in.ID, classDaysMost).Scan(&kept).Error
	if err != nil {
		return nil, err
	}
	closed, err := s.closedBetween(ctx, *in.StartsOn, *in.EndsOn)
	if err != nil {
		return nil, err
	}
	rows := make(map[record.Day]ClassDayRow, len(kept))
	for _, d := range kept {
		rows[record.DateDay(d.Day)] = d
	}
	for d := record.DateDay(*in.StartsOn); in.Lasts(d) && len(list) < classDaysMost; d = d.Plus(1) {
		row, there := rows[d]
		if !there {
			row.IntakeID, row.Day, row.Held = in.ID, d.Date(), in.meets(d, closed)
		}
		if row.Held {
			list = append(list, row)
		}
	}
	return list, nil
}

// closedBetween are the holidays from one day to another.
func (s *Store) closedBetween(ctx context.Context, from, to time.Time) (map[record.Day]bool, error) {
	var days []time.Time
	err := s.db.With(ctx).Model(&Holiday{}).Where("day BETWEEN ? AND ?", from, to).Limit(classDaysMost).Pluck("day", &days).Error
	closed := make(map[record.Day]bool, len(days))
	for _, d := range days {
		closed[record.DateDay(d)] = true
	}
	return closed, err
}

// classDay is what is kept of a day of an intake, or how it stands without anybody's doing.
func (s *Store) classDay(ctx context.Context, in Intake, day record.Day) (d ClassDay, err error) {
	var list []ClassDay
	if err := s.db.With(ctx).Where("intake_id = ? AND day = ?", in.ID, day.Date()).Limit(1).Find(&list).Error; err != nil {
		return d, err
	}
	if len(list) > 0 {
		return list[0], nil
	}
	closed, err := s.closedBetween(ctx, day.Date(), day.Date())
	return ClassDay{IntakeID: in.ID, Day: day.Date(), Held: in.meets(day, closed)}, err
}

// stops says why presence cannot be recorded on a day of an intake, nil where it can.
func (d ClassDay) stops(ctx context.Context, in Intake, at time.Time) *Refusal {
	day := record.DateDay(d.Day)
	switch {
	case !in.Lasts(day):
		return &Refusal{Key: ErrClassDayOutside.Key}
	case !d.Held:
		return ErrClassDayNone
	case at.Before(day.Start()):
		return &Refusal{Key: ErrClassDayFuture.Key, Args: []any{"Day", i18n.DateLong(ctx, d.Day)}}
	}
	return nil
}

// ChangeClassDay adds a day to a class of the acting staff's institution, or takes it out. What stands so already is the
// second press; a day on which presence was recorded stays.
func (s *Store) ChangeClassDay(ctx context.Context, actor User, intakeRef string, day time.Time, held bool) error {
	return s.transact(ctx, "change class day", func(tx *Store) error {
		in, err := tx.lockSelecting(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if !in.Lasts(record.DateDay(day)) {
			return ErrClassDayOutside
		}
		if err := tx.refuseHalted(ctx, Application{IntakeID: in.ID}, Completed); err != nil {
			return err
		}
		d, err := tx.classDay(ctx, in, record.DateDay(day))
		switch {
		case err != nil || d.Held == held:
			return err
		case d.Recorded:
			return ErrClassDayRecorded
		}
		d.Held = held
		action := "class_day_added"
		if !held {
			action = "class_day_removed"
		}
		return tx.keepClassDay(ctx, actor, &d, action)
	})
}

// keepClassDay writes a day of a locked intake, and who changed it.
func (s *Store) keepClassDay(ctx context.Context, actor User, d *ClassDay, action string) error {
	d.Version, d.ChangedAt, d.ChangedBy = d.Version+1, s.db.Now(), actor.ID
	if err := s.db.With(ctx).Save(d).Error; err != nil {
		return err
	}
	return s.db.Audit(ctx, actor, record.Act{Action: action, SubjectKind: "intake", SubjectID: d.IntakeID,
		Detail: map[string]any{"day": d.Day.Format(time.DateOnly)}})
}
