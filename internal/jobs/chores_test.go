package jobs

import (
	"context"
	"log/slog"
	"strings"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/riverqueue/river"

	"naikkelas/internal/blob"
	"naikkelas/models"
	"naikkelas/models/journey"
	"naikkelas/models/protection"
	"naikkelas/models/record"
)

// deps is what the workers need, over the fixture's database and store of files.
func (f fixture) deps() Deps {
	return Deps{
		Store: f.Store, Protection: protection.NewStore(f.kernel), Journey: journey.NewStore(f.kernel, protection.Raise),
		Blobs: f.Blobs, Box: f.Box, Renderer: f.Renderer,
		Log: slog.New(slog.DiscardHandler),
	}
}

// started starts the workers; they have stopped when the test ends, or before by stop.
func (f fixture) started(t *testing.T, d Deps) (stop func()) {
	t.Helper()
	client, err := Work(t.Context(), f.pool, d)
	if err != nil {
		t.Fatal(err)
	}
	stop = func() {
		if err := client.StopAndCancel(context.Background()); err != nil {
			t.Error(err)
		}
	}
	t.Cleanup(func() { <-client.Stopped() })
	return stop
}

// until waits for a query to answer yes.
func until(t *testing.T, pool *pgxpool.Pool, most time.Duration, what, query string, args ...any) {
	t.Helper()
	ctx, cancel := context.WithTimeout(t.Context(), most)
	defer cancel()
	tick := time.NewTicker(20 * time.Millisecond)
	defer tick.Stop()
	for {
		var yes bool
		if err := pool.QueryRow(ctx, query, args...).Scan(&yes); err != nil && ctx.Err() == nil {
			t.Fatal(err)
		}
		if yes {
			return
		}
		select {
		case <-ctx.Done():
			t.Fatalf("not within %s: %s", most, what)
		case <-tick.C:
		}
	}
}

// slowArgs is a kind of job that takes too long.
type slowArgs struct{}

func (slowArgs) Kind() string { return "slow" }

type slow struct {
	river.WorkerDefaults[slowArgs]
	takes time.Duration
}

func (w *slow) Timeout(*river.Job[slowArgs]) time.Duration { return w.takes }
func (w *slow) Work(context.Context, *river.Job[slowArgs]) error {
	return nil
}

// F139, F254: every kind that is registered may run for 45 seconds at most, and one that may run longer is not.
func TestF254NoKindOfJobRunsLong(t *testing.T) {
	if longest > 45*time.Second || stuckAfter < longest {
		t.Errorf("jobs may take %s and are taken up after %s", longest, stuckAfter)
	}
	if _, err := (Deps{}).workers(); err != nil {
		t.Error(err)
	}
	for _, takes := range []time.Duration{longest + 1, -1} { // -1 is without end
		if err := add(river.NewWorkers(), slowArgs{}, &slow{takes: takes}); err == nil || !strings.Contains(err.Error(), "slow") {
			t.Errorf("a job of %s: %v", takes, err)
		}
	}
}

// F254: one chore fails for as long as its table is broken. The others do their part, its own error says which
// it is, the figures of jobs show it, and it is tried until it succeeds.
func TestF254OneFailingChoreStopsNoOther(t *testing.T) {
	f := newFixture(t)
	owner, err := pgx.Connect(t.Context(), f.database.DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer owner.Close(context.Background())
	if _, err := owner.Exec(t.Context(), "ALTER TABLE codes RENAME TO codes_broken"); err != nil {
		t.Fatal(err)
	}
	stop := f.started(t, f.deps())
	kinds := []string{}
	for _, c := range f.deps().chores() {
		if c.kind != "apply_retention" {
			kinds = append(kinds, c.kind)
		}
	}
	const done = `SELECT count(DISTINCT kind) = $1
		FROM river_job
		WHERE state = 'completed' AND kind = ANY ($2::text[])`
	until(t, f.pool, 30*time.Second, "the other chores are done", done, len(kinds), kinds)
	until(t, f.pool, 30*time.Second, "the failing one waits for its next try", `SELECT count(*) = 1
		FROM river_job
		WHERE kind = 'apply_retention' AND state = 'retryable' AND scheduled_at < now() + interval '2 minutes'`)
	var why string
	err = f.pool.QueryRow(t.Context(), "SELECT errors[1]->>'error' FROM river_job WHERE kind = 'apply_retention'").Scan(&why)
	if err != nil || !strings.HasPrefix(why, "apply_retention: ") {
		t.Errorf("it says %q, %v", why, err)
	}
	if shown := f.count(t, "apply_retention"); shown != "retryable" {
		t.Errorf("the figures show %s", shown)
	}
	stop()
	// After its last try it stays in the figures, and the next round begins anew.
	_, err = f.pool.Exec(t.Context(), "UPDATE river_job SET state = 'discarded', finalized_at = now() WHERE kind = 'apply_retention'")
	if err != nil {
		t.Fatal(err)
	}
	if shown := f.count(t, "apply_retention"); shown != "discarded" {
		t.Errorf("the figures show %s", shown)
	}
	if _, err := owner.Exec(t.Context(), "ALTER TABLE codes_broken RENAME TO codes"); err != nil {
		t.Fatal(err)
	}
	stop = f.started(t, f.deps())
	until(t, f.pool, 30*time.Second, "it succeeds", done, 1, []string{"apply_retention"})
	stop()
}

// count is the state of the jobs of a kind, as the figures show it.
func (f fixture) count(t *testing.T, kind string) string {
	t.Helper()
	list, err := f.Store.JobCounts(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	for _, c := range list {
		if c.Kind == kind {
			return c.State
		}
	}
	return "nothing"
}

// Orphans are looked for folder by folder, from where the chore has come to; what a row names stays.
func TestOrphansAreSweptFromTheCursorOn(t *testing.T) {
	f := newFixture(t)
	u := f.upload(t, "image/png", certificatePicture(t))
	put := func(key string) string {
		if err := f.Blobs.Put(t.Context(), key, strings.NewReader("x")); err != nil {
			t.Fatal(err)
		}
		return key
	}
	early, late := put("03/03aa"), put("c1/c1aa")
	d := f.deps()
	left := func() (keys []string) {
		for _, key := range []string{early, late, u.BlobKey} {
			if there, err := f.Blobs.Exists(t.Context(), key); err != nil {
				t.Fatal(err)
			} else if there {
				keys = append(keys, key)
			}
		}
		return keys
	}
	sweep := func() {
		if more, err := d.sweepOrphans(t.Context()); more || err != nil {
			t.Fatalf("%v, %v", more, err)
		}
	}
	sweep()
	if keys := left(); len(keys) != 3 {
		t.Errorf("young blobs are swept: %v are left", keys)
	}
	d.Store = models.NewStore(record.New(f.db, func() time.Time { return time.Now().Add(2 * orphanAge) }, f.Box, nil))
	if err := d.Store.MoveCursor(t.Context(), sweepOrphans, "5"); err != nil {
		t.Fatal(err)
	}
	sweep()
	if keys := left(); len(keys) != 2 || keys[0] != early {
		t.Errorf("after the folders from 05 on: %v", keys)
	}
	sweep()
	if keys := left(); len(keys) != 1 || keys[0] != u.BlobKey {
		t.Errorf("after all folders: %v", keys)
	}
	if key := blob.NewKey(); !strings.HasPrefix(blob.Folder(blob.Folders-1), "ff") || len(key) < 3 {
		t.Errorf("folders end with %s", blob.Folder(blob.Folders-1))
	}
}

// The blobs of deleted files go, and then their rows.
func TestDeletedFilesAreSwept(t *testing.T) {
	f := newFixture(t)
	u := f.upload(t, "image/png", certificatePicture(t))
	f.work(t, u)
	if err := f.Store.DeleteUpload(t.Context(), f.owner, u.Ref); err != nil {
		t.Fatal(err)
	}
	d := f.deps()
	d.Store = models.NewStore(record.New(f.db, func() time.Time { return time.Now().Add(2 * models.UndoTime) }, f.Box, nil))
	for i, want := range []bool{true, false} {
		if more, err := d.sweepUploads(t.Context()); more != want || err != nil {
			t.Errorf("step %d: %v, %v", i, more, err)
		}
	}
	if n := f.blobs(t); n != 0 {
		t.Errorf("%d blobs are left", n)
	}
}

// blobs counts the files in the store.
func (f fixture) blobs(t *testing.T) (n int) {
	t.Helper()
	if err := f.Blobs.List(t.Context(), "", func(string, time.Time) error { n++; return nil }); err != nil {
		t.Fatal(err)
	}
	return n
}
