package journey

import (
	"context"
	"strconv"

	"naikkelas/models/record"
)

const (
	// checkLines is the chore's name, under which its cursor lies.
	checkLines = "check_lines"
	// checkedAtOnce is how many accounts one step compares.
	checkedAtOnce = 500
)

// CheckLines compares the lines of the next accounts with what is recorded of them, mends what differs and writes that into
// the trail; after the last account the counters, and how long stations took. It is a step of a chore.
func (s *Store) CheckLines(ctx context.Context) (more bool, err error) {
	err = s.transact(ctx, "check lines", func(tx *Store) error {
		past, err := tx.lineCursor(ctx)
		if err != nil {
			return err
		}
		var ids []int64
		err = tx.db.With(ctx).Raw(`SELECT id
			FROM users
			WHERE id > ?
				AND role = 'seeker'
			ORDER BY id
			LIMIT ?`, past, checkedAtOnce).Scan(&ids).Error
		if err != nil {
			return err
		}
		if more = len(ids) == checkedAtOnce; more {
			past = ids[checkedAtOnce-1]
		} else {
			past = 0
		}
		if err := tx.mendLines(ctx, ids); err != nil {
			return err
		}
		if !more {
			if err := tx.mendCounts(ctx); err != nil {
				return err
			}
			if err := tx.countTimes(ctx); err != nil {
				return err
			}
		}
		return tx.moveLineCursor(ctx, past)
	})
	return more, err
}

func (s *Store) lineCursor(ctx context.Context) (int64, error) {
	var past string
	err := s.db.With(ctx).Raw("SELECT past FROM job_cursors WHERE chore = ?", checkLines).Scan(&past).Error
	if err != nil || past == "" {
		return 0, err
	}
	return strconv.ParseInt(past, 10, 64)
}

func (s *Store) moveLineCursor(ctx context.Context, past int64) error {
	return s.db.With(ctx).Exec(`INSERT INTO job_cursors (chore, past)
		VALUES (?, ?)
		ON CONFLICT (chore) DO UPDATE
		SET past = excluded.past`, checkLines, strconv.FormatInt(past, 10)).Error
}

// mendLines makes the rows anew that differ. The comparison is one statement: it sees rows and facts of one moment.
func (s *Store) mendLines(ctx context.Context, ids []int64) error {
	if len(ids) == 0 {
		return nil
	}
	var wrong []struct {
		ID      int64
		Was     string
		Now     string
		Differs string
	}
	err := s.db.With(ctx).Raw(`SELECT u.id, coalesce(l.station, '') AS was, coalesce(d.station, '') AS now,
			(SELECT string_agg(key, ' ' ORDER BY key)
				FROM jsonb_each(coalesce(to_jsonb(l), '{}')) one
				FULL JOIN jsonb_each(coalesce(to_jsonb(d), '{}')) other USING (key)
				WHERE one.value IS DISTINCT FROM other.value) AS differs
		FROM users u
		LEFT JOIN journey_lines l ON l.user_id = u.id
		LEFT JOIN line_of d ON d.user_id = u.id
		WHERE u.id IN ?
			AND to_jsonb(l) IS DISTINCT FROM to_jsonb(d)
		ORDER BY u.id`, ids).Scan(&wrong).Error
	if err != nil {
		return err
	}
	for _, w := range wrong {
		if err := s.db.With(ctx).Exec("SELECT keep_line(?)", w.ID).Error; err != nil {
			return err
		}
		err := s.db.Audit(ctx, record.SystemUser, record.Act{
			Action: "line_mended", SubjectKind: "user", SubjectID: w.ID, PersonID: w.ID,
			Detail: map[string]any{"was": w.Was, "now": w.Now, "differed": w.Differs},
		})
		if err != nil {
			return err
		}
	}
	return nil
}

// mendCounts adds to the counters what the rows have more or less, as both are at one moment.
func (s *Store) mendCounts(ctx context.Context) error {
	var mended []StationCount
	err := s.db.With(ctx).Raw(`INSERT INTO station_counts AS c (station, country, slot, people)
		SELECT station, country, 0, coalesce(l.n, 0) - coalesce(k.n, 0)
		FROM (SELECT station, country, count(*) AS n FROM journey_lines GROUP BY station, country) l
		FULL JOIN (SELECT station, country, sum(people) AS n FROM station_counts GROUP BY station, country) k
			USING (station, country)
		WHERE coalesce(l.n, 0) <> coalesce(k.n, 0)
		ORDER BY station, country
		ON CONFLICT (station, country, slot) DO UPDATE
		SET people = c.people + excluded.people
		RETURNING station, country, people`).Scan(&mended).Error
	if err != nil || len(mended) == 0 {
		return err
	}
	return s.db.Audit(ctx, record.SystemUser, record.Act{
		Action: "station_counts_mended", SubjectKind: "station_counts", Detail: map[string]any{"counters": len(mended)},
	})
}

// countTimes counts how long stations took those who came past them last: from sending a file to the number found right,
// from sending a certificate to its verification, from opening a plan to being ready, from ready to leaving, and from coming
// back to beginning anew.
func (s *Store) countTimes(ctx context.Context) error {
	return s.db.With(ctx).Exec(`WITH took (station, seconds) AS (
			SELECT 'identity', extract(epoch FROM c.at - a.sent)
			FROM (SELECT user_id, at
				FROM identity_checks
				WHERE field = 'nik' AND outcome = 'checked' AND superseded_at IS NULL
				ORDER BY id DESC
				LIMIT 1000) c
			CROSS JOIN LATERAL (SELECT min(x.first_submitted_at) AS sent
				FROM applications x
				WHERE x.seeker_id = c.user_id AND x.first_submitted_at <= c.at) a
			UNION ALL
			(SELECT 'skill', extract(epoch FROM decided_at - submitted_at)
			FROM certificates
			WHERE state = 'verified' AND deleted_at IS NULL AND submitted_at <= decided_at
			ORDER BY id DESC
			LIMIT 1000)
			UNION ALL
			(SELECT 'ready', extract(epoch FROM ready_at - opened_at)
			FROM readiness_plans
			WHERE ready_at >= opened_at
			ORDER BY id DESC
			LIMIT 1000)
			UNION ALL
			(SELECT 'away_start', extract(epoch FROM d.left_on - p.ready_at)
			FROM departures d
			JOIN readiness_plans p ON p.id = d.plan_id
			WHERE d.left_on >= p.ready_at
			ORDER BY d.id DESC
			LIMIT 1000)
			UNION ALL
			(SELECT 'rise', (rose_on - returned_on) * 86400
			FROM homecomings
			WHERE rose_on IS NOT NULL
			ORDER BY id DESC
			LIMIT 1000))
		INSERT INTO station_times (station, people, days, counted_on)
		SELECT station, count(*), ceil(percentile_cont(0.5) WITHIN GROUP (ORDER BY seconds) / 86400), CAST(@today AS date)
		FROM took
		WHERE seconds IS NOT NULL
		GROUP BY station
		ON CONFLICT (station) DO UPDATE
		SET people = excluded.people, days = excluded.days, counted_on = excluded.counted_on`,
		map[string]any{"today": record.DayOf(s.db.Now()).Date()}).Error
}
