//go:build !race

package render_test

import "naikkelas/internal/render"

// What a build with the race detector sees differently.
const (
	memoryFactor = 1
	outOfMemory  = render.ErrMemory
)
