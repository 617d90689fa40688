package models

import (
	"context"
	"fmt"
	"time"
)

// ProgrammeFigures say what became of the people who applied in a year (of Jakarta): how many reached each step of their way, and
// the middle of the days that a step took, nil where nobody took it. Without a programme they are of the whole institution.
type ProgrammeFigures struct {
	ID            int64
	InstitutionID int64
	ProgrammeID   *int64
	Year          int
	Applied       int // sent an application
	Passed        int // past the officers
	Tested        int // came to the test
	Accepted      int
	Enrolled      int
	Finished      int // passed the course
	Competent     int // by the competence test
	DaysReview    *float64
	DaysChoice    *float64 // from the officers to the outcome
	DaysEnrolment *float64
	CountedAt     time.Time
}

// Step is one of the steps in order, with how many reached it.
type Step struct {
	Code  string
	Count int
}

// Steps are all of them.
func (f ProgrammeFigures) Steps() []Step {
	return []Step{
		{"applied", f.Applied}, {"passed", f.Passed}, {"tested", f.Tested}, {"accepted", f.Accepted}, {"enrolled", f.Enrolled},
		{"finished", f.Finished}, {"competent", f.Competent},
	}
}

// Wait is how many days a part of the way took in the middle.
type Wait struct {
	Code string
	Days *float64
}

// Waits are all of them.
func (f ProgrammeFigures) Waits() []Wait {
	return []Wait{{"review", f.DaysReview}, {"choice", f.DaysChoice}, {"enrolment", f.DaysEnrolment}}
}

// CountFigures counts the figures of institutions anew, some in each step.
func (s *Store) CountFigures(ctx context.Context) (more bool, err error) {
	return s.act(ctx, "count_figures", s.db.With(ctx).Model(&Institution{}), func(id int64) error { return s.countFigures(ctx, id) })
}

// countFigures counts those of one institution. A step counts once it was reached, whatever came after it.
func (s *Store) countFigures(ctx context.Context, institutionID int64) error {
	return s.transact(ctx, fmt.Sprintf("count figures of institution %d", institutionID), func(tx *Store) error {
		if err := tx.db.With(ctx).Where("institution_id = ?", institutionID).Delete(&ProgrammeFigures{}).Error; err != nil {
			return err
		}
		return tx.db.With(ctx).Exec(`WITH way AS (
				SELECT n.programme_id, extract(year FROM a.first_submitted_at AT TIME ZONE 'Asia/Jakarta')::int AS year, a.assessment,
					a.first_submitted_at AS sent, e.*
				FROM applications a
				JOIN intakes n ON n.id = a.intake_id
				JOIN programmes p ON p.id = n.programme_id
				CROSS JOIN LATERAL (SELECT min(at) FILTER (WHERE `+passingStates.in("to_state")+`) AS passed,
						min(at) FILTER (WHERE to_state = 'attended') AS tested,
						min(at) FILTER (WHERE to_state IN ('accepted', 'reserve', 'not_selected')) AS told,
						min(at) FILTER (WHERE to_state = 'accepted') AS accepted,
						min(at) FILTER (WHERE to_state = 'enrolled') AS enrolled,
						min(at) FILTER (WHERE to_state = 'completed') AS finished
					FROM application_events
					WHERE application_id = a.id) e
				WHERE p.institution_id = @institution
					AND a.first_submitted_at IS NOT NULL)
			INSERT INTO programme_figures (institution_id, programme_id, year, applied, passed, tested, accepted, enrolled, finished,
				competent, days_review, days_choice, days_enrolment, counted_at)
			SELECT @institution, programme_id, year, count(*), count(passed), count(tested), count(accepted), count(enrolled),
				count(finished), count(*) FILTER (WHERE assessment = 'competent'),
				`+middleDays("sent", "passed")+`, `+middleDays("passed", "told")+`, `+middleDays("accepted", "enrolled")+`, @now
			FROM way
			GROUP BY GROUPING SETS ((programme_id, year), (year))`,
			map[string]any{"institution": institutionID, "now": tx.db.Now()}).Error
	})
}

// middleDays is the middle of the days between two moments, of those who have both in this order.
func middleDays(from, to string) string {
	return `percentile_cont(0.5) WITHIN GROUP (ORDER BY extract(epoch FROM ` + to + ` - ` + from + `) / 86400)
				FILTER (WHERE ` + to + ` >= ` + from + `)`
}

// middleLeast is of how many institutions the middle is shown at least, so that nobody is read out of it.
const middleLeast = 5

// figuresPage is how many programmes are shown at once.
const figuresPage = 50

// A FiguresRow are the figures of a programme with its name.
type FiguresRow struct {
	ProgrammeFigures
	Ref   string
	Title string
}

// InstitutionFigures are what an institution sees of a year.
type InstitutionFigures struct {
	Years []int // with figures, the last first
	Year  int
	Own   ProgrammeFigures
	// Shares are, by step, the middle of the shares of all institutions among those who applied, from 0 to 1; Days by part of the
	// way. Both are nil where there are too few institutions.
	Shares, Days map[string]float64
	Programmes   []FiguresRow
	After        string // the reference of the last one where there are more
}

// OwnFigures are those of the acting person's institution of a year, the newest where it has none of it; programmes with the most
// applicants first, those after one with the reference.
func (s *Store) OwnFigures(ctx context.Context, actor User, year int, after string) (f InstitutionFigures, err error) {
	if !actor.Manages() {
		return f, ErrForbidden
	}
	var own []ProgrammeFigures
	err = s.db.With(ctx).Where("institution_id = ? AND programme_id IS NULL", *actor.InstitutionID).
		Order("year DESC").Limit(100).Find(&own).Error
	if err != nil || len(own) == 0 {
		return f, err
	}
	f.Own = own[0]
	for _, one := range own {
		f.Years = append(f.Years, one.Year)
		if one.Year == year {
			f.Own = one
		}
	}
	f.Year = f.Own.Year
	q := s.db.With(ctx).Table("programme_figures f").Select("f.*, p.ref, p.title").Joins("JOIN programmes p ON p.id = f.programme_id").
		Where("f.institution_id = ? AND f.year = ?", *actor.InstitutionID, f.Year)
	if after != "" {
		q = q.Where(`(f.applied, f.programme_id) < (SELECT b.applied, b.programme_id
			FROM programme_figures b
			JOIN programmes o ON o.id = b.programme_id
			WHERE o.ref = ?
				AND b.institution_id = f.institution_id
				AND b.year = f.year)`, after)
	}
	if err := q.Order("f.applied DESC, f.programme_id DESC").Limit(figuresPage + 1).Scan(&f.Programmes).Error; err != nil {
		return f, err
	}
	if len(f.Programmes) > figuresPage {
		f.Programmes = f.Programmes[:figuresPage]
		f.After = f.Programmes[figuresPage-1].Ref
	}
	f.Shares, f.Days, err = s.middleOfAll(ctx, f.Year)
	return f, err
}

// middleOfAll is the middle of all institutions in a year.
func (s *Store) middleOfAll(ctx context.Context, year int) (shares, days map[string]float64, err error) {
	var m struct {
		N                                                       int
		Passed, Tested, Accepted, Enrolled, Finished, Competent float64
		Review, Choice, Enrolment                               *float64
	}
	share := func(step string) string {
		return "percentile_cont(0.5) WITHIN GROUP (ORDER BY " + step + "::float8 / applied) AS " + step
	}
	wait := func(part string) string {
		return fmt.Sprintf(`CASE
				WHEN count(days_%[1]s) >= %[2]d THEN percentile_cont(0.5) WITHIN GROUP (ORDER BY days_%[1]s)
			END AS %[1]s`, part, middleLeast)
	}
	err = s.db.With(ctx).Raw(`SELECT count(*) AS n, `+share("passed")+`, `+share("tested")+`, `+share("accepted")+`, `+share("enrolled")+`,
			`+share("finished")+`, `+share("competent")+`, `+wait("review")+`, `+wait("choice")+`, `+wait("enrolment")+`
		FROM programme_figures
		WHERE year = ?
			AND programme_id IS NULL
		HAVING count(*) >= ?`, year, middleLeast).Scan(&m).Error
	if err != nil || m.N < middleLeast {
		return nil, nil, err
	}
	shares = map[string]float64{
		"applied": 1, "passed": m.Passed, "tested": m.Tested, "accepted": m.Accepted, "enrolled": m.Enrolled, "finished": m.Finished,
		"competent": m.Competent,
	}
	days = map[string]float64{}
	for part, middle := range map[string]*float64{"review": m.Review, "choice": m.Choice, "enrolment": m.Enrolment} {
		if middle != nil {
			days[part] = *middle
		}
	}
	return shares, days, nil
}
