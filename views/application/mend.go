package application

import (
	"context"
	"slices"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
)

// A mend is one thing that an officer asked to be mended, as its card shows it.
type mend struct {
	Title string
	Why   components.ReasonProps
	Href  string
	Label string // of the button to it
	Done  bool
	// Of what was sent again: when it was asked for, and whether nothing was changed there.
	Asked     string
	Untouched bool
}

// mends are what officers asked to be mended, in their order.
func mends(
	ctx context.Context, v models.ApplicationView, reasons map[string]models.ReasonCode, types map[string]models.CertificateType,
) []mend {
	list := make([]mend, len(v.Fixes))
	for i, f := range v.Fixes {
		m := mend{
			Title: fixTitle(ctx, v, f, types), Why: reasonOf(ctx, reasons, f.ReasonCode, f.Note, models.Officer),
			Href: ambient.Href(ctx, fixPath(v, f)) + fixField(f), Done: f.Done, Untouched: f.Untouched,
		}
		if f.ResolvedAt != nil {
			m.Asked = i18n.Near(ctx, ambient.From(ctx).Now, f.CreatedAt)
		}
		m.Label = i18n.T(ctx, "application.mend."+f.Places()[0])
		list[i] = m
	}
	return list
}

//i18n:family application.mend.*

// tag says whether the person has been at it.
func (m mend) tag(ctx context.Context) components.TagProps {
	if m.Done {
		return components.TagProps{Kind: components.TagPlain, Label: i18n.T(ctx, "application.mended.yes")}
	}
	return components.TagProps{Kind: components.TagFix, Label: i18n.T(ctx, "application.mended.no")}
}

// mended says how many of the things are done.
func mended(list []mend) int { return len(list) - len(unchanged(list)) }

// unchanged are the things at which the person has changed nothing.
func unchanged(list []mend) []mend {
	return slices.DeleteFunc(slices.Clone(list), func(m mend) bool { return m.Done })
}

// unchangedTitles names them.
func unchangedTitles(list []mend) string {
	var titles []string
	for _, m := range unchanged(list) {
		titles = append(titles, m.Title)
	}
	return strings.Join(titles, ", ")
}

// fixTitle names the part of the file, or the certificate with its number.
func fixTitle(ctx context.Context, v models.ApplicationView, f models.Fix, types map[string]models.CertificateType) string {
	if c, ok := fixCertificate(v, f); ok {
		return certificate.Name(ctx, c, types) + " (" + c.Ref + ")"
	}
	return i18n.T(ctx, "application.fix."+f.Target)
}

// fixPath is the page where something is mended, which leads back to the application.
func fixPath(v models.ApplicationView, f models.Fix) string {
	switch place := f.Places()[0]; place {
	case models.MendAccount:
		return urls.Account()
	case models.MendMotivation:
		return urls.ApplicationMotivation(v.Ref)
	case models.MendCertificate:
		if c, ok := fixCertificate(v, f); ok {
			return alongside(v, urls.Certificate(c.Ref))
		}
		return urls.ApplicationCertificates(v.Ref)
	case models.MendCertificates:
		return urls.ApplicationCertificates(v.Ref)
	default:
		return alongside(v, urls.ProfilePart(place))
	}
}

// fixFields are the fields that reasons are about.
var fixFields = map[string]string{
	"name_differs": "#f-name", "birth_differs": "#f-birth", "nik_differs": "#f-nik", "kk_differs": "#f-kk",
}

// fixField is the place on that page, where one field alone is meant.
func fixField(f models.Fix) string {
	switch f.Places()[0] {
	case models.SectionIdentity:
		return fixFields[f.ReasonCode]
	case models.SectionPhoto:
		return "#f-ktp"
	case models.SectionGuardian:
		if f.AboutFile() {
			return "#f-consent"
		}
	case models.MendMotivation:
		return "#f-motivation"
	}
	return ""
}
