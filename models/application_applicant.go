package models

import (
	"context"
	"errors"
	"slices"
	"strings"
	"time"

	"gorm.io/gorm"

	"naikkelas/models/record"
)

// The refusals of selecting.
var (
	ErrNobodyChosen  = &Refusal{Key: "applicant.nobody", Field: "applications"}
	ErrTestPast      = &Refusal{Key: "applicant.test_past", Field: "at"}
	ErrTestPlace     = &Refusal{Key: "applicant.test_place", Field: "place"}
	ErrOutcome       = &Refusal{Key: "applicant.outcome", Field: "outcome"}
	ErrOutcomeReason = &Refusal{Key: "applicant.reason", Field: "reason"}
)

// Applicant is what an institution sees of somebody whom officers passed: never NIK, address or files.
type Applicant struct {
	Application
	Name         string
	BirthDate    *time.Time
	Education    string // code
	Phone        string
	Certificates record.Codes `gorm:"type:text[]"` // names of verified certificates, in Indonesian
	Lapsed       record.Codes `gorm:"type:text[]"` // names of those that were verified and do not hold today
	LapsedWhy    record.Codes `gorm:"type:text[]"` // why, one for each of Lapsed: suspended, rejected, expired or unconfirmed
}

// Applicants lists the applicants of an intake of the acting staff's institution whom officers
// passed, in the order of reserve rank and sending. It takes one query after the intake's.
func (s *Store) Applicants(ctx context.Context, actor User, intakeRef string) (PublicIntake, Programme, []Applicant, error) {
	in, p, err := s.OwnIntake(ctx, actor, intakeRef)
	if err != nil {
		return in, p, nil, err
	}
	var list []Applicant
	err = s.applicants(ctx, actor).Where("a.intake_id = ?", in.ID).
		Order("a.reserve_rank NULLS FIRST, a.first_submitted_at, a.id").Limit(2500).Scan(&list).Error
	return in, p, list, err
}

// Applicant finds one applicant of the acting staff's institution.
func (s *Store) Applicant(ctx context.Context, actor User, ref string) (Applicant, Offer, []ApplicationEvent, error) {
	var a Applicant
	if !actor.Manages() {
		return a, Offer{}, nil, ErrForbidden
	}
	if err := s.applicants(ctx, actor).Where("a.ref = ?", ref).Scan(&a).Error; err != nil {
		return a, Offer{}, nil, err
	}
	if a.ID == 0 {
		return a, Offer{}, nil, gorm.ErrRecordNotFound
	}
	var in Intake
	if err := s.db.With(ctx).Take(&in, "id = ?", a.IntakeID).Error; err != nil {
		return a, Offer{}, nil, err
	}
	o, err := s.offerOf(ctx, in)
	if err != nil {
		return a, o, nil, err
	}
	var events []ApplicationEvent
	err = s.db.With(ctx).
		Where("application_id = ? AND from_state <> '' AND "+undecidedStates.notIn("from_state"), a.ID).
		Order("id DESC").Limit(100).Find(&events).Error
	return a, o, events, err
}

// applicants are whom officers passed; somebody who left is shown only when they had been passed before.
func (s *Store) applicants(ctx context.Context, actor User) *gorm.DB {
	certificates := func(what, lapsed string) string {
		return "ARRAY(SELECT " + what + `
			FROM ` + certificateSnapshots + `
			JOIN certificate_types t ON t.code = k.type_code
			WHERE ac.application_id = a.id
				AND (k.state = 'verified' OR k.taken_away_at IS NOT NULL)
				AND (c.deleted_at IS NULL OR ac.decided IS NOT NULL)
				AND (k.taken_away_at IS NOT NULL
					OR coalesce(k.valid_until < @today, false)
					OR coalesce(k.next_confirmation_due < @today, false)) = ` + lapsed + `
			ORDER BY k.id)`
	}
	name := "coalesce(nullif(k.title, ''), t.name_id)"
	why := `CASE WHEN k.taken_away_as <> '' THEN k.taken_away_as
		WHEN k.valid_until < @today THEN 'expired'
		ELSE 'unconfirmed' END`
	columns := []string{
		"a.*", "u.name", "pr.birth_date",
		"coalesce(pr.education_code, '') AS education",
		"coalesce(u.phone, '') AS phone",
		certificates(name, "false") + " AS certificates",
		certificates(name, "true") + " AS lapsed",
		certificates(why, "true") + " AS lapsed_why",
	}
	today := record.DayOf(s.db.Now()).Date().Format(time.DateOnly)
	return s.db.With(ctx).Table("applications a").
		Select(strings.Join(columns, ", "), map[string]any{"today": today}).
		Joins("JOIN intakes n ON n.id = a.intake_id").
		Joins("JOIN programmes p ON p.id = n.programme_id").
		Joins("JOIN users u ON u.id = a.seeker_id").
		Joins("LEFT JOIN profiles pr ON pr.user_id = u.id").
		Where("p.institution_id = ? AND "+passedOfficers("a"), *actor.InstitutionID)
}

// Invite asks applicants of an intake to a test at a time and place; all of them or none.
func (s *Store) Invite(ctx context.Context, actor User, intakeRef string, refs []string, at time.Time, place string) error {
	place = strings.TrimSpace(place)
	switch {
	case len(refs) == 0:
		return ErrNobodyChosen
	case !at.After(s.db.Now()):
		return ErrTestPast
	case place == "":
		return ErrTestPlace
	}
	slices.Sort(refs)
	return s.transact(ctx, "invite", func(tx *Store) error {
		in, _, err := tx.OwnIntake(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		for _, ref := range slices.Compact(refs) {
			id, err := tx.applicationOfInstitution(ctx, actor, ref)
			if err != nil {
				return err
			}
			_, a, err := tx.lockSeat(ctx, id, 0)
			if err != nil {
				return err
			}
			if a.IntakeID != in.ID {
				return ErrNotFound
			}
			err = tx.move(ctx, actor, &a, step{
				to: Invited, note: place, until: &at, notice: "application_invited",
				set: map[string]any{"test_at": at, "test_place": place},
			})
			if err != nil {
				return err
			}
		}
		return nil
	})
}

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
)

// Outcome is what an institution records of an applicant. Version is what the staff saw; Reason and
// Text belong to not_selected and dropped.
type Outcome struct {
	What    string
	Version int
	Reason  string
	Text    string
}

// Record makes one step of selection, enrolment or course for an applicant of the acting staff's
// institution. Seats are given under the intake's lock, so the quota holds whatever happens at once.
func (s *Store) Record(ctx context.Context, actor User, ref string, o Outcome) error {
	if !actor.Manages() {
		return ErrForbidden
	}
	return s.transact(ctx, "record", func(tx *Store) error {
		id, err := tx.applicationOfInstitution(ctx, actor, ref)
		if err != nil {
			return err
		}
		in, a, err := tx.lockSeat(ctx, id, o.Version)
		if err != nil {
			return err
		}
		return tx.record(ctx, actor, in, a, o)
	})
}

func (s *Store) record(ctx context.Context, actor User, in Intake, a Application, o Outcome) error {
	note := strings.TrimSpace(o.Text)
	switch o.What {
	case RecordAttended:
		return s.move(ctx, actor, &a, step{to: Attended})
	case RecordAbsent:
		return s.move(ctx, actor, &a, step{to: Absent, notice: "application_absent"})
	case RecordAccepted:
		return s.giveSeat(ctx, actor, in, &a, note)
	case RecordReserve:
		return s.giveReserve(ctx, actor, in, &a, note)
	case RecordEnrolled:
		return s.enrol(ctx, actor, a)
	case RecordPassed, RecordFailed:
		return s.move(ctx, actor, &a, step{
			to: Completed, note: note, notice: "application_completed",
			set: map[string]any{"course_result": o.What},
		})
	case RecordNotSelected, RecordDropped:
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
			to: to, reason: o.Reason, note: note, notice: notice,
			set: map[string]any{"decided_by": actorID(actor), "decided_at": s.db.Now()},
		})
	}
	return ErrOutcome
}

// enrol records that an accepted person came in time.
func (s *Store) enrol(ctx context.Context, actor User, a Application) error {
	if a.overdue(s.db.Now()) {
		return ErrNotNow
	}
	return s.move(ctx, actor, &a, step{to: Enrolled, notice: "application_enrolled"})
}

// AssessmentInput is the outcome of a competence test by an LSP: a paper of its own beside the
// course's result. Outcome is scheduled, competent or not_yet.
type AssessmentInput struct {
	Outcome string
	LSP     string
	On      *time.Time
	Version int
}

// ErrAssessment refuses an unknown outcome of a competence test.
var ErrAssessment = &Refusal{Key: "applicant.assessment", Field: "assessment"}

// RecordAssessment records the competence test of a participant.
func (s *Store) RecordAssessment(ctx context.Context, actor User, ref string, in AssessmentInput) error {
	if !actor.Manages() {
		return ErrForbidden
	}
	if !slices.Contains([]string{"scheduled", "competent", "not_yet"}, in.Outcome) {
		return ErrAssessment
	}
	return s.transact(ctx, "record assessment", func(tx *Store) error {
		id, err := tx.applicationOfInstitution(ctx, actor, ref)
		if err != nil {
			return err
		}
		a, err := tx.lockApplication(ctx, id, in.Version)
		if err != nil {
			return err
		}
		if a.State != Enrolled && a.State != Completed {
			return ErrNotNow
		}
		r := tx.db.With(ctx).Model(&Application{}).Where("id = ?", a.ID).Updates(map[string]any{
			"assessment": in.Outcome, "assessment_lsp": strings.TrimSpace(in.LSP), "assessment_on": in.On,
			"version": a.Version + 1, "updated_at": tx.db.Now(),
		})
		return errors.Join(r.Error, tx.db.Audit(ctx, actor, record.Act{
			Action: "assessment_" + in.Outcome, SubjectKind: "application", SubjectID: a.ID, PersonID: a.SeekerID,
		}))
	})
}
