package main

import (
	"context"
	"errors"

	"naikkelas/internal/seal"
)

// keys writes a new key set into a new file, for an installation on a database of its own. It never
// writes over one: everything sealed with it would be lost.
func keys(_ context.Context, _ config, args []string) error {
	if len(args) != 1 {
		return errors.New("usage: portal keys FILE")
	}
	return seal.Generate(args[0])
}
