// Package pgpool opens pools of connections to PostgreSQL whose callers never wait without end, and tells a
// database that is away from one that says no.
package pgpool

import (
	"context"
	"database/sql/driver"
	"errors"
	"io"
	"maps"
	"net"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
	"github.com/jackc/pgx/v5/pgxpool"
)

const (
	// mostConns is how many connections one process has at most.
	mostConns = 30
	// connectLimit is how long a server may take to let us in.
	connectLimit = 5 * time.Second
	// longest is how long anybody waits for an answer or for a free connection. The server itself ends a
	// statement a little earlier; this is for one that has stopped, which ends nothing.
	longest = 35 * time.Second
)

// Config is how a process of the portal connects to a database. Slow statements and forgotten transactions
// are ended by the server, and by us when it does not answer.
func Config(dsn string) (*pgxpool.Config, error) {
	cfg, err := pgxpool.ParseConfig(dsn)
	if err != nil {
		return nil, err
	}
	cfg.MaxConns = mostConns
	if cfg.ConnConfig.ConnectTimeout == 0 {
		cfg.ConnConfig.ConnectTimeout = connectLimit
	}
	maps.Copy(cfg.ConnConfig.RuntimeParams, map[string]string{
		"timezone": "UTC", "statement_timeout": "30s", "idle_in_transaction_session_timeout": "60s", "application_name": "naikkelas",
	})
	cfg.ConnConfig.Tracer = deadlines{}
	return cfg, nil
}

// patienceKey finds in a context how long its owner waits.
type patienceKey struct{}

// Within gives a context in which each statement, and each wait for a connection, ends after d. A transfer or
// a page as a whole may take longer.
func Within(ctx context.Context, d time.Duration) context.Context {
	return context.WithValue(ctx, patienceKey{}, d)
}

// deadlines gives each statement, and each wait for a connection, a deadline of its own. pgx takes the context
// of whoever traces it for the statement itself.
type deadlines struct{}

// endKey finds what lets go of a deadline.
type endKey struct{}

func begin(ctx context.Context) context.Context {
	patience, ok := ctx.Value(patienceKey{}).(time.Duration)
	if !ok {
		patience = longest
	}
	ctx, cancel := context.WithTimeout(ctx, patience)
	return context.WithValue(ctx, endKey{}, cancel)
}

func end(ctx context.Context) {
	if cancel, ok := ctx.Value(endKey{}).(context.CancelFunc); ok {
		cancel()
	}
}

// TraceQueryStart begins the time of a statement.
func (deadlines) TraceQueryStart(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryStartData) context.Context {
	return begin(ctx)
}

// TraceQueryEnd ends it, once all rows are read.
func (deadlines) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, _ pgx.TraceQueryEndData) { end(ctx) }

// TraceAcquireStart begins the time of a wait for a connection.
func (deadlines) TraceAcquireStart(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireStartData) context.Context {
	return begin(ctx)
}

// TraceAcquireEnd ends it.
func (deadlines) TraceAcquireEnd(ctx context.Context, _ *pgxpool.Pool, _ pgxpool.TraceAcquireEndData) {
	end(ctx)
}

// awayCodes are the beginnings of PostgreSQL's codes that say nothing about what was asked: no connection, no
// room, stopping or starting or out of time, trouble with its disk, and a server that has become a standby.
var awayCodes = []string{"08", "53", "57", "58", "25006"}

// Full says whether an error means that the database's disk has no room left.
func Full(err error) bool {
	const diskFull = "53100"
	pg, ok := errors.AsType[*pgconn.PgError](err)
	return ok && pg.Code == diskFull
}

// Away says whether an error means that the database does not answer now: the same may well succeed later.
// Somebody who stopped waiting by themselves is no such case.
func Away(err error) bool {
	if err == nil || errors.Is(err, context.Canceled) {
		return false
	}
	if _, ok := errors.AsType[*pgconn.ConnectError](err); ok {
		return true
	}
	if pg, ok := errors.AsType[*pgconn.PgError](err); ok {
		for _, code := range awayCodes {
			if strings.HasPrefix(pg.Code, code) {
				return true
			}
		}
		return false
	}
	if _, ok := errors.AsType[net.Error](err); ok {
		return true
	}
	return errors.Is(err, context.DeadlineExceeded) || errors.Is(err, io.ErrUnexpectedEOF) ||
		errors.Is(err, driver.ErrBadConn) || pgconn.SafeToRetry(err)
}
