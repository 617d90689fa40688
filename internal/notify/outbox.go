package notify

import (
	"context"
	"slices"
	"sync"
	"time"
)

// kept is how many messages an Outbox holds; older ones go.
const kept = 200

// Sent is a message in an Outbox and when it came there.
type Sent struct {
	Message
	At time.Time
}

// Outbox keeps messages in memory instead of sending them, for the page that shows
// outgoing messages while developing. It refuses what Gateway refuses. It is safe for
// concurrent use.
type Outbox struct {
	now  func() time.Time
	mu   sync.Mutex
	sent []Sent // newest last
}

// NewOutbox makes an empty Outbox that asks now for the time of each message.
func NewOutbox(now func() time.Time) *Outbox { return &Outbox{now: now} }

// Send keeps m. It fails with ErrIncomplete as Gateway does.
func (o *Outbox) Send(_ context.Context, m Message) error {
	if err := m.check(); err != nil {
		return err
	}
	o.mu.Lock()
	defer o.mu.Unlock()
	o.sent = append(o.sent, Sent{Message: m, At: o.now()})
	if len(o.sent) > kept {
		o.sent = slices.Delete(o.sent, 0, len(o.sent)-kept)
	}
	return nil
}

// Messages gives the last 200 messages, newest first.
func (o *Outbox) Messages() []Sent {
	o.mu.Lock()
	defer o.mu.Unlock()
	newest := slices.Clone(o.sent)
	slices.Reverse(newest)
	return newest
}
