package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"
	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// SelectInvited is the act of inviting many applicants to a test; the others are outcomes such as RecordAttended.
const SelectInvited = "invited"

// selectFrom are the states from which an act for many leads on.
var selectFrom = map[string]stateList{
	SelectInvited:     {Verified, Invited, Absent},
	RecordAttended:    {Invited},
	RecordAbsent:      {Invited},
	RecordAccepted:    {Verified, Attended, Reserve},
	RecordReserve:     {Verified, Attended},
	RecordNotSelected: {Verified, Attended, Reserve},
}

// Chosen says for which applicants of an intake an act is: for those who were ticked, or for all whom a filter finds.
// Count is how many those were when they were shown.
type Chosen struct {
	Refs   []string
	All    bool
	Filter ApplicantFilter
	Count  int64
}

// selectionArguments are what an act for many needs beside whom it is for.
type selectionArguments struct {
	Reason, Text, Why string  // of an outcome, see Outcome
	Sessions          []int64 `json:",omitempty"` // of an invitation, for each of the targets; 0 where none has room
}

// SelectionInput is an act for many applicants as staff ask for it. The token makes several presses one act.
type SelectionInput struct {
	Token        string
	Act          string
	Chosen       Chosen
	Reason, Text string
	Why          string // of acceptances out of the order of scores
	Session      string // of an invitation: SpreadByOrder, SpreadBySchool or a session's reference; empty for a new one
	Seen         string // tells the sessions that were shown from those that changed since
	At           time.Time
	Place        string
}

// SelectionFailure is an applicant for whom an act could not be done, with the refusal.
type SelectionFailure struct {
	Ref  string
	Key  string
	Args []any  `json:",omitempty"`
	Name string `json:"-"`
}

// SelectionRun is an act of an institution for many applicants: it is done for one after the other, each in a
// transaction of its own, so that what cannot be done for one stops no other.
type SelectionRun struct {
	ID        int64
	Ref       string
	IntakeID  int64
	ActorID   int64
	At        time.Time
	Act       string
	Arguments selectionArguments `gorm:"serializer:json"`
	Targets   []string           `gorm:"serializer:json"`
	Done      int
	Failures  []SelectionFailure `gorm:"serializer:json"`
	EndedAt   *time.Time
	FormToken string
}

// Whole says whether it is done, for everybody.
func (r SelectionRun) Whole() bool { return r.EndedAt != nil && len(r.Failures) == 0 }

// ContinueSelection goes on with an act for many applicants.
type ContinueSelection struct {
	RunID int64 `json:"run_id"`
}

// Kind names the job.
func (ContinueSelection) Kind() string { return "continue_selection" }

// SelectionCheck is what an act for many would do, before it is done.
type SelectionCheck struct {
	Intake    PublicIntake
	Programme Programme
	Count     int64
	Can       []Applicant // the first of those for whom it can be done
	Cannot    []Applicant // the first of the others
	CannotAll int64
	Outside   []Applicant  // the first of those who would be accepted out of the order of scores
	Promised  int64        // seats of acceptances that are not announced yet
	Ways      []SessionWay // of an invitation: in which sessions it can be, with what would come of it
	Seen      string       // tells those sessions from others
}

// checkNames is how many people a check page names at most.
const checkNames = 50

// CheckSelection says whom an act would be for, and for whom of them it cannot be done.
func (s *Store) CheckSelection(ctx context.Context, actor User, intakeRef, act string, c Chosen) (v SelectionCheck, err error) {
	if !actor.Selects() {
		return v, ErrForbidden
	}
	if v.Intake, v.Programme, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return v, err
	}
	from, known := selectFrom[act]
	if !known {
		return v, ErrOutcome
	}
	can := "(" + from.in("a.state") + " AND d.id IS NULL)"
	var counts struct{ All, Able int64 }
	err = s.chosen(ctx, actor, v.Intake.ID, c).Select("count(*) AS all, count(*) FILTER (WHERE " + can + ") AS able").Scan(&counts).Error
	if err != nil {
		return v, err
	}
	v.Count, v.CannotAll = counts.All, counts.All-counts.Able
	named := func(where string) *gorm.DB {
		return s.chosen(ctx, actor, v.Intake.ID, c).Where(where).Order("a.first_submitted_at, a.id").Limit(checkNames).
			Select("a.*, coalesce(ci.name, u.name) AS name, coalesce(d.arguments->>'What', '') AS pending")
	}
	if v.Promised, err = s.seatsPromised(ctx, v.Intake.ID, 0); err != nil {
		return v, err
	}
	if act == SelectInvited {
		var sessions []SessionRow
		if sessions, v.Ways, err = s.placingWays(ctx, actor, v.Intake.ID, c); err != nil {
			return v, err
		}
		v.Seen = sessionsSeen(sessions)
	}
	if act == RecordAccepted {
		if v.Outside, err = s.outOfOrder(ctx, actor, v.Intake.Intake, c); err != nil {
			return v, err
		}
	}
	return v, errors.Join(named(can).Scan(&v.Can).Error, named("NOT "+can).Scan(&v.Cannot).Error)
}

// chosen are the applicants of an intake for whom an act is, under the same authority as the table that showed them.
func (s *Store) chosen(ctx context.Context, actor User, intakeID int64, c Chosen) *gorm.DB {
	q := ranked(s.applicantsFrom(ctx, actor), intakeID)
	if c.All {
		return filterApplicants(q, c.Filter)
	}
	return q.Where("a.ref IN ?", append([]string{""}, c.Refs...))
}

// Select does an act for many applicants of an intake. The first of them are done at once, the rest by a job; the run
// says how far it is. The same form sent twice is one act.
func (s *Store) Select(ctx context.Context, actor User, intakeRef string, in SelectionInput) (run SelectionRun, err error) {
	in.Text, in.Place = strings.TrimSpace(strings.ReplaceAll(in.Text, "\r\n", "\n")), strings.TrimSpace(in.Place)
	if !actor.Selects() {
		return run, ErrForbidden
	}
	err = s.transact(ctx, "select applicants", func(tx *Store) error {
		intake, _, err := tx.OwnIntake(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		known, err := tx.lockRun(ctx, intake.ID, in)
		if err != nil || known {
			return err
		}
		if err := tx.checkSelection(ctx, in); err != nil {
			return err
		}
		targets, err := tx.targets(ctx, actor, intake.ID, in.Chosen)
		if err != nil {
			return err
		}
		arguments := selectionArguments{Reason: in.Reason, Text: in.Text, Why: strings.TrimSpace(in.Why)}
		if in.Act == SelectInvited {
			p, err := tx.placingFor(ctx, actor, intake.Intake, in, targets)
			if err != nil {
				return err
			}
			targets, arguments.Sessions = p.refs, p.sessions
		}
		run = SelectionRun{
			Ref: record.NewRef("SR"), IntakeID: intake.ID, ActorID: actor.ID, At: tx.db.Now(), Act: in.Act, Targets: targets,
			Arguments: arguments, Failures: []SelectionFailure{}, FormToken: in.Token,
		}
		r := tx.db.With(ctx).Clauses(clause.OnConflict{Columns: []clause.Column{{Name: "form_token"}}, DoNothing: true}).Create(&run)
		if r.Error != nil || r.RowsAffected == 0 {
			return r.Error
		}
		err = tx.db.Audit(ctx, actor, record.Act{Action: "applicants_selected", SubjectKind: "intake", SubjectID: intake.ID,
			Detail: map[string]any{"act": in.Act, "people": len(targets)}})
		if err != nil {
			return err
		}
		return tx.db.Enqueue(ctx, ContinueSelection{RunID: run.ID})
	})
	if err != nil {
		return run, err
	}
	if err := s.db.With(ctx).Take(&run, "form_token = ? AND actor_id = ?", in.Token, actor.ID).Error; err != nil {
		return run, err
	}
	if _, err := s.SelectNext(ctx, run.ID); err != nil {
		return run, err
	}
	return run, s.db.With(ctx).Take(&run, "id = ?", run.ID).Error
}

// lockRun says whether an act was asked for before. An invitation takes the intake's row first, under which people are placed.
func (s *Store) lockRun(ctx context.Context, intakeID int64, in SelectionInput) (known bool, err error) {
	if in.Act == SelectInvited {
		if _, err := s.lockIntake(ctx, intakeID); err != nil {
			return false, err
		}
	}
	var n int64
	err = s.db.With(ctx).Model(&SelectionRun{}).Where("form_token = ?", in.Token).Count(&n).Error
	return n > 0, err
}

// checkSelection refuses what cannot be done for anybody.
func (s *Store) checkSelection(ctx context.Context, what SelectionInput) error {
	switch {
	case selectFrom[what.Act] == nil:
		return ErrOutcome
	case what.Act == RecordNotSelected:
		known, err := s.reasonKnown(ctx, what.Reason, what.Act)
		if err != nil || known {
			return err
		}
		return ErrOutcomeReason
	}
	return nil
}

// targets are the references of those for whom an act is, in the order in which they are done. Whoever was ticked must
// be there, and a condition must find as many as were shown.
func (s *Store) targets(ctx context.Context, actor User, intakeID int64, c Chosen) (refs []string, err error) {
	ticked := slices.Compact(slices.Sorted(slices.Values(c.Refs)))
	if !c.All && len(ticked) == 0 {
		return nil, ErrNobodyChosen
	}
	err = s.chosen(ctx, actor, intakeID, c).Order("sc.total DESC NULLS LAST, a.first_submitted_at, a.id").Pluck("a.ref", &refs).Error
	switch {
	case err != nil:
		return nil, err
	case !c.All && len(refs) < len(ticked):
		return nil, ErrNotFound
	case c.All && int64(len(refs)) != c.Count:
		return nil, ErrStale
	case len(refs) == 0:
		return nil, ErrNobodyChosen
	}
	return refs, nil
}

// Selection finds an act for many applicants of the acting staff's institution, with the names of those for whom it
// could not be done.
func (s *Store) Selection(ctx context.Context, actor User, intakeRef, ref string) (
	run SelectionRun, in PublicIntake, p Programme, err error,
) {
	if !actor.Selects() {
		return run, in, p, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return run, in, p, err
	}
	if err = s.db.With(ctx).Take(&run, "ref = ? AND intake_id = ?", ref, in.ID).Error; err != nil {
		return run, in, p, err
	}
	refs := make([]string, len(run.Failures))
	for i, f := range run.Failures {
		refs[i] = f.Ref
	}
	var named []struct{ Ref, Name string }
	err = s.chosen(ctx, actor, in.ID, Chosen{Refs: refs}).Select("a.ref, coalesce(ci.name, u.name) AS name").Scan(&named).Error
	names := make(map[string]string, len(named))
	for _, n := range named {
		names[n.Ref] = n.Name
	}
	for i, f := range run.Failures {
		run.Failures[i].Name = names[f.Ref]
	}
	return run, in, p, err
}
