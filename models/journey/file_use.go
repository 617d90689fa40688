package journey

import (
	"context"
	"time"

	"naikkelas/models"
	"naikkelas/models/record"
)

// A FileUse is what a file of a person's library proves on their way: a need of a plan by its Name, or, where that is empty, a
// payment by its Amount, or their registration abroad. Open says that the plan of the need is open.
type FileUse struct {
	UploadID int64
	Need     string
	Name     models.Text `gorm:"embedded;embeddedPrefix:name_"`
	Open     bool
	Amount   int64
	On       *time.Time
}

// FileUses finds what files of the acting person prove on their way, by file, in one query.
func (s *Store) FileUses(ctx context.Context, actor record.User, ids []int64) (map[int64][]FileUse, error) {
	found := map[int64][]FileUse{}
	if len(ids) == 0 {
		return found, nil
	}
	var list []FileUse
	err := s.db.With(ctx).Raw(`SELECT used.*
		FROM (
			SELECT i.upload_id, i.need, i.seen #>> '{Name,ID}' AS name_id, i.seen #>> '{Name,EN}' AS name_en, p.closed_at IS NULL AS open,
				0 AS amount, i.on_date AS "on", 1 AS place, i.id
			FROM readiness_items i
			JOIN readiness_plans p ON p.id = i.plan_id
			WHERE i.upload_id IN @ids
			UNION ALL
			SELECT y.upload_id, '', '', '', false, y.amount, y.paid_on, 2, y.id
			FROM readiness_payments y
			WHERE y.upload_id IN @ids AND y.removed_at IS NULL
			UNION ALL
			SELECT d.reported_upload_id, '', '', '', false, 0, d.reported_on, 3, d.id
			FROM departures d
			WHERE d.reported_upload_id IN @ids
		) used
		JOIN uploads u ON u.id = used.upload_id AND u.owner_id = @me
		ORDER BY used.place, used.id
		LIMIT 1000`, map[string]any{"ids": ids, "me": actor.ID}).Scan(&list).Error
	for _, use := range list {
		found[use.UploadID] = append(found[use.UploadID], use)
	}
	return found, err
}
