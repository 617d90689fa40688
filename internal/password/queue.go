package password

import (
	"context"
	"errors"
	"fmt"
	"sync"
)

// ErrBusy means: so many wait for their turn that whoever comes now would give up before it.
var ErrBusy = errors.New("password: too many wait")

// How many may wait: some seconds of work, and of one client as many as a class that signs up together.
const (
	mostWaiting  = 200
	mostOfClient = 80
)

type clientKey struct{}

// For says for which client, such as an address, passwords are hashed under ctx: clients take turns.
func For(ctx context.Context, client string) context.Context {
	return context.WithValue(ctx, clientKey{}, client)
}

// A queue lets a few in at once. Clients take turns, so that one who asks a hundred times makes another wait for
// one of them only.
type queue struct {
	mu      sync.Mutex
	free    int
	waiting int
	of      map[string][]chan struct{} // who waits, by client, the first first
	turns   []string                   // the clients that wait, in their turns
}

// enter waits for a place and returns how to give it back.
func (q *queue) enter(ctx context.Context) (leave func(), err error) {
	if err := ctx.Err(); err != nil {
		return nil, fmt.Errorf("wait to hash: %w", err)
	}
	client, _ := ctx.Value(clientKey{}).(string)
	turn, err := q.line(client)
	if err != nil {
		return nil, err
	}
	select {
	case <-turn:
		return q.leave, nil
	case <-ctx.Done():
		q.giveUp(client, turn)
		return nil, fmt.Errorf("wait to hash: %w", ctx.Err())
	}
}

// line takes a place, or stands in the line of the client; the channel is closed when the place is there.
func (q *queue) line(client string) (chan struct{}, error) {
	q.mu.Lock()
	defer q.mu.Unlock()
	turn := make(chan struct{})
	switch {
	case q.free > 0:
		q.free--
		close(turn)
		return turn, nil
	case q.waiting >= mostWaiting || len(q.of[client]) >= mostOfClient:
		return nil, ErrBusy
	case q.of == nil:
		q.of = map[string][]chan struct{}{}
	}
	if len(q.of[client]) == 0 {
		q.turns = append(q.turns, client)
	}
	q.of[client] = append(q.of[client], turn)
	q.waiting++
	return turn, nil
}

// leave gives the place to the first of the client whose turn it is, or leaves it free.
func (q *queue) leave() {
	q.mu.Lock()
	defer q.mu.Unlock()
	if q.waiting == 0 {
		q.free++
		return
	}
	client := q.turns[0]
	q.turns = q.turns[1:]
	turn := q.of[client][0]
	q.take(client, 0)
	if len(q.of[client]) > 0 {
		q.turns = append(q.turns, client)
	}
	close(turn)
}

// giveUp takes somebody out of the line; a place that came just then is given back.
func (q *queue) giveUp(client string, turn chan struct{}) {
	q.mu.Lock()
	for i, waits := range q.of[client] {
		if waits != turn {
			continue
		}
		q.take(client, i)
		if len(q.of[client]) == 0 {
			for i, name := range q.turns {
				if name == client {
					q.turns = append(q.turns[:i:i], q.turns[i+1:]...)
					break
				}
			}
		}
		q.mu.Unlock()
		return
	}
	q.mu.Unlock()
	q.leave()
}

// take removes the i-th of a client's line.
func (q *queue) take(client string, i int) {
	q.waiting--
	line := q.of[client]
	if line = append(line[:i:i], line[i+1:]...); len(line) == 0 {
		delete(q.of, client)
		return
	}
	q.of[client] = line
}
