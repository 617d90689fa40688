package models

import (
	"context"
	"regexp"
	"slices"
	"strings"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// AssessmentInput is the outcome of a competence test by an LSP: a paper of its own beside the
// course's result. Outcome is scheduled, competent or not_yet.
type AssessmentInput struct {
	Outcome string
	LSP     string
	Place   string
	Number  string // of the LSP's paper, of who is competent
	On      *time.Time
	Version int
}

// The refusals of recording a competence test.
var (
	ErrAssessment      = &Refusal{Key: "applicant.assessment", Field: "assessment"}
	ErrAssessmentDay   = &Refusal{Key: "applicant.assessment_day", Field: "on"}
	ErrAssessmentAhead = &Refusal{Key: "applicant.assessment_ahead", Field: "on"}
	ErrAssessmentEarly = &Refusal{Key: "applicant.assessment_early", Field: "on"}
	// ErrAssessmentNumber says that only who is competent has a paper, and what a number may be made of.
	ErrAssessmentNumber = &Refusal{Key: "applicant.assessment_number", Field: "number"}
)

// check says what contradicts itself: a test has a day, a result none that is still to come, and neither one before
// the course began.
func (in AssessmentInput) check(i Intake, today record.Day) error {
	switch {
	case !slices.Contains([]string{"scheduled", "competent", "not_yet"}, in.Outcome):
		return ErrAssessment
	case in.On == nil:
		return ErrAssessmentDay
	case in.Outcome != "scheduled" && record.DateDay(*in.On).After(today):
		return ErrAssessmentAhead
	case i.StartsOn != nil && in.On.Before(*i.StartsOn):
		return ErrAssessmentEarly
	case in.Number != "" && (in.Outcome != "competent" || !paperNumber.MatchString(in.Number)):
		return ErrAssessmentNumber
	}
	return nil
}

// paperNumber is what numbers of LSPs look like, whose form nobody has published (docs/domain.md, section 7).
var paperNumber = regexp.MustCompile(`^[A-Za-z0-9 ./-]{6,50}$`)

// RecordAssessment records the competence test of a participant, who reads it in the history and is told. What is
// recorded again corrects what stood there.
func (s *Store) RecordAssessment(ctx context.Context, actor User, ref string, in AssessmentInput) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	return s.transact(ctx, "record assessment", func(tx *Store) error {
		id, err := tx.applicationOfInstitution(ctx, actor, ref)
		if err != nil {
			return err
		}
		intake, a, err := tx.lockSeat(ctx, id, in.Version)
		if err != nil {
			return err
		}
		return tx.assess(ctx, actor, intake, a, in)
	})
}

// assess records the competence test of a locked application.
func (s *Store) assess(ctx context.Context, actor User, intake Intake, a Application, in AssessmentInput) error {
	if a.State != Enrolled && a.State != Completed {
		return ErrNotNow
	}
	in.LSP, in.Place, in.Number = strings.TrimSpace(in.LSP), strings.TrimSpace(in.Place), strings.TrimSpace(in.Number)
	if err := in.check(intake, record.DayOf(s.db.Now())); err != nil {
		return err
	}
	said := []string{in.LSP, in.Place, i18n.DateLong(i18n.With(ctx, i18n.ID), *in.On), in.Number}
	note := strings.Join(slices.DeleteFunc(said, func(text string) bool { return text == "" }), ", ")
	return s.move(ctx, actor, &a, step{
		to: a.State, kind: EventAssessed, reason: in.Outcome, note: note, notice: "application_assessed",
		set: map[string]any{
			"assessment": in.Outcome, "assessment_lsp": in.LSP, "assessment_on": in.On,
			"assessment_place": in.Place, "assessment_number": in.Number,
		},
	})
}
