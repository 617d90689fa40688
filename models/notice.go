package models

import (
	"context"
	"encoding/json"
	"fmt"

	"naikkelas/internal/seal"
	"naikkelas/models/record"
)

// NoticeLetter opens a queued notice for sending. A notice that was sent or does not exist
// any more is ErrNotFound: the job has nothing left to do.
func (s *Store) NoticeLetter(ctx context.Context, id int64) (record.Letter, error) {
	var n record.Notice
	if err := s.db.With(ctx).Where("id = ? AND state <> 'sent'", id).Take(&n).Error; err != nil {
		return record.Letter{}, err
	}
	plain, err := s.db.Box().Unseal(n.Sealed, seal.At("notices", n.ID, "sealed"))
	if err != nil {
		return record.Letter{}, fmt.Errorf("open notice %d: %w", id, err)
	}
	l := record.Letter{Channel: n.Channel, Template: n.Template, Language: n.Language}
	if err := json.Unmarshal(plain, &l); err != nil {
		return record.Letter{}, fmt.Errorf("open notice %d: %w", id, err)
	}
	return l, nil
}

// MarkNotice records the outcome of a try. failure is nil when it was sent; its text must
// hold no personal data and is shown to administrators.
func (s *Store) MarkNotice(ctx context.Context, id int64, failure error) error {
	now := s.db.Now()
	set := map[string]any{"state": "sent", "sent_at": now, "sealed": nil, "error": ""}
	if failure != nil {
		set = map[string]any{"state": "failed", "error": cut(failure.Error(), 300)}
	}
	return s.db.With(ctx).Model(&record.Notice{}).Where("id = ? AND state <> 'sent'", id).Updates(set).Error
}
