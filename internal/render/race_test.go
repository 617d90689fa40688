//go:build race

package render_test

import "naikkelas/internal/render"

// The race detector shadows all memory of a child, and when there is no more it ends
// the child in its own way.
const (
	memoryFactor = 8
	outOfMemory  = render.ErrCrashed
)
