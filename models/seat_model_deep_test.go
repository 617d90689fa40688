//go:build deep

package models

// What make deep adds.
func init() { seatRuns = 10_000 }
