package models

import (
	"context"

	"gorm.io/gorm"
)

// ClassAtOnce is of how many of a class something is recorded at once.
const ClassAtOnce = 200

// ClassRecord is what stands of one of a class, as a line of the file in which it is recorded: recorded, or said and not
// announced yet.
type ClassRecord struct {
	ClassPerson
	What, Reason, Text, Number string
}

// recordedStates are whose lines the file of an act has: those whom it is about, and those of whom it was recorded.
var recordedStates = map[ClassAct]stateList{
	ClassEnrol: {Accepted, Enrolled}, ClassResult: {Enrolled, Completed, Dropped}, ClassAssess: {Enrolled, Completed},
}

// recordedWhat is the SQL of what stands of somebody.
var recordedWhat = map[ClassAct]string{
	ClassEnrol: "CASE a.state WHEN 'enrolled' THEN 'enrolled' ELSE '' END",
	ClassResult: `CASE
		WHEN d.id IS NOT NULL THEN coalesce(d.arguments->>'What', '')
		WHEN a.state = 'dropped' THEN 'dropped'
		ELSE coalesce(a.course_result, '') END`,
	ClassAssess: "coalesce(a.assessment, '')",
}

// ClassFile is what the file of an act says of a class before somebody writes into it, in the order of their applications.
func (s *Store) ClassFile(ctx context.Context, actor User, intakeRef string, act ClassAct) (list []ClassRecord, err error) {
	err = s.classRecords(ctx, actor, intakeRef, act, func(q *gorm.DB) error {
		return q.Where(recordedStates[act].in("a.state")).Order("a.id").Limit(ClassAtOnce).Scan(&list).Error
	})
	return list, err
}

// ClassNamed is what stands of those of an intake's applicants whom a file names, in whatever state they are, by reference.
// Whoever is not in the intake is not in the answer.
func (s *Store) ClassNamed(
	ctx context.Context, actor User, intakeRef string, act ClassAct, refs []string,
) (named map[string]ClassRecord, err error) {
	var list []ClassRecord
	err = s.classRecords(ctx, actor, intakeRef, act, func(q *gorm.DB) error {
		return q.Where("a.ref IN ?", append([]string{""}, refs[:min(len(refs), ClassAtOnce)]...)).Limit(ClassAtOnce).Scan(&list).Error
	})
	named = make(map[string]ClassRecord, len(list))
	for _, r := range list {
		named[r.Ref] = r
	}
	return named, err
}

// classRecords asks for lines of an intake of the acting staff's institution.
func (s *Store) classRecords(ctx context.Context, actor User, intakeRef string, act ClassAct, ask func(q *gorm.DB) error) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	if recordedWhat[act] == "" {
		return ErrNotFound
	}
	in, _, err := s.OwnIntake(ctx, actor, intakeRef)
	if err != nil {
		return err
	}
	said := func(name string) string {
		if act != ClassResult {
			return "''"
		}
		return "coalesce(d.arguments->>'" + name + "', '')"
	}
	return ask(s.applicantsFrom(ctx, actor).Where("a.intake_id = ?", in.ID).
		Select("a.*, coalesce(ci.name, u.name) AS name, coalesce(d.arguments->>'What', '') AS pending, " + recordedWhat[act] + " AS what, " +
			said("Reason") + " AS reason, " + said("Text") + " AS text, a.assessment_number AS number"))
}
