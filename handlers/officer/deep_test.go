//go:build deep

package officer_test

// What make deep adds.
func init() { exportedPeople = 50_000 }
