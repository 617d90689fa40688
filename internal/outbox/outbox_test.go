package outbox_test

import (
	"errors"
	"sync"
	"testing"
	"time"

	"naikkelas/internal/outbox"
)

var errEmpty = errors.New("empty")

// note is a message that must not be empty.
type note string

func (n note) Check() error {
	if n == "" {
		return errEmpty
	}
	return nil
}

func TestTheLast200AreKept(t *testing.T) {
	now := time.Date(2026, 11, 25, 7, 0, 0, 0, time.UTC)
	b := outbox.New[note](func() time.Time { now = now.Add(time.Second); return now })
	for i := range 250 {
		if err := b.Send(t.Context(), note(time.Duration(i).String())); err != nil {
			t.Fatal(err)
		}
	}
	got := b.Messages()
	if len(got) != 200 || got[0].Message != "249ns" || got[199].Message != "50ns" || !got[0].At.Equal(now) {
		t.Errorf("%d messages from %s to %s", len(got), got[0].Message, got[len(got)-1].Message)
	}
	got[0].Message = "changed"
	if b.Messages()[0].Message != "249ns" {
		t.Error("a reader can change what is kept")
	}
}

func TestRefusedMessagesAreNotKept(t *testing.T) {
	b := outbox.New[note](time.Now)
	if err := b.Send(t.Context(), ""); !errors.Is(err, errEmpty) || len(b.Messages()) != 0 {
		t.Errorf("%v, %d kept", err, len(b.Messages()))
	}
}

func TestManyAtOnce(t *testing.T) {
	b := outbox.New[note](time.Now)
	var all sync.WaitGroup
	for range 8 {
		all.Go(func() {
			for range 20 {
				if err := b.Send(t.Context(), "x"); err != nil {
					t.Error(err)
				}
				b.Messages()
			}
		})
	}
	all.Wait()
	if n := len(b.Messages()); n != 160 {
		t.Errorf("%d messages", n)
	}
}
