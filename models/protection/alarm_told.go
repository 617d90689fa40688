package protection

import (
	"context"
	"time"
)

// alarmOverdue is after how long an alarm that was handed over to nobody stands on the bar.
const alarmOverdue = 30 * time.Second

// handedOver says of an alarm a that a letter about it was handed over to whoever carries it.
const handedOver = `EXISTS (SELECT
	FROM notices n
	WHERE n.id = ANY (a.letters)
		AND n.state IN ('handed_over', 'delivered'))`

// underway says of an alarm a that a letter about it may still leave: it was neither refused for good, nor came back, nor
// is it too late for it.
const underway = `EXISTS (SELECT
	FROM notices n
	WHERE n.id = ANY (a.letters)
		AND (n.state = 'queued' OR n.state = 'failed' AND n.sent_at IS NULL AND n.refused_at IS NULL)
		AND n.useful_until > @now)`

// unheard says of a case c that an alarm about it reached nobody yet.
const unheard = `EXISTS (SELECT
	FROM case_alarms a
	WHERE a.case_id = c.id
		AND a.told_at IS NULL
		AND a.at <= @overdue
		AND (c.state <> 'closed' OR a.reason = 'wrote')
		AND NOT ` + handedOver + `)`

// overdue is before when an alarm that reached nobody was written, for unheard.
func (s *Store) overdue() time.Time { return s.db.Now().Add(-alarmOverdue) }

// settleAlarms notes of the alarms of a level that a letter about them was handed over.
func (s *Store) settleAlarms(ctx context.Context, level string) error {
	return s.db.With(ctx).Exec(`UPDATE case_alarms a
		SET told_at = (SELECT min(n.sent_at)
			FROM notices n
			WHERE n.id = ANY (a.letters)
				AND n.state IN ('handed_over', 'delivered'))
		WHERE a.level = @level
			AND a.told_at IS NULL
			AND `+handedOver, map[string]any{"level": level}).Error
}

// triedLately says whether letters about alarms of a level were written within five minutes, and were of use.
func (s *Store) triedLately(ctx context.Context, level string) (lately bool, err error) {
	now := s.db.Now()
	err = s.db.With(ctx).Raw(`SELECT EXISTS (SELECT
		FROM case_alarms a
		WHERE a.level = @level
			AND a.tried_at > @before
			AND (a.told_at IS NOT NULL OR `+underway+`))`,
		map[string]any{"level": level, "before": now.Add(-alarmsApart), "now": now}).Scan(&lately).Error
	return lately, err
}

// waitingAlarms are the alarms of a level of which no letter has left, nor may leave yet.
func (s *Store) waitingAlarms(ctx context.Context, level string) (list []waitingAlarm, err error) {
	err = s.db.With(ctx).Raw(`SELECT a.id, c.lead_id, a.tries
		FROM case_alarms a
		JOIN cases c ON c.id = a.case_id
		WHERE a.level = @level
			AND a.told_at IS NULL
			AND NOT `+underway+`
		ORDER BY a.id
		LIMIT 1000`, map[string]any{"level": level, "now": s.db.Now()}).Scan(&list).Error
	return list, err
}

// tried notes the letters that were written about a group of alarms, by their keys.
func (s *Store) tried(ctx context.Context, g group, keys []string) error {
	return s.db.With(ctx).Exec(`UPDATE case_alarms
		SET tried_at = @now,
			tries = tries + 1,
			letters = letters || ARRAY(SELECT id FROM notices WHERE dedupe IN @keys AND state <> 'withheld')
		WHERE id IN @ids`, map[string]any{"now": s.db.Now(), "keys": keys, "ids": g.ids}).Error
}

// unheardCases are the numbers of the cases with an alarm that reached nobody, of those that a viewer may see, some of them.
func (s *Store) unheardCases(ctx context.Context, v viewer) (refs []string, err error) {
	args := v.args()
	args["overdue"] = s.overdue()
	err = s.db.With(ctx).Raw("SELECT c.ref FROM cases c WHERE "+unheard+" AND "+seen+" ORDER BY c.id LIMIT 5", args).Scan(&refs).Error
	return refs, err
}
