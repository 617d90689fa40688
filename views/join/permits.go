package join

import (
	"context"

	"naikkelas/models"
	"naikkelas/views/components"
)

// Permits are what permits an institution to train, always the same items in the same order; what is empty is said to be so.
func Permits(ctx context.Context, l models.LicenceData) []components.Fact {
	return []components.Fact{
		fact(ctx, "nib", l.NIB), fact(ctx, "vin", l.VIN), fact(ctx, "license_no", l.LicenseNo),
		fact(ctx, "license_ends", ends(ctx, l.LicenseExpiresOn)), fact(ctx, "accreditation_no", l.AccreditationNo),
		fact(ctx, "accreditation_scope", l.AccreditationScope), fact(ctx, "accreditation_ends", ends(ctx, l.AccreditationExpiresOn)),
		fact(ctx, "so_permit_no", l.SOPermitNo), fact(ctx, "so_permit_ends", ends(ctx, l.SOPermitExpiresOn)),
	}
}

// PaperOptions are the kinds of papers, to choose from.
func PaperOptions(ctx context.Context) []components.Option { return paperOptions(ctx) }
