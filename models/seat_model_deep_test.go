//go:build deep

package models

// What make deep adds.
func init() { seatRuns, seatTime = 10_000, 0 }
