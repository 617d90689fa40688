package journey

import (
	"slices"

	"naikkelas/models/record/dated"
)

// DatedTables describes the rows of this area that officers keep.
func DatedTables() []dated.Table { return slices.Concat(offerTables()) }
