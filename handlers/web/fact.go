package web

import (
	"sync"
	"time"
)

// A Fact is something about the whole catalogue that many pages show: it is asked for once in each generation of the
// catalogue, and each time where nobody hears of changes.
type Fact[T any] struct {
	mu         sync.Mutex
	known      bool
	generation uint64
	asked      time.Time
	value      T
}

// Of gives the fact, from memory where it is known.
func (f *Fact[T]) Of(p *Portal, ask func() (T, error)) (T, error) {
	if p.Pages == nil {
		return ask()
	}
	now := p.Store.Now()
	generation, ok := p.Pages.current(now)
	if !ok {
		return ask()
	}
	f.mu.Lock()
	value, known := f.value, f.known && f.generation == generation && now.Sub(f.asked) < cacheLongest
	f.mu.Unlock()
	if known {
		return value, nil
	}
	value, err := ask()
	if err == nil {
		f.mu.Lock()
		f.known, f.generation, f.asked, f.value = true, generation, now, value
		f.mu.Unlock()
	}
	return value, err
}
