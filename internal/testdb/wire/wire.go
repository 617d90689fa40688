// Package wire is a line between a test and a server that the test can hold still, as a network does that
// drops everything without a word, and cut.
package wire

import (
	"errors"
	"io"
	"net"
	"sync"
	"testing"

	"github.com/jackc/pgx/v5"
)

// A Wire carries connections to one server. All its methods may be called while connections are open.
type Wire struct {
	listener        net.Listener
	network, target string

	mu    sync.Mutex
	freed *sync.Cond
	held  bool
	ended bool
	conns map[net.Conn]bool
}

// New lays a wire to a server, for as long as the test runs.
func New(t testing.TB, network, target string) *Wire {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	w := &Wire{listener: listener, network: network, target: target, conns: map[net.Conn]bool{}}
	w.freed = sync.NewCond(&w.mu)
	go w.accept()
	t.Cleanup(w.end)
	return w
}

// Postgres lays a wire to the database of a DSN, and gives the DSN that leads through it.
func Postgres(t testing.TB, dsn string) (w *Wire, through string) {
	t.Helper()
	c, err := pgx.ParseConfig(dsn)
	if err != nil {
		t.Fatal(err)
	}
	w = New(t, "unix", c.Host+"/.s.PGSQL.5432")
	host, port, err := net.SplitHostPort(w.Address())
	if err != nil {
		t.Fatal(err)
	}
	return w, "host=" + host + " port=" + port + " sslmode=disable user=" + c.User + " dbname=" + c.Database
}

// Address is where the wire begins.
func (w *Wire) Address() string { return w.listener.Addr().String() }

// Hold lets nothing more through. Connections stay open, new ones are taken, and nobody is told.
func (w *Wire) Hold() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = true
}

// Free lets everything through again, what was held back first.
func (w *Wire) Free() {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.held = false
	w.freed.Broadcast()
}

// Cut ends all connections; new ones go through.
func (w *Wire) Cut() {
	w.mu.Lock()
	defer w.mu.Unlock()
	for conn := range w.conns {
		_ = conn.Close()
	}
}

// Refuse ends all connections and takes no more.
func (w *Wire) Refuse() {
	_ = w.listener.Close()
	w.Cut()
}

func (w *Wire) end() {
	w.mu.Lock()
	w.ended = true
	w.freed.Broadcast()
	w.mu.Unlock()
	w.Refuse()
}

func (w *Wire) accept() {
	for {
		near, err := w.listener.Accept()
		if errors.Is(err, net.ErrClosed) {
			return
		}
		if err == nil {
			go w.carry(near)
		}
	}
}

// carry joins a connection to one of its own with the server.
func (w *Wire) carry(near net.Conn) {
	defer w.keep(near)()
	if !w.wait() {
		return
	}
	far, err := net.Dial(w.network, w.target)
	if err != nil {
		return
	}
	defer w.keep(far)()
	ended := make(chan struct{}, 2)
	for _, way := range [][2]net.Conn{{near, far}, {far, near}} {
		go func() {
			_, _ = io.Copy(way[0], &held{wire: w, from: way[1]})
			ended <- struct{}{}
		}()
	}
	<-ended // with one way the other ends too
}

// keep notes a connection; the function that it gives ends it.
func (w *Wire) keep(conn net.Conn) (end func()) {
	w.mu.Lock()
	defer w.mu.Unlock()
	w.conns[conn] = true
	return func() {
		w.mu.Lock()
		defer w.mu.Unlock()
		delete(w.conns, conn)
		_ = conn.Close()
	}
}

// wait returns once the wire is free; false says that it is gone.
func (w *Wire) wait() bool {
	w.mu.Lock()
	defer w.mu.Unlock()
	for w.held && !w.ended {
		w.freed.Wait()
	}
	return !w.ended
}

// held hands on what it has read only while the wire is free.
type held struct {
	wire *Wire
	from net.Conn
}

func (h *held) Read(p []byte) (int, error) {
	n, err := h.from.Read(p)
	if err != nil || !h.wire.wait() {
		return 0, io.EOF
	}
	return n, nil
}
