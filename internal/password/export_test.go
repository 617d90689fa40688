package password

import (
	"context"
	"maps"
	"slices"
)

// Occupy takes one of h's places, as a hash in progress does, until done is called.
func Occupy(h *Hasher) (done func()) {
	done, err := h.queue.enter(context.Background())
	if err != nil {
		panic(err)
	}
	return done
}

// Common gives the listed passwords.
func Common() []string { return slices.Collect(maps.Keys(common)) }

// Known is how many passwords of everybody's lists are known.
func Known() int { return len(known()) }
