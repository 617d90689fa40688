package models

import (
	"context"
	"fmt"
	"time"

	"naikkelas/internal/i18n"
)

// NextCatalogueChange is the next instant at which public pages read differently though nobody
// changes anything: an intake opens or closes, an approved programme or its change becomes public, or a new day begins in
// Jakarta.
func (s *Store) NextCatalogueChange(ctx context.Context) (time.Time, error) {
	now := s.db.Now()
	y, m, d := now.In(i18n.WIB).Date()
	next := time.Date(y, m, d+1, 0, 0, 0, 0, i18n.WIB)
	// An intake is open at the very instant it closes (Intake.Window).
	var turn *time.Time
	err := s.db.With(ctx).Raw(`SELECT least(
			(SELECT min(opens_at)
				FROM intakes
				WHERE state = 'published'
					AND opens_at > @now),
			(SELECT min(closes_at)
				FROM intakes
				WHERE state = 'published'
					AND closes_at >= @now) + interval '1 microsecond',
			(SELECT min(publish_at)
				FROM programmes
				WHERE (state = 'approved' OR pending_state = 'approved')
					AND publish_at > @now))`,
		map[string]any{"now": now}).Row().Scan(&turn)
	if err != nil {
		return next, fmt.Errorf("next change of the catalogue: %w", err)
	}
	if turn != nil && turn.Before(next) {
		next = *turn
	}
	return next, nil
}
