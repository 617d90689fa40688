package models

import (
	"context"
	"slices"
	"strings"
	"time"

	"naikkelas/models/record"
)

const (
	// AttendanceFileDays is how many days of a class its file of attendance has: the last ones that have begun.
	AttendanceFileDays = 100
	// AttendanceChangesMost is how many changes one file makes at most.
	AttendanceChangesMost = 1000
)

// ErrAttendanceMany says that a file changes more than one may.
var ErrAttendanceMany = &Refusal{Key: "attendance.file.many", Field: "file", Args: []any{"Most", AttendanceChangesMost}}

// AttendanceLine is somebody of a class with how they were there on each day of which something is recorded.
type AttendanceLine struct {
	AttendancePerson
	Days map[record.Day]AttendanceStatus
}

// AttendanceTable are those of a class and its days until today, as its file has them.
type AttendanceTable struct {
	Days   []record.Day
	People []AttendanceLine
}

// AttendanceTable is what stands of a class of the acting staff's institution. It takes four questions after the intake's.
func (s *Store) AttendanceTable(
	ctx context.Context, actor User, intakeRef string,
) (in PublicIntake, p Programme, t AttendanceTable, err error) {
	in, p, days, err := s.ClassDays(ctx, actor, intakeRef)
	if err != nil {
		return in, p, t, err
	}
	for _, d := range days {
		if day := record.DateDay(d.Day); !day.After(record.DayOf(s.db.Now())) {
			t.Days = append(t.Days, day)
		}
	}
	t.Days = t.Days[max(0, len(t.Days)-AttendanceFileDays):]
	var people []AttendancePerson
	err = s.applicantsFrom(ctx, actor).Where("a.intake_id = ? AND "+attendedStates.in("a.state"), in.ID).
		Select("a.*, coalesce(ci.name, u.name) AS name, coalesce(d.arguments->>'What', '') AS pending").
		Order("a.id").Limit(int(IntakeRanges["quota"].Max)).Scan(&people).Error
	if err != nil || len(t.Days) == 0 {
		return in, p, t, err
	}
	var kept []struct {
		ApplicationID int64
		Day           time.Time
		Status        AttendanceStatus
	}
	err = s.db.With(ctx).Raw(`SELECT t.application_id, d.day, t.status
		FROM class_days d
		JOIN class_attendance t ON t.class_day_id = d.id
		WHERE d.intake_id = ?
			AND d.day >= ?`, in.ID, t.Days[0].Date()).Scan(&kept).Error
	byID := map[int64]map[record.Day]AttendanceStatus{}
	for _, k := range kept {
		if byID[k.ApplicationID] == nil {
			byID[k.ApplicationID] = map[record.Day]AttendanceStatus{}
		}
		byID[k.ApplicationID][record.DateDay(k.Day)] = k.Status
	}
	for _, one := range people {
		t.People = append(t.People, AttendanceLine{one, byID[one.ID]})
	}
	return in, p, t, err
}

// AttendanceChange is what a file changes of somebody on a day; Was is how it stood when the file was checked.
type AttendanceChange struct {
	Ref          string
	Day          record.Day
	Was, Becomes AttendanceStatus
}

// String writes a change so that ParseAttendanceChange reads it.
func (c AttendanceChange) String() string {
	return strings.Join([]string{c.Ref, c.Day.Date().Format(time.DateOnly), string(c.Was), string(c.Becomes)}, ",")
}

// ParseAttendanceChange reads what String wrote.
func ParseAttendanceChange(text string) (c AttendanceChange, ok bool) {
	parts := strings.Split(text, ",")
	if len(parts) != 4 {
		return c, false
	}
	day, err := time.Parse(time.DateOnly, parts[1])
	c = AttendanceChange{parts[0], record.DateDay(day), AttendanceStatus(parts[2]), AttendanceStatus(parts[3])}
	return c, err == nil && c.Becomes != ""
}

// RecordAttendanceChanges records what a file changes of a class of the acting staff's institution, all of it or nothing.
// What stands so already is the second press; what a colleague changed meanwhile is not overwritten.
func (s *Store) RecordAttendanceChanges(ctx context.Context, actor User, intakeRef string, changes []AttendanceChange) error {
	switch {
	case len(changes) == 0:
		return ErrAttendanceNobody
	case len(changes) > AttendanceChangesMost:
		return ErrAttendanceMany
	}
	sheets := map[record.Day]*AttendanceSheet{}
	var days []record.Day
	for _, c := range changes {
		if sheets[c.Day] == nil {
			sheets[c.Day] = &AttendanceSheet{Day: c.Day.Date()}
			days = append(days, c.Day)
		}
		sheets[c.Day].Entries = append(sheets[c.Day].Entries, AttendanceEntry{Ref: c.Ref, Status: c.Becomes, Was: &c.Was})
	}
	slices.SortFunc(days, func(a, b record.Day) int { return a.Date().Compare(b.Date()) })
	return s.transact(ctx, "record attendance file", func(tx *Store) error {
		in, err := tx.lockSelecting(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if err := tx.refuseHalted(ctx, Application{IntakeID: in.ID}, Completed); err != nil {
			return err
		}
		for _, day := range days {
			if err := tx.recordAttendance(ctx, actor, in, *sheets[day], true); err != nil {
				return err
			}
		}
		return nil
	})
}
