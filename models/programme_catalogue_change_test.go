package models

import (
	"context"
	"errors"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testdb"
	"naikkelas/internal/testdb/wire"
)

func TestNextChangeIsOpeningClosingOrMidnight(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	next := func() time.Time {
		at, err := s.NextCatalogueChange(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		return at
	}
	midnight := time.Date(2026, 11, 26, 0, 0, 0, 0, i18n.WIB)
	if got := next(); !got.Equal(midnight) {
		t.Errorf("without intakes %v, want midnight", got)
	}
	p := s.addProgramme(t, s.addInstitution(t, "LPK A"), nil)
	opens, closes := noon.Add(2*time.Hour), noon.Add(5*time.Hour)
	in := s.addIntake(t, p, func(in *Intake) { in.OpensAt, in.ClosesAt = &opens, &closes })
	if got := next(); !got.Equal(opens) {
		t.Errorf("before the opening %v, want %v", got, opens)
	}
	s.pass(5 * time.Hour)
	got := next()
	if in.Window(s.db.Now()) != Open || in.Window(got) == Open || got.Sub(closes) > time.Millisecond {
		t.Errorf("at the closing %v, want just after %v", got, closes)
	}
	s.pass(time.Minute)
	if got := next(); !got.Equal(midnight) {
		t.Errorf("after the closing %v, want midnight", got)
	}
}

func TestWatchHearsChangesOfTheCatalogue(t *testing.T) {
	db, pool := testdb.Open(t)
	s := newStoreOn(t, db, noon)
	s.addReference(t)
	ctx, stop := context.WithCancel(t.Context())
	heard, done := make(chan struct{}, 100), make(chan error, 1)
	watch := CatalogueWatch{Every: 30 * time.Second, Within: 5 * time.Second}
	go func() { done <- WatchCatalogue(ctx, pool, watch, func() { heard <- struct{}{} }) }()
	await := func(what string) {
		t.Helper()
		select {
		case <-heard:
		case err := <-done:
			t.Fatalf("%s: stopped listening: %v", what, err)
		case <-time.After(5 * time.Second):
			t.Fatalf("%s: not heard", what)
		}
	}
	await("the beginning")
	lpk := s.addInstitution(t, "LPK A")
	await("a new institution")
	p := s.addProgramme(t, lpk, nil)
	await("a new programme")
	s.addIntake(t, p, nil)
	await("a new intake")
	s.sql.Exec("UPDATE programmes SET title = 'Lain' WHERE id = ?", p.ID)
	await("a new title")
	stop()
	if err := <-done; err == nil {
		t.Error("stopped without saying why")
	}
}

// watching listens over a wire, with proofs in quick succession. It gives what is heard, and why it ended.
func watching(t *testing.T) (s *testStore, w *wire.Wire, heard chan struct{}, done chan error) {
	t.Helper()
	d := testdb.New(t)
	db, _ := testdb.OpenDSN(t, d.AppDSN)
	s = newStoreOn(t, db, noon)
	s.addReference(t)
	w, through := wire.Postgres(t, d.AppDSN)
	_, pool := testdb.OpenDSN(t, through)
	t.Cleanup(w.Refuse) // before the pool is closed, which would wait for a wire that is held
	heard, done = make(chan struct{}, 100), make(chan error, 1)
	go func() {
		watch := CatalogueWatch{Every: 20 * time.Millisecond, Within: time.Second}
		done <- WatchCatalogue(t.Context(), pool, watch, func() { heard <- struct{}{} })
	}()
	return s, w, heard, done
}

// A network that drops a connection without a word ends the watch, so that no page is kept any more (F151).
func TestF151SilentlyDeadConnectionEndsTheWatch(t *testing.T) {
	s, w, heard, done := watching(t)
	await := func(what string) {
		t.Helper()
		select {
		case <-heard:
		case err := <-done:
			t.Fatalf("%s: stopped listening: %v", what, err)
		case <-time.After(5 * time.Second):
			t.Fatalf("%s: not heard", what)
		}
	}
	await("the beginning")
	lpk := s.addInstitution(t, "LPK A")
	await("a change between proofs")
	w.Hold()
	s.addProgramme(t, lpk, nil)
	select {
	case err := <-done:
		if err == nil || len(heard) > 0 {
			t.Errorf("%v, with %d changes heard", err, len(heard))
		}
	case <-time.After(10 * time.Second):
		t.Fatal("still listening to a dead connection")
	}
}

// Proofs by themselves are no changes, and many of them in a row end nothing.
func TestProofsOfTheWatchAreNoChanges(t *testing.T) {
	s, _, heard, done := watching(t)
	<-heard
	proofs := func() (n int) {
		const last = `SELECT count(*)
			FROM pg_stat_activity
			WHERE datname = current_database()
				AND query LIKE 'SELECT pg_notify%'`
		if err := s.sql.Raw(last).Scan(&n).Error; err != nil {
			t.Fatal(err)
		}
		return n
	}
	for deadline := time.Now().Add(5 * time.Second); proofs() == 0; {
		if time.Now().After(deadline) {
			t.Fatal("the connection proves nothing")
		}
	}
	select {
	case err := <-done:
		t.Fatalf("stopped listening: %v", err)
	default:
	}
	if len(heard) > 0 {
		t.Errorf("%d changes heard though nothing changed", len(heard))
	}
}

// A server that takes what is said and never tells of it, as a standby or a pooler does, ends the watch too.
func TestF151ConnectionThatDoesNotHearItselfEndsTheWatch(t *testing.T) {
	_, pool := testdb.Open(t)
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	l := listener{conn: conn.Hijack(), own: "watch_x", changed: func() {}}
	defer l.end(time.Second)
	if err := l.prove(t.Context(), 100*time.Millisecond); !errors.Is(err, errDeaf) {
		t.Errorf("a connection that listens to nothing: %v", err)
	}
}

// The moment at which an approved programme, or the change of a public one, becomes public is a change of the catalogue.
func TestNextChangeIsAPublication(t *testing.T) {
	s := newStore(t, noon)
	s.addReference(t)
	lpk := s.addInstitution(t, "LPK A")
	at := noon.Add(90 * time.Minute)
	for name, approved := range map[string]func(p *Programme){
		"a new one": func(p *Programme) { p.State, p.PublishedAt = ProgrammeApproved, nil },
		"a change":  func(p *Programme) { p.PendingState, p.Pending = ptr("approved"), []byte("{}") },
	} {
		p := s.addProgramme(t, lpk, func(p *Programme) {
			p.PublishAt = &at
			approved(p)
		})
		if got, err := s.NextCatalogueChange(t.Context()); err != nil || !got.Equal(at) {
			t.Errorf("%s: %v, %v; want %v", name, got, err, at)
		}
		if err := s.PublishScheduled(t.Context(), p.ID); !isTooEarly(err) {
			t.Errorf("%s: published before its moment: %v", name, err)
		}
		s.sql.Delete(&p)
	}
}
