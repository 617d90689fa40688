package models

import (
	"context"

	"naikkelas/models/record"
)

// NoticeLetter opens a queued notice for sending, see record.DB.DueLetter.
func (s *Store) NoticeLetter(ctx context.Context, id int64) (record.Letter, error) {
	return s.db.DueLetter(ctx, id)
}

// MarkNotice records the outcome of a try. failure is nil when it was sent; its text must
// hold no personal data and is shown to administrators.
func (s *Store) MarkNotice(ctx context.Context, id int64, failure error) error {
	now := s.db.Now()
	set := map[string]any{"state": "sent", "sent_at": now, "sealed": nil, "error": ""}
	if failure != nil {
		set = map[string]any{"state": "failed", "error": cut(failure.Error(), 300)}
	}
	return s.db.With(ctx).Model(&record.Notice{}).Where("id = ? AND state IN ('queued', 'failed')", id).Updates(set).Error
}
