package models

import (
	"context"
	"fmt"
)

// The dated settings.
const (
	// settingAnnounce is for how many minutes a decision can be recalled before it is announced.
	settingAnnounce = "announce_minutes"
	// settingHold is after how many hours a file that an officer has returns to the queue.
	settingHold = "hold_hours"
)

// setting is the amount of a dated setting as it holds now.
func (s *Store) setting(ctx context.Context, what string) (int, error) {
	var amounts []int
	err := s.db.With(ctx).Raw(`SELECT amount
		FROM dated_settings
		WHERE what = ?
			AND valid_from <= ?
		ORDER BY valid_from DESC
		LIMIT 1`, what, s.db.Now()).Scan(&amounts).Error
	if err != nil {
		return 0, fmt.Errorf("setting %s: %w", what, err)
	}
	if len(amounts) == 0 {
		return 0, fmt.Errorf("setting %s: none holds now", what)
	}
	return amounts[0], nil
}
