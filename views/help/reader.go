package help

import (
	"context"
	"slices"

	"naikkelas/internal/i18n"
	"naikkelas/models/protection"
)

// readerName is who reads: an office, or whoever tells of the person.
func readerName(ctx context.Context, office string) string {
	if office == "" {
		return i18n.T(ctx, "case.home.reader.word")
	}
	return office
}

// reads says whether an office may read a part.
func reads(r protection.Reader, part string) bool { return slices.Contains(r.Parts, part) }
