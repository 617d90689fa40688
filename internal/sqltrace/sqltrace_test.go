package sqltrace_test

import (
	"bytes"
	"context"
	"encoding/json"
	"log/slog"
	"strings"
	"testing"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
	"github.com/jackc/pgx/v5/stdlib"
	"gorm.io/driver/postgres"
	"gorm.io/gorm"
	"gorm.io/gorm/logger"

	"naikkelas/internal/sqltrace"
	"naikkelas/internal/testdb"
)

// watched is a database with a Tracer, as the portal opens it, and what the Tracer writes.
func watched(t *testing.T) (*sqltrace.Uses, *bytes.Buffer) {
	t.Helper()
	cfg, err := pgxpool.ParseConfig(testdb.New(t).AppDSN)
	if err != nil {
		t.Fatal(err)
	}
	var log bytes.Buffer
	cfg.ConnConfig.Tracer = sqltrace.New(slog.New(slog.NewJSONHandler(&log, nil)), "naikkelas/internal/sqltrace")
	pool, err := pgxpool.NewWithConfig(t.Context(), cfg)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(pool.Close)
	conn := postgres.New(postgres.Config{Conn: stdlib.OpenDBFromPool(pool)})
	db, err := gorm.Open(conn, &gorm.Config{SkipDefaultTransaction: true, Logger: logger.Discard})
	if err != nil {
		t.Fatal(err)
	}
	return &sqltrace.Uses{DB: db}, &log
}

// line is what was written about the one statement, as JSON.
func line(t *testing.T, log *bytes.Buffer) map[string]any {
	t.Helper()
	var found map[string]any
	if err := json.Unmarshal(log.Bytes(), &found); err != nil {
		t.Fatalf("%v in %q, want one line", err, log)
	}
	return found
}

func TestSlowStatementIsWrittenDownByName(t *testing.T) {
	uses, log := watched(t)
	if err := uses.SubmitApplication(t.Context(), "SELECT pg_sleep(?), ?::text", 0.32, "suparmi@contoh.example"); err != nil {
		t.Fatal(err)
	}
	found := line(t, log)
	if found["msg"] != "a statement was slow" || found["level"] != "WARN" || found["name"] != "SubmitApplication" ||
		found["statement"] != "SELECT pg_sleep($1), $2::text" || found["ms"].(float64) < 320 {
		t.Errorf("wrote %v", found)
	}
	if strings.Contains(log.String(), "suparmi") {
		t.Errorf("a value is in %s", log)
	}
}

// The database's own words repeat values ("Key (email)=(...) already exists"), and so do the driver's.
func TestFailedStatementIsWrittenDownWithoutValues(t *testing.T) {
	const user = `INSERT INTO users (ref, role, name, email, password_hash, language, created_at, updated_at)
		VALUES (?, 'seeker', 'Suparmi', ?, '-', 'id', now(), now())`
	for _, c := range []struct {
		name, statement, level string
		values                 []any
		want                   map[string]any
	}{
		{"constraint", user, "INFO", []any{"PK-2", "suparmi@contoh.example"},
			map[string]any{"code": "23505", "constraint": "users_email_open"}},
		{"value", "SELECT ?::text::int", "ERROR", []any{"suparmi"}, map[string]any{"code": "22P02"}},
		{"driver", "SELECT ?::int", "ERROR", []any{int64(31_7401_4203)}, map[string]any{"err": "*errors.errorString"}},
		{"statement", "SELECT suparmi_is_no_column", "ERROR", nil, map[string]any{"code": "42703"}},
	} {
		t.Run(c.name, func(t *testing.T) {
			uses, log := watched(t)
			if err := uses.SubmitApplication(t.Context(), user, "PK-1", "suparmi@contoh.example"); err != nil {
				t.Fatal(err)
			}
			if log.Len() > 0 {
				t.Errorf("a good statement wrote %s", log)
			}
			if err := uses.SubmitApplication(t.Context(), c.statement, c.values...); err == nil {
				t.Fatal("it did not fail")
			}
			found := line(t, log)
			if found["msg"] != "a statement failed" || found["level"] != c.level || found["name"] != "SubmitApplication" {
				t.Errorf("wrote %v", found)
			}
			for k, want := range c.want {
				if found[k] != want {
					t.Errorf("%s is %v, want %v", k, found[k], want)
				}
			}
			delete(found, "statement")
			if rest, _ := json.Marshal(found); bytes.Contains(rest, []byte("uparmi")) || bytes.Contains(rest, []byte("3174014203")) {
				t.Errorf("a value is in %s", rest)
			}
		})
	}
}

func TestCalledOffStatementHasNotFailed(t *testing.T) {
	uses, log := watched(t)
	ctx, cancel := context.WithCancel(t.Context())
	cancel()
	if err := uses.SubmitApplication(ctx, "SELECT 1"); err == nil {
		t.Fatal("it did not fail")
	}
	if log.Len() > 0 {
		t.Errorf("wrote %s", log)
	}
}

func TestLongStatementIsCut(t *testing.T) {
	uses, log := watched(t)
	if err := uses.SubmitApplication(t.Context(), "SELECT '"+strings.Repeat("é", 200)+"', no_column"); err == nil {
		t.Fatal("it did not fail")
	}
	if s := line(t, log)["statement"].(string); len(s) > 300 || len(s) < 298 || !strings.HasSuffix(s, "é") {
		t.Errorf("%d bytes: %s", len(s), s)
	}
}

// BenchmarkFastStatement is what watching adds to a statement that is neither slow nor wrong.
func BenchmarkFastStatement(b *testing.B) {
	t := sqltrace.New(slog.New(slog.DiscardHandler), "naikkelas/internal/sqltrace")
	b.ReportAllocs()
	for b.Loop() {
		t.TraceQueryEnd(t.TraceQueryStart(b.Context(), nil, pgx.TraceQueryStartData{SQL: "SELECT 1"}), nil, pgx.TraceQueryEndData{})
	}
}
