package models

import (
	"context"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// The outcomes that an institution records, see Record.
const (
	RecordAttended    = "attended"
	RecordAbsent      = "absent"
	RecordAccepted    = "accepted"
	RecordReserve     = "reserve"
	RecordNotSelected = "not_selected"
	RecordEnrolled    = "enrolled"
	RecordPassed      = "passed"
	RecordFailed      = "failed"
	RecordDropped     = "dropped"
	RecordExtended    = "extended"  // the day for enrolling is put off
	RecordCorrected   = "corrected" // the last step was wrong
)

// Outcome is what an institution records of an applicant. Version is what the staff saw; Reason is a code of
// not_selected and dropped. Text is what the applicant reads; a correction, putting off and passing over the reserve
// list need one.
type Outcome struct {
	What    string
	Version int
	Reason  string
	Text    string
	Why     string // of an acceptance: why it is out of the order of scores
	RunID   int64  `json:"-"` // the act for many as part of which it is recorded, 0 for none
}

// Record makes one step of selection, enrolment or course for an applicant of the acting staff's
// institution. Seats are given under the intake's lock, so the quota holds whatever happens at once.
func (s *Store) Record(ctx context.Context, actor User, ref string, o Outcome) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	o.Text = strings.TrimSpace(strings.ReplaceAll(o.Text, "\r\n", "\n"))
	o.Why = strings.TrimSpace(o.Why)
	err := s.transact(ctx, "record", func(tx *Store) error {
		id, err := tx.applicationOfInstitution(ctx, actor, ref)
		if err != nil {
			return err
		}
		in, a, err := tx.lockSeat(ctx, id, o.Version)
		if err != nil {
			return err
		}
		return tx.recordOne(ctx, actor, in, a, o)
	})
	if record.Violates(err, "applications_one_live") {
		return ErrOtherLive
	}
	return err
}

// recordOne is Record for an applicant whose rows are locked by lockSeat.
func (s *Store) recordOne(ctx context.Context, actor User, in Intake, a Application, o Outcome) error {
	if err := s.refuseHalted(ctx, a, o.leadsTo()); err != nil {
		return err
	}
	waits, err := s.awaits(ctx, in, a, o)
	if err != nil {
		return err
	}
	if !waits || o.What == RecordAbsent { // what waits has its day when it is announced
		if err := s.refuseEarly(ctx, in, a, o.What); err != nil {
			return err
		}
	}
	return s.settle(ctx, actor, in, a, o, waits)
}

// leadsTo is the state for which a suspension or cancellation is looked at first.
func (o Outcome) leadsTo() ApplicationState {
	switch o.What {
	case RecordPassed, RecordFailed:
		return Completed
	case RecordDropped:
		return Dropped
	}
	return Accepted
}

func (s *Store) record(ctx context.Context, actor User, in Intake, a Application, o Outcome) error {
	switch o.What {
	case RecordAttended:
		return s.move(ctx, actor, &a, step{to: Attended})
	case RecordAbsent:
		return s.move(ctx, actor, &a, step{to: Absent, note: o.Text, notice: "application_absent"})
	case RecordAccepted:
		if err := s.passOverReserves(ctx, in, a, o.Text); err != nil {
			return err
		}
		return s.giveSeat(ctx, actor, in, &a, step{note: o.Text})
	case RecordReserve:
		return s.giveReserve(ctx, actor, in, &a, o.Text)
	case RecordEnrolled:
		return s.enrol(ctx, actor, a)
	case RecordPassed, RecordFailed:
		return s.move(ctx, actor, &a, step{
			to: Completed, note: o.Text, notice: "application_completed",
			set: map[string]any{"course_result": o.What},
		})
	case RecordNotSelected, RecordDropped:
		return s.recordEnd(ctx, actor, in, a, o)
	case RecordExtended:
		return s.extend(ctx, actor, in, a, o.Text)
	case RecordCorrected:
		return s.correct(ctx, actor, in, a, o.Text)
	}
	return ErrOutcome
}

// recordEnd records an end that has a reason from the list. A seat goes to the next reserve.
func (s *Store) recordEnd(ctx context.Context, actor User, in Intake, a Application, o Outcome) error {
	known, err := s.reasonKnown(ctx, o.Reason, o.What)
	if err != nil {
		return err
	}
	if !known {
		return ErrOutcomeReason
	}
	to, notice := NotSelected, "application_not_selected"
	if o.What == RecordDropped {
		to, notice = Dropped, "application_dropped"
	}
	return s.freeSeat(ctx, actor, in, &a, step{
		to: to, reason: o.Reason, note: o.Text, notice: notice,
		set: map[string]any{"decided_by": actorID(actor), "decided_at": s.db.Now()},
	})
}

// refuseEarly refuses an outcome before its day: presence before the test, decisions before they are to be
// announced, and the course's result before its last day.
func (s *Store) refuseEarly(ctx context.Context, in Intake, a Application, what string) error {
	var day *time.Time
	key := ""
	switch what {
	case RecordAttended, RecordAbsent:
		if key = "applicant.before_test"; a.TestAt != nil {
			test := record.DayOf(*a.TestAt).Date()
			day = &test
		}
	case RecordAccepted, RecordReserve, RecordNotSelected:
		if a.State != Reserve && a.State != Accepted {
			key, day = "applicant.before_announcement", in.AnnounceOn
		}
	case RecordPassed, RecordFailed:
		key, day = "applicant.before_end", in.EndsOn
	}
	if day == nil || !s.db.Now().Before(record.DateDay(*day).Start()) {
		return nil
	}
	return &Refusal{Key: key, Field: "outcome", Args: []any{"Day", i18n.DateLong(ctx, *day)}}
}

// passOverReserves wants a reason where somebody gets a seat for whom others wait ahead on the reserve list, and
// tells it to them.
func (s *Store) passOverReserves(ctx context.Context, in Intake, a Application, reason string) error {
	q := s.db.With(ctx).Where("intake_id = ? AND state = 'reserve' AND id <> ?", in.ID, a.ID)
	if a.State == Reserve && a.ReserveRank != nil {
		q = q.Where("reserve_rank < ?", *a.ReserveRank)
	}
	var ahead []Application
	if err := q.Order("reserve_rank").Limit(500).Find(&ahead).Error; err != nil {
		return err
	}
	if len(ahead) == 0 {
		return nil
	}
	if reason == "" {
		return ErrReservesWait
	}
	for _, r := range ahead {
		if err := s.passOver(ctx, r, reason); err != nil {
			return err
		}
	}
	return nil
}

// enrol records that an accepted person came in time. After that there is only to put the day off, which is a step
// of its own with a reason.
func (s *Store) enrol(ctx context.Context, actor User, a Application) error {
	if a.overdue(s.db.Now()) {
		return &Refusal{Key: "applicant.enrol_late", Field: "outcome", Args: []any{"When", i18n.Instant(ctx, *a.EnrolBy)}}
	}
	return s.move(ctx, actor, &a, step{to: Enrolled, notice: "application_enrolled"})
}

// extend gives an accepted person a new day for enrolling, also when the old one has passed, unless the seat went on
// to a reserve meanwhile.
func (s *Store) extend(ctx context.Context, actor User, in Intake, a Application, reason string) error {
	if reason == "" {
		return ErrOutcomeText
	}
	if a.State != Accepted && (a.State != Expired || a.EnrolBy == nil) {
		return ErrNotNow
	}
	if a.State == Expired {
		return s.giveSeat(ctx, actor, in, &a, step{kind: EventExtended, note: reason})
	}
	by, err := s.enrolBy(ctx, in)
	if err != nil {
		return err
	}
	return s.move(ctx, actor, &a, step{
		to: Accepted, kind: EventExtended, note: reason, until: &by, notice: "application_extended", set: map[string]any{"enrol_by": by},
	})
}

// correct takes the institution's last step back, with a reason that the person reads; what is right is recorded
// then. A seat that it gave goes on, and one that it took must still be there.
func (s *Store) correct(ctx context.Context, actor User, in Intake, a Application, reason string) error {
	if reason == "" {
		return ErrOutcomeText
	}
	before, err := s.beforeLastStep(ctx, a)
	if err != nil {
		return err
	}
	st := step{to: before, kind: EventCorrected, note: reason, notice: "application_corrected", set: map[string]any{"course_result": nil}}
	if err := s.withdrawPaperOf(ctx, actor, a, reason); err != nil {
		return err
	}
	if before == Accepted {
		by, err := s.enrolBy(ctx, in)
		if err != nil {
			return err
		}
		st.until, st.set["enrol_by"] = &by, by
	}
	if holdingStates.has(before) && !a.TakesSeat() {
		if err := s.refuseRunningCourse(ctx, a); err != nil {
			return err
		}
		if err := s.takeSeat(ctx, in, a.ID); err != nil {
			return err
		}
	}
	if holdingStates.has(before) {
		return s.move(ctx, actor, &a, st)
	}
	return s.freeSeat(ctx, actor, in, &a, st)
}

// correctable are the states to which an institution's own step leads, which it can take back.
var correctable = stateList{Invited, Attended, Absent, Accepted, Reserve, NotSelected, Enrolled, Completed, Dropped}

// CorrectsTo is the state to which the institution can take its last step back, given the history with the newest
// first; empty where that step was not its own. A reserve list has gone on meanwhile: nobody returns to it.
func (a Application) CorrectsTo(events []ApplicationEvent) ApplicationState {
	if !correctable.has(a.State) {
		return ""
	}
	for _, e := range events {
		if e.Kind == EventDeferred {
			return "" // what was before was in another intake
		}
		if e.ToState != a.State || e.FromState == e.ToState || e.Kind != "" {
			continue
		}
		if e.FromState == Reserve || e.ActorRole != Staff && e.ActorRole != Owner {
			return ""
		}
		return e.FromState
	}
	return ""
}

// beforeLastStep is CorrectsTo with the history of the database.
func (s *Store) beforeLastStep(ctx context.Context, a Application) (ApplicationState, error) {
	var events []ApplicationEvent
	err := s.db.With(ctx).Where("application_id = ?", a.ID).Order("id DESC").Limit(200).Find(&events).Error
	if err != nil {
		return "", err
	}
	before := a.CorrectsTo(events)
	if before == "" {
		return "", ErrNotNow
	}
	return before, nil
}
