package models

import (
	"context"
	"errors"
	"slices"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// ClassAct is what is recorded of many of a class at once.
type ClassAct string

// The acts: who came on the first day, who passed the course, and the competence test of an LSP.
const (
	ClassEnrol  ClassAct = "enrol"
	ClassResult ClassAct = "result"
	ClassAssess ClassAct = "assess"
)

// classStates are whom an act is about.
var classStates = map[ClassAct]stateList{
	ClassEnrol: {Accepted}, ClassResult: {Enrolled}, ClassAssess: {Enrolled, Completed},
}

// classOutcomes are what an act may record of somebody.
var classOutcomes = map[ClassAct][]string{
	ClassEnrol: {RecordEnrolled}, ClassResult: {RecordPassed, RecordFailed, RecordDropped},
	ClassAssess: {"scheduled", "competent", "not_yet"},
}

// ClassPerson is somebody of a class as a line of what is recorded.
type ClassPerson struct {
	Application
	Name    string
	Pending string // the outcome that is not announced yet, empty for none
}

// ClassEntry is what is recorded of one of a class; an empty What leaves them as they are. Number is that of the LSP's paper.
type ClassEntry struct {
	Ref     string
	Version int
	What    string
	Reason  string
	Text    string
	Number  string
}

// ClassSheet is what is recorded of a class at once. On, LSP and Place are those of a competence test.
type ClassSheet struct {
	Act     ClassAct
	Entries []ClassEntry
	On      *time.Time
	LSP     string
	Place   string
}

// ErrClassNothing says that a sheet of a class leaves everybody as they are.
var ErrClassNothing = &Refusal{Key: "class.nothing"}

// classPerPage is how many of a class are shown at once.
const classPerPage = 100

// ClassPeople are those of a class whom an act is about, in the order of their applications, from after a reference on; more
// says that there are others behind them. It takes one question after the intake's.
func (s *Store) ClassPeople(
	ctx context.Context, actor User, intakeRef string, act ClassAct, after string,
) (in PublicIntake, p Programme, list []ClassPerson, more bool, err error) {
	if !actor.Selects() {
		return in, p, nil, false, ErrForbidden
	}
	if classStates[act] == nil {
		return in, p, nil, false, ErrNotFound
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, nil, false, err
	}
	q := s.db.With(ctx).Table("applications a").
		Select("a.*, coalesce(ci.name, u.name) AS name, coalesce(d.arguments->>'What', '') AS pending").
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Joins("JOIN users u ON u.id = a.seeker_id").
		Joins("LEFT JOIN application_identities ci ON ci.application_id = a.id AND ci.superseded_at IS NULL").
		Joins("LEFT JOIN decisions d ON d.application_id = a.id AND d.act = 'record' AND "+openDecision).
		Where("a.intake_id = ? AND "+classStates[act].in("a.state")+" AND "+sharedWith("a"), in.ID)
	if after != "" {
		q = q.Where("a.id > coalesce((SELECT b.id FROM applications b WHERE b.ref = ?), 0)", after)
	}
	err = q.Order("a.id").Limit(classPerPage + 1).Scan(&list).Error
	if more = len(list) > classPerPage; more {
		list = list[:classPerPage]
	}
	return in, p, list, more, err
}

// RecordClass records what is said of many of a class, all of it or nothing: one that is refused keeps the others back, and
// failed says by its place what stands against each. With try nothing is kept, and failed says what would be refused. What was
// recorded already just as it is said changes nothing, so that a sheet may be sent twice.
func (s *Store) RecordClass(
	ctx context.Context, actor User, intakeRef string, sheet ClassSheet, try bool,
) (failed map[int]*Refusal, err error) {
	if !actor.Selects() {
		return nil, ErrForbidden
	}
	if classStates[sheet.Act] == nil || len(sheet.Entries) > ClassAtOnce {
		return nil, ErrNotFound
	}
	if !slices.ContainsFunc(sheet.Entries, func(e ClassEntry) bool { return e.What != "" }) {
		return nil, ErrClassNothing
	}
	err = s.transact(ctx, "record class", func(tx *Store) error {
		failed = map[int]*Refusal{}
		in, _, err := tx.OwnIntake(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if _, err := tx.lockIntake(ctx, in.ID); err != nil {
			return err
		}
		for i, e := range sheet.Entries {
			if e.What == "" {
				continue
			}
			err := tx.db.Try(ctx, func() error { return tx.recordEntry(ctx, actor, in.Intake, sheet, e) })
			refusals := record.RefusalsIn(err)
			if err != nil && len(refusals) == 0 {
				return err
			}
			if len(refusals) > 0 {
				failed[i] = refusals[0]
			}
		}
		if try || len(failed) > 0 {
			return errRehearsed
		}
		return nil
	})
	if errors.Is(err, errRehearsed) {
		err = nil
	}
	return failed, err
}

// recordEntry records what is said of one of a class, by the rules under which it is recorded alone.
func (s *Store) recordEntry(ctx context.Context, actor User, in Intake, sheet ClassSheet, e ClassEntry) error {
	if !slices.Contains(classOutcomes[sheet.Act], e.What) {
		return ErrOutcome
	}
	id, err := s.applicationOfInstitution(ctx, actor, e.Ref)
	if err != nil {
		return err
	}
	intake, a, err := s.lockSeat(ctx, id, 0)
	if err != nil {
		return err
	}
	if a.IntakeID != in.ID {
		return gorm.ErrRecordNotFound
	}
	if same, err := s.recordedSo(ctx, a, sheet, e); same || err != nil {
		return err
	}
	if a.Version != e.Version {
		return ErrStale
	}
	if sheet.Act == ClassAssess {
		return s.assess(ctx, actor, intake, a, AssessmentInput{
			Outcome: e.What, LSP: sheet.LSP, Place: sheet.Place, On: sheet.On, Number: e.Number,
		})
	}
	return s.recordOne(ctx, actor, intake, a, Outcome{What: e.What, Version: e.Version, Reason: e.Reason, Text: e.Text})
}

// recordedSo says whether a locked application has been recorded just as it is said, whether or not that is announced yet.
func (s *Store) recordedSo(ctx context.Context, a Application, sheet ClassSheet, e ClassEntry) (bool, error) {
	switch {
	case sheet.Act == ClassEnrol:
		return a.State == Enrolled, nil
	case sheet.Act == ClassAssess:
		return a.Assessment != nil && *a.Assessment == e.What && a.AssessmentLSP == sheet.LSP && a.AssessmentPlace == sheet.Place &&
			a.AssessmentNumber == e.Number && a.AssessmentOn != nil && sheet.On != nil && a.AssessmentOn.Equal(*sheet.On), nil
	case a.State == Completed:
		return a.CourseResult != nil && *a.CourseResult == e.What, nil
	case a.State == Dropped:
		return e.What == RecordDropped, nil
	}
	d, err := s.pendingDecision(ctx, a.ID)
	if err != nil || d == nil || d.Act != actRecord {
		return false, err
	}
	o, err := d.outcome()
	return o.What == e.What && o.Reason == e.Reason && o.Text == e.Text, err
}
