package protection

import (
	"context"
	"fmt"

	"naikkelas/models/record"
)

// A Bar is what an officer's bar shows of the desk for people in trouble. May says whether they belong to it.
type Bar struct {
	May     bool
	Waiting int // cases that are new or late, of those that the officer may see
}

// AtDesk reads what waits for an officer.
func (s *Store) AtDesk(ctx context.Context, officer record.User) (Bar, error) {
	var b Bar
	err := s.db.With(ctx).Raw(`SELECT EXISTS (
			SELECT FROM duties WHERE user_id = ? AND duty IN ('protection', 'head') AND ended_at IS NULL) AS may`, officer.ID).Scan(&b).Error
	if err != nil {
		return b, fmt.Errorf("desk's bar: %w", err)
	}
	if b.May = b.May && officer.Role == record.Officer; !b.May {
		return b, nil
	}
	b.Waiting, err = s.newAndLate(ctx, officer)
	return b, err
}
