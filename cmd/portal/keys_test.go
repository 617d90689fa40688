package main

import (
	"context"
	"errors"
	"os"
	"path/filepath"
	"strings"
	"testing"
	"time"

	"naikkelas/internal/nik"
	"naikkelas/internal/seal"
	"naikkelas/models"
	"naikkelas/models/record"
)

func TestKeysThatCannotChangeAreRefused(t *testing.T) {
	path := newKeys(t)
	text, err := os.ReadFile(path)
	if err != nil {
		t.Fatal(err)
	}
	for name, tt := range map[string]struct {
		config config
		args   []string
		want   string
	}{
		"inline":     {config{Keyset: string(text)}, []string{"rotate"}, "put them into a file"},
		"too soon":   {config{Keyset: path}, []string{"rotate", "--wait", "9s"}, "10s"},
		"no file":    {config{Keyset: filepath.Join(t.TempDir(), "none.json")}, []string{"rotate"}, "no such file"},
		"no command": {config{Keyset: path}, []string{"rotate", "now", "please"}, "usage"},
		"nothing":    {config{Keyset: path}, nil, "usage"},
	} {
		if err := keys(t.Context(), tt.config, tt.args); err == nil || !strings.Contains(err.Error(), tt.want) {
			t.Errorf("%s: %v", name, err)
		}
	}
	if after, err := os.ReadFile(path); err != nil || string(after) != string(text) {
		t.Errorf("the keys changed, %v", err)
	}
}

// Whoever is interrupted while new keys wait has changed nothing that seals, and can go on.
func TestInterruptedRotationGoesOn(t *testing.T) {
	path := newKeys(t)
	before, err := seal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	interrupted, cancel := context.WithCancel(t.Context())
	cancel()
	for range 2 {
		if err := keys(interrupted, config{Keyset: path}, []string{"rotate"}); err == nil || !strings.Contains(err.Error(), "goes on") {
			t.Errorf("interrupted: %v", err)
		}
	}
	now, err := seal.Open(path)
	if err != nil {
		t.Fatal(err)
	}
	if same, n := now.Primary(seal.Values) == before.Primary(seal.Values), len(now.Indexes("v", "p")); !same || n != 2 {
		t.Errorf("%d keys, and the one that seals is the same: %v", n, same)
	}
}

// rotated changes the keys of a file as after the command.
func rotated(t *testing.T, path string) {
	t.Helper()
	_, err := seal.AddKeys(path)
	if err = errors.Join(err, seal.UseKeys(path)); err != nil {
		t.Fatal(err)
	}
}

// A backup from before a change of keys is restored beside the keys of today, and one from after it is
// not beside those of before.
func TestBackupIsRestoredWithNewerKeysOnly(t *testing.T) {
	ctx, path := context.Background(), newKeys(t)
	older := filepath.Join(t.TempDir(), "older.json")
	text, err := os.ReadFile(path)
	if err == nil {
		err = os.WriteFile(older, text, 0o600)
	}
	if err != nil {
		t.Fatal(err)
	}
	from := settings(t, path)
	if err := seed(ctx, from, nil); err != nil {
		t.Fatal(err)
	}
	p, _ := serving(t, from)
	officer, seeker, number := p.registered(t)
	folders := map[bool]string{false: filepath.Join(t.TempDir(), "before"), true: filepath.Join(t.TempDir(), "after")}
	for _, after := range []bool{false, true} {
		if after {
			rotated(t, path)
			if _, err := p.box.Reread(); err != nil {
				t.Fatal(err)
			}
			begun(t, p)
		}
		if err := backup(ctx, from, []string{folders[after]}); err != nil {
			t.Fatal(err)
		}
		to := emptied(t, settings(t, path))
		if err := restore(ctx, to, []string{folders[after]}); err != nil {
			t.Fatalf("made after the change %v: %v", after, err)
		}
		restored, _ := serving(t, to)
		if plain, err := restored.store.RevealNIK(ctx, officer, seeker.ID); err != nil || plain != number.Plain() {
			t.Errorf("made after the change %v: NIK %q, %v", after, plain, err)
		}
		if list, err := restored.store.IdentityWarnings(ctx, officer, seeker.ID); err != nil || len(list) > 0 {
			t.Errorf("made after the change %v: warnings %v, %v", after, list, err)
		}
	}
	if err := restore(ctx, emptied(t, settings(t, older)), []string{folders[false]}); err != nil {
		t.Errorf("the older backup beside its own keys: %v", err)
	}
	err = restore(ctx, emptied(t, settings(t, older)), []string{folders[true]})
	if err == nil || !strings.Contains(err.Error(), "lacks keys") {
		t.Errorf("the newer backup beside older keys: %v", err)
	}
}

// registered makes an officer, and a seeker with a NIK.
func (p *portal) registered(t *testing.T) (officer, seeker models.User, number nik.NIK) {
	t.Helper()
	ctx := context.Background()
	number, err := nik.Parse("3174014203890001")
	if err != nil {
		t.Fatal(err)
	}
	officer, err = p.store.Appoint(ctx, models.SystemUser,
		models.Appointment{Role: models.Officer, Name: "Rina", Email: "rina@contoh.id", PasswordHash: "-"})
	if err != nil {
		t.Fatal(err)
	}
	seeker, err = p.store.RegisterAtCounter(ctx, officer,
		models.CounterRegistration{Token: "7b0f6c0e-1b1a-4d51-9a0e-0d9a4ce7a001", Name: "Suparmi", PasswordHash: "-"})
	if err == nil {
		born := time.Date(1989, 3, 2, 0, 0, 0, 0, time.UTC)
		err = p.store.SaveIdentity(ctx, seeker, models.Identity{Name: "Suparmi", NIK: number, BirthPlace: "Jakarta", BirthDate: born, Sex: "P"})
	}
	if err != nil {
		t.Fatal(err)
	}
	return officer, seeker, number
}

// begun leaves the index of NIKs in the middle of its move.
func begun(t *testing.T, p *portal) {
	t.Helper()
	none := func(context.Context, string, seal.Place) (bool, error) { return false, nil }
	for range 100 {
		if _, _, err := p.store.Reseal(t.Context(), none); err != nil {
			t.Fatal(err)
		}
		if _, err := p.database.pool.Exec(t.Context(), "UPDATE reseals SET begun_at = begun_at - interval '1 hour'"); err != nil {
			t.Fatal(err)
		}
		var filled bool
		if err := p.database.pool.QueryRow(t.Context(), "SELECT filled FROM nik_index_keys").Scan(&filled); err != nil {
			t.Fatal(err)
		}
		if filled {
			return
		}
	}
	t.Fatal("the index never moved")
}

func TestStateOfResealingInWords(t *testing.T) {
	now := time.Date(2026, 11, 29, 8, 0, 0, 0, time.UTC)
	done := now.Add(-time.Hour)
	for want, r := range map[string]record.Resealing{
		"not begun":                            {KeyID: 6},
		"begins 2026-11-29 15:10 WIB":          {KeyID: 7, BegunAt: now.Add(-5 * time.Minute)},
		"under way since 2026-11-29 14:15 WIB": {KeyID: 7, BegunAt: now.Add(-time.Hour)},
		"done 2026-11-29 14:00 WIB":            {KeyID: 7, BegunAt: now.Add(-2 * time.Hour), DoneAt: &done},
	} {
		if got := resealState(record.ResealProgress{Resealing: r, Rest: 15 * time.Minute}, 7, now); got != want {
			t.Errorf("got %q, want %q", got, want)
		}
	}
}
