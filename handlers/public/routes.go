// Package public is what anyone reads without an account, and what machines ask for.
package public

import (
	"slices"

	"naikkelas/handlers/web"
	"naikkelas/internal/urls"
	"naikkelas/models"
	"naikkelas/views/public"
)

// The desk is what the handlers of this package share.
type desk struct {
	*web.Portal
	sectors     web.Fact[[]models.SectorCount]
	regencies   web.Fact[[]models.Regency] // with a programme
	seats       web.Fact[[]models.Regency] // with an institution
	levels      web.Fact[[]models.EducationLevel]
	occupations web.Fact[[]models.Occupation]
	countries   web.Fact[[]models.Country]
	hotlines    web.Fact[[]models.Hotline]
}

// Routes are this desk's part of the access matrix.
func Routes(p *web.Portal) []web.Route {
	d := &desk{Portal: p}
	return slices.Concat(d.pageRoutes(), d.offerRoutes(), d.calendarRoutes(), d.paperRoutes())
}

// pageRoutes are the pages that are there for everybody.
func (d *desk) pageRoutes() []web.Route {
	return []web.Route{
		web.Get(urls.HomePattern, d.Public(d.home), web.Anyone),
		web.Get(urls.ProgrammesPattern, d.Public(d.catalogue, public.CatalogueParams()...), web.Anyone),
		web.Get(urls.ProgrammePattern, d.Public(d.programme), web.Anyone),
		web.Get(urls.InstitutionsPattern, d.Public(d.institutions, public.InstitutionParams()...), web.Anyone),
		web.Get(urls.InstitutionPattern, d.Public(d.institution), web.Anyone),
		web.Get(urls.OccupationsPattern, d.Public(d.occupationsPage), web.Anyone),
		web.Get(urls.QuestionsPattern, d.Public(d.questions), web.Anyone),
		web.Get(urls.PrivacyPattern, d.Public(d.privacy), web.Anyone),
		web.Get(urls.AccessibilityPattern, d.Public(d.accessibility), web.Anyone),
		web.Get(urls.ReportPattern, d.reportForm, web.Anyone),
		web.Post(urls.ReportPattern, d.report, web.Anyone),
		web.Get(urls.ReportStatePattern, d.reportState, web.Anyone),
		web.Post(urls.ReportStatePattern, d.showReportState, web.Anyone),
		web.Get(urls.ReportReceiptPattern, d.reportReceipt, web.Anyone),
		web.Get(urls.DataRightPattern, d.rightForm, web.Anyone),
		web.Post(urls.DataRightPattern, d.requestRight, web.Anyone),
		web.Get(urls.RightReceiptPattern, d.rightReceipt, web.Anyone),
		web.Get(urls.RobotsPattern, d.Document(contentText, d.robots), web.Anyone),
		web.Get(urls.SitemapPattern, d.Document(contentXML, d.sitemap), web.Anyone),
		web.Get(urls.ManifestPattern, d.Document(contentManifest, d.manifest), web.Anyone),
	}
}
