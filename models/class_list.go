package models

import (
	"context"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// ErrContactOver says that the course ended too long ago for its institution to see how to reach the participants.
var ErrContactOver = &Refusal{Key: "attendance.contact_over"}

// settingContact is for how many days after a course its institution sees how to reach the participants.
const settingContact = "class_contact_days"

// classListStates are whom the list of a class names: those on their way into it, in it, and those who finished it.
var classListStates = seatStates

// Participant is somebody of a class, how they can be reached while the class runs, and how they were there.
type Participant struct {
	Application
	Name                           string
	Phone                          string // empty once the class is over
	Pending                        string // the outcome that is not announced yet, empty for none
	Present, Late, Excused, Absent int64
}

// ClassList are the people of a class. Days is how many days the class has in all; ContactUntil is the last moment at which
// they can be reached through it, Contact whether that is still to come.
type ClassList struct {
	People       []Participant
	More         bool
	Days         int
	ContactUntil time.Time
	Contact      bool
}

// ClassList is a page of those of a class of the acting staff's institution, in the order of their applications, from after
// a reference on. It takes four questions after the intake's.
func (s *Store) ClassList(ctx context.Context, actor User, intakeRef, after string) (in PublicIntake, p Programme, l ClassList, err error) {
	if !actor.Selects() {
		return in, p, l, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, l, err
	}
	if l, err = s.classContact(ctx, in.Intake); err != nil {
		return in, p, l, err
	}
	days, err := s.classDays(ctx, in.Intake)
	if err != nil {
		return in, p, l, err
	}
	l.Days = len(days)
	q := s.participants(ctx, actor, in.Intake, l.Contact)
	if after != "" {
		q = q.Where("a.id > coalesce((SELECT b.id FROM applications b WHERE b.ref = ?), 0)", after)
	}
	err = q.Limit(classPerPage + 1).Scan(&l.People).Error
	if l.More = len(l.People) > classPerPage; l.More {
		l.People = l.People[:classPerPage]
	}
	return in, p, l, err
}

// classContact says until when those of an intake can be reached through it.
func (s *Store) classContact(ctx context.Context, in Intake) (l ClassList, err error) {
	days, err := s.setting(ctx, settingContact)
	if err != nil || in.EndsOn == nil {
		return l, err
	}
	l.ContactUntil = record.DateDay(*in.EndsOn).Plus(days).End()
	l.Contact = in.State == IntakePublished && !s.db.Now().After(l.ContactUntil)
	return l, nil
}

// participants are those of a class. Without contact no number leaves the database.
func (s *Store) participants(ctx context.Context, actor User, in Intake, contact bool) *gorm.DB {
	return s.applicantsFrom(ctx, actor).
		Joins(`LEFT JOIN LATERAL (SELECT count(*) FILTER (WHERE t.status = 'present') AS present,
				count(*) FILTER (WHERE t.status = 'late') AS late,
				count(*) FILTER (WHERE t.status = 'excused') AS excused,
				count(*) FILTER (WHERE t.status = 'absent') AS absent
			FROM class_attendance t
			WHERE t.application_id = a.id) t ON true`).
		Where("a.intake_id = ? AND "+classListStates.in("a.state"), in.ID).
		Select(`a.*, coalesce(ci.name, u.name) AS name, CASE WHEN ? THEN coalesce(u.phone, '') ELSE '' END AS phone,
			coalesce(d.arguments->>'What', '') AS pending, t.present, t.late, t.excused, t.absent`, contact).
		Order("a.id")
}

// ExportClassList gives everybody of a class that still can be reached through it, in the order of their applications. Each
// of them can read that they were in a file: it is noted before the lines are given.
func (s *Store) ExportClassList(ctx context.Context, actor User, intakeRef string) (list []Participant, err error) {
	if !actor.Selects() {
		return nil, ErrForbidden
	}
	in, _, err := s.OwnIntake(ctx, actor, intakeRef)
	if err != nil {
		return nil, err
	}
	l, err := s.classContact(ctx, in.Intake)
	if err != nil {
		return nil, err
	}
	if !l.Contact {
		return nil, ErrContactOver
	}
	err = s.participants(ctx, actor, in.Intake, true).Limit(int(IntakeRanges["quota"].Max)).Scan(&list).Error
	if err != nil || len(list) == 0 {
		return nil, err
	}
	acts := make([]record.Act, len(list))
	for i, a := range list {
		acts[i] = record.Act{Action: "applicants_downloaded", SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID}
	}
	return list, s.db.Audit(ctx, actor, acts...)
}
