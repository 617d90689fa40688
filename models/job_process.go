package models

import (
	"context"
	"fmt"
)

// silence is after how long, in seconds, a process that works jobs counts as gone. It says every few
// seconds that it is there (internal/jobs), and misses that some times before others take up its jobs.
const silence = 20

// SeeProcess notes that a process which works jobs is there. All times are the database's, because the
// clocks of machines differ.
func (s *Store) SeeProcess(ctx context.Context, id string) error {
	err := s.db.With(ctx).Exec(`INSERT INTO job_processes (id, seen_at)
		VALUES (?, clock_timestamp())
		ON CONFLICT (id) DO UPDATE
		SET seen_at = excluded.seen_at`, id).Error
	if err != nil {
		return fmt.Errorf("note that %s works jobs: %w", id, err)
	}
	return nil
}

// TakeUpJobs makes the jobs of processes that are gone available again, and says how many. It counts as a
// try, so that a job which brings its process down comes to an end. Jobs of processes that were never
// seen (of an older version) are left to River, which goes by time alone.
func (s *Store) TakeUpJobs(ctx context.Context) (int64, error) {
	r := s.db.With(ctx).Exec(`UPDATE river_job j
		SET scheduled_at = now(),
			state = (CASE WHEN attempt < max_attempts THEN 'available' ELSE 'discarded' END)::river_job_state,
			finalized_at = CASE WHEN attempt >= max_attempts THEN now() END,
			errors = array_append(errors, jsonb_build_object('at', now(), 'attempt', attempt, 'error', 'its process is gone', 'trace', ''))
		FROM job_processes p
		WHERE j.state = 'running'
			AND p.id = j.attempted_by[cardinality(j.attempted_by)]
			AND p.seen_at < clock_timestamp() - make_interval(secs => ?)`, silence)
	if r.Error != nil {
		return 0, fmt.Errorf("take up jobs of processes that are gone: %w", r.Error)
	}
	err := s.db.With(ctx).Exec(`DELETE FROM job_processes
		WHERE seen_at < clock_timestamp() - interval '1 hour'`).Error
	if err != nil {
		return r.RowsAffected, fmt.Errorf("forget processes that are gone: %w", err)
	}
	return r.RowsAffected, nil
}
