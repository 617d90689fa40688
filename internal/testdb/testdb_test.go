package testdb_test

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"

	"naikkelas/internal/testdb"
)

func connect(t *testing.T, dsn string) *pgx.Conn {
	t.Helper()
	conn, err := pgx.Connect(context.Background(), dsn)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = conn.Close(context.Background()) })
	return conn
}

func TestEachTestHasItsOwnDatabase(t *testing.T) {
	a, b := testdb.New(t), testdb.New(t)
	ctx := context.Background()
	if _, err := connect(t, a.DSN).Exec(ctx, "INSERT INTO provinces (code, name) VALUES ('99', 'Contoh')"); err != nil {
		t.Fatal(err)
	}
	var n int
	if err := connect(t, b.DSN).QueryRow(ctx, "SELECT count(*) FROM provinces").Scan(&n); err != nil || n != 0 {
		t.Errorf("provinces in the other database: got %d (%v), want 0", n, err)
	}
}

func TestAppRoleChangesRowsButNoTablesAndNoAudit(t *testing.T) {
	conn := connect(t, testdb.New(t).AppDSN)
	ctx := context.Background()
	_, err := conn.Exec(ctx, `INSERT INTO audit_rows (at, actor_role, action, subject_kind, subject_id)
		VALUES (now(), 'system', 'x', 'x', 1)`)
	if err != nil {
		t.Errorf("insert audit row: %v", err)
	}
	for _, q := range []string{
		"UPDATE audit_rows SET action = 'y'", "DELETE FROM audit_rows",
		"DROP TABLE provinces", "CREATE TABLE x (y int)", "ALTER TABLE provinces ADD z int",
	} {
		_, err := conn.Exec(ctx, q)
		if err == nil || !strings.Contains(err.Error(), "permission denied") && !strings.Contains(err.Error(), "must be owner") {
			t.Errorf("%s: got %v, want permission denied", q, err)
		}
	}
	var jobs int
	if err := conn.QueryRow(ctx, "SELECT count(*) FROM river_job").Scan(&jobs); err != nil {
		t.Errorf("the job table: %v", err)
	}
}
