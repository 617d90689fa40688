package journey

import (
	"context"

	"naikkelas/models/record"
)

// carryOver takes over into a new plan what its person had done in an earlier one and what still holds, also what never ends: who
// leaves again starts from what they have. What a certificate proves comes by itself.
func (s *Store) carryOver(ctx context.Context, p Plan) error {
	var list []Item
	err := s.db.With(ctx).Raw(`SELECT DISTINCT ON (i.need) i.*
		FROM readiness_plans e
		JOIN readiness_items i ON i.plan_id = e.id
		WHERE e.user_id = ANY `+personIDs+`
			AND e.closed_at IS NOT NULL
			AND i.state = 'done'
			AND i.proof IN ('own', 'file', 'others')
			AND (i.expires_on IS NULL OR i.expires_on >= @today)
		ORDER BY i.need, i.recorded_at DESC, i.id DESC
		LIMIT @most`, map[string]any{"me": p.UserID, "today": record.DayOf(s.db.Now()).Date(), "most": mostItems}).Scan(&list).Error
	if err != nil {
		return err
	}
	for _, i := range list {
		if err := s.openItem(&i); err != nil {
			return err
		}
		was := i
		i.ID, i.PlanID, i.Version, i.NearTold, i.LateTold = 0, p.ID, 1, nil, nil
		i.NumberSealed, i.ClinicSealed, i.SourceSealed = nil, nil, nil
		if err := s.db.With(ctx).Create(&i).Error; err != nil {
			return err
		}
		if err := s.sealItem(&i); err != nil {
			return err
		}
		if err := s.saveItem(ctx, &i); err != nil {
			return err
		}
		actor := record.User{}
		if was.RecordedBy != nil {
			actor.ID = *was.RecordedBy
		}
		if err := s.noteMoves(ctx, actor, []move{{&i, NotYet, ItemRecorded}}); err != nil {
			return err
		}
	}
	return nil
}
