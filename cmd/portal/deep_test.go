//go:build deep

package main

// What make deep adds.
func init() { everyCombination = true }
