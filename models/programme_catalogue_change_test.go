package models

import (
	"context"
	"testing"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/internal/testdb"
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
	go func() { done <- WatchCatalogue(ctx, pool, func() { heard <- struct{}{} }) }()
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
