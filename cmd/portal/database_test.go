package main

import (
	"context"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/multitracer"

	"naikkelas/internal/localpg"
	"naikkelas/internal/testdb"
)

// Bug report P122: a new program on an older database stops and says what to do.
func TestP122OlderDatabaseStopsTheProgram(t *testing.T) {
	ctx := context.Background()
	database := testdb.New(t)
	conn, err := pgx.Connect(ctx, database.DSN)
	if err != nil {
		t.Fatal(err)
	}
	defer conn.Close(ctx)
	if d, err := openDatabase(ctx, config{DatabaseURL: database.AppDSN}, localpg.Start); err != nil {
		t.Fatalf("a database of today: %v", err)
	} else if tracers := d.pool.Config().ConnConfig.Tracer.(*multitracer.Tracer).QueryTracers; len(tracers) != 2 {
		t.Errorf("%d watch the statements, want the deadlines and the log", len(tracers))
	} else if err := d.close(); err != nil {
		t.Fatal(err)
	}
	_, err = conn.Exec(ctx, `DELETE FROM goose_db_version
		WHERE version_id = (SELECT max(version_id) FROM goose_db_version)`)
	if err != nil {
		t.Fatal(err)
	}
	_, err = openDatabase(ctx, config{DatabaseURL: database.AppDSN}, localpg.Start)
	if err == nil || !strings.Contains(err.Error(), "portal migrate") {
		t.Errorf("an older database: got %v, want to be told to migrate", err)
	}
}
