// Package outbox keeps outgoing messages in memory instead of sending them, for the page that shows them
// while developing.
package outbox

import (
	"context"
	"slices"
	"sync"
	"time"
)

// size is how many messages a Box holds; older ones go.
const size = 200

// A Message says what is wrong with it before it is sent.
type Message interface{ Check() error }

// Stored is a message in a Box and when it came there.
type Stored[M Message] struct {
	Message M
	At      time.Time
}

// Box holds the last 200 messages. It refuses what a real sender refuses, and is safe for concurrent use.
type Box[M Message] struct {
	now  func() time.Time
	mu   sync.Mutex
	kept []Stored[M] // newest last
}

// New makes an empty Box that asks now for the time of each message.
func New[M Message](now func() time.Time) *Box[M] { return &Box[M]{now: now} }

// Send keeps m, or fails as m's Check does.
func (b *Box[M]) Send(_ context.Context, m M) error {
	if err := m.Check(); err != nil {
		return err
	}
	b.mu.Lock()
	defer b.mu.Unlock()
	b.kept = append(b.kept, Stored[M]{Message: m, At: b.now()})
	if len(b.kept) > size {
		b.kept = slices.Delete(b.kept, 0, len(b.kept)-size)
	}
	return nil
}

// Messages gives the last 200 messages, newest first.
func (b *Box[M]) Messages() []Stored[M] {
	b.mu.Lock()
	defer b.mu.Unlock()
	newest := slices.Clone(b.kept)
	slices.Reverse(newest)
	return newest
}
