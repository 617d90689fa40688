package testdb

import (
	"sync"
	"testing"
)

// placed are the tests that run beside others already, or that asked to run alone.
var placed sync.Map

// Alone keeps a test from running beside others of its package: it counts on how fast something goes, or changes
// what the whole process has. It stands before the fixture that calls Beside.
func Alone(t testing.TB) {
	placed.Store(t, true)
	t.Cleanup(func() { placed.Delete(t) })
}

// Beside lets a test run beside others of its package from here on: its database is its own. Fixtures call it, and a
// test may use several of them.
func Beside(t testing.TB) {
	test, ok := t.(*testing.T)
	if _, there := placed.Load(t); !ok || there {
		return
	}
	Alone(t)
	test.Parallel()
}
