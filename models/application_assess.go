package models

import (
	"context"
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
	On      *time.Time
	Version int
}

// The refusals of recording a competence test.
var (
	ErrAssessment      = &Refusal{Key: "applicant.assessment", Field: "assessment"}
	ErrAssessmentDay   = &Refusal{Key: "applicant.assessment_day", Field: "on"}
	ErrAssessmentAhead = &Refusal{Key: "applicant.assessment_ahead", Field: "on"}
	ErrAssessmentEarly = &Refusal{Key: "applicant.assessment_early", Field: "on"}
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
	}
	return nil
}

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
		if a.State != Enrolled && a.State != Completed {
			return ErrNotNow
		}
		if err := in.check(intake, record.DayOf(tx.db.Now())); err != nil {
			return err
		}
		lsp := strings.TrimSpace(in.LSP)
		note := i18n.DateLong(i18n.With(ctx, i18n.ID), *in.On)
		if lsp != "" {
			note = lsp + ", " + note
		}
		return tx.move(ctx, actor, &a, step{
			to: a.State, kind: EventAssessed, reason: in.Outcome, note: note, notice: "application_assessed",
			set: map[string]any{"assessment": in.Outcome, "assessment_lsp": lsp, "assessment_on": in.On},
		})
	})
}
