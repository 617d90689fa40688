package migrations_test

import (
	"database/sql"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"naikkelas/internal/testdb"
	"naikkelas/migrations"
)

// Every step can be taken back and made again: whoever has to return to an earlier release is not stuck.
func TestMigrationsGoDownAndUpAgain(t *testing.T) {
	db, err := sql.Open("pgx", testdb.New(t).DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	first := p.ListSources()[0].Version
	if _, err := p.DownTo(t.Context(), first); err != nil {
		t.Fatal(err)
	}
	if _, err := p.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	if pending, err := p.HasPending(t.Context()); err != nil || pending {
		t.Errorf("pending: %v, %v", pending, err)
	}
}

// An installation that has a later subject's step already gets the earlier numbers that it lacks.
func TestStepsBelowTheLastOneAreMade(t *testing.T) {
	dsn := testdb.New(t).DSN
	db, err := sql.Open("pgx", dsn)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	late := []int64{39, 40, 41, 42, 43, 44, 45, 46, 47, 48}
	older, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("."), goose.WithExcludeVersions(late))
	if err != nil {
		t.Fatal(err)
	}
	all, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	if _, err := all.DownTo(t.Context(), all.ListSources()[0].Version); err != nil {
		t.Fatal(err)
	}
	if _, err := older.Up(t.Context()); err != nil {
		t.Fatal(err)
	}
	if pending, err := migrations.Pending(t.Context(), db); err != nil || !pending {
		t.Errorf("before: pending %v, %v", pending, err)
	}
	if err := migrations.Up(t.Context(), dsn); err != nil {
		t.Fatal(err)
	}
	if pending, err := migrations.Pending(t.Context(), db); err != nil || pending {
		t.Errorf("after: pending %v, %v", pending, err)
	}
}
