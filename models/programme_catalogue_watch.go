package models

import (
	"context"
	"crypto/rand"
	"errors"
	"fmt"
	"strings"
	"time"

	"github.com/jackc/pgx/v5"
	"github.com/jackc/pgx/v5/pgxpool"
)

// A CatalogueWatch says how often a connection that listens proves that it still hears, and how long each
// proof may take. A connection that a network has dropped without a word, or whose server has become a
// standby, is as silent as a catalogue that does not change.
type CatalogueWatch struct{ Every, Within time.Duration }

// errDeaf is a connection that did not hear what it said itself.
var errDeaf = errors.New("the connection hears nothing")

// WatchCatalogue calls changed whenever something on the public pages has changed, in any
// process, and once when it has begun to listen. It returns when the connection fails, or does not
// prove itself alive; until it is called again, changes go unheard.
func WatchCatalogue(ctx context.Context, pool *pgxpool.Pool, w CatalogueWatch, changed func()) error {
	conn, err := pool.Acquire(ctx)
	if err != nil {
		return fmt.Errorf("watch the catalogue: %w", err)
	}
	l := listener{conn: conn.Hijack(), own: "watch_" + strings.ToLower(rand.Text()), changed: changed}
	defer l.end(w.Within)
	if err := l.listen(ctx, w); err != nil {
		return fmt.Errorf("watch the catalogue: %w", err)
	}
	changed()
	for {
		err := l.hear(ctx, w.Every)
		if errors.Is(err, errDeaf) {
			err = l.prove(ctx, w.Within)
		}
		if err != nil {
			return fmt.Errorf("watch the catalogue: %w", err)
		}
	}
}

// A listener is a connection that listens, out of the pool: nobody else is to have it afterwards.
type listener struct {
	conn    *pgx.Conn
	own     string // the channel on which it hears itself
	changed func()
}

func (l listener) listen(ctx context.Context, w CatalogueWatch) error {
	ctx, cancel := context.WithTimeout(ctx, w.Within)
	defer cancel()
	_, err := l.conn.Exec(ctx, "LISTEN catalogue; LISTEN "+l.own)
	return err
}

// prove says something to itself, which must come back. Changes heard meanwhile count.
func (l listener) prove(ctx context.Context, limit time.Duration) error {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	if _, err := l.conn.Exec(within, "SELECT pg_notify($1, '')", l.own); err != nil {
		return err
	}
	return l.hear(ctx, limit)
}

// hear tells of changes until the connection hears itself, or until the time is over: errDeaf.
func (l listener) hear(ctx context.Context, limit time.Duration) error {
	within, cancel := context.WithTimeout(ctx, limit)
	defer cancel()
	for {
		heard, err := l.conn.WaitForNotification(within)
		switch {
		case err != nil && ctx.Err() == nil && within.Err() != nil:
			return errDeaf
		case err != nil:
			return err
		case heard.Channel == l.own:
			return nil
		}
		l.changed()
	}
}

// end closes the connection, and does not wait for a server that has stopped.
func (l listener) end(limit time.Duration) {
	ctx, cancel := context.WithTimeout(context.Background(), limit)
	defer cancel()
	_ = l.conn.Close(ctx)
}
