package application

import (
	"context"

	"naikkelas/internal/i18n"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/ambient"
	"naikkelas/views/certificate"
	"naikkelas/views/components"
)

// A mend is one thing that an officer asked to be mended, as its card shows it.
type mend struct {
	Title  string
	Why    string // in the words of the reason
	Advice string
	Note   string // in the officer's own words
	Href   string
	Label  string // of the button to it
	Done   bool
}

// mends are what officers asked to be mended, in their order.
func mends(
	ctx context.Context, v models.ApplicationView, reasons map[string]models.ReasonCode, types map[string]models.CertificateType,
) []mend {
	list := make([]mend, len(v.Fixes))
	for i, f := range v.Fixes {
		m := mend{Title: fixTitle(ctx, v, f, types), Note: f.Note, Href: ambient.Href(ctx, fixPath(v, f)) + fixField(f), Done: f.Done}
		if r, ok := reasons[f.ReasonCode]; ok {
			m.Why, m.Advice = r.Text.In(i18n.Of(ctx)), r.Fix.In(i18n.Of(ctx))
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
		return components.TagProps{Kind: components.TagOpen, Label: i18n.T(ctx, "application.mended.yes")}
	}
	return components.TagProps{Kind: components.TagFix, Label: i18n.T(ctx, "application.mended.no")}
}

// mended says how many of the things are done.
func mended(list []mend) (n int) {
	for _, m := range list {
		if m.Done {
			n++
		}
	}
	return n
}

// fixTitle names the part of the file, or the certificate with its number.
func fixTitle(ctx context.Context, v models.ApplicationView, f models.Fix, types map[string]models.CertificateType) string {
	if c, ok := fixCertificate(v, f); ok {
		return certificate.Name(ctx, c, types) + " (" + c.Ref + ")"
	}
	return i18n.T(ctx, "application.fix."+f.Target)
}

// fixSections are the sections of the profile where something is mended, as addresses name them.
var fixSections = map[string]string{
	models.SectionIdentity: "identitas", models.SectionPhoto: "foto-ktp", models.SectionAddress: "alamat",
	models.SectionEducation: "pendidikan", models.SectionGuardian: "wali",
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
		return alongside(v, urls.ProfileSection(fixSections[place]))
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
