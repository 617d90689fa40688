package protection

import (
	"context"
	"fmt"
	"strings"

	"naikkelas/models/record"
)

// A Bar is what an officer's bar shows of the desk for people in trouble. May says whether they belong to it.
type Bar struct {
	May     bool
	Waiting int // cases that are new or late, or of which an alarm reached nobody, of those that the officer may see
}

// seenByMe is the rule of who sees a case over what the query itself finds of the officer.
var seenByMe = strings.NewReplacer("@head", "o.head", "@duty", "o.duty").Replace(seen)

// AtDesk reads what waits for an officer, in one query: it stands on every page of theirs, so that each part of it is found
// by an index of its own, however many cases have ended.
func (s *Store) AtDesk(ctx context.Context, officer record.User) (Bar, error) {
	var b Bar
	if officer.Role != record.Officer {
		return b, nil
	}
	err := s.db.With(ctx).Raw(`SELECT o.head OR o.helper AS may,
			CASE WHEN o.head OR o.helper
				THEN (SELECT count(*)
					FROM cases c
					WHERE c.id IN (SELECT c.id FROM cases c WHERE `+in[TabNew]+`
							UNION SELECT c.id FROM cases c WHERE `+in[TabLate]+`
							UNION SELECT c.id FROM cases c WHERE `+unheard+`)
						AND `+seenByMe+`)
				ELSE 0
			END AS waiting
		FROM (SELECT
				EXISTS (SELECT FROM duties WHERE user_id = @me AND duty = 'head' AND ended_at IS NULL) AS head,
				EXISTS (SELECT FROM duties WHERE user_id = @me AND duty = 'protection' AND ended_at IS NULL) AS helper,
				EXISTS (SELECT
					FROM duty_shifts
					WHERE user_id = @me
						AND removed_at IS NULL
						AND starts_at <= @now
						AND ends_at > @now) AS duty) o`,
		map[string]any{"me": officer.ID, "now": s.db.Now(), "overdue": s.overdue()}).Scan(&b).Error
	if err != nil {
		return b, fmt.Errorf("desk's bar: %w", err)
	}
	return b, nil
}
