package blob

import (
	"context"
	"errors"
	"net"
	"time"
)

// Limits say how long a store may keep its callers waiting.
type Limits struct {
	Connect time.Duration // for a connection to a server
	Idle    time.Duration // during which no byte moves; a transfer that is merely slow goes on
}

// DefaultLimits are 3 seconds to connect and 10 seconds without a byte.
func DefaultLimits() Limits { return Limits{Connect: 3 * time.Second, Idle: 10 * time.Second} }

// errStalled is a store that took longer than its limits.
var errStalled = errors.New("the store does not answer in time")

// dial connects within the limits; the connection keeps to them too.
func (l Limits) dial(ctx context.Context, network, address string) (net.Conn, error) {
	conn, err := (&net.Dialer{Timeout: l.Connect, KeepAlive: 15 * time.Second}).DialContext(ctx, network, address)
	if err != nil {
		return nil, inTime(ctx, err)
	}
	if tcp, ok := conn.(*net.TCPConn); ok {
		// A large buffer of the kernel would take minutes to empty on a slow line, with nothing to be seen.
		_ = tcp.SetWriteBuffer(sendBuffer)
	}
	return &movingConn{Conn: conn, idle: l.Idle}, nil
}

const (
	sendBuffer = 64 << 10
	// piece is how much is sent at once, so that a slow line shows that it moves.
	piece = 16 << 10
)

// A movingConn ends when no byte has moved for a while, in either direction.
type movingConn struct {
	net.Conn
	idle time.Duration
}

// Read reads what has come. Each byte is a reason to wait on, for a Write that waits meanwhile too.
func (c *movingConn) Read(p []byte) (int, error) {
	c.moved()
	n, err := c.Conn.Read(p)
	if n > 0 {
		c.moved()
	}
	return n, inTime(context.Background(), err)
}

// Write sends in small pieces, each of which is a reason to wait on.
func (c *movingConn) Write(p []byte) (int, error) {
	sent := 0
	for {
		c.moved()
		n, err := c.Conn.Write(p[sent:min(sent+piece, len(p))])
		sent += n
		if err != nil || sent == len(p) {
			return sent, inTime(context.Background(), err)
		}
	}
}

func (c *movingConn) moved() { _ = c.SetDeadline(time.Now().Add(c.idle)) }

// inTime names the failure that is not worth another try: whoever waits has waited long enough.
func inTime(ctx context.Context, err error) error {
	if late, ok := errors.AsType[net.Error](err); ok && late.Timeout() && ctx.Err() == nil {
		return errStalled
	}
	return err
}
