package render

import (
	"context"
	"errors"
	"testing"
	"testing/synctest"
	"time"
)

// In a bubble of synctest the clock moves by itself, so nothing waits here.
func TestOnlyTheChildsTimeCounts(t *testing.T) {
	synctest.Test(t, func(t *testing.T) {
		w := newStopwatch(t.Context(), 20*time.Second)
		defer w.stop()
		slow := w.around(func(Page) error {
			time.Sleep(time.Hour)
			return nil
		})
		time.Sleep(15 * time.Second)
		if err := slow(Page{}); err != nil {
			t.Fatal(err)
		}
		time.Sleep(4 * time.Second)
		if w.ctx.Err() != nil {
			t.Error("the caller's hour was counted")
		}
		time.Sleep(2 * time.Second)
		if !errors.Is(context.Cause(w.ctx), ErrTimeout) {
			t.Errorf("after the time: %v", context.Cause(w.ctx))
		}
	})
}
