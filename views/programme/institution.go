package programme

import (
	"context"
	"time"

	"naikkelas/internal/i18n"
	"naikkelas/models"
	"naikkelas/models/record"
	"naikkelas/views/components"
)

// Standing says where the institution stands with the officers.
func Standing(ctx context.Context, in models.Institution) components.TagProps {
	switch in.State {
	case models.InstitutionVerified:
		return components.TagProps{Kind: components.TagOpen, Label: i18n.T(ctx, "public.institution.verified")}
	case models.InstitutionSuspended:
		return components.TagProps{Kind: components.TagRefused, Label: i18n.T(ctx, "public.institution.suspended")}
	}
	return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "public.institution.unverified")}
}

// Licences are the permits of an institution as papers name them, each with its end.
func Licences(ctx context.Context, in models.Institution, now time.Time) []components.Fact {
	if in.Kind != "lpk" {
		return []components.Fact{{Label: i18n.T(ctx, "public.institution.kind"), Text: Kind(ctx, in.Kind)}}
	}
	facts := []components.Fact{{Label: i18n.T(ctx, "public.institution.kind"), Text: Kind(ctx, in.Kind)}}
	paper := func(key, number string, ends *time.Time) {
		text := i18n.T(ctx, "public.institution.unknown")
		if number != "" {
			text = number
		}
		if number != "" && ends != nil {
			if now.After(record.DateDay(*ends).End()) {
				text += ", " + i18n.T(ctx, "public.institution.expired", "Date", i18n.Date(ctx, *ends))
			} else {
				text += ", " + i18n.T(ctx, "public.institution.valid", "Date", i18n.Date(ctx, *ends))
			}
		}
		facts = append(facts, components.Fact{Label: i18n.T(ctx, key), Text: text})
	}
	paper("public.institution.licence", in.LicenseNo, in.LicenseExpiresOn)
	paper("public.institution.accreditation", in.AccreditationNo, in.AccreditationExpiresOn)
	facts = append(facts, components.Fact{Label: i18n.T(ctx, "public.institution.vin"), Text: orUnknown(ctx, in.VIN)})
	if in.SOPermitNo != "" {
		paper("public.institution.so", in.SOPermitNo, in.SOPermitExpiresOn)
	}
	return facts
}

func orUnknown(ctx context.Context, text string) string {
	if text == "" {
		return i18n.T(ctx, "public.institution.unknown")
	}
	return text
}
