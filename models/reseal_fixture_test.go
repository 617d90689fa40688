package models

import (
	"context"
	"os"
	"path/filepath"
	"testing"
	"time"

	"naikkelas/internal/seal"
	"naikkelas/internal/testdb"
	"naikkelas/models/record"
)

// keyedStore is a Store with keys of its own, which change.
type keyedStore struct {
	*testStore
	path string
	box  *seal.Box
}

func newKeyedStore(t *testing.T) *keyedStore {
	t.Helper()
	db, _ := testdb.Open(t)
	path := filepath.Join(t.TempDir(), "keyset.json")
	if err := seal.Generate(path); err != nil {
		t.Fatal(err)
	}
	box, err := seal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	return &keyedStore{testStore: newStoreWith(t, db, noon, box), path: path, box: box}
}

// keysText is the key file as it is now.
func (s *keyedStore) keysText(t testing.TB) string {
	t.Helper()
	text, err := os.ReadFile(s.path)
	if err != nil {
		t.Fatal(err)
	}
	return string(text)
}

// beside is another process on the same database, with keys that do not change any more.
func (s *keyedStore) beside(t testing.TB, keys string) *testStore {
	t.Helper()
	box, err := seal.Open(keys)
	if err != nil {
		t.Fatal(err)
	}
	other := newStoreWith(t, s.sql, noon, box)
	other.pass(s.db.Now().Sub(noon))
	return other
}

// rotate changes the keys and lets the time pass that everything rests then.
func (s *keyedStore) rotate(t testing.TB) {
	t.Helper()
	if _, err := seal.AddKeys(s.path); err != nil {
		t.Fatal(err)
	}
	if err := seal.UseKeys(s.path); err != nil {
		t.Fatal(err)
	}
	if _, err := s.box.Reread(); err != nil {
		t.Fatal(err)
	}
	s.step(t) // begins the first
	s.pass(filesRest)
}

// noFiles stands for a store of files in which there are none.
func noFiles(context.Context, string, seal.Place) (bool, error) { return false, nil }

// step does one step, as the job does; done is empty when there was none.
func (s *testStore) step(t testing.TB) (done string, step record.ResealStep) {
	t.Helper()
	done, step, err := s.Reseal(context.Background(), noFiles)
	if err != nil {
		t.Fatal(err)
	}
	return done, step
}

// stepAll does all steps, and f before each of them.
func (s *testStore) stepAll(t testing.TB, f func(done string)) {
	t.Helper()
	done := "nothing"
	for range 1000 {
		if f != nil {
			f(done)
		}
		if done, _ = s.step(t); done == "" {
			// What begins only now has to rest first.
			s.pass(filesRest)
			if done, _ = s.step(t); done == "" {
				return
			}
		}
	}
	t.Fatal("there is no end")
}

// give lets somebody give a NIK.
func (s *testStore) give(t testing.TB, u User, number string) {
	t.Helper()
	in := identity(t, func(in *Identity) { in.Name, in.NIK = u.Name, mustNIK(t, number) })
	if err := s.SaveIdentity(t.Context(), u, in); err != nil {
		t.Fatal(err)
	}
}

// text answers a query of one text.
func (s *testStore) text(t testing.TB, query string, args ...any) string {
	t.Helper()
	var text string
	if err := s.sql.Raw(query, args...).Scan(&text).Error; err != nil {
		t.Fatal(err)
	}
	return text
}

// awaitBlocked waits until somebody in the database waits for a lock.
func (s *testStore) awaitBlocked(t testing.TB) {
	t.Helper()
	tick := time.NewTicker(5 * time.Millisecond)
	defer tick.Stop()
	for deadline := time.After(10 * time.Second); ; {
		if s.text(t, "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() AND wait_event_type = 'Lock'") != "0" {
			return
		}
		select {
		case <-tick.C:
		case <-deadline:
			t.Fatal("nobody waits for a lock")
		}
	}
}
