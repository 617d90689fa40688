package migrations_test

import (
	"database/sql"
	"os"
	"testing"

	"github.com/pressly/goose/v3"

	"naikkelas/internal/testdb"
)

// Closed accounts lose the consents that the step for institutions gave them; open accounts keep theirs.
func TestConsentsOfClosedAccountsGo(t *testing.T) {
	db, err := sql.Open("pgx", testdb.New(t).DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer db.Close()
	p, err := goose.NewProvider(goose.DialectPostgres, db, os.DirFS("."))
	if err != nil {
		t.Fatal(err)
	}
	const sharing, closedConsents = 2026112953, 2026113012
	if _, err := p.DownTo(t.Context(), sharing-1); err != nil {
		t.Fatal(err)
	}
	_, err = db.ExecContext(t.Context(), `WITH people AS (
			INSERT INTO users (ref, role, name, email, password_hash, language, created_at, updated_at, closed_at)
			VALUES ('PK-1', 'seeker', 'Ani', 'ani@contoh.example', '-', 'id', now(), now(), NULL),
				('PK-2', 'seeker', '-', NULL, '-', 'id', now(), now(), now())
			RETURNING id
		), institution AS (
			INSERT INTO institutions (ref, name, kind, state, created_at, updated_at)
			VALUES ('LB-1', 'LPK', 'lpk', 'submitted', now(), now())
			RETURNING id
		), programme AS (
			INSERT INTO programmes (ref, institution_id, title, state, created_at, updated_at)
			SELECT 'PR-1', id, 'Las', 'draft', now(), now()
			FROM institution
			RETURNING id
		), intake AS (
			INSERT INTO intakes (ref, programme_id, number, state, selection, quota, created_at, updated_at)
			SELECT 'AK-1', id, 1, 'draft', 'test', 20, now(), now()
			FROM programme
			RETURNING id
		)
		INSERT INTO applications (ref, intake_id, seeker_id, state, submitted_at, first_submitted_at, created_at, updated_at)
		SELECT 'PD-' || people.id, intake.id, people.id, 'withdrawn', now(), now(), now(), now()
		FROM people, intake`)
	if err != nil {
		t.Fatal(err)
	}
	left := func(step int64) (n int) {
		t.Helper()
		if _, err := p.UpTo(t.Context(), step); err != nil {
			t.Fatal(err)
		}
		if err := db.QueryRowContext(t.Context(), "SELECT count(*) FROM consents").Scan(&n); err != nil {
			t.Fatal(err)
		}
		return n
	}
	if n := left(closedConsents - 1); n != 2 {
		t.Fatalf("the step wrote %d consents, want one for each account", n)
	}
	if n := left(closedConsents); n != 1 {
		t.Errorf("%d consents are left, want the one of the open account", n)
	}
}
