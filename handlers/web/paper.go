package web

import (
	"net/http"
	"strings"

	"naikkelas/internal/i18n"
	"naikkelas/internal/pdf"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/certificate"
)

// SendPaper answers with the paper of a passed course to print, in Indonesian whatever the reader's language: it is shown to
// others.
func (p *Portal) SendPaper(c Context, paper models.CourseCertificate) error {
	code, err := p.Store.PaperCode(paper)
	if err != nil {
		return err
	}
	ctx := i18n.With(c.Request().Context(), i18n.ID)
	drawn := pdf.Paper{
		Lang: string(i18n.ID), Brand: "Naik Kelas", Title: i18n.T(ctx, "paper.title"), Over: i18n.T(ctx, "paper.over"), Name: paper.HolderName,
		Under: i18n.T(ctx, "paper.under", "Programme", paper.ProgrammeTitle, "Institution", paper.InstitutionName),
		Units: i18n.T(ctx, "paper.units"), UnitList: strings.FieldsFunc(paper.Units, func(r rune) bool { return r == '\n' }),
		What:  i18n.T(ctx, "paper.what", "Institution", paper.InstitutionName),
		Check: i18n.T(ctx, "paper.check"), Link: p.Settings.BaseURL + urls.CheckedPaper(code), At: paper.IssuedAt,
	}
	for _, f := range certificate.PaperFacts(ctx, paper) {
		drawn.Facts = append(drawn.Facts, pdf.Fact{Label: f.Label, Text: f.Text})
	}
	if p.Settings.Demo {
		drawn.Demo = i18n.T(ctx, "layouts.demo")
	}
	if !paper.Valid() {
		drawn.State = certificate.PaperStanding(ctx, paper)
	}
	file, err := drawn.Bytes()
	if err != nil {
		return err
	}
	header := c.Response().Header()
	header.Set("Content-Disposition", `attachment; filename="`+paper.Ref+`.pdf"`)
	header.Set("Cache-Control", "private, no-store")
	return c.Blob(http.StatusOK, "application/pdf", file)
}
