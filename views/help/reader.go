package help

import (
	"slices"

	"naikkelas/models/protection"
)

// reads says whether an office may read a part.
func reads(r protection.Reader, part string) bool { return slices.Contains(r.Parts, part) }
