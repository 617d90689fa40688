package password

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
)

// A client who asks a hundred times makes another one wait for one of them, not for all (F039).
func TestF039ClientsTakeTurns(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{free: 1}
		first, err := q.enter(For(t.Context(), "x"))
		if err != nil {
			t.Fatal(err)
		}
		var order []string
		go1 := func(client string) {
			go func() {
				leave, err := q.enter(For(t.Context(), client))
				if err != nil {
					t.Error(err)
					return
				}
				order = append(order, client)
				leave()
			}()
			synctest.Wait()
		}
		for range 50 {
			go1("noisy")
		}
		go1("quiet")
		go1("other")
		first()
		synctest.Wait()
		if len(order) != 52 || order[1] != "quiet" || order[2] != "other" {
			t.Fatalf("served in the order %v", order[:4])
		}
	})
}

// Whoever would wait too long is told so at once; who left the line gives the place to the next (F039).
func TestF039FullLineSaysSo(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		q := &queue{free: 1}
		leave, err := q.enter(t.Context())
		if err != nil {
			t.Fatal(err)
		}
		ctx, cancel := context.WithCancel(t.Context())
		for range mostOfClient {
			go func() { _, _ = q.enter(For(ctx, "noisy")) }()
		}
		synctest.Wait()
		if _, err := q.enter(For(t.Context(), "noisy")); !errors.Is(err, ErrBusy) {
			t.Errorf("one more of the same client: %v", err)
		}
		cancel()
		synctest.Wait()
		if q.waiting != 0 || len(q.turns) != 0 || len(q.of) != 0 {
			t.Errorf("left behind: %d, %v, %v", q.waiting, q.turns, q.of)
		}
		leave()
		if again, err := q.enter(t.Context()); err != nil {
			t.Error(err)
		} else {
			again()
		}
		if q.free != 1 {
			t.Errorf("%d places are free", q.free)
		}
	})
}
