package migrations_test

import (
	"database/sql"
	"os"
	"testing"

	_ "github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"

	"naikkelas/internal/testdb"
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
