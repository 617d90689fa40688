package models

import (
	"context"
	"fmt"
	"slices"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// AttendanceStatus is how a participant was there on a day of their class.
type AttendanceStatus string

// The ways of being there or not. Nothing recorded is empty.
const (
	AttendancePresent AttendanceStatus = "present"
	AttendanceLate    AttendanceStatus = "late"
	AttendanceExcused AttendanceStatus = "excused"
	AttendanceAbsent  AttendanceStatus = "absent" // without an excuse: what an absence rule counts
)

// AttendanceStatuses are all of them, the usual first.
var AttendanceStatuses = []AttendanceStatus{AttendancePresent, AttendanceLate, AttendanceExcused, AttendanceAbsent}

// The refusals of recording presence in a class.
var (
	ErrAttendanceNobody  = &Refusal{Key: "attendance.nobody"}
	ErrAttendanceStatus  = &Refusal{Key: "attendance.status_unknown"}
	ErrAttendanceSettled = &Refusal{Key: "attendance.settled"}
)

// ClassAttendance is how one participant was there on one day.
type ClassAttendance struct {
	ApplicationID int64 `gorm:"primaryKey"`
	ClassDayID    int64 `gorm:"primaryKey"`
	Status        AttendanceStatus
	RecordedAt    time.Time
	RecordedBy    int64
}

// TableName is where they lie.
func (ClassAttendance) TableName() string { return "class_attendance" }

// AttendancePerson is somebody of a class on a day.
type AttendancePerson struct {
	Application
	Name    string
	Pending string // the outcome that is not announced yet, empty for none
	Status  AttendanceStatus
}

// Settled says whether the person's days stay as they are: they left, or their result is recorded.
func (p AttendancePerson) Settled() bool { return p.State != Enrolled || p.Pending != "" }

// AttendanceDay is a day of a class with its people. Stop says why nothing can be recorded on it.
type AttendanceDay struct {
	ClassDay
	ChangerName string
	People      []AttendancePerson
	Stop        *Refusal
}

// AttendanceOn is a day of a class of the acting staff's institution with its people, in the order of their applications:
// those who are enrolled, and who was there then. It takes four questions after the intake's at most.
func (s *Store) AttendanceOn(
	ctx context.Context, actor User, intakeRef string, on time.Time,
) (in PublicIntake, p Programme, day AttendanceDay, err error) {
	if !actor.Selects() {
		return in, p, day, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, day, err
	}
	if day.ClassDay, err = s.classDay(ctx, in.Intake, record.DateDay(on)); err != nil {
		return in, p, day, err
	}
	day.Stop = day.stops(ctx, in.Intake, s.db.Now())
	if day.Recorded {
		err = s.db.With(ctx).Model(&User{}).Where("id = ?", day.ChangedBy).Pluck("name", &day.ChangerName).Error
		if err != nil {
			return in, p, day, err
		}
	}
	people, err := s.attendancePeople(ctx, actor, day.ClassDay)
	day.People = slices.DeleteFunc(people, func(one AttendancePerson) bool { return one.Settled() && one.Status == "" })
	return in, p, day, err
}

// attendancePeople are those who take part in a class or did, and how they were there on a day.
func (s *Store) attendancePeople(ctx context.Context, actor User, d ClassDay) (list []AttendancePerson, err error) {
	err = s.applicantsFrom(ctx, actor).
		Joins("LEFT JOIN class_attendance t ON t.application_id = a.id AND t.class_day_id = ?", d.ID).
		Where("a.intake_id = ? AND ("+attendedStates.in("a.state")+" OR t.status IS NOT NULL)", d.IntakeID).
		Select(`a.*, coalesce(ci.name, u.name) AS name, coalesce(d.arguments->>'What', '') AS pending,
			coalesce(t.status, '') AS status`).
		Order("a.id").Limit(int(IntakeRanges["quota"].Max)).Scan(&list).Error
	return list, err
}

// AttendanceEntry is how somebody was there; an empty status says that nothing is recorded of them.
type AttendanceEntry struct {
	Ref    string
	Status AttendanceStatus
	Was    *AttendanceStatus // what stood when it was checked; nil where the version of the whole day is looked at
}

// AttendanceSheet is what is recorded of a day. Version is that of the day as the staff saw it, 0 before its first time.
type AttendanceSheet struct {
	Day     time.Time
	Version int
	Entries []AttendanceEntry
}

// RecordAttendance records how those of a class of the acting staff's institution were there on a day, all of it or
// nothing. What stands so already changes nothing, so that it may be sent twice. Whoever is newly absent without an excuse
// is told, once for each day.
func (s *Store) RecordAttendance(ctx context.Context, actor User, intakeRef string, sheet AttendanceSheet) error {
	return s.transact(ctx, "record attendance", func(tx *Store) error {
		in, err := tx.lockSelecting(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if err := tx.refuseHalted(ctx, Application{IntakeID: in.ID}, Completed); err != nil {
			return err
		}
		return tx.recordAttendance(ctx, actor, in, sheet, false)
	})
}

// recordAttendance records a day of a locked intake. With some only some of the
// class are in the sheet, and each of its entries says what it takes the place of.
func (s *Store) recordAttendance(ctx context.Context, actor User, in Intake, sheet AttendanceSheet, some bool) error {
	d, err := s.classDay(ctx, in, record.DateDay(sheet.Day))
	if err != nil {
		return err
	}
	if stop := d.stops(ctx, in, s.db.Now()); stop != nil {
		return stop
	}
	people, err := s.attendancePeople(ctx, actor, d)
	if err != nil {
		return err
	}
	changed, err := changedAttendance(people, sheet.Entries)
	switch {
	case err != nil:
		return err
	case len(changed) == 0 && d.Recorded:
		return nil // the second press
	case len(changed) == 0:
		return ErrAttendanceNobody
	case !some && d.Version != sheet.Version:
		return ErrStale
	}
	d.Held, d.Recorded = true, true
	if err := s.keepClassDay(ctx, actor, &d, "attendance_recorded"); err != nil {
		return err
	}
	return s.keepAttendance(ctx, actor, d, changed)
}

// An attendanceChange is what is to be recorded of somebody beside what stands.
type attendanceChange struct {
	AttendancePerson
	becomes AttendanceStatus
}

// changedAttendance is what differs from what stands. Of somebody whose result is recorded nothing may.
func changedAttendance(people []AttendancePerson, entries []AttendanceEntry) (list []attendanceChange, err error) {
	byRef := make(map[string]AttendancePerson, len(people))
	for _, p := range people {
		byRef[p.Ref] = p
	}
	for i, e := range entries {
		p, there := byRef[e.Ref]
		field := attendanceField(i)
		if e.Was != nil {
			field = "" // it came in a file
		}
		switch {
		case !there:
			return nil, gorm.ErrRecordNotFound
		case e.Status != "" && !slices.Contains(AttendanceStatuses, e.Status):
			return nil, &Refusal{Key: ErrAttendanceStatus.Key, Field: field}
		case e.Status == p.Status:
		case e.Was != nil && *e.Was != p.Status:
			return nil, ErrStale
		case p.Settled():
			return nil, &Refusal{Key: ErrAttendanceSettled.Key, Field: field, Args: []any{"Name", p.Name}}
		default:
			list = append(list, attendanceChange{p, e.Status})
		}
		delete(byRef, e.Ref) // each is named once
	}
	return list, nil
}

// attendanceField is the name of the field of the entry at a place.
func attendanceField(i int) string { return fmt.Sprintf("rows[%d].status", i) }

// keepAttendance writes what changed on a day, who did it, and tells whoever was newly absent.
func (s *Store) keepAttendance(ctx context.Context, actor User, d ClassDay, changed []attendanceChange) error {
	var rows []ClassAttendance
	var gone []int64
	acts := make([]record.Act, len(changed))
	for i, c := range changed {
		acts[i] = record.Act{Action: "attendance_recorded", SubjectKind: "application", SubjectID: c.ID, PersonID: c.SeekerID,
			Detail: map[string]any{"day": d.Day.Format(time.DateOnly), "from": c.Status, "to": c.becomes}}
		if c.becomes == "" {
			gone = append(gone, c.ID)
			continue
		}
		rows = append(rows, ClassAttendance{
			ApplicationID: c.ID, ClassDayID: d.ID, Status: c.becomes, RecordedAt: s.db.Now(), RecordedBy: actor.ID,
		})
	}
	anew := clause.OnConflict{
		Columns:   []clause.Column{{Name: "application_id"}, {Name: "class_day_id"}},
		DoUpdates: clause.AssignmentColumns([]string{"status", "recorded_at", "recorded_by"}),
	}
	if len(rows) > 0 {
		if err := s.db.With(ctx).Clauses(anew).Create(&rows).Error; err != nil {
			return err
		}
	}
	if len(gone) > 0 {
		err := s.db.With(ctx).Where("class_day_id = ? AND application_id IN ?", d.ID, gone).Delete(&ClassAttendance{}).Error
		if err != nil {
			return err
		}
	}
	if err := s.db.Audit(ctx, actor, acts...); err != nil {
		return err
	}
	for _, c := range changed {
		if err := s.tellAbsence(ctx, d, c); err != nil {
			return err
		}
	}
	return nil
}

// tellAbsence tells somebody that they were recorded as absent without an excuse; a letter that has not left yet falls when
// that is corrected.
func (s *Store) tellAbsence(ctx context.Context, d ClassDay, c attendanceChange) error {
	topic := fmt.Sprintf("class_absent:%d:%s", c.ID, d.Day.Format(time.DateOnly))
	if c.becomes != AttendanceAbsent {
		if c.Status != AttendanceAbsent {
			return nil
		}
		return s.db.DropLetters(ctx, topic)
	}
	seeker, err := s.User(ctx, c.SeekerID)
	if err != nil {
		return err
	}
	return s.db.TellOf(ctx, seeker, topic, topic, "class_absent", map[string]string{
		"Ref": c.Ref, "Name": c.Name, "When": i18n.DateLong(i18n.With(ctx, i18n.Lang(seeker.Language)), d.Day),
	})
}

// attendedStates are those of who takes part in a class, or did.
var attendedStates = stateList{Enrolled, Completed, Dropped}

// OwnAttendance is how the person of an application was there, the last day first.
type OwnAttendance struct {
	Day    time.Time
	Status AttendanceStatus
}

// ownAttendance is what was recorded of an application, as its person sees it.
func (s *Store) ownAttendance(ctx context.Context, applicationID int64) (list []OwnAttendance, err error) {
	err = s.db.With(ctx).Raw(`SELECT d.day, t.status
		FROM class_attendance t
		JOIN class_days d ON d.id = t.class_day_id
		WHERE t.application_id = ?
		ORDER BY d.day DESC
		LIMIT ?`, applicationID, classDaysMost).Scan(&list).Error
	return list, err
}
