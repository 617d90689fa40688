package render

import (
	"context"
	"fmt"
	"runtime"
	"time"

	"golang.org/x/sys/unix"
)

// A meter tells how much of the processor a child uses, by its id. It is asked before the child is waited for: then
// the id may be another's.
type meter int

// used is exact, over all threads of the child. The kernel's own limit for it, RLIMIT_CPU, is not: it counts the
// ticks at which the child was seen running, and where many processes want the processor these say little.
func (m meter) used() (time.Duration, error) {
	const scheduled = 2 // CPUCLOCK_SCHED of the kernel
	var t unix.Timespec
	if err := unix.ClockGettime(int32(^m<<3|scheduled), &t); err != nil {
		return 0, fmt.Errorf("read the processor time of a child: %w", err)
	}
	return time.Duration(t.Nano()), nil
}

// watch ends a child with ErrTimeout once it has used so much. The returned function ends the watch.
func (m meter) watch(ctx context.Context, most time.Duration, end context.CancelCauseFunc) (stop func()) {
	ctx, cancel := context.WithCancel(ctx)
	ended := make(chan struct{})
	go func() {
		defer close(ended)
		for ctx.Err() == nil {
			used, err := m.used()
			if err != nil {
				end(err)
				return
			}
			if used >= most {
				end(ErrTimeout)
				return
			}
			select {
			case <-ctx.Done():
			case <-time.After(m.soonest(most - used)):
			}
		}
	}()
	return func() { cancel(); <-ended }
}

// soonest is when a child can have used so much more: it runs on all processors at most.
func (meter) soonest(left time.Duration) time.Duration {
	const often = 10 * time.Millisecond
	return max(left/time.Duration(runtime.NumCPU()), often)
}

// timed tells each page what the child used for it.
func (m meter) timed(page func(Page) error) func(Page) error {
	if page == nil {
		return nil
	}
	var before time.Duration
	return func(p Page) error {
		now, err := m.used()
		if err != nil {
			return err
		}
		p.Took, before = now-before, now
		return page(p)
	}
}
