package models

import (
	"context"

	"gorm.io/gorm"
)

// ErrOutOfOrder asks why somebody is accepted before others with more points, or below the pass mark.
var ErrOutOfOrder = &Refusal{Key: "scoring.out_of_order", Field: "why"}

// passedBy are the applicants x of an intake with a total, as sc, who are not accepted and could have been: they were at
// the test, nobody promised them a seat, and they are not accepted by the same act.
func (s *Store) passedBy(ctx context.Context, intakeID int64) *gorm.DB {
	return s.db.With(ctx).Table(ranking+" sc", intakeID, intakeID, intakeID).
		Joins("JOIN applications x ON x.id = sc.application_id AND " + stateList{Attended, Reserve, NotSelected}.in("x.state")).
		Where(`NOT EXISTS (SELECT 1
			FROM decisions xd
			WHERE xd.application_id = x.id
				AND xd.arguments->>'What' = 'accepted'
				AND xd.recalled_at IS NULL
				AND xd.done_at IS NULL
				AND xd.void_at IS NULL)`)
}

// orderOf is above which total nobody is passed by, as far as anybody has one, and the pass mark.
type orderOf struct{ Highest, PassMark *float64 }

// passes says whether an acceptance keeps to the order.
func (o orderOf) passes(total *float64) bool {
	if total == nil {
		return o.Highest == nil && o.PassMark == nil
	}
	return (o.Highest == nil || *total >= *o.Highest) && (o.PassMark == nil || *total >= *o.PassMark)
}

// refuseOutOfOrder wants a reason where somebody is accepted before others with more points, or below the pass mark.
// Who is accepted from the reserve list is so by its order, see passOverReserves.
func (s *Store) refuseOutOfOrder(ctx context.Context, in Intake, a Application, o Outcome) error {
	if o.Why != "" || a.State != Attended {
		return nil
	}
	var row struct {
		Highest, PassMark, Total *float64
	}
	highest := s.passedBy(ctx, in.ID).Where("x.id <> ?", a.ID).
		Where("x.ref NOT IN (SELECT jsonb_array_elements_text(r.targets) FROM selection_runs r WHERE r.id = ?)", o.RunID).
		Select("max(sc.total)")
	err := s.db.With(ctx).Raw(`SELECT (?) AS highest, n.pass_mark,
			(SELECT sc.total FROM `+ranking+` sc WHERE sc.application_id = ?) AS total
		FROM intakes n
		WHERE n.id = ?
			AND EXISTS (SELECT 1 FROM intake_criteria k WHERE k.intake_id = n.id)`,
		highest, in.ID, in.ID, in.ID, a.ID, in.ID).Scan(&row).Error
	if err != nil || (orderOf{row.Highest, row.PassMark}).passes(row.Total) {
		return err
	}
	return ErrOutOfOrder
}

// outOfOrder are those of a choice who would be accepted before others with more points, or below the pass mark.
func (s *Store) outOfOrder(ctx context.Context, actor User, in Intake, c Chosen) (list []Applicant, err error) {
	var row struct{ Highest, PassMark *float64 }
	highest := s.passedBy(ctx, in.ID).Where("x.id NOT IN (?)", s.chosen(ctx, actor, in.ID, c).Select("a.id")).Select("max(sc.total)")
	err = s.db.With(ctx).Raw(`SELECT (?) AS highest, n.pass_mark
		FROM intakes n
		WHERE n.id = ?
			AND EXISTS (SELECT 1 FROM intake_criteria k WHERE k.intake_id = n.id)`, highest, in.ID).Scan(&row).Error
	if err != nil || row.Highest == nil && row.PassMark == nil {
		return nil, err
	}
	err = s.chosen(ctx, actor, in.ID, c).Where("a.state = 'attended' AND d.id IS NULL").
		Where("coalesce(sc.total, -1) < greatest(CAST(? AS numeric), CAST(? AS numeric))", row.Highest, row.PassMark).
		Select("a.*, coalesce(ci.name, u.name) AS name, sc.total, sc.rank").Order("sc.total DESC NULLS LAST, a.id").Limit(checkNames).
		Scan(&list).Error
	return list, err
}
