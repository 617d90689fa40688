package pgpool_test

import (
	"context"
	"database/sql"
	"errors"
	"fmt"
	"testing"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"

	"naikkelas/internal/pgpool"
	"naikkelas/internal/testdb"
	"naikkelas/internal/testdb/wire"
)

// open gives a pool over a wire, and the same pool as the Store sees it.
func open(t *testing.T) (*wire.Wire, *pgxpool.Pool, *sql.DB) {
	t.Helper()
	w, dsn := wire.Postgres(t, testdb.New(t).AppDSN)
	cfg, err := pgpool.Config(dsn)
	if err != nil {
		t.Fatal(err)
	}
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	db := stdlib.OpenDBFromPool(pool)
	t.Cleanup(func() { w.Refuse(); _ = db.Close(); pool.Close() })
	return w, pool, db
}

// soon fails the test when f takes longer than anybody should wait.
func soon(t *testing.T, what string, f func() error) error {
	t.Helper()
	done := make(chan error, 1)
	go func() { done <- f() }()
	select {
	case err := <-done:
		return err
	case <-time.After(10 * time.Second):
		t.Fatalf("%s: still waiting", what)
	}
	return nil
}

const short = 150 * time.Millisecond

// A server that has stopped ends neither statements nor connections; nobody waits for it without end (F150).
func TestF150NobodyWaitsForAServerThatStopped(t *testing.T) {
	w, pool, db := open(t)
	ctx := pgpool.Within(t.Context(), short)
	var one int
	if err := db.QueryRowContext(ctx, "SELECT 1").Scan(&one); err != nil {
		t.Fatal(err)
	}
	tx, err := db.BeginTx(ctx, nil)
	if err != nil {
		t.Fatal(err)
	}
	w.Hold()
	for what, f := range map[string]func() error{
		"a statement on a connection that is open": func() error { return db.QueryRowContext(ctx, "SELECT 1").Scan(&one) },
		"a new connection":                         func() error { _, err := pool.Exec(ctx, "SELECT 1"); return err },
		"the end of a transaction":                 func() error { return tx.Commit() },
	} {
		if err := soon(t, what, f); !pgpool.Away(err) {
			t.Errorf("%s: %v, want it told as away", what, err)
		}
	}
	w.Free()
	if err := soon(t, "after the stop", func() error { return db.QueryRowContext(t.Context(), "SELECT 1").Scan(&one) }); err != nil {
		t.Errorf("after the stop: %v", err)
	}
}

// The time counts for each statement, not for all of them together.
func TestPatienceIsForEachStatement(t *testing.T) {
	_, _, db := open(t)
	ctx := pgpool.Within(t.Context(), time.Second)
	for range 3 {
		if _, err := db.ExecContext(ctx, "SELECT pg_sleep(0.5)"); err != nil {
			t.Fatal(err)
		}
	}
	if _, err := db.ExecContext(pgpool.Within(t.Context(), short), "SELECT pg_sleep(5)"); !pgpool.Away(err) {
		t.Errorf("a statement beyond its time: %v", err)
	}
}

// Whoever waits for a free connection waits no longer than for an answer.
func TestWaitForAFreeConnectionEnds(t *testing.T) {
	_, pool, db := open(t)
	for range pool.Config().MaxConns {
		conn, err := pool.Acquire(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		defer conn.Release()
	}
	err := soon(t, "a free connection", func() error { return db.PingContext(pgpool.Within(t.Context(), short)) })
	if !pgpool.Away(err) {
		t.Errorf("got %v", err)
	}
}

func TestF155AwayIsToldFromNo(t *testing.T) {
	w, pool, db := open(t)
	_, syntax := db.ExecContext(t.Context(), "SELEKT")
	ctx, stop := context.WithCancel(t.Context())
	stop()
	_, left := pool.Exec(ctx, "SELECT 1")
	conn, err := pool.Acquire(t.Context())
	if err != nil {
		t.Fatal(err)
	}
	_, killed := conn.Exec(t.Context(), "SELECT pg_terminate_backend(pg_backend_pid())")
	_, closed := conn.Exec(t.Context(), "SELECT 1")
	conn.Release()
	w.Refuse()
	_, refused := db.ExecContext(t.Context(), "SELECT 1")
	_, noServer := pgx.Connect(t.Context(), "host=/nowhere user=x dbname=x")
	for name, tt := range map[string]struct {
		err  error
		want bool
	}{
		"no error": {nil, false}, "wrong SQL": {syntax, false}, "the reader left": {left, false}, "another error": {errors.New("no"), false},
		"no rows": {sql.ErrNoRows, false}, "unique index": {&pgconn.PgError{Code: "23505"}, false},
		"killed": {killed, true}, "closed": {closed, true}, "refused": {refused, true}, "no server": {noServer, true},
		"too many connections": {fmt.Errorf("find user: %w", &pgconn.PgError{Code: "53300"}), true},
		"statement_timeout":    {&pgconn.PgError{Code: "57014"}, true}, "a standby": {&pgconn.PgError{Code: "25006"}, true},
	} {
		if got := pgpool.Away(tt.err); got != tt.want {
			t.Errorf("%s: away = %v (%v)", name, got, tt.err)
		}
	}
}
