package models

import "testing"

// F139: jobs of a process that is silent become available again; those of one that is there, and of one that
// was never seen, stay; one that was tried often enough ends.
func TestF139JobsOfSilentProcessesAreTakenUp(t *testing.T) {
	s := newStore(t, noon)
	for _, process := range []string{"here", "gone"} {
		if err := s.SeeProcess(t.Context(), process); err != nil {
			t.Fatal(err)
		}
	}
	s.sql.Exec(`UPDATE job_processes
		SET seen_at = seen_at - make_interval(secs => ?)
		WHERE id = 'gone'`, silence+1)
	err := s.sql.Exec(`INSERT INTO river_job (kind, state, attempt, max_attempts, queue, attempted_at, args, attempted_by)
		VALUES
		('a', 'running', 1, 3, 'default', now(), '{}', '{here,gone}'),
		('b', 'running', 1, 3, 'default', now(), '{}', '{gone,here}'),
		('c', 'running', 1, 3, 'default', now(), '{}', '{unseen}'),
		('d', 'running', 3, 3, 'default', now(), '{}', '{gone}'),
		('e', 'retryable', 1, 3, 'default', now(), '{}', '{gone}')`).Error
	if err != nil {
		t.Fatal(err)
	}
	if n, err := s.TakeUpJobs(t.Context()); n != 2 || err != nil {
		t.Errorf("took up %d, %v", n, err)
	}
	for kind, want := range map[string]string{
		"a": "available its process is gone", "b": "running ", "c": "running ", "d": "discarded its process is gone", "e": "retryable ",
	} {
		var got string
		s.sql.Raw(`SELECT state || ' ' || coalesce(errors[1]->>'error', '')
			FROM river_job
			WHERE kind = ?`, kind).Scan(&got)
		if got != want {
			t.Errorf("%s is %q, want %q", kind, got, want)
		}
	}
}
