// Package sqltrace writes down the statements that fail and those that take long, under the name of
// the use case that sent them. What was filled into them, and what the database says about it, may
// be personal and is never written down.
package sqltrace

import (
	"context"
	"errors"
	"fmt"
	"log/slog"
	"runtime"
	"strings"
	"time"
	"unicode/utf8"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgconn"
)

const (
	// slow is how long a statement may take before it is written down.
	slow = 300 * time.Millisecond
	// longest is how many bytes of a statement are written down.
	longest = 300
	// deepest is how many callers are looked through for the use case.
	deepest = 128
)

// A Tracer watches the statements of a connection; put it into pgx.ConnConfig.
type Tracer struct {
	log      *slog.Logger
	useCases string
}

// New makes a Tracer. useCases is the path of the package whose functions, with those of the packages
// below it, are the use cases.
func New(log *slog.Logger, useCases string) *Tracer { return &Tracer{log: log, useCases: useCases} }

type key struct{}

type started struct {
	at        time.Time
	statement string
}

// TraceQueryStart notes when a statement begins.
func (t *Tracer) TraceQueryStart(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryStartData) context.Context {
	return context.WithValue(ctx, key{}, &started{time.Now(), data.SQL})
}

// TraceQueryEnd writes a statement down that failed or was slow. One that was called off, because who
// asked has gone or has no time left, has not failed.
func (t *Tracer) TraceQueryEnd(ctx context.Context, _ *pgx.Conn, data pgx.TraceQueryEndData) {
	s, ok := ctx.Value(key{}).(*started)
	if !ok {
		return
	}
	took := time.Since(s.at)
	failed := data.Err != nil && ctx.Err() == nil
	if !failed && took < slow {
		return
	}
	attrs := []slog.Attr{
		slog.String("name", t.useCase()), slog.Int64("ms", took.Milliseconds()), slog.String("statement", cut(s.statement)),
	}
	if !failed {
		t.log.LogAttrs(ctx, slog.LevelWarn, "a statement was slow", attrs...)
		return
	}
	level, why := reason(data.Err)
	t.log.LogAttrs(ctx, level, "a statement failed", append(attrs, why...)...)
}

// reason tells a failure without the words of the database, which repeat values. A broken constraint
// is how the rules often learn that something is there already, and after a deadlock the transaction
// is tried again; only the rest is a fault for certain.
func reason(err error) (slog.Level, []slog.Attr) {
	pg, ok := errors.AsType[*pgconn.PgError](err)
	if !ok {
		for inner := errors.Unwrap(err); inner != nil; inner = errors.Unwrap(err) {
			err = inner
		}
		return slog.LevelError, []slog.Attr{slog.String("err", fmt.Sprintf("%T", err))}
	}
	attrs := []slog.Attr{slog.String("code", pg.Code)}
	if pg.ConstraintName != "" {
		attrs = append(attrs, slog.String("constraint", pg.ConstraintName))
	}
	switch {
	case strings.HasPrefix(pg.Code, "23"): // integrity constraint violation
		return slog.LevelInfo, attrs
	case strings.HasPrefix(pg.Code, "40"): // transaction rollback
		return slog.LevelWarn, attrs
	}
	return slog.LevelError, attrs
}

// useCase names the outermost function of the use cases' packages that is running; it is empty for
// statements of others, such as the queue of jobs.
func (t *Tracer) useCase() string {
	var callers [deepest]uintptr
	frames := runtime.CallersFrames(callers[:runtime.Callers(2, callers[:])])
	name := ""
	for {
		frame, more := frames.Next()
		if rest, ok := strings.CutPrefix(frame.Function, t.useCases); ok && (rest[0] == '.' || rest[0] == '/') {
			name = frame.Function
		}
		if !more {
			return bare(name)
		}
	}
}

// bare takes the package, the receiver and the names of closures off a function's name.
func bare(function string) string {
	parts := strings.Split(function[strings.LastIndexByte(function, '/')+1:], ".")
	for i := len(parts) - 1; i > 0; i-- {
		if !strings.HasPrefix(parts[i], "func") && parts[i][0] >= 'A' {
			return parts[i]
		}
	}
	return ""
}

// cut shortens a statement to what is written down.
func cut(statement string) string {
	if len(statement) <= longest {
		return statement
	}
	end := longest
	for !utf8.RuneStart(statement[end]) {
		end--
	}
	return statement[:end]
}
