package models

import (
	"context"
	"errors"
	"fmt"
	"strings"
	"time"
	"unicode/utf8"

	"naikkelas/internal/i18n"
	"naikkelas/models/record"
)

// CriteriaMost is how many criteria an intake has at most, CriterionNameMost how many letters the name of one has.
const (
	CriteriaMost      = 6
	CriterionNameMost = 60
)

// bestMost is the highest best score of a criterion.
const bestMost = 1000

// The refusals around scores.
var (
	ErrScored       = &Refusal{Key: "scoring.scored"}
	ErrNoCriteria   = &Refusal{Key: "scoring.no_criteria", Field: "criteria[0].name"}
	ErrPassMark     = &Refusal{Key: "scoring.pass_mark", Field: "pass_mark"}
	ErrNotScored    = &Refusal{Key: "scoring.not_scored"}
	errScoringFixed = &Refusal{Key: "scoring.fixed"}
)

// Criterion is one thing by which applicants of an intake are compared.
type Criterion struct {
	ID       int64
	IntakeID int64
	Position int
	Name     string
	Weight   int
	Best     float64 // the best score
}

// TableName is where criteria lie.
func (Criterion) TableName() string { return "intake_criteria" }

// Scoring is how applicants of an intake are compared: by criteria, whose weighted scores make a total from 0 to 100.
// It is set before the day of the first test, and never changed once a score is there.
type Scoring struct {
	Criteria []Criterion
	PassMark *float64
	FirstDay *time.Time // of a test; nil while none is known
	Scored   int64      // how many people have scores
}

// Version tells one setting of the criteria from the next.
func (s Scoring) Version() int64 {
	if len(s.Criteria) == 0 {
		return 0
	}
	return s.Criteria[len(s.Criteria)-1].ID
}

// Fixed says why the criteria cannot be changed any more, nil while they can.
func (s Scoring) Fixed(ctx context.Context, now time.Time) error {
	switch {
	case s.Scored > 0:
		return ErrScored
	case s.FirstDay != nil && !now.Before(record.DateDay(*s.FirstDay).Start()):
		return &Refusal{Key: errScoringFixed.Key, Args: []any{"Day", i18n.DateLong(ctx, *s.FirstDay)}}
	}
	return nil
}

// scoringOf reads how an intake compares its applicants.
func (s *Store) scoringOf(ctx context.Context, in Intake) (v Scoring, err error) {
	var row struct {
		PassMark  *float64
		FirstTest *time.Time
		Scored    int64
	}
	err = s.db.With(ctx).Raw(`SELECT n.pass_mark,
			(SELECT min(a.test_at) FROM applications a WHERE a.intake_id = n.id) AS first_test,
			(SELECT count(DISTINCT sc.application_id)
				FROM application_scores sc
				JOIN intake_criteria k ON k.id = sc.criterion_id
				WHERE k.intake_id = n.id) AS scored
		FROM intakes n
		WHERE n.id = ?`, in.ID).Scan(&row).Error
	if err != nil {
		return v, err
	}
	v.PassMark, v.Scored, v.FirstDay = row.PassMark, row.Scored, in.TestOn
	if row.FirstTest != nil {
		if day := record.DayOf(*row.FirstTest).Date(); v.FirstDay == nil || day.Before(*v.FirstDay) {
			v.FirstDay = &day
		}
	}
	return v, s.db.With(ctx).Where("intake_id = ?", in.ID).Order("position").Limit(CriteriaMost).Find(&v.Criteria).Error
}

// IntakeScoring is how an intake of the acting staff's institution compares its applicants.
func (s *Store) IntakeScoring(ctx context.Context, actor User, intakeRef string) (in PublicIntake, p Programme, v Scoring, err error) {
	if !actor.Selects() {
		return in, p, v, ErrForbidden
	}
	if in, p, err = s.OwnIntake(ctx, actor, intakeRef); err != nil {
		return in, p, v, err
	}
	v, err = s.scoringOf(ctx, in.Intake)
	return in, p, v, err
}

// SetScoring sets by what applicants of an intake are compared. version is that of the criteria that were shown.
func (s *Store) SetScoring(ctx context.Context, actor User, intakeRef string, version int64, list []Criterion, passMark *float64) error {
	if !actor.Selects() {
		return ErrForbidden
	}
	return s.transact(ctx, "set scoring", func(tx *Store) error {
		in, now, err := tx.lockScoring(ctx, actor, intakeRef)
		switch {
		case err != nil:
			return err
		case now.Version() != version:
			return ErrStale
		}
		if err := now.Fixed(ctx, tx.db.Now()); err != nil {
			return err
		}
		if err := checkCriteria(list, passMark); err != nil {
			return err
		}
		if err := tx.db.With(ctx).Where("intake_id = ?", in.ID).Delete(&Criterion{}).Error; err != nil {
			return err
		}
		for i := range list {
			list[i].ID, list[i].IntakeID, list[i].Position = 0, in.ID, i+1
		}
		if err := tx.db.With(ctx).Create(&list).Error; err != nil {
			return err
		}
		if err := tx.db.With(ctx).Model(&Intake{}).Where("id = ?", in.ID).Update("pass_mark", passMark).Error; err != nil {
			return err
		}
		return tx.db.Audit(ctx, actor, record.Act{Action: "scoring_set", SubjectKind: "intake", SubjectID: in.ID,
			Detail: map[string]any{"criteria": list, "pass_mark": passMark}})
	})
}

// lockScoring takes an own intake's row, under which criteria and scores change.
func (s *Store) lockScoring(ctx context.Context, actor User, intakeRef string) (in Intake, v Scoring, err error) {
	own, _, err := s.OwnIntake(ctx, actor, intakeRef)
	if err != nil {
		return in, v, err
	}
	if in, err = s.lockIntake(ctx, own.ID); err != nil {
		return in, v, err
	}
	v, err = s.scoringOf(ctx, in)
	return in, v, err
}

func checkCriteria(list []Criterion, passMark *float64) error {
	var wrong []error
	refuse := func(i int, field, key string, args ...any) {
		wrong = append(wrong, &Refusal{Key: key, Field: fmt.Sprintf("criteria[%d].%s", i, field), Args: args})
	}
	for i, c := range list {
		if c.Name = strings.TrimSpace(c.Name); c.Name == "" || utf8.RuneCountInString(c.Name) > CriterionNameMost {
			refuse(i, "name", "scoring.name", "Max", CriterionNameMost)
		}
		if c.Weight < 1 || c.Weight > 100 {
			refuse(i, "weight", "scoring.weight")
		}
		if c.Best <= 0 || c.Best > bestMost {
			refuse(i, "best", "scoring.best", "Max", bestMost)
		}
	}
	if len(list) == 0 || len(list) > CriteriaMost {
		wrong = append(wrong, ErrNoCriteria)
	}
	if passMark != nil && (*passMark < 0 || *passMark > 100) {
		wrong = append(wrong, ErrPassMark)
	}
	return errors.Join(wrong...)
}

// ranking is the SQL of the totals of an intake's applicants who have a score in every criterion, with their ranks and
// with how many share one. The total has two decimals; who has the same stands on the same rank. Whoever left has none.
// Its one argument is the intake's id, three times.
var ranking = `(SELECT r.application_id, r.total, rank() OVER (ORDER BY r.total DESC) AS rank, count(*) OVER (PARTITION BY r.total) AS tied
	FROM (SELECT s.application_id, round(sum(k.weight * s.score / k.best) * 100 / sum(k.weight), 2) AS total
		FROM intake_criteria k
		JOIN application_scores s ON s.criterion_id = k.id
		JOIN applications x ON x.id = s.application_id AND x.intake_id = ? AND ` + leftStates.notIn("x.state") + `
		WHERE k.intake_id = ?
		GROUP BY s.application_id
		HAVING count(*) = (SELECT count(*) FROM intake_criteria WHERE intake_id = ?)) r)`
