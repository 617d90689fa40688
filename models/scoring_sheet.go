package models

import (
	"context"
	"errors"
	"fmt"
	"strconv"
	"time"

	"gorm.io/gorm/clause"

	"naikkelas/models/record"
)

// ErrScoreClosed says that somebody of a sheet has been decided on meanwhile; they are no longer on its page.
var ErrScoreClosed = &Refusal{Key: "scoring.closed"}

// ApplicationScore is what an applicant reached in one criterion.
type ApplicationScore struct {
	ApplicationID int64
	CriterionID   int64
	Score         float64
	GivenBy       int64
	At            time.Time
}

// A ScoreSheet is a page of those who were at the test and wait for a decision, with their scores.
type ScoreSheet struct {
	Table   ApplicantTable
	Scoring Scoring
	Scores  map[int64]map[int64]float64 // by application and criterion
	Seen    string                      // tells the scores of the intake from later ones
}

// ScoreInput is what was typed into one field of a sheet; without a score the field was empty.
type ScoreInput struct {
	Ref      string
	Position int // of the criterion
	Score    *float64
}

// ScoreField is the name of a sheet's field.
func ScoreField(ref string, position int) string { return "s-" + ref + "-" + strconv.Itoa(position) }

// Sheet is a page of the score sheet of an intake of the acting staff's institution, by name.
func (s *Store) Sheet(ctx context.Context, actor User, intakeRef, cursor string) (v ScoreSheet, err error) {
	v.Table, err = s.Applicants(ctx, actor, intakeRef, ApplicantQuery{
		Filter: ApplicantFilter{List: string(Attended)}, Sort: "name", Cursor: cursor,
	})
	if err != nil {
		return v, err
	}
	v.Scoring = v.Table.Scoring
	ids := make([]int64, len(v.Table.Items))
	for i, a := range v.Table.Items {
		ids[i] = a.ID
	}
	var list []ApplicationScore
	if err := s.db.With(ctx).Where("application_id IN ?", append(ids, 0)).Find(&list).Error; err != nil {
		return v, err
	}
	v.Scores = make(map[int64]map[int64]float64, len(ids))
	for _, score := range list {
		if v.Scores[score.ApplicationID] == nil {
			v.Scores[score.ApplicationID] = map[int64]float64{}
		}
		v.Scores[score.ApplicationID][score.CriterionID] = score.Score
	}
	v.Seen, err = s.scoresSeen(ctx, v.Table.Intake.ID)
	return v, err
}

// scoresSeen tells the scores of an intake as they are from those that somebody saves later.
func (s *Store) scoresSeen(ctx context.Context, intakeID int64) (seen string, err error) {
	err = s.db.With(ctx).Raw(`SELECT count(*) || '.' || coalesce(extract(epoch FROM max(s.at)), 0)
		FROM application_scores s
		JOIN intake_criteria k ON k.id = s.criterion_id
		WHERE k.intake_id = ?`, intakeID).Scan(&seen).Error
	return seen, err
}

// SaveScores keeps what was typed into a sheet, all of it or nothing. An empty field takes a score away. Nobody has
// their scores changed about whom a decision was made; seen is what the sheet said of the scores when it was shown.
func (s *Store) SaveScores(ctx context.Context, actor User, intakeRef, seen string, list []ScoreInput) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	return s.transact(ctx, "save scores", func(tx *Store) error {
		in, scoring, err := tx.lockScoring(ctx, actor, intakeRef)
		if err != nil {
			return err
		}
		if len(scoring.Criteria) == 0 {
			return ErrNotScored
		}
		now, err := tx.scoresSeen(ctx, in.ID)
		switch {
		case err != nil:
			return err
		case now != seen:
			return ErrStale
		}
		ids, err := tx.scored(ctx, actor, in.ID, list)
		if err != nil {
			return err
		}
		rows, empty, err := sheetRows(scoring, ids, list)
		if err != nil {
			return err
		}
		return tx.keepScores(ctx, actor, in, rows, empty)
	})
}

// scored gives the applications whose scores can be changed, by reference.
func (s *Store) scored(ctx context.Context, actor User, intakeID int64, list []ScoreInput) (map[string]int64, error) {
	refs := make([]string, len(list))
	for i, input := range list {
		refs[i] = input.Ref
	}
	var found []struct {
		ID  int64
		Ref string
	}
	err := s.chosen(ctx, actor, intakeID, Chosen{Refs: refs}).Where("a.state = 'attended' AND d.id IS NULL").
		Select("a.id, a.ref").Scan(&found).Error
	ids := make(map[string]int64, len(found))
	for _, f := range found {
		ids[f.Ref] = f.ID
	}
	return ids, err
}

// sheetRows turns what was typed into rows to keep and rows to take away, and refuses each wrong field.
func sheetRows(scoring Scoring, ids map[string]int64, list []ScoreInput) (rows, empty []ApplicationScore, err error) {
	var wrong []error
	closed := false
	for _, input := range list {
		id, open := ids[input.Ref]
		if !open || input.Position < 1 || input.Position > len(scoring.Criteria) {
			closed = true
			continue
		}
		c := scoring.Criteria[input.Position-1]
		row := ApplicationScore{ApplicationID: id, CriterionID: c.ID}
		switch {
		case input.Score == nil:
			empty = append(empty, row)
		case *input.Score < 0 || *input.Score > c.Best:
			best := strconv.FormatFloat(c.Best, 'f', -1, 64)
			wrong = append(wrong, &Refusal{Key: "scoring.range", Field: ScoreField(input.Ref, input.Position), Args: []any{"Best", best}})
		default:
			row.Score = *input.Score
			rows = append(rows, row)
		}
	}
	if closed {
		wrong = append(wrong, ErrScoreClosed)
	}
	return rows, empty, errors.Join(wrong...)
}

// keepScores writes what changed. A score that stays as it was keeps who gave it and when.
func (s *Store) keepScores(ctx context.Context, actor User, in Intake, rows, empty []ApplicationScore) error {
	for i := range rows {
		rows[i].GivenBy, rows[i].At = actor.ID, s.db.Now()
	}
	if len(rows) > 0 {
		err := s.db.With(ctx).Clauses(clause.OnConflict{
			Columns:   []clause.Column{{Name: "application_id"}, {Name: "criterion_id"}},
			DoUpdates: clause.AssignmentColumns([]string{"score", "given_by", "at"}),
			Where:     clause.Where{Exprs: []clause.Expression{clause.Expr{SQL: "application_scores.score <> excluded.score"}}},
		}).CreateInBatches(&rows, 500).Error
		if err != nil {
			return err
		}
	}
	gone := make([][]any, len(empty))
	for i, row := range empty {
		gone[i] = []any{row.ApplicationID, row.CriterionID}
	}
	if len(gone) > 0 {
		err := s.db.With(ctx).Where("(application_id, criterion_id) IN ?", gone).Delete(&ApplicationScore{}).Error
		if err != nil {
			return fmt.Errorf("take scores away: %w", err)
		}
	}
	return s.db.Audit(ctx, actor, record.Act{Action: "scores_saved", SubjectKind: "intake", SubjectID: in.ID,
		Detail: map[string]any{"scores": len(rows)}})
}
