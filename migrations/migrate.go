// Package migrations holds the database's schema as SQL files and applies them.
package migrations

import (
	"context"
	"database/sql"
	"embed"
	"errors"
	"fmt"
	"io/fs"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"github.com/pressly/goose/v3"
	"github.com/pressly/goose/v3/lock"
	"github.com/riverqueue/river/riverdriver/riverpgxv5"
	"github.com/riverqueue/river/rivermigrate"
)

//go:embed *.sql
var files embed.FS

// Files are the migrations themselves, for a hash over them.
func Files() fs.FS { return files }

// AppRole is the database role of the running portal. It may change rows but no tables, and
// only add to and read the audit trail.
const AppRole = "naikkelas_app"

// Up brings the schema to the newest version. Several starters at once are safe: one works,
// the others wait. The DSN is the owner's, on a direct port (a session lock does not hold
// through a transaction pooler).
func Up(ctx context.Context, dsn string) error {
	pool, err := pgxpool.New(ctx, dsn)
	if err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	defer pool.Close()
	db := stdlib.OpenDBFromPool(pool)
	defer db.Close()
	provider, err := newProvider(db)
	if err != nil {
		return err
	}
	if _, err := provider.Up(ctx); err != nil {
		return fmt.Errorf("migrate: %w", err)
	}
	if err := upRiver(ctx, pool); err != nil {
		return err
	}
	if err := grant(ctx, db); err != nil {
		return err
	}
	// A new table, or one that was restored, has no statistics until the server looks at it by itself, and is
	// searched as if it were empty.
	if _, err := db.ExecContext(ctx, "ANALYZE"); err != nil {
		return fmt.Errorf("analyze: %w", err)
	}
	return nil
}

// Pending says whether the program knows migrations that the database has not, so that a
// new program on an old schema stops with a clear word (bug report P122).
func Pending(ctx context.Context, db *sql.DB) (bool, error) {
	provider, err := newProvider(db)
	if err != nil {
		return false, err
	}
	return provider.HasPending(ctx)
}

// newProvider also takes a step whose number is lower than the last one made: the first numbers were given by
// subject, the later ones are days (yyyymmddNN), and an installation may have a higher one of other work already.
func newProvider(db *sql.DB) (*goose.Provider, error) {
	locker, err := lock.NewPostgresSessionLocker()
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	p, err := goose.NewProvider(goose.DialectPostgres, db, files, goose.WithSessionLocker(locker), goose.WithAllowOutofOrder(true))
	if err != nil {
		return nil, fmt.Errorf("migrate: %w", err)
	}
	return p, nil
}

// riverLock is the advisory lock that keeps two starters from migrating River's tables at once.
const riverLock = 7421001

func upRiver(ctx context.Context, pool *pgxpool.Pool) (err error) {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	defer conn.Release()
	if _, err := conn.Exec(ctx, "SELECT pg_advisory_lock($1)", riverLock); err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	defer func() {
		_, unlock := conn.Exec(ctx, "SELECT pg_advisory_unlock($1)", riverLock)
		err = errors.Join(err, unlock)
	}()
	migrator, err := rivermigrate.New(riverpgxv5.New(pool), nil)
	if err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	if _, err := migrator.Migrate(ctx, rivermigrate.DirectionUp, nil); err != nil {
		return fmt.Errorf("migrate jobs: %w", err)
	}
	return nil
}

// grant gives the running portal's role its rights, where that role exists.
func grant(ctx context.Context, db *sql.DB) error {
	var exists bool
	if err := db.QueryRowContext(ctx, "SELECT EXISTS (SELECT 1 FROM pg_roles WHERE rolname = $1)", AppRole).Scan(&exists); err != nil {
		return fmt.Errorf("grant: %w", err)
	}
	if !exists {
		return nil
	}
	for _, q := range []string{
		"GRANT USAGE ON SCHEMA public TO " + AppRole,
		"GRANT SELECT, INSERT, UPDATE, DELETE ON ALL TABLES IN SCHEMA public TO " + AppRole,
		"GRANT USAGE, SELECT ON ALL SEQUENCES IN SCHEMA public TO " + AppRole,
		"GRANT EXECUTE ON ALL FUNCTIONS IN SCHEMA public TO " + AppRole,
		"REVOKE UPDATE, DELETE, TRUNCATE ON audit_rows, audit_chain FROM " + AppRole,
	} {
		if _, err := db.ExecContext(ctx, q); err != nil {
			return fmt.Errorf("grant: %w", err)
		}
	}
	return nil
}

// HoldLetters keeps a restored database from writing to people on its own: what waited when the backup was made is
// held until an administrator lets it go, and letters with codes, which have lapsed, are dropped. The DSN is the
// owner's.
func HoldLetters(ctx context.Context, dsn string) error {
	conn, err := pgx.Connect(ctx, dsn)
	if err != nil {
		return fmt.Errorf("hold letters: %w", err)
	}
	defer conn.Close(ctx)
	_, err = conn.Exec(ctx, `UPDATE notices
		SET state = CASE WHEN code THEN 'withheld' ELSE 'held' END,
			sealed = CASE WHEN NOT code THEN sealed END,
			error = CASE WHEN code THEN 'restored' ELSE '' END,
			refused_at = NULL
		FROM (SELECT id AS waiting, template LIKE '%\_code' AS code
			FROM notices
			WHERE state IN ('queued', 'failed')) w
		WHERE id = waiting`)
	if err != nil {
		return fmt.Errorf("hold letters: %w", err)
	}
	// Who is told on a case is asked for by an officer then: what waited may have left since.
	_, err = conn.Exec(ctx, "UPDATE case_notices SET state = 'failed', why = 'restored' WHERE state = 'waiting'")
	if err != nil {
		return fmt.Errorf("hold notices: %w", err)
	}
	return nil
}
